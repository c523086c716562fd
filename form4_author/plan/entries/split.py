"""A stock split or stock dividend."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from form4_author.plan.base import Name
from form4_author.plan.entries.shared import Entry
from form4_author.plan.scalars import AmountText, DayText
from form4_author.plan.securities import Rounding


class Split(Entry):
    """A stock split or stock dividend: no line; balances, strikes and derivatives follow."""

    date: DayText
    """When it took effect."""
    split: Name
    """The security that is split, by name."""
    new: AmountText
    """New shares, as in 2 for 1; 1 for 10 in a reverse split."""
    old: Annotated[AmountText, Field(alias="for")]
    """Old shares for which they are given."""
    round: Rounding | None = None
    """down, up or nearest: to a whole share, where fractions are paid in cash or rounded."""
