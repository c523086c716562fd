"""A grant or award."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event
from form4_author.events.one_line import of_one_line
from form4_author.events.targets import lines, noted
from form4_author.plan.entries.grant import Grant
from form4_author.plan.yaml_text import Key


def write(entry: Grant, key: Key, writer: Writer) -> None:
    """An acquisition at no price; of stock with its vesting, where that is said."""
    found = lines(entry.grant, entry, "grant", key, writer, letter="A", code="A", price="an award has no price")
    for target, draft in found:
        security = writer.security(target.name, target.name_key)
        said = security is not None and security.award is not None
        if entry.vests is None or said:
            writer.line(draft)
        elif security is not None and security.derivative:
            note = writer.note("vests", (*key, "vests"), vests=entry.vests)
            writer.line(noted(draft, note, (*key, "vests"), "exercisable"))
        else:
            note = writer.note("restricted", (*key, "vests"), vests=entry.vests)
            writer.line(noted(draft, note, (*key, "vests")))


EVENT = Event(
    lines="Code A, A, at 0: in Table I of stock, in Table II of units and options.",
    source="17 CFR 240.16b-3(d)",
    example="{date: 11/18/2026, grant: common, amount: 4000, vests: in three equal annual parts from 2027-11-18}",
    write=write,
    recognise=of_one_line("grant", "A", "A", free=True),
)
