"""What the author writes: the plan's keys, in the words of the form, as pydantic models.

A plan knows nothing of XML; `compose` makes the filing of it. `docs/plan.md` explains each key to its authors;
the descriptions here are what an editor shows beside it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from form4_author.plan_types import (
    AmountText,
    Answer,
    Cik,
    DayText,
    answer,
    footnote_number,
    is_answer,
    one_of,
    schema_version,
    text,
)

TransactionCode = Literal["A", "C", "D", "E", "F", "G", "H", "I", "J", "L", "M", "O", "P", "S", "U", "W", "X", "Z"]


def _names(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _nothing(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip().lower() == "none" else value


def _nobody(value: Any) -> Any:
    return None if value == "none" else value


Name = Annotated[str, BeforeValidator(text(what="a name"))]
Notes = Annotated[list[Name], BeforeValidator(_names)]
Title = Annotated[str, BeforeValidator(text(60, what="the title"))]
MaybeAnswer = Annotated[
    Answer | None, BeforeValidator(_nothing), WithJsonSchema({"enum": [True, False, "yes", "no", "none"]})
]
Version = Annotated[str, BeforeValidator(schema_version)]
NoteText = Annotated[str, BeforeValidator(text(what="the footnote", blank=True))]
ForeignSymbol = Annotated[str, BeforeValidator(text(14, what="the foreign trading symbol", blank=True))]
Code = Annotated[TransactionCode, BeforeValidator(one_of("a transaction code", *get_args(TransactionCode)))]
Letter = Annotated[Literal["A", "D"], BeforeValidator(one_of("A (acquired) or D (disposed of)", "A", "D"))]
ConformedName = Annotated[
    Annotated[str, BeforeValidator(text(150, what="the name", blank=True))] | None, BeforeValidator(_nobody)
]
MaybeAmount = Annotated[AmountText | None, BeforeValidator(_nothing)]


class Model(BaseModel):
    """What all parts of a plan share: no key but the known ones, no change once read.

    The text below each key is its help in an editor; `plan_reader` takes it from the source when it is asked for, and
    validators are built when a plan is read: both would cost every start of the tool.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Issuer(Model):
    """Box 2 of the form."""

    cik: Cik
    """The issuer's CIK, EDGAR's number for it."""
    name: ConformedName
    """The name as EDGAR conforms it. Shown on the page; EDGAR itself fills it into the XML. none where unknown."""
    symbol: Annotated[str, BeforeValidator(text(10, what="the trading symbol"))]
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


def _title_or_answer(value: Any) -> Any:
    if isinstance(value, str) and is_answer(value):
        return answer(value)
    return text(30, what="the title")(value)


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
    officer: Annotated[bool | str, BeforeValidator(_title_or_answer)] | None = None
    """The officer's title, 30 characters; it also checks the box."""
    officer_title: Annotated[str, BeforeValidator(text(30, what="the title", blank=True))] | None = None
    """The title alone, where `officer` says only yes or no."""
    other: Annotated[bool | str, BeforeValidator(_title_or_answer)] | None = None
    """The description of another relationship, 30 characters; it also checks the box."""
    other_text: Annotated[str, BeforeValidator(text(30, what="the description", blank=True))] | None = None
    """The description alone, where `other` says only yes or no."""


class DateAndNote(Model):
    """A date, a footnote on it, or both."""

    date: DayText | None = None
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
    return "title" if isinstance(value, dict) else "name"


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
            Annotated[Name, Tag("branch:name")] | Annotated[UnderlyingTitle, Tag("branch:title")],
            Discriminator(lambda value: "branch:" + _underlying(value)),
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
    notes: SecurityNotes = SecurityNotes()
    """Footnotes, by column."""


