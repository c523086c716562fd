"""A transfer under a domestic relations order."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.events.no_line import move
from form4_author.plan.entries.domestic_relations import DomesticRelations
from form4_author.plan.yaml_text import Key


def write(entry: DomesticRelations, key: Key, writer: Writer) -> None:
    """Moves the balance; writes no line."""
    received = bool(entry.received)
    done = "received" if received else "transferred"
    done += " under a domestic relations order (Rule 16a-12)"
    move(entry.domestic_relations, entry, "domestic_relations", key, writer, raises=received, done=done)


EVENT = Event(
    lines="None: the balance falls, or rises with `received`, and a footnote on the next amount reported says why.",
    source="17 CFR 240.16a-12",
    example="{date: 9/21/2026, domestic_relations: common, amount: 1200}",
    write=write,
    recognise=never,
)
