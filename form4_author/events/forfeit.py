"""A forfeiture to the issuer."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.events.targets import lines, noted
from form4_author.filing.footnote_wording import long_day
from form4_author.filing.numbers import grouped
from form4_author.plan.entries.forfeit import Forfeit
from form4_author.plan.yaml_text import Key


def write(entry: Forfeit, key: Key, writer: Writer) -> None:
    """A disposition at no price of stock; of units and options the balance alone."""
    note = writer.note("forfeited", (*key, "of"), of=entry.of)
    found = lines(entry.forfeit, entry, "forfeit", key, writer, letter="D", code="D", price="nothing is paid for it")
    for target, draft in found:
        security = writer.security(target.name, target.name_key)
        if security is None or not security.derivative:
            writer.line(noted(draft, note, key))
            continue
        why = f"on {long_day(entry.date.date)}, {grouped(target.number)} forfeited (Rule 16a-4(d))"
        writer.move(target.name, target.ownership, target.ownership_key, change=-target.number, why=why, day=entry.date)


EVENT = Event(
    lines="In Table I code D, D, at 0, of stock that was reported at grant. None of units and options: the balance "
    "falls, and a footnote on the next amount reported says why.",
    source="17 CFR 240.16b-3(e) for stock; 240.16a-4(d) for what was never more than a right",
    example="{date: 11/18/2026, forfeit: common, amount: 4000, of: unvested restricted stock}",
    write=write,
    recognise=never,
)
