"""The check of a proof: what it accepts, what it refuses, and that it stands on its own."""

from __future__ import annotations

import ast
from datetime import date
from fractions import Fraction

import pytest

from form4_author.short_swing.verify import ProvenLot, verify
from form4_author.short_swing.windows import last_day
from tests.conftest import ROOT

Told = list[tuple[date, int, int, int]]
BUYS: Told = [(date(2026, 1, 5), 100, 10, 0), (date(2026, 3, 2), 50, 8, 2)]
SALES: Told = [(date(2026, 2, 2), 120, 15, 5)]
MATCHES = {(0, 0): 70, (1, 0): 50}


def result(bought: Told, sold: Told, matches: dict[tuple[int, int], int]) -> Fraction | None:
    shares = {pair: Fraction(number) for pair, number in matches.items()}
    return verify([exactly(*lot) for lot in bought], [exactly(*lot) for lot in sold], shares)


def exactly(day: date, shares: int, price: int, shadow: int) -> ProvenLot:
    return day, Fraction(shares), Fraction(price), Fraction(shadow)


def test_a_proof_is_accepted() -> None:
    assert result(BUYS, SALES, MATCHES) == 70 * 5 + 50 * 7


@pytest.mark.parametrize(
    ("bought", "sold", "matches"),
    [
        pytest.param(BUYS, SALES, {(0, 0): 60, (1, 0): 50}, id="more could be had"),
        pytest.param(BUYS, SALES, {(0, 0): 60, (1, 0): 60}, id="more of a lot than it has"),
        pytest.param(BUYS, SALES, {(0, 0): 120, (1, 0): -1}, id="less than nothing"),
        pytest.param([(*lot[:3], 1) for lot in BUYS], SALES, MATCHES, id="prices that prove more"),
        pytest.param(BUYS, [(*SALES[0][:3], 4)], MATCHES, id="a pair that earns more than its prices"),
        pytest.param([(*BUYS[0][:3], -5), (*BUYS[1][:3], 0)], [(*SALES[0][:3], 10)], MATCHES, id="a price below zero"),
        pytest.param(
            [(date(2026, 1, 5), 100, 10, 0)] * 2,
            [(date(2026, 2, 2), 100, 15, 5)] * 2,
            {(0, 0): 150, (0, 1): -50, (1, 0): -50, (1, 1): 150},
            id="matches below zero that come out even",
        ),
        pytest.param([(date(2025, 7, 1), *lot[1:]) for lot in BUYS], SALES, MATCHES, id="outside the window"),
    ],
)
def test_what_proves_nothing_is_refused(bought: Told, sold: Told, matches: dict[tuple[int, int], int]) -> None:
    assert result(bought, sold, matches) is None


def test_its_window_is_that_of_the_solver() -> None:
    for number in range(date(2023, 8, 1).toordinal(), date(2025, 3, 1).toordinal()):
        first = date.fromordinal(number)
        end = last_day(first)
        for later, expected in ((end, Fraction(1)), (date.fromordinal(end.toordinal() + 1), None)):
            buys = [(first, Fraction(1), Fraction(1), Fraction(1))]
            sales = [(later, Fraction(1), Fraction(2), Fraction(0))]
            assert verify(buys, sales, {(0, 0): Fraction(1)}) == expected, first


def test_it_shares_no_code_with_what_it_checks() -> None:
    tree = ast.parse((ROOT / "form4_author" / "short_swing" / "verify.py").read_text())
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imported == {"__future__", "calendar", "collections.abc", "datetime", "fractions"}
