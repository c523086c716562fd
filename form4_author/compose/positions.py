"""Which derivatives are owed though neither a key nor a title says so: those that begin with being written."""

from __future__ import annotations

from form4_author.plan.accounts import Opening
from form4_author.plan.entries.line import Transaction
from form4_author.plan.model import Plan
from form4_author.sec_codes import may_be_written


def with_obligations(plan: Plan) -> Plan:
    """The plan, its written options marked `short`.

    A call or put of which nothing is held and whose first line is a sale is written by that sale: nothing else can be
    sold (Rule 16b-6(a)). The opening says that nothing is held; without one the tool asks for it.
    """
    written = {name for name, security in plan.securities.items() if security.short is None and _written(plan, name)}
    if not written:
        return plan
    securities = {
        name: security.model_copy(update={"short": True}) if name in written else security
        for name, security in plan.securities.items()
    }
    return plan.model_copy(update={"securities": securities})


def _written(plan: Plan, name: str) -> bool:
    security = plan.securities[name]
    if not security.derivative or not may_be_written(security.title):
        return False
    lines = (entry for entry in plan.transactions if isinstance(entry, Transaction) and entry.security == name)
    first = next(lines, None)
    openings = [opening for opening in plan.opening if opening.security == name]
    return first is not None and first.code == "S" and bool(openings) and not any(map(_held, openings))


def _held(opening: Opening) -> bool:
    amount = opening.amount or opening.value
    return amount is not None and bool(amount.decimal)
