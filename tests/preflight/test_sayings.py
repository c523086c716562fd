"""All that a rule may say beyond its own case, whole: message, place and hint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from form4_author.edgar.submission import Exhibit, Submission
from form4_author.filing import Footnote, Row, Value
from form4_author.findings import Origin, Position, in_order
from form4_author.preflight import run, run_submission
from tests.conftest import ROOT
from tests.plans import composed, composed_file, plan_text
from tests.rule_cases import paths

CASES = sorted((ROOT / "tests" / "cases" / "preflight").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_all_that_is_said_of_a_plan(case: Path, golden: Callable[[Path, bytes], None]) -> None:
    findings = in_order(run(composed_file(case).filing))
    told = [
        f"{one.origin.position.line}:{one.origin.position.column} {one.severity.value} {one.code} {one.message}\n"
        f"    {one.hint}\n"
        for one in findings
        if one.origin.position
    ]
    assert len(told) == len(findings)
    golden(case.with_suffix(".golden"), "".join(told).encode())


def dull() -> tuple[Row, Row]:
    """A line of each table that no rule has anything to say of: holdings of securities that no case has."""
    made = composed(
        plan_text(
            securities="securities:\n  dull: Dull Stock\n  right: {title: Dull Right, underlying: {title: Dull Stock}, "
            "exercise_price: 1, exercisable: 2024-05-14, expires: 2034-05-14}\n",
            opening="",
            transactions="transactions:\n  - {holding: dull, amount: 7}\n  - {holding: right, amount: 7}\n",
        )
    )
    return made.filing.table1[0], made.filing.table2[0]


#: Cases that are about how many lines there are.
COUNTED = {"DOC002", "LIM001"}
BAD = [path for path in paths("bad") if path.suffix == ".yaml" and path.parent.name not in COUNTED]


@pytest.mark.parametrize("case", BAD, ids=lambda path: path.parent.name)
def test_what_is_wrong_is_found_behind_a_line_that_is_right(case: Path) -> None:
    filing, (one, two) = composed_file(case).filing, dull()
    behind = replace(filing, table1=(one, *filing.table1), table2=(two, *filing.table2))
    told = Counter((finding.code, finding.origin.position) for finding in run(filing))
    assert Counter((finding.code, finding.origin.position) for finding in run(behind)) == told


def envelope(*exhibits: Exhibit) -> Submission:
    return Submission(
        submission_type=Value("4"),
        primary=Exhibit(name=Value("form4.xml"), type=Value("4"), content=b"<a/>"),
        exhibits=exhibits,
    )


@pytest.mark.parametrize(
    ("kind", "most", "said"),
    [
        ("CORRESP", 100, "documents of type CORRESP, and EDGAR takes 100"),
        ("COVER", 10, "documents of type COVER, and EDGAR takes 10"),
        ("EX-24", 500, "exhibits and graphics, and EDGAR takes 500"),
        ("EX-99", 500, "exhibits and graphics, and EDGAR takes 500"),
        ("GRAPHIC", 500, "exhibits and graphics, and EDGAR takes 500"),
    ],
)
def test_as_many_documents_as_edgar_takes_and_no_more(kind: str, most: int, said: str) -> None:
    def told(number: int) -> list[tuple[str, str]]:
        exhibits = (Exhibit(name=Value(f"{n}.txt"), type=Value(kind), content=b"x") for n in range(number))
        findings = run_submission(envelope(*exhibits), select=["SUB003"])
        return [(finding.message, finding.hint) for finding in findings]

    assert told(most) == []
    assert told(most + 1) == [(f"there are {most + 1} {said}", "Leave some out.")]


def test_a_document_is_told_of_at_its_name_or_else_where_it_begins() -> None:
    name, begin = Origin(Position("s.xml", 3, 9)), Origin(Position("s.xml", 2, 1))
    one = Exhibit(name=Value("a.txt"), type=Value("EX-99"), content=b"x", origin=begin)

    def told(second: Exhibit) -> list[tuple[str, Origin]]:
        findings = run_submission(envelope(one, second), select=["SUB011"])
        return [(finding.message, finding.origin) for finding in findings]

    assert told(replace(one, name=Value(" A.TXT "))) == [("two documents are called a.txt", begin)]
    assert told(replace(one, name=Value("a.txt", name))) == [("two documents are called a.txt", name)]
    assert told(replace(one, name=Value("b.txt"))) == []


def test_a_form_holds_99_footnotes() -> None:
    filing = composed(plan_text()).filing
    notes = tuple(Footnote(id=Value(f"F{n}"), text=Value("x"), origin=Origin(path=f"note {n}")) for n in range(1, 101))
    assert run(replace(filing, footnotes=notes[:99]), select=["LIM001"]) == []
    (finding,) = run(replace(filing, footnotes=notes), select=["LIM001"])
    assert (finding.message, finding.hint, finding.origin.path) == (
        "there are 100 footnotes, and a form holds 99",
        "Say the same thing once and refer to it from several cells; or split the form.",
        "note 100",
    )


def test_an_owner_without_a_cik_has_no_ccc_either() -> None:
    filing = composed(plan_text()).filing
    owner = replace(filing.owners[0], cik=Value(" "))
    (finding,) = run(replace(filing, owners=(owner,)), select=["OWN005"])
    assert finding.message == "the reporting owner (CIK missing) has no CCC, without which EDGAR takes no filing"


def test_footnotes_are_numbered_as_one_meets_them() -> None:
    lines = "{date: 2026-11-18, code: S, security: common, amount: 1, price: 1, notes: {code: one, price: two}}"
    text = plan_text(
        transactions=f"transactions:\n  - {lines}\n",
        footnotes="footnotes: {one: {text: One., number: 2}, two: {text: Two., number: 1}}\n",
    )
    (finding,) = run(composed(text).filing, select=["FTN009"])
    assert (finding.message, finding.hint) == (
        "footnotes are not numbered in reading order: F2 is met where F1 would be",
        "Number them along each line, Table I before Table II.",
    )
