"""The lines of a filing -> a plan's entries, each the event that writes exactly these lines, in this order."""

from __future__ import annotations

from collections.abc import Sequence

from form4_author.events.event import Found, all_events
from form4_author.events.written import Scribe, WrittenEntry
from form4_author.filing import Row
from form4_author.filing.alignment import align


def recognised(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> list[WrittenEntry]:
    """The entries that write these lines, in an order that keeps that of each table.

    Lines of both tables that come from one entry hold the two together, as many of them as stand in the same order.
    Between two of them the lines of Table I come first.
    """
    events = all_events()

    def together(one: Row, two: Row) -> float:
        return 1.0 if any(event.joins(one, two, scribe) for event in events) else 0.0

    def next_entry(some1: Sequence[Row], some2: Sequence[Row]) -> Found:
        found = (event.recognise(some1, some2, scribe) for event in events)
        return next(entry for entry in found if entry is not None)

    joined = [(i, j) for i, j in align(table1, table2, together) if i >= 0 and j >= 0]
    entries: list[WrittenEntry] = []
    ends = [*joined, (len(table1), len(table2))]
    for number, ((i, j), (end1, end2)) in enumerate(zip([(0, 0), *joined], ends, strict=True)):
        rows1, rows2 = table1[i:end1], table2[j:end2]
        both = number > 0
        while rows1 or rows2:
            found = next_entry(rows1, rows2 if both or not rows1 else ())
            entries.append(found.entry)
            rows1, rows2, both = rows1[found.table1 :], rows2[found.table2 :], False
    return entries
