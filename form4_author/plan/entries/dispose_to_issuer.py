"""Securities sold or given back to the issuer."""

from __future__ import annotations

from form4_author.plan.base import Words
from form4_author.plan.entries.named import OneLine, SecurityNames


class DisposeToIssuer(OneLine):
    """Securities sold or given back to the issuer: code D."""

    dispose_to_issuer: SecurityNames
    """The security, by name."""
    approved_by: Words | None = None
    """Who approved it in advance: the board, or a committee of directors."""
