"""How values that no one wrote came about, for whoever proofs the form."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from form4_author.filing.columns import in_column, reading_order
from form4_author.filing.difference import shown
from form4_author.filing.model import Field, Row, Table
from form4_author.filing.numbers import grouped
from form4_author.findings import Origin

_DONE = {
    ("P", "A"): "purchased",
    ("S", "D"): "sold",
    ("P", "D"): "bought back",
    ("S", "A"): "written",
    ("F", "D"): "withheld",
    ("C", "A"): "converted",
    ("C", "D"): "converted",
    ("M", "A"): "exercised",
    ("M", "D"): "exercised",
    ("X", "A"): "exercised",
    ("X", "D"): "exercised",
    ("G", "A"): "received",
    ("G", "D"): "given",
    ("E", "A"): "expired",
    ("E", "D"): "expired",
}


class Derivation(Struct, frozen=True):
    """One derived value of the form.

    Attributes:
        what: its place on the form: `Table I, line 1, column 5`.
        value: as the form shows it: `10,000`.
        how: what it follows from: `0 + 10,000 exercised`.
        origin: the part of the plan that it follows from.
        dollars: of the average price of executions, what these came to, exactly; None of any other value.
    """

    what: str
    value: str
    how: str
    origin: Origin
    dollars: Decimal | None = None


class TallyStep(Struct, frozen=True):
    """One step of the running tally of what is owned of a security in one form of ownership.

    Attributes:
        security: its title.
        holder: `Direct`, or the nature of indirect ownership.
        day: when, as `YYYY-MM-DD`; empty for what was owned before, and for a holding.
        what: what happened: `owned before`, `code S`, `holding`, or in words what needs no line.
        change: what it added, in securities or dollars; None where only the balance is told.
        after: what was owned after it.
    """

    security: str
    holder: str
    day: str
    what: str
    change: Decimal | None
    after: Decimal


class Derivations(Struct):
    """The derived cells of the two tables, gathered while their lines are written; `numbering` is that of the form."""

    numbering: str
    _kept: list[tuple[Table, int, int, Derivation]] = []

    def keep(self, row: Row, line: int, name: str, how: str, dollars: Decimal | None = None) -> None:
        """Keep how a cell of a row came about, `line` counted from 1; nothing where the cell has no value.

        Args:
            row: the row.
            line: its number in its table, from 1.
            name: the cell's attribute.
            how: what it follows from.
            dollars: what the executions of the line came to; kept with its price.
        """
        cell: Field = getattr(row, name)
        if not cell.value.present:
            return
        column = in_column(name, row.table, self.numbering)
        what = f"Table {row.table.value}, line {line}, column {column}"
        kept = Derivation(what, shown(name, cell), how, cell.origin, dollars if name == "price_per_share" else None)
        self._kept.append((row.table, line, reading_order(self.numbering).index(name), kept))

    def in_order(self) -> list[Derivation]:
        """All of them, as one reads the form."""
        return [kept for *_, kept in sorted(self._kept, key=lambda placed: placed[:3])]


def sum_of(before: Decimal, change: Decimal, code: str, letter: str, *, dollars: bool = False) -> str:
    """How a balance follows: `0 + 10,000 exercised`.

    Args:
        before: what was owned before the line, in shares or in dollars.
        change: what the line adds; negative for a disposition.
        code: the transaction code.
        letter: A or D, as on the line.
        dollars: the amounts are US dollars.
    """
    sign, otherwise = "-" if change < 0 else "+", "disposed of" if letter == "D" else "acquired"
    unit, done = "$" if dollars else "", _DONE.get((code, letter), otherwise)
    return f"{unit}{grouped(before)} {sign} {unit}{grouped(abs(change))} {done}"


def times(number: Decimal, ratio: Decimal) -> str:
    """How an amount of underlying securities follows from the derivative's: `1,000 x 2 a unit`."""
    return "the amount of derivative securities" if ratio == 1 else f"{grouped(number)} x {grouped(ratio)} a unit"
