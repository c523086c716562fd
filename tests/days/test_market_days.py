"""The days without a market: weekends, the exchange's holidays, and its other closings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from form4_author.days.market_days import SPECIAL_CLOSINGS, market_closure, market_holidays


def kept(year: int) -> list[str]:
    return [f"{day:%m-%d %a} {name}" for day, name in sorted(market_holidays(year).items())]


def test_the_holidays_of_2026() -> None:
    assert kept(2026) == [
        "01-01 Thu New Year's Day",
        "01-19 Mon Martin Luther King, Jr. Day",
        "02-16 Mon Washington's Birthday",
        "04-03 Fri Good Friday",
        "05-25 Mon Memorial Day",
        "06-19 Fri Juneteenth",
        "07-03 Fri Independence Day",
        "09-07 Mon Labor Day",
        "11-26 Thu Thanksgiving Day",
        "12-25 Fri Christmas Day",
    ]


def test_new_year_s_day_on_a_saturday_is_not_kept() -> None:
    assert market_closure(date(2021, 12, 31)) == ""
    assert "New Year's Day" not in market_holidays(2022).values()
    assert market_closure(date(2023, 1, 2)) == "New Year's Day"
    assert market_closure(date(2021, 12, 24)) == "Christmas Day"


@pytest.mark.parametrize("day", ["2003-04-18", "2008-03-21", "2019-04-19", "2024-03-29", "2025-04-18", "2038-04-23"])
def test_good_friday_moves(day: str) -> None:
    assert market_closure(date.fromisoformat(day)) == "Good Friday"


def easter(year: int) -> date:
    """Easter Sunday by epact and golden number, as Clavius laid the calendar out: another way than the tool's."""
    golden, century = year % 19 + 1, year // 100 + 1
    leap_days_dropped, moon_corrected = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + moon_corrected - leap_days_dropped) % 30
    epact += epact == 24 or (epact == 25 and golden > 11)
    full_moon = 44 - epact + 30 * (epact > 23)
    sunday = full_moon + 7 - (5 * year // 4 - leap_days_dropped - 10 + full_moon) % 7
    return date(year, 3, 1) + timedelta(sunday - 1)


def test_good_friday_is_two_days_before_easter_in_every_year() -> None:
    assert [easter(year).isoformat() for year in (1981, 2000, 2019, 2038)] == [
        *("1981-04-19", "2000-04-23", "2019-04-21", "2038-04-25"),
    ]
    for year in range(1981, 10000):
        (day,) = (day for day, name in market_holidays(year).items() if name == "Good Friday")
        assert day == easter(year) - timedelta(2)


def test_a_fixed_day_is_kept_where_it_falls_or_on_the_nearest_weekday() -> None:
    kept_on = [
        [day for day, name in market_holidays(year).items() if name == "Juneteenth"] for year in range(2022, 2029)
    ]
    assert kept_on == [
        *([date(2022, 6, 20)], [date(2023, 6, 19)], [date(2024, 6, 19)], [date(2025, 6, 19)], [date(2026, 6, 19)]),
        *([date(2027, 6, 18)], [date(2028, 6, 19)]),
    ]


def test_when_a_holiday_began() -> None:
    assert market_closure(date(1997, 1, 20)) == ""
    assert market_closure(date(1998, 1, 19)) == "Martin Luther King, Jr. Day"
    assert market_closure(date(2021, 6, 18)) == ""
    assert market_closure(date(2022, 6, 20)) == "Juneteenth"


def test_days_that_are_none_of_the_exchange_s_holidays() -> None:
    veterans_day, columbus_day, after_thanksgiving = date(2026, 11, 11), date(2026, 10, 12), date(2026, 11, 27)
    assert [market_closure(day) for day in (veterans_day, columbus_day, after_thanksgiving)] == ["", "", ""]


def test_weekends_and_special_closings() -> None:
    assert market_closure(date(2026, 11, 21)) == "Saturday"
    assert market_closure(date(2026, 11, 22)) == "Sunday"
    assert market_closure(date(2012, 10, 30)) == "Hurricane Sandy"
    assert market_closure(date(2025, 1, 9)) == "national day of mourning"
    assert market_closure(date(2001, 9, 14)) == "attacks of September 11, 2001"
    assert market_closure(date(2001, 9, 17)) == ""
    assert all(day.weekday() < 5 and day not in market_holidays(day.year) for day in SPECIAL_CLOSINGS)


@pytest.mark.parametrize("year", [1, 1934, 1980, 1981, 2026, 9999])
def test_any_year_can_be_asked_for(year: int) -> None:
    assert all(day.year == year and day.weekday() < 5 for day in market_holidays(year))
    assert len(market_holidays(year)) in ({0} if year < 1981 else {7, 8, 9, 10})
