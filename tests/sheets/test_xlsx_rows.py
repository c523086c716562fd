"""Workbooks from anywhere: what is read of them, and what is refused before it does harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from form4_author.sheets.table import MAX_CELLS, SheetRefused, cell_name, column_number, numbers_of
from form4_author.sheets.xlsx_rows import xlsx_tables
from tests.executions.files import workbook


def changed(data: bytes, **parts: bytes) -> bytes:
    """The workbook with parts of it replaced or added, by the end of their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            stem = part.filename.rpartition("/")[2].partition(".")[0]
            new.writestr(part.filename, parts.pop(stem, old.read(part)))
        for name, content in parts.items():
            new.writestr(f"xl/{name}.xml", content)
    return stream.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def with_rows(xml: str) -> bytes:
    return changed(workbook(["a"]), sheet1=SHEET.format(xml).encode())


def test_values_become_text_as_excel_shows_them() -> None:
    when = datetime.fromisoformat("2026-11-17 09:31:02")
    data = workbook(
        ["Text ", 100, 24.1, 22.1096, 0.1 + 0.2, 1e15, True, None],
        [],
        [date(2026, 11, 17), when, time(9, 31), "=", "000123", -5, 1 / 3, 1e-7],
    )
    (table,) = xlsx_tables(data)
    assert table.title == "Sheet1"
    assert [row.number for row in table.rows] == [1, 3]
    assert table.rows[0].cells[:7] == ["Text ", "100", "24.1", "22.1096", "0.3", "1000000000000000", "yes"]
    assert table.rows[1].cells == [
        *("2026-11-17", "2026-11-17 09:31:02", "09:31:00", "=", "000123", "-5", "0.333333333333333", "0.0000001"),
    ]
    assert table.place(3, 2) == (3, 3)


def test_formulas_are_known_by_their_cells() -> None:
    (table,) = xlsx_tables(workbook(["a", "=1+1"], ["=cmd|' /C calc'!A0", "b"]))
    assert table.formulas == {(1, 2), (2, 1)}


def test_rows_that_are_not_shown_are_known() -> None:
    cell = '<c t="inlineStr"><is><t>x</t></is></c>'
    rows = (
        f'<row r="2">{cell}</row><row hidden="1" r="3">{cell}</row><row>{cell}</row>'
        f'<row spans="1:1" hidden="true">{cell}</row><row r="9" ht="0" customHeight="1">{cell}</row>'
        f'<row r="10" ht="0.5" hidden="0">{cell}</row><row r="12" outlineLevel="1" hidden="1"/>'
    )
    (table,) = xlsx_tables(with_rows(rows))
    assert table.hidden == {3, 5, 9, 12}
    assert xlsx_tables(workbook(["hidden=", ' ht="0"']))[0].hidden == frozenset()


def test_a_filter_hides_rows_and_cells_are_merged_downwards() -> None:
    book = Workbook()
    sheet = book.active
    for line in (["Day", "Shares"], ["d", 1], [None, 2], [None, 3], ["e", 4]):
        sheet.append(line)
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("A5:B5")
    sheet.merge_cells("D2:E9")
    sheet.auto_filter.ref = "A1:B5"
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("Old").sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    (table,) = xlsx_tables(stream.getvalue())
    assert table.hidden == {4}
    assert table.merged == {0: ((2, 4),)}
    assert table.hidden_sheets == ("Old",)
    assert [table.merged_from(row, 0) for row in (1, 2, 3, 4, 5)] == [0, 0, 2, 2, 0]
    assert table.merged_from(3, 1) == 0


def test_rows_in_words() -> None:
    assert [numbers_of(rows) for rows in ([5], [6, 5], [3, 9, 7, 8])] == ["row 5", "rows 5 to 6", "rows 3, 7 to 9"]
    assert numbers_of(range(2, 40, 2)) == "rows 2, 4, 6, 8, 10, 12, 14, 16, and others"
    assert [cell_name(1, column_number(letters)) for letters in ("A", "Z", "AA", "AMJ")] == ["A1", "Z1", "AA1", "AMJ1"]


def test_hidden_sheets_are_not_read() -> None:
    book = Workbook()
    for name in ("Seen", "Hidden"):
        book.create_sheet(name).append([name])
    book["Hidden"].sheet_state = "hidden"
    book.remove(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    assert [table.title for table in xlsx_tables(stream.getvalue())] == ["Seen"]


BOMB = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    + SHEET.format("<row r='1'><c r='A1' t='inlineStr'><is><t>&b;</t></is></c></row>").encode()
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and nothing more", "the workbook is damaged"),
        (workbook(["a"])[:-40], "the workbook is damaged"),
        (changed(workbook(["a"]), workbook=b"<workbook"), "the workbook is damaged"),
        (changed(workbook(["a"]), sheet1=b"<worksheet"), "the workbook is damaged"),
        (changed(workbook(["a"]), sheet1=BOMB), "xl/worksheets/sheet1.xml is nothing that Excel writes"),
        (changed(workbook(["a"]), sheet1=BOMB.decode().encode("utf-16")), "xl/worksheets/sheet1.xml is nothing that"),
        (changed(workbook(["a"]), media=b"<" + b" " * 110_000_000), "the workbook grows to more than 96 MiB"),
        (with_rows("<row r='1048576'><c r='A1048576'><v>1</v></c></row>"), "a sheet has more than 100,000 rows"),
        (with_rows("<row r='99999999999'/>"), "a sheet has more than 100,000 rows"),
        (with_rows("<row r='1'><c r='XFD1'><v>1</v></c></row>"), "XFD1 is filled; 256 columns are read"),
        (with_rows("<row r='1'><c r='ZZZZ1'><v>1</v></c></row>"), "the workbook is damaged"),
        (with_rows("<row r='1'><c r='A1' t='s'><v>99</v></c></row>"), "the workbook is damaged"),
        (workbook([None] * MAX_CELLS + ["x"]), "IW1 is filled; 256 columns are read"),
    ],
)
def test_what_is_damaged_or_meant_to_do_harm_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(SheetRefused) as caught:
        xlsx_tables(data)
    assert caught.value.message.startswith(said)
    assert caught.value.hint
