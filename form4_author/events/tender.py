"""Shares tendered in an offer, or given up in a merger."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, always
from form4_author.events.one_line import of_one_line
from form4_author.events.targets import lines, noted
from form4_author.plan.entries.tender import Tender
from form4_author.plan.yaml_text import Key


def write(entry: Tender, key: Key, writer: Writer) -> None:
    """A disposition of each holder's."""
    facts = {"to": entry.to} if entry.to else {}
    note = writer.note("tendered", (*key, "to") if entry.to else key, **facts)
    for _, draft in lines(entry.tender, entry, "tender", key, writer, letter="D", code="U"):
        writer.line(noted(draft, note, key))


EVENT = Event(
    lines="For each holder code U, D, at the price of the offer.",
    source="Form 4, General Instruction 8, code U",
    example="{date: 11/18/2026, tender: common, all: yes, price: 42.00, to: Example Acquisition Corp.}",
    write=write,
    recognise=of_one_line("tender", "U", "D"),
    gives_notes=always,
)
