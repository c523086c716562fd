"""Spans of months, as the rules count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def six_months_before(day: date) -> date:
    """The same day of the month six months earlier, or the last day of that month."""
    months = day.year * 12 + day.month - 1 - 6
    if months < 12:
        return date.min
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
