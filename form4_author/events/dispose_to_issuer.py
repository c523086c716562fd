"""Securities sold or given back to the issuer."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, always
from form4_author.events.one_line import of_one_line
from form4_author.events.targets import lines, noted
from form4_author.plan.entries.dispose_to_issuer import DisposeToIssuer
from form4_author.plan.yaml_text import Key


def write(entry: DisposeToIssuer, key: Key, writer: Writer) -> None:
    """A disposition of each holder's, with the approval that exempts it."""
    facts = {"approved_by": entry.approved_by} if entry.approved_by else {}
    note = writer.note("approved", (*key, "approved_by") if entry.approved_by else key, **facts)
    for _, draft in lines(entry.dispose_to_issuer, entry, "dispose_to_issuer", key, writer, letter="D", code="D"):
        writer.line(noted(draft, note, key))


EVENT = Event(
    lines="For each holder code D, D, at the price paid.",
    source="17 CFR 240.16b-3(e)",
    example="{date: 11/18/2026, dispose_to_issuer: common, amount: 3000, price: 30.90, "
    "approved_by: the compensation committee}",
    write=write,
    recognise=of_one_line("dispose_to_issuer", "D", "D"),
    gives_notes=always,
)
