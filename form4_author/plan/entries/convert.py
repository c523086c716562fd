"""A conversion."""

from __future__ import annotations

from form4_author.plan.base import Code
from form4_author.plan.entries.named import HowMany, SecurityNames
from form4_author.plan.entries.shared import Dated, Half, LineNotes


class Convert(Dated, HowMany):
    """A conversion: the convertible's line in Table II and the shares' in Table I, code C."""

    convert: SecurityNames
    """The convertible securities, by name."""
    code: Code = "C"
    """C, conversion of a derivative security."""
    table_1: Half = Half()
    """What is particular to the line of Table I, where there is one."""
    table_2: Half = Half()
    """What is particular to the line of Table II, where there is one."""
    notes: LineNotes = LineNotes()
    """Footnotes on all lines, on top of the security's own."""
