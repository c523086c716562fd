"""What an exercise gives up and brings in, where an amount is missing: nothing is said of what can't be added up."""

from __future__ import annotations

from typing import Any

import pytest

from form4_author.filing import DocumentKind, Field, Filing, Medium, Row, Table, Value
from form4_author.preflight import run


def line(table: Table, letter: str, **cells: str) -> Row:
    """A line of an exercise."""
    stated: dict[str, Any] = {name: Field(Value(text)) for name, text in cells.items()}
    return Row(
        table=table,
        holding=False,
        code=Value("M"),
        security_title=Field(Value("Option" if table is Table.II else "Common Stock")),
        acquired_disposed=Field(Value(letter)),
        **stated,
    )


def said(received: dict[str, str], *given: dict[str, str]) -> list[str]:
    """What TXN009 says of shares received for derivative securities given up."""
    filing = Filing(
        version="X0609",
        kind=DocumentKind.RECORD,
        medium=Medium.XML,
        table1=(line(Table.I, "A", **received),),
        table2=tuple(line(Table.II, "D", **cells) for cells in given),
    )
    return [finding.message for finding in run(filing, select=["TXN009"])]


def test_amounts_that_do_not_agree_are_told() -> None:
    assert said({"shares": "500"}, {"shares": "500", "underlying_shares": "500"}) == []
    (message,) = said({"shares": "500"}, {"shares": "300", "underlying_shares": "300"})
    assert message == (
        "Table I, line 1: 500 securities were received by exercise or conversion, but the derivative securities given "
        "up stand for 300"
    )


@pytest.mark.parametrize(
    ("received", "given"),
    [
        ({}, {"shares": "300", "underlying_shares": "300"}),
        ({"shares": "500"}, {"shares": "300", "underlying_value": "9000"}),
        ({"shares": "500"}, {"total_value": "9000", "underlying_shares": "300"}),
    ],
    ids=["received", "underlying", "given up"],
)
def test_nothing_is_said_where_an_amount_is_missing(received: dict[str, str], given: dict[str, str]) -> None:
    assert said(received, given) == []
