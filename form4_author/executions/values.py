"""The cells of brokers' files -> numbers and days, each refused where it can be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from pydantic_core import PydanticCustomError

from form4_author.executions.trades import Fault
from form4_author.plan.scalars import MAX_AMOUNT, Day, quoted
from form4_author.plan.scalars import day as plan_day

# --- numbers ------------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"\$?\d+(?:\.\d+)?", re.ASCII)
_POINT = re.compile(r"(?:\d{1,3}(?:[,' ]\d{3})+|\d+)(?:\.\d*)?|\.\d+", re.ASCII)
_COMMA = re.compile(r"(?:\d{1,3}(?:[.' ]\d{3})+|\d+)(?:,\d*)?|,\d+", re.ASCII)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u2019": "'"})
_PARTED_BY_COMMA = str.maketrans("", "", ",' ")
_PARTED_BY_POINT = str.maketrans(",", ".", ".' ")
_DOLLARS = re.compile(r"US\$|USD|\$", re.IGNORECASE)
_SHOWS_COMMA = re.compile(r"\d,\d{1,2}$|\d,\d{4,}$|\d\.\d{3},\d|^\D*0,", re.ASCII)
_SHOWS_POINT = re.compile(r"\d\.\d{1,2}$|\d\.\d{4,}$|\d,\d{3}\.|^\D*0\.", re.ASCII)
_THOUSANDS_OR_NOT = re.compile(r"\D*[1-9]\d{0,2}[.,]\d{3}\D*", re.ASCII)
_MOST_DECIMALS = 10


class Numbers(Struct, frozen=True):
    """How a file writes its numbers.

    Attributes:
        comma: a comma parts the decimals, as in `1.200,50`.
        decided: something in the file shows which of the two it is, or its cells are parted by commas.
    """

    comma: bool = False
    decided: bool = True

    @classmethod
    def of(cls, cells: Iterable[str], separator: str) -> Numbers:
        """How the numbers in these cells are written; where nothing shows it, a point parts the decimals."""
        comma = point = False
        for cell in cells:
            if "," in cell:
                comma = comma or _SHOWS_COMMA.search(cell.strip(" )-")) is not None
            if "." in cell:
                point = point or _SHOWS_POINT.search(cell.strip(" )-")) is not None
        if comma and not point:
            return cls(comma=True)
        return cls(decided=point or separator == ",")

    def read(self, text: str, column: str) -> Decimal:
        """A number: `1,200`, `-300`, `(300.00)`, `300-`, `$24.1000`, `-$500.00`, `24.10 USD`.

        Raises:
            Fault: it is none, is in another currency, or can be read in two ways.
        """
        if _PLAIN.fullmatch(text) and self.decided and not self.comma:
            return _bounded(Decimal(text.removeprefix("$")), text, column)
        plain = _DOLLARS.sub("", text.translate(_MINUS), count=1).strip()
        negative = False
        if plain.startswith("(") and plain.endswith(")"):
            negative, plain = True, plain[1:-1].strip()
        elif plain.startswith(("-", "+")) or plain.endswith("-"):
            negative = "-" in plain[0] + plain[-1]
            plain = (plain[1:] if plain[0] in "-+" else plain[:-1]).strip()
        plain = _DOLLARS.sub("", plain, count=1).strip()
        if not (_COMMA if self.comma else _POINT).fullmatch(plain):
            raise Fault(*_no_number(text), column)
        if not self.decided and _THOUSANDS_OR_NOT.fullmatch(plain):
            raise Fault(
                f"{quoted(text)} may be thousands or a number with decimals, and nothing in the file tells which",
                "Write it without a sign for thousands, or with two or four decimals.",
                column,
            )
        plain = plain.translate(_PARTED_BY_POINT if self.comma else _PARTED_BY_COMMA)
        number = _bounded(Decimal(plain), text, column)
        return -number if negative else number


def _bounded(number: Decimal, text: str, column: str) -> Decimal:
    if number > MAX_AMOUNT:
        raise Fault(f"{quoted(text)} is above EDGAR's largest amount, 999,999,999,999.9999", "", column)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MOST_DECIMALS:
        raise Fault(f"{quoted(text)} has more than {_MOST_DECIMALS} decimals", "Round it to ten.", column)
    return number


def _no_number(text: str) -> tuple[str, str]:
    if re.match(r"=|[+@-]\s*[^\d\s.$(]", text):
        return f"{quoted(text)} is a formula", "Write the number that it stands for."
    if re.search(r"[€£¥]|\b(?:EUR|GBP|CHF|CAD|HKD|JPY|AUD|SEK|ILS)\b", text):
        return f"{quoted(text)} is not in US dollars", "Executions are read in dollars only; write the lines out."
    return f"{quoted(text)} is not an amount", "Write digits and one point, as in 10,000 or 22.5307."


# --- days ---------------------------------------------------------------------------------------------------------


class Order(StrEnum):
    """What comes first in a date of numbers such as 03/04/2026."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)", re.ASCII)
