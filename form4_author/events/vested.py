"""How awards that vest are recognised in a filing's lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from form4_author.events import keys
from form4_author.events.event import Found, one_line
from form4_author.events.written import Marks, Scribe, WrittenEntry
from form4_author.filing import Row, Value
from form4_author.filing.numbers import plain
from form4_author.plan.entries.shared import NOTES_OF_TABLE_2
from form4_author.plan.yaml_text import Key

#: Titles of what vests; those of partnership units, which are exchanged, are none.
_TITLES = re.compile(
    r"\bunits?\b|\b(?:[dpr]|pr)su?s?\b|restricted|phantom|performance (?:shares?|stock)", re.IGNORECASE
)
_NO_AWARD = re.compile(r"\b(?:common|op|ltip|llc|partnership|interest) units?\b|option|warrant|right", re.IGNORECASE)
#: No entry gathers more lines than a form can hold.
_MOST_LINES = 30
_LONGEST_TITLE = 2000


def joins(stock: Row, units: Row, scribe: Scribe) -> bool:
    """Whether an award that vests writes these two lines."""
    return _of_one_entry(stock, units, scribe) and stock.shares.number == _brings(units, scribe)


def gathers(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> Iterator[tuple[int, int]]:
    """Where a line of Table I is of the shares that several lines of Table II bring."""
    if max(len(table1), len(table2)) <= _MOST_LINES:
        starts = ((i, j) for i in range(len(table1)) for j in range(len(table2)))
        yield from ((i, j) for i, j in starts if _together(table1[i], table2[j:], scribe))


def _of_one_entry(stock: Row, units: Row, scribe: Scribe) -> bool:
    """Whether two lines may be one entry's, whatever their amounts."""
    if stock.code.text != "M" or units.code.text != "M":
        return False
    security = scribe.security(units)
    return (
        (stock.acquired_disposed.text, units.acquired_disposed.text) == ("A", "D")
        and keys.same_event(stock, units)
        and _vests(units)
        and (not security.price or Value(security.price).number == 0)
        and security.underlying == scribe.security(stock).name
        and bool(stock.price_per_share and units.price_per_share)
        and not units.underlying_value
        and _brings(units, scribe) is not None
    )


def _vests(units: Row) -> bool:
    """Whether a line is of what vests, by its title, and not after its term."""
    title = units.security_title.text[:_LONGEST_TITLE]
    day, ends = units.transaction_date.date, units.expiration_date.date
    return bool(_TITLES.search(title)) and not _NO_AWARD.search(title) and (not day or not ends or day <= ends)


def _brings(units: Row, scribe: Scribe) -> Decimal | None:
    """The shares that units bring."""
    return Value(keys.derived_underlying(scribe.security(units), units.shares.text)).number


def _together(stock: Row, table2: Sequence[Row], scribe: Scribe) -> int:
    """How many of the lines given, two at least, bring the shares of one line; 0 where none do."""
    wanted, total = stock.shares.number, Decimal(0)
    names: set[str] = set()
    for count, units in enumerate(table2, start=1):
        name = scribe.security(units).name
        alike = scribe.ownership(units) == scribe.ownership(table2[0]) and name not in names
        if wanted is None or not alike or not _of_one_entry(stock, units, scribe):
            return 0
        names.add(name)
        total += _brings(units, scribe) or Decimal(0)
        if total >= wanted:
            return count if total == wanted and count > 1 else 0
    return 0


