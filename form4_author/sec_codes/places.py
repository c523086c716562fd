"""Lookups of EDGAR's place codes, by code or by name, and what to say where there is none."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from form4_author.sec_codes.tables import (
    COUNTRIES,
    ISO_3166,
    NO_CODE,
    OBSOLETE,
    OTHER_COUNTRY_NAMES,
    OTHER_STATE_NAMES,
    STATES,
    SUCCESSORS,
)

#: EDGAR's code of the United States as a country, which an address in the US does without.
UNITED_STATES = "X1"


def state_code(text: str) -> str | None:
    """EDGAR's code of a US state or territory given by code or name, in any case; None where there is none.

    `state_code("California")` is `"CA"`. Specification appendix A.
    """
    return _find(text, STATES, _states())


def country_code(text: str) -> str | None:
    """EDGAR's code of a country or Canadian province given by code or name, in any case; None where there is none.

    Everyday names are known beside EDGAR's own: `country_code("South Korea")` is `"M5"`. ISO's codes are not, since
    some of them are states to EDGAR: see `suggest_country`. Specification appendix H.
    """
    return _find(text, COUNTRIES, _countries())


def obsolete_code(text: str) -> str | None:
    """The retired code of a place given by code or name; documents before X0609 may hold one. None where none fits."""
    return _find(text, OBSOLETE, _retired())


def place_name(code: str) -> str | None:
    """EDGAR's name of a state, country or retired code, in capitals; None for any other text."""
    code = code.strip().upper()
    return STATES.get(code) or COUNTRIES.get(code) or OBSOLETE.get(code)


def suggest_state(text: str) -> str:
    """What to write instead of a text that `state_code` does not know: a sentence for a hint."""
    if code := country_code(text):
        return f"{COUNTRIES[code]} is no US state: give it as the country."
    guess = _closest(text, _states())
    if guess:
        return f"Did you mean {STATES[guess]} ({guess})?"
    return "Write a US state or territory by its name (California) or code (CA)."


def suggest_country(text: str) -> str:
    """What to write instead of a text that `country_code` does not know: a sentence for a hint.

    Knows ISO 3166's two-letter codes, EDGAR's retired codes, US states, and slips of the pen.
    """
    key = _key(text)
    if key in NO_CODE:
        return f"EDGAR has no code for {NO_CODE[key]}: ask the SEC's filer support which one to use."
    if retired := obsolete_code(text):
        now = SUCCESSORS.get(retired, "")
        instead = f" Write {place_name(now)} ({now})." if now else ""
        return f"{retired} ({OBSOLETE[retired]}) is retired, and EDGAR suspends a filing that holds it.{instead}"
    iso = ISO_3166.get(key, "")
    if iso in COUNTRIES:
        reason = f"{key} is {STATES[key]} to EDGAR" if key in STATES else "EDGAR's codes are not ISO's"
        return f"{reason}: for {COUNTRIES[iso]}, write {iso} or the name."
    if state := state_code(text):
        return f"{STATES[state]} is a US state or territory: give it as the state."
    guess = _closest(text, _countries())
    if guess:
        return f"Did you mean {COUNTRIES[guess]} ({guess})?"
    return "Write the country by its name (Germany) or by EDGAR's own code (2M)."


def _find(text: str, codes: Mapping[str, str], names: Mapping[str, str]) -> str | None:
    key = _key(text)
    return key if key in codes else names.get(key)


def _closest(text: str, names: Mapping[str, str]) -> str | None:
    key = _key(text)
    found = difflib.get_close_matches(key, names, n=1, cutoff=0.8) if len(key) > 3 else []
    return names[found[0]] if found else None


@cache
def _states() -> Mapping[str, str]:
    return _by_name(STATES) | _others(OTHER_STATE_NAMES)


@cache
def _countries() -> Mapping[str, str]:
    return _by_name(COUNTRIES) | _others(OTHER_COUNTRY_NAMES)


@cache
def _retired() -> Mapping[str, str]:
    return _by_name(OBSOLETE)


def _others(table: Mapping[str, str]) -> dict[str, str]:
    return {_key(name): code for code, names in table.items() for name in names.split(", ")}


def _by_name(table: Mapping[str, str]) -> dict[str, str]:
    """The codes by EDGAR's own names: whole, without what stands in brackets, and `KOREA, REPUBLIC OF` turned round."""
    names: dict[str, str] = {}
    for code, name in table.items():
        plain = re.sub(r"\([^()]*\)", " ", name)
        place, comma, qualifier = plain.partition(", ")
        turned = f"{qualifier} {place}" if comma else plain
        names |= {_key(variant): code for variant in (name, plain, turned)}
        if qualifier == "CANADA":
            names[_key(place)] = code
    return names


def _key(text: str) -> str:
    """A name as it is looked up: capitals without accents, points, apostrophes and a leading article."""
    plain = unicodedata.normalize("NFKD", text.upper().replace("&", " AND "))
    plain = "".join(sign for sign in plain if sign not in ".'\N{RIGHT SINGLE QUOTATION MARK}")
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.sub(r"[^A-Z0-9]+", " ", plain).split()
    if len(words) == 1:
        return words[0]
    return " ".join("SAINT" if word == "ST" else word for word in words).removeprefix("THE ")
