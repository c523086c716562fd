"""An exercise, conversion or vesting."""

from __future__ import annotations

from form4_author.plan.base import Code, Name
from form4_author.plan.entries.shared import Dated, Half, LineNotes, Withheld
from form4_author.plan.ownership import Ownership
from form4_author.plan.prices import Price
from form4_author.plan.scalars import AmountText


class Exercise(Dated):
    """An exercise, conversion or vesting: the derivative's line in Table II and the shares' line in Table I."""

    exercise: Name
    """The derivative security, by name."""
    amount: AmountText
    """Number of derivative securities exercised."""
    code: Code = "M"
    """M (exempt under Rule 16b-3); X, O or C otherwise."""
    price: Price = None
    """Price of the shares in Table I; the exercise price where not given. none where only a footnote tells it."""
    ownership: Ownership = "direct"
    """Form of ownership of both lines."""
    table_1: Half = Half()
    """What is particular to the line of Table I."""
    table_2: Half = Half()
    """What is particular to the line of Table II; its price is 0 where not given."""
    withheld: Withheld | None = None
    """Shares withheld for the price or the tax: one more line of Table I, code F."""
    notes: LineNotes = LineNotes()
    """Footnotes on both lines; one on the price stands in Table I alone, those on what only Table II shows in that."""
