"""Texts as the printed page breaks them."""

from __future__ import annotations

import pytest

from form4_author.page import printed


@pytest.mark.parametrize(
    ("number", "lines"),
    [
        ("1,234,567.25", ["1,234,567.25"]),
        ("$8,786,700.61", ["$8,786,", "700.61"]),
        ("999,999,999,999.9999", ["999,999,999,", "999.9999"]),
        ("0.1234567890123", ["0.1234567890123"]),
        ("", [""]),
    ],
)
def test_long_numbers_break_behind_commas(number: str, lines: list[str]) -> None:
    assert printed.in_lines(number) == lines
    assert "".join(lines) == number
