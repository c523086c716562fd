"""Whole plans as goldens: what is written of the filings that the cases of `tests/cases/compose` compose to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from form4_author.decompose.decomposition import PlanData, decompose
from form4_author.decompose.next.amend import amend
from form4_author.decompose.next.roll import roll
from form4_author.filing import NO_FIELD, Field, Filing, Row, Value
from form4_author.findings import Rejected
from form4_author.plan.writing import plan_text
from tests.conftest import ROOT
from tests.plans import composed_file

CASES = [
    path
    for path in sorted((ROOT / "tests" / "cases" / "compose").glob("*.yaml"))
    if path.stem not in {"more", "refused"}
]
ENTRIES = ROOT / "tests" / "cases" / "compose" / "entries.yaml"
WAYS: dict[str, Callable[[Filing], PlanData]] = {
    "imported": decompose,
    "amended": amend,
    "amended-in-part": lambda filing: amend(filing, lines=[1, len(filing.rows)], filed="2026-11-30"),
    "rolled": roll,
    "rolled-later": lambda filing: roll(filing, as_of=date(2040, 1, 1)),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_plan_is_written_as_it_stands_beside_its_case(
    case: Path, way: str, golden: Callable[[Path, bytes], None]
) -> None:
    made = WAYS[way](composed_file(case).filing)
    golden(case.with_name(f"{case.stem}.{way}.golden"), plan_text(made.data, made.comments).encode())


@pytest.mark.parametrize(
    ("one", "two", "hint"),
    [
        (1, 0, "Table I has lines 1 to 1"),
        (2, 1, "Table I has lines 1 to 2, Table II has line 3"),
        (2, 2, "Table I has lines 1 to 2, Table II has 3 to 4"),
        (0, 2, "Table I has none, Table II has 1 to 2"),
    ],
)
def test_a_line_that_there_is_not_is_told_with_those_that_there_are(one: int, two: int, hint: str) -> None:
    filing = composed_file(ENTRIES).filing
    filing = replace(filing, table1=filing.table1[:one], table2=filing.table2[:two])
    with pytest.raises(Rejected) as refused:
        amend(filing, lines=[0, one + two, one + two + 1, 99])
    (finding,) = refused.value.findings
    told = (finding.code, finding.message, finding.hint)
    lines = f"the form has no line 0, {one + two + 1}, 99"
    assert told == ("IMP003", lines, f"Lines are counted through both tables: {hint}.")


def test_what_is_owned_after_a_line_without_an_amount_is_stated() -> None:
    filing = composed_file(ENTRIES).filing
    shares, swap = filing.table1[2], next(row for row in filing.table2 if row.total_value)
    alone = replace(
        filing,
        table1=(replace(shares, shares=NO_FIELD),),
        table2=(replace(swap, total_value=NO_FIELD),),
    )
    stated = [
        {key: value for key, value in entry.items() if "balance" in key}
        for entry in decompose(alone).data["transactions"]
    ]
    assert stated == [{"restated_balance": "37005"}, {"balance_value": "70000"}]


def test_nothing_is_rolled_of_lines_that_tell_no_amount_and_the_latest_of_several_counts() -> None:
    filing = composed_file(ENTRIES).filing
    row = filing.table1[0]

    def line(day: str, owned: str) -> Row:
        return replace(
            row,
            transaction_date=replace(row.transaction_date, value=Value(day)),
            shares_owned_following=Field(Value(owned)),
        )

    def opening(*rows: Row) -> object:
        return roll(replace(filing, table1=rows, table2=())).data.get("opening", [])

    common = {"security": "common"}
    assert opening(line("2026-11-18", "8"), line("2026-11-17", "9")) == [{**common, "amount": "8"}]
    assert opening(line("2026-11-17", "9"), line("2026-11-18", "8")) == [{**common, "amount": "8"}]
    assert opening(line("soon", "7"), line("2026-11-17", "9")) == [{**common, "amount": "9"}]
    assert opening(line("2026-11-17", "all")) == []
