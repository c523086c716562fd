"""Options and units paid out in cash in a merger."""

from __future__ import annotations

from form4_author.plan.base import Code
from form4_author.plan.entries.named import HowMany, SecurityNames
from form4_author.plan.entries.shared import Dated, LineNotes
from form4_author.plan.scalars import AmountText


class CashOut(Dated, HowMany):
    """Options and units paid out in cash in a merger: dispositions to the issuer, code D."""

    cash_out: SecurityNames
    """The derivative securities, by name; or stock paid out by the issuer."""
    at: AmountText
    """The price of a share in the merger, in dollars."""
    code: Code = "D"
    """D, disposition to the issuer."""
    notes: LineNotes = LineNotes()
    """Footnotes on each line, on top of the event's own; none leaves the event's own out."""
