"""The pages that tell of several forms: what stands on them, where they lead, and when they are written."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html
from typer.testing import CliRunner

import form4_author
from form4_author.cli.app import app
from form4_author.files import delivery
from form4_author.findings import Rejected
from form4_author.report.file_report import FileReport
from tests.plans import plan_text

MANY = """\
issuer: {cik: 1999999001, name: "EXAMPLE SYSTEMS, INC.", symbol: EXSY}
rule_10b5_1: no
securities: {common: Common Stock}
for_each:
  - {name: roe, owner: roe, opening: {common: 500}, security: {common: 100}}
  - {name: moe, owner: {cik: 1999999104, name: Moe Max, director: yes}, opening: {common: 50}, security: {common: 60}}
  - {name: doe, owner: doe, opening: {common: 50}, security: {common: 60}}
transactions:
  - {date: 2026-11-18, code: S, security: each, price: 31.15}
signatures: [{name: "/s/ Mary Major, attorney-in-fact", date: 2026-11-24}]
"""
LINE = "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 31.15}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans" / "_profiles").mkdir(parents=True)
    (tmp_path / "plans" / "_profiles" / "roe.yaml").write_text("cik: 1999999101\nname: Roe Jane\nofficer: CFO\n")
    (tmp_path / "plans" / "many.yaml").write_text(MANY)
    return tmp_path


def build(*plans: str, **options: object) -> list[FileReport]:
    return form4_author.build_many(plans, **{"output": "out", "pdf": False} | options)  # type: ignore[arg-type] # which option has which type, a mapping can't say


def read(path: str | Path) -> html.HtmlElement:
    return html.fromstring(Path(path).read_text("utf-8"))


def words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def rows(path: str | Path) -> list[list[str]]:
    """The cells of each form's row, without those of its files."""
    return [[words(cell) for cell in row][:-1] for row in read(path).xpath("//tbody/tr")]


def led_to(path: str | Path) -> list[list[str]]:
    """Where the links of each row lead, as the names of files."""
    found = [[str(href) for href in row.xpath("td[last()]/a/@href")] for row in read(path).xpath("//tbody/tr")]
    assert all(href.startswith("./") and "/" not in href[2:] for hrefs in found for href in hrefs)
    return [[unquote(href[2:]) for href in hrefs] for hrefs in found]


@pytest.mark.usefixtures("folder")
def test_a_plan_of_several_insiders() -> None:
    (report,) = build("plans/many.yaml", html=True)
    assert report.outputs[-1] == "out/many.summary.html"
    page = read("out/many.summary.html")
    assert (page.get("lang"), words(page.find(".//title")), words(page.find(".//h1"))) == (
        "en-US", "many: 3 forms", "many: 3 forms",
    )  # fmt: skip
    assert [words(sentence) for sentence in page.iter("p")] == [
        "1 accepted and 2 refused; the first is due 2026-11-20.",
        "Late: 2.",
        "Missing: a CCC (2), a power of attorney (2) and a profile (1).",
    ]
    assert [(cell.get("scope"), words(cell)) for cell in page.xpath("//thead//th")] == [
        ("col", name) for name in ("Insider", "Issuer", "Form", "Period", "Due", "State", "Missing", "Files")
    ]
    assert rows("out/many.summary.html") == [
        ["Roe Jane roe", "EXSY EXAMPLE SYSTEMS, INC.", "Form 4", "2026-11-18", "2026-11-20 late signed 2026-11-24",
         "accepted 2 warnings", "a CCC, a power of attorney"],
        ["Moe Max moe", "EXSY EXAMPLE SYSTEMS, INC.", "Form 4", "2026-11-18", "2026-11-20 late signed 2026-11-24",
         "refused 1 error, 2 warnings", "a CCC, a power of attorney"],
        ["doe", "", "", "", "", "refused 1 error", "a profile"],
    ]  # fmt: skip
    assert led_to("out/many.summary.html") == [["many-roe.html", "many-roe.xml", "many-roe.report.json"], [], []]
    assert [cell.get("scope") for cell in page.xpath("//tbody//th")] == ["row"] * 3
    assert page.xpath("//tbody/tr[1]/td[last()]/a/@aria-label") == [
        "HTML: Roe Jane", "XML: Roe Jane", "Report: Roe Jane",
    ]  # fmt: skip
    told = [words(one) for one in page.xpath("//li")]
    assert [" ".join(one.split()[:2]) for one in told] == [
        "warning OWN005", "warning OWN005", "error BAL003", "error PLN013", "warning TXN014",
    ]  # fmt: skip
    assert any(one.endswith("many.yaml:7:24") for one in told)
    assert {str(href) for href in page.xpath("//td[@class='state']//a/@href")} == {"#plan-1"}
    assert page.get_element_by_id("plan-1").text == "many.yaml"


