"""Shares bought under a tax-qualified employee stock purchase plan."""

from __future__ import annotations

from form4_author.plan.entries.named import SecurityNames
from form4_author.plan.entries.no_line import NoLine


class Espp(NoLine):
    """Shares bought under a tax-qualified employee stock purchase plan: no line."""

    espp: SecurityNames
    """The security, by name."""
