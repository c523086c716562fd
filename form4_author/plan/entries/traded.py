"""What a purchase and a sale have in common."""

from __future__ import annotations

from form4_author.plan.entries.named import HowMany
from form4_author.plan.entries.shared import Cells, Timed
from form4_author.plan.fills import FileOfExecutions
from form4_author.plan.prices import Price
from form4_author.plan.scalars import Day, DayText


class Traded(Timed, HowMany, Cells):
    """A purchase or a sale: a price and an amount, or a broker's file that tells both."""

    date: DayText | None = None
    """Transaction date; the file's days where there is one."""
    price: Price = None
    """Price of one, in dollars; or {HKD: 22.20, rate: 7.80}, in another currency with its units for one dollar."""
    fills: FileOfExecutions | None = None
    """A broker's file of executions, CSV or Excel, instead of amount and price, and of the date where it tells days."""

    @property
    def day(self) -> Day | None:
        """The transaction date, where the plan states it."""
        return self.date
