"""Which executions of a file stand: none that another row cancels or corrects."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from form4_author.executions.trades import Fault, Passed, Trade


class Execution(Struct, frozen=True):
    """A row that tells of an execution, with what only its file needs.

    Attributes:
        trade: the execution.
        number: of its order, or its own; empty where the file tells none.
        corrects: it takes the place of another row.
        cancels: it takes another row back.
    """

    trade: Trade
    number: str
    corrects: bool
    cancels: bool


def standing(rows: Sequence[Execution], cancelled: Collection[str], passed: Passed) -> list[Execution]:
    """The executions that stand: none that another row cancels or corrects, nor the rows that cancel.

    Args:
        rows: all of them.
        cancelled: the numbers of orders that the file itself calls cancelled.
        passed: takes the rows that don't stand.

    Raises:
        Fault: what a row cancels or corrects can't be told.
    """
    by_what: dict[Trade, list[int]] = {}
    by_number: dict[str, list[Execution]] = {}
    for one in rows:
        if not one.cancels:
            by_what.setdefault(replace(one.trade, row=0), []).append(one.trade.row)
            by_number.setdefault(one.number, []).append(one)
    gone = {_cancelled_by(one, by_what, passed) for one in rows if one.cancels}
    for one in rows:
        if one.corrects and not one.cancels:
            gone |= _corrected_by(one, by_number, passed, known=one.number in cancelled or bool(gone))
    return [one for one in rows if not one.cancels and one.trade.row not in gone]


def _cancelled_by(cancel: Execution, by_what: dict[Trade, list[int]], passed: Passed) -> int:
    """The row of the execution that a row cancels."""
    found = by_what.get(replace(cancel.trade, row=0))
    if not found:
        hint = "Delete this row and the one that it cancels."
        raise Fault("nothing in the file is what this row cancels", hint, "side", cancel.trade.row)
    row = found.pop()
    passed.over("cancelled", row)
    passed.over("of cancellations", cancel.trade.row)
    return row


def _corrected_by(
    correction: Execution, by_number: dict[str, list[Execution]], passed: Passed, *, known: bool
) -> set[int]:
    """The rows that a correction takes the place of: those of its number, itself aside.

    Args:
        correction: the row.
        by_number: the rows of each number.
        passed: takes the rows that don't stand.
        known: what it corrects was cancelled by the file itself.
    """
    same = [one.trade.row for one in by_number[correction.number] if not one.corrects] if correction.number else []
    if same:
        by_number[correction.number] = [correction]
    elif not known:
        hint = "Delete the row that no longer holds, and write filled or the plain side here."
        raise Fault("it can't be told which row this one corrects", hint, "order", correction.trade.row)
    for row in same:
        passed.over("corrected by another row", row)
    return set(same)
