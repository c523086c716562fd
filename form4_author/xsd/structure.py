"""Which elements of a parent are missing, misplaced or too many: their names held against the order they should have.

Nothing here knows of XML or of a schema: names stand in slots, in order, each slot for one name or for one of several.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from enum import StrEnum, auto

from msgspec import Struct

MAX_CHILDREN = 1000


class Kind(StrEnum):
    """What is wrong with one child, or one slot."""

    MISSING = auto()
    REPLACED = auto()
    UNKNOWN = auto()
    MISPLACED = auto()
    TOO_MANY = auto()
    EXCLUDED = auto()


class Slot(Struct, frozen=True):
    """A place in the order: the names that may stand there, and how many children, at least and at most."""

    names: tuple[str, ...]
    least: int
    most: int


class Problem(Struct, frozen=True):
    """One mistake.

    Attributes:
        kind: `MISSING` a slot is empty; `REPLACED` a child stands where another is missing; `UNKNOWN` a child has no
            slot; `MISPLACED` it stands elsewhere than its slot; `TOO_MANY` a slot overflows; `EXCLUDED` a child
            stands beside one that excludes it.
        child: the index of the child at fault; for `MISSING`, that of the next child, or the number of children.
        slot: the index of the slot concerned; for `UNKNOWN`, of one with a similar name, if any.
        count: for `TOO_MANY`, how many children there are for the slot.
    """

    kind: Kind
    child: int
    slot: int | None = None
    count: int = 0


def diagnose(children: Sequence[str], slots: Sequence[Slot]) -> list[Problem]:
    """The mistakes of a parent's children, as few as explain them all, in the order of the children.

    Args:
        children: the names of the children, in order; at most `MAX_CHILDREN` of them are looked at.
        slots: the order they should have.
    """
    return _Diagnosis(list(children[:MAX_CHILDREN]), slots).problems()


class _Diagnosis:
    def __init__(self, children: list[str], slots: Sequence[Slot]) -> None:
        self.children = children
        self.slots = slots
        self.place = _align(children, slots)
        self.found: list[Problem] = []
        self.filled = [0] * len(slots)
        for slot in self.place:
            if slot is not None:
                self.filled[slot] += 1

    def problems(self) -> list[Problem]:
        self._give_way()
        loose = [index for index, slot in enumerate(self.place) if slot is None]
        loose = [index for index in loose if not self._misplaced(index)]
        loose = [index for index in loose if not self._stands_for_missing(index)]
        for index in loose:
            self._superfluous(index)
        self.found += self._overflows()
        self.found += self._missing()
        return sorted(self.found, key=lambda problem: (problem.child, problem.kind))

    def _give_way(self) -> None:
        """Of two like children, the first in the place of a missing one: count the second as the right one."""
        for second, name in enumerate(self.children):
            if self.place[second] is not None:
                continue
            slot = next((n for n, slot in enumerate(self.slots) if name in slot.names and slot.most == 1), None)
            if slot is None or slot not in self.place[:second]:
                continue
            first = self.place.index(slot)
            between = self.place[first + 1 : second]
            before = [place for place in self.place[:first] if place is not None]
            gap = range(before[-1] + 1 if before else 0, slot)
            same = self.children[first] == name and not any(place is not None for place in between)
            if same and any(self.slots[n].least and not self.filled[n] for n in gap):
                self.place[first], self.place[second] = None, slot

    def _misplaced(self, index: int) -> bool:
        """The child's slot has room, but lies elsewhere; or it is taken by a child that could stand further on."""
        name = self.children[index]
        for number, slot in enumerate(self.slots):
            if name not in slot.names:
                continue
            holders = [self.children[n] for n, place in enumerate(self.place) if place == number]
            movable = any(holder in other.names for holder in holders for other in self.slots[number + 1 :])
            if self.filled[number] < slot.most or (name not in holders and movable):
                self.filled[number] += 1 if self.filled[number] < slot.most else 0
                self.found.append(Problem(Kind.MISPLACED, index, number))
                return True
        return False

    def _stands_for_missing(self, index: int) -> bool:
        """A child too many, or unknown, in the very place of a missing one; or unknown, with a similar name."""
        low = max((place for place in self.place[:index] if place is not None), default=-1)
        high = min((place for place in self.place[index:] if place is not None), default=len(self.slots))
        empty = [n for n, slot in enumerate(self.slots) if slot.least and not self.filled[n]]
        number = next((n for n in empty if _similar(self.children[index], self.slots[n])), None)
        if number is None:
            number = next((n for n in empty if low < n < high), None)
        if number is None:
            return False
        self.filled[number] = 1
        self.found.append(Problem(Kind.REPLACED, index, number))
        return True

    def _superfluous(self, index: int) -> None:
        name = self.children[index]
        number = next((n for n, slot in enumerate(self.slots) if name in slot.names), None)
        if number is None:
            free = (n for n, slot in enumerate(self.slots) if self.filled[n] < slot.most)
            guess = next((n for n in free if _similar(name, self.slots[n])), None)
            self.found.append(Problem(Kind.UNKNOWN, index, guess))
            return
        holders = {self.children[n] for n, place in enumerate(self.place) if place == number}
        if name in holders or self.slots[number].most > 1:
            self.place[index] = number
            self.filled[number] += 1
        else:
            self.found.append(Problem(Kind.EXCLUDED, index, number))

    def _overflows(self) -> Iterator[Problem]:
        for number, slot in enumerate(self.slots):
            if self.filled[number] > slot.most:
                held = [n for n, place in enumerate(self.place) if place == number]
                yield Problem(Kind.TOO_MANY, held[min(slot.most, len(held) - 1)], number, self.filled[number])

    def _missing(self) -> Iterator[Problem]:
        for number, slot in enumerate(self.slots):
            if self.filled[number] < slot.least:
                following = (n for n, place in enumerate(self.place) if place is not None and place > number)
                yield Problem(Kind.MISSING, next(following, len(self.children)), number)


def _align(children: Sequence[str], slots: Sequence[Slot]) -> list[int | None]:
    """For each child the slot that it stands in, or None: as many as can stand in slots without crossing each other."""
    best = [[0] * (len(slots) + 1) for _ in range(len(children) + 1)]
    for i in range(len(children) - 1, -1, -1):
        for j in range(len(slots) - 1, -1, -1):
            here = best[i + 1][j], best[i][j + 1], _with(children[i], slots, best[i + 1], j)
            best[i][j] = max(here)
    places: list[int | None] = []
    j = 0
    for i, name in enumerate(children):
        while j < len(slots) and best[i][j] != _with(name, slots, best[i + 1], j) and best[i][j] == best[i][j + 1]:
            j += 1
        stands = j < len(slots) and best[i][j] == _with(name, slots, best[i + 1], j)
        places.append(j if stands else None)
        j += stands and slots[j].most == 1
    return places


def _with(name: str, slots: Sequence[Slot], following: Sequence[int], j: int) -> int:
    """How many children find a slot where this one stands in slot `j`; -1 where it can't."""
    if name not in slots[j].names:
        return -1
    return 1 + following[j + (slots[j].most == 1)]


def _similar(name: str, slot: Slot) -> bool:
    lowered = [known.lower() for known in slot.names]
    return bool(difflib.get_close_matches(name.lower()[:100], lowered, n=1, cutoff=0.85))
