"""Shares bought under an employee stock purchase plan."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.events.no_line import move
from form4_author.plan.entries.espp import Espp
from form4_author.plan.yaml_text import Key


def write(entry: Espp, key: Key, writer: Writer) -> None:
    """Moves the balance; writes no line."""
    move(
        entry.espp,
        entry,
        "espp",
        key,
        writer,
        raises=True,
        done="acquired under a tax-qualified employee stock purchase plan (Rule 16b-3(c))",
    )


EVENT = Event(
    lines="None: the balance rises, and a footnote on the next amount reported says why.",
    source="17 CFR 240.16b-3(c)",
    example="{date: 10/30/2026, espp: common, amount: 212.437}",
    write=write,
    recognise=never,
)
