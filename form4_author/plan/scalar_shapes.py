"""What the scalars of a plan look like before they are read, as JSON Schema: what `scalars` takes, an editor takes.

An editor sees YAML's own types: `22.50` is a number, `yes` in some a boolean; a pattern says something of texts alone.
Patterns are written so that ECMAScript and Python read them alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from msgspec import Struct

Shape = dict[str, Any]
"""A JSON Schema."""

T = TypeVar("T")


class Reader(Struct, Generic[T], frozen=True, eq=False):
    """Reads a scalar, and knows what it takes."""

    read: Callable[[Any], T]
    shape: Shape | Callable[[Shape], Shape]

    def __call__(self, value: Any) -> T:
        """The value as read.

        Raises:
            PydanticCustomError: it can't be read.
        """
        return self.read(value)

    def over(self, shape: Shape) -> Shape:
        """What it takes, where what it gives on is of a shape itself."""
        return self.shape(shape) if callable(self.shape) else self.shape


PLAIN = ["string", "number", "boolean"]
_LARGEST = 999_999_999_999.9999

_INTEGER = r"(0*[0-9]{1,12}|[1-9][0-9]{0,2}(,[0-9]{3}){1,3})"
_NUMBER = rf"(\$ ?)?({_INTEGER}(\.[0-9]{{0,4}}0*)?|\.[0-9]{{1,4}}0*)"
AMOUNT: Shape = {"type": ["string", "number"], "minimum": 0, "maximum": _LARGEST, "pattern": rf"^\s*{_NUMBER}\s*$"}
"""A number of securities or of dollars: `1,000`, `$4.80`."""

_PART = r"(0{0,11}1(\.0{1,12})?|0{1,12}(\.[0-9]{1,12})?|(0{0,9}100(\.0{1,12})?|0{0,10}[0-9]{1,2}(\.[0-9]{1,12})?)\s?%)"
_RATIO = r"[0-9]{1,12}/0*[1-9][0-9]*"
FRACTION: Shape = {
    "type": ["string", "number"],
    "minimum": 0,
    "maximum": 1,
    "pattern": rf"^\s*({_PART}|{_RATIO})\s*$",
}
"""A part of a whole: `0.25`, `25%`, `1/4`."""

CIK: Shape = {"type": ["string", "integer"], "minimum": 0, "maximum": 9_999_999_999, "pattern": r"^\s*[0-9]{1,10}\s*$"}
FOOTNOTE_NUMBER: Shape = {"type": ["string", "integer"], "minimum": 1, "maximum": 99, "pattern": "^0*[1-9][0-9]?$"}
VERSION: Shape = {"type": "string", "pattern": r"^\s*[Xx][0-9]{4}\s*$"}

_MONTHS = ("0{0}[13578]|1[02]", "0{0}[469]|11", "0{0}2")
_DAYS = ("0{0}[1-9]|[12][0-9]|3[01]", "0{0}[1-9]|[12][0-9]|30", "0{0}[1-9]|[12][0-9]")


def day(years: str) -> Shape:
    """A date, as `2013-11-22` or `11/22/2013`, in years of a pattern; February has 29 days in each of them."""
    months = list(zip(_MONTHS, _DAYS, strict=True))
    iso = "|".join(f"({month})-({days})".format("") for month, days in months)
    us = "|".join(f"({month})/({days})".format("?") for month, days in months)
    zone = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
    return {"type": "string", "pattern": rf"^\s*(({years})-({iso}){zone}|({us})/({years}))\s*$"}


DAY = day("19(3[4-9]|[4-9][0-9])|20[0-9]{2}")
"""A day of what has happened, from 1934 to 2099."""
TERM = day("19(3[4-9]|[4-9][0-9])|20[0-9]{2}|21([0-2][0-9]|3[0-4])")
"""A day that may lie far ahead, to 2134."""


def word(*words: str) -> str:
    """The pattern of one of some words, in upper or lower case."""
    either = "|".join("".join(f"[{c.upper()}{c.lower()}]" if c.isalpha() else re.escape(c) for c in w) for w in words)
    return rf"^\s*({either})\s*$"


def one_of(*words: str) -> Shape:
    """One of some words; they are proposed as they are given, and taken in any case."""
    numbers = [int(plain) for plain in words if plain.isdecimal()]
    return {"anyOf": [{"enum": [*words, *numbers]}, {"type": "string", "pattern": word(*words)}]}


def answer(*more: str) -> Shape:
    """Yes or no, or another word."""
    said = ("yes", "true", "y", "on", "1", "x", "no", "false", "n", "off", "0", *more)
    return {
        "anyOf": [
            {"enum": [True, False, "yes", "no", *more]},
            {"enum": [1, 0]},
            {"pattern": word(*said), "type": "string"},
        ]
    }


def words(limit: int | None = None, *, blank: bool = False) -> Shape:
    """Text of at most so many characters; YAML may take it for a number, or for a truth."""
    shape: Shape = {"type": PLAIN}
    if limit is not None:
        shape["maxLength"] = limit
    return shape if blank else {**shape, "pattern": r"\S"}


def or_none(shape: Shape) -> Shape:
    """A scalar, or the word none in its place."""
    scalar: Shape = next(option for option in shape.get("anyOf", [shape]) if option != {"type": "null"})
    return {**scalar, "pattern": f"{scalar['pattern']}|{word('none')}"}
