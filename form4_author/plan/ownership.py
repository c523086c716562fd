"""A form of ownership: direct, or indirect with its nature."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Tag

from form4_author.plan.base import Model, branch
from form4_author.plan.lost_words import in_braces
from form4_author.plan.scalars import quoted, refuse, text

_WORDS = ("direct", "indirect")


class Indirect(Model):
    """Indirect ownership and its nature."""

    indirect: Annotated[str, BeforeValidator(text(100, what="the nature of ownership"))]
    """The nature of indirect ownership, 100 characters: By Trust."""


def _ownership(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.strip().lower() in _WORDS:
        return value.strip().lower()
    way_out = f"Write direct, or {{indirect: {in_braces(value)}}}"
    raise refuse("PLN007", f"{quoted(value)} is not a form of ownership", way_out)


Ownership = Annotated[
    Annotated[Literal["direct", "indirect"], Tag(branch("word"))] | Annotated[Indirect, Tag(branch("Indirect"))],
    Discriminator(lambda value: branch("Indirect" if isinstance(value, dict | Indirect) else "word")),
    BeforeValidator(_ownership),
]
