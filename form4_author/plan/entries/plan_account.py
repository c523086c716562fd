"""What a 401(k) or another plan account holds as of a date."""

from __future__ import annotations

from form4_author.plan.base import Name
from form4_author.plan.entries.shared import Entry
from form4_author.plan.ownership import Ownership
from form4_author.plan.scalars import AmountText, DayText


class PlanAccount(Entry):
    """What a 401(k) or another plan account holds as of a date: no line, but the holding's balance."""

    as_of: DayText
    """The date of the account's statement."""
    plan_account: Name
    """The security, by name."""
    amount: AmountText
    """Number held in the account on that date."""
    ownership: Ownership = "direct"
    """The account's form of ownership: {indirect: By 401(k) Plan}, or a name from ownership_lines."""
