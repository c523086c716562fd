"""Titles of one class, however they are typed, and titles of another."""

from __future__ import annotations

import pytest

from form4_author.filing.titles import security_class


@pytest.mark.parametrize(
    "title",
    [
        *("Common Stock", "COMMON STOCK", "common  stock ", "Common Shares", "Common", "Common Stock, $0.01 par value"),
        *("Common Stock, par value $.01 per share", "Common shares without par value", "Common Shares, no par value"),
        "Common Stock,\npar value $.01\nper share",
    ],
)
def test_of_one_class(title: str) -> None:
    assert security_class(title) == "common stock"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Common Stock", "Class A Common Stock"),
        ("Class A Common Stock", "Class B Common Stock"),
        ("Class B Common", "Class A Common"),
        ("Common Stock", "Common Stock (restricted stock units)"),
        ("Common Stock", "Preferred Stock"),
        ("Common Units", "Common Stock"),
    ],
)
def test_of_two(one: str, other: str) -> None:
    assert security_class(one) != security_class(other)


def test_a_class_without_the_word_stock_is_the_same_with_it() -> None:
    assert security_class("Class A Common") == security_class("Class A Common Stock, par value $0.01")
