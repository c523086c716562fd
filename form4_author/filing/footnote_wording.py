"""Footnotes in the tool's own words, for plans that state the facts alone."""

from __future__ import annotations

from decimal import Decimal

from form4_author.filing.numbers import grouped


def average_text(low: Decimal, high: Decimal) -> str:
    """The statement on a weighted average price, in dollars, with the undertaking of the staff's 2008 letter."""
    return (
        f"This is a weighted average price. The securities were traded in several transactions at prices from "
        f"${_dollars(low)} to ${_dollars(high)}. The reporting person undertakes to provide, on request, to the staff "
        "of the Securities and Exchange Commission, the issuer or a security holder of the issuer, full information "
        "on the number of securities traded at each separate price within that range."
    )


def _dollars(number: Decimal) -> str:
    whole, _, decimals = grouped(number).partition(".")
    return f"{whole}.{decimals:0<2}"
