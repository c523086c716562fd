"""Short names from titles and footnotes."""

from __future__ import annotations

import pytest

from form4_author.decompose.speaking_names import footnote_name, security_name, told_apart, told_apart_by


@pytest.mark.parametrize(
    ("title", "derivative", "name"),
    [
        ("Common Stock, par value $0.001 per share", False, "common"),
        ("Class A Common Stock", False, "class-a"),
        ("COMMON STOCK, CLASS C", False, "class-c"),
        ("Series A-1 Preferred Stock", True, "series-a-1"),
        ("Series C Warrants (right to buy)", True, "series-c-warrant"),
        ("Employee Stock Option (right to buy)", True, "option"),
        ("Restricted Stock Units", True, "rsu"),
        ("Performance Restricted Stock Units", True, "psu"),
        ("5.00% Convertible Note due 2030", True, "note"),
        ("Ordinary Shares", False, "ordinary"),
        ("Allocation Rights", True, "allocation-rights"),
        ("Include", True, "included"),
        ("CCC", True, "ccc-1"),
        ("???", True, "security"),
    ],
)
def test_securities(title: str, derivative: bool, name: str) -> None:
    assert security_name(title, derivative=derivative) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Made under a Rule 10b5-1 trading plan.", "10b5-1-plan"),
        ("The price is a weighted average price.", "weighted"),
        ("Shares withheld by the issuer for taxes.", "withholding"),
        ("The reporting person disclaims beneficial ownership.", "disclaimer"),
        ("One third vests each year.", "vesting"),
        ("Each unit represents one share.", "each"),
        ("N/A", "not-applicable"),
        ("Without conceding its status as an insider.", "without-conceding-status"),
        ("123 456", "note"),
        ("Sold to CCC.", "sold-ccc-1"),
    ],
)
def test_footnotes(text: str, name: str) -> None:
    assert footnote_name(text) == name


def test_names_are_told_apart() -> None:
    assert told_apart(["a", "b", "a", "a"]) == ["a", "b", "a-2", "a-3"]
    assert told_apart(["a", "a-2", "a"]) == ["a", "a-2", "a-3"]
    assert told_apart_by(["o", "c", "o"], [["4.80", "2031"], ["", ""], ["6", "2031"]]) == ["o-4.80", "c", "o-6"]
    assert told_apart_by(["o", "o"], [["4.80", "2031"], ["4.80", "2032"]]) == ["o-2031", "o-2032"]
    assert told_apart_by(["o", "o"], [["", ""], ["", ""]]) == ["o", "o-2"]
