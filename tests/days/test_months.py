"""Spans of months."""

from __future__ import annotations

from datetime import date

import pytest

from form4_author.days.months import six_months_after, six_months_before


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2026-06-15", "2025-12-15", "2026-12-15"),
        ("2026-08-31", "2026-02-28", "2027-02-28"),
        ("2024-08-30", "2024-02-29", "2025-02-28"),
        ("2026-12-31", "2026-06-30", "2027-06-30"),
        ("0001-07-01", "0001-01-01", "0002-01-01"),
    ],
)
def test_six_months_end_on_the_same_day_or_with_the_month(day: str, before: str, after: str) -> None:
    assert six_months_before(date.fromisoformat(day)).isoformat() == before
    assert six_months_after(date.fromisoformat(day)).isoformat() == after


def test_the_calendar_has_two_ends() -> None:
    assert six_months_before(date(1, 6, 30)) == date.min
    assert six_months_after(date(9999, 7, 1)) == date.max
