"""Amounts and days as the form shows them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from form4_author.filing import Value, wording
from tests.page_filings import field
from tests.plans import composed, plan_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("24000", "24,000"),
        ("999999999999.9999", "999,999,999,999.9999"),
        ("0", "0"),
        ("0.0000", "0"),
        (".25", "0.25"),
        ("82.4", "82.40"),
        ("9.50", "9.5"),
        ("243.0", "243.00"),
        ("17.00", "17"),
        ("300.0500", "300.05"),
        ("0007", "7"),
        ("1.234567", "1.234567"),
        ("1,000", "1,000"),
        ("twelve", "twelve"),
        ("-5", "-5"),
        ("", ""),
    ],
)
def test_numbers_are_shown_as_the_sec_shows_them_and_other_text_as_it_stands(text: str, shown: str) -> None:
    assert wording.amount(Value(text)) == shown
    dollars = shown and ("" if text in {"1,000", "twelve", "-5"} else "$") + shown
    assert wording.money(field(text)) == dollars


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2024-07-19", "07/19/2024"), ("2024-07-19-05:00", "07/19/2024"), ("2024-02-30", "2024-02-30"), ("soon", "soon")],
)
def test_dates(text: str, shown: str) -> None:
    assert wording.day(Value(text)) == shown


@pytest.mark.parametrize(
    ("form_type", "timeliness", "shown"),
    [
        ("4", "", ""),
        ("5", "", "V"),
        ("5", "E", "V"),
        ("5", "L", "V L"),
        ("4", "L", "L"),
        ("4", "E", "E"),
        ("6", "", "6"),
    ],
)
def test_the_mark_of_an_early_line_and_its_timeliness(form_type: str, timeliness: str, shown: str) -> None:
    (row,) = composed(plan_text()).filing.table1
    assert wording.early_of(replace(row, form_type=Value(form_type), timeliness=field(timeliness))) == shown
