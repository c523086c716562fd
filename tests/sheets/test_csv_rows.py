"""CSV files: encodings, separators, quotation marks, bounds, and the place of each cell."""

from __future__ import annotations

import codecs

import pytest

from form4_author.sheets.csv_rows import csv_table
from form4_author.sheets.table import MAX_CELLS, MAX_ROWS, SheetRefused


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encode",
    [
        str.encode,
        lambda text: text.encode("utf-8-sig"),
        lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("cp1252"),
    ],
)
def test_every_separator_in_every_encoding(separator: str, encode: object) -> None:
    assert callable(encode)
    text = '\nAufträge, vom November; alle\n"Datum, Zeit",Stück,Kurs\n1,2,3\n\n4,"5\n6",7\n'
    first, _, rest = text.partition("alle\n")
    table = csv_table(encode(f"{first}alle\n" + rest.replace('"Datum, Zeit"', "Datum").replace(",", separator)))
    assert table.separator == separator
    assert [(row.number, row.cells) for row in table.rows[1:]] == [
        (3, ["Datum", "Stück", "Kurs"]),
        (4, ["1", "2", "3"]),
        (6, ["4", "5\n6", "7"]),
    ]


def test_the_place_of_a_cell_counts_characters_of_its_own_line() -> None:
    table = csv_table(b'Title\nx,"a ""b"", c",d\n\n1,"2\n3",4\n')
    assert [table.place(2, cell) for cell in range(3)] == [(2, 1), (2, 3), (2, 16)]
    assert [table.place(4, cell) for cell in range(4)] == [(4, 1), (4, 3), (5, 4), (5, 5)]


@pytest.mark.parametrize(
    ("data", "row", "said"),
    [
        (b'a,b\n1,"2\n3,4\n', 2, "a quotation mark is opened here and not closed"),
        (b'a,b\n1,"2"3\n', 2, "',' expected after '\"'"),
        (b"a,b\n1,2\n3,\0\n", 3, "the file is not text (it holds NUL characters)"),
        (b"a,b\n1,\x9d\n", 2, "byte 0x9D is no text"),
        (codecs.BOM_UTF16_LE + b"a\0b", 1, "the file is not whole UTF-16 text"),
        (b"a,b\n" + b"1," * 10_000, 2, f"this row has 10,001 cells; {MAX_CELLS} are read"),
        (b"a,b\n" * (MAX_ROWS + 1), MAX_ROWS + 1, "the file has more than 100,000 rows"),
        (b"a,b\n1," + b"9" * 200_000, 2, "a cell has more than 131,072 characters"),
    ],
    ids=range(8),
)
def test_what_is_no_table_is_refused_at_its_row(data: bytes, row: int, said: str) -> None:
    with pytest.raises(SheetRefused) as caught:
        csv_table(data)
    assert (caught.value.row, caught.value.message) == (row, said)
    assert caught.value.hint
