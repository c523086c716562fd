"""Prices: in dollars, or in another currency with the rate at which it is converted.

Codes: PLN003 a price that is neither.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from msgspec import Struct
from pydantic import PlainValidator, WithJsonSchema

from form4_author.plan.scalar_shapes import AMOUNT, or_none
from form4_author.plan.scalars import Amount, amount, quoted, refuse

_ABROAD = re.compile(r"([\d.,]+)\s*(?!USD)([A-Z]{3})|(?!USD)([A-Z]{3})\s*([\d.,]+)", re.ASCII)
#: What stands in a date or a strike that a footnote tells, and is looked for here too.
_NOTES = frozenset({"note", "notes", "footnote", "footnotes"})


class ForeignPrice(Struct, frozen=True):
    """A price in another currency.

    Attributes:
        currency: its three letters: `HKD`.
        amount: the price of one, in that currency.
        rate: its units for one US dollar; None where the security says it.
    """

    currency: str
    amount: Amount
    rate: Amount | None = None


def price(value: Any) -> Amount | ForeignPrice | None:
    """Read `22.50`, `none` or `{HKD: 22.20, rate: 7.80}`."""
    if isinstance(value, Amount | ForeignPrice) or value is None:
        return value
    if isinstance(value, str) and value.strip().lower() == "none":
        return None
    if not isinstance(value, dict):
        abroad = _ABROAD.fullmatch(value.strip()) if isinstance(value, str) else None
        if abroad:
            said = f"{{{abroad[2] or abroad[3]}: {abroad[1] or abroad[4]}, rate: ...}}"
            hint = f"Write {said}, the rate in its units for one US dollar."
            raise refuse("PLN003", f"{quoted(value)} is in another currency", hint)
        return amount(value)
    if not _NOTES.isdisjoint(value):
        hint = "Write notes: {price: ...} beside the price; where a footnote alone tells it, write none as the price."
        raise refuse("PLN003", "a footnote doesn't stand in a price", hint)
    names = [name for name in value if name != "rate"]
    if len(names) != 1 or not re.fullmatch(r"[A-Z]{3}", names[0]):
        seen = f"{quoted(names[0])} is no currency" if len(names) == 1 else "a price names one currency"
        raise refuse("PLN003", seen, "Write its three letters and its units for one dollar: {HKD: 22.20, rate: 7.80}")
    rate = amount(value["rate"]) if "rate" in value else None
    if rate is not None and not rate.decimal:
        raise refuse("PLN004", "a rate is above zero", "Write how many units of the currency one dollar is.")
    return ForeignPrice(names[0], amount(value[names[0]]), rate)


Price = Annotated[
    Amount | ForeignPrice | None,
    PlainValidator(price),
    WithJsonSchema(
        {
            "anyOf": [
                or_none(AMOUNT),
                {
                    "type": "object",
                    "patternProperties": {"^[A-Z]{3}$": AMOUNT},
                    "properties": {"rate": AMOUNT},
                    "additionalProperties": False,
                    "minProperties": 1,
                    "maxProperties": 2,
                    "if": {"required": ["rate"]},
                    "then": {"minProperties": 2},
                },
            ]
        }
    ),
]
"""The price of one security."""
