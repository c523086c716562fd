"""Small purchases: deferred while those of six months stay small, reported at once from the one that passes the limit.

Codes: PLN001 what a small purchase must say, PLN011 keys that don't go together.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from form4_author.days.months import six_months_before
from form4_author.events.drafting import priced, with_cells
from form4_author.events.drafts import Writer
from form4_author.events.targets import noted
from form4_author.filing import Value
from form4_author.filing.footnote_wording import dollars
from form4_author.plan.entries.purchase import Purchase
from form4_author.plan.entries.shared import Balance
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes.limits import SMALL_ACQUISITIONS


class _Bought(Struct, frozen=True):
    """What a purchase came to in dollars, and when."""

    day: date
    worth: Decimal


def write_small(entry: Purchase, key: Key, writer: Writer) -> None:
    """A line for each purchase: L while what was bought within six months stays within the limit, then P."""
    if not _is_sound(entry, key, writer):
        return
    bought: list[_Bought] = []
    for index, trade in enumerate(entry.trades):
        at = (*key, "trades", index)
        draft = replace(
            with_cells(entry, key, entry.purchase, (*key, "purchase"), writer),
            key=at,
            dated=entry,
            on=trade.date,
            on_key=(*at, "date"),
            ownership=entry.ownership[0] if entry.ownership else "direct",
            ownership_key=(*key, "ownership"),
            letter="A",
            letter_key=(*key, "purchase"),
            amount=writer.amount(trade.amount, (*at, "amount")),
            notes=((entry.notes, (*key, "notes")), (trade.notes, (*at, "notes"))),
        )
        draft = priced(draft, trade.price, (*at, "price"), writer)
        bought.append(_Bought(trade.date.date, trade.amount.decimal * (draft.price.number or Decimal(0))))
        since = six_months_before(trade.date.date)
        total = sum((one.worth for one in bought if since < one.day), Decimal(0))
        within = total <= SMALL_ACQUISITIONS
        how = "no more" if within else "more"
        how = f"a purchase; ${dollars(total)} within six months, {how} than ${dollars(SMALL_ACQUISITIONS)}"
        draft = replace(
            draft,
            code=Value("L" if within else "P", writer.origin(at)),
            derived=(("acquired_disposed", how),),
        )
        if not within:
            draft = noted(draft, writer.note("no_longer_small", at, total=f"${dollars(total)}"), at)
        writer.line(draft)


def _is_sound(entry: Purchase, key: Key, writer: Writer) -> bool:
    """Whether the entry can be written; a finding where it can't."""
    if writer.security(entry.purchase, (*key, "purchase")) is None:
        return False
    if not entry.small or not entry.trades:
        missing = "trades" if entry.small else "small"
        way_out = "trades: [{date: 2026-07-06, amount: 100, price: 31}]" if entry.small else "small: yes"
        writer.refuse("PLN001", f"{missing} is missing: small purchases say both", key, f"Write {way_out}")
        return False
    told = sorted(entry.model_fields_set & ({"date", "amount", "all", "price", "fills"} | set(Balance.model_fields)))
    if told:
        message = f"{told[0]} is of one purchase, and trades tells of several"
        writer.refuse("PLN011", message, (*key, told[0]), "Say it in trades, or delete it.")
        return False
    if len(entry.ownership) > 1:
        message = "small purchases are one holder's: those of six months are added up"
        writer.refuse("PLN011", message, (*key, "ownership"), "Write an entry for each holder.")
        return False
    days = [trade.date.date for trade in entry.trades]
    late = next((index for index in range(1, len(days)) if days[index] < days[index - 1]), None)
    if late is not None:
        message = f"this purchase of {days[late]} stands behind one of {days[late - 1]}"
        writer.refuse("PLN011", message, (*key, "trades", late, "date"), "Put them into the order of their dates.")
        return False
    return True


def is_small(entry: Purchase) -> bool:
    """True for an entry that speaks of small purchases."""
    return entry.small is not None or bool(entry.trades)
