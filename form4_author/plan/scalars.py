"""The scalars of a plan: text as written -> amounts, dates, answers and codes, each with a refusal that helps.

All of them take text and keep what EDGAR will receive as exact text (`22.50` keeps its zero).

Codes: PLN003 wrong shape, PLN004 not an amount, PLN005 not a date, PLN006 not yes or no, PLN007 not one of the
words allowed, PLN008 text too long or empty, PLN015 not a CIK.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated, Any

from msgspec import Struct
from pydantic import BeforeValidator, GetPydanticSchema, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from form4_author.masking import masked_words
from form4_author.plan import scalar_shapes as shapes
from form4_author.plan.lost_words import numbers_meant
from form4_author.plan.scalar_shapes import Reader
from form4_author.sec_codes import document_types

_AMOUNT = re.compile(r"\$?([1-9]\d{0,2}(?:,\d{3})+|\d+)?(\.\d*)?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_FRACTION = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)(?:(\s?%)|/(\d{1,12}))?", re.ASCII)
_YES = {"yes", "true", "y", "on", "1", "x"}
_NO = {"no", "false", "n", "off", "0"}
MAX_AMOUNT = Decimal("999999999999.9999")
#: No date of a plan lies before the Exchange Act, nothing has happened after the last year, and nothing runs longer
#: than to the last term. They are no limits of EDGAR's; what lies outside is a slip of the pen, such as 0022.
_FIRST_YEAR, _LAST_YEAR, _LAST_TERM = 1934, 2099, 2134


def refuse(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """A refusal that `plan` turns into a finding; braces in the message are the author's own."""
    return PydanticCustomError("plan", "{message}", {"code": code, "message": message, "hint": hint})


# A word is looked for among names that are no more than these, and no longer: no plan has more.
_MOST_NAMES = 400
_FEW_NAMES = 36
_LONGEST_WORD = 100