def recognise(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> Found | None:
    """Awards that vest, the lines of their shares or the one of all, and that of the shares withheld if it is next."""
    if not table2 and _is_kept(table1[0]) and table1[0].transaction_date.text not in scribe.exercised:
        return one_line(table1[0], _kept_alone(table1[0], scribe))
    if not (table1 and table2):
        return None
    count = _apart(table1, table2, scribe)
    together = 0 if count else _together(table1[0], table2, scribe)
    if not count and not together:
        return None
    stock, units = table1[: count or 1], table2[: count or together]
    after = table1[len(stock) :]
    withheld = after[0] if after and _is_withheld(stock, after[0], scribe) else None
    entry = _written(stock, units, withheld, scribe)
    return Found(entry, table1=len(stock) + (withheld is not None), table2=len(units))


def _is_kept(row: Row) -> bool:
    """Whether a line is of shares withheld at a price, and no more is told of what vested."""
    told = row.shares.text and row.price_per_share.text and row.transaction_date.text
    return bool(told) and (row.code.text, row.acquired_disposed.text) == ("F", "D") and not row.derivative


def _kept_alone(row: Row, scribe: Scribe) -> WrittenEntry:
    """Stock that was reported at grant, of which only what is withheld has a line when it vests."""
    stated, marks = scribe.balance(row), scribe.marks(row)
    comments: dict[Key, str] = {("withhold", stated.key): stated.comment} if stated.comment else {}
    beside = stated.keys | keys.notes(marks)
    kept: Any = {"amount": row.shares.text, "price": row.price_per_share.text} | beside
    data = keys.dated(row) | {"vest": scribe.security(row).name}
    if not beside:
        data["price"], kept = row.price_per_share.text, row.shares.text
    return WrittenEntry(
        data | keys.owned_as(row, scribe) | keys.marked(row, scribe.form) | {"withhold": kept}, comments
    )


def gives_notes(entry: Mapping[str, Any]) -> bool:
    """Whether an entry that is recognised gives a footnote that its line may not have: that of stock alone does."""
    return "withhold" in entry and "amount" not in entry and isinstance(entry["vest"], str)


def _apart(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> int:
    """How many awards that vest on one day stand first, each with a line in either table."""
    names: set[str] = set()
    for count, (stock, units) in enumerate(zip(table1, table2, strict=False)):
        name = scribe.security(units).name
        same = scribe.security(stock) is scribe.security(table1[0]) and keys.same_event(table2[0], units)
        alike = all(
            scribe.ownership(row) == scribe.ownership(first) for row, first in ((stock, table1[0]), (units, table2[0]))
        )
        if name in names or not (same and alike and joins(stock, units, scribe)):
            return count
        names.add(name)
    return min(len(table1), len(table2))


def _is_withheld(stock: Sequence[Row], after: Row, scribe: Scribe) -> bool:
    came_in = sum((row.shares.number or Decimal(0) for row in stock), Decimal(0))
    kept = after.shares.number
    return (
        (after.code.text, after.acquired_disposed.text) == ("F", "D")
        and keys.same_event(stock[0], after, code=False)
        and scribe.ownership(stock[0]) == scribe.ownership(after)
        and scribe.security(stock[0]) is scribe.security(after)
        and bool(after.price_per_share)
        and kept is not None
        and kept <= came_in
    )


def _written(stock: Sequence[Row], units: Sequence[Row], withheld: Row | None, scribe: Scribe) -> WrittenEntry:
    one, two = [scribe.marks(row) for row in stock], [scribe.marks(row) for row in units]
    shared = _on_all(one, two)
    comments: dict[Key, str] = {}
    ownership = scribe.ownership(units[0])
    together, several = len(stock) < len(units), len(units) > 1
    parts: dict[str, Any] = {}
    for at, row in enumerate(units):
        name = scribe.security(row).name
        part: dict[str, Any] = {"amount": row.shares.text}
        said: dict[Key, str] = {}
        if not together:
            derived = keys.derived_underlying(scribe.security(row), row.shares.text)
            part |= _line_1(stock[at], derived, ownership, keys.without(one[at], shared), scribe, said)
        second = {} if row.price_per_share.text == "0" else {"price": row.price_per_share.text or "none"}
        second |= keys.underlying(row, scribe.security(row), row.shares.text)
        part |= keys.half("table_2", row, second, keys.without(two[at], shared), scribe, said)
        parts[name] = part if len(part) > 1 else part["amount"]
        comments |= {(("vest", name) if several else ()) + key: comment for key, comment in said.items()}
    data = keys.dated(units[0])
    own: dict[str, Any] = {}
    if several:
        data["vest"] = parts
    else:
        ((data["vest"], alone),) = parts.items()
        own = alone if isinstance(alone, dict) else {"amount": alone}
        data["amount"] = own.pop("amount")
    data |= keys.owned_as(units[0], scribe) | keys.marked(units[0], scribe.form) | own
    if together:
        data["together"] = "yes"
        brought = (_brings(row, scribe) or Decimal(0) for row in units)
        data |= _line_1(
            stock[0], plain(sum(brought, Decimal(0))), ownership, keys.without(one[0], shared), scribe, comments
        )
    if withheld is not None:
        kept: dict[str, Any] = {"amount": withheld.shares.text} | _held_apart(withheld, ownership, scribe)
        if withheld.price_per_share.text:
            kept["price"] = withheld.price_per_share.text
        data |= keys.half("withhold", withheld, kept, scribe.marks(withheld), scribe, comments)
    return WrittenEntry(data | keys.notes(shared), comments)


def _held_apart(stock: Row, ownership: str | dict[str, str], scribe: Scribe) -> dict[str, Any]:
    """How a line of Table I is held, where that is another form of ownership than that of the units."""
    own = scribe.ownership(stock)
    return {} if own == ownership else {"ownership": own}


def _line_1(
    stock: Row,
    shares: str,
    ownership: str | dict[str, str],
    marks: Marks,
    scribe: Scribe,
    comments: dict[Key, str],
) -> dict[str, dict[str, Any]]:
    """What is particular to a line of Table I, beside the shares and the ownership that it has of itself."""
    own: dict[str, Any] = {} if stock.shares.text == shares else {"amount": stock.shares.text}
    own |= _held_apart(stock, ownership, scribe)
    if stock.price_per_share.text != "0":
        own["price"] = stock.price_per_share.text or "none"
    return keys.half("table_1", stock, own, marks, scribe, comments)


def _on_all(one: Sequence[Marks], two: Sequence[Marks]) -> Marks:
    """The footnotes on a column that stand on every line that has it: those of what only Table II shows in that."""
    found = {}
    for column, marks in {**two[0], **one[0]}.items():
        lines = two if column in NOTES_OF_TABLE_2 else [*one, *two]
        if all(line.get(column) == marks for line in lines):
            found[column] = marks
    return found
