"""Puts, written options and short positions: letters, tables and balances."""

from __future__ import annotations

import pytest

from tests.compose.test_composition import lines
from tests.plans import composed, findings_of, plan_text, told

TERMS = "underlying: common, exercise_price: 27.50, exercisable: 2026-06-01, expires: 2027-12-17"


def plan(title: str, entry: str, *, held: str = "2,000", keys: str = "", shares: str = "9,000") -> str:
    """A plan with one derivative, so many of it held or owed, and one entry on it."""
    opening = f"opening:\n  - {{security: common, amount: {shares}}}\n"
    return plan_text(
        securities=f"securities:\n  common: Common Stock\n  it: {{title: {title}, {TERMS}{keys}}}\n",
        opening=opening + (f"  - {{security: it, amount: {held}}}\n" if held else ""),
        transactions=f"transactions:\n  - {{date: 2026-11-18, {entry}}}\n",
    )


@pytest.mark.parametrize(
    ("title", "keys", "common", "derivative"),
    [
        ("Call Option (right to buy)", "", "A 400 @27.50 =9400", "D 400 @0 =1600"),
        ("Put Option (right to sell)", "", "D 400 @27.50 =8600", "D 400 @0 =1600"),
        ("OTC Contract", ", put: yes", "D 400 @27.50 =8600", "D 400 @0 =1600"),
        ("Put Option", ", put: no", "A 400 @27.50 =9400", "D 400 @0 =1600"),
        ("Call Option (obligation to sell)", "", "D 400 @27.50 =8600", "A 400 @0 =1600"),
        ("Call Option", ", short: yes", "D 400 @27.50 =8600", "A 400 @0 =1600"),
        ("Put Option (obligation to buy)", "", "A 400 @27.50 =9400", "A 400 @0 =1600"),
    ],
)
def test_an_exercise_moves_the_shares_as_the_position_says(title: str, keys: str, common: str, derivative: str) -> None:
    composition = composed(plan(title, "exercise: it, code: X, amount: 400", keys=keys))
    assert composition.findings == ()
    assert lines(composition.filing) == [f"I Common Stock X {common}", f"II {title} X {derivative}"]


@pytest.mark.parametrize("title", ["Call Option (short)", "Written Put", "Covered Call", "Puts (obligation to buy)"])
@pytest.mark.parametrize(
    ("entry", "after"),
    [
        ("code: S, security: it, amount: 500, price: 0.80", "S D 500 @0.80 =2500"),
        ("code: S, security: it, amount: 500, price: 0.80, balance: 2500", "S D 500 @0.80 =2500"),
        ("code: P, security: it, amount: 500, price: 0.80", "P A 500 @0.80 =1500"),
        ("code: E, security: it, amount: 2000, price: 0", "E D 2000 @0 =0"),
        ("code: E, security: it, amount: 2000, price: 0, acquired_or_disposed: A", "E A 2000 @0 =0"),
        ("code: X, security: it, amount: 500, price: 0, acquired_or_disposed: A", "X A 500 @0 =1500"),
    ],
)
def test_a_sale_adds_to_what_is_owed_and_all_else_takes_from_it(title: str, entry: str, after: str) -> None:
    composition = composed(plan(title, entry))
    assert composition.findings == ()
    assert lines(composition.filing) == [f"II {title} {after}"]
    assert lines(composed(plan("Contract", entry, keys=", short: yes")).filing) == [f"II Contract {after}"]


def test_an_option_that_is_not_held_is_written_by_its_sale() -> None:
    sale = "code: S, security: it, amount: 500, price: 0.80"
    for title in ("Call Option", "Call Option (obligation to sell)", "Put Options"):
        composition = composed(plan(title, sale, held="0"))
        assert composition.findings == ()
        assert lines(composition.filing) == [f"II {title} S D 500 @0.80 =500"]
        event = composed(plan(title, "sale: it, amount: 500, price: 0.80", held="0"))
        assert (event.findings, lines(event.filing)) == ((), lines(composition.filing))
    for title in ("Stock Option (right to buy)", "Warrants"):
        assert told(plan(title, sale, held="0")) == [
            "12:5 BAL003 more of it is disposed of than is held: 0 - 500 = -500"
        ]
    assert told(plan("Call Option", sale, held="300")) == [
        "12:5 BAL003 more of it is disposed of than is held: 300 - 500 = -200"
    ]
    assert told(plan("Call Option", sale, held="")) == [
        "11:5 PLN012 the amount of it owned after this line can't be derived"
    ]


