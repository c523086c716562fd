"""An equity swap opened or closed."""

from __future__ import annotations

from form4_author.plan.base import Code, Name
from form4_author.plan.entries.shared import Dated, LineNotes
from form4_author.plan.ownership import Ownership
from form4_author.plan.scalars import AmountText


class Swap(Dated):
    """An equity swap opened or closed: Table II, marked K."""

    swap: Name
    """The swap, by name; its terms stand under securities."""
    open: AmountText | None = None
    """Number of shares of a swap that is opened."""
    close: AmountText | None = None
    """Number of shares of a swap that is closed."""
    at: AmountText | None = None
    """The price of a share at which it is closed, in dollars."""
    ownership: Ownership = "direct"
    """direct, {indirect: By Fund}, or a name from ownership_lines."""
    code: Code | None = None
    """The transaction code, where it isn't P or S."""
    notes: LineNotes = LineNotes()
    """Footnotes, by column, on top of the event's own."""
