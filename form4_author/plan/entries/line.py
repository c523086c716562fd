"""A transaction, as one line of the form."""

from __future__ import annotations

from form4_author.plan.base import Code, Letter, Name
from form4_author.plan.entries.shared import AsOnForm, Dated
from form4_author.plan.fills import FileOfExecutions
from form4_author.plan.prices import Price
from form4_author.plan.scalars import AmountText


class Transaction(Dated, AsOnForm):
    """One line of Table I or II, as it stands on the form."""

    security: Name
    """The security, by name; a derivative goes to Table II."""
    code: Code
    """Transaction code (column 3 or 4): P purchase, S sale, A grant, F withholding, G gift, M exercise, ..."""
    amount: AmountText | None = None
    """Number of securities."""
    total_value: AmountText | None = None
    """Total value in dollars, instead of a number (Table II only)."""
    fills: FileOfExecutions | None = None
    """A broker's file of executions, CSV or Excel, instead of amount and price."""
    price: Price = None
    """Price of one, in dollars; or {HKD: 22.20, rate: 7.80}, in another currency with its units for one dollar."""
    acquired_or_disposed: Letter | None = None
    """A or D; follows from most codes."""
