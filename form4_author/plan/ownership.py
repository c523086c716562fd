"""A form of ownership: direct, or indirect with its nature."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Tag

from form4_author.plan.base import Model, branch
from form4_author.plan.scalars import one_of, text


class Indirect(Model):
    """Indirect ownership and its nature."""

    indirect: Annotated[str, BeforeValidator(text(100, what="the nature of ownership"))]
    """The nature of indirect ownership, 100 characters: By Trust."""


def _ownership(value: Any) -> Any:
    if isinstance(value, str):
        return one_of("a form of ownership", "direct", "indirect")(value)
    return value


Ownership = Annotated[
    Annotated[Literal["direct", "indirect"], Tag(branch("word"))] | Annotated[Indirect, Tag(branch("Indirect"))],
    Discriminator(lambda value: branch("Indirect" if isinstance(value, dict | Indirect) else "word")),
    BeforeValidator(_ownership),
]
