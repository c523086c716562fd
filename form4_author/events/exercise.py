"""An exercise, conversion or vesting: the derivative's line in Table II and the shares' line in Table I.

Code: PLN011 keys that don't go together.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from form4_author.events import keys
from form4_author.events.drafting import is_expired, priced, received_of, with_half
from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Event, Found
from form4_author.events.proceeds import Came, write_proceeds
from form4_author.events.rounding import to_whole
from form4_author.events.targets import noted, targets
from form4_author.events.written import Scribe, WrittenEntry
from form4_author.filing import ABSENT, Row, Value
from form4_author.filing.derivation import times
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.exercise import Exercise
from form4_author.plan.entries.shared import NOTES_OF_TABLE_2
from form4_author.plan.fills import Fills
from form4_author.plan.ownership import Ownership
from form4_author.plan.scalars import Day
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import TRANSACTION_CODES, delivers, says_owed, says_put

if TYPE_CHECKING:
    from form4_author.executions.windows import Group

#: The columns on which one footnote may stand on the lines of both tables.
_BOTH_TABLES = frozenset(
    {
        *("title", "date", "deemed_execution_date", "code", "early", "amount", "acquired_or_disposed"),
        *("balance", "ownership", "nature"),
    }
)


class _Part(Struct, frozen=True):
    """What is exercised of one security on one day.

    Attributes:
        amount: number of derivative securities.
        how: how that follows, where no one wrote it.
        on: the day, where it is not the entry's own.
    """

    amount: Value
    how: str = ""
    on: Day | None = None

    @property
    def number(self) -> Decimal:
        return self.amount.number or Decimal(0)


class _What(Struct, frozen=True):
    """The derivative security of one holder that is exercised.

    Attributes:
        name: what the plan calls it.
        key: where it is named.
        security: what is said of it.
        ownership: whose it is.
        ownership_key: where that is said.
        amount: how many, where that is told; and how that follows, where no one wrote it.
    """

    name: str
    key: Key
    security: Security
    ownership: Ownership
    ownership_key: Key
    amount: Value = ABSENT
    how: str = ""


class _Batch(Struct, frozen=True):
    """What is exercised together.

    Attributes:
        parts: how many of each security and holder.
        sales: the executions of the shares received.
    """

    parts: Sequence[tuple[_What, _Part]]
    sales: tuple[Group, ...] = ()


def write(entry: Exercise, key: Key, writer: Writer) -> None:
    """The derivatives' lines and the shares' lines, and those of what is withheld, paid out or sold of them."""
    found = [what for what in _whats(entry, key, writer) if _is_sound(entry, key, what, writer)]
    if not _told_of_several(entry, key, found, writer):
        return
    for batch in _batches(entry, key, found, writer):
        came = [_write_one(entry, key, what, part, writer) for what, part in batch.parts]
        write_proceeds(entry, key, came, batch.sales, writer)


def _told_of_several(entry: Exercise, key: Key, found: Sequence[_What], writer: Writer) -> bool:
    """Whether what the entry says once can be said of all that it is of; a finding where it can't."""
    several = entry.exercise.several or len(found) > 1
    said = sorted(entry.model_fields_set & {"table_1", "table_2"})
    if several and said:
        message = f"{said[0]} is about one line, and this entry has several in each table"
        writer.refuse("PLN011", message, (*key, said[0]), "Write an entry for each security and holder.")
        return False
    said = sorted(entry.model_fields_set & {"withheld", "sell", "net"})
    if said and len({(str(what.security.underlying), repr(what.ownership)) for what in found}) > 1:
        message = f"{said[0]} is of one holder's shares of one class, and this entry brings several"
        writer.refuse("PLN011", message, (*key, said[0]), "Write an entry for each security and holder.")
        return False
    return True


def _whats(entry: Exercise, key: Key, writer: Writer) -> list[_What]:
    """Each derivative security of each holder; where the sale tells how many, without that."""
    ((place, name, said), *others) = entry.exercise
    if entry.sell is not None and not others and entry.amount is said is None and not entry.all:
        security = writer.security(name, (*key, "exercise", *place))
        if len(entry.ownership) > 1:
            message = "the sale doesn't tell how many each holder exercised"
            writer.refuse("PLN011", message, (*key, "ownership"), "Write an entry for each.")
            return []
        ownership = entry.ownership[0] if entry.ownership else "direct"
        whole = _What(name, (*key, "exercise", *place), security, ownership, (*key, "ownership")) if security else None
        return [whole] if whole else []
    found = []
    for target in targets(entry.exercise, entry, "exercise", key, writer):
        security = writer.security(target.name, target.name_key)
        if security is not None:
            placed = target.ownership, target.ownership_key
            found.append(_What(target.name, target.name_key, security, *placed, target.amount, target.how))
    return found