@pytest.mark.usefixtures("folder")
def test_the_drafts_of_what_is_refused() -> None:
    build("plans/many.yaml", html=True, force=True)
    assert [row[5] for row in rows("out/many.summary.html")] == [
        "accepted 2 warnings", "refused (draft) 1 error, 2 warnings", "refused 1 error",
    ]  # fmt: skip
    assert led_to("out/many.summary.html")[1:] == [["many-moe.html"], []]


def test_a_run_over_a_folder(folder: Path) -> None:
    (folder / "plans" / "q4").mkdir()
    (folder / "plans" / "q4" / "alone.yaml").write_text(plan_text())
    (folder / "plans" / "broken.yaml").write_text("issuer: {cik: 1\n")
    (folder / "plans" / "long.yaml").write_text(plan_text(transactions="transactions:\n" + LINE * 31))
    done = CliRunner().invoke(app, ["build", "plans", "--no-pdf", "-o", "out"], prog_name="form4-author")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "out/summary.html"
    assert sorted(path.name for path in Path("out").glob("*.html")) == [
        "long.summary.html", "many.summary.html", "summary.html",
    ]  # fmt: skip
    page = read("out/summary.html")
    assert words(page.find(".//h1")) == "4 plans: 7 forms"
    assert [(row[0], row[2], row[5]) for row in rows("out/summary.html")] == [
        ("broken.yaml", "", "refused 1 error"),
        ("Roe Jane long.yaml", "Form 4 part 1 of 2", "accepted 1 warning"),
        ("Roe Jane long.yaml", "Form 4 part 2 of 2", "accepted 1 warning"),
        ("Roe Jane many.yaml, roe", "Form 4", "accepted 2 warnings"),
        ("Moe Max many.yaml, moe", "Form 4", "refused 1 error, 2 warnings"),
        ("doe many.yaml", "", "refused 1 error"),
        ("Roe Jane q4/alone.yaml", "Form 4", "accepted 1 warning"),
    ]
    assert [row.get("class") for row in page.xpath("//tbody/tr")] == [None, "goes-on", *[None] * 5]
    assert led_to("out/summary.html")[1:3] == [[f"long-{part}.xml", f"long-{part}.report.json"] for part in (1, 2)]
    leads = [*led_to("out/summary.html"), *led_to("out/long.summary.html")]
    assert all(Path("out", file).is_file() for files in leads for file in files)
    assert rows("out/long.summary.html")[1][:3] == ["Roe Jane", "EXSY EXAMPLE SYSTEMS, INC.", "Form 4 part 2 of 2"]


def test_late_as_of_a_day(folder: Path) -> None:
    """A form that is signed in time is late on no day; one that isn't signed by all is after its day."""
    two = "".join(f"  - {{cik: 199999910{n}, name: Roe {n}, director: yes}}\n" for n in (1, 2))
    (folder / "a.yaml").write_text(plan_text())
    (folder / "b.yaml").write_text(plan_text(owners="owners:\n" + two))

    def late(day: date | None) -> tuple[str, list[str]]:
        build("a.yaml", "b.yaml", as_of=day)
        return words(read("out/summary.html").findall(".//p")[1]), [row[4] for row in rows("out/summary.html")]

    assert late(None) == ("Missing: a CCC (2) and a signature (1).", ["2026-11-20", "2026-11-20"])
    assert late(date(2026, 11, 20)) == ("Late as of 2026-11-20: none.", ["2026-11-20", "2026-11-20"])
    assert late(date(2026, 11, 21)) == (
        "Late as of 2026-11-21: 1.", ["2026-11-20", "2026-11-20 late not signed on 2026-11-21"],
    )  # fmt: skip
    done = CliRunner().invoke(app, ["build", "a.yaml", "b.yaml", "--as-of", "11/31/2026"], prog_name="form4-author")
    assert (done.exit_code, "Invalid value for --as-of" in done.stderr) == (2, True)


