"""A broker's executions (CSV) -> lines at weighted average prices, by day, none over a range of more than one dollar.

SEC staff no-action letter to Skadden, Arps (25 June 2008): several same-day trades in one direction may stand on one
line at their weighted average price where they lie within one dollar and a footnote gives the range and the
undertaking.

Code: PLN014 a file of executions that can't be read, or with rows that belong elsewhere.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from pydantic_core import PydanticCustomError

from form4_author.events.drafts import Group
from form4_author.files.reading import decode, read_bytes
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.plan.scalars import Day, amount, day, quoted, refuse

RANGE = Decimal(1)

#: What brokers call a column, in small letters without signs; the first that a file has counts.
_QUANTITY = (
    *("filled quantity", "filled qty", "fill quantity", "fill qty", "executed quantity", "executed qty", "exec qty"),
    *("shares filled", "shares executed", "shares sold", "shares bought", "shares traded", "last shares", "last qty"),
    *("trade quantity", "number of shares", "no of shares", "quantity", "qty", "shares", "units", "volume", "amount"),
)
_PRICE = (
    *("fill price", "filled price", "executed price", "execution price", "exec price", "trade price", "last price"),
    *("price per share", "share price", "sale price", "price", "average price", "avg price", "unit price"),
)
_DATE = ("trade date", "execution date", "exec date", "executed date", "transaction date", "fill date", "date")
_TIME = (
    *("execution time", "executed at", "exec time", "trade time", "transaction time", "fill time", "time executed"),
    *("timestamp", "date time", "datetime", "trade datetime", "time"),
)
_SIDE = ("side", "buy sell", "b s", "bs", "buy or sell", "direction", "action", "trade action")
#: Columns that may say something else as well, as `Market`.
_KIND = ("transaction type", "trans type", "trade type", "activity", "transaction", "type")
_SIDES = {
    **dict.fromkeys(("sell", "sold", "sld", "sl", "s", "sale"), "D"),
    **dict.fromkeys(("buy", "bought", "bot", "b", "purchase", "purchased"), "A"),
}
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}|\d{8}(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Trade:
    """One execution: number, price in dollars, and its day where the file tells it."""

    shares: Decimal
    price: Decimal
    day: Day | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns stand; None for one that a file doesn't have."""

    quantity: int
    price: int
    date: int | None
    time: int | None
    side: int | None
    kind: int | None


def read_fills(
    path: Path, name: str, origin: Origin, *, letter: str, on: Day | None, root: Path | None = None
) -> list[Group]:
    """Read a CSV of executions and group it by day and price, the first day and the lowest price first.

    Args:
        path: the file; its first line names the columns, a quantity and a price among them. A date parts the days,
            buy or sell is checked, and other columns are left alone.
        name: its name for findings.
        origin: where the plan names it.
        letter: A or D, what the executions are to be; empty where nothing tells.
        on: the date of the entry, which is one of the file's days where it has days.
        root: the folder that it must stay inside; see `read_bytes`.

    Raises:
        Rejected: it can't be read, or lines of it can't be understood or belong elsewhere (PLN014).
    """
    try:
        text = decode(read_bytes(path, name, below=root), name)
    except Rejected as refused:
        problem = refused.findings[0]
        raise Rejected([error("PLN014", f"{name}: {problem.message}", origin, hint=problem.hint)]) from None
    rows = _rows(text, name, origin)
    columns = _columns(next(rows, (1, []))[1], name, origin)
    findings: list[Finding] = []
    trades: list[tuple[int, _Trade]] = []
    for number, row in rows:
        if not any(column.strip() for column in row):
            continue
        try:
            _check_side(row, columns, letter)
            trades.append((number, _trade(row, columns)))
        except PydanticCustomError as problem:
            findings.append(_at(name, number, origin, problem))
    findings = findings or [*_misdated(trades, on, name, origin)]
    if not findings and sum(trade.shares for _, trade in trades) == 0:
        findings.append(error("PLN014", f"{name} holds no executions", origin))
    if findings:
        raise Rejected(findings)
    return _groups([trade for _, trade in trades])


