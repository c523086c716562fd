"""Exercises: what is withheld is part of what they bring in."""

from __future__ import annotations

import pytest

from form4_author.decompose.decomposition import decompose
from form4_author.filing import Filing
from tests.plans import composed, plan_text, told

UNITS = (
    "securities:\n  common: Common Stock\n  rsu: {title: Restricted Stock Units, underlying: common, "
    "exercise_price: {note: each}, exercisable: {note: each}, expires: {note: each}, underlying_per_unit: 0.5}\n"
)
OPENING = "opening:\n  - {security: common, amount: 9000}\n  - {security: rsu, amount: 400}\n"
NOTE = "footnotes:\n  each: Each unit stands for half a share.\n"


def vesting(withheld: str, more: str = "") -> str:
    line = f"date: 2026-11-18, exercise: rsu, amount: 400, price: 0, withheld: {{amount: {withheld}, price: 10}}{more}"
    return plan_text(securities=UNITS, opening=OPENING, transactions=f"transactions:\n  - {{{line}}}\n", footnotes=NOTE)


@pytest.mark.parametrize(
    ("withheld", "more", "expected"),
    [
        ("200", "", []),
        ("240", "", ["12:81 PLN011 240 are withheld of 200 received"]),
        ("240", ", table_1: {amount: 250}", ["12:116 PLN027 the amount 250 is not what follows from the event, 200"]),
        ("1,412", "", ["12:81 PLN011 1,412 are withheld of 200 received"]),
    ],
)
def test_no_more_is_withheld_than_comes_in(withheld: str, more: str, expected: list[str]) -> None:
    assert told(vesting(withheld, more)) == expected


def test_a_line_of_more_withheld_than_received_is_no_part_of_the_exercise() -> None:
    lines = (
        "  - {date: 2026-11-18, exercise: rsu, amount: 400, price: 0}\n"
        "  - {date: 2026-11-18, code: F, security: common, amount: 240, price: 10}\n"
    )
    filing: Filing = composed(
        plan_text(securities=UNITS, opening=OPENING, transactions=f"transactions:\n{lines}", footnotes=NOTE)
    ).filing
    assert [sorted({"vest", "code"} & entry.keys()) for entry in decompose(filing).data["transactions"]] == [
        ["vest"],
        ["code"],
    ]
