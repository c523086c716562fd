"""How many of a derivative security are held, where the form's table states no amount owned: Table II of Form 3.

There the underlying securities tell the number (specification 3.5).

Codes: PLN001 a number that nothing gives, PLN011 an amount owned where the form has none.
"""

from __future__ import annotations

from msgspec.structs import replace

from form4_author.compose.ledger import Ledger
from form4_author.compose.pen import Pen
from form4_author.events.drafts import Draft
from form4_author.filing import FormType, Table, Value
from form4_author.filing.columns import has_cell
from form4_author.filing.numbers import plain
from form4_author.plan.accounts import Account
from form4_author.plan.entries.shared import Balance
from form4_author.plan.securities import Security


def states_owned(security: Security, form: FormType) -> bool:
    """Whether the table of a security states what is owned of it."""
    return has_cell("shares_owned_following", Table.II if security.derivative else Table.I, form.numbering)


def with_number(draft: Draft, own: Account, form: FormType, ledger: Ledger, pen: Pen) -> Draft:
    """The draft of a line whose table states no amount owned, with the number held: the line's, or that of `opening`.

    Args:
        draft: the line.
        own: the account that holds.
        form: the form that it stands on.
        ledger: what was held before.
        pen: writes the plan's values, and takes findings.
    """
    given = [name for name in Balance.model_fields if getattr(draft.balance, name) is not None]
    for name in [*given, *(["value"] if draft.total_value.present else [])]:
        pen.refuse(
            "PLN011",
            f"{form} states no amount owned in Table II",
            (*draft.balance_key, name),
            "Write amount: with the number held, or underlying_value: for a value.",
        )
    told = draft.amount.present or draft.underlying.present or draft.underlying_none or draft.by_value
    if given or told or draft.total_value.present:
        return draft
    number = ledger.held(own)
    if number is None:
        pen.refuse(
            "PLN001",
            f"amount is missing: the number of {draft.security} held",
            draft.key,
            "Write amount: on the line, or give it under opening:.",
        )
        return draft
    return replace(draft, amount=Value(plain(number), pen.origin(draft.key)))