def test_a_call_of_which_nothing_is_held_is_written_by_a_collar() -> None:
    securities = (
        f"securities:\n  common: Common Stock\n  put: {{title: Put Option, {TERMS}}}\n"
        f"  call: {{title: Call Option, {TERMS}}}\n"
    )
    collar = "transactions:\n  - {date: 2026-11-18, collar: {buy: put, write: call}, amount: 500}\n"
    filing = composed(
        plan_text(securities=securities, opening="opening: {put: 0, call: 0}\n", transactions=collar)
    ).filing
    assert lines(filing) == ["II Put Option P A 500 @0 =500", "II Call Option S D 500 @0 =500"]


@pytest.mark.parametrize(
    ("title", "after"), [("Prepaid Forward (obligation to sell)", "=700"), ("Prepaid Forward", "=0")]
)
def test_a_forward_whose_title_says_so_is_owed(title: str, after: str) -> None:
    security = f"{{title: {title}, underlying: common, terms: {{settles: 2028-11-17}}}}"
    text = plan_text(
        securities=f"securities:\n  common: Common Stock\n  it: {security}\n",
        opening="opening: {it: 200}\n",
        transactions="transactions:\n  - {date: 2026-11-18, sale: it, amount: 500}\n",
    )
    assert [line.split()[-1] for line in lines(composed(text).filing)] == [after]


def test_no_more_is_closed_than_is_owed() -> None:
    entry = "code: P, security: it, amount: 2500, price: 1"
    assert told(plan("Call Option (short)", entry)) == [
        "12:5 BAL003 more of it is closed than is owed: 2,000 - 2,500 = -500"
    ]


def test_a_balance_below_zero_tells_of_written_options() -> None:
    (finding,) = findings_of(plan("Call Option", "code: S, security: it, amount: 5000, price: 1"))
    assert finding.hint == (
        "Correct the amount or the opening balance; where it is written, not held, say so under its name: short: yes."
    )


def test_swaps_keep_their_signs() -> None:
    entry = "code: S, security: it, amount: 500, price: 1, equity_swap: yes"
    composition = composed(plan("Equity Swap (obligation to sell)", entry))
    assert lines(composition.filing) == ["II Equity Swap (obligation to sell) S D 500 @1 =1500"]


def test_what_is_derived_says_how() -> None:
    text = plan("Call Option (short)", "code: S, security: it, amount: 500, price: 1")
    said = {one.what: one.how for one in composed(text).derivations}
    assert said["Table II, line 1, column 9"] == "2,000 + 500 sold"


@pytest.mark.parametrize("units", ["", ", underlying_per_unit: 2"])
def test_no_more_is_withheld_than_comes_in(units: str) -> None:
    came = 2000 if units else 1000

    def withheld(number: int, title: str = "Units", more: str = "") -> str:
        entry = f"exercise: it, amount: 1000, price: 0, withheld: {{amount: {number}, price: 10}}{more}"
        return plan(title, entry, keys=units)

    assert told(withheld(came)) == []
    assert told(withheld(came + 1)) == [f"12:81 PLN011 {came + 1:,} are withheld of {came:,} received"]
    assert told(withheld(701, more=", table_1: {amount: 700}")) == [
        "12:81 PLN011 701 are withheld of 700 received",
        f"12:116 PLN027 the amount 700 is not what follows from the event, {came:,}",
    ]
    assert told(withheld(1, "Put")) == ["12:81 PLN011 1 are withheld of 0 received"]


def test_every_line_of_a_swap_carries_its_mark_unless_it_says_otherwise() -> None:
    swap = "{title: Equity Swap, underlying: common, swap: {reference_price: 31, expires: 2028-11-17}}"
    entries = (
        "{date: 2026-11-18, purchase: it, amount: 5, price: 0}",
        "{date: 2026-11-18, code: S, security: it, amount: 5, price: 0, equity_swap: no}",
        "{date: 2026-11-18, swap: it, open: 5}",
    )
    text = plan_text(
        securities=f"securities:\n  common: Common Stock\n  it: {swap}\n",
        opening="opening: {it: 5}\n",
        transactions="transactions:\n" + "".join(f"  - {entry}\n" for entry in entries),
    )
    assert [row.equity_swap.text for row in composed(text).filing.rows] == ["1", "0", "1"]
