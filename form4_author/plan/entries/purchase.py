"""A purchase."""

from __future__ import annotations

from form4_author.plan.base import Name
from form4_author.plan.entries.traded import Traded


class Purchase(Traded):
    """A purchase, in the open market or in private: code P."""

    purchase: Name
    """The security bought, by name."""
