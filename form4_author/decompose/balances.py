"""What is owned after each line -> an opening balance and what each line has to say beyond it.

The running balance is kept as `ledger` keeps it: by security and form of ownership. What follows from it is left to be
derived; what doesn't is stated.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import Struct

from form4_author.events.written import Stated
from form4_author.filing import Field, Row
from form4_author.filing.numbers import grouped, plain
from form4_author.filing.options import change_of
from form4_author.plan.accounts import Account
from form4_author.plan.scalars import MAX_AMOUNT


class Balances(Struct):
    """The balances while the lines of a filing are gone through in order.

    Attributes:
        opening: the plan's `opening`, one entry for each security and form of ownership, as first met.
    """

    opening: list[dict[str, Any]] = []
    _held: dict[Account, Decimal] = {}
    _unread: set[Account] = set()

    def after(self, row: Row, own: Account, ownership: str | dict[str, str]) -> Stated:
        """What the entry of a line has to say of the amount owned after it.

        Args:
            row: the line.
            own: the account that it moves.
            ownership: how it is held, as a plan has it.
        """
        cell, by_value = owned(row)
        number = cell.number
        if number is None:
            self._unread.add(own)
            return _unread(row, cell, by_value=by_value)
        before = self._held.get(own)
        self._held[own] = number
        if own in self._unread:
            self._unread.remove(own)
            return Stated({_stated(row, by_value=by_value): cell.text})
        if row.holding:
            return self._holding(cell, number, before, by_value=by_value)
        return self._transaction(row, own, ownership, before)

    def _transaction(self, row: Row, own: Account, ownership: str | dict[str, str], before: Decimal | None) -> Stated:
        """What a transaction has to say of the amount owned after it, which is a number."""
        cell, by_value = owned(row)
        number = self._held[own]
        counted = (row.total_value if row.total_value.text else row.shares).number
        if counted is None:
            return Stated({"balance_value" if by_value else "restated_balance": cell.text})
        change = change_of(row, counted)
        in_dollars = bool(row.total_value.text)
        if before is None and by_value == in_dollars:
            before = self._open(own[0], ownership, number - change, by_value=by_value)
        if before is None or before + change != number:
            comment = _not_following(before, change, number) if by_value == in_dollars else ""
            return Stated({"balance_value" if by_value else "restated_balance": cell.text}, comment)
        if by_value == in_dollars and plain(number) == cell.text:
            return Stated()
        return Stated({"balance_value" if by_value else "balance": cell.text})

    def _open(
        self, security: str, ownership: str | dict[str, str], start: Decimal, *, by_value: bool
    ) -> Decimal | None:
        """State what was held before the first line of a security; None where that could not be."""
        if not 0 <= start <= MAX_AMOUNT:
            return None
        entry: dict[str, Any] = {"security": security, "value" if by_value else "amount": plain(start)}
        self.opening.append(entry if ownership == "direct" else {**entry, "ownership": ownership})
        return start

    def _holding(self, cell: Field, number: Decimal, before: Decimal | None, *, by_value: bool) -> Stated:
        if before is None or before == number:
            return Stated({"value" if by_value else "amount": cell.text})
        return Stated(
            {"balance_value" if by_value else "restated_balance": cell.text},
            f"an earlier line of the same security and ownership says {grouped(before)}",
        )


def _unread(row: Row, cell: Field, *, by_value: bool) -> Stated:
    """An amount that is no number, as it stands: the plan is refused there, and nothing is lost."""
    return Stated({_stated(row, by_value=by_value): cell.text} if cell.text.strip() else {})


def _stated(row: Row, *, by_value: bool) -> str:
    """The key under which what is owned after a line is stated without regard to the lines before."""
    if row.holding:
        return "value" if by_value else "amount"
    return "balance_value" if by_value else "restated_balance"


def owned(row: Row) -> tuple[Field, bool]:
    """The cell that tells what is owned after a line, and whether it does so in dollars."""
    if row.shares_owned_following.text or not row.value_owned_following.text:
        return row.shares_owned_following, False
    return row.value_owned_following, True


def _not_following(before: Decimal | None, change: Decimal, number: Decimal) -> str:
    sign, amount = ("-" if change < 0 else "+"), grouped(abs(change))
    if before is not None:
        return f"does not follow: {_signed(before)} {sign} {amount} would be {_signed(before + change)}"
    return f"does not follow: {_signed(number - change)} would have been owned before this line"


def _signed(number: Decimal) -> str:
    return f"-{grouped(-number)}" if number < 0 else grouped(number)
