"""Brokers' files for tests, on one story: EXSY sold on two days."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook

from form4_author.executions.reading import Asked, read
from form4_author.executions.trades import Faults, Read
from form4_author.plan.fills import Fills

NAMES = ("EXSY", "EXAMPLE SYSTEMS INC")

Cell = str | int | date | datetime | None


def workbook(*rows: Any, title: str = "Sheet1", more: Any = ()) -> bytes:
    """An Excel workbook of one sheet, or more."""
    book = Workbook()
    sheets = [(title, rows), *more]
    book.remove(book.worksheets[0])
    for name, lines in sheets:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def asked(**fills: Any) -> Asked:
    """Sales of EXSY, with what the plan says of the file."""
    return Asked(fills=Fills.model_validate({"file": "fills.csv", **fills}), letter="D", names=NAMES)


def read_sales(data: str | bytes, **fills: Any) -> Read:
    """The sales of EXSY in a file."""
    return read(data.encode() if isinstance(data, str) else data, asked(**fills))


def sold(data: str | bytes, **fills: Any) -> list[str]:
    """The sales of EXSY in a file as `row day shares @price`."""
    found = read_sales(data, **fills).trades
    return [f"{one.row} {one.day.text if one.day else '-'} {one.shares} @{one.price}" for one in found]


def refused(data: str | bytes, **fills: Any) -> list[str]:
    """What is wrong with a file as `line:column message | hint`, `.key message` where the plan is at fault."""
    try:
        read_sales(data, **fills)
    except Faults as faults:
        return [
            f"{f'{place[0]}:{place[1]}' if place else fault.column or '-'} {fault.message} | "
            + " ".join(filter(None, (fault.hint, fault.write)))
            for fault, place in faults.faults
        ]
    return []
