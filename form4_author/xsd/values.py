"""What is wrong with the text of an element or attribute, given the simple type that the schema has for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from xmlschema.validators import XsdAtomic, XsdSimpleType, XsdUnion

from form4_author.filing import FormType
from form4_author.masking import masked_words
from form4_author.sec_codes import COUNTRIES, MAX_AMOUNT, country_code, state_code, suggest_country, suggest_state
from form4_author.xsd.words import INSTEAD, LISTED, on

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_AMERICAN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})[/.-]?(\d{1,2})[/.-]?(\d{1,2})", re.ASCII)
_LIKE_A_CCC = re.compile(r"(?=.*\d)(?=.*[@#$*])\S{8}", re.DOTALL)
_SECRET = frozenset({"rptOwnerCcc", "documentMimeBlock"})
_YES, _NO = frozenset({"yes", "y", "true", "x", "t"}), frozenset({"no", "n", "false", "f"})
_WRITE = {"date": "Write the date", "boolean": "Write 1 (yes) or 0 (no)", "decimal": "Write the number, if only 0"}
_ENOUGH = 20
_SHOWN = 40


class Complaint(Struct, frozen=True):
    """A code, the end of a sentence that begins with what the value is, a hint, and the specification's section."""

    code: str
    message: str
    hint: str
    source: str


def shown(text: str) -> str:
    """A value as a message shows it: quoted, shortened, and never one that might be a CCC."""
    if _LIKE_A_CCC.fullmatch(text.strip()):
        return "(not shown: it might be a CCC)"
    text = masked_words(text[:200])
    plain = "".join(sign if sign.isprintable() else "\\n" if sign == "\n" else " " for sign in text)
    return f'"{plain[:_SHOWN]}…"' if len(plain) > _SHOWN else f'"{plain}"'


def fits(kind: XsdSimpleType, text: str) -> bool:
    """True where the text is valid by the type."""
    try:
        return next(kind.iter_errors(text), None) is None
    except (ArithmeticError, ValueError):
        return False


def complain(tag: str, text: str, kind: XsdSimpleType, otherwise: str, form: FormType) -> Complaint:
    """Say what is wrong with a text that does not fit its type.

    Args:
        tag: the element it belongs to; for the `value` of a cell, the cell.
        text: the text.
        kind: the type.
        otherwise: what may be done instead of writing a value; empty where one is due.
        form: the form that the document is.
    """
    if not text.strip() and kind.root_type.local_name in _WRITE:
        return Complaint("XSD004", "is blank", f"{_WRITE[kind.root_type.local_name]}{otherwise}.", "Specification 3.2")
    codes = _codes(kind)
    if codes:
        return _not_listed(tag, text, kind, codes, form)
    name = kind.root_type.local_name
    if name == "date":
        return _no_date(text, kind)
    if name == "boolean":
        return _no_boolean(text)
    if name == "decimal":
        return _no_number(text, kind)
    return _wrong_length(tag, text, kind, otherwise) or _wrong_form(tag, text)


def _codes(kind: XsdSimpleType) -> list[str]:
    """The codes that a type lists, blanks aside; empty where it is no list."""
    if isinstance(kind, XsdUnion):
        return [code for member in kind.member_types for code in _codes(member)]
    if not isinstance(kind, XsdAtomic):
        return []
    listed = [str(code) for code in kind.enumeration or ()] or _alternatives(kind)
    return [code for code in listed if code.strip() and code != "|"]


def _alternatives(kind: XsdAtomic) -> list[str]:
    """The codes of a type that spells them as a pattern: `A|C|D`, or `[E|L]{0,1}`."""
    patterns = [pattern for facet in [kind.patterns] if facet for pattern in facet.regexps]
    if len(patterns) != 1:
        return []
    choice = re.fullmatch(r"\[([A-Z|]+)\](?:\{0,1\}|\?)?|((?:[A-Z0-9/]+\|)*[A-Z0-9/]+)", patterns[0])
    if choice is None:
        return []
    return [sign for sign in choice[1] if sign != "|"] if choice[1] else choice[2].split("|")


def _not_listed(tag: str, text: str, kind: XsdSimpleType, codes: Sequence[str], form: FormType) -> Complaint:
    source = f"Specification {LISTED.get(tag, '3.6')}"
    if not text.strip():
        return Complaint("XSD002", "is blank", f"Write {_either(codes)}.", source)
    message = f"is {shown(text)}, which is no code for it"
    return Complaint("XSD002", message, _hint_at_code(tag, text.strip(), kind, codes, form), source)


def _hint_at_code(tag: str, text: str, kind: XsdSimpleType, codes: Sequence[str], form: FormType) -> str:
    if text in codes:
        return f"Write {text} alone: blanks and line breaks around it count (specification 4.1(5))."
    if text.upper() in codes:
        return f"Write {text.upper()}, in capitals."
    told = INSTEAD.get(f"{tag} {text.upper()}") or INSTEAD.get(tag)
    if told:
        return on(form, told)
    if tag == "rptOwnerState":
        return _hint_at_state(text, kind)
    if tag == "rptOwnerCountry":
        code = country_code(text)
        return f"Write {code}." if code else suggest_country(text)
    return f"Write {_either(codes)}."