def _rows(text: str, name: str, origin: Origin) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV, each with the number of its last line."""
    reader = csv.reader(io.StringIO(text))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as problem:
        place = replace(origin, position=Position(name, max(reader.line_num, 1), 1))
        message = f"this is no file of executions: {problem}"
        hint = "Each line holds a few numbers, parted by commas."
        raise Rejected([error("PLN014", message, place, hint=hint)]) from None


def _columns(header: Sequence[str], name: str, origin: Origin) -> _Columns:
    names = [" ".join(re.findall(r"[a-z0-9]+", column.lower())) for column in header]

    def find(called: tuple[str, ...]) -> int | None:
        return next((names.index(one) for one in called if one in names), None)

    quantity, price = find(_QUANTITY), find(_PRICE)
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
    return _Columns(quantity, price, find(_DATE), find(_TIME), find(_SIDE), find(_KIND))


def _at(name: str, number: int, origin: Origin, problem: PydanticCustomError) -> Finding:
    context = problem.context or {}
    return error("PLN014", context["message"], Origin(Position(name, number, 1), origin.path), hint=context["hint"])


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _trade(row: Sequence[str], columns: _Columns) -> _Trade:
    shares, price = amount(_cell(row, columns.quantity)), amount(_cell(row, columns.price))
    return _Trade(shares.decimal, price.decimal, _day(row, columns))


def _day(row: Sequence[str], columns: _Columns) -> Day | None:
    """The day of a row, from its date or from a time that tells the date too."""
    text = _cell(row, columns.date)
    dated = _DATED.match(text or _cell(row, columns.time))
    if dated is None:
        return day(text) if text else None
    plain = dated[0]
    if plain.isdigit():
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    if "-" in plain:
        plain = "-".join(part.zfill(2) for part in plain.split("-"))
    return day(plain)


def _check_side(row: Sequence[str], columns: _Columns, letter: str) -> None:
    """Refuse a row that is a purchase among sales, or a sale among purchases."""
    said = _cell(row, columns.side)
    word = re.match(r"[a-z]*", said.lower())
    side = _SIDES.get(word[0] if word else "")
    if said and side is None:
        raise refuse("PLN014", f"{quoted(said)} is neither buy nor sell", "Write buy or sell in this column.")
    if not said:
        said = _cell(row, columns.kind)
        word = re.match(r"[a-z]*", said.lower())
        side = _SIDES.get(word[0] if word else "")
    if side and letter and side != letter:
        one, other, code = ("purchase", "sales", "P") if side == "A" else ("sale", "purchases", "S")
        raise refuse(
            "PLN014",
            f"{quoted(said)}: a {one} among {other}",
            f"Take the row out of this file; what it reports is an entry of its own, with code: {code}.",
        )


def _misdated(trades: Sequence[tuple[int, _Trade]], on: Day | None, name: str, origin: Origin) -> Iterator[Finding]:
    """Findings on rows without a day where others have one, and on a file that has none of the entry's day."""
    days = {trade.day.date for _, trade in trades if trade.day is not None}
    if not days:
        return
    for number, trade in trades:
        place = Origin(Position(name, number, 1), origin.path)
        if trade.day is None:
            yield error("PLN014", "this row has no date", place, hint="The other rows have one: write it here too.")
        elif on is not None and on.date not in days:
            yield error(
                "PLN014",
                f"executed on {trade.day.date}, but the entry is of {on.date}",
                place,
                hint=f"Correct the entry's date; or write date: {min(days)}, the first day of the file.",
            )


def _groups(trades: Sequence[_Trade]) -> list[Group]:
    groups: list[list[_Trade]] = []
    for trade in sorted(trades, key=lambda trade: (trade.day.date.toordinal() if trade.day else 0, trade.price)):
        first = groups[-1][0] if groups else None
        if first and _date(first) == _date(trade) and trade.price - first.price <= RANGE:
            groups[-1].append(trade)
        else:
            groups.append([trade])
    return [_group(group) for group in groups]


def _date(trade: _Trade) -> object:
    return trade.day.date if trade.day else None


def _group(trades: Sequence[_Trade]) -> Group:
    quantity = sum((trade.shares for trade in trades), Decimal(0))
    total = sum((trade.shares * trade.price for trade in trades), Decimal(0))
    average = (total / quantity).quantize(Decimal("0.0001"), ROUND_HALF_UP) if quantity else trades[0].price
    return Group(quantity, average, trades[0].price, trades[-1].price, trades[0].day)
