"""TXN: Rule 10b5-1 plans, the box and what the footnotes say of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from form4_author.filing import Feature
from form4_author.filing.footnote_language import PlanStatement, Span, plan_statement
from form4_author.findings import Severity
from form4_author.preflight.engine import WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form, Line

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
    forms=WITH_TRANSACTIONS,
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
    forms=WITH_TRANSACTIONS,
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


@rule(
    "TXN020",
    Severity.WARNING,
    "a trade before its Rule 10b5-1 plan was adopted, or inside the cooling-off period",
    source="Rule 10b5-1(c)(1)(i)(A) and (ii)(B)",
    forms=WITH_TRANSACTIONS,
)
def cooling_off(form: Form) -> Iterator[Problem]:
    """A plan comes before its trades, and since February 27, 2023 a time to cool off lies between them.

    Directors and officers wait 90 days at least after the adoption, all others 30. The rule reads the date of adoption
    in the footnotes on the line, or, where none of them speaks of a plan, in the remarks; of several dates it takes the
    earliest. Where a reporting owner is neither director nor officer, 30 days are wanted. Officers and directors may
    have to wait longer, until two business days after the issuer's report for the quarter; that the form can't tell.
    """
    if not any(plan_statement(text) for text in form.explanations()):
        return
    insiders = all(owner.is_director.truth or owner.is_officer.truth for owner in form.filing.owners)
    wanted = 90 if insiders else 30
    found: dict[date, list[tuple[date, Line]]] = {}
    for line in form.transactions:
        adopted = _adopted(form, line)
        if adopted is None or line.day is None or line.code not in _UNDER_A_PLAN:
            continue
        amended_rule = adopted >= AMENDED_RULE
        if adopted > line.day or (amended_rule and line.day - adopted < timedelta(wanted)):
            found.setdefault(adopted, []).append((line.day, line))
    for adopted, trades in found.items():
        day, line = min(trades, key=lambda pair: pair[0])
        more = len(trades) - 1
        others = f"; so {'do' if more > 1 else 'does'} {more} other line{'s' if more > 1 else ''}" if more else ""
        waited = (day - adopted).days
        yield Problem(
            f"{line}: the trade of {day} is said to be made under a plan adopted on {adopted}, "
            + (
                "after it"
                if waited < 0
                else "the same day"
                if waited == 0
                else f"{waited} day{'s' if waited > 1 else ''} before it, and {wanted} are wanted"
            )
            + others,
            line.row.transaction_date.value.origin,
            "Correct one of the dates. "
            + (
                "Directors and officers wait 90 days after they adopt a plan."
                if insiders
                else "Whoever adopts a plan waits 30 days; directors and officers 90."
            ),
        )


_UNDER_A_PLAN = frozenset("PSMXOCG")


def _adopted(form: Form, line: Line) -> date | None:
    """The first day on which the plan that a line was traded under may have been adopted; None where nothing tells."""
    said = [statement for text in form.notes_of(line) if (statement := plan_statement(text)) is not None]
    if not said and form.filing.remarks and line.code in {"P", "S"}:
        remark = plan_statement(form.filing.remarks.text)
        said = [remark] if remark else []
    if any(statement.unclear for statement in said):
        return None
    spans: list[Span] = [span for statement in said if statement.made_under for span in statement.adopted]
    return min((span.first for span in spans), default=None)
