"""Deadlines -> text for people, and data for programs: docs/deadlines.md tells its shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from form4_author.days.agenda import Agenda
from form4_author.days.cooling_off import CoolingOff
from form4_author.days.deadlines import HOUR, Deadline
from form4_author.days.owed import Debt, Insider
from form4_author.filing import Filing
from form4_author.filing.wording import value_text
from form4_author.masking import masked_words
from form4_author.printable import printable
from form4_author.report.file_report import FileReport, findings_data


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
        for debt in insider.debts:
            lines.append(f"    {_debt(debt)}")
            lines += [f"      {printable(one)}" for one in debt.waiting]
    return "\n".join(lines) + "\n"


def _debt(debt: Debt) -> str:
    day = f"by {debt.day} {HOUR}" if debt.day else f"by {debt.form.term.words} the end of the issuer's fiscal year"
    what = f"{debt.lines} line{'s' if debt.lines > 1 else ''}" if debt.lines else ""
    year = f"by {debt.calendar_day} where that is the calendar's" if debt.calendar_day else ""
    told = "; ".join(filter(None, (what, year)))
    return f"{debt.form} {day}" + (f" ({told})" if told else "")


def cooling_as_text(cooling: Sequence[CoolingOff]) -> str:
    """The cooling-off periods of trading plans, a line each; nothing where there are none.

    Args:
        cooling: as `days.cooling_off` tells it.
    """
    if not cooling:
        return ""
    lines = ["cooling-off of trading plans, before which no trade may be made:"]
    lines += [f"  {one.ends}  {printable(one.name)} ({printable(one.issuer)}): {one.why}" for one in cooling]
    return "\n".join(lines) + "\n"


def form_data(file: str, filing: Filing, deadlines: Sequence[Deadline], form: str = "") -> dict[str, Any]:
    """A form with the last day of each of its transactions, as plain data.

    Args:
        file: its name.
        filing: what it says.
        deadlines: in the order of the form.
        form: what the form is called among those of its plan; empty where the plan makes one.
    """
    return {
        "file": file,
        "form": form,
        "type": value_text(filing.document_type),
        "issuer": _party(value_text(filing.issuer.cik), value_text(filing.issuer.name))
        | {"symbol": masked_words(value_text(filing.issuer.trading_symbol))},
        "owners": [_party(value_text(owner.cik), value_text(owner.name)) for owner in filing.owners],
        "deadlines": [_deadline(deadline) for deadline in deadlines],
    }


def due_data(forms: Sequence[dict[str, Any]], agenda: Agenda, refused: Iterable[FileReport]) -> dict[str, Any]:
    """All that `due` tells, as plain data.

    Args:
        forms: as `form_data` gives them.
        agenda: as `days.agenda` tells it.
        refused: the files or forms of which no deadline can be told.
    """
    return {
        "forms": [*forms],
        "owed": [
            {
                "name": masked_words(insider.name),
                "issuer": masked_words(insider.issuer),
                "forms": [
                    {
                        "form": debt.form.number,
                        "day": _day(debt.day),
                        "lines": debt.lines,
                        **({"waiting": [masked_words(one) for one in debt.waiting]} if debt.waiting else {}),
                        **({"calendar_day": _day(debt.calendar_day)} if debt.calendar_day else {}),
                    }
                    for debt in insider.debts
                ],
            }
            for insider in agenda.insiders
        ],
        "cooling_off": [
            {
                "name": masked_words(one.name),
                "issuer": masked_words(one.issuer),
                "adopted": _day(one.adopted),
                "ends": _day(one.ends),
                "at_most": _day(one.at_most),
                "why": one.why,
            }
            for one in agenda.cooling
        ],
        "refused": [
            {"file": report.file, "unreadable": report.unreadable, "findings": findings_data(report.findings)}
            for report in refused
        ],
    }


def _party(cik: str, name: str) -> dict[str, str]:
    return {"cik": cik, "name": masked_words(name)}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    place = deadline.origin.position
    return {
        "line": deadline.line,
        "code": deadline.code,
        "security": masked_words(deadline.security),
        "amount": masked_words(deadline.amount),
        "traded": _day(deadline.traded),
        "executed": _day(deadline.executed),
        "day": _day(deadline.day),
        "firm": deadline.firm,
        "why": masked_words(deadline.why),
        "place": {"file": place.file, "line": place.line, "column": place.column} if place else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
