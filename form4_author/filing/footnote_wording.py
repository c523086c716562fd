"""Footnotes in the tool's own words, for plans that state the facts alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from form4_author.filing.numbers import grouped

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def average_text(low: Decimal, high: Decimal) -> str:
    """The statement on a weighted average price, in dollars, with the undertaking of the staff's 2008 letter."""
    return (
        f"This is a weighted average price. The securities were traded in several transactions at prices from "
        f"${dollars(low)} to ${dollars(high)}. The reporting person undertakes to provide, on request, to the staff "
        "of the Securities and Exchange Commission, the issuer or a security holder of the issuer, full information "
        "on the number of securities traded at each separate price within that range."
    )


def dollars(number: Decimal) -> str:
    """A price or a value for people, the cents always told: `31.40`."""
    whole, _, decimals = grouped(number).partition(".")
    return f"{whole}.{decimals:0<2}"


def long_day(day: date) -> str:
    """A date for people: `November 16, 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