def _write_one(entry: Exercise, key: Key, what: _What, part: _Part, writer: Writer) -> Came:
    """The two lines of one derivative security, and what came in by them."""
    shares = part.amount
    if what.security.ratio != 1:
        shares = replace(shares, text=plain(part.number * what.security.ratio))
    writer.line(_given_up(entry, key, what, part, shares, writer))
    received = _received(entry, key, what, part, shares, writer)
    line = with_half(received, entry.table_1, (*key, "table_1"), writer, follows=True)
    writer.line(line)
    return Came(what.name, what.security, line, received)


def _is_sound(entry: Exercise, key: Key, what: _What, writer: Writer) -> bool:
    """Whether the entry can be written; a finding where it can't."""
    if received_of(what.name, what.security, what.key, writer, "be exercised into one") is None:
        return False
    if is_expired(what.name, what.security, entry.date, (*key, "date"), writer):
        return False
    ways = [name for name in ("withheld", "net", "settled") if getattr(entry, name) is not None]
    ways += ["sell"] if ways == ["settled"] and entry.sell is not None else []
    if len(ways) > 1:
        writer.refuse("PLN011", f"{' and '.join(ways)} don't go together", (*key, ways[1]), "Keep one of them.")
        return False
    return True


def _batches(entry: Exercise, key: Key, found: Sequence[_What], writer: Writer) -> list[_Batch]:
    """What is exercised together, and the executions of its shares: by day, where these tell how many."""
    sell = entry.sell
    if not found:
        return []
    if sell is None or sell.fills is None:
        stated = [(what, part) for what in found if (part := _part(entry, key, what, writer))]
        return [_Batch(stated)] if stated else []
    by_day: dict[str, list[Group]] = {}
    for group in _executions(entry, sell.fills, key, found[0], writer):
        by_day.setdefault(group.day.text if group.day else "", []).append(group)
    days = [*by_day.values()]
    if all(what.amount.present for what in found):
        sales = tuple(group for day in days for group in day)
        first = entry.date or (sales[0].day if sales else None)
        return [_Batch([(what, _Part(what.amount, what.how, first)) for what in found], sales)] if sales else []
    sold = [(_sold(entry, key, found[0], one_day, writer), tuple(one_day)) for one_day in days]
    return [_Batch([(found[0], part)], one_day) for part, one_day in sold if part]


def _part(entry: Exercise, key: Key, what: _What, writer: Writer) -> _Part | None:
    """How many are exercised, as stated, or as many as are sold; None, and a finding, where nothing tells."""
    if what.amount.present:
        return _Part(what.amount, what.how)
    sell = entry.sell
    if sell is None or sell.amount is None or what.security.ratio != 1:
        hint = f"Write amount: with the number of {what.name} that was exercised."
        writer.refuse("PLN001", f"amount is missing: how many of {what.name}", key, hint)
        return None
    return _Part(writer.amount(sell.amount, (*key, "sell", "amount")), "as many as are sold")


def _executions(entry: Exercise, fills: Fills, key: Key, what: _What, writer: Writer) -> Sequence[Group]:
    """The executions of the shares that are sold."""
    stock = writer.security(str(what.security.underlying), what.key)
    if stock is None:
        return ()
    return writer.executions(fills, (*key, "sell", "fills"), security=stock, letter="D", on=entry.date)


def _sold(entry: Exercise, key: Key, what: _What, sales: list[Group], writer: Writer) -> _Part | None:
    """As much as is sold on one day."""
    sold = sum((group.quantity for group in sales), Decimal(0))
    number = sold / what.security.ratio
    if what.security.ratio != 1 and number != to_whole(number, "down"):
        message = f"the {grouped(sold)} shares sold are no whole number of {what.name}"
        writer.refuse("PLN012", message, key, "Write amount: with the number that was exercised.")
        return None
    amount = Value(plain(number), writer.origin((*key, "sell", "fills")))
    return _Part(amount, "as many as were sold that day", sales[0].day or entry.date)


