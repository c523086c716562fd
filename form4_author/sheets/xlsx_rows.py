"""The bytes of an Excel workbook -> the rows of its sheets.

A workbook is a zip of XML files from anywhere: what it would grow to, and what no workbook holds, is looked at before
openpyxl reads it.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from form4_author.sheets.table import MAX_CELLS, MAX_ROWS, Row, SheetRefused, Table, cell_name, without_invisible

_MOST_BYTES = 96 * 1024 * 1024
_MOST_PARTS = 1000
_SAVE = "Open it in Excel and save it as a workbook (.xlsx) or as CSV again."
#: All that zipfile, the XML parser and openpyxl have been seen to raise on damaged workbooks.
_DAMAGED = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, zipfile.BadZipFile, zlib.error),
)
_ROW = re.compile(r"<(?:\w{1,20}:)?row\s(?:[^>]{0,200}\s)?r=[\"'](\d{1,20})[\"']", re.ASCII)
_FORMULA = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")


def xlsx_tables(data: bytes) -> list[Table]:
    """The sheets of a workbook that one sees in Excel, in its order. A date is `2026-11-17`, a number plain digits.

    Raises:
        SheetRefused: it is damaged, protected, or larger inside than any file of a broker's.
    """
    try:
        formulas = _look_inside(data)
        tables = _read(data, kept_values=True)
        if formulas:
            written = _read(data, kept_values=False)
            tables = [_marked(table, formula) for table, formula in zip(tables, written, strict=True)]
    except _DAMAGED:
        raise SheetRefused("the workbook is damaged", _SAVE) from None
    return tables


def _look_inside(data: bytes) -> bool:
    """Whether some cell holds a formula; refuses what is no workbook, or would grow beyond all bounds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise SheetRefused("the workbook is protected by a password", "Save it without a password.")
        if sum(part.file_size for part in parts) > _MOST_BYTES or len(parts) > _MOST_PARTS:
            message = f"the workbook grows to more than {_MOST_BYTES // 2**20} MiB when it is opened"
            raise SheetRefused(message, "Is this the right file? Save the sheet alone as CSV.")
        formulas = False
        for part in parts:
            if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
                continue
            text = archive.read(part)
            if b"<!DOCTYPE" in text or not text.removeprefix(b"\xef\xbb\xbf").startswith(b"<"):
                raise SheetRefused(f"{part.filename} is nothing that Excel writes", _SAVE)
            if "/worksheets/" in part.filename:
                last = max((int(number) for number in _ROW.findall(text.decode("latin-1"))), default=0)
                if last > MAX_ROWS:
                    raise SheetRefused(f"a sheet has more than {MAX_ROWS:,} rows", "Is this the right file?", MAX_ROWS)
                formulas = formulas or any(sign in text for sign in _FORMULA)
    return formulas


def _read(data: bytes, *, kept_values: bool) -> list[Table]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what has no bearing on values: styles, validation
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=kept_values, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            return [Table(sheet.title, list(_rows(sheet, formulas=not kept_values))) for sheet in sheets]
        finally:
            book.close()


def _rows(sheet: Any, *, formulas: bool) -> Iterator[Row]:
    """The rows that hold something; of formulas, the text `=` and nothing of all else."""
    sheet.reset_dimensions()  # what the file says of its size need not be so
    for number, values in enumerate(sheet.iter_rows(values_only=not formulas, max_row=MAX_ROWS), 1):
        if len(values) > MAX_CELLS:
            last = max((at for at, value in enumerate(values) if value is not None), default=0)
            message = f"{cell_name(number, last)} is filled; {MAX_CELLS} columns are read"
            raise SheetRefused(message, "Is this the right file? Delete what stands beside the table.", number)
        cells = ["=" if value.data_type == "f" else "" for value in values] if formulas else [*map(_text, values)]
        if any(cells):
            yield Row(number, cells)


def _marked(table: Table, formulas: Table) -> Table:
    places = {(row.number, at) for row in formulas.rows for at, sign in enumerate(row.cells, 1) if sign}
    return Table(table.title, table.rows, formulas=frozenset(places))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            plain = value.replace(microsecond=0, tzinfo=None)
            return plain.date().isoformat() if plain.time() == time() else plain.isoformat(" ")
        case date() | time() | timedelta():
            return str(value)
        case str():
            return without_invisible(value)
        case _:  # fifteen digits are all that Excel itself keeps of a number
            return format(Decimal(format(value, ".15g")), "f")