def test_nothing_is_missing(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(plan_text())
    (folder / "cccs").write_text("1999999101: aaaa1a$a\n")
    (folder / "cccs").chmod(0o600)
    build("a.yaml", "b.yaml", ccc_file="cccs")
    assert "<p>Nothing is missing.</p>" in Path("out/summary.html").read_text()
    assert "aaaa1a$a" not in Path("out/summary.html").read_text()


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_bytes_at_every_run_and_from_wherever(folder: Path, jobs: int) -> None:
    (folder / "plans" / "alone.yaml").write_text(plan_text())
    (folder / "plans" / "many.yaml").write_text(MANY.replace("owner: doe", "owner: roe"))
    plans = ["plans/alone.yaml", "plans/many.yaml"]
    build(*plans)
    build(*(str(folder / plan) for plan in plans), output=folder / "again", jobs=jobs)
    pages = {path.name: path.read_bytes() for path in Path("out").glob("*summary.html")}
    assert {path.name: path.read_bytes() for path in (folder / "again").glob("*summary.html")} == pages
    assert [*pages] == ["many.summary.html", "summary.html"] or [*pages] == ["summary.html", "many.summary.html"]


def test_what_stands_is_told_of_as_it_was_built(folder: Path) -> None:
    (folder / "plans" / "alone.yaml").write_text(plan_text())
    (folder / "plans" / "long.yaml").write_text(plan_text(transactions="transactions:\n" + LINE * 31))
    names = ["plans/alone.yaml", "plans/long.yaml"]
    build(*names, changed=True)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path("out").iterdir()}
    again = build(*names, changed=True)
    assert [(report.course.value, report.outputs) for report in again] == [("unchanged", ())] * 2
    assert again[1].standing[-2:] == ("out/long.summary.html", "out/summary.html")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path("out").iterdir()} == before
    Path("out/summary.html").write_text("changed by hand")
    assert build(*names, changed=True)[1].outputs == ("out/summary.html",)
    assert Path("out/summary.html").read_bytes() == before[Path("out/summary.html")][0]
    Path("plans/alone.yaml").write_text(plan_text().replace("31.15", "31.25"))
    built = build(*names, changed=True)
    assert [report.course.value for report in built] == ["done", "unchanged"]
    assert rows("out/summary.html")[1][0] == "Roe Jane long.yaml"
    assert led_to("out/summary.html")[1] == ["long-1.xml", "long-1.report.json"]


def test_when_there_is_none(folder: Path) -> None:
    (folder / "form4-author.toml").write_text("summary = false\n")
    (folder / "a.yaml").write_text(plan_text())
    build("plans/many.yaml", "a.yaml")
    assert not [*Path("out").glob("*summary*")]
    build("plans/many.yaml", "a.yaml", summary=True, form=None)
    assert sorted(path.name for path in Path("out").glob("*summary*")) == ["many.summary.html", "summary.html"]
    (folder / "form4-author.toml").unlink()
    for way in (["a.yaml"], ["plans/many.yaml", "--form", "roe"], ["plans/many.yaml", "a.yaml", "--no-summary"]):
        CliRunner().invoke(app, ["build", *way, "--no-pdf", "-o", "none"], prog_name="form4-author")
    assert {path.name for path in Path("none").iterdir()} == {
        f"{name}.{ending}" for name in ("a", "many-roe") for ending in ("xml", "report.json")
    }
    (folder / "plans" / "many.yaml").write_text(MANY.replace("owner: roe", "owner: zoe"))
    build("plans/many.yaml", output="nothing")
    assert not Path("nothing").exists()


def test_plans_in_several_folders_of_a_firm(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "form4-author.toml").write_text('output = "filed"\n')
        for plan in ("a", "b"):
            (folder / name / f"{plan}.yaml").write_text(plan_text())
    done = CliRunner().invoke(app, ["build", "one", "two", "--no-pdf"], prog_name="form4-author")
    assert done.exit_code == 0, done.output
    for name in ("one", "two"):
        assert led_to(f"{name}/filed/summary.html") == [[f"{p}.xml", f"{p}.report.json"] for p in "ab"]


# --- hostile names, and what is in the way ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("a%41 b", "50%", "#1", "a?b=c&d", "qu\"ote's", "<script>alert(1)<-script>", "..more", "javascript:a"),
        *("Jos\u00e9 \u682a\u5f0f", "a.redline", "a.submission", "&lt;&#60;"),
    ],
)
def test_links_lead_to_files_of_any_name(folder: Path, name: str) -> None:
    (folder / f"{name}.yaml").write_text(plan_text())
    (folder / "b.yaml").write_text(plan_text())
    assert all(report.accepted for report in build(f"{name}.yaml", "b.yaml", html=True))
    assert led_to("out/summary.html")[0] == [f"{name}.html", f"{name}.xml", f"{name}.report.json"]
    assert all(Path("out", file).is_file() for file in led_to("out/summary.html")[0])
    text = Path("out/summary.html").read_text("utf-8")
    assert "<script" not in text
    assert rows("out/summary.html")[0][0] == f"Roe Jane {name}.yaml"


