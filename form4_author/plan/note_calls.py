"""Footnotes as a plan refers to them: by name, or said by their facts, as `{vests: in four equal annual parts}`.

Code: PLN003 a footnote that is neither.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Struct
from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

from form4_author.plan.note_kinds import NOTE_KINDS, schema_of
from form4_author.plan.scalars import refuse, text

NONE = "none"
"""Stands for a footnote's name where an event's own footnotes are left out."""


class NoteCall(Struct, frozen=True):
    """A footnote said by its facts.

    Attributes:
        kind: which one, by its name in `NOTE_KINDS` or in a firm's library.
        facts: its facts by name, as written.
        name: the name that the plan gives it; empty without one.
        path: the keys below the footnote's own place, under which its facts stand.
    """

    kind: str
    facts: tuple[tuple[str, str], ...]
    name: str = ""
    path: tuple[str, ...] = ()


NoteRef = str | NoteCall
"""A footnote's name, or the footnote said by its facts."""


def note_ref(value: Any) -> NoteRef:
    """Read a footnote's name, or a mapping of its facts: of one key, or of those of a kind that has several."""
    if isinstance(value, NoteCall):
        return value
    if not isinstance(value, dict):
        return text(what="a name")(value)
    kind = next((kind for kind in NOTE_KINDS.values() if kind.told_by in value), None)
    if kind is not None and not isinstance(value[kind.told_by], dict):
        return NoteCall(kind.name, _facts(value))
    if len(value) == 1:
        ((name, within),) = value.items()
        if isinstance(within, dict):
            inner = next((kind for kind in NOTE_KINDS.values() if kind.told_by in within), None)
            if inner is not None and name not in NOTE_KINDS:
                return NoteCall(inner.name, _facts(within), name, (name,))
            return NoteCall(name, _facts(within), "", (name,))
        return NoteCall(name, _facts(value))
    raise refuse(
        "PLN003",
        "a footnote is a name, or one kind of footnote with its facts",
        "Write the name of a footnote under footnotes:, or its kind, as {vests: in four equal annual parts}.",
    )


def _facts(value: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    if any(not isinstance(fact, str) for fact in value.values()):
        raise refuse("PLN003", "the facts of a footnote are texts, numbers and dates", "Write each as key: value.")
    return tuple(value.items())


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Notes = Annotated[
    list[Annotated[NoteRef, PlainValidator(note_ref), WithJsonSchema(schema_of(NOTE_KINDS))]], BeforeValidator(_listed)
]
"""The footnote or footnotes on one cell."""
