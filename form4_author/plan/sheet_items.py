"""A sheet with a row for each insider -> what a plan says of each, every value in its cell.

Codes: PLN002, PLN003 and PLN011 mistakes in what the plan says of it; PLN022 a sheet that can't be read, or without the
columns that the plan names.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from msgspec import Struct

from form4_author.files.reading import inside, read_bytes
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.plan.scalars import did_you_mean, quoted
from form4_author.plan.source import Source
from form4_author.plan.yaml_text import Key, Place
from form4_author.sheets.reading import read_tables
from form4_author.sheets.table import Row, SheetRefused, Table, cell_name, numbers_of

_LOOKED_AT = 20
#: What is a number of thousands or of thousandths, as the locale has it.
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII)
_BASE: Key = ("for_each",)

Told = tuple[dict[str, Any], dict[Key, Place]]
"""What a row says of an insider, and where that stands."""


class _Column(Struct, frozen=True):
    """A column that the plan names: the key path that it fills, where the plan says so, and its header."""

    path: tuple[str, ...]
    origin: Origin
    header: str


def sheet_items(
    source: Source, *, folder: Path | None, root: Path | None, texts: dict[str, str], most: int
) -> list[Told]:
    """What the sheet of a plan's `for_each` says, row by row; a cell that is empty leaves its key out.

    Args:
        source: the plan.
        folder: the plan's folder.
        root: the folder that the sheet must stay inside.
        texts: filled with the text of a CSV file, by name.
        most: how many rows it may have.

    Raises:
        Rejected: it can't be read (PLN022), or what the plan says of it isn't right.
    """
    said = source.data["for_each"]
    columns = _columns(said, source)
    name = said["sheet"]
    origin = source.origin((*_BASE, "sheet"))
    if not isinstance(name, str):
        raise Rejected([error("PLN003", "the name of a file must stand here", origin, hint="Write sheet: grants.csv")])
    path = inside(name, folder, root, origin, "PLN022")
    shown = str(Path(source.file).parent / name)
    try:
        tables = read_tables(read_bytes(path, shown, below=root))
    except Rejected as refused:
        first = refused.findings[0]
        raise Rejected([error("PLN022", f"{name}: {first.message}", origin, hint=first.hint)]) from None
    except SheetRefused as refused:
        place = Origin(Position(shown, refused.row, 1))
        raise Rejected([error("PLN022", refused.message, place, hint=refused.hint)]) from None
    table, header, at = _header(tables, columns, name, origin)
    if table.text:
        texts[shown] = table.text
    rows = [row for row in table.rows if row.number > header.number and any(map(str.strip, row.cells))]
    if not rows or len(rows) > most:
        message = f"{name} has {len(rows):,} rows; one plan takes {most}" if rows else f"{name} has no row"
        raise Rejected([error("PLN022", message, origin, hint="Is this the right file? A row is an insider.")])
    if hidden := [row.number for row in rows if row.number in table.hidden]:
        message = f"hidden in Excel: {numbers_of(hidden)}; nothing tells whether they are to make forms"
        hint = "Show the rows in Excel, or clear its filter; delete those that make no form."
        raise Rejected([error("PLN022", message, Origin(Position(shown, hidden[0], 1)), hint=hint)])
    return [_told(row, columns, at, table, shown) for row in rows]


def _columns(said: dict[str, Any], source: Source) -> list[_Column]:
    named = said.get("columns")
    if not isinstance(named, dict) or not named:
        hint = "Write columns: {name: Last name, owner: Profile, ...}: a key, and the header of its column."
        origin = source.origin((*_BASE, "columns"), of_key=True)
        raise Rejected([error("PLN003", "columns says which column of the sheet says what", origin, hint=hint)])
    findings: list[Finding] = []
    found: list[_Column] = []
    for key in [key for key in said if key not in {"sheet", "columns"}]:
        origin = source.origin((*_BASE, key), of_key=True)
        hint = did_you_mean(key, ["sheet", "columns"])
        findings.append(error("PLN002", f"unknown key {quoted(key)}", origin, hint=hint))
    for written, header in named.items():
        origin = source.origin((*_BASE, "columns", written))
        parts = tuple(part.strip() for part in written.split("."))
        other = next((one for one in found if _one_in_the_other(one.path, parts)), None)
        if not isinstance(header, str):
            findings.append(error("PLN003", "the header of a column must stand here", origin))
        elif not all(parts):
            key_origin = source.origin((*_BASE, "columns", written), of_key=True)
            findings.append(error("PLN003", f"{quoted(written)} is no key path", key_origin, hint="opening.common"))
        elif other is not None:
            message = f"{written} and {'.'.join(other.path)} can't both be columns: one lies in the other"
            findings.append(error("PLN011", message, source.origin((*_BASE, "columns", written), of_key=True)))
        else:
            found.append(_Column(parts, origin, header))
    if findings:
        raise Rejected(findings)
    return found


def _one_in_the_other(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _header(tables: list[Table], columns: list[_Column], name: str, origin: Origin) -> tuple[Table, Row, list[int]]:
    """The row that names the columns, and where each of the plan's stands in it."""
    for table in tables:
        for row in table.rows[:_LOOKED_AT]:
            headers = [_plain(cell) for cell in row.cells]
            if all(_plain(column.header) in headers for column in columns):
                twice = [column for column in columns if headers.count(_plain(column.header)) > 1]
                if twice:
                    message = f"{name} has several columns {quoted(twice[0].header)}"
                    raise Rejected([error("PLN022", message, twice[0].origin, hint="Give each a header of its own.")])
                return table, row, [headers.index(_plain(column.header)) for column in columns]
    first = next((row.cells for table in tables for row in table.rows), [])
    known = {_plain(cell): cell.strip() for cell in first if cell.strip()}
    missing = [column for column in columns if _plain(column.header) not in known]
    if not first or not missing:
        unseen = next((table.hidden_sheets for table in tables), ())
        hint = f"Hidden sheets aren't read: {', '.join(unseen)}." if unseen else ""
        raise Rejected([error("PLN022", f"{name} holds no table with these columns", origin, hint=hint)])
    raise Rejected(
        [
            error(
                "PLN022",
                f"{name} has no column {quoted(column.header)}",
                column.origin,
                hint=did_you_mean(column.header, known.values()),
            )
            for column in missing
        ]
    )


