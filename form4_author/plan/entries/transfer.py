"""A change in the form of ownership alone."""

from __future__ import annotations

from form4_author.plan.entries.named import SecurityNames
from form4_author.plan.entries.no_line import NoLine
from form4_author.plan.ownership import Ownership


class Transfer(NoLine):
    """A change in the form of ownership alone: no line."""

    transfer: SecurityNames
    """The security, by name."""
    to: Ownership
    """Whose it becomes: a name from ownership_lines, {indirect: By Trust}, or direct."""
