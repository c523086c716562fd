"""What reaches no line of the form, but moves a balance."""

from __future__ import annotations

from form4_author.plan.entries.named import HowMany
from form4_author.plan.entries.shared import Entry
from form4_author.plan.scalars import DayText


class NoLine(Entry, HowMany):
    """What happened without a line: the next amount reported of it has a footnote that says so."""

    date: DayText
    """When it happened."""
