"""Which days have no market: weekends, and the holidays and closings of the New York Stock Exchange.

The exchange keeps its own holidays (NYSE Rule 7.2, formerly Rule 51): Good Friday is one, Columbus Day and Veterans Day
are none. One that falls on a Sunday is kept on the Monday after, one on a Saturday on the Friday before, but for New
Year's Day, which is then not kept at all. Besides them stand the days on which the exchange stayed closed for mourning
or an emergency. Days on which it only
closed early are market days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from form4_author.days.business_days import MONDAY, SATURDAY, SUNDAY, THURSDAY, memorial_day, nth_weekday

#: Weekdays since 1985 on which the exchange stayed closed although no holiday was kept.
SPECIAL_CLOSINGS: dict[date, str] = {
    date(1985, 9, 27): "Hurricane Gloria",
    date(1994, 4, 27): "national day of mourning",
    **{date(2001, 9, day): "attacks of September 11, 2001" for day in (11, 12, 13, 14)},
    date(2004, 6, 11): "national day of mourning",
    date(2007, 1, 2): "national day of mourning",
    date(2012, 10, 29): "Hurricane Sandy",
    date(2012, 10, 30): "Hurricane Sandy",
    date(2018, 12, 5): "national day of mourning",
    date(2025, 1, 9): "national day of mourning",
}
_KEEPS_KING_SINCE, _KEEPS_JUNETEENTH_SINCE = 1998, 2022
#: Holidays have stood on their Mondays since then; of earlier years only weekends are known here.
_FIRST_YEAR = 1981


def market_closure(day: date) -> str:
    """Why there is no market on a day, as `Saturday` or `Good Friday`; empty where there is one."""
    if day.weekday() in {SATURDAY, SUNDAY}:
        return "Saturday" if day.weekday() == SATURDAY else "Sunday"
    return market_holidays(day.year).get(day) or SPECIAL_CLOSINGS.get(day, "")


@lru_cache(maxsize=64)
def market_holidays(year: int) -> Mapping[date, str]:
    """The holidays that the New York Stock Exchange keeps in a year, by the weekday on which it keeps them."""
    return {_kept(day): name for day, name in _holidays(year) if not (day.month == 1 and day.weekday() == SATURDAY)}


def _holidays(year: int) -> Iterator[tuple[date, str]]:
    if year < _FIRST_YEAR:
        return
    yield date(year, 1, 1), "New Year's Day"
    if year >= _KEEPS_KING_SINCE:
        yield nth_weekday(3, MONDAY, year, 1), "Martin Luther King, Jr. Day"
    yield nth_weekday(3, MONDAY, year, 2), "Washington's Birthday"
    yield _easter(year) - timedelta(2), "Good Friday"
    yield memorial_day(year), "Memorial Day"
    if year >= _KEEPS_JUNETEENTH_SINCE:
        yield date(year, 6, 19), "Juneteenth"
    yield date(year, 7, 4), "Independence Day"
    yield nth_weekday(1, MONDAY, year, 9), "Labor Day"
    yield nth_weekday(4, THURSDAY, year, 11), "Thanksgiving Day"
    yield date(year, 12, 25), "Christmas Day"


def _kept(day: date) -> date:
    return day + timedelta({SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - leaps + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
