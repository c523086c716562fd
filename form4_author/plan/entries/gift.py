"""A gift."""

from __future__ import annotations

from form4_author.plan.base import Code, Name
from form4_author.plan.entries.shared import Balance, Dated, Half, LineNotes
from form4_author.plan.ownership import Ownership
from form4_author.plan.prices import Price
from form4_author.plan.scalars import AmountText


class Gift(Dated, Balance):
    """A gift: the giver's line and, where the receiver is reported too, the receiver's."""

    gift: Name
    """The security given, by name."""
    amount: AmountText
    """Number given."""
    price: Price = None
    """Price; 0 where not given. none where only a footnote tells it."""
    code: Code = "G"
    """G; J or W for other transfers of the kind."""
    ownership: Ownership = "direct"
    """From which ownership it was given."""
    to: Ownership | None = None
    """The receiver's ownership, where it stays reported: {indirect: By Trust}. Writes a second line."""
    received: Half = Half()
    """What is particular to the receiver's line."""
    notes: LineNotes = LineNotes()
    """Footnotes on the giver's line, and those on code, date and amount on both."""
