"""The running tally as a reader takes it: by security and holder, from what was owned before to the end."""

from __future__ import annotations

from form4_author.compose.ledger import Ledger, Step
from form4_author.filing.derivation import TallyStep
from form4_author.plan.accounts import Account
from form4_author.plan.model import Plan


def tally(plan: Plan, ledger: Ledger) -> tuple[TallyStep, ...]:
    """Each account's steps together, the accounts in the order in which they came up."""
    steps: dict[Account, list[Step]] = {}
    for step in ledger.steps:
        steps.setdefault(step.account, []).append(step)
    return tuple(
        TallyStep(
            security=plan.securities[step.account[0]].title,
            holder=_holder(step.account, plan),
            day=step.day,
            what=step.what,
            change=step.change,
            after=step.after,
        )
        for steps_of_one in steps.values()
        for step in steps_of_one
    )


def _holder(account: Account, plan: Plan) -> str:
    """Whose an account is, in the form's words."""
    _, form, nature = account
    if form in plan.ownership_lines:
        holder = plan.ownership_lines[form]
        return f"Direct, {form}" if holder.direct else holder.indirect or form
    return nature or form.capitalize()
