"""By when each form, or each transaction of it, must be reported, as entries for a calendar.

A Form 3 is due within ten days after the event that makes a person an insider (Section 16(a)(2), Rule 16a-3(a)), a
Form 5 within 45 days after the end of the issuer's fiscal year (Rule 16a-3(f)(1)); where that day is a weekend or a
holiday, on the next business day (Rule 0-3(a)).

A Form 4 is due before the end of the second business day after the day of execution (Form 4, General Instruction 1(a);
Rule 16a-3(g)(1)). For trades under a Rule 10b5-1 plan and discretionary transactions whose day the person does not
choose, the day of the broker's or administrator's notice counts as the day of execution, at the latest the third
business day after the trade (Rule 16a-3(g)(2) to (4)): the deemed execution date of column 2A or 3A. EDGAR gives
Forms 3, 4 and 5 that reach it by 10 p.m. Eastern time the date of that business day (17 CFR 232.13(a)(4)).

What is exempt from Section 16(b), exercises and Rule 16b-3(d) to (f) aside, may wait for Form 5, and so may small
acquisitions: 45 days after the issuer's fiscal year (Rule 16a-3(f)(1)). Since February 27, 2023 a gift may not, for
whoever makes it (Release 33-11138). All that tells of lateness or of early reports asks `due` or `duty`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from form4_author.days.business_days import FEDERAL, BusinessDays
from form4_author.filing import FORM_3, FORM_5, Filing, FormType, Row, form_of
from form4_author.filing.footnote_exemptions import tells_of_exemption
from form4_author.filing.forms import called
from form4_author.filing.marks import noted_cells
from form4_author.findings import Origin
from form4_author.printable import printable

GIFTS_SINCE = date(2023, 2, 27)
HOUR = "10 p.m. Eastern time"
_WIDTH = 75
_WAITS: Mapping[str, str] = MappingProxyType({
    "L": "a small acquisition (Rule 16a-6)",
    "W": "by will or inheritance (Rule 16b-5)",
    "Z": "a deposit into a voting trust, or a withdrawal (Rule 16b-8)",
})  # fmt: skip
_NOT_TOLD_BY_CODE = frozenset("EJ")
_START = {"3": "the event of {day}", "5": "the end of the issuer's fiscal year on {day}"}


class Duty(StrEnum):
    """Under which form a transaction must be reported, as far as its line tells."""

    FORM_4 = "within two business days"
    FORM_5 = "may wait for Form 5"
    UNTOLD = "depends on an exemption that the form doesn't tell"


class Deadline(Struct, frozen=True):
    """The last day of one transaction, or of a form as a whole.

    Attributes:
        line: `Table I, line 2`; `Form 3` where the form has one day for all of it.
        code: the transaction code; empty of a whole form, as are the next two.
        security: the title.
        amount: as written; empty where there is none.
        traded: the transaction date; of a whole form the date in its box 2 or 3.
        executed: the day that the two business days run from: the transaction date, or the deemed execution date, which
            counts until the third business day after the trade.
        day: the last day, until 10 p.m. Eastern time; None for what may wait for Form 5.
        firm: True where a form signed after that day is late. False for what may wait or be exempt, and on an
            amendment, which has no day of its own.
        why: how the day comes about, in a sentence.
        origin: the transaction date, or that of the box.
    """

    line: str
    code: str
    security: str
    amount: str
    traded: date
    executed: date
    day: date | None
    firm: bool
    why: str
    origin: Origin


def duty(row: Row, form: FormType, notes: Iterable[str] = ()) -> tuple[Duty, str]:
    """Under which form a transaction is due, and why where it may wait (Rule 16a-3(f)(1) and (g)(1)).

    By code: L, W and Z may wait for Form 5; so may gifts received, and gifts made before February 27, 2023. J and E
    may be exempt or not, and so may H without value (Rule 16b-6(d)). All else is due on Form 4, also where it is marked
    as a Form 5 transaction; but grants and dispositions to the issuer (A, D) that are so marked may wait where a
    footnote tells of another exemption than Rule 16b-3(d) and (e), as for a purchase plan, a dividend or a
    reclassification.

    Args:
        row: the transaction.
        form: the form that it stands on.
        notes: the texts of the footnotes on it.
    """
    code, deferred = row.code.text.strip(), row.form_type.text.strip() == FORM_5.number
    told, why = _by_code(row, code)
    if told is Duty.FORM_4 and code in {"A", "D"} and deferred and any(tells_of_exemption(note) for note in notes):
        told = Duty.UNTOLD
    if told is Duty.UNTOLD and deferred:
        early = "reported early, as" if form.is_early(row.form_type.text) else "reported as"
        return Duty.FORM_5, f"{early} a Form 5 transaction"
    return told, why


def _by_code(row: Row, code: str) -> tuple[Duty, str]:
    if code in _WAITS:
        return Duty.FORM_5, _WAITS[code]
    if code in _NOT_TOLD_BY_CODE or (code == "H" and row.price_per_share.number == 0):
        return Duty.UNTOLD, ""
    traded = row.transaction_date.date
    if code == "G" and row.acquired_disposed.text.strip() == "A":
        return Duty.FORM_5, "a gift received (Rule 16b-5)"
    if code == "G" and traded is not None and traded < GIFTS_SINCE:
        return Duty.FORM_5, f"a gift made before {GIFTS_SINCE} (Rule 16a-3(f)(1))"
    return Duty.FORM_4, ""


def due(filing: Filing, days: BusinessDays = FEDERAL) -> list[Deadline]:
    """By when each transaction of a filing must be reported, in the order of the form; or the form as a whole.

    Args:
        filing: the transactions; those without a readable date are left out.
        days: the calendar of business days.
    """
    if not form_of(filing).term.of_lines:
        return [*_of_form(filing, days)]
    return [
        deadline
        for table in (filing.table1, filing.table2)
        for number, row in enumerate(table, 1)
        for deadline in _of(row, number, filing, days)
    ]


def form_due(form: FormType, start: date, days: BusinessDays = FEDERAL) -> date:
    """The last day of a form that is due as a whole.

    Args:
        form: Form 3 or 5.
        start: the date that its term runs from.
        days: the calendar of business days.
    """
    return _days_of_form(form, start, days)[1]


def _days_of_form(form: FormType, start: date, days: BusinessDays) -> tuple[date, date]:
    """The last day by the calendar, and that day or the next business day (Rule 0-3(a))."""
    last = date.fromordinal(min(start.toordinal() + form.term.days, date.max.toordinal()))
    return last, last if days.is_business_day(last) else days.after(last, 1)


def _of_form(filing: Filing, days: BusinessDays) -> Iterator[Deadline]:
    form, period = form_of(filing), filing.period_of_report
    if period.date is None:
        return
    start = _START[form.number]
    last, day = _days_of_form(form, period.date, days)
    why = f"{form.term.words} {start.format(day=period.date)}"
    if day != last:
        why += f"; {last} is no business day ({days.closure(last)})"
    if form is FORM_3:
        why += "; where the issuer's class is registered then, the day of its registration"
    if filing.is_amendment:
        why += "; that was the original's day, an amendment has none of its own"
    yield Deadline(
        line=str(form),
        code="",
        security="",
        amount="",
        traded=period.date,
        executed=period.date,
        day=day,
        firm=not filing.is_amendment,
        why=why,
        origin=period.origin,
    )


def _of(row: Row, number: int, filing: Filing, days: BusinessDays) -> Iterator[Deadline]:
    traded, form = row.transaction_date.date, form_of(filing)
    if traded is None or row.holding:
        return
    told, reason = duty(row, form, _notes(row, form, filing))
    executed = _executed(row, traded, days)
    day = days.after(executed, form.term.days)
    if told is Duty.FORM_5:
        why = f"may wait for Form 5, 45 days after the fiscal year's end: {reason}"
    else:
        why = f"{form.term.words} {_start(row, traded, executed, day, days)}"
        if told is Duty.UNTOLD:
            why += ", unless it is exempt from Section 16(b) and may wait for Form 5"
        if filing.is_amendment:
            why += "; that was the original's day, an amendment has none of its own"
    yield Deadline(
        line=f"Table {row.table.value}, line {number}",
        code=row.code.text.strip(),
        security=" ".join(row.security_title.text.split()),
        amount=(row.shares.text or row.total_value.text).strip(),
        traded=traded,
        executed=executed,
        day=None if told is Duty.FORM_5 else day,
        firm=told is Duty.FORM_4 and not filing.is_amendment,
        why=why,
        origin=row.transaction_date.value.origin,
    )


def _notes(row: Row, form: FormType, filing: Filing) -> list[str]:
    marks = {mark for _, cell in noted_cells(row, form.numbering) for mark in cell.footnote_ids}
    return [note.text.text for note in filing.footnotes if note.id.text in marks]


def _executed(row: Row, traded: date, days: BusinessDays) -> date:
    """The day of execution: of the notice, but neither before the trade nor past the third business day after it."""
    deemed = row.deemed_execution_date.date
    return traded if deemed is None or deemed < traded else min(deemed, days.after(traded, 3))


def _start(row: Row, traded: date, executed: date, day: date, days: BusinessDays) -> str:
    """From what the days of a term run, and which days they leave out."""
    start, counted = f"the transaction of {traded}", executed
    if executed == row.deemed_execution_date.date != traded:
        start = f"the deemed execution date {executed}"
    elif executed != traded:
        start = f"{executed}, the third business day after the transaction of {traded}, at which the deemed date ends"
        counted = traded
    passed = []
    for ordinal in range(counted.toordinal() + 1, day.toordinal()):
        skipped = date.fromordinal(ordinal)
        reason = days.closure(skipped)
        if reason not in {"", "Saturday", "Sunday"}:
            passed.append(f"{skipped} ({reason})")
    without = f", leaving out {' and '.join(passed)}" if passed else ""
    return f"{start}{without}"


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


class Occasion(Struct, frozen=True):
    """A day for a calendar that is no deadline of one form.

    Attributes:
        day: the day.
        summary: what it is, in a line.
        told: more of it, a line each.
        stamp: the day that its entry is stamped with.
        timed: it ends at 10 p.m. Eastern time, and reminds; else it is of the whole day.
    """

    day: date
    summary: str
    told: tuple[str, ...]
    stamp: date
    timed: bool = False


def calendar_text(filings: Iterable[tuple[Filing, Sequence[Deadline]]], besides: Iterable[Occasion] = ()) -> str:
    """Calendar entries for deadlines, one for each filing and last day (iCalendar, RFC 5545).

    The same deadlines give the same text: an entry's stamp is the date of its first transaction, its identifier is
    made from its content. Each entry ends at 10 p.m. Eastern time and reminds a day and two hours before.

    Args:
        filings: filings with what `due` says of them; lines that may wait for Form 5 get no entry, nor do amendments.
        besides: what else there is an entry for.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//form4-author//due//EN", *_ZONE.splitlines()]
    for filing, deadlines in filings:
        if filing.is_amendment:
            continue
        for day in sorted({deadline.day for deadline in deadlines if deadline.day is not None}):
            lines += _event(filing, day, [deadline for deadline in deadlines if deadline.day == day])
    for occasion in besides:
        lines += _occasion(occasion)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(filing: Filing, day: date, deadlines: list[Deadline]) -> list[str]:
    symbol = filing.issuer.trading_symbol.text.strip()
    names = ", ".join(owner.name.text.strip() or owner.cik.text.strip() for owner in filing.owners)
    told = [f"{d.line}: {d.code} {d.amount} {d.security} of {d.traded}: {d.why}." for d in deadlines if d.code]
    told += [f"{d.line}: {d.why}." for d in deadlines if not d.code]
    summary = f"{called(filing)} due: {names} ({symbol})"
    stamp = min(deadline.traded for deadline in deadlines)
    parties = [filing.issuer.cik.text, *(owner.cik.text for owner in filing.owners)]
    return _entry(Occasion(day, summary, tuple(told), stamp, timed=True), parties, f"{form_of(filing)} due")