def _hint_at_state(text: str, kind: XsdSimpleType) -> str:
    code = state_code(text)
    if code:
        return f"Write {code}."
    code = country_code(text)
    if code and fits(kind, code):
        return f"Write {code}."
    if code:
        return f"{COUNTRIES[code]} is no US state: write {code} as <rptOwnerCountry>."
    return suggest_country(text) if fits(kind, "X0") else suggest_state(text)


def _no_date(text: str, kind: XsdSimpleType) -> Complaint:
    source = "Specification 3.2"
    american, compact = _AMERICAN.fullmatch(text.strip()), _COMPACT.fullmatch(text.strip())
    parts = (american[3], american[1], american[2]) if american else compact.groups() if compact else ("0", "0", "0")
    try:
        meant = date(*map(int, parts)).isoformat()
    except ValueError:
        meant = ""
    if meant and fits(kind, meant):
        return Complaint("XSD004", f"is {shown(text)}, which is not in EDGAR's form", f"Write {meant}.", source)
    what = "is no day of the calendar" if american or compact else "is no date"
    return Complaint("XSD004", f"is {shown(text)}, which {what}", "Write it as YYYY-MM-DD, as in 2026-03-18.", source)


def _no_boolean(text: str) -> Complaint:
    source = "Specification 3.2"
    word = text.strip().lower()
    hint = "Write 1." if word in _YES else "Write 0." if word in _NO else "Write 1 or true for yes, 0 or false for no."
    return Complaint("XSD004", f"is {shown(text)}, which is neither 1 or true nor 0 or false", hint, source)


def _no_number(text: str, kind: XsdSimpleType) -> Complaint:
    source = "Specification 3.2"
    plain = text.strip()
    meant = re.sub(r"[\s,$]", "", plain)
    if meant != plain and fits(kind, meant):
        return Complaint(
            "XSD004", f"is {shown(text)}, which is more than digits and a point", f"Write {meant}.", source
        )
    if not _NUMBER.fullmatch(plain):
        hint = "Write digits, and a point before decimals: 1234.5."
        return Complaint("XSD004", f"is {shown(text)}, which is no number", hint, source)
    value = Decimal(plain)
    if value < 0:
        hint = "Write it without a sign: A or D tells what was acquired and disposed of."
        return Complaint("XSD004", f"is {shown(text)}, which is below zero", hint, source)
    if value > Decimal(MAX_AMOUNT):
        return Complaint("XSD004", f"is {shown(text)}, which is too large", f"The largest is {MAX_AMOUNT}.", source)
    hint = "EDGAR takes four decimals. A footnote can tell the exact number."
    return Complaint("XSD004", f"is {shown(text)}, which has too many decimals", hint, source)


def _wrong_length(tag: str, text: str, kind: XsdSimpleType, otherwise: str) -> Complaint | None:
    least, most = (kind.min_length, kind.max_length) if isinstance(kind, XsdAtomic) else (None, None)
    least, most = least or 0, len(text) if most is None else most
    if least <= len(text) <= most:
        return None
    source = "Specification 3.5"
    if not text:
        what = "the owner's CCC, of 8 characters" if tag == "rptOwnerCcc" else "it"
        return Complaint("XSD003", "is empty", f"Write {what}{otherwise}.", source)
    count = f"{len(text)} character{'s' if len(text) != 1 else ''}"
    if least == most:
        return Complaint("XSD003", f"has {count}, not {most}", f"It has exactly {most} characters.", source)
    if least <= len(text.strip()) <= most:
        hint = "Blanks and line breaks around a text count: write the two tags and the text on one line."
        return Complaint("XSD003", f"has {count}, and {most} are allowed", hint, "Specification 4.1(5)")
    excess = len(text) - most
    hint = f"Shorten it by {excess} character{'s' if excess != 1 else ''}."
    return Complaint("XSD003", f"has {count}, and {most} are allowed", hint, source)


def _wrong_form(tag: str, text: str) -> Complaint:
    source = "Specification 3.5"
    if tag in {"issuerCik", "rptOwnerCik"}:
        if not text:
            return Complaint("XSD003", "is empty", "A CIK is EDGAR's number, of up to 10 digits.", source)
        if text.strip() != text and text.strip().isdigit():
            hint = f"Write {text.strip()} alone: blanks and line breaks around it count."
            return Complaint("XSD004", f"is {shown(text)}, with blanks around it", hint, "Specification 4.1(5)")
        return Complaint("XSD004", f"is {shown(text)}, which is not 1 to 10 digits", "A CIK has digits alone.", source)
    if tag == "rptOwnerZipCode":
        odd = next((sign for sign in text if not re.fullmatch(r"[0-9A-Za-z #-]", sign)), "")
        hint = "It takes letters A to Z, digits, blanks, # and the hyphen."
        return Complaint("XSD004", f"is {shown(text)}, which holds {shown(odd)}", hint, source)
    value = "" if tag in _SECRET else f" {shown(text)}"
    return Complaint("XSD004", f"has a value{value} that is not of the right form", "", source)


def _either(codes: Sequence[str]) -> str:
    if len(codes) == 1:
        return codes[0]
    if len(codes) > _ENOUGH:
        return f"one of the {len(codes)} codes"
    return f"{', '.join(codes[:-1])} or {codes[-1]}"