def _plain(header: str) -> str:
    return " ".join(header.split()).casefold()


def _told(row: Row, columns: list[_Column], at: list[int], table: Table, shown: str) -> Told:
    data: dict[str, Any] = {}
    places: dict[Key, Place] = {(): _place(row, 0, table, shown)}
    findings: list[Finding] = []
    for column, cell in zip(columns, at, strict=True):
        text = row.cells[cell].strip() if cell < len(row.cells) else ""
        place = _place(row, cell, table, shown)
        if not text and (row.number, cell + 1) in table.formulas:
            message = f"{cell_name(row.number, cell)} holds a formula whose value the file doesn't keep"
            hint = "Open the workbook, let it reckon, and save it; or write the value."
            findings.append(error("PLN022", message, Origin(Position(shown, *place.value)), hint=hint))
        if not text and (above := table.merged_from(row.number, cell)):
            message = (
                f"{cell_name(row.number, cell)} is merged with {cell_name(above, cell)}, whose value stands there alone"
            )
            hint = "In Excel, unmerge the cells, and write in each row what counts for it."
            findings.append(error("PLN022", message, Origin(Position(shown, *place.value)), hint=hint))
        if table.separator == ";" and _THOUSANDS.fullmatch(text):
            message = f"{quoted(text)} is a thousand where a comma parts the decimals, as semicolons tell"
            other = f"; or {text}0, where that is meant" if text.count(".") == 1 else ""
            hint = f"Write {text.replace('.', '')}{other}."
            findings.append(error("PLN022", message, Origin(Position(shown, *place.value)), hint=hint))
        if not text:
            if len(column.path) == 1:
                places[column.path] = place  # where a value is missing that the form needs
            continue
        node = data
        for length, part in enumerate(column.path[:-1], 1):
            node = node.setdefault(part, {})
            places.setdefault(column.path[:length], place)
        node[column.path[-1]] = text
        places[column.path] = place
    if findings:
        raise Rejected(findings)
    return data, places


def _place(row: Row, cell: int, table: Table, shown: str) -> Place:
    line, column = table.place(row.number, cell)
    start = 0
    if table.text:
        start = sum(len(before) + 1 for before in table.text.split("\n", line)[: line - 1]) + column - 1
    length = len(row.cells[cell]) + 2 if cell < len(row.cells) else 0
    return Place(shown, None, (line, column), start, start + length)