_DAY_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[- ]?([a-z]{3,9})\.?[-, ]{0,2}(\d{4}|\d{2})(?!\d)", re.IGNORECASE | re.ASCII
)
_NAMED_DAY = re.compile(
    r"([a-z]{3,9})\.?[- ]?(\d{1,2})(?:st|nd|rd|th)?,?[- ]{1,2}(\d{4})(?!\d)", re.IGNORECASE | re.ASCII
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+", re.IGNORECASE)
_TIME = re.compile(
    r"[T,;]?\s*(\d{1,2})[:.]?(\d{2})(?:[:.]?(\d{2})(?:[.,:]\d{1,9})?)?\s*([ap]\.?m\.?)?\s*\(?([a-z]{1,8}|[+-]\d{1,2}:?(?:\d{2})?)?\)?",
    re.IGNORECASE | re.ASCII,
)
_WRITE_DATES = "Write dates as 2026-11-17 or 11/17/2026."
#: Hours from Greenwich of the zones that brokers name, in winter and in summer.
_ZONES = {
    **dict.fromkeys(("", "et", "est", "edt", "eastern", "ny"), None),
    **dict.fromkeys(("z", "utc", "gmt"), 0),
    "ct": None,
    "cst": None,
    "cdt": None,
    "mt": None,
    "mst": None,
    "mdt": None,
    "pt": None,
    "pst": None,
    "pdt": None,
}
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?", re.ASCII)
_EASTERN = (-5, -4)
_TRADED_FROM, _TRADED_TO = 4, 20
"""The hours of the day, in New York, in which US exchanges and their extended sessions trade."""


class Days(Struct):
    """Reads the dates of one file.

    Attributes:
        order: what comes first in a date of numbers; None where nothing tells.
        known: the dates read, by their text.
    """

    order: Order | None = None
    known: dict[str, Day] = {}

    @classmethod
    def of(cls, cells: Iterable[str], stated: Order | None, on: Day | None) -> Days:
        """A reader of the dates in these cells.

        Args:
            cells: all cells of the column, those of other rows too: one 17/11/2026 tells the order of all.
            stated: the order that the layout or the plan states.
            on: the entry's date, if any: where the cells are of that day in one order alone, that one is meant.
        """
        if stated is not None:
            return cls(stated)
        found = {(int(match[1]), int(match[3]), match[4]) for cell in set(cells) if (match := _NUMERIC.match(cell))}
        month_first = any(second > 12 for _, second, _ in found)
        day_first = any(first > 12 for first, _, _ in found)
        if month_first != day_first:
            return cls(Order.MONTH_FIRST if month_first else Order.DAY_FIRST)
        if on is None:
            return cls()
        met = {(first, second) for first, second, year in found if _year(year) == on.date.year}
        as_month_first, as_day_first = (on.date.month, on.date.day) in met, (on.date.day, on.date.month) in met
        if as_month_first == as_day_first:
            return cls()
        return cls(Order.MONTH_FIRST if as_month_first else Order.DAY_FIRST)

    def read(self, text: str, column: str = "date") -> Day:
        """The day that a cell tells, with or without a time: a day in New York, where the time is of another zone.

        Raises:
            Fault: it is no date, no day of the calendar, or can be read in two ways.
        """
        day = self.known.get(text)
        if day is None:
            day = self.known[text] = self._read(text.strip(), column)
        return day

    def _read(self, text: str, column: str) -> Day:
        posted, _, effective = " ".join(text.split()).partition(" as of ")
        plain = _WEEKDAY.sub("", effective or posted, count=1)
        for pattern, parts in (
            (_ISO, lambda m: (m[1], m[3], m[4])),
            (_COMPACT, lambda m: (m[1], m[2], m[3])),
            (_NUMERIC, lambda m: self._ordered(text, m, column)),
            (_DAY_NAMED, lambda m: (m[3], _month(m[2]), m[1])),
            (_NAMED_DAY, lambda m: (m[3], _month(m[1]), m[2])),
        ):
            if match := pattern.match(plain):
                year, month, number = parts(match)
                day = _of_calendar(text, _year(year), int(month), int(number), column)
                return _in_new_york(day, text, plain[match.end() :].strip(), column)
        raise Fault(f"{quoted(text)} is not a date", _WRITE_DATES, column)

    def _ordered(self, text: str, match: re.Match[str], column: str) -> tuple[str, str, str]:
        """Year, month and day of a date of numbers alone."""
        first, sign, second, year = match.groups()
        if len(year) == 2 and sign == "-":
            raise Fault(f"{quoted(text)} doesn't tell which of its numbers is the year", _WRITE_DATES, column)
        order = self.order
        if order is None and (int(first) == int(second) or int(first) > 12 or int(second) > 12):
            order = Order.DAY_FIRST if int(first) > 12 else Order.MONTH_FIRST
        if order is None:
            one, other = (
                f"{_year(year)}-{int(first):02}-{int(second):02}",
                f"{_year(year)}-{int(second):02}-{int(first):02}",
            )
            raise Fault(
                f"{quoted(text)} may be {one} or {other}, and nothing in the file tells which",
                f"Where the day comes first, write dates: day first instead; or write {one} in the file.",
                column,
                write="dates: month first",
            )
        return (year, first, second) if order is Order.MONTH_FIRST else (year, second, first)


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _month(name: str) -> str:
    short = name[:3].lower()
    return str(_MONTHS.index(short) + 1 if short in _MONTHS else 0)


def _of_calendar(text: str, year: int, month: int, number: int, column: str) -> date:
    try:
        found: date = plan_day(date(year, month, number).isoformat()).date
    except PydanticCustomError as problem:
        context = problem.context or {}
        raise Fault(context["message"], context["hint"], column) from None
    except ValueError:
        raise Fault(f"{quoted(text)} is no day of the calendar", _WRITE_DATES, column) from None
    return found


def _in_new_york(day: date, text: str, rest: str, column: str) -> Day:
    """The day of a trade, given what stands behind its date: nothing, or a time, of New York or of a zone named."""
    if not rest:
        return Day(day.isoformat(), day)
    match = _TIME.fullmatch(rest)
    if match is None or int(match[1]) > 24 or int(match[2]) > 59:
        raise Fault(f"{quoted(text)} is not a date", f"{_WRITE_DATES} A time may stand behind it.", column)
    zone = (match[5] or "").lower()
    if zone in _ZONES and _ZONES[zone] is None:
        return Day(day.isoformat(), day)  # within the United States, nobody trades at night
    if zone not in _ZONES and not zone.startswith(("+", "-")):
        raise Fault(
            f"{quoted(text)}: the time zone {match[5]} isn't known", "Write the time as in New York, or in UTC.", column
        )
    hour = int(match[1]) % 12 + 12 * (match[4][0] in "pP") if match[4] else int(match[1])
    at = datetime.combine(day, time()) + timedelta(hours=hour, minutes=int(match[2])) - _offset(zone)
    there = [at + timedelta(hours=offset) for offset in _EASTERN]
    traded = [local.date() for local in there if _TRADED_FROM <= local.hour < _TRADED_TO]
    found = {local.date() for local in there}
    if len(found) == 1 and (traded or found == {day}):
        (day,) = found
        return Day(day.isoformat(), day)
    raise Fault(
        f"{quoted(text)} is {there[0].date()} in New York, at an hour in which nobody trades there",
        "Write the day of the trade at its exchange, without a time zone.",
        column,
    )


def _offset(zone: str) -> timedelta:
    if not zone.startswith(("+", "-")):
        return timedelta()
    match = _OFFSET.fullmatch(zone)
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0)) if match else timedelta()
    return -size if zone[0] == "-" else size
