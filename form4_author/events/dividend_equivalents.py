"""Units credited as dividend equivalents."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.events.no_line import move
from form4_author.plan.entries.dividend_equivalents import DividendEquivalents
from form4_author.plan.yaml_text import Key


def write(entry: DividendEquivalents, key: Key, writer: Writer) -> None:
    """Moves the balance; writes no line."""
    move(
        entry.dividend_equivalents,
        entry,
        "dividend_equivalents",
        key,
        writer,
        raises=True,
        done="credited as dividend equivalents (Rule 16a-11)",
    )


EVENT = Event(
    lines="None: the balance rises, and a footnote on the next amount reported says why.",
    source="17 CFR 240.16a-11",
    example="{date: 10/15/2026, dividend_equivalents: rsu, amount: 61.25}",
    write=write,
    recognise=never,
)
