"""A broker's executions (CSV) -> lines at weighted average prices, none over a range of more than one dollar.

SEC staff no-action letter to Skadden, Arps (25 June 2008): several same-day trades may stand on one line at their
weighted average price where they lie within one dollar and a footnote gives the range and the undertaking.

Code: PLN014 a file of executions that can't be read.
"""

from __future__ import annotations

import csv
import io
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from pydantic_core import PydanticCustomError

from form4_author.events.drafts import Group
from form4_author.files.reading import decode, read_bytes
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.plan.scalars import Amount, amount

RANGE = Decimal(1)
_QUANTITY = {"quantity", "qty", "shares", "amount"}
_PRICE = {"price"}


def read_fills(path: Path, name: str, origin: Origin) -> list[Group]:
    """Read a CSV of executions and group it by price, lowest first.

    Args:
        path: the file; its first line names the columns, `quantity` and `price` among them.
        name: its name for findings.
        origin: where the plan names it.

    Raises:
        Rejected: it can't be read, or lines of it can't be understood (PLN014).
    """
    try:
        text = decode(read_bytes(path, name), name)
    except Rejected as refused:
        problem = refused.findings[0]
        raise Rejected([error("PLN014", f"{name}: {problem.message}", origin, hint=problem.hint)]) from None
    rows = list(csv.reader(io.StringIO(text)))
    header = [column.strip().lower() for column in rows[0]] if rows else []
    quantity = next((i for i, column in enumerate(header) if column in _QUANTITY), None)
    price = next((i for i, column in enumerate(header) if column in _PRICE), None)
    if quantity is None or price is None:
        raise Rejected(
            [
                error(
                    "PLN014",
                    "the first line must name the columns quantity and price",
                    Origin(Position(name, 1, 1), origin.path),
                    hint="quantity,price",
                )
            ]
        )
    findings: list[Finding] = []
    trades: list[tuple[Decimal, Decimal]] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(column.strip() for column in row):
            continue
        try:
            trades.append((_number(row, quantity).decimal, _number(row, price).decimal))
        except PydanticCustomError as problem:
            context = problem.context or {}
            place = Origin(Position(name, number, 1), origin.path)
            findings.append(error("PLN014", context["message"], place, hint=context["hint"]))
    if not findings and sum(shares for shares, _ in trades) == 0:
        findings.append(error("PLN014", f"{name} holds no executions", origin))
    if findings:
        raise Rejected(findings)
    return _groups(trades)


def _number(row: list[str], column: int) -> Amount:
    return amount(row[column] if column < len(row) else "")


def _groups(trades: list[tuple[Decimal, Decimal]]) -> list[Group]:
    groups: list[list[tuple[Decimal, Decimal]]] = []
    for trade in sorted(trades, key=lambda trade: trade[1]):
        if groups and trade[1] - groups[-1][0][1] <= RANGE:
            groups[-1].append(trade)
        else:
            groups.append([trade])
    return [_group(trades) for trades in groups]


def _group(trades: list[tuple[Decimal, Decimal]]) -> Group:
    quantity = sum((shares for shares, _ in trades), Decimal(0))
    total = sum((shares * price for shares, price in trades), Decimal(0))
    average = (total / quantity).quantize(Decimal("0.0001"), ROUND_HALF_UP) if quantity else trades[0][1]
    return Group(quantity, average, trades[0][1], trades[-1][1])
