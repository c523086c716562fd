"""A forfeiture."""

from __future__ import annotations

from form4_author.plan.base import Words
from form4_author.plan.entries.named import OneLine, SecurityNames


class Forfeit(OneLine):
    """A forfeiture: of stock reported at grant a line, code D; of units none."""

    forfeit: SecurityNames
    """The security, by name."""
    of: Words = "unvested securities"
    """What is forfeited, in words: unvested restricted stock."""
