"""The tables of events and of footnotes in docs/plan.md, from their registries: `python -m tests.events_table`."""

from __future__ import annotations

import sys

from form4_author.events.catalogue import summary
from form4_author.events.event import event_of
from form4_author.plan import note_pages
from form4_author.plan.entries import EVENTS
from form4_author.plan.note_kinds import NoteKind


def table() -> str:
    """A line for each event, in the registry's order."""
    rows = [f"| `{kind.name}` | {summary(kind)} | {event_of(kind).lines} |\n" for kind in EVENTS]
    return "".join(["| key | what it says | lines |\n|---|---|---|\n", *rows])


def notes() -> str:
    """A line for each kind of footnote: those that an author writes, and those that events and securities give."""
    written = [kind for kind in note_pages.all_notes() if kind.written]
    given = [kind for kind in note_pages.all_notes() if not kind.written]
    return "".join(
        [
            "| you write | it says |\n|---|---|\n",
            *(f"| `{note_pages.call(kind)}` | {note_pages.text(kind)} |\n" for kind in written),
            "\n| given by an event or a security | it says |\n|---|---|\n",
            *(_named(kind) for kind in given),
        ]
    )


def _named(kind: NoteKind) -> str:
    return f"| `{kind.name}` | {note_pages.text(kind)} |\n"


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n{notes()}")
