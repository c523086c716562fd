"""All that several forms tell of days, in one value: deadlines, what each insider owes, cooling-off periods.

Text, calendar and JSON print the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from form4_author.days.business_days import FEDERAL, BusinessDays
from form4_author.days.cooling_off import CoolingOff, cooling_offs
from form4_author.days.deadlines import Deadline, Occasion, calendar_text
from form4_author.days.owed import Insider, owed
from form4_author.filing import FORM_5, Filing


class Agenda(Struct, frozen=True):
    """All days of several forms.

    Attributes:
        forms: what they say, with what `deadlines.due` says of them.
        insiders: what each insider owes.
        cooling: the cooling-off periods of trading plans.
    """

    forms: tuple[tuple[Filing, Sequence[Deadline]], ...]
    insiders: tuple[Insider, ...]
    cooling: tuple[CoolingOff, ...]

    def calendar(self) -> str:
        """Entries for a calendar (iCalendar, RFC 5545): deadlines, Forms 5 that lines wait for, cooling-off ends."""
        waiting = [
            Occasion(
                debt.day,
                f"Form 5 due: {insider.name} ({insider.issuer})",
                (*debt.waiting, f"{debt.lines} in all that may wait for Form 5."),
                debt.since,
                timed=True,
            )
            for insider in self.insiders
            for debt in insider.debts
            if debt.form is FORM_5 and debt.day is not None and debt.waiting and debt.since is not None
        ]
        cooling = [
            Occasion(one.ends, f"Cooling-off ends: plan of {one.name} ({one.issuer})", (f"{one.why}.",), one.adopted)
            for one in self.cooling
        ]
        return calendar_text(self.forms, (*waiting, *cooling))


def agenda(forms: Iterable[tuple[Filing, Sequence[Deadline]]], days: BusinessDays = FEDERAL) -> Agenda:
    """All days of several forms.

    Args:
        forms: filings with what `deadlines.due` says of them.
        days: the calendar of business days.
    """
    listed = tuple(forms)
    return Agenda(listed, tuple(owed(listed, days)), tuple(cooling_offs(filing for filing, _ in listed)))
