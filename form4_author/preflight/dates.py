"""TXN: when a transaction happened, when it counts as executed, and whether the form is in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from form4_author.days.deadlines import deferrable, due_date
from form4_author.findings import Severity
from form4_author.preflight.engine import Problem, rule
from form4_author.preflight.form import Form

GIFTS_ON_FORM_4 = date(2023, 2, 27)
#: Codes whose transactions are due on Form 4 whatever their exemption (Rules 16a-3(f)(1) and 16a-3(g)).
NEVER_ON_FORM_5 = frozenset("PSFIMCXO")


@rule("TXN004", Severity.WARNING, "a transaction after the last signature", source="consistency")
def after_signature(form: Form) -> Iterator[Problem]:
    """Nobody signs for what has not happened yet: one of the two dates is wrong."""
    signed = form.last_signed
    dated = [(line.day, line) for line in form.transactions]
    later = [(day, line) for day, line in dated if signed and day and day > signed]
    if later:
        day, line = later[0]
        more = len(later) - 1
        others = f"; so {'do' if more > 1 else 'does'} {more} other line{'s' if more > 1 else ''}" if more else ""
        yield Problem(
            f"{line}: the transaction of {day} lies after the last signature of {signed}{others}",
            line.row.transaction_date.value.origin,
            "Correct the transaction date or the date of signing.",
        )


@rule(
    "TXN005",
    Severity.WARNING,
    "a deemed execution date before the trade, or past the third business day after it",
    source="Rule 16a-3(g)(2) to (4)",
)
def deemed_execution(form: Form) -> Iterator[Problem]:
    """For some trades the two business days run from the day on which the person hears of them.

    They are trades under a Rule 10b5-1 plan and discretionary transactions whose day the person doesn't choose. The
    day of the notice, at the latest the third business day after the trade, then counts as the date of execution, and
    stands in column 2A or 3A. It can't lie before the trade.
    """
    for line in form.transactions:
        trade, deemed = line.day, line.row.deemed_execution_date.date
        if trade is None or deemed is None:
            continue
        latest = form.days.after(trade, 3)
        if deemed < trade:
            problem = f"lies before the trade of {trade}"
        elif deemed > latest:
            problem = f"is past the third business day after the trade of {trade}, which is {latest}"
        else:
            continue
        yield Problem(
            f"{line}: the deemed execution date {deemed} {problem}",
            line.row.deemed_execution_date.value.origin,
            "Give the day of the notice, at the latest the third business day after the trade.",
        )


@rule(
    "TXN013",
    Severity.WARNING,
    "an early (Form 5) report of a transaction that is due on Form 4",
    source="Rules 16a-3(f) and 16a-3(g)",
)
def early_report(form: Form) -> Iterator[Problem]:
    """V marks a transaction that would only be due on Form 5. Most are due on Form 4, and are not early there.

    Purchases, sales, exercises, withheld shares and discretionary transactions are due on Form 4 within two business
    days, and so are gifts made since February 27, 2023. The rule leaves codes A and D alone: shares acquired under a
    purchase plan, dividend equivalents and reclassifications are exempt from Form 4, and are often reported early
    under them. A gift received stays a Form 5 transaction.
    """
    for line in form.transactions:
        if not line.early:
            continue
        day = line.day
        gift = line.code == "G" and line.letter == "D" and day is not None and day >= GIFTS_ON_FORM_4
        if gift or line.code in NEVER_ON_FORM_5:
            what = f"a gift made on {day}" if gift else f"a transaction with code {line.code}"
            yield Problem(
                f"{line}: {what} is reported as an early Form 5 transaction (V), but is due on Form 4",
                line.row.form_type.origin,
                "Report it as a Form 4 transaction (form type 4; in a plan leave early out).",
            )


@rule(
    "TXN014",
    Severity.WARNING,
    "signed later than two business days after the transaction",
    source="Rule 16a-3(g); Regulation S-K, Item 405",
)
def late(form: Form) -> Iterator[Problem]:
    """A Form 4 is due by 10 p.m. Eastern time of the second business day after the transaction.

    A form that is signed after that day can't be in time. The issuer must name whoever files late in its proxy
    statement or annual report (Item 405 of Regulation S-K). What is due on Form 5 only is not looked at, nor are
    amendments; where a deemed execution date stands on the line, the days run from it. `form4-author due` tells each
    line's last day. Days on which EDGAR is closed don't count.
    """
    signed = form.last_signed
    if signed is None or form.filing.is_amendment:
        return
    late_lines = []
    for line in form.transactions:
        due = None if deferrable(line.row, form.type) else due_date(line.row, form.type, form.days)
        if due is not None and signed > due:
            late_lines.append((due, line))
    if not late_lines:
        return
    due, line = min(late_lines, key=lambda pair: pair[0])
    days = (signed - due).days
    more = len(late_lines) - 1
    others = f"; so {'is' if more == 1 else 'are'} {more} other line{'s' if more > 1 else ''}" if more else ""
    message = f"{line}: the form is signed on {signed}, but was due on {due}: {days} day{'s' if days > 1 else ''} late"
    yield Problem(
        message + others,
        line.row.transaction_date.value.origin,
        "Check the dates. A late form is named in the issuer's proxy statement (Item 405 of Regulation S-K).",
    )