def _given_up(entry: Exercise, key: Key, what: _What, part: _Part, shares: Value, writer: Writer) -> Draft:
    """The derivative's line."""
    draft = Draft(
        key=key,
        security=what.name,
        security_key=what.key,
        dated=entry,
        code=Value(_code(entry, what), writer.origin((*key, "code"))),
        letter="A" if what.security.owed else "D",
        amount=part.amount,
        on=part.on,
        price=Value("0", writer.origin(key)),
        underlying=shares,
        ownership=what.ownership,
        ownership_key=what.ownership_key,
        notes=((entry.notes.model_copy(update={"price": []}), (*key, "notes")),),
        derived=(
            ("acquired_disposed", f"code {_code(entry, what)}, {_position(what.security)}"),
            ("underlying_shares", times(part.number, what.security.ratio)),
            ("price_per_share", "nothing is paid for the derivative security"),
            *((("shares", part.how),) if part.how else ()),
        ),
    )
    return with_half(draft, entry.table_2, (*key, "table_2"), writer, follows=True)


def _position(security: Security) -> str:
    kind = "put" if security.is_put else "derivative security"
    return f"the {kind} that was written" if security.owed else f"the {kind}"


def _received(entry: Exercise, key: Key, what: _What, part: _Part, shares: Value, writer: Writer) -> Draft:
    """The line of the shares received, or delivered, of the security of that name."""
    price = ABSENT
    cost = what.security.exercise_price.amount if what.security.exercise_price else None
    shared = entry.notes.model_copy(update={column: [] for column in NOTES_OF_TABLE_2})
    delivered = delivers(is_put=what.security.is_put, owed=what.security.owed)
    done = f"delivered by {_position(what.security)}" if delivered else "received"
    derived = [
        ("acquired_disposed", f"code {_code(entry, what)}, the securities {done}"),
        ("shares", times(part.number, what.security.ratio)),
    ]
    free = what.security.award or what.security.unit or what.security.converts
    if "price" not in entry.model_fields_set and cost is None and free:
        derived.append(("price_per_share", f"nothing is paid for what {what.name} becomes"))
        price = Value("0", writer.origin(key))
    if "price" not in entry.model_fields_set and cost is not None:
        derived.append(("price_per_share", f"the exercise price of {what.name}"))
        price = writer.amount(cost, ("securities", what.name, "exercise_price"))
    draft = Draft(
        key=key,
        security=str(what.security.underlying),
        on=part.on,
        security_key=("securities", what.name, "underlying"),
        dated=entry,
        code=Value(_code(entry, what), writer.origin((*key, "code"))),
        letter="D" if delivered else "A",
        amount=shares,
        price=price,
        ownership=what.ownership,
        ownership_key=what.ownership_key,
        notes=((shared, (*key, "notes")),),
        derived=tuple(derived),
    )
    draft = noted(draft, writer.terms_note(what.name), key)
    return priced(draft, entry.price, (*key, "price"), writer) if "price" in entry.model_fields_set else draft


def _code(entry: Exercise, what: _What) -> str:
    """The transaction code: an issuer's award is exercised with M, another's put or written call with X."""
    return entry.code or usual_code(is_put=what.security.is_put, owed=what.security.owed)


def usual_code(*, is_put: bool, owed: bool) -> str:
    """The code of an exercise that says none (Form 4, General Instruction 8)."""
    return "X" if is_put or owed else "M"


def joins(stock: Row, option: Row, scribe: Scribe) -> bool:
    """Whether an exercise writes these two lines."""
    code = TRANSACTION_CODES.get(option.code.text)
    if code is None or not code.exercise or not keys.same_event(stock, option):
        return False
    security = scribe.security(option)
    shares = keys.derived_underlying(security, option.shares.text)
    day, ends = option.transaction_date.date, option.expiration_date.date
    if day is not None and ends is not None and ends < day:
        return False  # no event is written so; its lines come back as they stand
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
    title = option.security_title.text
    usual = usual_code(is_put=says_put(title), owed=says_owed(title))
    code = {} if option.code.text == usual else {"code": option.code.text}
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
    "exercise price; with `withheld` or `net` also code F, D, of the shares kept back; with `settled` code D, D, to "
    "the issuer; with `sell` code S, D, for each price. D in Table I for a put held or a call "
    "written, and A in Table II for what was written.",
    source="17 CFR 240.16b-3(d), (e); 240.16b-6(b) for code X, O or C",
    example="{date: 11/18/2026, exercise: option, amount: 1000}",
    write=write,
    recognise=recognise,
    joins=joins,
)
