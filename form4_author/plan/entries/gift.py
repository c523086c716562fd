"""A gift."""

from __future__ import annotations

from form4_author.plan.base import Code, Words
from form4_author.plan.entries.named import HowMany, SecurityNames
from form4_author.plan.entries.shared import Balance, Dated, Half, LineNotes
from form4_author.plan.ownership import Ownership
from form4_author.plan.prices import Price


class Gift(Dated, HowMany, Balance):
    """A gift: the giver's line and, where the receiver is reported too, the receiver's."""

    gift: SecurityNames
    """The security given, by name."""
    price: Price = None
    """Price; 0 where not given. none where only a footnote tells it."""
    code: Code = "G"
    """G; J or W for other transfers of the kind."""
    to: Ownership | None = None
    """Who receives it: a name from ownership_lines or {indirect: By Trust}, where that stays reported, which writes a
    second line; or another in words: a donor-advised fund."""
    power: Words | None = None
    """Who keeps voting and investment power over what was given to a holder that stays reported, in words."""
    received: Half = Half()
    """What is particular to the receiver's line."""
    notes: LineNotes = LineNotes()
    """Footnotes on the giver's line, and those on code, date and amount on both; none leaves the event's own out."""
