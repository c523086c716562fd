"""Exact numbers as text: dollars, shares, prices."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

_DECIMALS = 4


def exact(number: Fraction) -> str:
    """A number with all its decimals; one that has no end, as a third has, to four of them."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    with localcontext(prec=400, rounding=ROUND_HALF_EVEN):
        text = f"{Decimal(number.numerator) / number.denominator:f}" if rest == 1 else ""
        if not text:
            text = f"{(Decimal(number.numerator) / number.denominator).quantize(Decimal(1).scaleb(-_DECIMALS)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def dollars(number: Fraction) -> str:
    """An amount of dollars with its cents, and what is smaller where there is such: `2500.00`."""
    whole, _, decimals = exact(number).partition(".")
    return f"{whole}.{decimals:0<2}"


def grouped(text: str) -> str:
    """A number as text, thousands parted by commas."""
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole not in {"-0", "-"} else text
