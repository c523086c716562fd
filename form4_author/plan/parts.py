"""The parts of a plan beside its lines: issuer, owners, footnotes, signatures, and what goes to EDGAR with the form."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from form4_author.plan import scalar_shapes as shapes
from form4_author.plan.base import ConformedName, ForeignSymbol, MaybeAnswer, Model, Name, Names, NoteText
from form4_author.plan.ownership import Holder
from form4_author.plan.scalar_shapes import Reader
from form4_author.plan.scalars import (
    AmountText,
    Answer,
    Cik,
    DayText,
    answer,
    footnote_number,
    is_answer,
    one_of,
    refuse,
    text,
)
from form4_author.sec_codes import symbol_alone

_SYMBOL = 10


def _read_symbol(value: Any) -> str:
    """A ticker symbol of at most ten characters; what is longer by its exchange's name is told apart."""
    if isinstance(value, str) and len(value) > _SYMBOL and (alone := symbol_alone(value)):
        problem = "says that there is none" if alone == "NONE" else "holds its exchange"
        raise refuse(
            "PLN008",
            f"the trading symbol {problem} and has {len(value)} characters; EDGAR takes {_SYMBOL}",
            f"Write {alone}.",
        )
    return text(_SYMBOL, what="the trading symbol")(value)


_symbol = Reader(_read_symbol, shapes.words(_SYMBOL))


class Issuer(Model):
    """Box 2 of the form."""

    cik: Cik
    """The issuer's CIK, EDGAR's number for it."""
    name: ConformedName
    """The name as EDGAR conforms it. Shown on the page; EDGAR itself fills it into the XML. none where unknown."""
    symbol: Annotated[str, BeforeValidator(_symbol)]
    """The ticker symbol; NONE where there is none."""
    foreign_symbol: ForeignSymbol | None = None
    """The symbol on a foreign exchange (box 2a, since March 2026)."""


class Address(Model):
    """The address of box 1. Without one, EDGAR uses the address of record."""

    street1: Annotated[str, BeforeValidator(text(40, what="the street line", blank=True))] | None = None
    """First street line, 40 characters."""
    street2: Annotated[str, BeforeValidator(text(40, what="the street line", blank=True))] | None = None
    """Second street line, 40 characters."""
    city: Annotated[str, BeforeValidator(text(30, what="the city", blank=True))] | None = None
    """City, 30 characters."""
    state: Annotated[str, BeforeValidator(text(what="the state", blank=True))] | None = None
    """US state, by EDGAR's code or its name (before March 2026 a foreign country's code too)."""
    territory: Annotated[str, BeforeValidator(text(40, what="the territory", blank=True))] | None = None
    """State or territory outside the US, 30 characters."""
    country: Annotated[str, BeforeValidator(text(what="the country", blank=True))] | None = None
    """Country outside the US, by EDGAR's code (2M is Germany) or its name."""
    zip: Annotated[str, BeforeValidator(text(10, what="the ZIP or postal code", blank=True))] | None = None
    """ZIP or postal code."""
    non_us: MaybeAnswer = None
    """Whether the address is outside the US; follows from state or country. none leaves the mark out."""
    state_description: Annotated[str, BeforeValidator(text(50, what="the description", blank=True))] | None = None
    """The state's or country's name as EDGAR adds it; only in a document of record."""
    good_address: Answer | None = None
    """EDGAR's own mark; only in a document of record."""


def _read_title_or_answer(value: Any) -> Any:
    if isinstance(value, str) and is_answer(value):
        return answer(value)
    return text(what="the title")(value)


_title_or_answer = Reader(_read_title_or_answer, shapes.words(30))


class PowerOfAttorney(Model):
    """A power of attorney that is on file: who may sign for the owner, filed with an earlier form as EX-24."""

    filed: DayText
    """The day of the form that it was filed with."""
    until: DayText | None = None
    """The last day on which it holds; until it is revoked where not given."""
    attorney: Names = []
    """Who may sign: John Poe; several in a list."""


