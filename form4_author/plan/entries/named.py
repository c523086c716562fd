"""Which securities, of which holders, and how many an event is of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Struct
from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

from form4_author.plan.base import Code, Model
from form4_author.plan.entries.shared import Cells, Dated, LineNotes
from form4_author.plan.ownership import Ownership
from form4_author.plan.prices import Price
from form4_author.plan.scalar_shapes import AMOUNT, Reader, words
from form4_author.plan.scalars import Amount, AmountText, Answer, amount, refuse, text
from form4_author.plan.yaml_text import Key


class Securities(Struct, frozen=True):
    """The securities that an event is of.

    Attributes:
        items: each by its place below the event's key, its name, and how many, where that is said beside it.
    """

    items: tuple[tuple[Key, str, Amount | None], ...]

    def __iter__(self) -> Iterator[tuple[Key, str, Amount | None]]:
        return iter(self.items)

    @property
    def several(self) -> bool:
        """True where there is more than one."""
        return len(self.items) > 1


def securities(value: Any) -> Securities:
    """Read the name of a security, a list of names, or a mapping of names to amounts."""
    if isinstance(value, Securities):
        return value
    named = text(what="a name")
    if isinstance(value, str):
        return Securities((((), named(value), None),))
    if isinstance(value, list) and value:
        return Securities(tuple(((index,), named(name), None) for index, name in enumerate(value)))
    if isinstance(value, dict) and value:
        return Securities(tuple(((name,), name, amount(number)) for name, number in value.items()))
    raise refuse("PLN003", "the name of a security must stand here, or a list of names", "Write the security's name.")


SecurityNames = Annotated[
    Securities,
    PlainValidator(securities),
    WithJsonSchema(
        {
            "anyOf": [
                words(),
                {"type": "array", "items": words(), "minItems": 1},
                {"type": "object", "minProperties": 1, "additionalProperties": AMOUNT},
            ]
        }
    ),
]
"""A security by name, several, or several each with its amount."""

_SEVERAL = Reader(
    lambda value: value if isinstance(value, list) else [value], lambda shape: {"anyOf": [shape["items"], shape]}
)
Ownerships = Annotated[list[Ownership], BeforeValidator(_SEVERAL)]
"""A form of ownership or a holder, or several that do the same."""


class HowMany(Model):
    """How many of the securities, and whose."""

    amount: AmountText | None = None
    """Number of securities."""
    all: Answer | None = None
    """yes: all that is owned, in each form of ownership, or in those named."""
    ownership: Ownerships = []
    """direct, {indirect: By Trust}, or a name from ownership_lines; or several. direct where not given."""


class OneLine(Dated, HowMany, Cells):
    """An event of one line for each security and holder."""

    price: Price = None
    """Price of one; follows from the event where not given. none where only a footnote tells it."""
    code: Code | None = None
    """The transaction code, where it isn't the event's own."""
    notes: LineNotes = LineNotes()
    """Footnotes, by column, on top of the event's own; none leaves the event's own out."""
