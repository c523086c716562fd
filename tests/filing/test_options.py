"""Puts and written options: what their lines turn round."""

from __future__ import annotations

from decimal import Decimal

import pytest

from form4_author.filing import Field, Row, Table, Value
from form4_author.filing.options import change_of, is_put, is_written


def row(title: str, code: str = "S", letter: str = "D", table: Table = Table.II) -> Row:
    return Row(
        table=table,
        holding=False,
        security_title=Field(Value(title)),
        code=Value(code),
        acquired_disposed=Field(Value(letter)),
    )


@pytest.mark.parametrize(
    ("title", "put", "written"),
    [
        ("Put Option (right to sell)", True, False),
        ("OTC Put Option", True, False),
        ("Put Option (obligation to buy)", True, True),
        ("Call Option (obligation to sell)", False, True),
        ("Call Option (short)", False, True),
        ("Written Call Options", False, True),
        ("Stock Option (right to buy)", False, False),
        ("Short-Term Incentive Units", False, False),
        ("Forward Contract (obligation to sell)", False, False),
        ("Output Units", False, False),
    ],
)
def test_titles(title: str, put: bool, written: bool) -> None:
    assert (is_put(row(title)), is_written(row(title))) == (put, written)
    assert not is_put(row(title, table=Table.I))
    assert not is_written(row(title, table=Table.I))


@pytest.mark.parametrize(
    ("title", "code", "letter", "change"),
    [
        ("Call Option (short)", "S", "D", 500),
        ("Call Option (short)", "P", "A", -500),
        ("Call Option (short)", "E", "D", -500),
        ("Call Option (short)", "X", "D", -500),
        ("Call Option", "S", "D", -500),
        ("Call Option", "P", "A", 500),
    ],
)
def test_a_written_option_grows_by_sales(title: str, code: str, letter: str, change: int) -> None:
    assert change_of(row(title, code, letter), Decimal(500)) == change
