"""An exercise, conversion or vesting: the derivative's line in Table II and the shares' line in Table I.

Code: PLN011 keys that don't go together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from form4_author.events import keys
from form4_author.events.drafting import priced, received_of, with_half, write_withheld
from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Event, Found
from form4_author.events.written import Scribe, WrittenEntry
from form4_author.filing import ABSENT, Row, Value
from form4_author.filing.derivation import times
from form4_author.filing.numbers import plain
from form4_author.plan.entries.exercise import Exercise
from form4_author.plan.entries.shared import NOTES_OF_TABLE_2
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import TRANSACTION_CODES, delivers, says_owed, says_put

#: The columns on which one footnote may stand on the lines of both tables.
_BOTH_TABLES = frozenset(
    {
        *("title", "date", "deemed_execution_date", "code", "early", "amount", "acquired_or_disposed"),
        *("balance", "ownership", "nature"),
    }
)


def write(entry: Exercise, key: Key, writer: Writer) -> None:
    """The derivative's line in Table II, the shares' line in Table I, and shares withheld, if any."""
    security = writer.security(entry.exercise, (*key, "exercise"))
    if security is None:
        return
    underlying = received_of(entry.exercise, security, (*key, "exercise"), writer, "be exercised into one")
    if underlying is None:
        return
    shares = writer.amount(entry.amount, (*key, "amount"))
    if security.ratio != 1:
        shares = Value(plain(entry.amount.decimal * security.ratio), shares.origin)
    writer.line(_given_up(entry, key, security, shares, writer))
    received = _received(entry, key, security, underlying, shares, writer)
    line = with_half(received, entry.table_1, (*key, "table_1"), writer)
    writer.line(line)
    if entry.withheld is not None:
        came_in = line.amount.number if line.letter == "A" else Decimal(0)
        kept = replace(received, notes=(), given=())
        write_withheld(entry.withheld, (*key, "withheld"), kept, came_in, writer)


def _given_up(entry: Exercise, key: Key, security: Security, shares: Value, writer: Writer) -> Draft:
    """The derivative's line."""
    draft = Draft(
        key=key,
        security=entry.exercise,
        security_key=(*key, "exercise"),
        dated=entry,
        code=Value(entry.code, writer.origin((*key, "code"))),
        letter="A" if security.owed else "D",
        amount=writer.amount(entry.amount, (*key, "amount")),
        price=Value("0", writer.origin(key)),
        underlying=shares,
        ownership=entry.ownership,
        ownership_key=(*key, "ownership"),
        notes=((entry.notes.model_copy(update={"price": []}), (*key, "notes")),),
        derived=(
            ("acquired_disposed", f"code {entry.code}, {_position(security)}"),
            ("underlying_shares", times(entry.amount.decimal, security.ratio)),
            ("price_per_share", "nothing is paid for the derivative security"),
        ),
    )
    return with_half(draft, entry.table_2, (*key, "table_2"), writer)


def _position(security: Security) -> str:
    kind = "put" if security.is_put else "derivative security"
    return f"the {kind} that was written" if security.owed else f"the {kind}"


def _received(entry: Exercise, key: Key, security: Security, name: str, shares: Value, writer: Writer) -> Draft:
    """The line of the shares received, or delivered, of the security of that name."""
    price = ABSENT
    cost = security.exercise_price.amount if security.exercise_price else None
    shared = entry.notes.model_copy(update={column: [] for column in NOTES_OF_TABLE_2})
    delivered = delivers(is_put=security.is_put, owed=security.owed)
    done = f"delivered by {_position(security)}" if delivered else "received"
    derived = [
        ("acquired_disposed", f"code {entry.code}, the securities {done}"),
        ("shares", times(entry.amount.decimal, security.ratio)),
    ]
    if "price" not in entry.model_fields_set and cost is not None:
        derived.append(("price_per_share", f"the exercise price of {entry.exercise}"))
        price = writer.amount(cost, ("securities", entry.exercise, "exercise_price"))
    draft = Draft(
        key=key,
        security=name,
        security_key=("securities", entry.exercise, "underlying"),
        dated=entry,
        code=Value(entry.code, writer.origin((*key, "code"))),
        letter="D" if delivered else "A",
        amount=shares,
        price=price,
        ownership=entry.ownership,
        ownership_key=(*key, "ownership"),
        notes=((shared, (*key, "notes")),),
        derived=tuple(derived),
    )
    return priced(draft, entry.price, (*key, "price"), writer) if "price" in entry.model_fields_set else draft