def _occasion(occasion: Occasion) -> list[str]:
    return _entry(occasion, [], occasion.summary.partition(":")[0])


def _entry(occasion: Occasion, parties: Sequence[str], alarm: str) -> list[str]:
    """An entry: its identifier is made of its content and of who it is of."""
    day, told = occasion.day, [*occasion.told]
    identity = hashlib.sha256("\n".join([*parties, day.isoformat(), occasion.summary, *told]).encode()).hexdigest()[:32]
    times = [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", "TRANSP:TRANSPARENT"]
    if occasion.timed:
        zone = "TZID=America/New_York"
        times = [f"DTSTART;{zone}:{day:%Y%m%d}T213000", f"DTEND;{zone}:{day:%Y%m%d}T220000"]
        told.append(f"EDGAR takes it until {HOUR}.")
    return [
        "BEGIN:VEVENT",
        f"UID:{identity}@form4-author",
        f"DTSTAMP:{occasion.stamp:%Y%m%d}T000000Z",
        *times,
        f"SUMMARY:{_escaped(occasion.summary)}",
        f"DESCRIPTION:{_escaped(chr(10).join(told))}",
        *(_alarm(alarm, "-P1D") + _alarm(alarm, "-PT2H") if occasion.timed else ()),
        "END:VEVENT",
    ]


def _alarm(what: str, before: str) -> list[str]:
    return [
        *("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(what)}"),
        *(f"TRIGGER;RELATED=END:{before}", "END:VALARM"),
    ]


def _escaped(text: str) -> str:
    """Text as a property value: RFC 5545, section 3.3.11; what no property may hold, or steers a reader, is marked."""
    for sign, code in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(sign, code)
    return printable(text)


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
