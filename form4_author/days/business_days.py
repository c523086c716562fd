"""Which days count: federal holidays of any year, and the days on which EDGAR departed from them.

A business day is one on which EDGAR takes filings: no Saturday, Sunday or federal holiday (17 CFR 232.12 and 232.13).
Federal holidays are those of 5 U.S.C. 6103; one that falls on a Saturday is kept on the Friday before, one that falls
on a Sunday on the Monday after. Good Friday and Inauguration Day are business days.

Beyond that a President closes federal offices for a day by executive order, as for a national day of mourning, and
the SEC then closes EDGAR as for a federal holiday. Those days stand in `CLOSED_BY_ORDER`; a file in the user's
configuration adds to them or takes away (see `read`).

Codes: DAY001 a line of that file that can't be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.masking import masked_words

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
FILE_NAME = "edgar-days.csv"
COLUMNS = ("date", "edgar", "reason")

_MOURNING, _ORDER = "national day of mourning", "federal offices closed by executive order"

#: Weekdays for which an executive order closed federal offices, since 2001; half days, as December 24 of 2002 and
#: 2009, are business days. The SEC told of 2008, 2018 to 2020 and 2025, as law firms passed it on, that such a day
#: counts as a federal holiday for filings; the others rest on the order alone.
CLOSED_BY_ORDER: dict[date, str] = {
    date(2001, 12, 24): _ORDER,  # Executive Order 13238, 66 FR 63903
    date(2003, 12, 26): _ORDER,  # Executive Order 13320, 68 FR 69295
    date(2004, 6, 11): _MOURNING,  # Executive Order 13343, 69 FR 32245
    date(2007, 1, 2): _MOURNING,  # Executive Order 13421, 72 FR 425
    date(2007, 12, 24): _ORDER,  # Executive Order 13453, 72 FR 70477
    date(2008, 12, 26): _ORDER,  # Executive Order 13482, 73 FR 76501
    date(2012, 12, 24): _ORDER,  # Executive Order 13633, 77 FR 76339
    date(2014, 12, 26): _ORDER,  # Executive Order 13682, 79 FR 73459
    date(2018, 12, 5): _MOURNING,  # Executive Order 13852, 83 FR 62687
    date(2018, 12, 24): _ORDER,  # Executive Order 13854, 83 FR 65481
    date(2019, 12, 24): _ORDER,  # Executive Order 13900, 84 FR 69983
    date(2020, 12, 24): _ORDER,  # executive order of December 11, 2020
    date(2024, 12, 24): _ORDER,  # Executive Order 14129, 89 FR 104857
    date(2025, 1, 9): _MOURNING,  # Executive Order 14133, 90 FR 187
    date(2025, 12, 24): _ORDER,  # executive order of December 18, 2025, with the next
    date(2025, 12, 26): _ORDER,
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
        yield nth_weekday(3, MONDAY, year, 1), "Birthday of Martin Luther King, Jr."
    yield nth_weekday(3, MONDAY, year, 2), "Washington's Birthday"
    yield memorial_day(year), "Memorial Day"
    if year >= 2021:
        yield date(year, 6, 19), "Juneteenth"
    yield date(year, 7, 4), "Independence Day"
    yield nth_weekday(1, MONDAY, year, 9), "Labor Day"
    yield nth_weekday(2, MONDAY, year, 10), "Columbus Day"
    yield date(year, 11, 11), "Veterans Day"
    yield nth_weekday(4, THURSDAY, year, 11), "Thanksgiving Day"
    yield date(year, 12, 25), "Christmas Day"


def nth_weekday(number: int, weekday: int, year: int, month: int) -> date:
    """The `number`th Monday, Thursday or other weekday (Monday is 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def memorial_day(year: int) -> date:
    """The last Monday of May."""
    last_of_may = date(year, 5, 31)
    return last_of_may - timedelta(last_of_may.weekday())


def _observed(day: date) -> date:
    if day.weekday() == SATURDAY and day > date.min:
        return day - timedelta(1)
    return day + timedelta(1) if day.weekday() == SUNDAY else day


class BusinessDays(Struct, frozen=True):
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


#: Federal holidays and the closures by executive order.
FEDERAL = BusinessDays(CLOSED_BY_ORDER, {})


_STATED: ContextVar[Path | None] = ContextVar("_STATED", default=None)


@contextmanager
def days_of(path: Path) -> Iterator[None]:
    """Have another file stand for the user's own within: the one that a plan was built with."""
    token = _STATED.set(path)
    try:
        yield
    finally:
        _STATED.reset(token)


def user_file() -> Path:
    """Where the user's own file of EDGAR's days lies, or the one of `days_of`; it need not exist."""
    if (stated := _STATED.get()) is not None:
        return stated
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
    closed, opened = dict(CLOSED_BY_ORDER), dict[date, str]()
    wrong: list[Finding] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split(",", 2)]
        if not any(cells) or cells[0].startswith("#") or tuple(cells) == COLUMNS:
            continue
        day, status = _day(cells[0]), cells[1].lower() if len(cells) > 1 else ""
        if day is None or status not in {"closed", "open"}:
            origin = Origin(Position(file, number, 1))
            message = f'"{masked_words(line.strip()[:200])[:60]}" does not say on which day EDGAR is closed or open'
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