def joins(stock: Row, option: Row, scribe: Scribe) -> bool:
    """Whether an exercise writes these two lines."""
    code = TRANSACTION_CODES.get(option.code.text)
    if code is None or not code.exercise or not keys.same_event(stock, option):
        return False
    security = scribe.security(option)
    shares = keys.derived_underlying(security, option.shares.text)
    price_follows = bool(security.price) or bool(stock.price_per_share)
    return (
        (stock.acquired_disposed.text, option.acquired_disposed.text) == _letters(option)
        and scribe.ownership(stock) == scribe.ownership(option)
        and security.underlying == scribe.security(stock).name
        and bool(shares)
        and stock.shares.text == shares
        and bool(option.price_per_share.text)
        and not option.underlying_value
        and price_follows
    )


def _letters(option: Row) -> tuple[str, str]:
    """The letters of the two lines, by what the derivative's title says of it."""
    title = option.security_title.text
    owed = says_owed(title)
    return "D" if delivers(is_put=says_put(title), owed=owed) else "A", "A" if owed else "D"


def recognise(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> Found | None:
    """A line of each table that are one exercise, and the line of shares withheld for it where that comes next."""
    if not (table1 and table2 and joins(table1[0], table2[0], scribe)):
        return None
    stock, *after = table1
    withheld = after[0] if after and _is_withheld(stock, after[0], scribe) else None
    entry = _written(stock, table2[0], withheld, scribe)
    return Found(entry, table1=1 if withheld is None else 2, table2=1)


def _is_withheld(stock: Row, after: Row, scribe: Scribe) -> bool:
    came_in, kept = stock.shares.number, after.shares.number
    return (
        (after.code.text, after.acquired_disposed.text) == ("F", "D")
        and keys.same_event(stock, after, code=False)
        and scribe.ownership(stock) == scribe.ownership(after)
        and scribe.security(stock) is scribe.security(after)
        and came_in is not None
        and kept is not None
        and kept <= came_in
    )


def _written(stock: Row, option: Row, withheld: Row | None, scribe: Scribe) -> WrittenEntry:
    derivative = scribe.security(option)
    one, two = scribe.marks(stock), scribe.marks(option)
    code = {} if option.code.text == "M" else {"code": option.code.text}
    data = keys.dated(option) | {"exercise": derivative.name} | code | {"amount": option.shares.text}
    if stock.price_per_share and stock.price_per_share.text != derivative.price:
        data["price"] = stock.price_per_share.text or "none"
    data |= keys.owned_as(option, scribe) | keys.marked(option, scribe.form)
    both = {name: marks for name, marks in one.items() if name in _BOTH_TABLES and marks == two.get(name)}
    shared = both | {name: marks for name, marks in one.items() if name == "price"}
    second: dict[str, Any] = {} if option.price_per_share.text == "0" else {"price": option.price_per_share.text}
    second |= keys.underlying(option, derivative, option.shares.text)
    comments: dict[Key, str] = {}
    data |= keys.half("table_2", option, second, keys.without(two, both), scribe, comments)
    data |= keys.half("table_1", stock, {}, keys.without(one, shared), scribe, comments)
    if withheld is not None:
        own = {"amount": withheld.shares.text}
        if withheld.price_per_share.text:
            own["price"] = withheld.price_per_share.text
        data |= keys.half("withheld", withheld, own, scribe.marks(withheld), scribe, comments)
    return WrittenEntry(data | keys.notes(shared), comments)


EVENT = Event(
    lines="In Table II the derivative's, code M (or `code`), D, at 0; in Table I the shares', the same code, A, at the "
    "exercise price; with `withheld` also code F, D, of the shares kept back. D in Table I for a put held or a call "
    "written, and A in Table II for what was written.",
    source="17 CFR 240.16b-3(d), (e); 240.16b-6(b) for code X, O or C",
    example="{date: 11/18/2026, exercise: option, amount: 1000}",
    write=write,
    recognise=recognise,
    joins=joins,
)
