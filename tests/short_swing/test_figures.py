"""Exact numbers as text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from form4_author.short_swing.figures import dollars, exact, grouped


@pytest.mark.parametrize(
    ("number", "told", "in_dollars", "for_people"),
    [
        (Fraction(2500), "2500", "2500.00", "2,500.00"),
        (Fraction("22.5307"), "22.5307", "22.5307", "22.5307"),
        (Fraction("0.1"), "0.1", "0.10", "0.10"),
        (Fraction(), "0", "0.00", "0.00"),
        (Fraction(1, 3), "0.3333", "0.3333", "0.3333"),
        (Fraction(-1, 4), "-0.25", "-0.25", "-0.25"),
        (Fraction(-1234567), "-1234567", "-1234567.00", "-1,234,567.00"),
        (Fraction(10**30) + Fraction(1, 10**8), f"1{'0' * 30}.00000001", f"1{'0' * 30}.00000001", None),
    ],
)
def test_a_number_keeps_all_its_decimals(number: Fraction, told: str, in_dollars: str, for_people: str | None) -> None:
    assert (exact(number), dollars(number)) == (told, in_dollars)
    if for_people is not None:
        assert grouped(in_dollars) == for_people
