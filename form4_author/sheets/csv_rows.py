"""The text of a CSV file -> rows, whatever encoding and separator it was saved with."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from form4_author.sheets.table import MAX_CELLS, MAX_ROWS, Row, SheetRefused, Table, without_invisible

SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 100
_SAVE = "Save it as CSV, in UTF-8."


def csv_table(data: bytes) -> Table:
    """Read a CSV file in UTF-8, UTF-16 with its mark, or the Windows code page.

    Its cells are parted by a comma, a semicolon, a tab or a bar: whichever parts most of its rows alike.

    Raises:
        SheetRefused: it is no text, a quotation mark isn't closed, or it has too many rows or cells.
    """
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    named = text[:4].lower() == "sep=" and text[4:5] in SEPARATORS and text[5:6] == "\n"
    separator = text[4] if named else _separator(text)
    rows: list[Row] = []
    for row in _rows(text, separator):
        if len(row.cells) > MAX_CELLS:
            raise SheetRefused(f"this row has {len(row.cells):,} cells; {MAX_CELLS} are read", _WRONG_FILE, row.number)
        if len(rows) == MAX_ROWS:
            raise SheetRefused(f"the file has more than {MAX_ROWS:,} rows", _WRONG_FILE, row.number)
        if any(cell and not cell.isspace() for cell in row.cells):
            rows.append(row)
    return Table("", rows[1:] if named else rows, text, separator)


_WRONG_FILE = "Is this the right file? Take out what doesn't belong to it."


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise SheetRefused("the file is not whole UTF-16 text", _SAVE) from None
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _of_windows(data)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SheetRefused("the file is not text (it holds NUL characters)", _SAVE, line)
    return text


def _of_windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise SheetRefused(f"byte 0x{data[problem.start]:02X} is no text", _SAVE, line) from None


def _separator(text: str) -> str:
    """The separator by which most of the first rows have the same number of cells, and the most cells of these."""

    def rank(separator: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for _, row in zip(range(_LOOKED_AT), _rows(text, separator), strict=False):
                widths[len(row.cells)] += len(row.cells) > 1
        except SheetRefused:
            pass  # told when it is read
        return max(((number, width) for width, number in widths.items()), default=(0, 0))

    return max(SEPARATORS, key=rank)


def _rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    before = 0
    try:
        for cells in reader:
            yield Row(before + 1, [without_invisible(cell) for cell in cells])
            before = reader.line_num
    except csv.Error as problem:
        message, hint = str(problem), "Save the file as CSV again, or mend this row."
        if "unexpected end of data" in message:
            message, hint = "a quotation mark is opened here and not closed", 'Close it, or delete the ".'
        elif "field limit" in message:
            message, hint = f"a cell has more than {csv.field_size_limit():,} characters", _WRONG_FILE
        raise SheetRefused(message, hint, before + 1) from None
