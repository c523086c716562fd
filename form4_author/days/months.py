"""Spans of months, as the rules count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def six_months_before(day: date) -> date:
    """The same day of the month six months earlier, or the last day of that month."""
    return _moved(day, -6)


def six_months_after(day: date) -> date:
    """The same day of the month six months later, or the last day of that month."""
    return _moved(day, 6)


def _moved(day: date, months: int) -> date:
    """Moved by months; the first or the last day that there is, where that is passed."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
