"""What a kind of entry is to the filing: how it writes its lines, and how it knows them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Generic, TypeVar

from msgspec import Struct

from form4_author.events.drafts import Writer
from form4_author.events.written import Scribe, WrittenEntry
from form4_author.filing import Row
from form4_author.plan.entries import EntryKind, all_kinds
from form4_author.plan.entries.shared import Entry
from form4_author.plan.yaml_text import Key

EntryT = TypeVar("EntryT", bound=Entry)


class Found(Struct, frozen=True):
    """The entry that an event made of a filing's lines, and how many of each table it stands for."""

    entry: WrittenEntry
    table1: int = 0
    table2: int = 0


def one_line(row: Row, entry: WrittenEntry) -> Found:
    """The entry of a single line."""
    return Found(entry, table2=1) if row.derivative else Found(entry, table1=1)


def _nowhere(_table1: Sequence[Row], _table2: Sequence[Row], _scribe: Scribe) -> Iterable[tuple[int, int]]:
    return ()


def never(_table1: Sequence[Row], _table2: Sequence[Row], _scribe: Scribe) -> Found | None:
    """No line of a filing says that it was this event: its lines come back as they stand."""
    return None


def _never(_one: Row, _two: Row, _scribe: Scribe) -> bool:
    return False


def _gives_none(_entry: Mapping[str, Any]) -> bool:
    return False


def always(_entry: Mapping[str, Any]) -> bool:
    """Whatever the entry says."""
    return True


class Event(Struct, Generic[EntryT], frozen=True, kw_only=True):
    """One kind of entry. Its module bears the kind's name and holds it as `EVENT`.

    Attributes:
        lines: the lines it writes, in words.
        source: the rules that say so.
        example: an entry, as its author writes it.
        write: writes the lines of an entry that stands at a key path.
        recognise: the entry that writes exactly the first of the lines given, in this order; None where there is none.
            Given are the next lines of one table, up to those that are joined; or all that follow in both, where some
            event `joins` or `gathers` the first of each.
        joins: whether a line of Table I and one of Table II come from one such entry; never where it has lines in
            one table alone.
        gathers: where a line of Table I stands for several of Table II: its index, and that of the first of them.
        gives_notes: whether an entry that is recognised would give footnotes that its lines may not have, by its keys.
    """

    lines: str
    source: str
    example: str
    write: Callable[[EntryT, Key, Writer], None]
    recognise: Callable[[Sequence[Row], Sequence[Row], Scribe], Found | None]
    joins: Callable[[Row, Row, Scribe], bool] = _never
    gathers: Callable[[Sequence[Row], Sequence[Row], Scribe], Iterable[tuple[int, int]]] = _nowhere
    gives_notes: Callable[[Mapping[str, Any]], bool] = _gives_none


@cache
def event_of(kind: EntryKind) -> Event[Any]:
    """The event of a kind, from the module of its name: the registry is the only list of them."""
    event: Event[Any] = import_module(f"form4_author.events.{kind.name}").EVENT
    return event


def all_events() -> list[Event[Any]]:
    """All of them, in the order in which lines are tried."""
    return [event_of(kind) for kind in all_kinds()]
