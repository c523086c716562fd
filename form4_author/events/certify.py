"""Performance shares that were earned."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.events.rounding import to_whole
from form4_author.events.targets import lines, noted
from form4_author.filing.footnote_wording import long_day
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.certify import Certify
from form4_author.plan.scalars import Amount, Day
from form4_author.plan.yaml_text import Key


def write(entry: Certify, key: Key, writer: Writer) -> None:
    """An acquisition of what was earned, at no price."""
    earned = entry.target.decimal * entry.earned.of_one
    how = f"{grouped(entry.target.decimal)} x {entry.earned.text}"
    if entry.amount is None:
        if earned != to_whole(earned, "down"):
            writer.refuse(
                "PLN012",
                f"{how} is {grouped(earned)}, no whole number of shares",
                (*key, "earned"),
                f"Write amount: with what was certified, as in amount: {grouped(to_whole(earned, 'down'))}",
            )
            return
        entry = entry.model_copy(update={"amount": Amount(plain(earned), earned)})
        derived = [("shares", how)]
    else:
        derived = []
        if abs(entry.amount.decimal - earned) >= Decimal(1):
            writer.refuse(
                "PLN011",
                f"the amount {grouped(entry.amount.decimal)} is not what was earned: {how} = {grouped(earned)}",
                (*key, "amount"),
                "Correct the amount, the target or what was earned.",
            )
    facts = {"target": grouped(entry.target.decimal), "earned": entry.earned.text}
    if entry.vests is not None:
        facts["vests"] = f"on {long_day(entry.vests.date)}" if isinstance(entry.vests, Day) else entry.vests
    note = writer.note("earned", key, **facts)
    found = lines(entry.certify, entry, "certify", key, writer, letter="A", code="A", price="an award has no price")
    for _, draft in found:
        writer.line(noted(replace(draft, derived=(*draft.derived, *derived)), note, key))


EVENT = Event(
    lines="Code A, A, at 0, of what was earned of the target.",
    source="17 CFR 240.16b-3(d); an award that depends on performance is acquired when that is met",
    example="{date: 11/18/2026, certify: common, target: 6000, earned: 140%, vests: 2027-02-15}",
    write=write,
    recognise=never,
)
