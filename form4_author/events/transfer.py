"""A change in the form of ownership alone."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.events.targets import targets
from form4_author.filing.footnote_wording import long_day
from form4_author.filing.numbers import grouped
from form4_author.plan.entries.transfer import Transfer
from form4_author.plan.yaml_text import Key


def write(entry: Transfer, key: Key, writer: Writer) -> None:
    """Moves what is transferred from one balance to the other; writes no line."""
    for target in targets(entry.transfer, entry, "transfer", key, writer):
        if not target.amount.present:
            continue
        if target.ownership == entry.to and entry.all and not entry.ownership:
            continue  # what the receiver has already stays where it is
        if target.ownership == entry.to:
            writer.refuse(
                "PLN011",
                "a transfer is from one form of ownership to another",
                (*key, "to"),
                "Write to: with another holder.",
            )
            continue
        when, many = long_day(entry.date.date), grouped(target.number)
        told = (
            (target.ownership, target.ownership_key, -target.number, "transferred to another form of ownership"),
            (entry.to, (*key, "to"), target.number, "transferred from another form of ownership"),
        )
        for ownership, place, change, done in told:
            why = f"on {when}, {many} {done}, by a change in form alone (Rule 16a-13)"
            writer.move(target.name, ownership, place, change=change, why=why, day=entry.date)


EVENT = Event(
    lines="None: one balance falls and the other rises, and a footnote on the next amount reported of each says why.",
    source="17 CFR 240.16a-13",
    example="{date: 11/18/2026, transfer: common, amount: 5000, to: {indirect: By Family Trust}}",
    write=write,
    recognise=never,
)
