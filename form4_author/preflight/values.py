"""DOC: the form of the values, and what may not be missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from form4_author.filing import Field, Issuer, ReportingOwner, Value
from form4_author.filing.columns import BY_ATTRIBUTE, Kind, attributes
from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, Problem, Scope, rule
from form4_author.preflight.form import Form, Line, has_text, shown
from form4_author.sec_codes.characters import name_of

_DECIMAL = re.compile(r"\d+(\.\d*)?|\.\d+", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BOOLEANS = {"0", "1", "true", "false"}
_DATES = attributes(Kind.DATE)
_NUMBERS = attributes(Kind.COUNT, Kind.DOLLARS)
_CODES = attributes(Kind.CODE)
_TEXTS = attributes(Kind.TEXT)
_TITLES = tuple(name for name in _TEXTS if name.endswith("_title"))
_OWNER_FLAGS = {
    "non_us_address": "non-US address flag",
    "is_director": "director box",
    "is_officer": "officer box",
    "is_ten_percent_owner": "10% owner box",
    "is_other": "other box",
    "good_address": "good address mark",
}
_OWNER_CODES = {"cik": "CIK", "state": "state", "country": "country"}
_OWNER_TEXTS = {
    "name": "name",
    "street1": "street",
    "street2": "second street line",
    "city": "city",
    "non_us_state_territory": "territory",
    "zip_code": "ZIP or postal code",
    "officer_title": "officer's title",
    "other_text": "description",
}


Labelled = tuple[Line | str, str, Value]
"""Where a value stands, what it is, and the value: a label is put together only where something is said of it."""


def _label(place: Line | str, name: str) -> str:
    return f"{place}: {name}" if place else name


def _dates(form: Form) -> Iterator[Labelled]:
    yield "", "period of report", form.filing.period_of_report
    yield "", "date of original submission", form.filing.date_of_original_submission
    for line in form.lines:
        yield from _cells(line, _DATES)
    for number, signature in enumerate(form.filing.signatures, 1):
        yield f"signature {number}", "date", signature.date


def _numbers(form: Form) -> Iterator[Labelled]:
    for line in form.lines:
        yield from _cells(line, _NUMBERS)


def _booleans(form: Form) -> Iterator[Labelled]:
    yield "", "the Section 16 exit box", form.filing.not_subject_to_section16
    yield "", "the Rule 10b5-1 box", form.filing.aff10b5_one
    for number, owner in enumerate(form.filing.owners, 1):
        yield from _of_owner(owner, number, _OWNER_FLAGS)
    for line in form.transactions:
        yield line, "equity swap", line.row.equity_swap


def _codes(form: Form) -> Iterator[Labelled]:
    yield "", "document type", form.filing.document_type
    yield "", "issuer's CIK", form.filing.issuer.cik
    for number, owner in enumerate(form.filing.owners, 1):
        yield from _of_owner(owner, number, _OWNER_CODES)
    for line in form.lines:
        yield line, "form type", line.row.form_type
        yield line, "transaction code", line.row.code
        yield from _cells(line, _CODES)


def _texts(form: Form) -> Iterator[Labelled]:
    """Free text that is one line on the form."""
    issuer = form.filing.issuer
    yield "", "issuer's name", issuer.name
    yield "", "trading symbol", issuer.trading_symbol
    yield "", "foreign trading symbol", issuer.foreign_trading_symbol
    for number, owner in enumerate(form.filing.owners, 1):
        yield from _of_owner(owner, number, _OWNER_TEXTS)
    for line in form.lines:
        yield from _cells(line, _TEXTS)
    for number, signature in enumerate(form.filing.signatures, 1):
        yield f"signature {number}", "name", signature.name


def _prose(form: Form) -> Iterator[Labelled]:
    for note in form.filing.footnotes:
        yield "", f"footnote {note.id.text}", note.text
    yield "", "remarks", form.filing.remarks


def _cells(line: Line, names: tuple[str, ...]) -> Iterator[Labelled]:
    for name in names:
        value: Value = getattr(line.row, name).value
        if value.present:
            yield line, BY_ATTRIBUTE[name].caption, value


def _of_owner(owner: ReportingOwner, number: int, names: dict[str, str]) -> Iterator[Labelled]:
    for name, label in names.items():
        value: Value = getattr(owner, name)
        if value.present:
            yield f"reporting owner {number}", label, value


@rule(
    "DOC006",
    Severity.ERROR,
    "a number, date, code or CIK with white space around it",
    source="Specification 4.1(5), 4.1(6)",
    scope=Scope.XML,
    forms=ALL_FORMS,
)
def padded_values(form: Form) -> Iterator[Problem]:
    """White space between the tags counts as part of the value.

    A CIK on a line of its own is longer than ten characters to EDGAR. Begin tag, value and end tag belong on one
    line.
    """
    for values in (_codes, _dates, _numbers, _booleans):
        for place, name, value in values(form):
            if value.text != value.text.strip() and has_text(value):
                yield Problem(
                    f"{_label(place, name)} {shown(value.text)} has white space around it, which counts as part of "
                    "the value",
                    value.origin,
                    f"Keep begin tag, value and end tag on one line: {value.text.strip()}",
                )


@rule(
    "DOC014",
    Severity.WARNING,
    "text with white space around it or line breaks inside",
    source="Specification 4.1(5), 4.1(6)",
    scope=Scope.FILER_XML,
    forms=ALL_FORMS,
)
def padded_text(form: Form) -> Iterator[Problem]:
    """White space between the tags counts as part of the value, and against its length.

    A line break inside a title or an address stays there. EDGAR has accepted such text, so this is a warning.
    Footnotes and remarks may run over several lines.
    """
    for place, name, value in _texts(form):
        stripped = value.text.strip()
        if stripped and (value.text != stripped or "\n" in stripped):
            yield Problem(
                f"{_label(place, name)} {shown(value.text)} has white space around it or a line break inside",
                value.origin,
                f"Write it on one line: {' '.join(stripped.split())}",
            )


@rule(
    "DOC008",
    Severity.WARNING,
    "a character outside those that EDGAR takes",
    source="EDGAR Filer Manual, Volume II, 5.2.1",
    forms=ALL_FORMS,
)
def characters(form: Form) -> Iterator[Problem]:
    """EDGAR takes plain ASCII.

    Typographic quotes and dashes, accented letters and currency signs are not in it; EDGAR may refuse them or show
    something else. A build writes plain equivalents itself and says so.
    """
    for values in (_texts, _prose, _codes):
        for place, name, value in values(form):
            if value.text.isascii():
                continue
            for character in dict.fromkeys(c for c in value.text if not c.isascii()):
                yield Problem(
                    f"{_label(place, name)} holds {name_of(character)} ({character})",
                    value.origin,
                    "Write it in plain ASCII.",
                )


@rule(
    "DOC011",
    Severity.ERROR,
    "a mandatory text is missing or blank",
    source="Specification 5: mandatory element has no value",
    forms=ALL_FORMS,
)
def blank_mandatory(form: Form) -> Iterator[Problem]:
    """The trading symbol, titles of securities and names of signatories must hold more than blanks.

    Where an issuer has no symbol, filers write NONE.
    """
    issuer = form.filing.issuer
    if not has_text(issuer.trading_symbol):
        yield Problem(
            "the issuer's trading symbol is blank",
            issuer.trading_symbol.origin if issuer.trading_symbol.present else issuer.origin,
            "Write the symbol, or NONE where there is none.",
        )
    for line in form.lines:
        for name in _TITLES if line.row.derivative else _TITLES[:1]:
            cell: Field = getattr(line.row, name)
            if not has_text(cell.value):
                origin = cell.origin if cell.present else line.row.origin
                yield Problem(f"{line}: {BY_ATTRIBUTE[name].caption} is blank", origin, "Write the title of the class.")
    for number, signature in enumerate(form.filing.signatures, 1):
        if not has_text(signature.name):
            origin = signature.name.origin if signature.name.present else signature.origin
            yield Problem(f"signature {number} has no name", origin, "Write who signs: /s/ Jane Roe.")
    if not form.filing.signatures:
        yield Problem("nobody signs the form", form.filing.origin, "Add a signature with its date.")


@rule(
    "DOC012",
    Severity.ERROR,
    "a CIK that none can be",
    source="Specification 5: invalid issuer CIK, invalid reporting owner CIK",
    forms=ALL_FORMS,
)
def impossible_cik(form: Form) -> Iterator[Problem]:
    """A CIK is a number of one to ten digits, and not zero. Whether it is the right one, only EDGAR knows."""
    parties: list[tuple[str, Issuer | ReportingOwner]] = [("the issuer", form.filing.issuer)]
    parties += [(f"reporting owner {number}", owner) for number, owner in enumerate(form.filing.owners, 1)]
    for label, party in parties:
        text = party.cik.text.strip()
        if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or not text.strip("0"):
            what = f"has the CIK {shown(text)}, which none can be" if text else "has no CIK"
            origin = party.cik.origin if party.cik.present else party.origin
            yield Problem(f"{label} {what}", origin, "A CIK is a number of one to ten digits.")


@rule(
    "DOC013",
    Severity.ERROR,
    "a number, date or yes-or-no in a form that EDGAR doesn't take",
    source="Specification 3.2, 5",
    scope=Scope.XML,
    forms=ALL_FORMS,
)
def unreadable_values(form: Form) -> Iterator[Problem]:
    """A number is digits with at most one period: no sign, comma, dollar sign or parentheses.

    A date is YYYY-MM-DD. A yes-or-no is 1, true, 0 or false. None of them may stand there empty; leave the element out
    instead.
    """
    for place, name, value in _numbers(form):
        text = value.text.strip()
        if value.present and not _DECIMAL.fullmatch(text):
            what = f"{shown(text)} is no number to EDGAR" if text else "is present but empty"
            yield Problem(
                f"{_label(place, name)} {what}", value.origin, "Write digits with at most one period, as in 22.5307."
            )
    for place, name, value in _dates(form):
        text = value.text.strip()
        if value.present and value.date is None:
            what = f"{shown(text)} is no date to EDGAR" if text else "is present but empty"
            yield Problem(f"{_label(place, name)} {what}", value.origin, "Write year, month and day, as in 2026-11-18.")
    for place, name, value in _booleans(form):
        text = value.text.strip()
        if value.present and text not in _BOOLEANS:
            what = f"{shown(text)} is neither yes nor no to EDGAR" if text else "is present but empty"
            yield Problem(
                f"{_label(place, name)} {what}", value.origin, "Write 1 or true, 0 or false; or leave the element out."
            )


@rule("DOC015", Severity.WARNING, "a date with a time zone", source="Specification 3.2", forms=ALL_FORMS)
def date_with_time_zone(form: Form) -> Iterator[Problem]:
    """A date is YYYY-MM-DD and nothing else.

    The schema's date type lets a time zone through, and EDGAR has accepted a few such dates, so this is a warning.
    """
    for place, name, value in _dates(form):
        text = value.text.strip()
        if value.date is not None and not _ISO_DATE.fullmatch(text):
            yield Problem(
                f"{_label(place, name)} {text} has a time zone",
                value.origin,
                f"Write the date alone: {value.date.isoformat()}",
            )


@rule(
    "DOC016",
    Severity.ERROR,
    "a field that needs a value or a footnote has neither",
    source="Specification 3.3 cm(8)",
    forms=ALL_FORMS,
)
def neither_value_nor_footnote(form: Form) -> Iterator[Problem]:
    """Some fields may be left without a value, but then a footnote must stand in its place.

    They are the price of a transaction and, for a derivative, its exercise price, date exercisable and expiration
    date.
    """
    for line in form.lines:
        for name in _needed(line):
            cell: Field = getattr(line.row, name)
            if not has_text(cell.value) and not cell.footnotes:
                yield Problem(
                    f"{line}: {BY_ATTRIBUTE[name].caption} has neither a value nor a footnote",
                    cell.origin if cell.present else line.row.origin,
                    "Give the value; or, where there is none, a footnote that says why.",
                )


def _needed(line: Line) -> Iterator[str]:
    if line.row.derivative:
        yield "conversion_or_exercise_price"
        yield "exercise_date"
        yield "expiration_date"
    if not line.row.holding:
        yield "price_per_share"
