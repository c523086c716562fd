"""A grant or award."""

from __future__ import annotations

from form4_author.plan.base import Words
from form4_author.plan.entries.named import OneLine, SecurityNames


class Grant(OneLine):
    """A grant or award: of stock in Table I, of units and options in Table II, code A."""

    grant: SecurityNames
    """The security, by name."""
    vests: Words | None = None
    """How it vests, in words, where that is said."""
