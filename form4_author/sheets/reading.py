"""The bytes of a file -> its tables, told by what is in it and not by its name."""

from __future__ import annotations

from form4_author.sheets.csv_rows import csv_table
from form4_author.sheets.table import SheetRefused, Table
from form4_author.sheets.xlsx_rows import xlsx_tables

#: What files of other kinds begin with, in small letters, and what they are.
_OTHERS = (
    ((b"%pdf",), "a PDF"),
    ((b"\xd0\xcf\x11\xe0",), "an old or protected Excel workbook (.xls)"),
    ((b"<!doctype", b"<html", b"<head", b"<table", b"<meta", b"<?xml"), "a web page or XML"),
    ((b"ofxheader", b"<ofx"), "a file for accounting programs (OFX)"),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"rar!"), "a compressed file"),
    ((b"\x89png", b"\xff\xd8\xff", b"gif8"), "a picture"),
)
_LOOKED_AT = 200


def read_tables(data: bytes) -> list[Table]:
    """The tables of a file: the one of a CSV file, the visible sheets of a workbook.

    Raises:
        SheetRefused: it is neither, or can't be read.
    """
    if data.startswith(b"PK\x03\x04"):
        return xlsx_tables(data)
    head = data[:_LOOKED_AT].lstrip().lower()
    for beginnings, what in _OTHERS:
        if head.startswith(beginnings):
            raise SheetRefused(f"this is {what}, not a CSV file or an Excel workbook", "Save it as CSV or .xlsx.")
    return [csv_table(data)]
