"""The footnote marks on the cells of lines, gone through in one way: as one reads the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from form4_author.filing.columns import READING_ORDER, reading_order
from form4_author.filing.model import Field, Row, Value


def noted_cells(row: Row, numbering: str) -> Iterator[tuple[str, Field]]:
    """The cells of a line that have footnotes, by attribute, as one reads the form so numbered."""
    for name in reading_order(numbering):
        cell: Field = getattr(row, name)
        if cell.footnotes:
            yield name, cell


def first_uses(rows: Iterable[Row], numbering: str) -> list[str]:
    """The ids of the footnotes that lines refer to, each once, in the order in which one meets them.

    Args:
        rows: the lines, those of Table I first.
        numbering: that of the form they stand on.
    """
    cells = (cell for row in rows for _, cell in noted_cells(row, numbering))
    return list(dict.fromkeys(mark for cell in cells for mark in cell.footnote_ids))


def used_notes(rows: Iterable[Row]) -> set[str]:
    """The ids of the footnotes that lines refer to."""
    return {mark for row in rows for name in READING_ORDER for mark in getattr(row, name).footnote_ids}


def with_marks(row: Row, change: Callable[[tuple[Value, ...]], tuple[Value, ...]]) -> Row:
    """The line with the marks of each noted cell changed.

    Args:
        row: the line.
        change: the marks of a cell to those that it is to have.
    """
    cells: dict[str, Field] = {name: getattr(row, name) for name in READING_ORDER}
    changed: dict[str, Any] = {
        name: replace(cell, footnotes=change(cell.footnotes)) for name, cell in cells.items() if cell.footnotes
    }
    return replace(row, **changed) if changed else row
