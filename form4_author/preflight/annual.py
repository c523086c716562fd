"""TXN: what is particular to Form 5, which reports what could wait for it and what should have been reported before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from form4_author.days.deadlines import Duty, duty
from form4_author.findings import Severity
from form4_author.preflight.engine import Problem, rule
from form4_author.preflight.form import Form, Line

#: The days of a leap year, and a week: a fiscal year of 52 or 53 weeks ends some days earlier or later than the one
#: before.
_LONGEST_YEAR = 366 + 7


@rule(
    "TXN030",
    Severity.WARNING,
    "a transaction on Form 5 that had been due on Form 4, and isn't marked as late",
    source="Rules 16a-3(f)(1) and 16a-3(g)(1); Form 5, General Instruction 8",
    forms=("5",),
)
def due_on_form_4(form: Form) -> Iterator[Problem]:
    """What is not exempt from Section 16(b), and exercises and Rule 16b-3 transactions, are due on Form 4 in two days.

    On Form 5 such a transaction carries form type 4, which the form shows behind the code (`S4`): it is late. What may
    wait are small acquisitions, gifts received, inheritances and the like; J and E may be exempt, and so may grants and
    dispositions to the issuer (A, D) where a footnote tells of another exemption than Rule 16b-3. TXN013 is the same
    rule on Form 4.
    """
    for line in _deferred(form):
        if line.code and duty(line.row, form.type, form.notes_of(line))[0] is Duty.FORM_4:
            what = f"a gift made on {line.day}" if line.code == "G" else f"a transaction with code {line.code}"
            yield Problem(
                f"{line}: {what} had been due on Form 4, and is reported as a Form 5 transaction",
                line.row.code.origin,
                "Mark it as late from Form 4: form type 4 (in a plan late: form 4).",
            )


@rule(
    "TXN031",
    Severity.WARNING,
    "a Form 5 transaction outside the issuer's fiscal year",
    source="Rule 16a-3(f)(1); Form 5, item 3",
    forms=("5",),
)
def of_another_year(form: Form) -> Iterator[Problem]:
    """Form 5 reports what happened in the fiscal year that its box 3 names.

    A transaction of an earlier year had been due on the Form 5 of that year, and is marked L (in a plan `late: form
    5`); one after the year's end belongs on the next form. What had been due on Form 4 is left alone, for it is late
    whenever it was.
    """
    end = form.filing.period_of_report.date
    if end is None:
        return
    for line in _deferred(form):
        if line.day is None:
            continue
        late = line.row.timeliness.text.strip() == "L"
        if line.day > end:
            yield Problem(
                f"{line}: {line.day} is after the fiscal year, which ended on {end}",
                line.row.transaction_date.value.origin,
                "Report it on a Form 4 or on the next Form 5, or correct one of the dates.",
            )
        elif not late and line.day < _begun(end):
            yield Problem(
                f"{line}: {line.day} is of an earlier fiscal year than the one that ended on {end}",
                line.row.transaction_date.value.origin,
                "Mark it as late: timeliness L (in a plan late: form 5), or correct one of the dates.",
            )


def _begun(end: date) -> date:
    """The day before which nothing is of the fiscal year that ended then."""
    return date.fromordinal(max(end.toordinal() - _LONGEST_YEAR, 1))


def _deferred(form: Form) -> Iterator[Line]:
    """The transactions that the form says could wait for it."""
    return (line for line in form.transactions if line.row.form_type.text.strip() == form.number)
