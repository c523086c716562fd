"""A tender of shares in an offer, or their exchange in a merger."""

from __future__ import annotations

from form4_author.plan.base import Words
from form4_author.plan.entries.named import OneLine, SecurityNames


class Tender(OneLine):
    """A tender of shares in an offer, or their exchange in a merger: code U."""

    tender: SecurityNames
    """The security, by name."""
    to: Words | None = None
    """Who made the offer, or acquired the issuer, in words."""
