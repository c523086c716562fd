"""Puts, and options that the reporting person has written: what the tables' usual direction turns round for.

A call that is exercised brings shares in; a put gives them away (Rule 16a-1(h)). An option that one has bought is
owned; one that one has written is owed, and its line tells how much is owed (Rules 16a-1(b) and 16a-1(h)): selling
raises that, buying back lowers it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from form4_author.filing.model import Row

_PUT = re.compile(r"\bputs?\b|\bright\s+to\s+sell\b", re.IGNORECASE)
_OPTION = re.compile(r"\b(?:calls?|puts?|options?|warrants?)\b", re.IGNORECASE)
_OWED = re.compile(r"\b(?:short|written|writer|wrote|obligations?\s+to|obligated\s+to)\b", re.IGNORECASE)


def is_put(row: Row) -> bool:
    """True for a line of Table II on a put: a right to sell, owned or written."""
    return row.derivative and _PUT.search(row.security_title.text) is not None


def is_written(row: Row) -> bool:
    """True for a line of Table II on an option that the reporting person has written, as its title says."""
    return row.derivative and titles_written(row.security_title.text)


def titles_written(title: str) -> bool:
    """True for the title of an option that one has written: `Call Option (obligation to sell)`."""
    return _OPTION.search(title) is not None and _OWED.search(title) is not None


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
    traded = {"S": "D", "P": "A"}.get(code) == letter
    return amount if (letter == "A") is not (traded and written) else -amount
