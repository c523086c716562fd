"""A form beside another one: each part of it with what stood there on the other form, for a page that marks changes.

A form that is compared with nothing stands beside itself, so that the page is drawn in one way only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from form4_author.filing import Filing, Footnote, ReportingOwner, Row, Signature, Value
from form4_author.filing.alignment import note_texts, paired_owners, paired_rows, paired_signatures, reworded
from form4_author.filing.marks import with_marks

_T = TypeVar("_T")
_WORD = re.compile(r"\S+|\n|[^\S\n]+")
_MOST_WORDS = 4000


class Pair(Struct, Generic[_T], frozen=True):
    """One part of a form, and what stood there on the other form.

    Attributes:
        now: the part; an empty one where only the other form has it.
        was: the other form's; an empty one where only this form has it.
        number: its place among its like on this form, from 1; 0 where only the other form has it.
    """

    now: _T
    was: _T
    number: int


class Beside(Struct, frozen=True):
    """A form beside another: what the other one says, and the parts of both in pairs.

    Attributes:
        was: the other form, its footnotes under the ids that the same notes have on this form; one that this form
            lacks is called `old 3`.
        owners: its reporting owners, at least one; those that only the other form has come last.
        table1: the lines of Table I, those that only the other form has at their old place.
        table2: the lines of Table II, likewise.
        footnotes: in the form's order; those that only the other form has come last.
        signatures: in the form's order, those that only the other form has at their old place.
    """

    was: Filing
    owners: tuple[Pair[ReportingOwner], ...]
    table1: tuple[Pair[Row], ...]
    table2: tuple[Pair[Row], ...]
    footnotes: tuple[Pair[Footnote], ...]
    signatures: tuple[Pair[Signature], ...]


def alone(filing: Filing) -> Beside:
    """A form beside itself: nothing is changed."""

    def pairs(parts: Iterable[_T]) -> tuple[Pair[_T], ...]:
        return tuple(Pair(part, part, number) for number, part in enumerate(parts, 1))

    return Beside(
        filing,
        pairs(filing.owners or (ReportingOwner(),)),
        pairs(filing.table1),
        pairs(filing.table2),
        pairs(filing.footnotes),
        pairs(filing.signatures),
    )


def beside(now: Filing, was: Filing) -> Beside:
    """A form beside another, such as an amendment beside the form it amends.

    Args:
        now: the form.
        was: the other form.
    """
    was = _renumbered(was, _names(note_texts(was), note_texts(now)))
    owners = _pairs(paired_owners(was.owners, now.owners), was.owners, now.owners)
    notes_then = {note.id.text: note for note in was.footnotes}
    notes_now = {note.id.text for note in now.footnotes}
    footnotes = [
        *(Pair(note, notes_then.get(note.id.text, Footnote(id=note.id)), n) for n, note in enumerate(now.footnotes, 1)),
        *(Pair(Footnote(id=note.id), note, 0) for note in was.footnotes if note.id.text not in notes_now),
    ]
    return Beside(
        was,
        tuple(sorted(owners, key=lambda pair: not pair.number)) or (Pair(ReportingOwner(), ReportingOwner(), 1),),
        _pairs(paired_rows(was.table1, now.table1), was.table1, now.table1),
        _pairs(paired_rows(was.table2, now.table2), was.table2, now.table2),
        tuple(footnotes),
        _pairs(paired_signatures(was.signatures, now.signatures), was.signatures, now.signatures),
    )


def words(now: str, was: str) -> Iterator[tuple[str, str]]:
    """A text beside what it was, in pieces to read one after the other: `kept`, `gone` or `come`, and the words.

    Words that a long text holds again and again begin no match, and a very long text is not compared word by word: no
    text keeps the page waiting.
    """
    before, after = _WORD.findall(was), _WORD.findall(now)
    if now == was:
        yield "kept", now
    elif max(len(before), len(after)) > _MOST_WORDS:
        yield "gone", was
        yield "come", now
    else:
        for kind, a, b, c, d in SequenceMatcher(str.isspace, before, after).get_opcodes():
            if kind == "equal":
                yield "kept", "".join(after[c:d])
            else:
                yield from ((name, text) for name, text in _pieces(before[a:b], after[c:d]) if text)


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "gone", "".join(before)
    yield "come", "".join(after)


def _pairs(found: Iterable[tuple[int, int]], was: Sequence[_T], now: Sequence[_T]) -> tuple[Pair[_T], ...]:
    """The parts themselves for their indexes, an empty part where one side has none."""
    return tuple(
        Pair(now[j] if j >= 0 else _empty(was[i]), was[i] if i >= 0 else _empty(now[j]), j + 1) for i, j in found
    )


def _empty(part: Any) -> Any:
    """A part of that kind in which nothing stands."""
    return Row(table=part.table, holding=part.holding) if isinstance(part, Row) else type(part)()


def _names(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """What each footnote of the other form is called on this one: by the same id, the same text, other words for it."""
    now_called: dict[str, list[str]] = {}
    for name, text in new.items():
        now_called.setdefault(text, []).append(name)
    instead = reworded(old, new)
    names = {}
    for name, text in old.items():
        same = now_called.get(instead.get(text, text), [])
        names[name] = name if name in same else same[0] if same else f"old {name.removeprefix('F')}"
    return names


def _renumbered(filing: Filing, names: Mapping[str, str]) -> Filing:
    """A filing with other ids of its footnotes, and marks that follow them."""

    def called(mark: Value) -> Value:
        return replace(mark, text=names.get(mark.text, mark.text))

    def renumbered(row: Row) -> Row:
        return with_marks(row, lambda marks: tuple(map(called, marks)))

    return replace(
        filing,
        table1=tuple(map(renumbered, filing.table1)),
        table2=tuple(map(renumbered, filing.table2)),
        footnotes=tuple(replace(note, id=called(note.id)) for note in filing.footnotes),
    )
