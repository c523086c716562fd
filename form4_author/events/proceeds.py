"""What becomes of the shares of an exercise: withheld for price or tax, paid out in money, or sold.

Codes: PLN011 keys that don't go together, PLN012 what can't be derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from form4_author.events.drafting import executed, with_half, write_withheld
from form4_author.events.drafts import NO_BALANCE, Draft, Writer
from form4_author.events.rounding import to_whole
from form4_author.events.targets import noted
from form4_author.filing import ABSENT, Value
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.exercise import Exercise, Net, Sell
from form4_author.plan.entries.shared import LineNotes
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key

if TYPE_CHECKING:
    from form4_author.executions.windows import Group


class Came(Struct, frozen=True):
    """What an exercise of one derivative security brought.

    Attributes:
        name: the derivative, by name.
        security: what is said of it.
        line: the line of the shares, as written.
        plainly: the same without what is particular to it.
    """

    name: str
    security: Security
    line: Draft
    plainly: Draft

    @property
    def shares(self) -> Decimal:
        """The shares that came in; none where they were delivered."""
        return (self.line.amount.number or Decimal(0)) if self.line.letter == "A" else Decimal(0)


def write_proceeds(entry: Exercise, key: Key, came: Sequence[Came], sales: Sequence[Group], writer: Writer) -> None:
    """The lines of what is withheld, paid out and sold of the shares of one exercise.

    Args:
        entry: what its author wrote.
        key: the entry.
        came: the shares, by the derivative that brought them; of one class and holder where one line is of them all.
        sales: the executions of their sale, where a broker's file tells them.
        writer: writes the lines.
    """
    total, kept = sum((one.shares for one in came), Decimal(0)), Decimal(0)
    if entry.withheld is not None:
        part = entry.withheld
        plainly = replace(came[0].plainly, notes=(), given=())
        write_withheld(part, (*key, "withheld"), plainly, total, writer)
        kept = part.amount.decimal if part.amount else kept
    if entry.net is not None:
        kept = _write_net(entry.net, key, came, total, writer)
    if entry.settled is not None:
        place = (*key, "settled")
        paid = writer.amount(entry.settled.cash, (*place, "cash"))
        for one in came:
            out = _out_again(one.line, place, "D", "code D, to the issuer", writer)
            out = replace(out, price=paid, derived=(*out.derived, ("shares", "as many as were received")))
            writer.line(noted(out, writer.note("settled", place), place))
    if entry.sell is not None:
        _write_sales(entry.sell, key, came[0].line, total - kept, sales, writer)


def _out_again(line: Draft, place: Key, code: str, how: str, writer: Writer) -> Draft:
    """The draft of shares that go again as they came, before their number and price.

    Args:
        line: the line on which they came.
        place: what the entry says of their going.
        code: its transaction code.
        how: what its letter follows from.
        writer: knows where things stand.
    """
    return replace(
        line,
        key=place,
        dated_key=line.dated_key or line.key,
        code=Value(code, writer.origin(place)),
        letter="D",
        letter_key=(),
        price=ABSENT,
        notes=(),
        given=(),
        balance=NO_BALANCE,
        balance_key=(),
        derived=(("acquired_disposed", how),),
    )


def _write_sales(sell: Sell, key: Key, line: Draft, left: Decimal, sales: Sequence[Group], writer: Writer) -> None:
    """The lines of the shares sold behind the exercise: as many as are left, where nothing says how many."""
    place = (*key, "sell")
    sold = _out_again(line, place, "S", "code S, sold", writer)
    if sell.fills is None:
        if sell.amount is None and left <= 0:
            hint = "Leave sell out, or correct what is withheld."
            writer.refuse("PLN012", "nothing is left of the shares that could be sold", place, hint)
            return
        amount = Value(plain(max(left, Decimal(0))), writer.origin(place))
        sold = replace(sold, amount=amount, derived=(*sold.derived, ("shares", "all that the exercise left")))
        writer.line(with_half(sold, sell, place, writer))
        return
    if own := sorted(sell.model_fields_set - {"fills", "notes"}):
        message = f"fills gives the lines of the sales, and {own[0]} is of one"
        writer.refuse("PLN011", message, (*place, own[0]), "Delete it, or write the sales as entries of their own.")
        return
    day = replace(sold, notes=((sell.notes, (*place, "notes")),))
    for group in sales:
        writer.line(executed(day, group, sell.fills, (*place, "fills"), writer))


def _write_net(net: Net, key: Key, came: Sequence[Came], total: Decimal, writer: Writer) -> Decimal:
    """Shares withheld for each exercise price, rounded up to a share, and for the tax; how many in all."""
    place = (*key, "net")
    parts: list[tuple[Came, Decimal, str]] = []
    for one in came:
        cost = one.security.exercise_price.amount if one.security.exercise_price else None
        if cost is None or not net.price.decimal:
            wrong = f"{one.name} has no exercise price" if cost is None else "price is zero"
            message = f"what is withheld can't be derived: {wrong}"
            writer.refuse("PLN012", message, place, "Write withheld: with amount and price.")
            return Decimal(0)
        how = f"{grouped(one.shares)} x {cost.text} / {net.price.text}, rounded up to a share"
        parts.append((one, to_whole(one.shares * cost.decimal / net.price.decimal, "up"), how))
    kept = sum((paid for _, paid, _ in parts), Decimal(0)) + (net.tax.decimal if net.tax else 0)
    if kept > total:
        writer.refuse(
            "PLN011",
            f"{grouped(kept)} are withheld of {grouped(total)} received",
            place,
            "What is withheld is part of what the event brings in: correct one of the numbers.",
        )
        return Decimal(0)
    for one, paid, how in parts:
        amount = Value(plain(paid), writer.origin(place))
        _write_kept("withheld_price", amount, (("shares", how),), one.line, net, place, writer)
    _write_kept("withheld_tax", writer.amount(net.tax, (*place, "tax")), (), came[0].line, net, place, writer)
    return kept


def _write_kept(
    kind: str, amount: Value, derived: tuple[tuple[str, str], ...], line: Draft, net: Net, place: Key, writer: Writer
) -> None:
    """One line of shares withheld; none where none are."""
    if not amount.number:
        return
    draft = _out_again(line, place, "F", "code F, withheld", writer)
    draft = replace(
        draft,
        amount=amount,
        price=writer.amount(net.price, (*place, "price")),
        notes=((LineNotes(code=net.note), place),),
        derived=(*draft.derived, *derived),
    )
    writer.line(noted(draft, writer.note(kind, place), place))
