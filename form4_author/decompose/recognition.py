"""The lines of a filing -> a plan's entries, each the event that writes exactly these lines, in this order."""

from __future__ import annotations

from collections.abc import Sequence

from form4_author.events.event import Found, all_events
from form4_author.events.written import Scribe, WrittenEntry
from form4_author.filing import Row
from form4_author.filing.alignment import align

#: How surely a line of each table are one entry's: lines that say the same, rather than one that others add up to.
_JOINED, _GATHERED = 1.0, 0.9


def recognised(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> list[WrittenEntry]:
    """The entries that write these lines, in an order that keeps that of each table.

    Lines of both tables that come from one entry hold the two together, as many of them as stand in the same order.
    Between two of them the lines of Table I come first.
    """
    events = all_events()
    gathered = {(id(table1[i]), id(table2[j])) for event in events for i, j in event.gathers(table1, table2, scribe)}

    def together(one: Row, two: Row) -> float:
        if any(event.joins(one, two, scribe) for event in events):
            return _JOINED
        return _GATHERED if (id(one), id(two)) in gathered else 0.0

    def next_entry(some1: Sequence[Row], some2: Sequence[Row]) -> Found:
        found = (event.recognise(some1, some2, scribe) for event in events)
        return next(entry for entry in found if entry is not None)

    joined = [(i, j) for i, j in align(table1, table2, together) if i >= 0 and j >= 0]
    entries: list[WrittenEntry] = []
    i = j = 0
    while i < len(table1) or j < len(table2):
        joined = [(one, two) for one, two in joined if one >= i and two >= j]
        end1, end2 = joined[0] if joined else (len(table1), len(table2))
        if (i, j) == (end1, end2):
            found = next_entry(table1[i:], table2[j:])
        elif i < end1:
            found = next_entry(table1[i:end1], ())
        else:
            found = next_entry((), table2[j:end2])
        entries.append(found.entry)
        i, j = i + found.table1, j + found.table2
    return entries
