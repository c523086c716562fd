"""The securities of a plan, and the entries that become lines of Tables I and II."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Tag

from form4_author.plan.base import Code, Letter, MaybeAmount, Model, Name, Notes, Title
from form4_author.plan.scalars import AmountText, Answer, DayText, one_of, text


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


def security_or_title(value: Any) -> Any:
    """The part as written, or as its short form: a text alone."""
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


class Line(Balance):
    """What a transaction and a holding have in common, where they stand as on the form."""

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


class Transaction(Dated, Line):
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


class Held(Line):
    """A holding: a line without a transaction."""

    amount: AmountText | None = None
    """Number held; follows from the running balance where one is known."""
    value: AmountText | None = None
    """Value held in dollars, instead of a number."""


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
