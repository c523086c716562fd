"""Which lines of one form are which of another: the pairing that likens the most, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from form4_author.filing import Field, Row, Value
from form4_author.preflight.form import CELL_NAMES

_T = TypeVar("_T")

#: How much a cell tells about which line it is; those not named tell 1.
_WEIGHTS = {"security_title": 3, "transaction_date": 3, "shares": 4, "price_per_share": 3, "shares_owned_following": 2}
_ALIKE = 0.5


def align(one: Sequence[_T], other: Sequence[_T], alike: Callable[[_T, _T], float]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes, -1 where the other side has none, in the order of both.

    Args:
        one: the lines on one side.
        other: those on the other side.
        alike: how much two are alike, 0 to 1; below a half they are no pair.
    """
    scores = [[alike(a, b) for b in other] for a in one]
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in reversed(range(len(one))):
        for j in reversed(range(len(other))):
            pair = best[i + 1][j + 1] + scores[i][j] if scores[i][j] >= _ALIKE else 0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(one) and j < len(other):
        if scores[i][j] >= _ALIKE and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield i, -1
            i += 1
        else:
            yield -1, j
            j += 1
    yield from ((index, -1) for index in range(i, len(one)))
    yield from ((-1, index) for index in range(j, len(other)))


def likeness(one: Row, other: Row) -> float:
    """How much two lines of a table are alike, 0 to 1: the share of their cells that say the same, by weight."""
    if one.holding != other.holding:
        return 0.0
    same = told = 0
    for name in (*CELL_NAMES, "code"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine.text or theirs.text:
            weight = _WEIGHTS.get(name, 1)
            told += weight
            same += weight * says_the_same(mine, theirs)
    return same / told if told else 1.0


def says_the_same(one: Field | Value, other: Field | Value) -> bool:
    """Whether two values mean the same: numbers and dates by what they are, text without the blanks around it."""
    mine, theirs = one.text.strip(), other.text.strip()
    if mine == theirs:
        return True
    if one.number is not None and other.number is not None:
        return one.number == other.number
    return one.date is not None and one.date == other.date
