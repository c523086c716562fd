"""Footnotes: from the author's names to the form's numbers, given in the order in which one reads the form.

Code: PLN011 two footnotes of one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from form4_author.compose.pen import Pen
from form4_author.compose.wording import called, filled_in, refuse_unknown_facts, with_long_days, words_of
from form4_author.filing import Footnote, Row, Value, form_for
from form4_author.filing.footnote_wording import average_text, divided, dollars
from form4_author.filing.marks import first_uses, with_marks
from form4_author.findings import Finding, Origin, Severity, error
from form4_author.plan.model import Plan
from form4_author.plan.note_calls import NoteCall, NoteRef
from form4_author.plan.note_kinds import NOTE_KINDS
from form4_author.plan.yaml_text import Key

_NOTHING: Mapping[str, str] = MappingProxyType({})


class NotebookEntry(Struct, frozen=True):
    """One footnote as the plan defines it: its text as EDGAR takes it, and the number it must have, if any."""

    text: Value
    number: int | None
    origin: Origin


class Notebook(Struct):
    """The plan's footnotes, and the marks that refer to them."""

    plan: Plan
    pen: Pen
    entries: dict[str, NotebookEntry] = {}
    _calls: dict[str, str] = {}
    _parts: dict[str, tuple[str, ...]] = {}
    _given: set[str] = set()
    _told: set[tuple[str, Key]] = set()

    def read(self) -> None:
        """Take the plan's footnotes in, the texts that the tool writes among them."""
        refuse_unknown_facts(self.plan.library, self.pen)
        for name, note in self.plan.footnotes.items():
            key: Key = ("footnotes", name)
            if (note.text is None) == (note.weighted_average is None):
                self.pen.refuse(
                    "PLN011", f"footnote {name} is either a text or a weighted_average", key, "Keep one of them."
                )
                continue
            average = note.weighted_average
            if average is None:
                text_key = (*key, "text") if (*key, "text") in self.pen.source.places else key
                text = self.pen.text(note.text, text_key)
            else:
                text = Value(average_text(average.low.decimal, average.high.decimal), self.pen.origin(key))
            self._enter(name, text, note.number, self.pen.source.origin(key, of_key=True))

    def marks(
        self, notes: Sequence[NoteRef], key: Key, *, implied: Mapping[str, str] = _NOTHING, texts: bool = False
    ) -> list[Value]:
        """The marks for footnotes referred to at a key path; a finding for each that isn't defined.

        Args:
            notes: their names, or what they say by their facts.
            key: where they are referred to.
            implied: facts that the place implies, as the holder's name.
            texts: a name of several words that isn't defined is the footnote's text.
        """
        marks = []
        for index, note in enumerate(notes):
            place = (*key, index) if (*key, index) in self.pen.source.places else key
            name = self._called(note, place, implied) if isinstance(note, NoteCall) else note
            if texts and name not in self.plan.footnotes and " " in name.strip():
                name = self._written(name, self.pen.text(name, place))
            if name in self._parts:
                marks += [Value(part, self.pen.origin(place)) for part in self._parts[name]]
            elif name and name not in self.plan.footnotes and (name, place) not in self._told:
                self._told.add((name, place))
                self.pen.known(name, self.plan.footnotes, "footnotes", place)
        return marks

    def given(self, kind: str, facts: Mapping[str, str], key: Key) -> list[str]:
        """The name of a footnote that an event or a security gives, of a kind of `NOTE_KINDS`.

        Args:
            kind: which one.
            facts: its facts, as text for people.
            key: the part of the plan that it follows from.
        """
        told = {name: with_long_days(self._plain(name, fact, key)) for name, fact in facts.items()}
        text = words_of(NOTE_KINDS[kind], told, self.plan.library)
        if text not in self.entries:
            self._given.add(text)
        return [self._written(text, Value(text, self.pen.origin(key)))]

    def _plain(self, name: str, fact: str, key: Key) -> str:
        """A fact as EDGAR takes it; it may stand under its own name."""
        if fact.isascii():
            return fact
        own = (*key, name)
        return self.pen.text(fact, own if own in self.pen.source.places else key).text

    def _called(self, call: NoteCall, key: Key, implied: Mapping[str, str]) -> str:
        """The name of a footnote that is said by its facts; empty, and findings, where it can't be told."""
        if (repr(call), key) in self._told:
            return ""
        known = f"{key}{call!r}{sorted(implied.items())}"
        if known not in self._calls:
            text = called(call, key, implied, self.plan.library, self.pen)
            if text is None:
                self._told.add((repr(call), key))
            self._calls[known] = "" if text is None else self._written(text, self.pen.text(text, key), call.name)
        return self._calls[known]

    def _written(self, text: str, value: Value, name: str = "") -> str:
        """The name of a footnote of that text; one name of the plan's own where it gives it one."""
        named = name or text
        if name and name in self.plan.footnotes:
            named = text
        if named not in self._parts:
            self._enter(named, value, None, value.origin)
        return named

    def _enter(self, name: str, text: Value, number: int | None, origin: Origin) -> None:
        """Take a footnote in; one that is too long in parts, where sentences divide it."""
        parts = divided(text.text) if number is None else [text.text]
        if len(parts) > 1:
            message = f"a footnote of {len(text.text):,} characters becomes {len(parts)}, each ended at a sentence"
            source = "EDGAR Ownership XML Technical Specification 3.5"
            self.pen.findings.append(Finding("PLN026", Severity.NOTE, message, origin, source=source))
        names = [name, *(f"{name} ({at})" for at in range(2, len(parts) + 1))]
        self._parts[name] = tuple(names)
        for named, part in zip(names, parts, strict=True):
            self.entries[named] = NotebookEntry(replace(text, text=part), number, origin)

    def weighted_average(self, low: Decimal, high: Decimal, key: Key) -> list[str]:
        """The name of a footnote, made here, on a weighted average price in dollars."""
        text = self.plan.library.get("weighted_average", "")
        text = filled_in(text, {"low": "$" + dollars(low), "high": "$" + dollars(high)}) or average_text(low, high)
        return [self._written(text, Value(text, self.pen.origin(key)))]

    def why(self, said: str) -> list[str]:
        """The name of a footnote, made here, on why an amendment adds a line (Form 4, General Instruction 9)."""
        plain = self.pen.text(said, ("why",))
        whole = f"This line is added by amendment: {plain.text.strip().rstrip('.')}."
        return [self._written(whole, replace(plain, text=whole))]

    def once(self, code: str, message: str, key: Key, hint: str) -> None:
        """Note an error that several lines share, only once."""
        if (message, key) not in self._told:
            self._told.add((message, key))
            self.pen.refuse(code, message, key, hint)

    def number(self, rows: Iterable[Row]) -> tuple[list[Row], list[Footnote]]:
        """The lines with ids in place of names, and the footnotes in their order.

        Footnotes are numbered by first use, reading the form; the same text twice is one footnote. Numbers that the
        plan gives stand; where all are given, the footnotes keep the plan's order. What nothing refers to comes
        last, for the rules to report (specification 5), but what the tool would have given is left out.
        """
        lines = list(rows)
        order = first_uses(lines, form_for(self.plan.form).numbering)
        for name in self._given.difference(order):
            del self.entries[name]
        order += [name for name in self.entries if name not in order]
        numbers = self._numbers(order)
        ids = {name: f"F{number}" for name, number in numbers.items()}
        given = all(entry.number is not None for entry in self.entries.values())
        listed: dict[int, Footnote] = {}
        for name in self.entries if given else sorted(order, key=numbers.__getitem__):
            entry = self.entries[name]
            mark = Value(ids[name], entry.origin)
            listed.setdefault(numbers[name], Footnote(id=mark, text=entry.text, origin=entry.origin))
        in_order = any(entry.number is None for entry in self.entries.values())
        return [_with_ids(row, ids, in_order=in_order) for row in lines], list(listed.values())

    def _numbers(self, order: list[str]) -> dict[str, int]:
        fixed: dict[int, str] = {}
        for name in order:
            number = self.entries[name].number
            if number is None:
                continue
            if number in fixed:
                self.pen.findings.append(
                    error(
                        "PLN011",
                        f"footnotes {fixed[number]} and {name} both have the number {number}",
                        self.entries[name].origin,
                        hint="Give each its own number, or leave the numbers out.",
                    )
                )
            fixed.setdefault(number, name)
        numbers: dict[str, int] = {}
        by_text: dict[str, int] = {}
        free = (number for number in range(1, 10_000) if number not in fixed)
        for name in order:
            entry = self.entries[name]
            if entry.number is not None:
                numbers[name] = entry.number
            else:
                if entry.text.text not in by_text:
                    by_text[entry.text.text] = next(free)
                numbers[name] = by_text[entry.text.text]
        return numbers


def _with_ids(row: Row, ids: Mapping[str, str], *, in_order: bool) -> Row:
    """The line with the ids of its footnotes for their names; two names of one text are one mark.

    Where the numbers are the tool's, the marks of a cell stand in their order, whichever was named first.
    """

    def by_id(marks: tuple[Value, ...]) -> tuple[Value, ...]:
        named = {ids[mark.text]: Value(ids[mark.text], mark.origin) for mark in reversed(marks)}
        kept = list(reversed(named.values()))
        return tuple(sorted(kept, key=lambda mark: int(mark.text.removeprefix("F"))) if in_order else kept)

    return with_marks(row, by_id)
