"""Which parts of one form are which of another: owners by CIK, lines and signatures by what they say, notes by text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from heapq import heapify, heappop, heappush
from typing import TypeVar

from form4_author.filing.columns import READING_ORDER
from form4_author.filing.model import Field, Filing, ReportingOwner, Row, Signature, Value

_T = TypeVar("_T")

#: How much a cell tells about which line it is; those not named tell 1.
_WEIGHTS = {"security_title": 3, "transaction_date": 3, "shares": 4, "price_per_share": 3, "shares_owned_following": 2}
_NAMES = (*READING_ORDER, "code")
_WEIGHED = tuple(_WEIGHTS.get(name, 1) for name in _NAMES)
_ALIKE = 0.5
#: What two that have nothing in common are apart, what a line alone costs, and more than any cost.
_WHOLE = 2**40
_ALONE = _WHOLE // 2
_FAR = 2**80
_REWORDED = 0.5
_LONGEST_NAME = 300
_MOST_PAIRS = 40_000
_MOST_COMPARED = 4_000
_LONGEST_NOTE = 20_000


def align(one: Sequence[_T], other: Sequence[_T], alike: Callable[[_T, _T], float]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes, -1 where the other side has none, in the order of both: those that are most alike in sum.

    Args:
        one: the lines on one side.
        other: those on the other side.
        alike: how much two are alike, 0 to 1; below a half they are no pair.

    It takes as long as there are lines, and longer the more of them differ. Where there are far more than a form can
    hold and they are not alike, each is held against the one in the same place alone.
    """
    apart = _apart(one, other, alike) if one and other else ({}, {})
    if apart is None:
        yield from _in_place(one, other, alike)
        return
    costs, pairs = apart
    i = j = 0
    while i < len(one) and j < len(other):
        here = costs[i, j]
        if (i, j) in pairs and costs.get((i + 1, j + 1), _FAR) + pairs[i, j] == here:
            yield i, j
            i, j = i + 1, j + 1
        elif costs.get((i + 1, j), _FAR) + _ALONE == here:
            yield i, -1
            i += 1
        else:
            yield -1, j
            j += 1
    yield from ((index, -1) for index in range(i, len(one)))
    yield from ((-1, index) for index in range(j, len(other)))


def _apart(
    one: Sequence[_T], other: Sequence[_T], alike: Callable[[_T, _T], float]
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]] | None:
    """How far what follows two indexes is apart at least, and how far each two that make a pair are.

    A line alone costs as much as a pair that is only half alike: the least cost is the greatest likeness in sum. The
    ways are tried from the end, the cheapest first (A*, Hart, Nilsson and Raphael, 1968), so that no more is looked at
    than what can't be told to cost more than the best; None where that is too much.
    """
    end = len(one), len(other)
    least = abs(end[0] - end[1]) * _ALONE
    waiting = [(least, *end)]
    found = {end: 0}
    settled: dict[tuple[int, int], int] = {}
    pairs: dict[tuple[int, int], int] = {}
    best: int | None = None
    while waiting and (best is None or waiting[0][0] <= best):
        _, i, j = heappop(waiting)
        if (i, j) in settled:
            continue
        here = settled[i, j] = found[i, j]
        if len(settled) > _MOST_PAIRS:
            return None
        if i == j == 0:
            best = here
        steps = [(i - 1, j, _ALONE), (i, j - 1, _ALONE)]
        if i and j and (score := alike(one[i - 1], other[j - 1])) >= _ALIKE:
            pairs[i - 1, j - 1] = round((1 - score) * _WHOLE)
            steps.append((i - 1, j - 1, pairs[i - 1, j - 1]))
        for a, b, cost in steps:
            if a >= 0 <= b and here + cost < found.get((a, b), _FAR):
                found[a, b] = here + cost
                heappush(waiting, (here + cost + abs(a - b) * _ALONE, a, b))
    return settled, pairs


def _in_place(one: Sequence[_T], other: Sequence[_T], alike: Callable[[_T, _T], float]) -> Iterator[tuple[int, int]]:
    for index in range(max(len(one), len(other))):
        if index < min(len(one), len(other)) and alike(one[index], other[index]) >= _ALIKE:
            yield index, index
            continue
        if index < len(one):
            yield index, -1
        if index < len(other):
            yield -1, index


