"""Which derivatives are owed though neither a key nor a title says so: those that begin with being written."""

from __future__ import annotations

from form4_author.plan.accounts import Opening
from form4_author.plan.entries.line import Transaction
from form4_author.plan.entries.shared import Entry
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
    first = next((done for entry in plan.transactions if (done := _done(entry, name))), "")
    openings = [opening for opening in plan.opening if opening.security == name]
    return first == "S" and bool(openings) and not any(map(_held, openings))


def _done(entry: Entry, name: str) -> str:
    """The code under which an entry trades a security, S where it sells or writes it; empty where it is of others."""
    from form4_author.plan.entries.collar import Collar  # noqa: PLC0415 - most plans have no security that may be written
    from form4_author.plan.entries.purchase import Purchase  # noqa: PLC0415
    from form4_author.plan.entries.sale import Sale  # noqa: PLC0415

    if isinstance(entry, Transaction):
        return entry.code if entry.security == name else ""
    if isinstance(entry, Collar):
        return "S" if entry.collar.write == name else ""
    if isinstance(entry, Sale):
        return "S" if entry.sale == name else ""
    return "P" if isinstance(entry, Purchase) and entry.purchase == name else ""


def _held(opening: Opening) -> bool:
    amount = opening.amount or opening.value
    return amount is not None and bool(amount.decimal)
