"""A holding, in the list `holdings` or in its place among the transactions."""

from __future__ import annotations

from form4_author.plan.base import Name
from form4_author.plan.entries.shared import AsOnForm, Entry
from form4_author.plan.scalars import AmountText, LateForm


class Held(AsOnForm):
    """A holding: a line without a transaction."""

    amount: AmountText | None = None
    """Number held; follows from the running balance where one is known."""
    value: AmountText | None = None
    """Value held in dollars, instead of a number."""
    late: LateForm | None = None
    """On Form 5: form 3 where it had been due on a Form 3 and was not reported."""


class Holding(Held):
    """A holding in the list `holdings`: after the transactions of its table."""

    security: Name
    """The security, by name."""


class InlineHolding(Held, Entry):
    """A holding in the list `transactions`, in its place among them."""

    holding: Name
    """The security, by name."""
