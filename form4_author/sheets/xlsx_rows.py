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
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec.structs import replace

from form4_author.sheets.table import (
    MAX_CELLS,
    MAX_ROWS,
    Row,
    SheetRefused,
    Table,
    cell_name,
    column_number,
    without_invisible,
)

_MOST_BYTES = 96 * 1024 * 1024
_MOST_PARTS = 1000
_SAVE = "Open it in Excel and save it as a workbook (.xlsx) or as CSV again."
#: All that zipfile, the XML parser and openpyxl have been seen to raise on damaged workbooks.
_DAMAGED = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, zipfile.BadZipFile, zlib.error),
)
_ROW = re.compile(r"<(?:\w{1,20}:)?row\s(?:[^>]{0,200}\s)?r=[\"'](\d{1,20})[\"']", re.ASCII)
_ROW_TAG = re.compile(r"<(?:\w{1,20}:)?row\b([^>]{0,2000})>", re.ASCII)
_MERGED = re.compile(
    r"<(?:\w{1,20}:)?mergeCell\s[^>]{0,100}?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']", re.ASCII
)
_NUMBER = re.compile(r"\sr=[\"'](\d{1,20})[\"']", re.ASCII)
_NOT_SHOWN = re.compile(r"\shidden=[\"'](?:1|true)[\"']|\sht=[\"']0(?:\.0{1,9})?[\"']", re.ASCII)
_FORMULA = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")


def xlsx_tables(data: bytes) -> list[Table]:
    """The sheets of a workbook that one sees in Excel, in its order. A date is `2026-11-17`, a number plain digits.

    Raises:
        SheetRefused: it is damaged, protected, or larger inside than any file of a broker's.
    """
    try:
        formulas, shapes = _look_inside(data)
        tables = _read(data, shapes, kept_values=True)
        if formulas:
            written = _read(data, shapes, kept_values=False)
            tables = [_marked(table, formula) for table, formula in zip(tables, written, strict=True)]
    except _DAMAGED:
        raise SheetRefused("the workbook is damaged", _SAVE) from None
    return tables


class _Shape(NamedTuple):
    """What a sheet doesn't show as cells: rows that are hidden, and cells merged downwards, as a `Table` has them."""

    hidden: frozenset[int]
    merged: Mapping[int, tuple[tuple[int, int], ...]]


_PLAIN = _Shape(frozenset(), {})


def _look_inside(data: bytes) -> tuple[bool, Mapping[str, _Shape]]:
    """Whether some cell holds a formula, and the shape of each sheet by the name of its part.

    Refuses what is no workbook, or would grow beyond all bounds.
    """
    shapes: dict[str, _Shape] = {}
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
                sheet = text.decode("latin-1")
                last = max((int(number) for number in _ROW.findall(sheet)), default=0)
                if last > MAX_ROWS:
                    raise SheetRefused(f"a sheet has more than {MAX_ROWS:,} rows", "Is this the right file?", MAX_ROWS)
                formulas = formulas or any(sign in text for sign in _FORMULA)
                shapes[part.filename] = _Shape(_hidden(sheet), _merged_downwards(sheet))
    return formulas, shapes


def _hidden(sheet: str) -> frozenset[int]:
    """The rows of a sheet's XML that are not shown; a row without a number is the one below that before it."""
    if "hidden=" not in sheet and " ht=" not in sheet:
        return frozenset()
    found, number = set(), 0
    for row in _ROW_TAG.finditer(sheet):
        stated = _NUMBER.search(row[1])
        number = int(stated[1]) if stated else number + 1
        if _NOT_SHOWN.search(row[1]):
            found.add(number)
    return frozenset(found)


def _merged_downwards(sheet: str) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """The cells of a sheet's XML that are merged with those below them, in one column."""
    found: dict[int, list[tuple[int, int]]] = {}
    for cells in _MERGED.finditer(sheet) if "mergeCell" in sheet else ():
        column, first, other, last = cells.groups()
        if column == other and int(first) < int(last):
            found.setdefault(column_number(column), []).append((int(first), int(last)))
    return {column: tuple(sorted(spans)) for column, spans in found.items()}


def _read(data: bytes, shapes: Mapping[str, _Shape], *, kept_values: bool) -> list[Table]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what has no bearing on values: styles, validation
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=kept_values, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            unseen = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible")
            tables = []
            for sheet in sheets:
                rows = list(_rows(sheet, formulas=not kept_values))
                part = str(sheet._worksheet_path).lstrip("/")  # noqa: SLF001 - nothing else tells which part it is
                shape = shapes.get(part, _PLAIN)
                tables.append(Table(sheet.title, rows, hidden=shape.hidden, merged=shape.merged, hidden_sheets=unseen))
            return tables
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
    return replace(table, formulas=frozenset(places))


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
