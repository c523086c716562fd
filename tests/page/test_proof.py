"""The proof sheet: what was derived and how, what there is to say, and nothing of it on the form or of a CCC."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

import form4_author
from form4_author.edgar.ccc import forget_the_environment
from form4_author.filing.derivation import Derivation
from tests.conftest import ROOT
from tests.page_pdf import Printed, misplaced, squeezed, text_in_order
from tests.plans import composed, plan_text

EXAMPLE = ROOT / "examples" / "exercise-and-sell" / "plan.yaml"
CCC = "zq#7wx$k"
HEADING = "Proof sheet - not part of the form"
OPTION = """\
securities:
  common: Common Stock
  unit:
    title: Stock Unit
    underlying: common
    underlying_per_unit: 2
    exercise_price: 0
    exercisable: 2024-05-14
    expires: 2034-05-14
"""


def derived(text: str, folder: Path | None = None) -> list[str]:
    """The derivations as `line:column place: value = how`."""
    return [told(one) for one in composed(text, folder).derivations]


def told(one: Derivation) -> str:
    place = one.origin.position
    assert place is not None
    return f"{place.line}:{place.column} {one.what}: {one.value} = {one.how}"


# How values came about


def test_a_sale() -> None:
    assert derived(plan_text()) == [
        "10:12 Box 3, date of earliest transaction: 11/18/2026 = the only transaction date",
        "10:30 Table I, line 1, column 4, A or D: D = code S",
        "10:5 Table I, line 1, column 5: 11,500 = 12,500 - 1,000 sold",
    ]


def test_what_the_plan_states_is_not_derived() -> None:
    line = (
        "  - {date: 2026-11-18, code: J, acquired_or_disposed: D, security: common, amount: 1,000, price: 0, "
        "balance: 11,500}\n"
    )
    text = plan_text(transactions=f"period_of_report: 2026-11-18\ntransactions:\n{line}")
    assert derived(text) == []


def test_an_exercise_with_shares_withheld() -> None:
    text = plan_text(
        securities=OPTION,
        opening="opening:\n  - {security: common, amount: 500}\n  - {security: unit, amount: 3,000}\n",
        transactions="transactions:\n"
        "  - date: 2026-11-18\n    exercise: unit\n    amount: 1,000\n    withheld: {amount: 700, price: 31.15}\n"
        "holdings:\n  - {security: unit}\n",
    )
    assert derived(text) == [
        "18:11 Box 3, date of earliest transaction: 11/18/2026 = the only transaction date",
        "20:13 Table I, line 1, column 4, amount: 2,000 = 1,000 x 2 a unit",
        "18:5 Table I, line 1, column 4, A or D: A = code M, the securities received",
        "11:21 Table I, line 1, column 4, price: $0 = the exercise price of unit",
        "18:5 Table I, line 1, column 5: 2,500 = 500 + 2,000 exercised",
        "21:15 Table I, line 2, column 4, A or D: D = code F, withheld",
        "21:15 Table I, line 2, column 5: 1,800 = 2,500 - 700 withheld",
        "18:5 Table II, line 1, column 5, A or D: D = code M, the derivative security",
        "20:13 Table II, line 1, column 7, amount: 2,000 = 1,000 x 2 a unit",
        "18:5 Table II, line 1, column 8: $0 = nothing is paid for the derivative security",
        "18:5 Table II, line 1, column 9: 2,000 = 3,000 - 1,000 exercised",
        "23:5 Table II, line 2, column 9: 2,000 = as before",
    ]


def test_what_a_half_of_an_event_states_is_not_derived() -> None:
    text = plan_text(
        securities=OPTION,
        opening="opening:\n  - {security: common, amount: 500}\n  - {security: unit, amount: 3,000}\n",
        transactions="transactions:\n"
        "  - date: 2026-11-18\n    exercise: unit\n    amount: 1,000\n"
        "    table_1: {amount: 1,999, price: 0.01, balance: 2,499}\n"
        "    table_2: {price: 0.00, underlying_amount: 1,999}\n",
    )
    assert [line.partition(" ")[2] for line in derived(text)] == [
        "Box 3, date of earliest transaction: 11/18/2026 = the only transaction date",
        "Table I, line 1, column 4, A or D: A = code M, the securities received",
        "Table II, line 1, column 5, A or D: D = code M, the derivative security",
        "Table II, line 1, column 9: 2,000 = 3,000 - 1,000 exercised",
    ]


def test_a_gift_has_two_sides() -> None:
    gift = "  - {date: 2026-11-18, gift: common, amount: 1,000, to: {indirect: By Trust}}\n"
    opening = (
        "opening:\n  - {security: common, amount: 12,500}\n"
        "  - {security: common, amount: 40, ownership: {indirect: By Trust}}\n"
    )
    text = plan_text(opening=opening, transactions=f"transactions:\n{gift}")
    assert [line.partition(" ")[2] for line in derived(text)][1:] == [
        "Table I, line 1, column 4, A or D: D = code G, given",
        "Table I, line 1, column 4, price: $0 = a gift has no price",
        "Table I, line 1, column 5: 11,500 = 12,500 - 1,000 given",
        "Table I, line 2, column 4, A or D: A = code G, received",
        "Table I, line 2, column 4, price: $0 = a gift has no price",
        "Table I, line 2, column 5: 1,040 = 40 + 1,000 received",
    ]


def test_executions_at_several_prices_and_at_one(tmp_path: Path) -> None:
    (tmp_path / "fills.csv").write_text("quantity,price\n1000,31.12\n3000,31.52\n500,40\n")
    text = plan_text(
        transactions="transactions:\n  - {date: 2026-11-18, code: S, security: common, fills: fills.csv}\n"
    )
    average = "$125,680.00 / 4,000, the average of 2 executions at $31.12 to $31.52 in fills.csv, rows 2-3"
    assert [line.partition(" ")[2] for line in derived(text, tmp_path)][1:] == [
        "Table I, line 1, column 4, amount: 4,000 = sum of 2 executions at $31.12 to $31.52 in fills.csv, rows 2-3",
        "Table I, line 1, column 4, A or D: D = code S",
        f"Table I, line 1, column 4, price: $31.42 = {average}",
        "Table I, line 1, column 5: 8,500 = 12,500 - 4,000 sold",
        "Table I, line 2, column 4, amount: 500 = sum of 1 execution at $40.00 in fills.csv, row 4",
        "Table I, line 2, column 4, A or D: D = code S",
        "Table I, line 2, column 4, price: $40 = the price of 1 execution at $40.00 in fills.csv, row 4",
        "Table I, line 2, column 5: 8,000 = 8,500 - 500 sold",
    ]


def test_balances_in_dollars() -> None:
    text = plan_text(
        opening="opening:\n  - {security: common, value: 12,500}\n",
        transactions="transactions:\n"
        "  - {date: 2026-11-18, code: J, acquired_or_disposed: A, security: common, total_value: 99.50, price: 0}\n",
    )
    assert [line.partition(" ")[2] for line in derived(text)][1:] == [
        "Table I, line 1, column 5: $12,599.50 = $12,500 + $99.5 acquired"
    ]


def test_a_balance_below_zero_is_not_explained() -> None:
    text = plan_text(opening="opening:\n  - {security: common, amount: 10}\n")
    assert [line.partition(" ")[2] for line in derived(text)][1:] == ["Table I, line 1, column 4, A or D: D = code S"]


# The sheet


def build(plan: Path, folder: Path, *, proof: bool = True, pdf: bool = False) -> Path:
    """The page as HTML, built from a plan that is accepted; the PDF beside it, where one is wanted."""
    report = form4_author.build(plan, folder, html=True, pdf=pdf, proof=proof)
    assert report.accepted, report.findings
    (page,) = (Path(name) for name in report.outputs if name.endswith(".html"))
    return page


def sheet(page: Path) -> dict[str, list[list[str]]]:
    """The lines of each part of a page's proof sheet, by the part's id."""
    (proof,) = body(page).findall("div[@class='proof']")
    assert proof.findtext("h1") == HEADING
    return {
        part.get("id", ""): [["".join(map(str, cell.itertext())) for cell in line] for line in part.iter("tr")]
        for part in proof.findall("div[@class='proof-part']")
    }


def body(page: Path) -> etree._Element:
    (found,) = etree.HTML(page.read_text("utf-8")).iter("body")
    return found


def test_the_sheet_of_the_example(tmp_path: Path) -> None:
    page = build(EXAMPLE, tmp_path)
    report = json.loads(page.with_suffix(".report.json").read_text())
    signature = '"/s/ Bruce Posey by power of attorney for Peter Albert"'
    due = ["2013-11-26, 10 p.m. Eastern time", "the second business day after the transaction of 2013-11-22"]
    assert sheet(page) == {
        "proof-findings": [
            ["Severity", "Code", "Place", "Finding", "What to write"],
            [
                "warning",
                "OWN005",
                "plan.yaml, line 15, column 10",
                "the reporting owner (CIK 9999999999) has no CCC, without which EDGAR takes no filing",
                "Set FORM4_CCC_9999999999, or give --ccc-file.",
            ],
            [
                "note",
                "SIG002",
                "plan.yaml, line 66, column 11",
                f"{signature} signs by power of attorney, and no EX-24 is attached",
                "Attach it as an exhibit of type EX-24, unless it is on file with an earlier form.",
            ],
        ],
        "proof-waivers": [],
        "proof-derivations": [
            ["On the form", "Value", "How it was derived", "From"],
            *(
                [*line.split(" | "), f"plan.yaml, line {place[0]}, column {place[1]}"]
                for line, place in {
                    "Box 3, date of earliest transaction | 11/22/2013 | the earliest of 2 transaction dates": (39, 11),
                    "Table I, line 1, column 4, amount | 10,000 | the amount of derivative securities": (41, 13),
                    "Table I, line 1, column 4, A or D | A | code M, the securities received": (39, 5),
                    "Table I, line 1, column 4, price | $4.80 | the exercise price of option": (30, 21),
                    "Table I, line 1, column 5 | 10,000 | 0 + 10,000 exercised": (39, 5),
                    "Table I, line 2, column 4, A or D | D | code S": (45, 11),
                    "Table I, line 2, column 5 | 0 | 10,000 - 10,000 sold": (44, 5),
                    "Table II, line 1, column 5, A or D | D | code M, the derivative security": (39, 5),
                    "Table II, line 1, column 7, amount | 10,000 | the amount of derivative securities": (41, 13),
                    "Table II, line 1, column 9 | 92,394 | 102,394 - 10,000 exercised": (39, 5),
                }.items()
            ),
        ],
        "proof-totals": [
            ["On the form", "Transaction", "Price", "Dollars"],
            ["Table I, line 1", "M 10,000 Common Stock", "$4.80", "$48,000.00"],
            ["Table I, line 2", "S 10,000 Common Stock", "$22.5307", "$225,307.00"],
            ["Table II, line 1", "M 10,000 Stock Option (right to buy)", "$0.00", "$0.00"],
        ],
        "proof-sums": [
            ["Code", "A or D", "Security", "Lines", "Amount", "Dollars"],
            ["M", "A", "Common Stock", "1", "10,000", "$48,000.00"],
            ["S", "D", "Common Stock", "1", "10,000", "$225,307.00"],
            ["M", "D", "Stock Option (right to buy)", "1", "10,000", "$0.00"],
        ],
        "proof-tally": [
            ["Security", "Held", "Date", "What happened", "Change", "Owned after"],
            ["Common Stock", "Direct", "", "owned before", "", "0"],
            ["Common Stock", "Direct", "2013-11-22", "code M", "+ 10,000", "10,000"],
            ["Common Stock", "Direct", "2013-11-22", "code S", "- 10,000", "0"],
            ["Stock Option (right to buy)", "Direct", "", "owned before", "", "102,394"],
            ["Stock Option (right to buy)", "Direct", "2013-11-22", "code M", "- 10,000", "92,394"],
        ],
        "proof-deadlines": [
            ["On the form", "Transaction", "Last day", "Why"],
            ["Table I, line 1", "M 10,000 Common Stock", *due],
            ["Table I, line 2", "S 10,000 Common Stock", *due],
            ["Table II, line 1", "M 10,000 Stock Option (right to buy)", *due],
        ],
        "proof-checklist": [
            ["Done", "What to look at", "How it stands"],
            ["!", "Warnings that stand", "OWN005"],
            ["", "Price of Common Stock", "$22.5307"],
            ["", "Derived values", "10 values that the plan doesn't state, in the table above"],
            ["", "Due on EDGAR", "by 2013-11-26, 10 p.m. Eastern time; signed 2013-11-22"],
            ["", "Signature of Albert Peter", f"{signature[1:-1]}, 2013-11-22"],
            ["!", "Power of attorney of Albert Peter", "neither attached nor told to be on file"],
            ["!", "CCC of each owner", "missing: Albert Peter"],
        ],
        "proof-versions": [
            ["What", "Which"],
            ["form4-author", form4_author.__version__],
            ["Rules", report["rules"]["version"]],
            ["Schema", "X0306, shipped"],
            ["SHA-256 of the schema", report["schema"]["sha256"]],
            ["SHA-256 of the document without CCC", report["document"]["sha256_without_ccc"]],
        ],
    }


def test_the_pdf_says_the_same_on_a_page_of_its_own(tmp_path: Path) -> None:
    page = build(EXAMPLE, tmp_path, pdf=True)
    file = page.with_suffix(".pdf").read_bytes()
    printed = Printed(file)
    assert text_in_order(printed.tree) == squeezed("".join(map(str, body(page).itertext())))
    assert list(misplaced(printed)) == []
    form, *sheets = (sheet.extract_text() for sheet in PdfReader(io.BytesIO(file)).pages)
    proof = "".join(sheets)
    assert HEADING not in form
    assert proof.lstrip().startswith(HEADING)
    assert f"{HEADING}. Form 4: QUALYS, INC. [QLYS] - Albert Peter - 11/22/2013" in proof
    assert "0 + 10,000 exercised" in proof


def test_a_long_sheet_goes_on_over_pages_with_its_headings_and_loses_nothing(tmp_path: Path) -> None:
    sale = "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 31.15}\n"
    plan = tmp_path / "roe.yaml"
    plan.write_text(
        plan_text(
            securities=f"securities:\n  common: {'W' * 60}\n",
            transactions=f"transactions:\n{sale * 30}",
            rule_10b5_1="",
        )
    )
    form4_author.preview(plan, tmp_path / "page.pdf", proof=True)
    file = (tmp_path / "page.pdf").read_bytes()
    printed = Printed(file)
    assert list(misplaced(printed)) == []
    texts = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(file)).pages]
    pages = [text for text in texts if HEADING in text]
    assert texts[-len(pages) :] == pages
    assert sum("How it was derived" in text for text in pages) == 2
    assert sum("Last day" in text for text in pages) == 2
    derived_lines = [f"TableI,line{n},column5{12_500 - n:,}{12_501 - n:,}-1sold" for n in range(1, 31)]
    assert [line for line in derived_lines if line not in squeezed("".join(pages))] == []


def test_nothing_of_it_without_being_asked_for_and_the_form_is_the_same(tmp_path: Path) -> None:
    without, with_it = build(EXAMPLE, tmp_path / "a", proof=False), build(EXAMPLE, tmp_path / "b")
    assert "proof" not in without.read_text("utf-8").lower()
    (appended,) = body(with_it).findall("div[@class='proof']")
    assert appended.getnext() is None
    form = body(with_it)
    form.remove(form[-1])
    assert etree.tostring(form).split() == etree.tostring(body(without)).split()


def test_the_same_bytes_wherever_the_plan_lies(tmp_path: Path) -> None:
    elsewhere = tmp_path / "exercise-and-sell" / "plan.yaml"
    elsewhere.parent.mkdir()
    shutil.copy(EXAMPLE, elsewhere)
    one, other = build(EXAMPLE, tmp_path / "a", pdf=True), build(elsewhere, tmp_path / "b", pdf=True)
    for ending in (".html", ".pdf"):
        assert one.with_suffix(ending).read_bytes() == other.with_suffix(ending).read_bytes()


def test_no_ccc_and_nothing_made_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_CCC_9999999999", CCC)
    page = build(EXAMPLE, tmp_path, pdf=True)
    assert CCC in page.with_suffix(".xml").read_text()
    assert CCC not in page.read_text("utf-8")
    assert CCC not in "".join(sheet.extract_text() for sheet in PdfReader(page.with_suffix(".pdf")).pages)
    assert [line[1] for line in sheet(page)["proof-findings"][1:]] == ["SIG002"]
    hashed = sheet(page)["proof-versions"][-1][1]
    forget_the_environment()
    assert sheet(build(EXAMPLE, tmp_path / "bare"))["proof-versions"][-1][1] == hashed


def test_what_is_waived_stands_apart_with_its_reason(tmp_path: Path) -> None:
    plan = tmp_path / "roe.yaml"
    plan.write_text(plan_text(waivers="waivers:\n  - {code: OWN005, reason: The agent <adds> it.}\n"))
    found = sheet(build(plan, tmp_path))
    assert found["proof-findings"] == []
    (line,) = found["proof-waivers"][1:]
    assert (*line[:3], line[4]) == ("warning", "OWN005", "roe.yaml, line 3, column 11", "The agent <adds> it.")


def test_a_preview_of_a_refused_plan_tells_why(tmp_path: Path) -> None:
    plan, page = tmp_path / "roe.yaml", tmp_path / "page.html"
    plan.write_text(plan_text(rule_10b5_1=""))
    assert not form4_author.preview(plan, page, proof=True).accepted
    found = sheet(page)
    assert [line[:3] for line in found["proof-findings"][1:]] == [["error", "PLN017", "roe.yaml, line 1, column 1"]]
    assert found["proof-versions"][-1] == ["SHA-256 of the document without CCC", "no document"]


def test_a_finished_document_has_nothing_derived(tmp_path: Path) -> None:
    document, page = build(EXAMPLE, tmp_path).with_suffix(".xml"), tmp_path / "page.html"
    form4_author.preview(document, page, proof=True)
    found = sheet(page)
    assert found["proof-derivations"] == []
    assert [line[0] for line in found["proof-deadlines"][1:]] == [
        "Table I, line 1",
        "Table I, line 2",
        "Table II, line 1",
    ]
