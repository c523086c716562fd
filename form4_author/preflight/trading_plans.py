"""TXN: Rule 10b5-1 plans, the box and what the footnotes say of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from form4_author.filing import Feature
from form4_author.filing.footnote_language import PlanStatement, plan_statement
from form4_author.findings import Severity
from form4_author.preflight.engine import Problem, rule
from form4_author.preflight.form import Form

AMENDED_RULE = date(2023, 2, 27)
#: No plan from before the amended rule is taken to run longer than this.
_OLD_PLANS_ENDED = date(2026, 2, 27)


def _statements(form: Form) -> list[PlanStatement]:
    return [said for text in form.explanations() if (said := plan_statement(text)) is not None]


@rule(
    "TXN012",
    Severity.WARNING,
    "the Rule 10b5-1 box without the plan's date of adoption, or for a plan adopted before 27 February 2023",
    source="Form 4, Instruction 10; Exchange Act Rules C&DI 120.31",
    since=Feature.PLAN_BOX,
)
def box_and_adoption(form: Form) -> Iterator[Problem]:
    """Whoever ticks the Rule 10b5-1 box gives the date on which the plan was adopted.

    The date stands in the explanation of responses: a footnote or the remarks. The box is for plans under the rule as
    amended; a plan adopted before February 27, 2023 doesn't need it, and the staff's answer is that the box does not
    apply to it. The rule says nothing where a text about the plan holds dates that it can't place.
    """
    box = form.filing.aff10b5_one
    if not box.truth:
        return
    said = _statements(form)
    adopted = [span for statement in said for span in statement.adopted]
    if not adopted and not any(statement.unclear for statement in said):
        yield Problem(
            "the Rule 10b5-1 box is ticked, but "
            + (
                "the plan's date of adoption is not given"
                if said
                else "nothing on the form says when the plan was adopted"
            ),
            box.origin,
            "Give the date in a footnote: made under a Rule 10b5-1 trading plan adopted on May 12, 2026.",
        )
    elif adopted and max(span.last for span in adopted) < AMENDED_RULE:
        latest = max(span.last for span in adopted)
        yield Problem(
            f"the Rule 10b5-1 box is ticked for a plan adopted by {latest}, before the amended rule of {AMENDED_RULE}",
            box.origin,
            "The box is for plans adopted since then: leave it unticked, and keep the footnote.",
        )


@rule(
    "TXN016",
    Severity.WARNING,
    "a footnote says that a trade was made under a Rule 10b5-1 plan, but the box is not ticked",
    source="Form 4, Instruction 10",
    since=Feature.PLAN_BOX,
)
def box_forgotten(form: Form) -> Iterator[Problem]:
    """A trade under a Rule 10b5-1 plan adopted since February 27, 2023 needs the box on the form.

    The rule speaks where a footnote or the remarks say that a transaction was made under such a plan and when it was
    adopted; and, where no date is given, only for transactions so recent that no older plan is likely to be left.
    """
    box = form.filing.aff10b5_one
    if box.truth:
        return
    days = [line.day for line in form.transactions]
    latest_trade = max((day for day in days if day is not None), default=date.min)
    for statement in _statements(form):
        if not statement.made_under or statement.unclear:
            continue
        adopted = [span.first for span in statement.adopted]
        if min(adopted, default=date.min) >= AMENDED_RULE or (not adopted and latest_trade >= _OLD_PLANS_ENDED):
            when = f" adopted on {min(adopted)}" if adopted else ""
            yield Problem(
                f"a transaction is said to be made under a Rule 10b5-1 plan{when}, but the box is not ticked",
                box.origin if box.present else form.filing.origin,
                "Tick the box (in a plan rule_10b5_1: yes), or correct the text.",
            )
            return
