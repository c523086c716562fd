"""Who holds, by the lines of a filing: holders of one nature that only their footnotes tell apart get names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from form4_author.decompose.footnotes import Footnotes
from form4_author.decompose.speaking_names import holder_name, told_apart
from form4_author.events.keys import brief
from form4_author.filing import Row
from form4_author.plan.accounts import Account

Nature = tuple[str, str]
"""D or I, and the nature of indirect ownership."""
Marks = tuple[str, ...]
"""The names of the footnotes on a nature."""


class Known(Struct, frozen=True):
    """A holder as the plan names it, and the footnotes that stand on all its lines."""

    name: str
    note: Marks
    plan: dict[str, Any]


class Holders(Struct, frozen=True):
    """The holders of a filing that have names, by the nature and the footnotes on it."""

    notes: Footnotes
    found: dict[tuple[Nature, Marks], Known] = {}

    def of(self, row: Row) -> Known | None:
        """The holder of a line, where it has a name."""
        return self.found.get((_nature(row), self._marks(row)))

    def ownership(self, row: Row) -> str | dict[str, str]:
        """A line's `ownership` as a plan has it."""
        known = self.of(row)
        if known is not None:
            return known.name
        letter, nature = _nature(row)
        if letter == "D":
            return "direct"
        return {"indirect": nature} if nature else "indirect"

    def account(self, row: Row, security: str) -> Account:
        """The ledger's name for the security of a line as it is held."""
        ownership = self.ownership(row)
        return (
            (security, ownership, "") if isinstance(ownership, str) else (security, "indirect", ownership["indirect"])
        )

    def own_marks(self, row: Row) -> list[str]:
        """The footnotes on a line's nature, its holder's aside."""
        known, marks = self.of(row), self._marks(row)
        return list(marks if known is None else marks[len(known.note) :])

    def plan(self) -> dict[str, Any]:
        """The plan's `ownership_lines`."""
        return {known.name: known.plan for known in self.found.values()}

    def _marks(self, row: Row) -> Marks:
        return tuple(self.notes.marks(row.nature_of_ownership))


def name_holders(rows: Sequence[Row], notes: Footnotes) -> Holders:
    """Name the holders that share their nature with another one.

    Lines are of one holder where the footnotes of one are among those of the other; a line whose footnotes are among
    those of several is one more.
    """
    natures: dict[Nature, dict[Marks, None]] = {}
    for row in rows:
        natures.setdefault(_nature(row), {})[tuple(notes.marks(row.nature_of_ownership))] = None
    groups = [(nature, group) for nature, marks in natures.items() for group in _told_by(list(marks))]
    named = told_apart([holder_name(nature) for (_, nature), _ in groups])
    found: dict[tuple[Nature, Marks], Known] = {}
    for name, (nature, group) in zip(named, groups, strict=True):
        known = _known(name, nature, group)
        found |= {(nature, marks): known for marks in group}
    return Holders(notes, found)


def _told_by(each: list[Marks]) -> list[list[Marks]]:
    """The footnotes that lines of one nature have, by holder; none where there is only one holder."""
    largest = [marks for marks in each if not any(set(marks) < set(other) for other in each)]
    heads: list[list[Marks]] = []
    for marks in largest:
        same = next((group for group in heads if set(group[0]) == set(marks)), None)
        if same is None:
            heads.append([marks])
        else:
            same.append(marks)
    if len(heads) < 2:
        return []
    groups = heads
    alone: list[list[Marks]] = []
    for marks in each:
        if marks not in largest:
            within = [group for group in heads if set(marks) < set(group[0])]
            if len(within) == 1:
                within[0].append(marks)
            else:
                alone.append([marks])
    return [*groups, *alone]


def _known(name: str, nature: Nature, group: list[Marks]) -> Known:
    note = group[0]
    for marks in group[1:]:
        same = [one == other for one, other in zip(note, marks, strict=False)]
        note = note[: same.index(False) if False in same else len(same)]
    plan: dict[str, Any] = {"direct": "yes"} if nature[0] == "D" else {"indirect": nature[1]} if nature[1] else {}
    return Known(name, note, {**plan, **({"note": brief(list(note))} if note else {})})


def _nature(row: Row) -> Nature:
    direct = row.direct_or_indirect.text.strip() != "I"
    nature = row.nature_of_ownership.text
    return ("D", "") if direct else ("I", nature if nature.strip() else "")
