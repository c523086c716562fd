"""A filed form -> the plan of its amendment, to be mended by its author.

Code: IMP003 a line that the form doesn't have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from form4_author.decompose.decomposition import PlanData, decompose
from form4_author.decompose.next.carry import asks_for_plans, for_today, to_be_answered, to_be_signed, unnumbered
from form4_author.filing import Filing, Value, form_of
from form4_author.findings import Rejected, error

_EXPLAIN = (
    "Say here what this amendment changes, and why (General Instruction 9), as in: This amendment corrects the price "
    "of the sale on November 4, 2026, reported as $32.07."
)


def amend(filing: Filing, *, lines: Sequence[int] = (), filed: str = "") -> PlanData:
    """The plan of the amendment of a filing.

    Args:
        filing: the filing to amend.
        lines: the lines to carry, numbered as on the form: those of Table I first, then those of Table II; all where
            none is named.
        filed: when it was filed, `YYYY-MM-DD`, where that is known.

    Raises:
        Rejected: the form has no such line (IMP003).
    """
    first = len(filing.table1)
    _check(lines, len(filing.rows), first, filing)
    kept = [row for number, row in enumerate(filing.rows, start=1) if not lines or number in lines]
    table1 = tuple(row for row in kept if not row.derivative)
    table2 = tuple(row for row in kept if row.derivative)
    told = filing.date_of_original_submission.text
    signed = max((one.date.text for one in filing.signatures if one.date.date), default="")
    original = replace(
        for_today(filing, table1, table2),
        document_type=Value(form_of(filing).name.amendment),
        date_of_original_submission=Value(told or filed or signed[:10]),
    )
    plan = decompose(original)
    unnumbered(plan)
    if not (told or filed):
        plan.comments["original_filing_date",] = "the date of signing: check when it was filed"
    if not filing.aff10b5_one and asks_for_plans(form_of(filing)):
        _insert(plan, "rule_10b5_1", before=("securities", "opening", "transactions", "holdings", "footnotes"))
        to_be_answered(plan)
    if "remarks" not in plan.data:
        _insert(plan, "remarks", before=("signatures",))
    plan.comments["remarks",] = _EXPLAIN
    to_be_signed(plan)
    return plan


def _insert(plan: PlanData, name: str, before: Sequence[str]) -> None:
    """Give the plan a key with nothing behind it, in its place."""
    after = {key: plan.data.pop(key) for key in [*plan.data] if key in {*before, "remarks", "signatures"}}
    plan.data[name] = None
    plan.data |= after


def _check(lines: Sequence[int], count: int, first: int, filing: Filing) -> None:
    wrong = [number for number in lines if not 1 <= number <= count]
    if wrong:
        tables = f"Table I has lines 1 to {first}" if first else "Table I has none"
        if count > first:
            tables += f", Table II has {first + 1} to {count}" if count > first + 1 else f", Table II has line {count}"
        raise Rejected(
            [
                error(
                    "IMP003",
                    f"the form has no line {', '.join(map(str, wrong))}",
                    filing.origin,
                    hint=f"Lines are counted through both tables: {tables}.",
                )
            ]
        )
