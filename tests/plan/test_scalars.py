"""The scalars of a plan: what is understood, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from form4_author.plan.scalars import (
    amount,
    answer,
    cik,
    day,
    did_you_mean,
    footnote_number,
    fraction,
    one_of,
    term,
    text,
)

Reader = Callable[[Any], Any]


def said(read: Reader, value: object) -> tuple[str, str, str]:
    with pytest.raises(PydanticCustomError) as caught:
        read(value)
    context = caught.value.context
    assert context is not None
    return context["code"], context["message"], context["hint"]


@pytest.mark.parametrize(
    ("written", "edgar"),
    [
        ("1,000", "1000"),
        ("$4.80", "4.80"),
        ("22.50", "22.50"),
        ("0.0000", "0.0000"),
        (".25", ".25"),
        ("007", "007"),
        ("$ 1,234,567.8901", "1234567.8901"),
        (" 12 ", "12"),
        ("1.50000", "1.50000"),
        ("999,999,999,999.9999", "999999999999.9999"),
    ],
)
def test_amounts_keep_their_digits(written: str, edgar: str) -> None:
    assert amount(written).text == edgar


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("-5", '"-5" is negative', "Amounts are positive; acquired_or_disposed (A or D) tells the direction."),
        (
            "(1,000)",
            '"(1,000)" is negative',
            "Amounts are positive; acquired_or_disposed (A or D) tells the direction.",
        ),
        ("1e3", '"1e3" is not an amount', "Write the number out, as in 10,000 or 22.5307."),
        ("5%", '"5%" is not an amount', "Write the number out, as in 10,000 or 22.5307."),
        ("22,50", '"22,50" is not an amount', "Commas part thousands, and a point the decimals: write 22.50 or 2,250."),
        ("1,00,000", '"1,00,000" is not an amount', "Commas part thousands, and a point the decimals: write 100,000."),
        ("1.234,50", '"1.234,50" is not an amount', "Commas part thousands, and a point the decimals: write 1,234.50."),
        ("10,00", '"10,00" is not an amount', "Commas part thousands, and a point the decimals: write 10.00 or 1,000."),
        ("0,500", '"0,500" is not an amount', "Commas part thousands, and a point the decimals: write 0.500 or 500."),
        ("ten", '"ten" is not an amount', "Write digits and one point, as in 10,000 or 22.5307."),
        ("", '"" is not an amount', "Write digits and one point, as in 10,000 or 22.5307."),
        (".", '"." is not an amount', "Write digits and one point, as in 10,000 or 22.5307."),
        ("22.53075", "22.53075 has more than the four decimals that EDGAR takes", "Round it: 22.5308."),
        ("1000000000000", '"1000000000000" is above EDGAR\'s largest amount, 999,999,999,999.9999', ""),
        ("١٢", '"١٢" is not an amount', "Write digits and one point, as in 10,000 or 22.5307."),
    ],
)
def test_what_is_no_amount(written: str, message: str, hint: str) -> None:
    assert said(amount, written) == ("PLN004", message, hint)


@pytest.mark.parametrize(
    ("written", "edgar"),
    [
        ("2013-11-22", "2013-11-22"),
        ("11/22/2013", "2013-11-22"),
        ("1/2/2026", "2026-01-02"),
        ("2024-07-19-05:00", "2024-07-19-05:00"),
    ],
)
def test_dates_in_iso_and_as_on_the_form(written: str, edgar: str) -> None:
    assert day(written).text == edgar


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("22/11/2013", '"22/11/2013" is no day of the calendar', "Month, day, year: 11/22/2013 is November 22."),
        ("2013-02-30", '"2013-02-30" is no day of the calendar', "Year, month, day: 2013-11-22 is November 22."),
        ("11/22/13", '"11/22/13" is not a date', "Write the year with four digits: 11/22/2013."),
        ("Nov 22, 2013", '"Nov 22, 2013" is not a date', "Write 2013-11-22, or 11/22/2013 (month, day, year)."),
        ("20131122", '"20131122" is not a date', "Write 2013-11-22, or 11/22/2013 (month, day, year)."),
    ],
)
def test_what_is_no_date(written: str, message: str, hint: str) -> None:
    assert said(day, written) == ("PLN005", message, hint)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("11/18/0022", "the year 0022 lies before the Exchange Act of 1934"),
        ("1029-11-16", "the year 1029 lies before the Exchange Act of 1934"),
        ("1933-12-31", "the year 1933 lies before the Exchange Act of 1934"),
        ("2206-11-18", "the year 2206 is too far ahead"),
        ("12/31/9999", "the year 9999 is too far ahead"),
    ],
)
def test_a_year_that_can_t_be_meant(written: str, why: str) -> None:
    for read in (day, term):
        assert said(read, written) == ("PLN005", f'"{written}" can\'t be meant: {why}', "Check the year.")


def test_a_derivative_may_run_for_decades() -> None:
    assert term("2125-12-31").text == "2125-12-31"
    assert said(day, "2125-12-31")[1] == '"2125-12-31" can\'t be meant: the year 2125 is too far ahead'
    assert (day("1934-01-01").text, day("12/31/2099").text, term("2134-12-31").text) == (
        "1934-01-01",
        "2099-12-31",
        "2134-12-31",
    )
    assert said(day, "11/18/20260")[1] == '"11/18/20260" is not a date'


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("0.25", Fraction(1, 4)),
        ("25%", Fraction(1, 4)),
        ("12.5 %", Fraction(1, 8)),
        ("1/3", Fraction(1, 3)),
        ("0", Fraction(0)),
        ("1", Fraction(1)),
        ("100%", Fraction(1)),
    ],
)
def test_parts_of_a_whole_are_exact(written: str, part: Fraction) -> None:
    assert fraction(written) == fraction(fraction(written)) == part


@pytest.mark.parametrize("written", ["1.1", "101%", "3/2", "1/0", "-1/2", "a half", "1/2%", "", "1/2/3"])
def test_what_is_no_part_of_a_whole(written: str) -> None:
    assert said(fraction, written) == ("PLN004", f'"{written}" is no part of a whole', "Write 0.25, 25% or 1/4.")


def test_answers() -> None:
    assert [answer(word) for word in ("yes", "YES", "true", "1", "x")] == [True] * 5
    assert [answer(word) for word in ("no", "No", "false", "0")] == [False] * 4
    assert said(answer, "maybe") == ("PLN006", '"maybe" is neither yes nor no', "Write yes or no.")


def test_ciks_keep_their_zeros() -> None:
    assert cik("0001107843") == "0001107843"
    hint = "A CIK is EDGAR's number of a filer: one to ten digits."
    assert said(cik, "12345678901") == ("PLN015", '"12345678901" is not a CIK', hint)
    assert said(cik, "12a") == ("PLN015", '"12a" is not a CIK', hint)


def test_words_from_a_list_and_numbers_of_footnotes() -> None:
    read = one_of("A (acquired) or D (disposed of)", "A", "D")
    assert read("d") == "D"
    assert said(read, "B") == ("PLN007", '"B" is not A (acquired) or D (disposed of)', "Write one of A, D.")
    assert footnote_number("99") == 99
    assert said(footnote_number, "100")[1] == '"100" is not a footnote number'
    assert said(footnote_number, "F1")[1] == '"F1" is not a footnote number'


def test_texts_have_their_length() -> None:
    read = text(5, what="the title")
    assert read("abcde") == "abcde"
    assert said(read, "abcdefg") == ("PLN008", "the title has 7 characters; EDGAR takes 5", "Shorten it by 2.")
    assert said(read, "  ") == ("PLN008", "the title is empty", "Write it, or leave the key out.")


@pytest.mark.parametrize("read", [amount, day, term, answer, cik, text(5)])
def test_a_wrong_shape_is_told(read: Reader) -> None:
    assert said(read, ["x"])[0] == "PLN003"
    assert said(read, {"a": "x"})[0] == "PLN003"
    assert said(read, None)[0] == "PLN003"


def test_suggestions() -> None:
    assert did_you_mean("symbl", ["symbol", "name", "cik"]) == "Did you mean symbol?"
    assert did_you_mean("zzz", ["b", "a"]) == "Known here: a, b."
    assert did_you_mean("zzz", []) == ""
