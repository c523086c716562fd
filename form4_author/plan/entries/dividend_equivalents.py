"""Units credited as dividend equivalents."""

from __future__ import annotations

from form4_author.plan.entries.named import SecurityNames
from form4_author.plan.entries.no_line import NoLine


class DividendEquivalents(NoLine):
    """Units credited as dividend equivalents: no line."""

    dividend_equivalents: SecurityNames
    """The units, by name."""
