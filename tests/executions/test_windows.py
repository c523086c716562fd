"""Which executions share a line, and at what price."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from form4_author.executions.trades import Fault, Trade
from form4_author.executions.windows import windows
from form4_author.plan.scalars import day


def trade(row: int, price: str, shares: str = "100", on: str = "2026-11-17", account: str = "") -> Trade:
    return Trade(row, day(on), "D", Decimal(shares), Decimal(price), account)


def test_a_line_holds_what_lies_within_one_dollar_of_its_lowest_price() -> None:
    prices = ["10.01", "10", "11", "11.0001", "12.0001", "12.0002"]
    found = windows([trade(row, price) for row, price in enumerate(prices, 2)])
    assert [(str(one.low), str(one.high), one.rows) for one in found] == [
        ("10", "11", (2, 3, 4)),
        ("11.0001", "12.0001", (5, 6)),
        ("12.0002", "12.0002", (7,)),
    ]


def test_days_stand_in_order_and_accounts_apart() -> None:
    trades = [
        trade(2, "10", on="2026-11-18", account="X-5678"),
        trade(3, "10", on="2026-11-17", account="X-1234"),
        trade(4, "10.5", on="2026-11-17", account="X-5678"),
        trade(5, "10.25", on="2026-11-17", account="X-1234"),
    ]
    found = windows(trades, {"X-5678": "5678", "X-1234": "1234"}, ["1234", "5678"])
    assert [(one.day and one.day.text, one.account, one.rows) for one in found] == [
        ("2026-11-17", "1234", (3, 5)),
        ("2026-11-17", "5678", (4,)),
        ("2026-11-18", "5678", (2,)),
    ]
    assert [one.rows for one in windows(trades)] == [(3, 4, 5), (2,)]


def test_the_average_is_exact_and_rounded_half_up() -> None:
    (half,) = windows([trade(2, "10.0001", "1"), trade(3, "10.0002", "1")])
    assert str(half.price) == "10.0002"  # 10.00015
    (third,) = windows([trade(2, "22.50"), trade(3, "22.75", "200")])
    assert (str(third.price), third.dollars, third.quantity) == ("22.6667", Decimal(6800), Decimal(300))


def test_windows_are_the_fewest_and_lose_nothing() -> None:
    rng = random.Random(4)
    for _ in range(50):
        trades = [trade(row, f"{rng.randint(1000, 1600) / 100:.2f}", str(rng.randint(1, 900))) for row in range(2, 40)]
        found = windows(trades)
        assert sorted(row for one in found for row in one.rows) == [one.row for one in trades]
        assert sum(one.quantity for one in found) == sum(one.shares for one in trades)
        assert sum(one.dollars for one in found) == sum(one.shares * one.price for one in trades)
        assert all(one.high - one.low <= 1 for one in found)
        assert all(after.low - before.low > 1 for before, after in pairwise(found))
        for one in found:
            exact = Fraction(one.dollars) / Fraction(one.quantity)
            assert abs(Fraction(one.price) - exact) <= Fraction(1, 20_000)


def test_where_the_executions_stand_is_told_in_spans() -> None:
    (one,) = windows([trade(row, "10") for row in (9, 2, 3, 4)])
    assert one.where == "rows 2-4, 9"
    (many,) = windows([trade(row, "10") for row in range(2, 60, 2)])
    assert many.where == "29 of rows 2-58"
    (single,) = windows([trade(7, "10")])
    assert single.where == "row 7"


def test_shares_of_more_than_four_decimals_must_add_up_to_four() -> None:
    (one,) = windows([trade(2, "10", "0.12345"), trade(3, "10", "0.87655")])
    assert one.quantity == 1
    with pytest.raises(Fault, match=r"add up to 1.12345, with more than the four decimals") as caught:
        windows([trade(2, "10", "1"), trade(3, "10", "0.12345")])
    assert caught.value.row == 3
