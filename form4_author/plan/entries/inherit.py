"""An inheritance, or another acquisition by will or the laws of descent."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from form4_author.plan.base import Words
from form4_author.plan.entries.named import OneLine, SecurityNames


class Inherit(OneLine):
    """An inheritance, or another acquisition by will or the laws of descent: code W."""

    inherit: SecurityNames
    """The security, by name."""
    source: Annotated[Words | None, Field(alias="from")] = None
    """From whom, in words: the estate of the reporting person's mother."""
