"""A firm's own templates: laid over the built-in ones, held to the sandbox, and every fault told at its line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import etree

import form4_author
from form4_author import Report
from form4_author.filing import Value
from form4_author.findings import Rejected, in_order
from form4_author.page import drawing, templates
from form4_author.page.sandbox import MOST_STEPS, POLICY
from form4_author.resources import resource
from tests.conftest import ROOT
from tests.page_filings import exercise_and_sell, largest
from tests.page_pdf import Printed
from tests.page_sheet import our_sheet
from tests.plans import plan_text

CCC = "zq#7wx$k"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "firm").mkdir()
    return tmp_path / "firm"


def lay(folder: Path, **files: str) -> templates.Templates:
    """Templates by name, `__` for the dot between name and ending: `head__html_j2` is head.html.j2."""
    write(folder, **files)
    return templates.laid_over(folder, {})


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("__", ".").replace("_j2", ".j2")).write_text(text)


def drawn(templates: templates.Templates | None) -> str:
    return drawing.html(exercise_and_sell(), fonts=False, templates=templates)


def told(folder: Path) -> list[str]:
    """What is said of the templates of a folder: `file:line:column code message`."""
    try:
        drawn(templates.laid_over(folder, {}))
    except Rejected as refused:
        return [
            f"{str(f.origin.position).removeprefix(str(folder)).lstrip('/')} {f.code} {f.message}"
            for f in in_order(refused.findings)
        ]
    return []


# --- laid over ------------------------------------------------------------------------------------------------------


def test_a_partial_takes_the_place_of_the_built_in_one_and_nothing_else_changes(folder: Path) -> None:
    templates = lay(folder, notes__html_j2='<p class="firm">Prepared for {{ owners[0].name | plain }}</p>\n')
    ours, plain = drawn(templates), drawn(None)
    assert '<p class="firm">Prepared for Roe Jane</p>' in ours
    assert "Reminder: Report on a separate line" in plain
    assert "Reminder: Report on a separate line" not in ours
    before = plain.index('<div class="form-notes">')
    assert ours[:before] == plain[:before]
    assert our_sheet(ours) == our_sheet(plain)


def test_the_stylesheet_is_replaced_or_added_to(folder: Path) -> None:
    added = drawn(lay(folder, own__css=".agency { color: #880000 }\n"))
    assert added.replace(".agency { color: #880000 }", "") == drawn(None)
    assert added.index("color: #880000") > added.index(".form-notes p")
    (folder / "own.css").unlink()
    replaced = drawn(lay(folder, form4__css="body { color: #880000 }\n"))
    assert "body { color: #880000 }" in replaced
    assert ".form-notes p" not in replaced


def test_a_template_may_build_on_the_built_in_one_and_on_partials_of_its_own(folder: Path) -> None:
    page = drawn(
        lay(
            folder,
            head__html_j2='{% include "built-in/head.html.j2" %}{% include "firm.html.j2" %}',
            firm__html_j2="<p>Matter 4711</p>",
        )
    )
    assert page.index("STATEMENT OF CHANGES") < page.index("<p>Matter 4711</p>") < page.index('<div class="boxes"')


def test_what_is_entered_is_escaped_in_a_firms_template_too(folder: Path) -> None:
    templates = lay(folder, notes__html_j2="<p>{{ filing.remarks | plain }}</p>")
    filing = exercise_and_sell()
    filing = type(filing)(version=filing.version, kind=filing.kind, medium=filing.medium, remarks=Value("<script>"))
    assert "<p>&lt;script&gt;</p>" in drawing.html(filing, fonts=False, templates=templates)


def test_without_templates_of_ones_own_the_page_is_the_built_in_one(folder: Path) -> None:
    same = lay(folder, own__css="")
    assert drawn(same) == drawn(None)
    printed, plain = (Printed(drawing.pdf(exercise_and_sell(), templates=each)) for each in (same, None))
    assert [run.text for run in printed.runs] == [run.text for run in plain.runs]


@pytest.mark.parametrize(
    "page",
    [
        "",
        "Words alone",
        "<table><thead><tr><th>a<tbody><tr><td>b</table>",
        '<p><a href="https://example.com/">there</a> <a href="#nowhere">here</a></p>',
        '<img src="data:image/png;base64,AAAA"><style>@import "https://example.com/a.css";</style>',
        "<style>@page { size: 0 0 } p { font-family: Arial; float: footnote }</style><p>Words</p>",
    ],
)
def test_a_page_of_whatever_kind_is_printed_and_fetches_nothing(folder: Path, page: str) -> None:
    printed = drawing.pdf(exercise_and_sell(), templates=lay(folder, form4__html_j2=page))
    assert printed.startswith(b"%PDF-")
    assert b"/EmbeddedFile" not in printed


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("<form action='https://example.com/'><input name=q></form>", ["<form>", 'action="https:', "<input>"]),
        ('<META HTTP-EQUIV="Refresh" content="0;url=https://example.com/{{ filing.issuer.cik }}">', ["refresh"]),
        ("<script>document.title</script>", ["<script>"]),
        ('<a href="java\tscript:alert(1)">there</a>', ['href="javascript:']),
        ('<a href="{{ "JavaScript" }}:void(0)">there</a>', ['href="javascript:']),
        ('<a href="data:text/html,x">there</a>', ['href="data:']),
        ('<a href="https://example.com/" ping="https://example.com/">x</a>', ['ping="https:']),
        ('<p onmouseover="x()">words</p>', ["onmouseover="]),
        ('<base href="https://example.com/">', ["<base>", 'href="https:']),
        ('<img src="file:///etc/passwd"><iframe src="//example.com"></iframe>', ['src="file:', "<iframe>", "src="]),
        ('<link rel="attachment" href="file:///etc/passwd">', ["<link>", 'href="file:']),
        ('<svg><a xlink:href="javascript:x">y</a></svg>', ['xlink:href="javascript:']),
        ('<svg><use href="https://example.com/a.svg#b"/></svg>', ['href="https:']),
        ('<object data="x.pdf"></object><embed src="x.pdf">', ["<object>", "data=", "<embed>", "src="]),
    ],
)
def test_a_page_that_could_send_away_what_stands_on_it_is_refused(folder: Path, part: str, told: list[str]) -> None:
    write(folder, head__html_j2=f"<p>Head</p>\n{part}")
    for draw in (drawing.html, drawing.pdf):
        with pytest.raises(Rejected) as caught:
            draw(exercise_and_sell(), templates=templates.laid_over(folder, {}))
        assert {finding.code for finding in caught.value.findings} == {"TPL004"}
        assert [
            one for one, finding in zip(told, caught.value.findings, strict=True) if one not in finding.message
        ] == []
        assert caught.value.findings[0].origin.position is not None
        assert caught.value.findings[0].origin.position.file == str(folder / "head.html.j2")


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><title>x</title></head><body>Words</body></html>",
        "Words alone",
        "<body><p>Words",
        '<meta http-equiv="Content-Security-Policy" content="default-src *"><p>Words',
    ],
)
def test_browsers_are_told_to_fetch_and_send_nothing_whatever_the_page(folder: Path, page: str) -> None:
    drawn_page = drawing.html(exercise_and_sell(), fonts=False, templates=lay(folder, form4__html_j2=page))
    policies = [meta.get("content") for meta in etree.HTML(drawn_page).iter("meta") if meta.get("http-equiv")]
    assert policies[0] == POLICY
    assert drawn_page.index(POLICY) < drawn_page.index("Words")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (
            "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
            "this is not allowed: the templates go through more than 1,000,000 rounds of loops",
        ),
        (
            "{% macro two(n) %}{% if n %}{{ two(n - 1) }}{{ two(n - 1) }}{% endif %}{% endmacro %}{{ two(40) }}",
            "this is not allowed: the templates go through more than 1,000,000 rounds of loops",
        ),
        ("{{ 'x' * 999999999 }}", "this is not allowed: a text or list repeated that often"),
        ("{{ 9 ** 99999999 }}", "this is not allowed: a power of that size"),
        ("{{ '%999999999d' % 1 }}", "this is not allowed: a format that wide"),
        ("{{ '%999999999d' | format(1) }}", "this is not allowed: a format that wide"),
        ("{{ 'x' | center(999999999) }}", "this is not allowed: a text that wide"),
        (
            "{% for a in range(3000) %}{{ 'x' * 50000 }}{% endfor %}",
            "this is not allowed: a page of more than 20,000,000 characters",
        ),
    ],
)
def test_no_template_runs_for_ever(folder: Path, part: str, said: str) -> None:
    write(folder, head__html_j2=part)
    with pytest.raises(Rejected) as caught:
        drawing.html(exercise_and_sell(), fonts=False, templates=templates.laid_over(folder, {}))
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == ("TPL003", said)


def test_the_largest_form_is_far_within_the_bounds() -> None:
    drawing.html(largest(), fonts=False)
    environment = templates.built_in().environment
    assert 1_000 < environment._steps < MOST_STEPS // 50


def test_a_page_that_no_pdf_can_be_made_of_is_told(folder: Path) -> None:
    write(folder, form4__html_j2="<div>" * 3000)
    with pytest.raises(Rejected) as caught:
        drawing.pdf(exercise_and_sell(), templates=templates.laid_over(folder, {}))
    (finding,) = caught.value.findings
    assert (finding.code, str(finding.origin.position)) == ("TPL003", f"{folder / 'form4.html.j2'}:1:1")
    assert finding.message == "no PDF can be made of the page that the templates give (RecursionError)"


# --- what goes wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "<p>\n  {{ ''.__class__ }}",
            "head.html.j2:2:3 TPL003 this is not allowed: access to attribute '__class__' of 'str' object is unsafe.",
        ),
        (
            "{{ place_of.__func__.__globals__ }}",
            "head.html.j2:1:1 TPL003 this is not allowed: access to attribute '__func__' of 'method' object is unsafe.",
        ),
        (
            '<p>\n{% include "../../etc/passwd" %}',
            "head.html.j2:2:1 TPL003 there is no template ../../etc/passwd, neither in the folder nor built in",
        ),
        (
            '{% include "/etc/passwd" %}',
            "head.html.j2:1:1 TPL003 there is no template /etc/passwd, neither in the folder nor built in",
        ),
        (
            '{% include "built-in/../xml/owner.xml.j2" %}',
            (
                "head.html.j2:1:1 TPL003 there is no template built-in/../xml/owner.xml.j2, neither in the folder nor "
                "built in"
            ),
        ),
        (
            "\n\n{{ filng.issuer }}",
            "head.html.j2:3:1 TPL003 the template asks for what isn't there: 'filng' is undefined",
        ),
        (
            "{{ filing.owners[0].ccc }}",
            (
                "head.html.j2:1:1 TPL003 the template asks for what isn't there: "
                "'form4_author.filing.model.ReportingOwner object' has no attribute 'ccc'"
            ),
        ),
        (
            "{{ filing | amount }}",
            "head.html.j2:1:1 TPL003 the template asks for what isn't there: 'Filing' object has no attribute 'number'",
        ),
        (
            "{{ 1 | nosuch }}",
            "head.html.j2:1:1 TPL003 the template asks for what isn't there: No filter named 'nosuch'.",
        ),
        (
            "\n{{ filing.remarks.text | safe }}",
            "head.html.j2:2:1 TPL003 the template asks for what isn't there: No filter named 'safe'.",
        ),
        (
            "\n{% autoescape 0 %}{{ 1 }}{% endautoescape %}",
            "head.html.j2:2:1 TPL003 this is not allowed: what is entered is always escaped",
        ),
        ('{% include "head.html.j2" %}', "head.html.j2:1:1 TPL003 the template includes itself"),
        (
            "<p>\n\n{% if %}\n{% endif %}",
            (
                "head.html.j2:3:1 TPL002 the template can't be understood: Expected an expression, got 'end of "
                "statement block'"
            ),
        ),
        ("{# never closed", "head.html.j2:1:1 TPL002 the template can't be understood: Missing end of comment tag"),
        (
            "{% for a in 'x' %}" * 30 + "{% endfor %}" * 30,
            "head.html.j2:1:1 TPL002 the template is nested too deep",
        ),
        ("{{ " + "(" * 5000 + " }}", "head.html.j2:1:1 TPL002 the template is nested too deep"),
        (
            "<p>\n  {{ " + "9" * 5001 + " }}",
            "head.html.j2:2:3 TPL002 the template can't be understood: a number is too long",
        ),
    ],
)
def test_a_fault_is_told_at_its_line(folder: Path, text: str, said: str) -> None:
    write(folder, head__html_j2=text)
    assert told(folder) == [said]


def test_every_fault_that_can_be_seen_beforehand_is_told_in_one_run(folder: Path) -> None:
    write(folder, head__html_j2="{% endif %}", notes__html_j2="{{ 1 | nosuch }}", form4__css="a { }\n{{ }}")
    assert [line.split(" ", 2)[:2] for line in told(folder)] == [
        ["form4.css:2:1", "TPL002"],
        ["head.html.j2:1:1", "TPL002"],
        ["notes.html.j2:1:1", "TPL003"],
    ]


def test_a_fault_in_a_call_of_a_built_in_macro_is_told_where_the_firm_calls_it(folder: Path) -> None:
    write(folder, head__html_j2='{% from "parts.html.j2" import marks with context %}\n<p>{{ marks(nothing) }}</p>')
    assert [line.split(" ", 2)[:2] for line in told(folder)] == [["head.html.j2:2:1", "TPL003"]]


def test_a_macro_that_the_built_in_templates_miss_is_told_where_they_miss_it(folder: Path) -> None:
    write(folder, parts__html_j2="{% macro marks(field) %}{% endmacro %}")
    (line,) = told(folder)
    assert "templates/page/head.html.j2:" in line
    assert "does not export the requested name 'box'" in line


def test_a_folder_that_can_not_serve(folder: Path, tmp_path: Path) -> None:
    can_not = "1:1 TPL001 the templates can't be read: "
    assert told(folder) == [f":{can_not}it holds no template"]
    (folder / "logo.png").write_bytes(b"\x89PNG")
    assert told(folder) == [f":{can_not}it holds no template"]
    assert told(tmp_path / "none") == [f":{can_not}there is no such folder"]
    (tmp_path / "file").write_text("")
    assert told(tmp_path / "file") == [f":{can_not}this is a file, not a folder"]
    (folder / "form4.html").write_text("")
    (folder / "form.css").write_text("")
    with pytest.raises(Rejected) as caught:
        templates.laid_over(folder, {})
    (finding,) = caught.value.findings
    assert finding.message == "the templates can't be read: no file in it has the name of a built-in template"
    assert finding.hint.startswith("Did you mean form4.css? The names are boxes.html.j2, ")


def test_a_file_that_can_not_be_read(folder: Path, tmp_path: Path) -> None:
    (folder / "head.html.j2").write_bytes(b"<p>\n\xff")
    assert told(folder) == ["head.html.j2:2:1 TPL001 the template can't be read: byte 0xFF is not UTF-8 text"]
    (folder / "head.html.j2").write_bytes(b"\0")
    with pytest.raises(Rejected) as caught:
        templates.laid_over(folder, {})
    assert [finding.hint for finding in caught.value.findings] == ["A template is text in UTF-8."]
    (folder / "head.html.j2").unlink()
    (folder / "head.html.j2").mkdir()
    assert told(folder) == ["head.html.j2:1:1 TPL001 the template can't be read: this is a folder, not a file"]
    (folder / "head.html.j2").rmdir()
    (tmp_path / "secret").write_text("s3cret")
    (folder / "head.html.j2").symlink_to(tmp_path / "secret")
    assert told(folder) == ["head.html.j2:1:1 TPL001 the templates can't be read: it leads out of the folder"]


# --- the verbs ------------------------------------------------------------------------------------------------------


def build(tmp_path: Path, folder: Path, *, html: bool = False, pdf: bool = True) -> Report:
    plan = tmp_path / "roe.yaml"
    plan.write_text(plan_text())
    return form4_author.build(plan, tmp_path / "out", template=folder, html=html, pdf=pdf)


def test_build_draws_with_them_and_reports_their_hashes(folder: Path, tmp_path: Path) -> None:
    write(folder, own__css=".agency { color: #880000 }\n")
    report = build(tmp_path, folder, html=True)
    assert report.accepted
    assert "color: #880000" in (tmp_path / "out" / "roe.html").read_text()
    assert json.loads((tmp_path / "out" / "roe.report.json").read_text())["templates"] == {
        "own.css": "e4c4d4b17db930e6ef13a4e51c5753d6880478c7e9011264f23835afd75fa517"
    }


def test_nothing_is_written_where_a_template_fails(folder: Path, tmp_path: Path) -> None:
    write(folder, head__html_j2="<p>\n{{ nothing }}\n")
    report = build(tmp_path, folder)
    assert not report.accepted
    assert report.outputs == ()
    assert not (tmp_path / "out").exists()
    (finding,) = [f for f in report.findings if f.is_error]
    assert (finding.code, str(finding.origin.position)) == ("TPL003", f"{folder / 'head.html.j2'}:2:1")
    assert report.texts[str(folder / "head.html.j2")] == "\n{{ nothing }}\n"
    shown = form4_author.preview(tmp_path / "roe.yaml", tmp_path / "page.pdf", template=folder)
    assert [f.code for f in shown.findings if f.is_error] == ["TPL003"]
    assert not (tmp_path / "page.pdf").exists()


def test_no_template_sees_a_ccc(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_CCC_1999999101", CCC)
    write(folder, notes__html_j2="<p>{{ filing }} {{ owners }} {{ edition }} {{ back_links }}</p>")
    report = build(tmp_path, folder, html=True, pdf=False)
    assert report.accepted
    assert CCC in (tmp_path / "out" / "roe.xml").read_text()
    page = (tmp_path / "out" / "roe.html").read_text()
    assert "has_ccc=True" in page
    assert CCC not in page


# --- the document ---------------------------------------------------------------------------------------------------


def documented() -> str:
    return (ROOT / "docs" / "templates.md").read_text()


def test_the_document_names_all_that_a_template_may_use_and_its_example_works(folder: Path) -> None:
    text = documented()
    names = {path.name for path in resource("templates", "page").iterdir()} | {templates.OWN_STYLES}
    assert {name for name in names if f"`{name}`" not in text} == set()
    ours = {name for name, made in templates.built_in().environment.filters.items() if is_ours(made)}
    assert len(ours) == 12
    assert {name for name in ours if f"`{name}`" not in text} == set()
    examples = text.split("```html\n")[1:]
    assert examples
    for example in examples:
        page = drawn(lay(folder, head__html_j2=example.partition("```")[0]))
        assert "Matter" in "".join(map(str, etree.HTML(page).itertext()))


def is_ours(made: object) -> bool:
    return str(getattr(made, "__module__", "")).startswith("form4_author.")


def test_a_pipe_or_a_link_in_a_circle_among_the_templates_is_no_template(folder: Path) -> None:
    write(folder, form4__html_j2="x")
    os.mkfifo(folder / "pipe.j2")
    (folder / "loop.j2").symlink_to("loop.j2")
    with pytest.raises(Rejected) as refused:
        templates.laid_over(folder, {})
    assert [(finding.code, finding.message) for finding in refused.value.findings] == [
        ("TPL001", "the template can't be read: the file can't be read: Too many levels of symbolic links"),
        ("TPL001", "the template can't be read: this is a pipe, not a file"),
    ]
