"""Which parts of one form are which of another: owners by CIK, lines and signatures by what they say, notes by text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from form4_author.filing.columns import READING_ORDER
from form4_author.filing.model import Field, Filing, ReportingOwner, Row, Signature, Value

_T = TypeVar("_T")

#: How much a cell tells about which line it is; those not named tell 1.
_WEIGHTS = {"security_title": 3, "transaction_date": 3, "shares": 4, "price_per_share": 3, "shares_owned_following": 2}
_ALIKE = 0.5
_REWORDED = 0.5
_LONGEST_NAME = 300
_MOST_PAIRS = 40_000
_LONGEST_NOTE = 20_000


def align(one: Sequence[_T], other: Sequence[_T], alike: Callable[[_T, _T], float]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes, -1 where the other side has none, in the order of both.

    Args:
        one: the lines on one side.
        other: those on the other side.
        alike: how much two are alike, 0 to 1; below a half they are no pair.

    Where there are far more than a form can hold, each is held against the one in the same place alone.
    """
    if len(one) * len(other) > _MOST_PAIRS:
        yield from _in_place(one, other, alike)
        return
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
    """Which lines of a table are which, as `align` tells it."""
    return align(old, new, likeness)


def paired_owners(old: Sequence[ReportingOwner], new: Sequence[ReportingOwner]) -> Iterator[tuple[int, int]]:
    """Which reporting owners are which, as `align` tells it: by CIK, but the only one of each form is the other's."""

    def alike(one: ReportingOwner, other: ReportingOwner) -> float:
        return 1.0 if one.cik.text.strip().lstrip("0") == other.cik.text.strip().lstrip("0") else 0.0

    return iter([(0, 0)]) if len(old) == len(new) == 1 else align(old, new, alike)


def paired_signatures(old: Sequence[Signature], new: Sequence[Signature]) -> Iterator[tuple[int, int]]:
    """Which signatures are which, as `align` tells it: by the likeness of their names."""

    def alike(one: Signature, other: Signature) -> float:
        mine, theirs = (signature.name.text.strip()[:_LONGEST_NAME] for signature in (one, other))
        return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()

    return align(old, new, alike)


def note_texts(filing: Filing) -> dict[str, str]:
    """The text of each footnote by its id, runs of white space as one blank."""
    return {note.id.text: " ".join(note.text.text.split()) for note in filing.footnotes}


def reworded(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The texts of footnotes that were put into other words: the old one's text to the new one's.

    Args:
        old: texts by footnote id.
        new: those of the other form.
    """
    then, now = set(old.values()), set(new.values())
    gone = [text for text in dict.fromkeys(old.values()) if text not in now]
    come = [text for text in dict.fromkeys(new.values()) if text not in then]
    if len(gone) * len(come) > _MOST_PAIRS:
        return {}
    likest = sorted(
        ((alike, a, b) for a in gone for b in come if (alike := _text_likeness(a, b)) >= _REWORDED),
        key=lambda found: -found[0],
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, a, b in likest:
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return found


def _text_likeness(one: str, other: str) -> float:
    if max(len(one), len(other)) > _LONGEST_NOTE:
        return 0.0
    matcher = SequenceMatcher(None, one.split(), other.split())
    return matcher.ratio() if matcher.real_quick_ratio() >= _REWORDED <= matcher.quick_ratio() else 0.0


def likeness(one: Row, other: Row) -> float:
    """How much two lines of a table are alike, 0 to 1: the share of their cells that say the same, by weight."""
    if one.holding != other.holding:
        return 0.0
    same = told = 0
    for name in (*READING_ORDER, "code"):
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
