"""The cells of a line, each once: what it is called, in which column it stands, what it holds, how a plan calls it.

This is the one list that everything asks that goes through cells: rules, comparison, derivation, the plan's footnotes,
and the order in which one reads the form. A new cell is an attribute of `Row` and a record here; `tests/filing` holds
the two to each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from msgspec import Struct

from form4_author.filing.model import Table


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    CODE = "code"
    COUNT = "number of securities"
    DOLLARS = "US dollars"
    DATE = "date"
    MARKS = "footnotes alone"


class Column(Struct, frozen=True):
    """One cell of a line of Table I or II.

    Attributes:
        attribute: its name in `Row`.
        caption: what the form calls it, as a message names it.
        kind: what it holds.
        key: how a plan calls it where a footnote stands on it; two cells of which a line has one share a key.
        numbers: by a form's numbering (`4`, which is Form 5's as well), its column in Table I and in Table II; empty
            where a table has none.
        part: what tells it from the other cells of its column: `amount` or `price` in column 4; empty where none needs
            telling.
        where_held: what a form that reports no transactions calls it; empty where that is the caption.
    """

    attribute: str
    caption: str
    kind: Kind
    key: str
    numbers: Mapping[str, tuple[str, str]]
    part: str = ""
    where_held: str = ""

    def called(self, numbering: str) -> str:
        """What the form so numbered calls it."""
        transactions = has_cell("transaction_date", Table.I, numbering)
        return self.caption if transactions or not self.where_held else self.where_held

    def number(self, table: Table, numbering: str) -> str:
        """Its column in a table (`2A`); empty where the table, or the form so numbered, has no such cell.

        Args:
            table: I or II.
            numbering: that of the form, see `forms.FormType`.
        """
        one, two = self.numbers.get(numbering, ("", ""))
        return two if table is Table.II else one


def _numbers(one: str, two: str, of_3: tuple[str, str] = ("", "")) -> Mapping[str, tuple[str, str]]:
    """The columns of Tables I and II on Forms 4 and 5, and those on Form 3."""
    return MappingProxyType({"4": (one, two), "3": of_3})


#: In the order in which a plan names them: that of Table I, what only Table II has in between.
COLUMNS: tuple[Column, ...] = (
    Column("security_title", "title of security", Kind.TEXT, "title", _numbers("1", "1", ("1", "1"))),
    Column(
        "conversion_or_exercise_price",
        "conversion or exercise price",
        Kind.DOLLARS,
        "exercise_price",
        _numbers("", "2", ("", "4")),
    ),
    Column("transaction_date", "transaction date", Kind.DATE, "date", _numbers("2", "3")),
    Column("deemed_execution_date", "deemed execution date", Kind.DATE, "deemed_execution_date", _numbers("2A", "3A")),
    Column("coding", "transaction code", Kind.MARKS, "code", _numbers("3", "4")),
    Column("timeliness", "timeliness", Kind.CODE, "early", _numbers("3", "4")),
    Column("shares", "amount", Kind.COUNT, "amount", _numbers("4", "5"), "amount"),
    Column("total_value", "total value", Kind.DOLLARS, "amount", _numbers("", "5"), "amount"),
    Column("acquired_disposed", "(A) or (D)", Kind.CODE, "acquired_or_disposed", _numbers("4", "5"), "A or D"),
    Column("price_per_share", "price", Kind.DOLLARS, "price", _numbers("4", "8"), "price"),
    Column("exercise_date", "date exercisable", Kind.DATE, "exercisable", _numbers("", "6", ("", "2")), "exercisable"),
    Column("expiration_date", "expiration date", Kind.DATE, "expires", _numbers("", "6", ("", "2")), "expiration"),
    Column(
        "underlying_title",
        "title of underlying securities",
        Kind.TEXT,
        "underlying",
        _numbers("", "7", ("", "3")),
        "title",
    ),
    Column(
        "underlying_shares",
        "number of underlying shares",
        Kind.COUNT,
        "underlying_amount",
        _numbers("", "7", ("", "3")),
        "amount",
    ),
    Column(
        "underlying_value",
        "value of underlying securities",
        Kind.DOLLARS,
        "underlying_amount",
        _numbers("", "7", ("", "3")),
        "amount",
    ),
    Column(
        "shares_owned_following",
        "amount owned following the transaction",
        Kind.COUNT,
        "balance",
        _numbers("5", "9", ("2", "")),
        where_held="amount owned",
    ),
    Column(
        "value_owned_following",
        "value owned following the transaction",
        Kind.DOLLARS,
        "balance",
        _numbers("5", "9", ("2", "")),
        where_held="value owned",
    ),
    Column("direct_or_indirect", "ownership form", Kind.CODE, "ownership", _numbers("6", "10", ("3", "5"))),
    Column("nature_of_ownership", "nature of indirect ownership", Kind.TEXT, "nature", _numbers("7", "11", ("4", "6"))),
)

BY_ATTRIBUTE: Mapping[str, Column] = MappingProxyType({column.attribute: column for column in COLUMNS})


def _place(number: str) -> tuple[int, str]:
    """`3A` stands behind `3` and before `4`."""
    digits = re.match(r"\d{0,9}", number)
    return int(digits[0] or 0) if digits else 0, number


def has_cell(attribute: str, table: Table, numbering: str) -> bool:
    """Whether a table has a cell on the form so numbered: Table II of Form 3 states no amount owned."""
    return bool(BY_ATTRIBUTE[attribute].number(table, numbering))


@cache
def reading_order(numbering: str) -> tuple[str, ...]:
    """The cells as one reads the printed form so numbered, left to right: the order in which footnotes are numbered.

    Table II has all of them, and Table I those it has in the same order; a cell that the form lacks comes last.
    """

    def place(column: Column) -> tuple[bool, int, str]:
        number = column.number(Table.II, numbering) or column.number(Table.I, numbering)
        return not number, *_place(number)

    return tuple(column.attribute for column in sorted(COLUMNS, key=place))


#: The cells in one order for all forms, where it is of no account which form it is: that of Form 4.
READING_ORDER: tuple[str, ...] = reading_order("4")


def attributes(*kinds: Kind) -> tuple[str, ...]:
    """The cells that hold one of these kinds, by attribute, as one reads the form."""
    return tuple(name for name in READING_ORDER if BY_ATTRIBUTE[name].kind in kinds)


@cache
def attributes_of(key: str) -> tuple[str, ...]:
    """The cells that a plan's key means, by attribute: `balance` is the amount or the value owned."""
    return tuple(column.attribute for column in COLUMNS if column.key == key)


@cache
def of_table(table: Table, numbering: str) -> tuple[Column, ...]:
    """The columns that a table has on the form so numbered, as one reads it."""
    ordered = (BY_ATTRIBUTE[name] for name in reading_order(numbering))
    return tuple(column for column in ordered if column.number(table, numbering))


@cache
def in_column(attribute: str, table: Table, numbering: str) -> str:
    """A cell by its column, and its part where other cells stand in the same: `5`, `4, price`."""
    column = BY_ATTRIBUTE[attribute]
    number = column.number(table, numbering)
    parts = {other.part for other in COLUMNS if other.number(table, numbering) == number}
    return f"{number}, {column.part}" if number and len(parts) > 1 else number
