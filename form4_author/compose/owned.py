"""What is owned after a line: stated, restated, or derived from the running balance.

Codes: PLN011 keys that don't go together, BAL005 a restated balance that doesn't follow from the opening one.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from form4_author.compose.ledger import Ledger, Position, added, opening_example, signed
from form4_author.compose.pen import Pen
from form4_author.events.drafts import Draft
from form4_author.filing import Value
from form4_author.filing.derivation import sum_of
from form4_author.filing.numbers import grouped, plain
from form4_author.filing.options import change as change_by
from form4_author.findings import Finding, Severity
from form4_author.plan.accounts import Account

_RECEIVER = (
    "Where what the receiver holds isn't reported, delete to: and name the receiver in a footnote; where it is, write "
    "under opening: what was held before, as in {}."
)


class Owned(Struct, frozen=True):
    """What a line says of the amount owned after it.

    Attributes:
        attribute: the cell that says so, by its name in `Row`.
        value: the amount, in securities or in dollars.
        notes: the plan's keys of the footnotes on it.
        how: what it follows from; empty where the plan states it.
    """

    attribute: str
    value: Value
    notes: tuple[str, ...] = ("balance",)
    how: str = ""


def owned_after(draft: Draft, own: Account, ledger: Ledger, pen: Pen, position: Position) -> Owned | None:
    """Enter a line into the running balance; None where what is owned after it can't be told, which is a finding.

    Args:
        draft: the line.
        own: the account that it moves.
        ledger: the balances so far.
        pen: writes the plan's values.
        position: what the balance counts.
    """
    balance, key = draft.balance, draft.balance_key
    _refuse_twice(draft, pen)
    notes = ("balance", "amount") if draft.holding else ("balance",)
    for name, attribute, amount in (
        ("balance_value", "value_owned_following", balance.balance_value),
        ("restated_balance", "shares_owned_following", balance.restated_balance),
    ):
        if amount is not None:
            ledger.restate(own, amount.decimal)
            return Owned(attribute, pen.amount(amount, (*key, name)), notes)
    if draft.holding and (draft.amount.present or draft.total_value.present):
        return replace(_held(draft, own, ledger), notes=notes)
    owned = _running(draft, own, ledger, pen, position)
    return replace(owned, notes=notes) if owned else None


def unexplained(draft: Draft, own: Account, ledger: Ledger, pen: Pen, position: Position) -> Finding | None:
    """The finding on a restated balance that does not follow from the opening one, if no footnote says why.

    Less than one security is no difference. Lines after the first of their account show on the form itself that they
    don't follow (BAL001).
    """
    restated = draft.balance.restated_balance
    before = ledger.opened(own)
    amount = Decimal(0) if draft.holding else (draft.total_value if draft.total_value.present else draft.amount).number
    if restated is None or before is None or amount is None or not (draft.holding or draft.letter):
        return None
    change = _changed(draft, amount, position)
    if abs(before + change - restated.decimal) < 1:
        return None
    return Finding(
        "BAL005",
        Severity.WARNING,
        f"the restated balance {grouped(restated.decimal)} is not what the lines give, "
        f"{added(before, change)} = {signed(before + change)}, and no footnote says why",
        pen.origin((*draft.balance_key, "restated_balance")),
        "Say in a footnote on the balance where the difference comes from, or write balance and correct it.",
    )


def changed(draft: Draft, position: Position) -> Decimal | None:
    """What a transaction adds to the balance; None where its amount or letter is missing."""
    amount = (draft.total_value if draft.total_value.present else draft.amount).number
    return None if amount is None or not draft.letter else _changed(draft, amount, position)


def _changed(draft: Draft, amount: Decimal, position: Position) -> Decimal:
    """What a line adds to the balance."""
    if draft.holding:
        return Decimal(0)
    return change_by(amount, draft.code.text, draft.letter, written=position is Position.OWED)


def _refuse_twice(draft: Draft, pen: Pen) -> None:
    """A finding where keys say the same thing; a holding's amount or value is what is owned."""
    keys = [("amount", draft.amount), ("value", draft.total_value)] if draft.holding else []
    given = [(*draft.key, name) for name, value in keys if value.present]
    names = ("balance", "restated_balance", "balance_value")
    given += [(*draft.balance_key, name) for name in names if getattr(draft.balance, name) is not None]
    if len(given) > 1:
        both = " and ".join(str(key[-1]) for key in given)
        pen.refuse("PLN011", f"{both} say the same thing", given[1], "Keep one of them.")


def _held(draft: Draft, own: Account, ledger: Ledger) -> Owned:
    """A holding's own amount, checked where the running balance tells it."""
    in_dollars = not draft.amount.present
    stated = draft.total_value if in_dollars else draft.amount
    if stated.number is not None:
        ledger.post(own, Decimal(0), stated.number, stated.origin)
    return Owned("value_owned_following" if in_dollars else "shares_owned_following", stated)


def _running(draft: Draft, own: Account, ledger: Ledger, pen: Pen, position: Position) -> Owned | None:
    """The running balance, or the one stated, checked against it."""
    in_dollars = draft.total_value.present
    amount = Decimal(0) if draft.holding else (draft.total_value if in_dollars else draft.amount).number
    if amount is None or not (draft.holding or draft.letter):
        return None
    change, stated = _changed(draft, amount, position), draft.balance.balance
    origin = pen.origin((*draft.balance_key, "balance") if stated else draft.amount_key or draft.key)
    before = ledger.held(own)
    place, way_out = origin, ""
    if before is None and stated is None and draft.ownership_key[-1:] == ("to",):
        place, way_out = pen.origin(draft.ownership_key), _RECEIVER.format(opening_example(own))
    after = ledger.post(own, change, stated.decimal if stated else None, place, position, way_out)
    if after is None:
        return None
    if stated is not None:
        return Owned("shares_owned_following", Value(stated.text, origin))
    how = ""
    if before is not None and after == before + change:
        how = "as before"
        if not draft.holding:
            how = sum_of(before, change, draft.code.text, draft.letter, dollars=in_dollars)
    attribute = "value_owned_following" if in_dollars else "shares_owned_following"
    return Owned(attribute, Value(plain(after), origin), how=how)
