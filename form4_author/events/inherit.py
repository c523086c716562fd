"""An inheritance."""

from __future__ import annotations

from msgspec.structs import replace

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, always
from form4_author.events.one_line import of_one_line
from form4_author.events.targets import lines, noted
from form4_author.plan.entries.inherit import Inherit
from form4_author.plan.yaml_text import Key


def write(entry: Inherit, key: Key, writer: Writer) -> None:
    """An acquisition of each holder's at no price, earlier than it need be reported unless said otherwise."""
    facts = {"source": entry.source} if entry.source else {}
    note = writer.note("inherited", (*key, "from") if entry.source else key, **facts)
    dated = entry if entry.early is not None else entry.model_copy(update={"early": True})
    for _, draft in lines(
        entry.inherit, entry, "inherit", key, writer, letter="A", code="W", price="nothing is paid for an inheritance"
    ):
        writer.line(noted(replace(draft, dated=dated), note, key))


EVENT = Event(
    lines="For each holder code W, A, at 0, reported early (V) where a Form 4 reports it.",
    source="17 CFR 240.16b-5; 240.16a-3(f)(1)",
    example="{date: 11/18/2026, inherit: common, amount: 3000, from: the estate of the reporting person's mother}",
    write=write,
    recognise=of_one_line("inherit", "W", "A", free=True, early=True),
    gives_notes=always,
)
