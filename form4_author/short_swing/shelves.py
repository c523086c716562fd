"""Two lists that answer questions on a stretch of them without going through all of it, for `optimum`.

Both are kept in blocks of about the square root of their length: a block knows its least value, and what is added to
all of it is noted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isqrt

#: Whole numbers as a rule; what is held against them may be a fraction.
Number = int | Fraction


class Slack:
    """Numbers, none below zero, to a stretch of which something is added; tells where the nearest zero is."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.block = isqrt(size) + 1
        blocks = -(-size // self.block)
        self.values: list[Number] = [0] * size
        self.added: list[Number] = [0] * blocks
        self.least: list[Number] = [0] * blocks

    def add(self, start: int, end: int, number: Number) -> None:
        """Add a number to all from `start` to before `end`."""
        for index, low, high in self._blocks(start, end):
            if high - low == self.block:
                self.added[index] += number
                self.least[index] += number
                continue
            values = self.values
            for at in range(low, high):
                values[at] += number
            self._renew(index)

    def least_of(self, start: int, end: int) -> Number | None:
        """The least of all from `start` to before `end`; None where there are none."""
        found = [
            self.least[index] if high - low == self.block else min(self.values[low:high]) + self.added[index]
            for index, low, high in self._blocks(start, end)
        ]
        return min(found, default=None)

    def zero_before(self, end: int) -> int:
        """The last place before `end` where there is a zero; -1 where there is none."""
        index, inside = divmod(end, self.block)
        if inside and (at := self._last_zero(index, end)) >= 0:
            return at
        for earlier in range(index - 1, -1, -1):
            if not self.least[earlier]:
                return self._last_zero(earlier, (earlier + 1) * self.block)
        return -1

    def zero_from(self, start: int) -> int:
        """The first place from `start` on where there is a zero; the length of the list where there is none."""
        index, inside = divmod(start, self.block)
        if inside and (at := self._first_zero(index, start)) < self.size:
            return at
        for later in range(index + bool(inside), len(self.least)):
            if not self.least[later]:
                return self._first_zero(later, later * self.block)
        return self.size

    def _blocks(self, start: int, end: int) -> Iterable[tuple[int, int, int]]:
        """Each block of a stretch, with what of it lies in the stretch."""
        for index in range(start // self.block, -(-end // self.block)) if start < end else ():
            first = index * self.block
            yield index, max(start, first), min(end, first + self.block)

    def _renew(self, index: int) -> None:
        first = index * self.block
        self.least[index] = min(self.values[first : first + self.block]) + self.added[index]

    def _last_zero(self, index: int, end: int) -> int:
        sought = -self.added[index]
        values = self.values
        return next((at for at in range(end - 1, index * self.block - 1, -1) if values[at] == sought), -1)

    def _first_zero(self, index: int, start: int) -> int:
        sought, end = -self.added[index], min((index + 1) * self.block, self.size)
        values = self.values
        return next((at for at in range(start, end) if values[at] == sought), self.size)


class Shelf:
    """Lots by day, to be taken from the cheapest on; tells the cheapest of a stretch of days.

    Attributes:
        days: for each day its lots that still have shares, the cheapest last: price, shares, and whose they are.
    """

    def __init__(self, days: Sequence[Iterable[tuple[Number, Number, int]]]) -> None:
        self.days = [sorted((lot for lot in lots if lot[1]), reverse=True) for lots in days]
        self.block = isqrt(len(days)) + 1
        self.cheapest: list[Number | None] = [lots[-1][0] if lots else None for lots in self.days]
        self.blocks = [self._least(index) for index in range(-(-len(days) // self.block))]

    def cheapest_of(self, start: int, end: int) -> tuple[Number, int] | None:
        """The price of the cheapest lot from `start` to before `end`, and its day; None where there is none."""
        best: tuple[Number, int] | None = None
        at = start
        while at < end:
            index, inside = divmod(at, self.block)
            if inside or end - at < self.block:
                stop = min(end, (index + 1) * self.block)
                found = self._least_of(at, stop)
                at = stop
            else:
                found = self.blocks[index]
                at += self.block
            if found is not None and (best is None or found[0] < best[0]):
                best = found
        return best

    def top(self, day: int) -> tuple[Number, Number, int]:
        """The cheapest lot of a day that has one: its price, how many shares are left, and whose it is."""
        return self.days[day][-1]

    def take(self, day: int, shares: Number) -> None:
        """Take shares of the cheapest lot of a day."""
        price, left, key = self.days[day].pop()
        if shares < left:
            self.days[day].append((price, left - shares, key))
        else:
            self._renew(day)

    def put_back(self, day: int, lot: tuple[Number, Number, int]) -> None:
        """Undo that the cheapest lot of a day was taken from: it is again what it was."""
        lots = self.days[day]
        if lots and lots[-1][2] == lot[2]:
            lots[-1] = lot
            return
        lots.append(lot)
        self._renew(day)

    def _renew(self, day: int) -> None:
        lots = self.days[day]
        self.cheapest[day] = lots[-1][0] if lots else None
        index = day // self.block
        self.blocks[index] = self._least(index)

    def _least(self, index: int) -> tuple[Number, int] | None:
        return self._least_of(index * self.block, min((index + 1) * self.block, len(self.cheapest)))

    def _least_of(self, start: int, end: int) -> tuple[Number, int] | None:
        found = ((price, at) for at, price in enumerate(self.cheapest[start:end], start) if price is not None)
        return min(found, default=None)
