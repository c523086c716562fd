"""Symbols, and the exchanges that stand beside them."""

from __future__ import annotations

import pytest

from form4_author.sec_codes import symbol_alone


@pytest.mark.parametrize(
    "text",
    [
        *("NASDAQ:EXSY", "NYSE: EXSY", "nyse:EXSY", "EXSY (NYSE)", "EXSY (NASDAQ)", "(NYSE: EXSY)", "OTCQB: EXSY"),
        *("NYSE EXSY", "EXSY, NYSE", "EXSY-NYSE", "EXSY:NYSE", "NYSE American: EXSY", "TSX: EXSY", "[NYSE:EXSY]"),
    ],
)
def test_the_symbol_without_its_exchange(text: str) -> None:
    assert symbol_alone(text) == "EXSY"


@pytest.mark.parametrize("text", ["N/A", "n/a", "N.A.", "not listed", "Not applicable", "Unknown"])
def test_words_for_having_none(text: str) -> None:
    assert symbol_alone(text) == "NONE"


@pytest.mark.parametrize(
    "text",
    [
        "EXSY",
        "NA",
        "NONE",
        "none",
        "EXSA, EXSB",
        "EXSA/EXSB",
        "EXSA EXSB",
        "BRK.A",
        "NEO, A",
        "NASDAQ",
        "NYSE",
        "",
        " ",
    ],
)
def test_what_is_a_symbol_or_a_list_of_them_stays(text: str) -> None:
    assert symbol_alone(text) == ""


def test_a_list_behind_an_exchange_stays_a_list() -> None:
    assert symbol_alone("NYSE: EXSA, EXSB") == "EXSA, EXSB"


def test_long_texts_are_left_alone_quickly() -> None:
    assert symbol_alone("NYSE: " + " (" * 100_000) == ""
