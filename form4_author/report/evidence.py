"""What stands in a build's report to be held against other papers: dollars, sums, how derived values came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from form4_author.filing.derivation import Derivation, TallyStep
from form4_author.filing.numbers import plain
from form4_author.filing.totals import LineTotal, sums
from form4_author.masking import masked_words
from form4_author.report.file_report import told_from


def lines_data(totals: Iterable[LineTotal]) -> list[dict[str, Any]]:
    """Each transaction with its dollars, as plain data; numbers are text, so that no program rounds them."""
    return [
        {
            "line": total.line,
            "code": total.code,
            "acquired_or_disposed": total.letter,
            "security": masked_words(total.security),
            "amount": _text(total.shares),
            "price": _text(total.price),
            "dollars": _cents(total.dollars),
        }
        for total in totals
    ]


def sums_data(totals: Sequence[LineTotal]) -> list[dict[str, Any]]:
    """The sums by code, direction and security, as plain data."""
    return [
        {
            "code": one.code,
            "acquired_or_disposed": one.letter,
            "security": masked_words(one.security),
            "lines": one.lines,
            "amount": _text(one.shares),
            "dollars": _cents(one.dollars),
        }
        for one in sums(totals)
    ]


def tally_data(tally: Iterable[TallyStep]) -> list[dict[str, Any]]:
    """What was owned after each step, by security and holder, as plain data; numbers are text."""
    return [
        {
            "security": masked_words(step.security),
            "held": masked_words(step.holder),
            "date": step.day or None,
            "what": masked_words(step.what),
            "change": _text(step.change),
            "after": plain(step.after),
        }
        for step in tally
    ]


def derivations_data(derivations: Iterable[Derivation], *, relative_to: str) -> list[dict[str, Any]]:
    """How each value came about that no one wrote, as plain data; file names are told from a folder."""
    told = [*derivations]
    shown = told_from({place.file for one in told if (place := one.origin.position)}, relative_to)
    return [
        {
            "cell": one.what,
            "value": masked_words(one.value),
            "how": masked_words(one.how),
            "file": shown[place.file] if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
        }
        for one in told
        for place in [one.origin.position]
    ]


def _text(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _cents(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
