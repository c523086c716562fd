"""What each insider owes, on which form and by when, over several forms.

What may wait for Form 5 is owed on it 45 days after the issuer's fiscal year, whose end a Form 4 doesn't tell. An
amendment is owed on no day of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from form4_author.days.deadlines import Deadline
from form4_author.filing import FORM_5, Filing, FormType, form_of
from form4_author.filing.wording import value_text


@dataclass(frozen=True, slots=True)
class Debt:
    """One form that an insider owes.

    Attributes:
        form: which form.
        day: its last day; None where only the issuer's fiscal year tells it.
        lines: for how many transactions, as lines of a form; 0 where it is owed as a whole.
    """

    form: FormType
    day: date | None
    lines: int


@dataclass(frozen=True, slots=True)
class Insider:
    """One reporting person at one issuer, and the forms owed, the nearest day first.

    Attributes:
        name: as EDGAR has it; the CIK where it isn't known.
        issuer: the issuer's ticker symbol, or its CIK.
        debts: what is owed.
    """

    name: str
    issuer: str
    debts: tuple[Debt, ...]


def owed(forms: Iterable[tuple[Filing, Sequence[Deadline]]]) -> list[Insider]:
    """What each insider owes, in the order in which they are met.

    Args:
        forms: filings with what `deadlines.due` says of them.
    """
    found: dict[tuple[str, str], Counter[tuple[str, date | None]]] = {}
    names: dict[tuple[str, str], tuple[str, str]] = {}
    types: dict[str, FormType] = {FORM_5.number: FORM_5}
    for filing, deadlines in forms:
        if filing.is_amendment:
            continue
        form = form_of(filing)
        types[form.number] = form
        for owner in filing.owners:
            who = (value_text(owner.cik).lstrip("0"), value_text(filing.issuer.cik).lstrip("0"))
            symbol = value_text(filing.issuer.trading_symbol)
            names.setdefault(who, (value_text(owner.name) or f"CIK {who[0]}", symbol or f"CIK {who[1]}"))
            counted = found.setdefault(who, Counter())
            for deadline in deadlines:
                number = form.number if deadline.day else FORM_5.number
                counted[number, deadline.day] += 1 if deadline.code else 0
    return [
        Insider(*names[who], tuple(Debt(types[number], day, lines) for (number, day), lines in _in_order(counted)))
        for who, counted in found.items()
    ]


def _in_order(counted: Mapping[tuple[str, date | None], int]) -> list[tuple[tuple[str, date | None], int]]:
    """The forms by their last days, those without one last."""
    return sorted(counted.items(), key=lambda debt: (debt[0][1] or date.max, debt[0][0]))
