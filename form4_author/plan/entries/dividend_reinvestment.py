"""Shares acquired by reinvesting dividends under a plan."""

from __future__ import annotations

from form4_author.plan.entries.named import SecurityNames
from form4_author.plan.entries.no_line import NoLine


class DividendReinvestment(NoLine):
    """Shares acquired by reinvesting dividends under a plan: no line."""

    dividend_reinvestment: SecurityNames
    """The security, by name."""