def _security(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


class Indirect(Model):
    """Indirect ownership and its nature."""

    indirect: Annotated[str, BeforeValidator(text(100, what="the nature of ownership"))]
    """The nature of indirect ownership, 100 characters: By Trust."""


def _ownership(value: Any) -> Any:
    if isinstance(value, str):
        return one_of("a form of ownership", "direct", "indirect")(value)
    return value


Ownership = Annotated[
    Annotated[Literal["direct", "indirect"], Tag("branch:word")] | Annotated[Indirect, Tag("branch:indirect")],
    Discriminator(lambda value: "branch:indirect" if isinstance(value, dict | Indirect) else "branch:word"),
    BeforeValidator(_ownership),
]


class Opening(Model):
    """What was held of a security, in one form of ownership, before the first line."""

    security: Name
    """The security, by name."""
    amount: AmountText | None = None
    """Number held."""
    value: AmountText | None = None
    """Value held in dollars, for securities reported by value."""
    ownership: Ownership = "direct"
    """direct, or {indirect: By Trust}."""


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
    price: AmountText | None = None
    """Price on this line."""
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


class Dated(Model):
    """What every transaction has."""

    date: DayText
    """Transaction date."""
    deemed_execution_date: DayText | None = None
    """Deemed execution date, if any (column 2A or 3A)."""
    early: Answer | None = None
    """Reported earlier than required: a Form 5 transaction, shown as V. Follows from timeliness."""
    timeliness: Annotated[Literal["E"], BeforeValidator(one_of("a timeliness mark", "E"))] | None = None
    """E, which EDGAR allows on an early transaction and does not need."""
    equity_swap: Answer | None = None
    """Involves an equity swap: EDGAR adds K to the code."""


class Transaction(Dated, Balance):
    """One line of Table I or II, as it stands on the form."""

    security: Name
    """The security, by name; a derivative goes to Table II."""
    code: Code
    """Transaction code (column 3 or 4): P purchase, S sale, A grant, F withholding, G gift, M exercise, ..."""
    amount: AmountText | None = None
    """Number of securities."""
    total_value: AmountText | None = None
    """Total value in dollars, instead of a number (Table II only)."""
    fills: Name | None = None
    """A CSV file of executions (columns quantity and price), instead of amount and price."""
    price: AmountText | None = None
    """Price of one, in dollars."""
    acquired_or_disposed: Letter | None = None
    """A or D; follows from most codes."""
    exercise_price: AmountText | None = None
    """Conversion or exercise price, where this line differs from the security."""
    underlying_amount: MaybeAmount = None
    """Number of underlying securities; follows from the amount. none where a footnote tells it."""
    underlying_value: MaybeAmount = None
    """Value of the underlying securities in dollars, instead of a number; none where a footnote tells it."""
    ownership: Ownership = "direct"
    """direct, or {indirect: By Trust}."""
    notes: LineNotes = LineNotes()
    """Footnotes, by column."""


class Exercise(Dated):
    """An exercise, conversion or vesting: the derivative's line in Table II and the shares' line in Table I."""

    exercise: Name
    """The derivative security, by name."""
    amount: AmountText
    """Number of derivative securities exercised."""
    code: Code = "M"
    """M (exempt under Rule 16b-3); X, O or C otherwise."""
    price: AmountText | None = None
    """Price of the shares in Table I; the exercise price where not given."""
    ownership: Ownership = "direct"
    """Form of ownership of both lines."""
    table_1: Half = Half()
    """What is particular to the line of Table I."""
    table_2: Half = Half()
    """What is particular to the line of Table II; its price is 0 where not given."""
    withheld: Withheld | None = None
    """Shares withheld for the price or the tax: one more line of Table I, code F."""
    notes: LineNotes = LineNotes()
    """Footnotes on both lines; one on the price stands in Table I alone."""


class Gift(Dated, Balance):
    """A gift: the giver's line and, where the receiver is reported too, the receiver's."""

    gift: Name
    """The security given, by name."""
    amount: AmountText
    """Number given."""
    price: AmountText | None = None
    """Price; 0 where not given."""
    code: Code = "G"
    """G; J or W for other transfers of the kind."""
    ownership: Ownership = "direct"
    """From which ownership it was given."""
    to: Ownership | None = None
    """The receiver's ownership, where it stays reported: {indirect: By Trust}. Writes a second line."""
    received: Half = Half()
    """What is particular to the receiver's line."""
    notes: LineNotes = LineNotes()
    """Footnotes on the giver's line, and those on code, date and amount on both."""


class Held(Balance):
    """A holding: a line without a transaction."""

    amount: AmountText | None = None
    """Number held; follows from the running balance where one is known."""
    value: AmountText | None = None
    """Value held in dollars, instead of a number."""
    exercise_price: AmountText | None = None
    """Conversion or exercise price, where this line differs from the security."""
    underlying_amount: MaybeAmount = None
    """Number of underlying securities; follows from the amount. none where a footnote tells it."""
    underlying_value: MaybeAmount = None
    """Value of the underlying securities in dollars, instead of a number; none where a footnote tells it."""
    ownership: Ownership = "direct"
    """direct, or {indirect: By Trust}."""
    notes: LineNotes = LineNotes()
    """Footnotes, by column."""


class Holding(Held):
    """A holding in the list `holdings`: after the transactions of its table."""

    security: Name
    """The security, by name."""


class InlineHolding(Held):
    """A holding in the list `transactions`, in its place among them."""

    holding: Name
    """The security, by name."""


_KINDS = ("exercise", "gift", "holding")


def _kind(value: Any) -> str:
    keys = value if isinstance(value, dict) else ()
    return "branch:" + next((kind for kind in _KINDS if kind in keys), "transaction")


Entry = Annotated[
    Annotated[Transaction, Tag("branch:transaction")]
    | Annotated[Exercise, Tag("branch:exercise")]
    | Annotated[Gift, Tag("branch:gift")]
    | Annotated[InlineHolding, Tag("branch:holding")],
    Discriminator(_kind),
]


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


def _footnote(value: Any) -> Any:
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
    notify: Notes = []
    """E-mail addresses that EDGAR notifies."""


class Waiver(Model):
    """A warning that the author lets stand, with the reason."""

    code: Name
    """The finding's code: TXN014."""
    reason: Name
    """Why it may stand; shown in the report."""


class Plan(Model):
    """A Form 4 or 4/A, each fact stated once."""

    form: Annotated[Literal["4", "4/A"], BeforeValidator(one_of("a form", "4", "4/A"))] = "4"
    """4, or 4/A for an amendment."""
    schema_version: Version | None = None
    """EDGAR's schema version (X0306, X0407, X0508, ...); the one in force where not given."""
    original_filing_date: DayText | None = None
    """Date the original was filed, box 4; only on a 4/A, and needed there."""
    period_of_report: DayText | None = None
    """Date of earliest transaction, box 3; follows from the transactions."""
    exit_box: Answer | None = None
    """Check where the person is no longer subject to Section 16."""
    issuer: Issuer
    """Box 2."""
    owners: Annotated[list[Owner], Field(min_length=1)]
    """Boxes 1 and 5: the reporting persons, one to ten."""
    rule_10b5_1: Answer | None = None
    """Whether a transaction was made under a Rule 10b5-1(c) plan; must be answered since April 2023."""
    securities: dict[str, Annotated[Security, BeforeValidator(_security)]] = {}
    """The securities, by a name of your own."""
    opening: list[Opening] = []
    """What was held before the first line."""
    transactions: list[Entry] = []
    """The lines of Tables I and II: transactions as on the form, or events (exercise, gift) that write several."""
    holdings: list[Holding] = []
    """Lines without a transaction, after the transactions of their table."""
    footnotes: dict[str, Annotated[Footnote, BeforeValidator(_footnote)]] = {}
    """The footnotes by a name of your own; numbered by first use."""
    remarks: Annotated[str, BeforeValidator(text(2000, what="the remarks", blank=True))] | None = None
    """Remarks, 2,000 characters; line breaks are kept."""
    signatures: Annotated[list[Signature], Field(min_length=1)]
    """The signatures, one to ten."""
    exhibits: list[Exhibit] = []
    """Documents filed with the form."""
    submission: SubmissionPart = SubmissionPart()
    """What the envelope says."""
    waivers: list[Waiver] = []
    """Warnings that may stand, with the reason."""
