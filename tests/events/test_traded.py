"""Purchases and sales: their line, or those of a broker's file, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compose.test_composition import lines
from tests.conftest import shared_dir
from tests.plans import composed, composed_file, plan_text, told

CSV = (
    "Account,Date,Side,Quantity,Price\n"
    "..1234,2026-11-17,S,100,22.50\n"
    "..1234,2026-11-17,S,200,22.75\n"
    "..5678,2026-11-18,S,300,24.10\n"
    "..1234,2026-11-18,B,50,24.00\n"
)
HELD = "opening:\n  - {security: common, amount: 12,500}\n  - {security: common, amount: 900, ownership: trust}\n"


def plan(*entries: str) -> str:
    return plan_text(
        opening=HELD,
        holders="ownership_lines:\n  trust: {indirect: By Trust}\n",
        transactions="transactions:\n" + "".join(f"  - {entry}\n" for entry in entries),
    )


ACCOUNTS = '{file: fills.csv, accounts: {"1234": direct, "5678": trust}}'


def test_a_file_alone_tells_days_accounts_and_sides(tmp_path: Path) -> None:
    (tmp_path / "fills.csv").write_text(CSV)
    composition = composed(
        plan(f"{{sale: common, fills: {ACCOUNTS}}}", f"{{purchase: common, fills: {ACCOUNTS}}}"), tmp_path
    )
    assert composition.findings == ()
    assert lines(composition.filing) == [
        "I Common Stock S D 300 @22.6667 =12200",
        "I Common Stock S D 300 @24.1 =600",
        "I Common Stock P A 50 @24 =12250",
    ]
    assert [row.nature_of_ownership.text for row in composition.filing.rows] == ["", "By Trust", ""]
    assert [row.transaction_date.text for row in composition.filing.rows] == ["2026-11-17", "2026-11-18", "2026-11-18"]
    assert composition.filing.period_of_report.text == "2026-11-17"
    said = {one.what: one.how for one in composition.derivations}
    assert said["Table I, line 1, column 4, amount"] == (
        "sum of 2 executions at $22.50 to $22.75 in fills.csv, rows 2-3"
    )
    assert said["Table I, line 1, column 4, price"] == (
        "$6,800.00 / 300, the average of 2 executions at $22.50 to $22.75 in fills.csv, rows 2-3"
    )
    assert said["Table I, line 2, column 2"] == "executed that day in fills.csv, row 4"
    assert said["Table I, line 3, column 4, price"] == "the price of 1 execution at $24.00 in fills.csv, row 5"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            [f"{{sale: common, fills: {ACCOUNTS}}}"],
            ["11:27 EXE002 50 were bought in fills.csv, row 5, and no entry reports them"],
        ),
        ([f"{{sale: common, fills: {ACCOUNTS.replace('file: fills.csv', 'file: fills.csv, side: sell')}}}"], []),
        (
            [f"{{sale: common, fills: {ACCOUNTS}}}", f"{{sale: common, fills: {ACCOUNTS}}}"],
            [
                "11:27 EXE002 50 were bought in fills.csv, row 5, and no entry reports them",
                "12:27 PLN014 fills.csv row 2 is in another entry already (line 11)",
            ],
        ),
        (["{sale: common, amount: 5, price: 3}"], ["11:5 PLN001 date is missing in transactions 1"]),
        (
            [f"{{sale: common, amount: 5, fills: {ACCOUNTS}}}"],
            ["11:38 PLN011 fills gives amount, price and balance"],
        ),
        (
            [f"{{date: 2026-11-16, sale: common, fills: {ACCOUNTS}}}"],
            ["2:8 PLN014 executed on 2026-11-17, but the entry is of 2026-11-16 (as in 3 more rows)"],
        ),
        (
            ["{sale: common, fills: fills.csv}"],
            ["4:1 PLN014 it holds executions in 2 accounts: ..1234, ..5678"],
        ),
        (
            ["{sale: common, fills: {file: fills.csv, account: 5678, total: 301}}"],
            ["11:67 PLN014 the executions add up to 300, 1 less than the total"],
        ),
        (
            ['{sale: common, fills: {file: fills.csv, accounts: {"1234": direct, "5678": aunt}}}'],
            [
                '11:80 PLN010 "aunt" is not defined under ownership_lines',
                "11:27 EXE002 50 were bought in fills.csv, row 5, and no entry reports them",
            ],
        ),
        (["{sale: commn, amount: 5, price: 3, date: 2026-11-18}"], ['11:12 PLN010 "commn" is not defined']),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands(entries: list[str], said: list[str], tmp_path: Path) -> None:
    (tmp_path / "fills.csv").write_text(CSV)
    found = told(plan(*entries), tmp_path)
    assert len(found) == len(said)
    assert all(any(one.startswith(start) for one in found) for start in said), found


def test_hints_are_whole_also_where_fills_is_a_name_alone(tmp_path: Path) -> None:
    (tmp_path / "fills.csv").write_text(CSV)
    (finding,) = composed(plan("{sale: common, fills: fills.csv}"), tmp_path).findings
    assert finding.hint.endswith('Write fills: {file: fills.csv, accounts: {"1234": direct, "5678": direct}}.')
    (finding,) = composed(plan("{sale: common, fills: {file: fills.csv}}"), tmp_path).findings
    assert finding.hint.endswith('Under fills write accounts: {"1234": direct, "5678": direct}.')


def test_a_written_call_that_is_sold_raises_what_is_owed() -> None:
    text = plan_text(
        securities="securities:\n  common: Common Stock\n  call: {title: Call Option (obligation to sell), underlying: "
        "common, exercise_price: 40, exercisable: 2026-11-18, expires: 2027-01-15, short: yes}\n",
        opening="opening:\n  - {security: call, amount: 0}\n",
        transactions="transactions:\n  - {date: 11/18/2026, sale: call, amount: 2000, price: 1.35}\n"
        "  - {date: 11/19/2026, purchase: call, amount: 500, price: 1}\n",
    )
    assert lines(composed(text).filing) == [
        "II Call Option (obligation to sell) S D 2000 @1.35 =2000",
        "II Call Option (obligation to sell) P A 500 @1 =1500",
    ]


@pytest.mark.shared
def test_the_given_blocks_are_thirty_five_lines() -> None:
    found = composed_file(shared_dir("events", "21-two-forms.yaml"))
    assert [finding for finding in found.findings if finding.is_error] == []
    assert [row.price_per_share.text for row in found.filing.table1[:-1]] == [
        *(f"{price}" for price in range(10, 10 + 2 * 34, 2)),
    ]
