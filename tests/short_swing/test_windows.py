"""The last day of less than six months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from form4_author.days.months import six_months_after
from form4_author.short_swing.windows import Window, last_day


@pytest.mark.parametrize(
    ("first", "six_months_later", "last"),
    [
        ("1972-12-20", "1973-06-20", "1973-06-18"),  # Colonial Realty: June 19 was too late by a day
        ("1972-12-22", "1973-06-22", "1973-06-20"),  # the other defendant's: so was June 21
        ("2016-02-01", "2016-08-01", "2016-07-30"),
        ("2026-08-31", "2027-02-28", "2027-02-26"),  # there is no February 31
        ("2026-08-29", "2027-02-28", "2027-02-26"),
        ("2026-08-28", "2027-02-28", "2027-02-26"),
        ("2026-09-01", "2027-03-01", "2027-02-27"),
        ("2023-08-31", "2024-02-29", "2024-02-27"),  # a leap year
        ("2024-02-29", "2024-08-29", "2024-08-27"),
        ("2026-03-31", "2026-09-30", "2026-09-28"),
        ("2026-12-31", "2027-06-30", "2027-06-28"),
    ],
)
def test_the_last_day_is_the_second_before_the_anniversary(first: str, six_months_later: str, last: str) -> None:
    day = date.fromisoformat(first)
    assert six_months_after(day).isoformat() == six_months_later
    assert last_day(day).isoformat() == last
    assert last_day(day, Window.CALENDAR) == last_day(day) + timedelta(1)


@pytest.mark.parametrize("window", Window)
def test_no_later_trade_has_an_earlier_last_day(window: Window) -> None:
    days = [date(2023, 1, 1) + timedelta(number) for number in range(1500)]
    ends = [last_day(day, window) for day in days]
    assert ends == sorted(ends)
    assert {(end - day).days for day, end in zip(days, ends, strict=True)} <= set(range(178, 184))


def test_the_calendar_has_an_end() -> None:
    assert last_day(date(9999, 12, 31)) == date(9999, 12, 29)
