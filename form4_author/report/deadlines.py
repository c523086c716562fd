"""Deadlines -> text for people."""

from __future__ import annotations

from collections.abc import Sequence

from form4_author.days.deadlines import HOUR, Deadline
from form4_author.days.owed import Debt, Insider
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


def owed_as_text(insiders: Sequence[Insider]) -> str:
    """What each insider owes, a form a line below the person's name.

    Args:
        insiders: as `days.owed` tells it.
    """
    lines = ["what each insider owes:"]
    for insider in insiders:
        nothing = "" if insider.debts else " nothing"
        lines.append(f"  {printable(insider.name)} ({printable(insider.issuer)}):{nothing}")
        lines += [f"    {_debt(debt)}" for debt in insider.debts]
    return "\n".join(lines) + "\n"


def _debt(debt: Debt) -> str:
    day = f"by {debt.day} {HOUR}" if debt.day else f"by {debt.form.term.words} the end of the issuer's fiscal year"
    what = f" ({debt.lines} line{'s' if debt.lines > 1 else ''})" if debt.lines else ""
    return f"{debt.form} {day}{what}"
