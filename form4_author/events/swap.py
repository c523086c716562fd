"""An equity swap, opened or closed."""

from __future__ import annotations

from decimal import Decimal

from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Event, never
from form4_author.events.targets import noted
from form4_author.filing import Value
from form4_author.filing.footnote_wording import dollars
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.swap import Swap
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key


def write(entry: Swap, key: Key, writer: Writer) -> None:
    """A purchase when a long swap is opened, a sale when it is closed; the other way round for a short one."""
    security = writer.security(entry.swap, (*key, "swap"))
    if security is None:
        return
    if security.swap is None:
        hint = "Under securities: give it swap: {reference_price: 31.20, settles: cash, expires: 2028-11-17}"
        writer.refuse("PLN011", f"{entry.swap} has no terms of a swap", (*key, "swap"), hint)
        return
    if (entry.open is None) == (entry.close is None):
        writer.refuse("PLN011", "a swap is opened or closed", key, "Write open: or close: with the number of shares.")
        return
    if entry.open is not None and entry.at is not None:
        message = "at is the price at which a swap is closed, and this one is opened"
        writer.refuse("PLN011", message, (*key, "at"), "Write close: instead of open:, or delete at.")
        return
    if entry.close is not None and entry.at is None:
        writer.refuse("PLN001", "at is missing: the price at which the swap is closed", key, "Write at: in dollars.")
        return
    writer.line(_line(entry, key, security, security.swap.reference_price.decimal, writer))


def _line(entry: Swap, key: Key, security: Security, reference: Decimal, writer: Writer) -> Draft:
    opened = entry.open is not None
    bought = opened != security.owed
    code = entry.code or ("P" if bought else "S")
    price, how = Decimal(0), "nothing is paid when a swap is opened"
    if entry.at is not None and not opened:
        gain = entry.at.decimal - reference
        price = -gain if security.owed else gain
        how = f"{entry.at.text} - {grouped(reference)}, the reference price"
        if security.owed:
            how = f"{grouped(reference)}, the reference price, - {entry.at.text}"
    draft = Draft(
        key=key,
        security=entry.swap,
        security_key=(*key, "swap"),
        dated=entry,
        code=Value(code, writer.origin((*key, "code"))),
        letter="A" if bought else "D",
        amount=writer.amount(entry.open or entry.close, (*key, "open" if opened else "close")),
        price=Value(plain(abs(price)), writer.origin(key)),
        ownership=entry.ownership,
        ownership_key=(*key, "ownership"),
        notes=((entry.notes, (*key, "notes")),),
        derived=(("acquired_disposed", f"a swap that is {'opened' if opened else 'closed'}"), ("price_per_share", how)),
    )
    if price < 0:  # the form's price has no sign, so that only a footnote tells a loss from a gain
        draft = noted(draft, writer.note("swap_loss", (*key, "at"), loss=f"${dollars(-price)}"), (*key, "at"), "price")
    return draft


EVENT = Event(
    lines="In Table II, marked K: opened, code P, A, at 0; closed, code S, D, at the price less the reference price. A "
    "short one S, D and P, A.",
    source="17 CFR 240.16a-1(c); Form 4, General Instruction 8, code K",
    example="{date: 11/18/2026, swap: swap, open: 50000}",
    write=write,
    recognise=never,
)
