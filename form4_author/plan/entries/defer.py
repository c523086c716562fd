"""A deferral of pay into phantom or deferred units."""

from __future__ import annotations

from form4_author.plan.entries.named import OneLine, SecurityNames
from form4_author.plan.scalars import AmountText


class Defer(OneLine):
    """A deferral of pay into phantom or deferred units: code A."""

    defer: SecurityNames
    """The units, by name."""
    dollars: AmountText | None = None
    """What was deferred in dollars; the number of units is that divided by the price."""
