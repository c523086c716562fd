"""By when each transaction must be reported: so many business days as its form says, as entries for a calendar.

A Form 4 is due before the end of the second business day after the day of execution (Form 4, General Instruction 1(a);
Rule 16a-3(g)(1)). For trades under a Rule 10b5-1 plan and discretionary transactions whose day the person does not
choose, the day of the broker's or administrator's notice counts as the day of execution, at the latest the third
business day after the trade (Rule 16a-3(g)(2) to (4)): the deemed execution date of column 2A or 3A. EDGAR gives
Forms 3, 4 and 5 that reach it by 10 p.m. Eastern time the date of that business day (17 CFR 232.13(a)(4)).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from form4_author.days.business_days import FEDERAL, BusinessDays
from form4_author.filing import Filing, FormType, Row, form_of
from form4_author.filing.forms import called
from form4_author.findings import Origin

GIFTS_SINCE = date(2023, 2, 27)
HOUR = "10 p.m. Eastern time"
#: Codes of what may wait for Form 5, or need not be reported by a day that the form tells.
_WAITS = frozenset("LWZJEH")
_WIDTH = 75


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of one transaction.

    Attributes:
        line: `Table I, line 2`.
        code: the transaction code.
        security: the title.
        amount: as written; empty where there is none.
        traded: the transaction date.
        executed: the day that the two business days run from: the deemed execution date where there is one.
        day: the last day, until 10 p.m. Eastern time; None for what is due on Form 5 only.
        why: how the day comes about, in a sentence.
        origin: the line.
    """

    line: str
    code: str
    security: str
    amount: str
    traded: date
    executed: date
    day: date | None
    why: str
    origin: Origin


def deferrable(row: Row, form: FormType) -> bool:
    """True where a transaction need not be on a Form 4 by the second business day.

    Those are Form 5 transactions reported early; small acquisitions, inheritances, voting trusts, expirations and
    others that may be exempt (codes L, W, Z, E, H, J); gifts received; and gifts made before February 27, 2023.
    """
    day = row.transaction_date.date
    if form.is_early(row.form_type.text) or row.code.text.strip() in _WAITS:
        return True
    if row.code.text.strip() != "G":
        return False
    return row.acquired_disposed.text.strip() == "A" or (day is not None and day < GIFTS_SINCE)


def due_date(row: Row, form: FormType, days: BusinessDays = FEDERAL) -> date | None:
    """The last day on which the form of a transaction is in time; None where it has no date."""
    executed = row.deemed_execution_date.date or row.transaction_date.date
    return days.after(executed, form.term.business_days) if executed is not None and not row.holding else None


def due(filing: Filing, days: BusinessDays = FEDERAL) -> list[Deadline]:
    """By when each transaction of a filing must be reported, in the order of the form.

    Args:
        filing: the transactions; those without a readable date are left out.
        days: the calendar of business days.
    """
    form = form_of(filing)
    return [
        deadline
        for table in (filing.table1, filing.table2)
        for number, row in enumerate(table, 1)
        for deadline in _of(row, number, form, days)
    ]


def _of(row: Row, number: int, form: FormType, days: BusinessDays) -> Iterator[Deadline]:
    traded, day = row.transaction_date.date, due_date(row, form, days)
    if traded is None or day is None:
        return
    executed = row.deemed_execution_date.date or traded
    if form.is_early(row.form_type.text):
        last, why = None, "a Form 5 transaction reported early: due on Form 5, within 45 days of the fiscal year's end"
    else:
        last, why = day, _reason(form, traded, executed, day, days)
    yield Deadline(
        line=f"Table {row.table.value}, line {number}",
        code=row.code.text.strip(),
        security=" ".join(row.security_title.text.split()),
        amount=(row.shares.text or row.total_value.text).strip(),
        traded=traded,
        executed=executed,
        day=last,
        why=why,
        origin=row.origin,
    )


def _reason(form: FormType, traded: date, executed: date, day: date, days: BusinessDays) -> str:
    start = f"the deemed execution date {executed}" if executed != traded else f"the transaction of {traded}"
    passed = []
    ordinal = executed.toordinal() + 1
    while ordinal < day.toordinal():
        skipped = date.fromordinal(ordinal)
        reason = days.closure(skipped)
        if reason not in {"", "Saturday", "Sunday"}:
            passed.append(f"{skipped} ({reason})")
        ordinal += 1
    without = f", leaving out {' and '.join(passed)}" if passed else ""
    return f"{form.term.words} {start}{without}"


# --- calendar entries ---------------------------------------------------------------------------------------------

_ZONE = """\
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
END:VTIMEZONE
"""


def calendar_text(filings: Iterable[tuple[Filing, Sequence[Deadline]]]) -> str:
    """Calendar entries for deadlines, one for each filing and last day (iCalendar, RFC 5545).

    The same deadlines give the same text: an entry's stamp is the date of its first transaction, its identifier is
    made from its content. Each entry ends at 10 p.m. Eastern time and reminds a day and two hours before.

    Args:
        filings: filings with what `due` says of them; lines that are due on Form 5 only get no entry.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//form4-author//due//EN", *_ZONE.splitlines()]
    for filing, deadlines in filings:
        for day in sorted({deadline.day for deadline in deadlines if deadline.day is not None}):
            lines += _event(filing, day, [deadline for deadline in deadlines if deadline.day == day])
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(filing: Filing, day: date, deadlines: list[Deadline]) -> list[str]:
    symbol = filing.issuer.trading_symbol.text.strip()
    names = ", ".join(owner.name.text.strip() or owner.cik.text.strip() for owner in filing.owners)
    told = [f"{d.line}: {d.code} {d.amount} {d.security} of {d.traded}: {d.why}." for d in deadlines]
    summary = f"{called(filing)} due: {names} ({symbol})"
    stamp = min(deadline.traded for deadline in deadlines)
    parties = [filing.issuer.cik.text, *(owner.cik.text for owner in filing.owners)]
    identity = hashlib.sha256("\n".join([*parties, day.isoformat(), summary, *told]).encode()).hexdigest()[:32]
    return [
        "BEGIN:VEVENT",
        f"UID:{identity}@form4-author",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        f"DTSTART;TZID=America/New_York:{day:%Y%m%d}T213000",
        f"DTEND;TZID=America/New_York:{day:%Y%m%d}T220000",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(chr(10).join([*told, f'EDGAR takes it until {HOUR}.']))}",
        *_alarm(form_of(filing), "-P1D"),
        *_alarm(form_of(filing), "-PT2H"),
        "END:VEVENT",
    ]


def _alarm(form: FormType, before: str) -> list[str]:
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{form} due", f"TRIGGER;RELATED=END:{before}", "END:VALARM"]


def _escaped(text: str) -> str:
    """Text as a property value: RFC 5545, section 3.3.11."""
    for sign, code in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(sign, code)
    return text


def _folded(line: str) -> Iterator[str]:
    """A content line in parts of at most 75 octets, the further ones beginning with a blank (section 3.1)."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > _WIDTH:
            yield part
            part, size = " ", 1
        part += character
        size += octets
    yield part