def paired_rows(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Which lines of a table are which, as `align` tells it: each its own where both forms have the same text."""
    if [*map(_texts, old)] == [*map(_texts, new)]:
        return ((index, index) for index in range(len(old)))
    return align([*map(_told, old)], [*map(_told, new)], _likeness)


def paired_owners(old: Sequence[ReportingOwner], new: Sequence[ReportingOwner]) -> Iterator[tuple[int, int]]:
    """Which reporting owners are which, as `align` tells it: by CIK, but the only one of each form is the other's."""

    def alike(one: ReportingOwner, other: ReportingOwner) -> float:
        return 1.0 if one.cik.text.strip().lstrip("0") == other.cik.text.strip().lstrip("0") else 0.0

    return iter([(0, 0)]) if len(old) == len(new) == 1 else align(old, new, alike)


def paired_signatures(old: Sequence[Signature], new: Sequence[Signature]) -> Iterator[tuple[int, int]]:
    """Which signatures are which, as `align` tells it: by the likeness of their names."""

    def alike(one: Signature, other: Signature) -> float:
        mine, theirs = (signature.name.text.strip()[:_LONGEST_NAME] for signature in (one, other))
        if mine == theirs:
            return 1.0
        return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()

    return align(old, new, alike)


def note_texts(filing: Filing) -> dict[str, str]:
    """The text of each footnote by its id, runs of white space as one blank."""
    return {note.id.text: " ".join(note.text.text.split()) for note in filing.footnotes}


def reworded(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The texts of footnotes that were put into other words: the old one's text to the new one's, the likest first.

    Args:
        old: texts by footnote id.
        new: those of the other form.

    Of two texts it is told first how alike they can be at most, by the words that both have; they are compared word by
    word only where that is more than any two are that are left. Far more texts than a form can hold are not compared.
    """
    then, now = set(old.values()), set(new.values())
    gone = [text for text in dict.fromkeys(old.values()) if text not in now]
    come = [text for text in dict.fromkeys(new.values()) if text not in then]
    if len(gone) * len(come) > _MOST_PAIRS:
        return {}
    bits: dict[tuple[str, int], int] = {}
    before, after = ([_words(text, bits) for text in texts] for texts in (gone, come))
    waiting = [
        (-most, False, i, j)
        for i, (a, many) in enumerate(before)
        for j, (b, more) in enumerate(after)
        if many and more and (most := 2 * (a & b).bit_count() / (many + more)) >= _REWORDED
    ]
    heapify(waiting)
    found: dict[str, str] = {}
    taken: set[str] = set()
    compared = 0
    while waiting:
        _, exact, i, j = heappop(waiting)
        if gone[i] in found or come[j] in taken:
            continue
        if exact:
            found[gone[i]] = come[j]
            taken.add(come[j])
        elif (compared := compared + 1) <= _MOST_COMPARED:
            ratio = SequenceMatcher(None, gone[i].split(), come[j].split()).ratio()
            if ratio >= _REWORDED:
                heappush(waiting, (-ratio, True, i, j))
    return found


def _words(text: str, bits: dict[tuple[str, int], int]) -> tuple[int, int]:
    """The words of a text as bits of a number, and how many; of a text that is too long, none.

    How many words two texts have in common is told from such numbers eight times faster than from sets.

    Args:
        text: the text.
        bits: by word, and how often it stood before in its text, the bit; gets those of new words.
    """
    times: Counter[str] = Counter()
    found: list[int] = []
    for word in text.split() if len(text) <= _LONGEST_NOTE else ():
        times[word] += 1
        found.append(bits.setdefault((word, times[word]), len(bits)))
    return sum(1 << bit for bit in found), len(found)


def likeness(one: Row, other: Row) -> float:
    """How much two lines of a table are alike, 0 to 1: the share of their cells that say the same, by weight."""
    return _likeness(_told(one), _told(other))


#: What a line says, a cell each in the order of `_NAMES`, as far as two of them say the same where they are equal.
_Told = tuple[bool, tuple[str | Decimal | date, ...]]


def _texts(row: Row) -> tuple[bool, list[str]]:
    return row.holding, [getattr(row, name).text for name in _NAMES]


def _told(row: Row) -> _Told:
    return row.holding, tuple(_meaning(getattr(row, name)) for name in _NAMES)


def _likeness(one: _Told, other: _Told) -> float:
    if one[0] != other[0]:
        return 0.0
    same = told = 0
    for weight, mine, theirs in zip(_WEIGHED, one[1], other[1], strict=True):
        if mine == theirs:
            if mine != "":
                told += weight
                same += weight
        else:
            told += weight
    return same / told if told else 1.0


def _meaning(cell: Field | Value) -> str | Decimal | date:
    """What a value says: two say the same where this is equal, see `says_the_same`."""
    if (number := cell.number) is not None:
        return number
    return cell.date or cell.text.strip()


def says_the_same(one: Field | Value, other: Field | Value) -> bool:
    """Whether two values mean the same: numbers and dates by what they are, text without the blanks around it."""
    if one.text == other.text or one.text.strip() == other.text.strip():
        return True
    if one.number is not None and other.number is not None:
        return one.number == other.number
    return one.date is not None and one.date == other.date