def test_what_is_entered_stays_text(folder: Path) -> None:
    owner = '{cik: 1999999101, name: "</td><script>alert(1)</script><a href=x>", director: yes}'
    (folder / "plans" / "many.yaml").write_text(MANY.replace("owner: roe", f"owner: {owner}"))
    build("plans/many.yaml")
    text = Path("out/many.summary.html").read_text()
    assert "<script" not in text
    assert rows("out/many.summary.html")[0][0] == "</td><script>alert(1)</script><a href=x> roe"
    assert "default-src 'none'" in text


def test_a_page_takes_the_place_of_no_plans_output(folder: Path) -> None:
    (folder / "a.yaml").write_text(plan_text())
    (folder / "Summary.yaml").write_text(plan_text())
    assert all(report.accepted for report in build("a.yaml", "Summary.yaml"))
    with pytest.raises(Rejected) as caught:
        build("a.yaml", "Summary.yaml", html=True, output="not")
    (finding,) = caught.value.findings
    assert (finding.code, finding.message, finding.hint) == (
        "OUT001",
        "this plan would write summary.html, which is the page that tells of all forms",
        "Give the plan another name, or say --no-summary.",
    )
    assert str(finding.origin.position) == "Summary.yaml:1:1"
    assert all(report.accepted for report in build("a.yaml", "Summary.yaml", html=True, summary=False))
    (folder / "plans" / "many.summary.yaml").write_text(plan_text())
    reports = build("plans/many.summary.yaml", "plans/many.yaml", html=True)
    (finding,) = [one for one in reports[1].findings if one.code == "OUT001"]
    assert finding.message == (
        "out/many.summary.html was written from plans/many.summary.yaml; the page that tells of several forms was not"
    )
    assert "Form 4" in Path("out/many.summary.html").read_text()


def test_no_file_that_was_read_is_written_over(folder: Path) -> None:
    (folder / "summary.html").write_text("an exhibit")
    for name in ("a", "b"):
        parts = "exhibits:\n  - {file: ex.txt, type: EX-99}\n"
        (folder / f"{name}.yaml").write_text(plan_text() + parts)
    os.link("summary.html", "ex.txt")
    reports = form4_author.build_many(["a.yaml", "b.yaml"], ".", pdf=False, submission=True)
    assert [[one.code for one in report.findings if one.is_error] for report in reports] == [[], ["OUT005"]]
    (finding,) = [one for one in reports[1].findings if one.is_error]
    assert finding.message == (
        "summary.html is a file that was read; it was left alone, and the forms that it tells of stand"
    )
    assert Path("summary.html").read_text() == "an exhibit"
    assert Path("b.xml").exists()


def in_the_way() -> None:
    Path("out/summary.html").mkdir(parents=True)


def a_link() -> None:
    Path("out").mkdir()
    Path("other").write_text("other")
    Path("out/summary.html").symlink_to("../other")


@pytest.mark.parametrize(("lay", "accepted"), [(in_the_way, False), (a_link, True)])
def test_what_stands_under_the_name(folder: Path, lay: Callable[[], None], *, accepted: bool) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(plan_text())
    lay()
    reports = build("a.yaml", "b.yaml")
    assert [report.accepted for report in reports] == [True, accepted]
    if not accepted:
        assert reports[1].findings[-1].message == (
            "out/summary.html can't be written: a folder of that name is in the way; the forms that it tells of stand"
        )
    else:
        assert (Path("other").read_text(), Path("out/summary.html").is_symlink()) == ("other", False)


def test_a_disk_that_is_full_when_the_page_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(plan_text())
    write = delivery._write

    def full(handle: int, output: delivery.Output) -> None:
        if output.path.name == "summary.html":
            raise OSError(28, "No space left on device")
        write(handle, output)

    monkeypatch.setattr(delivery, "_write", full)
    reports = build("a.yaml", "b.yaml")
    assert [[one.code for one in report.findings if one.is_error] for report in reports] == [[], ["OUT002"]]
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "a.report.json", "a.xml", "b.report.json", "b.xml",
    ]  # fmt: skip
