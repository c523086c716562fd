"""Which days count: federal holidays of any year, and the days on which EDGAR departed from them.

A business day is one on which EDGAR takes filings: no Saturday, Sunday or federal holiday (17 CFR 232.12 and 232.13).
Federal holidays are those of 5 U.S.C. 6103; one that falls on a Saturday is kept on the Friday before, one that falls
on a Sunday on the Monday after. Good Friday and Inauguration Day are business days.

Beyond that the SEC closes EDGAR by announcement, as for a national day of mourning. What is known of it stands in
`ANNOUNCED`; a file in the user's configuration adds to it or takes away (see `read`).

Codes: DAY001 a line of that file that can't be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from form4_author.findings import Finding, Origin, Position, Rejected, error

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
FILE_NAME = "edgar-days.csv"
COLUMNS = ("date", "edgar", "reason")

#: Days on which the SEC closed EDGAR besides the federal holidays: its own announcements, as law firms passed them on.
ANNOUNCED: dict[date, str] = {
    date(2018, 12, 5): "national day of mourning",
    date(2018, 12, 24): "federal offices closed by executive order",
    date(2019, 12, 24): "federal offices closed by executive order",
    date(2020, 12, 24): "federal offices closed by executive order",
    date(2025, 1, 9): "national day of mourning",
    date(2025, 12, 24): "federal offices closed by executive order",
    date(2025, 12, 26): "federal offices closed by executive order",
}


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> Mapping[date, str]:
    """The federal holidays kept in a year, by the day on which they are kept.

    Args:
        year: any year of the calendar, 1 to 9999; days and observance as they are today, Juneteenth from 2021 and the
            birthday of Martin Luther King, Jr. from 1986.
    """
    kept = {_observed(day): name for day, name in _holidays(year)}
    if year < date.max.year and date(year + 1, 1, 1).weekday() == SATURDAY:
        kept[date(year, 12, 31)] = "New Year's Day"
    return {day: name for day, name in kept.items() if day.year == year}


def _holidays(year: int) -> Iterator[tuple[date, str]]:
    yield date(year, 1, 1), "New Year's Day"
    if year >= 1986:
        yield _nth(3, MONDAY, year, 1), "Birthday of Martin Luther King, Jr."
    yield _nth(3, MONDAY, year, 2), "Washington's Birthday"
    last_of_may = date(year, 5, 31)
    yield last_of_may - timedelta(last_of_may.weekday()), "Memorial Day"
    if year >= 2021:
        yield date(year, 6, 19), "Juneteenth"
    yield date(year, 7, 4), "Independence Day"
    yield _nth(1, MONDAY, year, 9), "Labor Day"
    yield _nth(2, MONDAY, year, 10), "Columbus Day"
    yield date(year, 11, 11), "Veterans Day"
    yield _nth(4, THURSDAY, year, 11), "Thanksgiving Day"
    yield date(year, 12, 25), "Christmas Day"


def _nth(number: int, weekday: int, year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def _observed(day: date) -> date:
    if day.weekday() == SATURDAY and day > date.min:
        return day - timedelta(1)
    return day + timedelta(1) if day.weekday() == SUNDAY else day


@dataclass(frozen=True)
class BusinessDays:
    """A calendar of business days.

    Attributes:
        closed: days on which EDGAR takes no filings besides weekends and federal holidays, with the reason.
        opened: weekends and holidays on which it does, with the reason.
    """

    closed: Mapping[date, str]
    opened: Mapping[date, str]

    def closure(self, day: date) -> str:
        """Why a day is no business day; empty for one that is."""
        if day in self.opened:
            return ""
        if day.weekday() in {SATURDAY, SUNDAY}:
            return "Saturday" if day.weekday() == SATURDAY else "Sunday"
        return federal_holidays(day.year).get(day) or self.closed.get(day, "")

    def is_business_day(self, day: date) -> bool:
        """True where EDGAR takes filings on that day."""
        return not self.closure(day)

    def after(self, day: date, number: int) -> date:
        """The business day that is the `number`th after a day, which itself doesn't count.

        Past the end of the calendar (the year 9999) it is the calendar's last day.
        """
        while number > 0 and day < date.max:
            day += timedelta(1)
            number -= self.is_business_day(day)
        return day


#: Federal holidays and the closures that the SEC announced.
FEDERAL = BusinessDays(ANNOUNCED, {})


def user_file() -> Path:
    """Where the user's own file of EDGAR's days lies; it need not exist."""
    from platformdirs import user_config_path  # noqa: PLC0415 - only a command needs it

    return user_config_path("form4-author") / FILE_NAME


def read(text: str, file: str) -> BusinessDays:
    """The calendar, with what a file of EDGAR's days adds to it.

    The file is CSV with the columns date (2026-12-24), edgar (`closed` or `open`) and reason; lines that begin with
    `#` are comments. Days in it count more than those that the tool knows.

    Args:
        text: the file's content.
        file: the name that findings give.

    Raises:
        Rejected: lines that can't be read (DAY001), all of them.
    """
    closed, opened = dict(ANNOUNCED), dict[date, str]()
    wrong: list[Finding] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split(",", 2)]
        if not any(cells) or cells[0].startswith("#") or tuple(cells) == COLUMNS:
            continue
        day, status = _day(cells[0]), cells[1].lower() if len(cells) > 1 else ""
        if day is None or status not in {"closed", "open"}:
            origin = Origin(Position(file, number, 1))
            message = f'"{line.strip()[:60]}" does not say on which day EDGAR is closed or open'
            wrong.append(error("DAY001", message, origin, hint="Write a line such as 2026-12-24,closed,reason."))
            continue
        reason = cells[2] if len(cells) > 2 else ""
        closed.pop(day, None)
        opened.pop(day, None)
        (closed if status == "closed" else opened)[day] = reason or f"EDGAR {status}"
    if wrong:
        raise Rejected(wrong)
    return BusinessDays(closed, opened)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
