"""What stands between the executions of a file: accounts that rows of words name, and the file's own totals."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from form4_author.executions.accounts import account_in, same_account
from form4_author.executions.trades import Total
from form4_author.sheets.table import Row


class Sections(Struct, frozen=True):
    """Which account the rows below a row of words are of, where a file names several in that way.

    Attributes:
        rows: the numbers of the rows that name one, in order.
        accounts: the account that each names.
    """

    rows: tuple[int, ...] = ()
    accounts: tuple[str, ...] = ()

    def of(self, row: int) -> str:
        """The account of a row; empty where none is named above it, or one alone in the whole file."""
        at = bisect_left(self.rows, row)
        return self.accounts[at - 1] if at else ""


def sections(rows: Sequence[Row]) -> Sections:
    """The accounts that rows of words name, where they are several: of one alone a title tells."""
    found = []
    for row in rows:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        account = account_in(" ".join(filled)) if len(filled) <= 2 else ""
        if account:
            found.append((row.number, account))
    if all(same_account(account, found[0][1]) for _, account in found):
        return Sections()
    return Sections(tuple(number for number, _ in found), tuple(account for _, account in found))


def wrong_total(totals: Sequence[tuple[int, Decimal]], executed: Sequence[tuple[int, Decimal]]) -> Total | None:
    """The last total of a file where it is the sum of no run of executions that ends above it.

    Args:
        totals: the rows of totals, each with the amount in the column of amounts.
        executed: the rows of executions, each with its amount.
    """
    if not totals:
        return None
    row, stated = totals[-1]
    above = [amount for number, amount in executed if number < row]
    run = Decimal()
    for amount in reversed(above):
        run += amount
        if run == abs(stated):
            return None
    return Total(row, abs(stated), run) if above else None
