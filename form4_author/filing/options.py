"""Puts, and options that the reporting person has written: what the tables' usual direction turns round for.

A call that is exercised brings shares in; a put gives them away (Rule 16a-1(h)). An option that one has bought is
owned; one that one has written is owed, and its line tells how much is owed (Rules 16a-1(b) and 16a-1(h)): selling
raises that, buying back lowers it.
"""

from __future__ import annotations

from decimal import Decimal

from form4_author.filing.model import Row
from form4_author.sec_codes import owed_change, says_owed, says_put


def is_put(row: Row) -> bool:
    """True for a line of Table II on a put: a right to sell, owned or written."""
    return row.derivative and says_put(row.security_title.text)


def is_written(row: Row) -> bool:
    """True for a line of Table II on an option that the reporting person has written, as its title says."""
    return row.derivative and says_owed(row.security_title.text)


def change_of(row: Row, amount: Decimal) -> Decimal:
    """What a transaction adds to the amount owned, or owed, that its line reports; negative where it lowers it.

    Args:
        row: the line, with its title, code and letter.
        amount: of the transaction, in securities or in dollars.
    """
    code, letter = row.code.text.strip(), row.acquired_disposed.text.strip()
    return change(amount, code, letter, written=is_written(row))


def change(amount: Decimal, code: str, letter: str, *, written: bool) -> Decimal:
    """What a transaction adds to an amount owned, or owed on an option that is `written`.

    Args:
        amount: of the transaction.
        code: the transaction code.
        letter: A or D.
        written: the reporting person has written the option.
    """
    return owed_change(code, letter, amount) if written else amount if letter == "A" else -amount
