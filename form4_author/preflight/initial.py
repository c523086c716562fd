"""DOC: what is particular to Form 3, and by when Forms 3 and 5 are due as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.days.deadlines import due
from form4_author.findings import Severity
from form4_author.preflight.engine import Problem, rule
from form4_author.preflight.form import Form


@rule(
    "DOC019",
    Severity.ERROR,
    "a Form 3 that says both or neither: what is owned, and that nothing is",
    source="Form 3, General Instruction 5; Specification 4.3",
    forms=("3",),
)
def none_owned(form: Form) -> Iterator[Problem]:
    """A Form 3 lists all that is owned of the issuer; where that is nothing, it says so.

    EDGAR writes the statement into the document of record itself, by whether there are lines: a filer's XML leaves it
    out. In a plan it is the author's word (`no_securities: yes`), so that lines which are forgotten aren't taken for
    none.
    """
    filing = form.filing
    box = filing.no_securities_owned
    if box.truth and filing.rows:
        count = len(filing.rows)
        yield Problem(
            f"the form says that no securities are owned, and reports {count} holding{'s' if count > 1 else ''}",
            box.origin,
            "Keep the lines or the statement (no_securities), not both.",
        )
    elif not filing.rows and not filing.owns_nothing:
        yield Problem(
            "the form reports no holding, and doesn't say that no securities are owned",
            box.origin if box.present else filing.document_type.origin,
            "List what is owned (in a plan under holdings:); where that is nothing, say so (no_securities: yes).",
        )


@rule(
    "DOC020",
    Severity.WARNING,
    "a form signed after the day on which it was due",
    source="Rules 16a-3(a) and 16a-3(f)(1); Regulation S-K, Item 405",
    forms=("3", "5"),
)
def overdue(form: Form) -> Iterator[Problem]:
    """A Form 3 is due within ten days after the event, a Form 5 within 45 days after the issuer's fiscal year.

    Where the last of these days is a weekend or a holiday, the next business day counts (Rule 0-3(a)). A form that is
    signed later can't be in time. The issuer must name whoever files late in its proxy statement or annual report (Item
    405 of Regulation S-K). Amendments have no day of their own. Where a Form 3 is due because the issuer's class is
    registered, it is due on that very day: the form doesn't tell, so ten days are reckoned there too. What had been due
    on a Form 4 is looked at by its own mark (TXN030).
    """
    signed = form.last_signed
    for deadline in due(form.filing, form.days):
        if signed and deadline.firm and deadline.day and deadline.day < signed:
            days = (signed - deadline.day).days
            yield Problem(
                f"the form is signed on {signed}, but was due on {deadline.day}: {days} day{'s' if days > 1 else ''} "
                "late",
                deadline.origin,
                "Check the dates. A late form is named in the issuer's proxy statement (Item 405 of Regulation S-K).",
            )
