"""The redline: a form held against another one, what differs marked at its place and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from typer.testing import CliRunner, Result

import form4_author
from form4_author.cli.app import app
from form4_author.edgar import ownership_xml, xml_source
from form4_author.filing import DocumentKind, Field, Filing, Footnote, ReportingOwner, Row, Signature, Value
from form4_author.filing.difference import differences
from form4_author.page import drawing, redline
from tests.conftest import ROOT, SHARED
from tests.page_filings import exercise_and_sell, field, largest
from tests.page_pdf import Printed, misplaced
from tests.page_sheet import fold

CORPUS = SHARED / "corpus" / "form4"
EXAMPLES = ROOT / "examples"


def marked(now: Filing, was: Filing) -> list[str]:
    """Each change that the page marks, as `class: -old +new`, in reading order."""
    return [f"{place}: {text}" for place, text in _marks(drawing.html(now, against=was, fonts=False))]


def _marks(page: str) -> Iterator[tuple[str, str]]:
    root = etree.HTML(page)
    for element in root.iter("td", "th", "p", "span"):
        changes = [part for part in element if part.tag in {"del", "ins"}]
        if changes and element.get("class") != "redline":
            parts = (("-" if part.tag == "del" else "+") + fold("".join(map(str, part.itertext()))) for part in changes)
            yield str(element.get("class")), " ".join(parts)


def with_row(filing: Filing, table: str, number: int, **changes: Any) -> Filing:
    rows = list(getattr(filing, table))
    rows[number] = replace(rows[number], **changes)
    changed: dict[str, Any] = {table: tuple(rows)}
    return replace(filing, **changed)


def test_a_form_held_against_itself_shows_no_change() -> None:
    for filing in (exercise_and_sell("X0609"), largest()):
        assert marked(filing, filing) == []


T1, T2 = "table1", "table2"


@pytest.mark.parametrize(
    ("table", "changes", "told"),
    [
        (T1, {"security_title": field("Class B")}, ["t1-title: -Class B +Common Stock"]),
        (T1, {"transaction_date": field("2013-11-21")}, ["t1-date: -11/21/2013 +11/22/2013"]),
        (T1, {"deemed_execution_date": field("2013-11-25")}, ["t1-deemed: -11/25/2013"]),
        (T1, {"code": Value("C")}, ["t1-code: -C (1) +M (1)"]),
        (T1, {"coding": field("")}, ["t1-code: -M +M (1)"]),
        (T1, {"form_type": Value("5")}, ["t1-v: -V"]),
        (T1, {"shares": field("1000")}, ["t1-amount: -1,000 +10,000"]),
        (T1, {"acquired_disposed": field("D")}, ["t1-ad: -D +A"]),
        (T1, {"price_per_share": field("48")}, ["t1-price: -$48 +$4.80"]),
        (T1, {"price_per_share": field("4.80")}, ["t1-price: -$4.8 +$4.80"]),
        (T1, {"shares_owned_following": field("")}, ["t1-owned: +10,000"]),
        (T1, {"direct_or_indirect": field("I")}, ["t1-form: -I +D"]),
        (T1, {"nature_of_ownership": field("By Trust")}, ["t1-nature: -By Trust"]),
        (T2, {"security_title": field("Warrant")}, ["t2-title: -Warrant +Stock Option (right to buy)"]),
        (T2, {"conversion_or_exercise_price": field("5")}, ["t2-conversion-price: -$5 +$4.80"]),
        (T2, {"acquired_disposed": field("A")}, ["t2-acquired: -10,000", "t2-disposed: +10,000"]),
        (T2, {"acquired_disposed": field("X")}, ["t2-neither: -10,000 (X) +10,000"]),
        (T2, {"shares": field("9")}, ["t2-disposed: -9 +10,000"]),
        (T2, {"exercise_date": field("2014-01-01", 3)}, ["t2-exercisable: -01/01/2014 (3) +(3)"]),
        (T2, {"expiration_date": field("2021-04-29")}, ["t2-expiration: -04/29/2021 +04/28/2021"]),
        (T2, {"underlying_title": field("Class B")}, ["t2-underlying-title: -Class B +Common Stock"]),
        (T2, {"underlying_shares": field("5")}, ["t2-underlying-amount: -5 +10,000"]),
        (T2, {"price_per_share": field("1.00")}, ["t2-price: -$1 +$0"]),
        (T2, {"shares_owned_following": field("92395")}, ["t2-owned: -92,395 +92,394"]),
    ],
)
def test_a_changed_cell_is_marked_with_what_it_said(
    table: str, changes: dict[str, Field | Value], told: list[str]
) -> None:
    now = exercise_and_sell("X0609")
    assert marked(now, with_row(now, table, 0, **changes)) == told


def owned(filing: Filing, **changes: Any) -> Filing:
    return replace(filing, owners=(replace(filing.owners[0], **changes),))


def test_what_stands_outside_the_tables_is_marked_too() -> None:
    now = exercise_and_sell("X0609")
    was = replace(
        owned(
            now,
            name=Value("Roe John"),
            street1=Value("1 Elm Street"),
            street2=Value(""),
            city=Value("RENO"),
            state=Value("NV"),
            zip_code=Value("89501"),
            is_director=Value("1"),
            is_officer=Value("0"),
            officer_title=Value(""),
        ),
        document_type=Value("4/A"),
        date_of_original_submission=Value("2013-11-22"),
        not_subject_to_section16=Value("1"),
        aff10b5_one=Value("1"),
        period_of_report=Value("2013-11-21"),
        issuer=replace(now.issuer, name=Value("QUALYS CORP"), trading_symbol=Value("QQ")),
        remarks=Value("First line.\n\n  Second   line."),
        signatures=(Signature(name=Value("/s/ Jane Doe, attorney-in-fact for Jane Roe"), date=Value("2013-11-26")),),
    )
    assert marked(now, was) == [
        "entered document-type: -Amendment",
        *["box entered: -X"] * 2,
        "line owner-name entered: -Roe John +Roe Jane",
        "street owner-street1 entered: -1 Elm Street +C/O QUALYS, INC.",
        "line street owner-street2 entered: +1600 BRIDGE PARKWAY",
        "owner-city: -RENO +REDWOOD CITY",
        "owner-state: -NEVADA +CALIFORNIA",
        "owner-zip: -89501 +94065",
        "issuer-name: -QUALYS CORP +QUALYS, INC.",
        "issuer-symbol: -QQ +QLYS",
        "entered period-of-report: -11/21/2013 +11/22/2013",
        "entered original-date: -11/22/2013",
        "box entered: -X",
        "box entered: +X",
        "entered officer-title: +VP, OPERATIONS",
        "remarks: -Second +Third",
        f"line entered signature-name: -{was.signatures[0].name} +{now.signatures[0].name}",
        "line entered signature-date: -11/26/2013 +11/25/2013",
    ]


def test_footnotes_are_known_by_their_text_and_marked_word_by_word() -> None:
    now = exercise_and_sell()
    first, second, third = now.footnotes
    turned = {"F1": "F2", "F2": "F3", "F3": "F1"}

    def cell(found: Field) -> Field:
        return replace(found, footnotes=tuple(Value(turned[mark.text]) for mark in found.footnotes))

    def row(found: Row) -> Row:
        return replace(
            found,
            coding=cell(found.coding),
            price_per_share=cell(found.price_per_share),
            exercise_date=cell(found.exercise_date),
        )

    was = replace(
        now,
        table1=tuple(map(row, now.table1)),
        table2=tuple(map(row, now.table2)),
        footnotes=(
            Footnote(id=Value("F1"), text=third.text),
            Footnote(id=Value("F2"), text=first.text),
            Footnote(id=Value("F3"), text=Value("A weighted mean price.")),
        ),
    )
    assert marked(now, was) == ["note-text: -mean +average"]
    gone = replace(now, footnotes=(*now.footnotes, Footnote(id=Value("F4"), text=Value("Said no longer."))))
    gone = with_row(gone, T1, 0, shares=field("10000", 4))
    assert marked(now, gone) == ["t1-amount: -10,000 (old 4) +10,000", "note-text: -Said no longer."]
    assert marked(gone, now) == ["t1-amount: -10,000 +10,000 (4)", "note-text: +Said no longer."]
    assert second.text.text not in "".join(marked(gone, now))


def test_lines_and_owners_that_one_form_lacks_are_marked_whole() -> None:
    now = exercise_and_sell("X0609")
    other = ReportingOwner(cik=Value("77"), name=Value("Other Owner"), is_director=Value("1"))
    was = replace(now, table1=now.table1[1:], table2=now.table2 * 2, owners=(other, *now.owners))
    page = drawing.html(now, against=was, fonts=False)
    told = list(_marks(page))
    assert [text for place, text in told if place.startswith("t1-")] == [
        *("+Common Stock", "+11/22/2013", "+M (1)", "+10,000", "+A", "+$4.80", "+10,000", "+D"),
    ]
    assert [text for place, text in told if place.startswith("t2-")] == [
        *("-Stock Option (right to buy)", "-$4.80", "-11/22/2013", "-M (1)", "-10,000", "-(3)", "-04/28/2021"),
        *("-Common Stock", "-10,000", "-$0", "-92,394", "-D"),
    ]
    root = etree.HTML(page)
    assert [row.get("id") for row in root.iterfind(".//tbody/tr")] in (
        ["t1-1", "t1-2", "t2-1", None],
        ["t1-1", "t1-2", None, "t2-1"],
    )
    assert [block.get("id") for block in root.iter("div") if "boxes" in str(block.get("class")).split()] == [
        "owner-1",
        None,
    ]
    assert ("line owner-name entered", "-Other Owner") in told
    assert ("box entered", "+X") in told, "filed by one person now"


def test_the_page_says_that_it_is_a_redline_and_against_what() -> None:
    now = exercise_and_sell("X0609")
    was = replace(now, document_type=Value("4/A"), period_of_report=Value("2013-11-20"))
    (note,) = etree.HTML(drawing.html(now, against=was, fonts=False)).iterfind(".//p[@class='redline']")
    assert fold("".join(map(str, note.itertext()))) == (
        "Redline, not for signature. Held against Form 4/A: QUALYS, INC. [QLYS] - Roe Jane - 11/20/2013. "
        "Underlined: said here. Struck through: said there instead."
    )
    assert "redline" not in drawing.html(now, fonts=False).partition("<body>")[2]
    found = Printed(drawing.pdf(now, against=was))
    assert "Redline of Form 4: QUALYS, INC." in "".join(run.text for run in found.runs)


def test_markup_in_either_form_is_text() -> None:
    now = replace(exercise_and_sell(), remarks=Value("<b>new</b> {{ 7 * 7 }}"))
    page = drawing.html(now, against=replace(now, remarks=Value("<script>old</script>")), fonts=False)
    assert "<script" not in page
    assert "<del>&lt;script&gt;old&lt;/script&gt;</del>" in page
    assert "{{ 7 * 7 }}" in page


def test_texts_of_any_length_are_compared_at_once() -> None:
    one, other = "word " * 50_000, "word " * 49_999 + "end"
    assert list(redline.words(one, other)) == [("gone", other), ("come", one)]
    one, other = "a b " * 150, "b a " * 150  # no word of theirs is rare enough to begin a match
    assert list(redline.words(one, other)) == [("gone", other), ("come", one)]


# Whole forms: a redline without what is struck is the form, and without what is new it is the other one


def one_side(page: str, dropped: str) -> etree._Element:
    """The page without the marks of one kind; lines, owners, notes and signatures left empty by that are gone too."""
    root = etree.HTML(page)
    for mark in root.iter("del"):  # one blank parts what is gone from what has come
        (place,) = islice(mark.iterancestors(), 1)
        if mark.tail == " " and place.get("class") not in {"note-text", "remarks"}:
            mark.tail = ""
    for mark in list(root.iter(dropped)):
        tail = mark.tail or ""
        mark.clear()
        mark.tail = tail
    return root


def text(element: etree._Element) -> str:
    return fold("".join(map(str, element.itertext())))


def lines(root: etree._Element) -> list[list[str]]:
    """The lines of both tables as texts, footnote marks left aside."""
    for mark in root.iter("sup"):
        tail = mark.tail or ""
        mark.clear()
        mark.tail = tail
    found = [[text(cell) for cell in row.iter("th", "td")] for row in root.iterfind(".//tbody/tr")]
    return [row for row in found if any(row)]


def parts(root: etree._Element) -> dict[str, list[str]]:
    names = ("note-text", "remarks", "signature-name", "signature-date", "owner-name", "issuer", "period-of-report")
    found = {
        name: [text(element) for element in root.iterfind(".//*[@class]") if name in element.get("class", "").split()]
        for name in names
    }
    return {name: sorted(filter(None, texts)) for name, texts in found.items()}


def pairs_of_filings() -> list[tuple[Path, Path]]:
    """Filings that lie beside each other in the corpus: strangers, for the most part, which is the harder test."""
    if not CORPUS.exists():
        return []
    return list(pairwise(sorted(CORPUS.rglob("*.xml"))[::24]))


@pytest.mark.skipif(not CORPUS.exists(), reason="the reference filings are not beside the checkout")
def test_each_side_of_a_redline_is_a_whole_form() -> None:
    pairs = pairs_of_filings()
    assert len(pairs) > 40
    for one, other in pairs:
        now, was = (ownership_xml.read(xml_source.parse(path.read_bytes(), path.name)) for path in (one, other))
        was = replace(was, version=now.version)
        page = drawing.html(now, against=was, fonts=False)
        for dropped, filing in (("del", now), ("ins", was)):
            side, whole = one_side(page, dropped), etree.HTML(drawing.html(filing, fonts=False))
            assert lines(side) == lines(whole), (one.name, other.name, dropped)
            assert parts(side) == parts(whole), (one.name, other.name, dropped)


def test_what_differs_in_words_is_marked_on_the_page() -> None:
    now = exercise_and_sell("X0609")
    was = with_row(with_row(now, T1, 1, price_per_share=field("22.50", 2)), T2, 0, shares=field("9000"))
    assert [(one.old, one.new) for one in differences(was, now)] == [("$22.5", "$22.5307"), ("9,000", "10,000")]
    assert marked(now, was) == ["t1-price: -$22.5 (2) +$22.5307 (2)", "t2-disposed: -9,000 +10,000"]


def test_the_worst_redline_keeps_in_its_place() -> None:
    full = largest()
    now = replace(
        full, owners=full.owners[:2], table1=full.table1[:7], table2=full.table2[:7], footnotes=full.footnotes[:9]
    )

    def other(row: Row) -> Row:
        return replace(
            row,
            price_per_share=field("111111111111.1111", 1, 2, 3),
            shares_owned_following=field("222222222222.2222"),
            nature_of_ownership=field("M" * 100),
            underlying_shares=field("333333333333.3333") if row.derivative else row.underlying_shares,
        )

    was = replace(
        now, table1=tuple(map(other, now.table1)), table2=tuple(map(other, now.table2)), owners=full.owners[1:4]
    )
    assert list(misplaced(Printed(drawing.pdf(now, against=was)))) == []


# The command line


def run(*words: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin, prog_name="form4-author")


def test_a_build_writes_the_redline_beside_the_page(tmp_path: Path) -> None:
    plan, other = EXAMPLES / "amendment" / "plan.yaml", EXAMPLES / "open-market-sale" / "plan.yaml"
    done = run("build", plan, "-o", tmp_path, "--html", "--against", other)
    assert done.exit_code == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("amendment.html", "amendment.pdf", "amendment.redline.html", "amendment.redline.pdf"),
        *("amendment.report.json", "amendment.xml"),
    ]
    assert "<ins>11/04/2026</ins>" in (tmp_path / "amendment.redline.html").read_text()
    assert "<ins>" not in (tmp_path / "amendment.html").read_text()
    report = json.loads((tmp_path / "amendment.report.json").read_text())
    document = form4_author.read_filing(other)
    assert report["against"] == {
        "file": "plan.yaml",
        "sha256_without_ccc": hashlib.sha256(
            ownership_xml.write(document, kind=DocumentKind.RECORD, cccs={})
        ).hexdigest(),
    }
    assert done.stdout.splitlines() == [
        str(tmp_path / f"amendment{ending}")
        for ending in (".xml", ".pdf", ".html", ".redline.pdf", ".redline.html", ".report.json")
    ]


def test_a_program_gets_the_redline_too(tmp_path: Path) -> None:
    plan, other = EXAMPLES / "amendment" / "plan.yaml", EXAMPLES / "open-market-sale" / "plan.yaml"
    built = form4_author.build(plan, tmp_path, against=other)
    assert str(tmp_path / "amendment.redline.pdf") in built.outputs
    assert form4_author.preview(plan, tmp_path / "page.html", against=other).accepted
    assert "<ins>11/04/2026</ins>" in (tmp_path / "page.html").read_text()


def test_a_preview_is_the_redline_itself(tmp_path: Path) -> None:
    plan, other = EXAMPLES / "amendment" / "plan.yaml", EXAMPLES / "open-market-sale" / "expected"
    page = tmp_path / "page.html"
    done = run("preview", plan, "-o", page, "--against", other / "open-market-sale.xml")
    assert done.exit_code == 0, done.stderr
    assert "<del>11/18/2026</del> <ins>11/04/2026</ins>" in page.read_text()


def test_the_other_filing_may_come_from_standard_input_unless_the_first_does(tmp_path: Path) -> None:
    document = (EXAMPLES / "open-market-sale" / "expected" / "open-market-sale.xml").read_bytes()
    page, plan = tmp_path / "page.html", EXAMPLES / "amendment" / "plan.yaml"
    done = run("preview", plan, "-o", page, "--against", "-", stdin=document)
    assert done.exit_code == 0, done.stderr
    assert "<del>11/18/2026</del> <ins>11/04/2026</ins>" in page.read_text()
    for words in (("preview", "-", "-o", page), ("build", "-", "-o", tmp_path / "out")):
        twice = run(*words, "--against", "-", stdin=document)
        assert (twice.exit_code, "standard input is one file" in twice.stderr) == (2, True)


def test_another_filing_that_cannot_be_read_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    plan = EXAMPLES / "amendment" / "plan.yaml"
    done = run("build", plan, "-o", tmp_path / "out", "--against", tmp_path / "none.xml")
    assert done.exit_code == 2
    assert f"{tmp_path / 'none.xml'}:1:1: error FIL001 there is no such file" in done.stderr
    assert done.stderr.endswith("amendment/plan.yaml: refused (1 error, 1 warning, 1 note)\n")
    assert not (tmp_path / "out").exists()


def test_against_goes_with_one_plan_and_a_page(tmp_path: Path) -> None:
    plan = EXAMPLES / "amendment" / "plan.yaml"
    several = run("build", EXAMPLES, "-o", tmp_path, "--against", plan)
    assert (several.exit_code, "it goes with one plan" in several.stderr) == (2, True)
    nothing = run("build", plan, "-o", tmp_path, "--no-pdf", "--against", plan)
    assert (nothing.exit_code, "there is no page to mark" in nothing.stderr) == (2, True)


def test_the_ccc_of_another_filing_stays_out_of_the_redline(tmp_path: Path) -> None:
    document = (EXAMPLES / "open-market-sale" / "expected" / "open-market-sale.xml").read_text()
    secret = "zq#7wxk$"
    other = tmp_path / "other.xml"
    other.write_text(document.replace("</rptOwnerCik>", f"</rptOwnerCik><rptOwnerCcc>{secret}</rptOwnerCcc>"))
    assert secret in other.read_text()
    page = tmp_path / "page.html"
    done = run("preview", EXAMPLES / "amendment" / "plan.yaml", "-o", page, "--against", other)
    assert done.exit_code == 0, done.stderr
    assert secret not in page.read_text() + done.stdout + done.stderr
