"""The transaction codes of column 3 (Table I) and 4 (Table II), and what each says of the securities."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class TransactionCode(Struct, frozen=True):
    """One code of Instruction 8.

    Attributes:
        code: the letter.
        meaning: what it stands for, in short.
        letter: `A` (acquired) or `D` (disposed of) where the code's own definition allows no other; else None.
        exercise: True where a derivative security is turned into the one that underlies it.
    """

    code: str
    meaning: str
    letter: str | None = None
    exercise: bool = False


TRANSACTION_CODES: Mapping[str, TransactionCode] = MappingProxyType({
    entry.code: entry
    for entry in (
        TransactionCode("A", "grant or award by the issuer, Rule 16b-3(d)", "A"),
        TransactionCode("C", "conversion of a derivative security", exercise=True),
        TransactionCode("D", "sale or return to the issuer, Rule 16b-3(e)", "D"),
        TransactionCode("E", "expiration of a short derivative position"),
        TransactionCode("F", "securities given or withheld for an exercise price or tax, Rule 16b-3", "D"),
        TransactionCode("G", "bona fide gift"),
        TransactionCode("H", "expiration or cancellation of a long derivative position for value", "D"),
        TransactionCode("I", "discretionary transaction in a plan, Rule 16b-3(f)"),
        TransactionCode("J", "other acquisition or disposition, which a footnote describes"),
        TransactionCode("L", "small acquisition, Rule 16a-6", "A"),
        TransactionCode("M", "exercise or conversion of a derivative security exempt by Rule 16b-3", exercise=True),
        TransactionCode("O", "exercise of a derivative security out of the money", exercise=True),
        TransactionCode("P", "purchase, on the market or privately", "A"),
        TransactionCode("S", "sale, on the market or privately", "D"),
        TransactionCode("U", "tender of shares in a change of control", "D"),
        TransactionCode("W", "acquisition or disposition by will or inheritance"),
        TransactionCode("X", "exercise of a derivative security in or at the money", exercise=True),
        TransactionCode("Z", "deposit into a voting trust, or withdrawal from one"),
    )
})  # fmt: skip
"""The 18 codes that `transactionCode` takes. Specification 3.6.10; Form 4, Instruction 8.

K (equity swap) and V (reported early) are shown on the printed form as well, but are elements of their own in the XML:
`equitySwapInvolved`, and `transactionFormType` 5. Specification 4.3.8.
"""


def acquired_or_disposed(code: str, *, derivative: bool) -> str | None:
    """The letter, `A` or `D`, that a transaction of this code has unless its author says otherwise.

    Besides the codes whose definition settles it, an exercise or conversion (C, M, O, X) gives up the derivative
    security and brings in the one that underlies it. Whoever exercises a put, or converts into another derivative,
    has to state the letter. None for E, G, I, J, W and Z, which go either way, and for what is no code.

    Args:
        code: a key of `TRANSACTION_CODES`.
        derivative: True for a line of Table II.
    """
    entry = TRANSACTION_CODES.get(code)
    if entry is None:
        return None
    if entry.exercise:
        return "D" if derivative else "A"
    return entry.letter
