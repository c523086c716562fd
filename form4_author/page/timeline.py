"""A picture of trades on a time line, each with the days in which an opposite one would be matched with it.

Worked out here in whole units of the picture, so that the template has only to put them into place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

WIDTH = 960
_LEFT, _RIGHT, _TOP, _ROW, _FOOT = 150, 12, 16, 13, 6
_MOST_ROWS = 24
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Mark(Struct, frozen=True):
    """A trade, as it is to be drawn.

    Attributes:
        day: when.
        closes: the last day of its window.
        sold: a sale; else a purchase.
        proposed: it is not made yet.
        label: what it is, in a few words.
    """

    day: date
    closes: date
    sold: bool
    proposed: bool
    label: str


class Tick(Struct, frozen=True):
    """The first day of a month, and what stands above it."""

    x: int
    label: str


class Bar(Struct, frozen=True):
    """A trade in its place: the day, and its window to the last day.

    Attributes:
        x: of the day.
        end: of the window's end.
        middle: of the row, from the top.
        mark: the trade.
        open: its window is open on the day of the picture.
    """

    x: int
    end: int
    middle: int
    mark: Mark
    open: bool

    @property
    def points(self) -> str:
        """The corners of its sign: upwards for a purchase, downwards for a sale."""
        tip, base = (4, -4) if self.mark.sold else (-4, 4)
        return f"{self.x},{self.middle + tip} {self.x - 4},{self.middle + base} {self.x + 4},{self.middle + base}"


class Timeline(Struct, frozen=True):
    """The picture.

    Attributes:
        width: in units.
        height: likewise.
        left: where the time begins.
        top: where the rows begin.
        today: where the day of the picture is.
        as_of: that day.
        ticks: the months.
        bars: the trades, one in a row.
        left_out: how many earlier trades are not in it.
    """

    width: int
    height: int
    left: int
    top: int
    today: int
    as_of: date
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    left_out: int

    @property
    def foot(self) -> int:
        """Where the rows end."""
        return self.height - _FOOT


def timeline(marks: Sequence[Mark], as_of: date) -> Timeline | None:
    """The picture of the last trades; None where there are none.

    Args:
        marks: the trades.
        as_of: the day that it is drawn for.
    """
    ordered = sorted(marks, key=lambda mark: (mark.day, mark.closes, mark.label))
    shown = ordered[-_MOST_ROWS:]
    if not shown:
        return None
    first = min(shown[0].day, as_of).replace(day=1)
    last = max(as_of, *(mark.closes for mark in shown)) + timedelta(4)
    span = max(1, (last - first).days)

    def at(day: date) -> int:
        return _LEFT + (day - first).days * (WIDTH - _LEFT - _RIGHT) // span

    bars = tuple(
        Bar(at(mark.day), at(mark.closes), _TOP + _ROW * row + _ROW // 2, mark, mark.day <= as_of <= mark.closes)
        for row, mark in enumerate(shown)
    )
    return Timeline(
        width=WIDTH,
        height=_TOP + _ROW * len(shown) + _FOOT,
        left=_LEFT,
        top=_TOP,
        today=at(as_of),
        as_of=as_of,
        ticks=tuple(Tick(at(day), label) for day, label in _months(first, last)),
        bars=bars,
        left_out=len(ordered) - len(shown),
    )


def _months(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The months of a span, of a long one fewer; each January with its year."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in (1, 3, 6, 12) if months <= 22 * step), 12 * (months // 240 + 1))
    for number in range(months):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        if month % min(step, 12) == 0 and (step <= 12 or year % (step // 12) == 0):
            yield date(year, month + 1, 1), f"{_MONTHS[month]} {year}" if month == 0 or number == 0 else _MONTHS[month]
