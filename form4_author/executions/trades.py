"""What a file of executions says, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from form4_author.plan.scalars import Day

SOLD, BOUGHT = "D", "A"


def in_yaml(text: str) -> str:
    """A text as a plan writes it inside braces: in quotation marks where it needs them."""
    return text if re.fullmatch(r"[A-Za-z][\w ./()$&-]*", text, re.ASCII) else "'" + text.replace("'", "''") + "'"


class Trade(Struct, frozen=True):
    """One execution.

    Attributes:
        row: where it stands in its file, counted from 1.
        day: when it was made; None where the file has no dates.
        letter: A bought, D sold; empty where the file doesn't tell.
        shares: how many, above zero.
        price: of one, in dollars, before fees.
        account: as the file calls it; empty where it doesn't tell.
        security: as the file calls it; empty where it doesn't tell.
    """

    row: int
    day: Day | None
    letter: str
    shares: Decimal
    price: Decimal
    account: str = ""
    security: str = ""


class Fault(Exception):  # noqa: N818 - a verdict, not a malfunction
    """A row that can't be understood.

    Attributes:
        message: what is wrong, in a sentence.
        hint: the way out.
        column: what the cell in question is to the reader, as `price`, empty for the whole row; where the plan is at
            fault, the key below `fills`, as `.total`.
        row: where it stands, from 1; 0 where it is no row of the file.
        write: what to write under `fills` in the plan, as YAML.
    """

    def __init__(self, message: str, hint: str = "", column: str = "", row: int = 0, *, write: str = "") -> None:
        self.message, self.hint, self.column, self.row, self.write = message, hint, column, row, write
        super().__init__(message)


class Passed(Struct):
    """Rows that are no executions of the security, by what they are, in the order in which they were met."""

    rows: dict[str, list[int]] = {}

    def over(self, what: str, row: int) -> None:
        """Note a row."""
        self.rows.setdefault(what, []).append(row)

    def __str__(self) -> str:
        counted = ((len(rows), what) for what, rows in self.rows.items())
        return ", ".join(f"{number} row{'s' if number > 1 else ''} {what}" for number, what in counted)


class Total(Struct, frozen=True):
    """A total that a file gives of its executions, which they don't add up to.

    Attributes:
        row: where it stands.
        stated: what it gives.
        found: what the executions above it add up to.
    """

    row: int
    stated: Decimal
    found: Decimal


class Read(Struct, frozen=True):
    """A file that was read.

    Attributes:
        layout: what kind of file it is, in words; empty for one whose columns have plain names.
        trades: the executions asked for, in the file's order.
        others: those of the same security and accounts on the other side.
        passed: all other rows.
        holders: the account of each trade, as the file calls it -> as the plan does, where that names accounts.
        total: a total that the file gives, where its executions add up to another.
        hidden: the rows of executions that Excel doesn't show.
        hidden_sheets: the sheets of the workbook that it doesn't show; they are not read.
    """

    layout: str
    trades: tuple[Trade, ...]
    others: tuple[Trade, ...]
    passed: Passed
    holders: Mapping[str, str] = {}
    total: Total | None = None
    hidden: tuple[int, ...] = ()
    hidden_sheets: tuple[str, ...] = ()


class Faults(Exception):  # noqa: N818 - a verdict, not a malfunction
    """All that is wrong with a file: each fault with the place of its cell, line and column from 1; None for none."""

    def __init__(self, faults: Sequence[tuple[Fault, tuple[int, int] | None]], text: str = "") -> None:
        self.faults, self.text = tuple(faults), text
        super().__init__("; ".join(fault.message for fault, _ in self.faults))
