"""A collar."""

from __future__ import annotations

from msgspec.structs import replace

from form4_author.events.drafting import with_half
from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Event, never
from form4_author.events.targets import noted
from form4_author.filing import Value
from form4_author.plan.entries.collar import Collar
from form4_author.plan.yaml_text import Key


def write(entry: Collar, key: Key, writer: Writer) -> None:
    """The put's line and the call's."""
    put = writer.security(entry.collar.buy, (*key, "collar", "buy"))
    call = writer.security(entry.collar.write, (*key, "collar", "write"))
    if put is None or call is None:
        return
    if not put.is_put:
        hint = "Under securities: give it put: yes, or a title that says so."
        writer.refuse("PLN011", f"{entry.collar.buy} is no put", (*key, "collar", "buy"), hint)
        return
    if not call.owed:
        hint = "Under securities: give it short: yes, or a title that says so."
        writer.refuse("PLN011", f"{entry.collar.write} is no call that is written", (*key, "collar", "write"), hint)
        return
    bought = _leg(entry, key, entry.collar.buy, "buy", writer)
    written = replace(
        _leg(entry, key, entry.collar.write, "write", writer),
        code=Value("S", writer.origin(key)),
        letter="D",
        derived=(("acquired_disposed", "the call that is written"),),
    )
    writer.line(with_half(bought, entry.bought, (*key, "bought"), writer))
    writer.line(with_half(written, entry.written, (*key, "written"), writer))


def _leg(entry: Collar, key: Key, name: str, leg: str, writer: Writer) -> Draft:
    price = writer.amount(entry.premium, (*key, "premium"))
    draft = Draft(
        key=key,
        security=name,
        security_key=(*key, "collar", leg),
        dated=entry,
        code=Value("P", writer.origin(key)),
        letter="A",
        amount=writer.amount(entry.amount, (*key, "amount")),
        price=price if price.present else Value("0", writer.origin(key)),
        ownership=entry.ownership,
        ownership_key=(*key, "ownership"),
        notes=((entry.notes, (*key, "notes")),),
        derived=(("acquired_disposed", "the put that is bought"),),
    )
    return noted(draft, writer.note("collar", key), key)


EVENT = Event(
    lines="In Table II the put's, code P, A, and the call's, code S, D, both at the premium, or at 0.",
    source="17 CFR 240.16b-6(a); 240.16a-1(c)",
    example="{date: 11/18/2026, collar: {buy: put, write: call}, amount: 50000, premium: 0}",
    write=write,
    recognise=never,
)
