"""An option held that expired."""

from __future__ import annotations

from form4_author.plan.entries.named import SecurityNames
from form4_author.plan.entries.no_line import NoLine


class Expire(NoLine):
    """An option held that expired: no line; nothing was received for it."""

    expire: SecurityNames
    """The option, by name."""
