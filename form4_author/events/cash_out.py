"""Securities paid out in cash in a merger."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Event, never
from form4_author.events.targets import Target, draft_of, noted, targets, whole
from form4_author.filing import Value
from form4_author.filing.footnote_wording import dollars, long_day
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.cash_out import CashOut
from form4_author.plan.yaml_text import Key


def write(entry: CashOut, key: Key, writer: Writer) -> None:
    """A disposition of each; of an option under water its balance alone."""
    entry = whole(entry, entry.cash_out)
    for target in targets(entry.cash_out, entry, "cash_out", key, writer):
        security = writer.security(target.name, target.name_key)
        if security is None or not target.amount.present:
            continue
        cost = security.exercise_price.amount if security.exercise_price else None
        strike = cost.decimal if cost else Decimal(0)
        if strike >= entry.at.decimal:
            why = (
                f"on {long_day(entry.date.date)}, {grouped(target.number)} cancelled in the merger without payment, "
                f"since the exercise price of ${dollars(strike)} is not below ${dollars(entry.at.decimal)}"
            )
            writer.move(
                target.name, target.ownership, target.ownership_key, change=-target.number, why=why, day=entry.date
            )
            continue
        writer.line(_paid_out(entry, key, target, strike, writer))


def _paid_out(entry: CashOut, key: Key, target: Target, strike: Decimal, writer: Writer) -> Draft:
    paid = entry.at.decimal - strike
    draft = draft_of(target, key, letter="D", code=entry.code, how=f"code {entry.code}, to the issuer", writer=writer)
    how = f"{entry.at.text} - {grouped(strike)}, its exercise price" if strike else "the price in the merger"
    draft = replace(
        draft,
        dated=entry,
        price=Value(plain(paid), writer.origin((*key, "at"))),
        notes=((entry.notes, (*key, "notes")),),
        derived=(*draft.derived, ("price_per_share", how)),
    )
    draft = noted(draft, writer.note("merger", (*key, "at"), at=f"${dollars(entry.at.decimal)}"), key)
    if strike:
        facts = {"at": f"${dollars(entry.at.decimal)}", "strike": f"${dollars(strike)}"}
        draft = noted(draft, writer.note("spread", (*key, "at"), **facts), key, "price")
    return draft


EVENT = Event(
    lines="For each code D, D, at the merger's price, of an option less its exercise price. None for an option under "
    "water: its balance falls to nothing. Of each all that is owned, unless an amount says otherwise.",
    source="17 CFR 240.16b-3(e)",
    example="{date: 11/18/2026, cash_out: [option, rsu], at: 42.00}",
    write=write,
    recognise=never,
)
