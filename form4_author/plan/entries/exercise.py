"""An exercise, conversion or vesting."""

from __future__ import annotations

from form4_author.plan.base import Code, Model
from form4_author.plan.entries.named import HowMany, SecurityNames
from form4_author.plan.entries.shared import Half, LineNotes, Timed, Withheld
from form4_author.plan.fills import FileOfExecutions
from form4_author.plan.note_calls import Notes
from form4_author.plan.prices import Price
from form4_author.plan.scalars import AmountText, Day, DayText


class Sell(Half):
    """The sale of the shares received."""

    fills: FileOfExecutions | None = None
    """A file of executions, instead of amount and price: each day's are sold behind that day's exercise."""


class Net(Model):
    """Shares withheld by the issuer for the exercise price, and for the tax."""

    price: AmountText
    """The market price of a share at which they are withheld, in dollars."""
    tax: AmountText | None = None
    """Number of shares withheld for the tax."""
    note: Notes = []
    """Footnotes on the lines of the shares withheld, on top of their own."""


class Settled(Model):
    """A right that is paid out in money instead of shares."""

    cash: AmountText
    """The market price of a share at which it is paid out, in dollars."""


class Exercise(Timed, HowMany):
    """An exercise, conversion or vesting: the derivative's line in Table II and the shares' line in Table I."""

    date: DayText | None = None
    """Transaction date; follows from the executions where the shares are sold by a file of them."""
    exercise: SecurityNames
    """The derivative security, by name."""
    code: Code | None = None
    """M (exempt under Rule 16b-3), of a put or a written call X, where not given; O or C otherwise."""
    price: Price = None
    """Price of the shares in Table I; the exercise price where not given. none where only a footnote tells it."""
    table_1: Half = Half()
    """What is particular to the line of Table I."""
    table_2: Half = Half()
    """What is particular to the line of Table II; its price is 0 where not given."""
    withheld: Withheld | None = None
    """Shares withheld for the price or the tax: one more line of Table I, code F."""
    sell: Sell | None = None
    """The sale of the shares: {amount, price} or {fills: FILE}. One more line of Table I, code S, for each price."""
    net: Net | None = None
    """An exercise paid with shares: {price, tax}. Code F for the exercise price, rounded up, and for the tax."""
    settled: Settled | None = None
    """A right paid out in money: {cash: PRICE}. One more line of Table I, code D, to the issuer."""
    notes: LineNotes = LineNotes()
    """Footnotes on both lines; one on the price stands in Table I alone, those on what only Table II shows in that."""

    @property
    def day(self) -> Day | None:
        """The transaction date, where it is the entry's own."""
        return self.date
