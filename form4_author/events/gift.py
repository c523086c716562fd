"""A gift: the giver's line and, where the receiver is reported too, the receiver's.

Code: PLN011 keys that don't go together.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from msgspec.structs import replace

from form4_author.events import keys
from form4_author.events.drafting import priced, with_half
from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Event, Found, always
from form4_author.events.targets import Target, draft_of, noted, targets
from form4_author.events.written import Scribe, WrittenEntry
from form4_author.filing import Row
from form4_author.plan.entries.gift import Gift
from form4_author.plan.entries.shared import Balance, LineNotes
from form4_author.plan.lost_words import in_braces
from form4_author.plan.ownership import WORDS, Ownership
from form4_author.plan.scalars import quoted
from form4_author.plan.yaml_text import Key

#: What a footnote of the giver's line says of the receiver's too.
_BOTH_SIDES = ("code", "date", "amount")


def write(entry: Gift, key: Key, writer: Writer) -> None:
    """The giver's line and, where `to` is a holder, the receiver's."""
    found = targets(entry.gift, entry, "gift", key, writer)
    several = [name for name in ("received", *Balance.model_fields) if name in entry.model_fields_set]
    if len(found) > 1 and several:
        message = f"{several[0]} is of one gift, and this entry has several"
        writer.refuse("PLN011", message, (*key, several[0]), "Write an entry for each.")
        return
    reported = entry.to is not None and _is_reported(entry.to, (*key, "to"), writer)
    if reported is None:
        return
    if not reported and "received" in entry.model_fields_set:
        writer.refuse(
            "PLN011",
            "received is about the receiver's line, which only to: writes",
            (*key, "received"),
            "Write to: with the receiver's ownership, where it stays reported; or delete received.",
        )
    if not reported and entry.power is not None:
        message = "power is about a receiver that stays reported, which to: names"
        writer.refuse("PLN011", message, (*key, "power"), "Write to: with a holder's name; or delete power.")
    for target in found:
        if target.ownership == entry.to:
            message = "a gift is to another than its giver"
            writer.refuse("PLN011", message, (*key, "to"), "Write to: with another holder, or in words.")
            return
        given = _given(entry, key, target, writer)
        if entry.to is None:
            writer.line(given)
        elif not reported:
            note = writer.note("donated", (*key, "to"), to=str(entry.to))
            writer.line(noted(given, note, (*key, "to")))
        else:
            _write_both(entry, entry.to, key, given, writer)


def _is_reported(to: Ownership, key: Key, writer: Writer) -> bool | None:
    """Whether the receiver is a holder of the form; None, and a finding, where a word is nearly one's name."""
    if not isinstance(to, str) or to in WORDS or to in writer.holders():
        return True
    near = get_close_matches(to.lower(), [name.lower() for name in writer.holders()], n=1, cutoff=0.75)
    if near:
        name = next(name for name in writer.holders() if name.lower() == near[0])
        writer.refuse("PLN010", f"{quoted(to)} is not defined under ownership_lines", key, f"Did you mean {name}?")
        return None
    if to.lower().startswith("by "):
        hint = f"Write to: {{indirect: {in_braces(to)}}}; or name someone else in words, as to: a charity."
        writer.refuse("PLN007", f"{quoted(to)} is not a form of ownership", key, hint)
        return None
    return False


def _write_both(entry: Gift, to: Ownership, key: Key, given: Draft, writer: Writer) -> None:
    """The giver's line and the receiver's, with what both are."""
    if entry.received.ownership not in (None, to):
        writer.refuse(
            "PLN011",
            "to and received.ownership both tell the receiver's ownership",
            (*key, "received", "ownership"),
            "Keep to: and delete this one.",
        )
    facts = {
        "giver": writer.called(given.ownership, given.ownership_key),
        "receiver": writer.called(to, (*key, "to")),
        "power": entry.power or writer.powers(to),
    }
    note = writer.note("transferred", (*key, "to"), **{name: said for name, said in facts.items() if said})
    writer.line(noted(given, note, (*key, "to")))
    shared = LineNotes(code=entry.notes.code, date=entry.notes.date, amount=entry.notes.amount)
    received = replace(
        given,
        letter="A",
        ownership=to,
        ownership_key=(*key, "to"),
        notes=((shared, (*key, "notes")),),
        derived=(("acquired_disposed", f"code {entry.code}, received"), *given.derived[1:]),
    )
    writer.line(with_half(noted(received, note, (*key, "to")), entry.received, (*key, "received"), writer))


def _given(entry: Gift, key: Key, target: Target, writer: Writer) -> Draft:
    draft = draft_of(target, key, letter="D", code=entry.code, how=f"code {entry.code}, given", writer=writer)
    draft = replace(draft, dated=entry, balance=entry, balance_key=key, notes=((entry.notes, (*key, "notes")),))
    if "price" in entry.model_fields_set:
        return priced(draft, entry.price, (*key, "price"), writer)
    return replace(draft, derived=(*draft.derived, ("price_per_share", "a gift has no price")))


def recognise(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> Found | None:
    """A gift made, in Table I alone, and its receiver's line where that comes next."""
    if table2 or not _is_given(table1[0]):
        return None
    given, *after = table1
    received = after[0] if after and _is_received(given, after[0], scribe) else None
    return Found(_written(given, received, scribe), table1=1 if received is None else 2)


def _is_given(row: Row) -> bool:
    return (
        not row.holding
        and (row.code.text, row.acquired_disposed.text) == ("G", "D")
        and bool(row.shares.text and row.price_per_share)
    )


def _is_received(given: Row, row: Row, scribe: Scribe) -> bool:
    mine, theirs = scribe.marks(given), scribe.marks(row)
    return (
        row.acquired_disposed.text == "A"
        and keys.same_event(given, row)
        and scribe.security(row) is scribe.security(given)
        and row.shares.text == given.shares.text
        and scribe.ownership(row) != scribe.ownership(given)
        and bool(row.price_per_share.text or not given.price_per_share.text)
        and bool(row.price_per_share)
        and all(mine.get(name) in (None, theirs.get(name)) for name in _BOTH_SIDES)
    )


def _written(given: Row, received: Row | None, scribe: Scribe) -> WrittenEntry:
    marks = scribe.marks(given)
    data = keys.dated(given) | {"gift": scribe.security(given).name, "amount": given.shares.text}
    if given.price_per_share.text != "0":
        data["price"] = given.price_per_share.text or "none"
    data |= keys.owned_as(given, scribe)
    if received is not None:
        data["to"] = scribe.ownership(received)
    stated = scribe.balance(given)
    data |= keys.marked(given, scribe.form) | stated.keys
    comments: dict[Key, str] = {(stated.key,): stated.comment} if stated.comment else {}
    if received is not None:
        own = {}
        if received.price_per_share.text != given.price_per_share.text:
            own["price"] = received.price_per_share.text
        shared = {name: marks[name] for name in _BOTH_SIDES if name in marks}
        theirs = keys.without(scribe.marks(received), shared)
        data |= keys.half("received", received, own, theirs, scribe, comments)
    return WrittenEntry(data | keys.notes(marks), comments)


EVENT = Event(
    lines="In Table I, or in Table II where the security is a derivative: the giver's, code G, D, at 0; with `to` a "
    "holder also the receiver's, G, A, at 0.",
    source="17 CFR 240.16b-5; 240.16a-3(g)(1)",
    example="{date: 11/17/2026, gift: common, amount: 500, to: {indirect: By Family Trust}}",
    write=write,
    recognise=recognise,
    gives_notes=always,
)
