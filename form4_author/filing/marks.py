"""The footnote marks on the cells of lines, gone through in one way: as one reads the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from form4_author.filing.columns import READING_ORDER
from form4_author.filing.model import Field, Row, Value


def noted_cells(row: Row) -> Iterator[tuple[str, Field]]:
    """The cells of a line that have footnotes, by attribute."""
    for name in READING_ORDER:
        cell: Field = getattr(row, name)
        if cell.footnotes:
            yield name, cell


def first_uses(rows: Iterable[Row]) -> list[str]:
    """The ids of the footnotes that lines refer to, each once, in the order in which one meets them."""
    return list(dict.fromkeys(mark for row in rows for _, cell in noted_cells(row) for mark in cell.footnote_ids))


def with_marks(row: Row, change: Callable[[tuple[Value, ...]], tuple[Value, ...]]) -> Row:
    """The line with the marks of each noted cell changed.

    Args:
        row: the line.
        change: the marks of a cell to those that it is to have.
    """
    changed: dict[str, Any] = {name: replace(cell, footnotes=change(cell.footnotes)) for name, cell in noted_cells(row)}
    return replace(row, **changed) if changed else row
