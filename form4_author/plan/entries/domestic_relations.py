"""A transfer under a domestic relations order."""

from __future__ import annotations

from form4_author.plan.entries.named import SecurityNames
from form4_author.plan.entries.no_line import NoLine
from form4_author.plan.scalars import Answer


class DomesticRelations(NoLine):
    """A transfer under a domestic relations order: no line."""

    domestic_relations: SecurityNames
    """The security, by name."""

    received: Answer | None = None
    """yes: the reporting person received them; else they went to the other spouse."""
