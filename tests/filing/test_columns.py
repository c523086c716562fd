"""The list of columns against Form 4 as printed, and against the cells that a line has."""

from __future__ import annotations

import pytest
from msgspec.structs import fields

from form4_author.filing import FORM_4, NO_FIELD, Row, Table
from form4_author.filing.columns import (
    BY_ATTRIBUTE,
    COLUMNS,
    READING_ORDER,
    Kind,
    attributes,
    attributes_of,
    in_column,
    of_table,
)
from tests.page.sheets import text_of
from tests.page_filings import exercise_and_sell

#: The heads of the form's columns, left to right, and the cells below each (SEC 1474, Tables I and II).
PRINTED: dict[Table, list[tuple[str, str, list[str]]]] = {
    Table.I: [
        ("1", "Title of Security (Instr. 3)", ["security_title"]),
        ("2", "Transaction Date (Month/Day/Year)", ["transaction_date"]),
        ("2A", "Deemed Execution Date, if any (Month/Day/Year)", ["deemed_execution_date"]),
        ("3", "Transaction Code (Instr. 8)", ["coding", "timeliness"]),
        (
            "4",
            "Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)",
            ["shares", "acquired_disposed", "price_per_share"],
        ),
        (
            "5",
            "Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4)",
            ["shares_owned_following", "value_owned_following"],
        ),
        ("6", "Ownership Form: Direct (D) or Indirect (I) (Instr. 4)", ["direct_or_indirect"]),
        ("7", "Nature of Indirect Beneficial Ownership (Instr. 4)", ["nature_of_ownership"]),
    ],
    Table.II: [
        ("1", "Title of Derivative Security (Instr. 3)", ["security_title"]),
        ("2", "Conversion or Exercise Price of Derivative Security", ["conversion_or_exercise_price"]),
        ("3", "Transaction Date (Month/Day/Year)", ["transaction_date"]),
        ("3A", "Deemed Execution Date, if any (Month/Day/Year)", ["deemed_execution_date"]),
        ("4", "Transaction Code (Instr. 8)", ["coding", "timeliness"]),
        (
            "5",
            "Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)",
            ["shares", "total_value", "acquired_disposed"],
        ),
        ("6", "Date Exercisable and Expiration Date (Month/Day/Year)", ["exercise_date", "expiration_date"]),
        (
            "7",
            "Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)",
            ["underlying_title", "underlying_shares", "underlying_value"],
        ),
        ("8", "Price of Derivative Security (Instr. 5)", ["price_per_share"]),
        (
            "9",
            "Number of derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)",
            ["shares_owned_following", "value_owned_following"],
        ),
        ("10", "Ownership Form: Direct (D) or Indirect (I) (Instr. 4)", ["direct_or_indirect"]),
        ("11", "Nature of Indirect Beneficial Ownership (Instr. 4)", ["nature_of_ownership"]),
    ],
}


@pytest.mark.parametrize("table", Table)
def test_each_cell_stands_in_the_column_where_the_form_has_it(table: Table) -> None:
    below: dict[str, list[str]] = {}
    for column in of_table(table, FORM_4.numbering):
        below.setdefault(column.number(table, FORM_4.numbering), []).append(column.attribute)
    assert list(below.items()) == [(number, cells) for number, _, cells in PRINTED[table]]


@pytest.mark.parametrize("table", Table)
def test_the_page_has_those_heads_in_that_order(table: Table) -> None:
    page = text_of(exercise_and_sell("X0609")).replace(" ", "").casefold()
    at = page.index(f"table{table.value}-".casefold())
    for number, head, _ in PRINTED[table]:
        at = page.index(f"{number}.{head}".replace(" ", "").casefold(), at + 1)


def test_each_cell_has_its_words_its_kind_and_its_key_in_a_plan() -> None:
    assert [(column.attribute, column.caption, column.kind, column.key, column.part) for column in COLUMNS] == [
        ("security_title", "title of security", Kind.TEXT, "title", ""),
        ("conversion_or_exercise_price", "conversion or exercise price", Kind.DOLLARS, "exercise_price", ""),
        ("transaction_date", "transaction date", Kind.DATE, "date", ""),
        ("deemed_execution_date", "deemed execution date", Kind.DATE, "deemed_execution_date", ""),
        ("coding", "transaction code", Kind.MARKS, "code", ""),
        ("timeliness", "timeliness", Kind.CODE, "early", ""),
        ("shares", "amount", Kind.COUNT, "amount", "amount"),
        ("total_value", "total value", Kind.DOLLARS, "amount", "amount"),
        ("acquired_disposed", "(A) or (D)", Kind.CODE, "acquired_or_disposed", "A or D"),
        ("price_per_share", "price", Kind.DOLLARS, "price", "price"),
        ("exercise_date", "date exercisable", Kind.DATE, "exercisable", "exercisable"),
        ("expiration_date", "expiration date", Kind.DATE, "expires", "expiration"),
        ("underlying_title", "title of underlying securities", Kind.TEXT, "underlying", "title"),
        ("underlying_shares", "number of underlying shares", Kind.COUNT, "underlying_amount", "amount"),
        ("underlying_value", "value of underlying securities", Kind.DOLLARS, "underlying_amount", "amount"),
        ("shares_owned_following", "amount owned following the transaction", Kind.COUNT, "balance", ""),
        ("value_owned_following", "value owned following the transaction", Kind.DOLLARS, "balance", ""),
        ("direct_or_indirect", "ownership form", Kind.CODE, "ownership", ""),
        ("nature_of_ownership", "nature of indirect ownership", Kind.TEXT, "nature", ""),
    ]


def test_the_columns_are_the_cells_of_a_line() -> None:
    cells = {attribute.name for attribute in fields(Row) if attribute.default is NO_FIELD}
    assert {column.attribute for column in COLUMNS} == set(READING_ORDER) == set(BY_ATTRIBUTE) == cells
    assert len(COLUMNS) == len(READING_ORDER) == len(cells)


def test_what_is_asked_of_the_list() -> None:
    assert attributes(Kind.CODE) == ("timeliness", "acquired_disposed", "direct_or_indirect")
    assert attributes_of("balance") == ("shares_owned_following", "value_owned_following")
    assert attributes_of("nothing") == ()
    told = {name: [in_column(name, table, FORM_4.numbering) for table in Table] for name in READING_ORDER}
    assert told == {
        "security_title": ["1", "1"],
        "conversion_or_exercise_price": ["", "2"],
        "transaction_date": ["2", "3"],
        "deemed_execution_date": ["2A", "3A"],
        "coding": ["3", "4"],
        "timeliness": ["3", "4"],
        "shares": ["4, amount", "5, amount"],
        "total_value": ["", "5, amount"],
        "acquired_disposed": ["4, A or D", "5, A or D"],
        "price_per_share": ["4, price", "8"],
        "exercise_date": ["", "6, exercisable"],
        "expiration_date": ["", "6, expiration"],
        "underlying_title": ["", "7, title"],
        "underlying_shares": ["", "7, amount"],
        "underlying_value": ["", "7, amount"],
        "shares_owned_following": ["5", "9"],
        "value_owned_following": ["5", "9"],
        "direct_or_indirect": ["6", "10"],
        "nature_of_ownership": ["7", "11"],
    }
