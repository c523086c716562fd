"""Footnotes in the tool's own words, for plans that state the facts alone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from form4_author.filing.numbers import grouped
from form4_author.sec_codes.limits import MAX_FOOTNOTE

_SENTENCE_END = re.compile(r"[.!?][\"')]?(?=\s)")
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


def divided(text: str) -> list[str]:
    """A footnote in as many parts as EDGAR needs of it, each ended at a sentence (specification 3.5).

    A text that no sentence divides so stays whole: its author decides where.
    """
    if len(text) <= MAX_FOOTNOTE:
        return [text]
    parts: list[str] = []
    begin = 0
    while len(text) - begin > MAX_FOOTNOTE:
        ends = [match.end() for match in _SENTENCE_END.finditer(text, begin, begin + MAX_FOOTNOTE + 1)]
        if not ends:
            return [text]
        parts.append(text[begin : ends[-1]].strip())
        begin = ends[-1]
        while begin < len(text) and text[begin].isspace():
            begin += 1
    return [*parts, text[begin:].strip()]


def dollars(number: Decimal) -> str:
    """A price or a value for people, the cents always told: `31.40`."""
    whole, _, decimals = grouped(number).partition(".")
    return f"{whole}.{decimals:0<2}"


def long_day(day: date) -> str:
    """A date for people: `November 16, 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
