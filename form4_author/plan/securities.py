"""The securities of a plan, each named once: what its lines say alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, ValidationInfo, field_validator

from form4_author.plan.base import Model, Name, Title, Words, branch
from form4_author.plan.note_calls import Notes
from form4_author.plan.scalars import AmountText, Answer, DayText, TermText, one_of, refuse
from form4_author.sec_codes import says_obliged, says_owed, says_put

Rounding = Annotated[
    Literal["down", "up", "nearest"], BeforeValidator(one_of("a way to round", "down", "up", "nearest"))
]
"""How a fraction becomes a whole number."""


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


class Award(Model):
    """An award of units that become shares when they vest."""

    granted: DayText
    """When it was granted."""
    vests: Words
    """How it vests, in words: in three equal annual parts from 2027-05-14."""
    each: Words = "one share"
    """What each unit becomes."""


class Converts(Model):
    """How a security converts into what underlies it."""

    ratio: AmountText | None = None
    """Underlying shares for each; 1 where not given."""
    round: Rounding | None = None
    """down, up or nearest: to a whole share, where a fraction comes out."""
    upon: Words | None = None
    """What it converts upon: closing of the initial public offering."""
    expires: Words | None = None
    """never, or when the right to convert ends."""


class UnitTerms(Model):
    """A phantom or deferred unit."""

    each: Words = "one share"
    """What each unit is worth."""
    settles: Words
    """cash, shares, or cash or shares."""
    when: Words
    """When, in words: after the end of service as a director."""


class SwapTerms(Model):
    """The terms of an equity swap."""

    reference_price: AmountText
    """The reference price of a share, in dollars."""
    settles: Words = "cash"
    """How it is settled."""
    expires: TermText
    """When it ends."""


class ContractTerms(Model):
    """The terms of a forward or another contract."""

    floor: AmountText | None = None
    """The floor price of a share, in dollars."""
    cap: AmountText | None = None
    """The cap price of a share, in dollars."""
    settles: TermText
    """When it is settled."""
    prepaid: AmountText | None = None
    """What was paid in advance, in dollars in all."""


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
    underlying_title: Title | None = None
    """The title in column 7 of Table II, where it is worded otherwise than that of the security underneath."""
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
    award: Award | None = None
    """Of units: {granted, vests, each}. Notes the conversion price and the dates."""
    converts: Converts | None = None
    """Of a convertible: {ratio, round, upon, expires}. Notes its terms."""
    unit: UnitTerms | None = None
    """Of phantom and deferred units: {each, settles, when}. Notes the conversion price and the dates."""
    swap: SwapTerms | None = None
    """Of an equity swap: {reference_price, settles, expires}. Its lines carry K and a note of the terms."""
    terms: ContractTerms | None = None
    """Of a forward or another contract: {floor, cap, settles, prepaid}. Notes its terms."""
    represents: Annotated[dict[str, AmountText], Field(min_length=1, max_length=1)] | None = None
    """Of a depositary share, which stands in Table I: {ordinary: 5}. Notes the title."""
    currency: Annotated[dict[str, AmountText], Field(min_length=1, max_length=1)] | None = None
    """The currency it trades in, with its units for one dollar: {HKD: 7.80}."""
    notes: SecurityNotes = SecurityNotes()
    """Footnotes, by column."""

    @field_validator("underlying_title")
    @classmethod
    def _beside_a_name(cls, title: str | None, others: ValidationInfo) -> str | None:
        under = others.data.get("underlying")
        if title is not None and "underlying" in others.data and not isinstance(under, str):
            said = "underlying: {title: ...} says it already" if under else "there is no underlying"
            raise refuse(
                "PLN011",
                f"underlying_title rewords the title of a security that underlying names; {said}",
                "Write underlying: with the name of the security underneath, or leave underlying_title out.",
            )
        return title

    @property
    def derivative(self) -> bool:
        """True for a security that stands in Table II."""
        return self.underlying is not None

    @property
    def ratio(self) -> Decimal:
        """Underlying shares for each."""
        stated = self.underlying_per_unit or (self.converts.ratio if self.converts else None)
        return Decimal(1) if stated is None else stated.decimal

    @property
    def is_put(self) -> bool:
        """True for a put: its holder sells what underlies it, its writer buys (Rule 16a-1(h))."""
        return self.derivative and (says_put(self.title) if self.put is None else self.put)

    @property
    def owed(self) -> bool:
        """True for an obligation, as a written call: what the form shows is the number owed (Rule 16b-6(a))."""
        by_title = says_owed(self.title) or (self.terms is not None and says_obliged(self.title))
        return self.derivative and (by_title if self.short is None else self.short)


def security_or_title(value: Any) -> Any:
    """The part as written, or as its short form: a text alone."""
    return {"title": value} if isinstance(value, str) else value
