"""A filed form -> the plan of its amendment, to be mended by its author.

Code: IMP003 a line that the form doesn't have.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from form4_author.decompose.decomposition import PlanData, decompose
from form4_author.decompose.next.carry import (
    asks_for_plans,
    for_today,
    notes_in,
    to_be_answered,
    to_be_signed,
    unnumbered,
)
from form4_author.filing import Filing, Table, Value, form_of
from form4_author.filing.forms import LineKind
from form4_author.findings import Rejected, error

_EXPLAIN = (
    "Say here what this amendment changes, and why ({instruction}), as in: This amendment corrects the price "
    "of the sale on November 4, 2026, reported as $32.07."
)
#: What an amendment repeats: Form 4, General Instruction 9, and the like of the others.
_CARRIED = (
    "{instruction}: an amendment gives each line that it corrects or adds, complete, and repeats no line that "
    "it doesn't correct: take those out."
)


def amend(filing: Filing, *, lines: Sequence[int] | None = None, filed: str = "") -> PlanData:
    """The plan of the amendment of a filing.

    Args:
        filing: the filing to amend.
        lines: the lines to carry, numbered as on the form: those of Table I first, then those of Table II; none
            where it is empty, as for an amendment that adds a forgotten line alone; all where it is not given.
        filed: when it was filed, `YYYY-MM-DD`, where that is known.

    Raises:
        Rejected: the form has no such line (IMP003).
    """
    original = carried(filing, lines=lines, filed=filed)
    told = filing.date_of_original_submission.text
    kept = original.rows
    plan = decompose(original)
    if filing.rows and not kept:
        _add_securities(plan, filing)
    unnumbered(plan)
    instruction = form_of(filing).captions.amendments
    _tell_carried(plan, lines, len(kept), len(filing.rows), _CARRIED.format(instruction=instruction))
    if not (told or filed):
        plan.comments["original_filing_date",] = "the date of signing: check when it was filed"
    if not filing.aff10b5_one and asks_for_plans(form_of(filing)):
        _insert(plan, "rule_10b5_1", before=("securities", "opening", "transactions", "holdings", "footnotes"))
        to_be_answered(plan)
    if "remarks" not in plan.data:
        _insert(plan, "remarks", before=("signatures",))
    plan.comments["remarks",] = _EXPLAIN.format(instruction=instruction)
    to_be_signed(plan)
    return plan


def carried(filing: Filing, *, lines: Sequence[int] | None = None, filed: str = "") -> Filing:
    """What of a filing its amendment says again, as an amendment of today's schema; see `amend`.

    Raises:
        Rejected: the form has no such line (IMP003).
    """
    _check(lines or (), len(filing.rows), len(filing.table1), filing)
    kept = [row for number, row in enumerate(filing.rows, start=1) if lines is None or number in lines]
    table1 = tuple(row for row in kept if not row.derivative)
    table2 = tuple(row for row in kept if row.derivative)
    signed = max((one.date.text for one in filing.signatures if one.date.date), default="")
    told = filing.date_of_original_submission.text
    return replace(
        for_today(filing, table1, table2),
        document_type=Value(form_of(filing).name.amendment),
        date_of_original_submission=Value(told or filed or signed[:10]),
    )


def _add_securities(plan: PlanData, filing: Filing) -> None:
    """Where no line is carried: the securities of the form, for the lines to come, and room for those."""
    whole = decompose(for_today(filing, filing.table1, filing.table2)).data
    securities = whole["securities"]
    used = set(notes_in(securities))
    footnotes = {name: note for name, note in whole.get("footnotes", {}).items() if name in used}
    trades = form_of(filing).takes(Table.I, LineKind.TRANSACTION)
    lines = "transactions" if trades else "holdings"
    for name, part in (("securities", securities), (lines, None), ("footnotes", footnotes)):
        if part or part is None:
            _insert(plan, name, before=())
            plan.data[name] = part


def _tell_carried(plan: PlanData, lines: Sequence[int] | None, carried: int, count: int, rule: str) -> None:
    """Say which lines of the form stand in the plan, above the first of them."""
    first = next((name for name in ("transactions", "holdings") if name in plan.data), None)
    if first is None:
        return
    if carried == 0:
        said = f"None of the {count} lines of the form is carried: an amendment may add a forgotten line alone.\n"
        plan.comments[first,] = said + rule.partition(": take")[0] + "."
    elif count > 1 or lines is not None:
        numbers = ", ".join(map(str, sorted(set(lines or ()))))
        which = f"Line {numbers} of {count} is carried" if carried == 1 else f"Lines {numbers} of {count} are carried"
        whole = f"All {count} lines of the form are carried"
        plan.comments[first,] = f"{which if carried < count else whole}.\n{rule}"


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
