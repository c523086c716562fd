"""What each line of a form comes to in dollars, and the sums of all: to be held against a broker's confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from form4_author.filing.columns import in_column
from form4_author.filing.derivation import Derivation
from form4_author.filing.forms import form_of
from form4_author.filing.model import Filing, Row, Table
from form4_author.filing.wording import code_of, value_text

_CENTS = Decimal("0.01")


class LineTotal(Struct, frozen=True):
    """One transaction's amount times its price.

    Attributes:
        line: its place on the form: `Table I, line 1`.
        code: column 3 or 4, as the form shows it.
        letter: A or D.
        security: its title.
        shares: the number of securities; None where the line has a value instead, or none that can be read.
        price: of one in dollars; None where only a footnote tells it.
        dollars: what it comes to, in cents; None where nothing tells.
        exact: the dollars are those of the executions, not of their rounded average.
    """

    line: str
    code: str
    letter: str
    security: str
    shares: Decimal | None
    price: Decimal | None
    dollars: Decimal | None
    exact: bool = False


class Sum(Struct, frozen=True):
    """All lines of one code, direction and security.

    Attributes:
        code: as the form shows it.
        letter: A or D.
        security: its title.
        lines: how many.
        shares: the number of securities of them all; None where a line doesn't tell it.
        dollars: what they come to; None where a line doesn't tell it.
    """

    code: str
    letter: str
    security: str
    lines: int
    shares: Decimal | None
    dollars: Decimal | None


def line_totals(filing: Filing, derivations: Iterable[Derivation] = ()) -> list[LineTotal]:
    """What each transaction comes to, in the order of the form.

    Args:
        filing: the filing.
        derivations: how its values came about: the price of executions tells what they came to, to the cent.
    """
    executed = {derivation.what: derivation.dollars for derivation in derivations}
    numbering = form_of(filing).numbering
    return [
        _line_total(row, line, executed.get(f"{line}, column {in_column('price_per_share', table, numbering)}"))
        for table, rows in ((Table.I, filing.table1), (Table.II, filing.table2))
        for number, row in enumerate(rows, 1)
        for line in [f"Table {table.value}, line {number}"]
        if not row.holding
    ]


def _line_total(row: Row, line: str, executed: Decimal | None) -> LineTotal:
    shares, price, value = row.shares.number, row.price_per_share.number, row.total_value.number
    product = value if shares is None else shares * price if price is not None else None
    dollars = product if executed is None else executed
    return LineTotal(
        line=line,
        code=code_of(row),
        letter=value_text(row.acquired_disposed),
        security=value_text(row.security_title),
        shares=shares,
        price=price,
        dollars=None if dollars is None else dollars.quantize(_CENTS, ROUND_HALF_UP),
        exact=executed is not None,
    )


def sums(totals: Sequence[LineTotal]) -> list[Sum]:
    """The lines added up by code, direction and security, in the order in which they come."""
    kinds = dict.fromkeys((total.code, total.letter, total.security) for total in totals)
    found = []
    for code, letter, security in kinds:
        same = [one for one in totals if (one.code, one.letter, one.security) == (code, letter, security)]
        shares, dollars = _added(one.shares for one in same), _added(one.dollars for one in same)
        found.append(Sum(code, letter, security, len(same), shares, dollars))
    return found


def _added(numbers: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for number in numbers:
        if number is None:
            return None
        total += number
    return total
