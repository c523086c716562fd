"""Deadlines -> text for people."""

from __future__ import annotations

from collections.abc import Sequence

from form4_author.days.deadlines import HOUR, Deadline
from form4_author.printable import printable


def as_text(file: str, deadlines: Sequence[Deadline], form: str = "") -> str:
    """The last day of each transaction, or of a whole form, a line each below the file's name.

    Args:
        file: its name.
        deadlines: in the order of the form.
        form: what the form is called among those of its plan; empty where the plan makes one.
    """
    name = f"{file}, form {form}" if form else file
    lines = [f"{printable(name)}:" + ("" if deadlines else " no transactions")]
    for deadline in deadlines:
        last = f"{deadline.day} {HOUR}" if deadline.day else "with Form 5"
        what = f"{deadline.code} {deadline.amount} {deadline.security}".replace("  ", " ")
        told = f"{printable(what)}; " if deadline.code else ""
        lines.append(f"  {last}  {deadline.line}: {told}{printable(deadline.why)}")
    return "\n".join(lines) + "\n"
