"""Rows of text, with the place of each cell in its file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

MAX_BYTES = 16 * 1024 * 1024
MAX_ROWS = 100_000
MAX_CELLS = 256
"""How many cells one row may have: no broker's file has half as many."""


_MOST_SPANS = 8


class Row(NamedTuple):
    """One row: its number in the file (the line that it begins in, counted from 1), and the text of its cells."""

    number: int
    cells: list[str]


class SheetRefused(Exception):  # noqa: N818 - a verdict, not a malfunction
    """A file is no table that can be read.

    Attributes:
        message: why, in a sentence.
        hint: the way out.
        row: the row in question, counted from 1.
    """

    def __init__(self, message: str, hint: str, row: int = 1) -> None:
        self.message, self.hint, self.row = message, hint, row
        super().__init__(message)


class Table(Struct, frozen=True):
    """One sheet of a workbook, or a CSV file.

    Attributes:
        title: the sheet's name; empty for a CSV file.
        rows: the rows that hold something, in order.
        text: the text of a CSV file; empty for a sheet.
        separator: what parts the cells of a CSV file.
        formulas: the cells of a sheet that hold formulas, as row and column from 1; their text is the value that
            Excel has kept of them.
        hidden: the numbers of the rows of a sheet that Excel doesn't show: hidden, filtered away or folded.
        merged: the cells of a sheet that are merged downwards, by their column from 0: the first row and the last.
        hidden_sheets: the names of the sheets of the workbook that Excel doesn't show; they are not read.
    """

    title: str
    rows: list[Row]
    text: str = ""
    separator: str = ","
    formulas: frozenset[tuple[int, int]] = frozenset()
    hidden: frozenset[int] = frozenset()
    merged: Mapping[int, tuple[tuple[int, int], ...]] = {}
    hidden_sheets: tuple[str, ...] = ()

    def merged_from(self, row: int, cell: int) -> int:
        """The row of the cell that a cell below it is merged with; 0 where it is none of these.

        Args:
            row: the row's number.
            cell: the cell's index from 0.
        """
        spans = self.merged.get(cell, ())
        at = bisect_left(spans, (row,)) - 1
        return spans[at][0] if at >= 0 and row <= spans[at][1] else 0

    def place(self, row: int, cell: int) -> tuple[int, int]:
        """Line and column of a cell, both from 1: in a CSV file the column counts characters, on a sheet cells.

        Args:
            row: the row's number.
            cell: the cell's index from 0; one that the row doesn't have stands at its end.
        """
        if not self.text:
            return row, cell + 1
        lines = self.text.split("\n", row + 1)[:row]
        at = start = sum(len(line) + 1 for line in lines[: row - 1])
        line, quoted = row, False
        while cell and at < len(self.text):
            sign = self.text[at]
            at += 1
            if sign == '"':
                quoted = not quoted
            elif sign == "\n":
                if not quoted:
                    at -= 1
                    break
                line, start = line + 1, at
            elif sign == self.separator and not quoted:
                cell -= 1
        return line, at - start + 1


def numbers_of(rows: Iterable[int]) -> str:
    """Rows in words: `row 5`, `rows 3, 7 to 9`; of many spans the first few."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], row]
        else:
            spans.append([row])
    told = [" to ".join(map(str, span)) for span in spans[:_MOST_SPANS]]
    more = ["and others"] if len(spans) > _MOST_SPANS else []
    return f"row{'' if len(spans) == 1 and len(spans[0]) == 1 else 's'} {', '.join([*told, *more])}"


def cell_name(row: int, cell: int) -> str:
    """What Excel calls a cell: `D5` for row 5, index 3."""
    letters, number = "", cell + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def column_number(letters: str) -> int:
    """The index from 0 of the column that Excel calls by these letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


#: What stands in cells copied from web pages and mails, and is not seen: soft hyphens, joiners, marks of direction.
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202c\ufeff")


def without_invisible(text: str) -> str:
    """A cell's text without the signs in it that nobody sees."""
    return text if text.isascii() else text.translate(_INVISIBLE)
