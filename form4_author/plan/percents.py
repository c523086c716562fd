"""Shares of a whole, as a plan writes them.

Code: PLN004 what is no percentage.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from msgspec import Struct
from pydantic import PlainValidator, WithJsonSchema

from form4_author.plan.scalars import quoted, refuse


class Share(Struct, frozen=True):
    """A share of a whole: `text` as written (`140%`), `of_one` to reckon with (1.4)."""

    text: str
    of_one: Decimal


def percent(value: Any) -> Share:
    """Read `140%` or `62.5%`; zero or more."""
    if isinstance(value, Share):
        return value
    found = re.fullmatch(r"(\d{1,4}(?:\.\d{1,6})?)\s*%", value.strip(), re.ASCII) if isinstance(value, str) else None
    if not found:
        seen = quoted(value) if isinstance(value, str) else "this"
        raise refuse("PLN004", f"{seen} is no percentage", "Write it with its sign: 140%")
    return Share(f"{found[1]}%", Decimal(found[1]) / 100)


Percent = Annotated[
    Share,
    PlainValidator(percent),
    WithJsonSchema({"type": "string", "pattern": r"^\s*[0-9]{1,4}(\.[0-9]{1,6})?\s*%\s*$"}),
]
"""A percentage, with its sign."""
