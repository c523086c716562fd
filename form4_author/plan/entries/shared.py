"""What the entries of a plan share: when, how much is owned afterwards, how, and the footnotes on a line."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from form4_author.plan.base import Code, MaybeAmount, Model
from form4_author.plan.note_calls import Notes
from form4_author.plan.ownership import Ownership
from form4_author.plan.prices import Price
from form4_author.plan.scalars import AmountText, Answer, Day, DayText, LateForm, one_of, refuse, text
from form4_author.plan.securities import SecurityNotes

NOTES_OF_TABLE_2 = ("exercise_price", "exercisable", "expires", "underlying", "underlying_amount")
"""The columns that Table II alone has, by the keys of the footnotes on them."""


class LineNotes(SecurityNotes):
    """Footnotes on the columns of one line."""

    date: Notes = []
    """On the transaction date."""
    deemed_execution_date: Notes = []
    """On the deemed execution date."""
    code: Notes = []
    """On the transaction code."""
    early: Notes = []
    """On the V column."""
    amount: Notes = []
    """On the number of securities, or their total value."""
    price: Notes = []
    """On the price."""
    acquired_or_disposed: Notes = []
    """On the A or D of Table I."""
    underlying_amount: Notes = []
    """On the number or value of underlying securities (Table II, column 7)."""
    balance: Notes = []
    """On the amount owned following the transaction."""
    ownership: Notes = []
    """On the D or I."""
    nature: Notes = []
    """On the nature of indirect ownership."""


class Balance(Model):
    """What one line says of the amount owned afterwards, where it is not left to be derived."""

    balance: AmountText | None = None
    """Amount owned following the transaction; checked against the running balance."""
    restated_balance: AmountText | None = None
    """Amount owned where it does not follow from the lines before; later lines go on from it."""
    balance_value: AmountText | None = None
    """Value owned in dollars, for securities reported by value."""


class Half(Balance):
    """What is particular to one of the lines that an event writes."""

    amount: AmountText | None = None
    """Number of securities on this line."""
    price: Price = None
    """Price on this line; none where only a footnote tells it."""
    ownership: Ownership | None = None
    """Form of ownership on this line."""
    underlying_amount: MaybeAmount = None
    """Number of underlying securities; none where a footnote tells it."""
    notes: LineNotes = LineNotes()
    """Footnotes on this line alone."""


class Withheld(Half):
    """Shares withheld or delivered to pay the price or the tax: one more line of Table I."""

    code: Code = "F"
    """F, payment by withholding or delivering securities."""


class Entry(Model):
    """What stands in the list `transactions`: one line, or an event that writes several."""

    @property
    def day(self) -> Day | None:
        """The transaction date; None for what is no transaction."""
        return None


class Section16b(Model):
    """What is known of a transaction under Section 16(b) and the form doesn't say; `short-swing` goes by it."""

    exempt: Annotated[str, BeforeValidator(text(what="the reason"))] | None = None
    """Why it is exempt: the rule, and what was done for it (Rule 16b-3(d)(1), approved by the board on May 12)."""
    matchable: Annotated[str, BeforeValidator(text(what="the reason"))] | None = None
    """Why it counts as a purchase or sale although its code leaves that open."""


def _one_reading(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() >= {"exempt", "matchable"}:
        raise refuse("PLN011", "a transaction is exempt or matchable, not both", "Keep the one that it is.")
    if value == {}:
        raise refuse("PLN003", "nothing stands here", "Write {exempt: REASON}.")
    return value


class TradingPlan(Model):
    """A Rule 10b5-1 trading plan under which something was done."""

    adopted: DayText
    """When the reporting person adopted it."""


class Timed(Entry):
    """What every transaction may say of when and how it was done, beside its date."""

    deemed_execution_date: DayText | None = None
    """Deemed execution date, if any (column 2A or 3A)."""
    early: Answer | None = None
    """Reported earlier than required: a Form 5 transaction, shown as V. Follows from timeliness."""
    late: LateForm | None = None
    """On Form 5: form 4 where it had been due on a Form 4, form 5 where on an earlier Form 5."""
    timeliness: Annotated[Literal["E", "L"], BeforeValidator(one_of("a timeliness mark", "E", "L"))] | None = None
    """E on an early transaction, L on a late one of form 4: EDGAR allows it there and does not need it."""
    equity_swap: Answer | None = None
    """Involves an equity swap: EDGAR adds K to the code."""
    section_16b: Annotated[Section16b | None, BeforeValidator(_one_reading)] = None
    """{exempt: REASON} or {matchable: REASON}: for `short-swing`; the form doesn't show it."""
    trading_plan: TradingPlan | None = None
    """The Rule 10b5-1 plan that it was done under: {adopted: DATE}. Notes the code, and is held against the box."""


class Dated(Timed):
    """What every transaction has that is of one day."""

    date: DayText
    """Transaction date."""

    @property
    def day(self) -> Day:
        """The transaction date."""
        return self.date


class Cells(Balance):
    """What a line may say of its cells beside amount, price and holder."""

    exercise_price: AmountText | None = None
    """Conversion or exercise price, where this line differs from the security."""
    underlying_amount: MaybeAmount = None
    """Number of underlying securities; follows from the amount. none where a footnote tells it."""
    underlying_value: MaybeAmount = None
    """Value of the underlying securities in dollars, instead of a number; none where a footnote tells it."""
    notes: LineNotes = LineNotes()
    """Footnotes, by column."""


class AsOnForm(Cells):
    """What a transaction and a holding have in common, where they stand as on the form."""

    ownership: Ownership = "direct"
    """direct, {indirect: By Trust}, or a name from ownership_lines."""
