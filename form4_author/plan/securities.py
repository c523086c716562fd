"""The securities of a plan, each named once: what its lines say alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Tag

from form4_author.plan.base import Model, Name, Notes, Title, branch
from form4_author.plan.scalars import AmountText, Answer, TermText
from form4_author.sec_codes import says_owed, says_put


class DateAndNote(Model):
    """A date, a footnote on it, or both."""

    date: TermText | None = None
    """The date."""
    note: Notes = []
    """The footnote or footnotes, by name."""


class AmountAndNote(Model):
    """An amount, a footnote on it, or both."""

    amount: AmountText | None = None
    """The amount."""
    note: Notes = []
    """The footnote or footnotes, by name."""


class UnderlyingTitle(Model):
    """An underlying security that no line of Table I reports."""

    title: Title
    """Its title, column 7 of Table II."""


def _date_and_note(value: Any) -> Any:
    return {"date": value} if isinstance(value, str) else value


def _amount_and_note(value: Any) -> Any:
    return {"amount": value} if isinstance(value, str) else value


def _underlying(value: Any) -> str:
    return branch("UnderlyingTitle" if isinstance(value, dict) else "name")


class SecurityNotes(Model):
    """Footnotes on what the form says of a security, on each of its lines."""

    title: Notes = []
    """On the title (column 1)."""
    exercise_price: Notes = []
    """On the conversion or exercise price (Table II, column 2)."""
    exercisable: Notes = []
    """On the date exercisable (Table II, column 6)."""
    expires: Notes = []
    """On the expiration date (Table II, column 6)."""
    underlying: Notes = []
    """On the title of the underlying security (Table II, column 7)."""


class Security(Model):
    """A security, named once and used by name below. One with `underlying` is a derivative (Table II)."""

    title: Title
    """The title, column 1, 60 characters."""
    underlying: (
        Annotated[
            Annotated[Name, Tag(branch("name"))] | Annotated[UnderlyingTitle, Tag(branch("UnderlyingTitle"))],
            Discriminator(_underlying),
        ]
        | None
    ) = None
    """The security underneath: its name in this list, or {title: ...}. Makes this one a derivative."""
    exercise_price: Annotated[AmountAndNote, BeforeValidator(_amount_and_note)] | None = None
    """Conversion or exercise price (Table II, column 2)."""
    exercisable: Annotated[DateAndNote, BeforeValidator(_date_and_note)] | None = None
    """Date exercisable (Table II, column 6): a date, {note: ...}, or both."""
    expires: Annotated[DateAndNote, BeforeValidator(_date_and_note)] | None = None
    """Expiration date (Table II, column 6): a date, {note: ...}, or both."""
    underlying_per_unit: AmountText | None = None
    """Underlying shares for each derivative; 1 where not given."""
    put: Answer | None = None
    """Whether it is a put: exercised, it disposes of the shares. Follows from the title where that says so."""
    short: Answer | None = None
    """Whether it is owed, as a written call: a sale adds to it. Follows from the title where that says so."""
    notes: SecurityNotes = SecurityNotes()
    """Footnotes, by column."""

    @property
    def derivative(self) -> bool:
        """True for a security that stands in Table II."""
        return self.underlying is not None

    @property
    def ratio(self) -> Decimal:
        """Underlying shares for each."""
        return Decimal(1) if self.underlying_per_unit is None else self.underlying_per_unit.decimal

    @property
    def is_put(self) -> bool:
        """True for a put: its holder sells what underlies it, its writer buys (Rule 16a-1(h))."""
        return self.derivative and (says_put(self.title) if self.put is None else self.put)

    @property
    def owed(self) -> bool:
        """True for an obligation, as a written call: what the form shows is the number owed (Rule 16b-6(a))."""
        return self.derivative and (says_owed(self.title) if self.short is None else self.short)


def security_or_title(value: Any) -> Any:
    """The part as written, or as its short form: a text alone."""
    return {"title": value} if isinstance(value, str) else value
