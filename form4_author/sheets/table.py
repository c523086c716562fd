"""Rows of text, with the place of each cell in its file."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

MAX_BYTES = 16 * 1024 * 1024
MAX_ROWS = 100_000
MAX_CELLS = 256
"""How many cells one row may have: no broker's file has half as many."""


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
    """

    title: str
    rows: list[Row]
    text: str = ""
    separator: str = ","
    formulas: frozenset[tuple[int, int]] = frozenset()

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


def cell_name(row: int, cell: int) -> str:
    """What Excel calls a cell: `D5` for row 5, index 3."""
    letters, number = "", cell + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


#: What stands in cells copied from web pages and mails, and is not seen: soft hyphens, joiners, marks of direction.
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202c\ufeff")


def without_invisible(text: str) -> str:
    """A cell's text without the signs in it that nobody sees."""
    return text if text.isascii() else text.translate(_INVISIBLE)
