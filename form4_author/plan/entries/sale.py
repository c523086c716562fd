"""A sale."""

from __future__ import annotations

from form4_author.plan.base import Name
from form4_author.plan.entries.traded import Traded


class Sale(Traded):
    """A sale, in the open market or in private: code S."""

    sale: Name
    """The security sold, by name."""
