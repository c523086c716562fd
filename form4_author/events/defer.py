"""Pay that is deferred into units."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace

from form4_author.events.drafting import is_unit
from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.events.targets import lines
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.defer import Defer
from form4_author.plan.scalars import Amount
from form4_author.plan.yaml_text import Key


def write(entry: Defer, key: Key, writer: Writer) -> None:
    """An acquisition of units, their number from the dollars deferred."""
    derived: tuple[tuple[str, str], ...] = ()
    if entry.dollars is not None:
        if entry.amount is not None:
            writer.refuse("PLN011", "dollars and amount say the same thing", (*key, "dollars"), "Keep one of them.")
            return
        price = entry.price if isinstance(entry.price, Amount) else None
        if price is None or not price.decimal:
            writer.refuse("PLN001", "price is missing: what one unit cost", key, "Write price: in dollars, above zero.")
            return
        units = (entry.dollars.decimal / price.decimal).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        derived = (("shares", f"${grouped(entry.dollars.decimal)} / {price.text}, to four decimals"),)
        entry = entry.model_copy(update={"amount": Amount(plain(units), units)})
    for target, draft in lines(entry.defer, entry, "defer", key, writer, letter="A", code="A"):
        security = writer.security(target.name, target.name_key)
        if security is None or not is_unit(target.name, security, target.name_key, writer, "pay is deferred into"):
            return
        writer.line(replace(draft, derived=(*draft.derived, *derived)))


EVENT = Event(
    lines="In Table II code A, A, at the price, of the units.",
    source="17 CFR 240.16b-3(d)",
    example="{date: 11/18/2026, defer: unit, dollars: 25000, price: 31.15}",
    write=write,
    recognise=never,
)
