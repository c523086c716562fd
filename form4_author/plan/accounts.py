"""What a running balance is kept by, one security in one form of ownership, and where it begins."""

from __future__ import annotations

from form4_author.plan.base import Model, Name, Words
from form4_author.plan.ownership import Indirect, Ownership
from form4_author.plan.scalars import AmountText

Account = tuple[str, str, str]
"""A security's name; `direct`, `indirect` or the name of a holder; and the nature of indirect ownership."""


def ownership_of(account: Account) -> Ownership:
    """The form of ownership, or the holder, of an account, as a plan writes it."""
    _, form, nature = account
    return Indirect(indirect=nature) if nature else form


class Opening(Model):
    """What was held of a security, in one form of ownership, before the first line."""

    security: Name
    """The security, by name, or a list of those of which as much was held."""
    amount: AmountText | None = None
    """Number held, or a mapping of numbers by holder: {fund: 1000, trust: 200}."""
    value: AmountText | None = None
    """Value held in dollars, for securities reported by value."""
    ownership: Ownership = "direct"
    """direct, {indirect: By Trust}, or a name from ownership_lines; or a list of them."""
    moved: list[Words] = []
    """What moved it without a line since it was last reported, in words: a footnote on its next line says so."""
