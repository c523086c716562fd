"""TXN: deemed execution dates where there can be none."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.filing import Feature
from form4_author.filing.footnote_language import plan_statement
from form4_author.findings import Severity
from form4_author.preflight.engine import WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form

#: Codes of what no broker executes: a deemed execution date is not for them.
_NOT_EXECUTED = frozenset("ADFGHELWZU")


@rule(
    "TXN021",
    Severity.WARNING,
    "a deemed execution date on a transaction that has none",
    source="Rule 16a-3(g)(2) to (4)",
    forms=WITH_TRANSACTIONS,
)
def deemed_without_reason(form: Form) -> Iterator[Problem]:
    """A deemed execution date is for trades under a Rule 10b5-1 plan, and for discretionary transactions (code I).

    The rule speaks where another date than that of the trade is given for a grant, a gift, withheld shares and other
    codes that no broker executes; and where the Rule 10b5-1 box is not ticked and nothing on the form speaks of such a
    plan, on forms that have the box.
    """
    for line in form.transactions:
        deemed = line.row.deemed_execution_date
        if deemed.date is None or deemed.date == line.day or line.code == "I":
            continue
        if line.code in _NOT_EXECUTED:
            why = f"on a transaction with code {line.code}"
            hint = "Remove it: such a date is for trades under a Rule 10b5-1 plan and for code I."
        elif not _planned(form):
            why = "but the Rule 10b5-1 box is not ticked"
            hint = "Tick the box and give the plan's date of adoption, or remove the deemed execution date."
        else:
            continue
        yield Problem(f"{line}: a deemed execution date, {deemed.date}, {why}", deemed.value.origin, hint)


def _planned(form: Form) -> bool:
    """True where the box is ticked, something on the form speaks of a Rule 10b5-1 plan, or there was no box yet."""
    box, version = form.filing.aff10b5_one, form.filing.version
    if box.truth or not form.type.has(Feature.PLAN_BOX, version):
        return True
    return any(plan_statement(text) for text in form.explanations())
