"""Federal holidays of any year, EDGAR's own days, and the business days between them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest

from form4_author.days.business_days import (
    CLOSED_BY_ORDER,
    FEDERAL,
    BusinessDays,
    federal_holidays,
    nth_weekday,
    read,
    user_file,
)
from form4_author.findings import Position, Rejected


def kept(year: int) -> list[str]:
    return [f"{day:%m-%d %a} {name}" for day, name in sorted(federal_holidays(year).items())]


def test_the_holidays_of_2023() -> None:
    assert kept(2023) == [
        "01-02 Mon New Year's Day",
        "01-16 Mon Birthday of Martin Luther King, Jr.",
        "02-20 Mon Washington's Birthday",
        "05-29 Mon Memorial Day",
        "06-19 Mon Juneteenth",
        "07-04 Tue Independence Day",
        "09-04 Mon Labor Day",
        "10-09 Mon Columbus Day",
        "11-10 Fri Veterans Day",
        "11-23 Thu Thanksgiving Day",
        "12-25 Mon Christmas Day",
    ]


def test_new_year_s_day_on_a_saturday_is_kept_in_the_year_before() -> None:
    assert federal_holidays(2021)[date(2021, 12, 31)] == "New Year's Day"
    assert "New Year's Day" not in federal_holidays(2022).values()
    assert len(federal_holidays(2022)) == 10
    assert len(federal_holidays(2021)) == 12


def test_juneteenth_is_kept_since_2021_and_on_the_friday_where_it_falls_on_a_saturday() -> None:
    assert "Juneteenth" not in federal_holidays(2020).values()
    assert federal_holidays(2021)[date(2021, 6, 18)] == "Juneteenth"
    assert federal_holidays(2022)[date(2022, 6, 20)] == "Juneteenth"


def test_the_birthday_of_martin_luther_king_is_kept_since_1986() -> None:
    assert federal_holidays(1986)[date(1986, 1, 20)] == "Birthday of Martin Luther King, Jr."
    assert "Birthday of Martin Luther King, Jr." not in federal_holidays(1985).values()


@pytest.mark.parametrize("month", range(1, 13))
def test_the_nth_weekday_of_a_month_is_in_its_nth_week(month: int) -> None:
    for year, weekday, number in itertools.product(range(2020, 2032), range(7), range(1, 5)):
        day = nth_weekday(number, weekday, year, month)
        assert (day.year, day.month, day.weekday(), (day.day - 1) // 7 + 1) == (year, month, weekday, number)


def test_holidays_that_are_none_of_the_government_s() -> None:
    good_friday, inauguration, election = date(2026, 4, 3), date(2017, 1, 20), date(2026, 11, 3)
    assert FEDERAL.is_business_day(good_friday)
    assert FEDERAL.is_business_day(inauguration)
    assert FEDERAL.is_business_day(election)


@pytest.mark.parametrize("year", [1, 1900, 1985, 1986, 2026, 2100, 9998, 9999])
def test_any_year_has_its_holidays_on_weekdays_of_that_year(year: int) -> None:
    holidays = federal_holidays(year)
    assert all(day.year == year for day in holidays)
    assert all(day.weekday() < 5 for day in holidays)
    assert 8 <= len(holidays) <= 12


def test_a_closure_tells_its_reason() -> None:
    assert FEDERAL.closure(date(2026, 11, 21)) == "Saturday"
    assert FEDERAL.closure(date(2026, 11, 22)) == "Sunday"
    assert FEDERAL.closure(date(2026, 11, 26)) == "Thanksgiving Day"
    assert FEDERAL.closure(date(2025, 1, 9)) == "national day of mourning"
    assert FEDERAL.closure(date(2026, 11, 27)) == ""


def test_closures_by_executive_order_whole() -> None:
    assert [day.isoformat() for day in CLOSED_BY_ORDER] == [
        *("2001-12-24", "2003-12-26", "2004-06-11", "2007-01-02", "2007-12-24", "2008-12-26", "2012-12-24"),
        *("2014-12-26", "2018-12-05", "2018-12-24", "2019-12-24", "2020-12-24", "2024-12-24", "2025-01-09"),
        *("2025-12-24", "2025-12-26"),
    ]
    assert FEDERAL.is_business_day(date(2002, 12, 24))  # closed for half a day
    assert FEDERAL.is_business_day(date(2009, 12, 24))


def test_closures_by_executive_order_are_weekdays_that_are_no_holidays_anyway() -> None:
    assert all(day.weekday() < 5 and day not in federal_holidays(day.year) for day in CLOSED_BY_ORDER)


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("2026-11-18", 2, "2026-11-20"),  # Wednesday to Friday
        ("2026-11-19", 2, "2026-11-23"),  # over a weekend
        ("2026-11-21", 2, "2026-11-24"),  # from a Saturday
        ("2026-11-25", 2, "2026-11-30"),  # over Thanksgiving and a weekend
        ("2024-12-20", 2, "2024-12-26"),  # federal offices were closed on the 24th
        ("2024-12-23", 2, "2024-12-27"),
        ("2025-12-23", 2, "2025-12-30"),  # EDGAR was closed on the 24th and 26th too
        ("2026-11-18", 0, "2026-11-18"),
        ("9999-12-30", 2, "9999-12-31"),  # the calendar ends
    ],
)
def test_the_business_day_after(start: str, number: int, expected: str) -> None:
    assert FEDERAL.after(date.fromisoformat(start), number) == date.fromisoformat(expected)


def test_two_business_days_are_at_most_a_week_away() -> None:
    day = date(2000, 1, 1)
    while day.year < 2031:
        assert timedelta(2) <= FEDERAL.after(day, 2) - day <= timedelta(7)
        day += timedelta(1)


def test_a_file_of_edgar_s_days_adds_and_takes_away() -> None:
    days = read(
        "date,edgar,reason\n"
        "# a day of mourning\n"
        "\n"
        "2027-03-04, closed, national day of mourning, by order\n"
        "2025-12-26,open,\n"
        "2026-11-27,CLOSED\n"
        "2026-07-03,open,EDGAR is open on the eve of the holiday\n",
        "edgar-days.csv",
    )
    assert days.closure(date(2027, 3, 4)) == "national day of mourning, by order"
    assert days.closure(date(2026, 11, 27)) == "EDGAR closed"
    assert days.closure(date(2025, 12, 26)) == ""
    assert days.closure(date(2026, 7, 3)) == ""
    assert FEDERAL.closure(date(2026, 7, 3)) == "Independence Day"
    assert days.closure(date(2025, 12, 24)) == "federal offices closed by executive order"


def test_every_line_that_can_t_be_read_is_told() -> None:
    with pytest.raises(Rejected) as refused:
        read("2027-02-30,closed,x\n2027-03-04,shut\n3/4/2027,closed\n2027-03-05\n", "edgar-days.csv")
    told = [(f.code, f.message, f.origin.position) for f in refused.value.findings]
    assert {f.hint for f in refused.value.findings} == {"Write a line such as 2026-12-24,closed,reason."}
    assert told == [
        ("DAY001", f'"{line}" does not say on which day EDGAR is closed or open', Position("edgar-days.csv", n, 1))
        for n, line in enumerate(("2027-02-30,closed,x", "2027-03-04,shut", "3/4/2027,closed", "2027-03-05"), 1)
    ]


def test_of_a_long_line_60_characters_are_told() -> None:
    with pytest.raises(Rejected) as refused:
        read(f"{'x' * 61},closed", "edgar-days.csv")
    (finding,) = refused.value.findings
    assert finding.message == f'"{"x" * 60}" does not say on which day EDGAR is closed or open'


@pytest.mark.parametrize("day", ["20261224", "2026W524"])
def test_a_day_is_written_in_one_way(day: str) -> None:
    with pytest.raises(Rejected):
        read(f"{day},closed", "edgar-days.csv")


def test_of_two_lines_on_one_day_the_later_counts() -> None:
    day, christmas_eve = date(2027, 3, 4), date(2025, 12, 24)
    assert day not in CLOSED_BY_ORDER
    assert christmas_eve in CLOSED_BY_ORDER
    assert read("2027-03-04,open\n2027-03-04,closed,snow", "x") == BusinessDays({**CLOSED_BY_ORDER, day: "snow"}, {})
    assert read("2027-03-04,closed\n2027-03-04,open,thaw", "x") == BusinessDays(CLOSED_BY_ORDER, {day: "thaw"})
    without = {known: reason for known, reason in CLOSED_BY_ORDER.items() if known != christmas_eve}
    assert read("2025-12-24,open", "x") == BusinessDays(without, {christmas_eve: "EDGAR open"})


def test_an_empty_file_changes_nothing() -> None:
    assert read("", "edgar-days.csv") == FEDERAL


def test_the_user_s_file_lies_in_the_user_s_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert user_file().name == "edgar-days.csv"
    assert "form4-author" in user_file().parts


def test_a_day_can_be_opened_that_is_a_sunday() -> None:
    sunday = date(2026, 11, 22)
    assert BusinessDays({}, {sunday: "EDGAR is open"}).is_business_day(sunday)
