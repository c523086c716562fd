"""What a running balance is kept by, one security in one form of ownership, and where it begins."""

from __future__ import annotations

from form4_author.plan.base import Model, Name
from form4_author.plan.ownership import Indirect, Ownership
from form4_author.plan.scalars import AmountText

Account = tuple[str, str, str]
"""A security's name, `direct` or `indirect`, and the nature of indirect ownership."""


class Opening(Model):
    """What was held of a security, in one form of ownership, before the first line."""

    security: Name
    """The security, by name."""
    amount: AmountText | None = None
    """Number held."""
    value: AmountText | None = None
    """Value held in dollars, for securities reported by value."""
    ownership: Ownership = "direct"
    """direct, or {indirect: By Trust}."""


def account(security: str, ownership: Ownership) -> Account:
    """The ledger's name for a security in one form of ownership."""
    if isinstance(ownership, Indirect):
        return security, "indirect", ownership.indirect
    return security, ownership, ""
