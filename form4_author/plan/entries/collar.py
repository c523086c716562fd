"""A collar."""

from __future__ import annotations

from form4_author.plan.base import Model, Name
from form4_author.plan.entries.shared import Dated, Half, LineNotes
from form4_author.plan.ownership import Ownership
from form4_author.plan.scalars import AmountText


class Legs(Model):
    """The two options of a collar."""

    buy: Name
    """The put that is bought, by name."""
    write: Name
    """The call that is written, by name."""


class Collar(Dated):
    """A collar: a put bought and a call written on the same shares, at one premium."""

    collar: Legs
    """{buy: PUT, write: CALL}, the two by name."""
    amount: AmountText
    """Number of shares that each is on."""
    premium: AmountText | None = None
    """What was paid for each in dollars, net; 0 of a zero-cost collar."""
    ownership: Ownership = "direct"
    """direct, {indirect: By Trust}, or a name from ownership_lines."""
    bought: Half = Half()
    """What is particular to the line of the put."""
    written: Half = Half()
    """What is particular to the line of the call."""
    notes: LineNotes = LineNotes()
    """Footnotes on both lines, on top of the event's own."""