def quoted(text: str) -> str:
    """The author's text in quotes, cut where it is long."""
    text = masked_words(text[:200])
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or the known ones where none is near and they are few."""
    names = {name.lower(): name for name in sorted(known)}
    near = get_close_matches(word.lower()[:_LONGEST_WORD], names, n=1, cutoff=0.6) if len(names) <= _MOST_NAMES else []
    if near:
        return f"Did you mean {names[near[0]]}?"
    return f"Known here: {', '.join(names.values())}." if 0 < len(names) <= _FEW_NAMES else ""


def _text(value: Any, wanted: str) -> str:
    if isinstance(value, str):
        return value
    seen = "a mapping of keys" if isinstance(value, dict) else "a list" if isinstance(value, list) else "nothing"
    raise refuse("PLN003", f"{wanted} must stand here, not {seen}")


class Amount(Struct, frozen=True):
    """A number of shares, a price or a value in dollars: `text` as EDGAR receives it, `decimal` to reckon with."""

    text: str
    decimal: Decimal


def amount(value: Any) -> Amount:
    """Read `1,000`, `$4.80`, `22.50` or `.25`; zero or more, four decimals at most (specification 3.2)."""
    if isinstance(value, Amount):
        return value
    text = _text(value, "an amount").strip()
    if re.match(r"\(|-", text):
        raise refuse(
            "PLN004",
            f"{quoted(text)} is negative",
            "Amounts are positive; acquired_or_disposed (A or D) tells the direction.",
        )
    match = _AMOUNT.fullmatch(text.replace("$ ", "$"))
    if not match or not any(char.isdigit() for char in text):
        hint = "Write digits and one point, as in 10,000 or 22.5307."
        if re.search(r"[eE]\d|%", text):
            hint = "Write the number out, as in 10,000 or 22.5307."
        elif meant := numbers_meant(text):
            hint = f"Commas part thousands, and a point the decimals: write {' or '.join(meant)}."
        raise refuse("PLN004", f"{quoted(text)} is not an amount", hint)
    plain = text.replace("$", "").replace(",", "").strip()
    number = Decimal(plain)
    decimals = plain.partition(".")[2].rstrip("0")
    if number > MAX_AMOUNT:
        raise refuse("PLN004", f"{quoted(text)} is above EDGAR's largest amount, 999,999,999,999.9999")
    if len(decimals) > 4:
        rounded = round(number, 4).normalize()
        written = plain if len(plain) <= 60 else f"{plain[:57]}..."
        raise refuse("PLN004", f"{written} has more than the four decimals that EDGAR takes", f"Round it: {rounded:f}.")
    return Amount(plain, number)


class Day(Struct, frozen=True):
    """A date: `text` as EDGAR receives it (`2013-11-22`), `date` to reckon with."""

    text: str
    date: date


def day(value: Any) -> Day:
    """Read `2013-11-22` or `11/22/2013` (month, day, year, as on the form): a day of what has happened.

    A year that can't be meant is refused: one before the Exchange Act of 1934, or of a later century.
    """
    return _day(value, _LAST_YEAR)


def term(value: Any) -> Day:
    """Read a date as `day` does, but one that may lie far ahead: when a derivative is exercisable, or expires."""
    return _day(value, _LAST_TERM)


def _day(value: Any, last_year: int) -> Day:
    if isinstance(value, Day):
        return value
    text = _text(value, "a date").strip()
    us = _US.fullmatch(text)
    plain = f"{us[3]}-{int(us[1]):02}-{int(us[2]):02}" if us else text
    if not _ISO.fullmatch(plain):
        hint = "Write 2013-11-22, or 11/22/2013 (month, day, year)."
        if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2}", text):
            hint = "Write the year with four digits: 11/22/2013."
        raise refuse("PLN005", f"{quoted(text)} is not a date", hint)
    try:
        read = Day(plain, date.fromisoformat(plain[:10]))
    except ValueError:
        raise refuse(
            "PLN005",
            f"{quoted(text)} is no day of the calendar",
            "Month, day, year: 11/22/2013 is November 22." if us else "Year, month, day: 2013-11-22 is November 22.",
        ) from None
    if not _FIRST_YEAR <= read.date.year <= last_year:
        why = "lies before the Exchange Act of 1934" if read.date.year < _FIRST_YEAR else "is too far ahead"
        raise refuse("PLN005", f"{quoted(text)} can't be meant: the year {plain[:4]} {why}", "Check the year.")
    return read


def answer(value: Any) -> bool:
    """Read yes or no (also true, false, 1, 0)."""
    if isinstance(value, bool):
        return value
    text = _text(value, "yes or no").strip()
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise refuse("PLN006", f"{quoted(text)} is neither yes nor no", "Write yes or no.")


def fraction(value: Any) -> Fraction:
    """Read a part of a whole, exactly: `0.25`, `25%` or `1/4`; from 0 to 1."""
    if isinstance(value, Fraction):
        return value
    text = _text(value, "a part of a whole").strip()
    match = _FRACTION.fullmatch(text)
    below = int(match[3]) if match and match[3] else 1
    part = Fraction(Decimal(match[1])) / below / (100 if match[2] else 1) if match and below else None
    if part is None or part > 1:
        raise refuse("PLN004", f"{quoted(text)} is no part of a whole", "Write 0.25, 25% or 1/4.")
    return part


def is_answer(value: str) -> bool:
    """True for text that reads as yes or no."""
    return value.strip().lower() in _YES | _NO


def cik(value: Any) -> str:
    """Read a CIK of one to ten digits; leading zeroes are kept as written (specification 4.3.1)."""
    text = _text(value, "a CIK").strip()
    if re.fullmatch(r"[0-9]{1,10}", text):
        return text
    raise refuse("PLN015", f"{quoted(text)} is not a CIK", "A CIK is EDGAR's number of a filer: one to ten digits.")


def _footnote_number(value: Any) -> int:
    """Read a footnote's number, 1 to 99 (specification 4.3.5)."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10 and 1 <= int(value) <= 99:
        return int(value)
    raise refuse("PLN007", f"{quoted(str(value))} is not a footnote number", "Write 1 to 99, or leave it out.")


