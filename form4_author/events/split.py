"""A stock split or stock dividend."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.events.rounding import to_whole
from form4_author.filing.footnote_wording import long_day
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.split import Split
from form4_author.plan.scalars import Amount
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key

_FOUR = Decimal("0.0001")


def write(entry: Split, key: Key, writer: Writer) -> None:
    """Every balance of the security and of what is exercised for it; exercise prices the other way."""
    if writer.security(entry.split, (*key, "split")) is None:
        return
    if not entry.new.decimal or not entry.old.decimal:
        writer.refuse("PLN011", "a split gives some shares for some", (*key, "new"), "Write new: 2, for: 1")
        return
    why = (
        f"on {long_day(entry.date.date)}, a {grouped(entry.new.decimal)}-for-{grouped(entry.old.decimal)} "
        f"{'reverse ' if entry.new.decimal < entry.old.decimal else ''}split (Rule 16a-9)"
    )
    for name, security in writer.standing_on(entry.split):
        if security.converts is not None:
            writer.adjust(name, _converting(security, entry))
            for ownership, held in writer.holdings(name):
                writer.settle(name, ownership, key, amount=held, why=why, day=entry.date, own=False)
            continue
        if not _spread(name, entry, key, why, writer):
            return
        if security.exercise_price and security.exercise_price.amount:
            writer.adjust(name, _repriced(security, security.exercise_price.amount, entry))


def _spread(name: str, entry: Split, key: Key, why: str, writer: Writer) -> bool:
    """Each balance of one security, times the split; False, and a finding, where a fraction comes out."""
    for ownership, held in writer.holdings(name):
        after = held * entry.new.decimal / entry.old.decimal
        if entry.round:
            after = to_whole(after, entry.round)
        if after != after.quantize(_FOUR):
            message = f"{grouped(held)} of {name} become a fraction, {grouped(after.quantize(_FOUR))} and more"
            writer.refuse("PLN012", message, (*key, "new"), "Write round: down, up or nearest.")
            return False
        own = name == entry.split
        writer.settle(name, ownership, key, amount=after, why=why, day=entry.date, own=own)
    return True


def _repriced(security: Security, before: Amount, entry: Split) -> Security:
    """The security at its exercise price after the split, to four decimals."""
    after = (before.decimal * entry.old.decimal / entry.new.decimal).quantize(_FOUR, ROUND_HALF_UP)
    cost = security.exercise_price
    return security.model_copy(
        update={"exercise_price": cost and cost.model_copy(update={"amount": Amount(plain(after), after)})}
    )


def _converting(security: Security, entry: Split) -> Security:
    """A convertible, each of which converts into more or fewer shares."""
    ratio = security.ratio * entry.new.decimal / entry.old.decimal
    return security.model_copy(update={"underlying_per_unit": Amount(plain(ratio), ratio)})


EVENT = Event(
    lines="None: balances, exercise prices and what stands on the security follow, and a footnote on the next amount "
    "reported of each says why.",
    source="17 CFR 240.16a-9",
    example="{date: 9/15/2026, split: common, new: 2, for: 1}",
    write=write,
    recognise=never,
)
