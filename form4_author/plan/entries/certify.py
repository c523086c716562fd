"""Performance shares that were earned."""

from __future__ import annotations

from form4_author.plan.base import Words
from form4_author.plan.entries.named import OneLine, SecurityNames
from form4_author.plan.percents import Percent
from form4_author.plan.scalars import AmountText, DayText


class Certify(OneLine):
    """Performance shares that were earned: reported when the result is certified, code A."""

    certify: SecurityNames
    """The security, by name."""
    target: AmountText
    """The target number."""
    earned: Percent
    """What was earned of the target: 140%."""
    vests: DayText | Words | None = None
    """When they vest: a date, or in words."""
