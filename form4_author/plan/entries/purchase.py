"""A purchase."""

from __future__ import annotations

from form4_author.plan.base import Model, Name
from form4_author.plan.entries.shared import LineNotes
from form4_author.plan.entries.traded import Traded
from form4_author.plan.prices import Price
from form4_author.plan.scalars import AmountText, Answer, DayText


class SmallTrade(Model):
    """One of several small purchases."""

    date: DayText
    """Transaction date."""
    amount: AmountText
    """Number of securities."""
    price: Price
    """Price of one, in dollars."""
    notes: LineNotes = LineNotes()
    """Footnotes on this line."""


class Purchase(Traded):
    """A purchase, in the open market or in private: code P; or small ones, code L."""

    purchase: Name
    """The security bought, by name."""
    small: Answer | None = None
    """yes: code L while the purchases of six months come to no more than $10,000, P from the one that passes it."""
    trades: list[SmallTrade] = []
    """The purchases of which that is asked: {date, amount, price} each, in the order of their dates."""
