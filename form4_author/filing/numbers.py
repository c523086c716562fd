"""Derived numbers as text: for EDGAR, and for people."""

from __future__ import annotations

from decimal import Decimal


def plain(number: Decimal) -> str:
    """A derived number as EDGAR takes it: no exponent, no trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(number: Decimal) -> str:
    """A number for people: thousands parted by commas."""
    whole, _, decimals = plain(abs(number)).partition(".")
    sign = "-" if number < 0 else ""
    return f"{sign}{int(whole):,}" + (f".{decimals}" if decimals else "")