class Owner(Model):
    """One reporting person: boxes 1 and 5 of the form."""

    cik: Cik
    """The reporting person's CIK."""
    name: ConformedName
    """The name as EDGAR conforms it (last name first). EDGAR itself fills it into the XML. none where unknown."""
    address: Address | None = None
    """The address; without one EDGAR uses the address of record."""
    director: Answer | None = None
    """Is a director of the issuer."""
    ten_percent_owner: Answer | None = None
    """Owns more than ten percent of a class."""
    ten_percent_owner_since: DayText | None = None
    """Since when; for `short-swing`, the form doesn't show it."""
    officer: Annotated[bool | str, BeforeValidator(_title_or_answer)] | None = None
    """The officer's title; it also checks the box. One of more than 30 characters goes to the remarks."""
    officer_title: Annotated[str, BeforeValidator(text(what="the title", blank=True))] | None = None
    """The title alone, where `officer` says only yes or no."""
    other: Annotated[bool | str, BeforeValidator(_title_or_answer)] | None = None
    """The description of another relationship, which also checks the box. A longer one goes to the remarks."""
    other_text: Annotated[str, BeforeValidator(text(what="the description", blank=True))] | None = None
    """The description alone, where `other` says only yes or no."""
    signs: Annotated[str, BeforeValidator(text(255, what="the signature"))] | None = None
    """How it signs where the plan says signed: /s/ Jane Roe, or with who signs for it."""
    power_of_attorney: PowerOfAttorney | None = None
    """The power of attorney that is on file; the form doesn't show it."""
    ownership_lines: dict[str, Holder] = {}
    """Its usual holders, by a name: they stand among the plan's own, of which one of that name counts first."""


class WeightedAverage(Model):
    """The range of a weighted average price."""

    low: AmountText
    """Lowest price, in dollars."""
    high: AmountText
    """Highest price, in dollars."""


class Footnote(Model):
    """A footnote that is more than its text."""

    text: NoteText | None = None
    """The text, 1,000 characters."""
    weighted_average: WeightedAverage | None = None
    """Writes the statement on a weighted average price and the undertaking that goes with it."""
    number: Annotated[int, BeforeValidator(footnote_number)] | None = None
    """The number it must have, 1 to 99; by default footnotes are numbered in reading order."""


def footnote_or_text(value: Any) -> Any:
    """The part as written, or as its short form: a text alone."""
    return {"text": value} if isinstance(value, str) else value


class Signature(Model):
    """One signature at the foot of the form."""

    name: Annotated[str, BeforeValidator(text(255, what="the signature"))]
    """As signed: /s/ Jane Roe, or by an attorney-in-fact."""
    date: DayText
    """Date of signing."""


class Exhibit(Model):
    """A document that is filed with the form."""

    file: Name
    """Its file, relative to the plan; .txt, .htm, .jpg or .gif."""
    type: Name
    """EX-24 (power of attorney), EX-99, CORRESP, COVER or GRAPHIC."""
    description: Annotated[str, BeforeValidator(text(255, what="the description"))] | None = None
    """A description for EDGAR."""


class Contact(Model):
    """Whom EDGAR may ask about the submission."""

    name: Annotated[str, BeforeValidator(text(30, what="the contact's name"))] | None = None
    """Name, 30 characters."""
    phone: Annotated[str, BeforeValidator(text(20, what="the phone number"))] | None = None
    """Phone number, 20 characters."""
    email: Annotated[str, BeforeValidator(text(80, what="the e-mail address"))] | None = None
    """E-mail address, 80 characters."""


class SubmissionPart(Model):
    """What the envelope says, for `build --submission`."""

    test_or_live: Annotated[Literal["LIVE", "TEST"], BeforeValidator(one_of("LIVE or TEST", "LIVE", "TEST"))] = "LIVE"
    """LIVE, or TEST for a test filing."""
    contact: Contact | None = None
    """Whom EDGAR may ask."""
    notify: Names = []
    """E-mail addresses that EDGAR notifies."""


class Waiver(Model):
    """A warning that the author lets stand, with the reason."""

    code: Name
    """The finding's code: TXN014."""
    reason: Name
    """Why it may stand; shown in the report."""
