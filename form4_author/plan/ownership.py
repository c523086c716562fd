"""A form of ownership: direct, indirect with its nature, or a holder that the plan names."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Tag

from form4_author.plan.base import Model, Name, branch
from form4_author.plan.note_calls import Notes
from form4_author.plan.scalars import Answer, FractionText, text

WORDS = ("direct", "indirect")
"""What a form of ownership is called where no holder is named."""


class Indirect(Model):
    """Indirect ownership and its nature."""

    indirect: Annotated[str, BeforeValidator(text(100, what="the nature of ownership"))]
    """The nature of indirect ownership, 100 characters: By Trust."""


class Holder(Model):
    """A holder, named once: a balance of its own, also where another one has the same nature."""

    indirect: Annotated[str, BeforeValidator(text(100, what="the nature of ownership"))] | None = None
    """The nature of indirect ownership, 100 characters: By Trust."""
    direct: Answer | None = None
    """yes for direct ownership, as by one of several reporting persons."""
    note: Notes = []
    """Footnotes on the nature of each of its lines: by name, as a text, or {trustee: ...} and its like."""
    pecuniary_interest: FractionText | None = None
    """The reporting person's part of it, 0.25, 25% or 1/4; for `short-swing`, the form doesn't show it."""


def _ownership(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) and value.strip().lower() in WORDS else value


Ownership = Annotated[
    Annotated[Name, Tag(branch("name"))] | Annotated[Indirect, Tag(branch("Indirect"))],
    Discriminator(lambda value: branch("Indirect" if isinstance(value, dict | Indirect) else "name")),
    BeforeValidator(_ownership),
]