footnote_number = Reader(_footnote_number, shapes.FOOTNOTE_NUMBER)


def one_of(what: str, *words: str, code: str = "PLN007") -> Reader[str]:
    """A reader of one of the given words, upper or lower case."""
    known = {word.lower(): word for word in words}

    def read(value: Any) -> str:
        text = _text(value, what).strip()
        if text.lower() in known:
            return known[text.lower()]
        raise refuse(code, f"{quoted(text)} is not {what}", f"Write one of {', '.join(words)}.")

    return Reader(read, shapes.one_of(*words))


def _document_type(value: Any) -> str:
    return one_of("a form", *document_types(supported=True))(value)


document_type = Reader(_document_type, lambda _given: shapes.one_of(*document_types(supported=True)))
"""Reads the form that a plan is of: the document type of one that is supported."""


_LATE = {"form 3": "3", "form 4": "4", "form 5": "5", "3": "3", "4": "4", "5": "5"}


def _late_form(value: Any) -> str:
    """Read the form that a line had been due on, `form 4` or its number alone, as that number."""
    written = _text(value, "a form").strip()
    if written.lower() in _LATE:
        return _LATE[written.lower()]
    raise refuse(
        "PLN007",
        f"{quoted(written)} is no form that a line can be late from",
        "Write form 3, form 4 or form 5: the one that it had been due on.",
    )


late_form = Reader(_late_form, shapes.one_of(*_LATE))


def is_schema_version(value: str) -> bool:
    """True for text that may name one of EDGAR's schema versions: `X0609`."""
    return re.fullmatch(r"X[0-9]{4}", value.strip().upper()) is not None


def _schema_version(value: Any) -> str:
    """Read the name of one of EDGAR's schema versions, X0101 or later."""
    text = _text(value, "a schema version").strip().upper()
    if is_schema_version(text):
        return text
    raise refuse("PLN007", f"{quoted(text)} is not a schema version", "Write X0609, or leave it out to file today.")


schema_version = Reader(_schema_version, shapes.VERSION)


def text(limit: int | None = None, *, what: str = "text", blank: bool = False) -> Reader[str]:
    """A reader of text that holds at most `limit` characters (specification 3.5, Max Length).

    Args:
        limit: how many characters it may hold.
        what: what it is called in a refusal.
        blank: it may be empty or blank, as in some documents that EDGAR took.
    """

    def read(value: Any) -> str:
        written = _text(value, what)
        if not blank and not written.strip():
            raise refuse("PLN008", f"{what} is empty", "Write it, or leave the key out.")
        if limit is not None and len(written) > limit:
            raise refuse(
                "PLN008",
                f"{what} has {len(written)} characters; EDGAR takes {limit}",
                f"Shorten it by {len(written) - limit}.",
            )
        return written

    return Reader(read, shapes.words(limit, blank=blank))


def _opaque(kind: type) -> GetPydanticSchema:
    return GetPydanticSchema(lambda _source, _handler: core_schema.is_instance_schema(kind))


AmountText = Annotated[Amount, _opaque(Amount), BeforeValidator(amount), WithJsonSchema(shapes.AMOUNT)]
FractionText = Annotated[Fraction, _opaque(Fraction), BeforeValidator(fraction), WithJsonSchema(shapes.FRACTION)]
DayText = Annotated[Day, _opaque(Day), BeforeValidator(day), WithJsonSchema(shapes.DAY)]
TermText = Annotated[Day, _opaque(Day), BeforeValidator(term), WithJsonSchema(shapes.TERM)]
Answer = Annotated[bool, BeforeValidator(answer), WithJsonSchema(shapes.answer())]
LateForm = Annotated[str, BeforeValidator(late_form), WithJsonSchema(late_form.over({}))]
Cik = Annotated[str, BeforeValidator(cik), WithJsonSchema(shapes.CIK)]
