"""The table of events in docs/plan.md, from the registry: `python -m tests.events_table`."""

from __future__ import annotations

import sys

from form4_author.events.catalogue import summary
from form4_author.events.event import event_of
from form4_author.plan.entries import EVENTS


def table() -> str:
    """A line for each event, in the registry's order."""
    rows = [f"| `{kind.name}` | {summary(kind)} | {event_of(kind).lines} |\n" for kind in EVENTS]
    return "".join(["| key | what it says | lines |\n|---|---|---|\n", *rows])


if __name__ == "__main__":
    sys.stdout.write(table())
