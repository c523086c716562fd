"""BAL: what is owned after each line."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.findings import Severity
from form4_author.preflight.engine import Problem, rule
from form4_author.preflight.form import Form, has_text


@rule(
    "BAL004",
    Severity.ERROR,
    "neither or both of amount and value owned following the transaction",
    source="Specification 3.3 cm(7)",
)
def owned_following(form: Form) -> Iterator[Problem]:
    """Each line gives either the amount of securities owned afterwards or their value, not both."""
    for line in form.lines:
        amount, value = line.row.shares_owned_following, line.row.value_owned_following
        if has_text(amount.value) == has_text(value.value):
            both = has_text(value.value)
            cell = value if both else amount
            yield Problem(
                f"{line}: {'both amount and value' if both else 'neither amount nor value'} owned afterwards "
                f"{'are' if both else 'is'} given",
                cell.origin if cell.present else line.row.origin,
                "Keep one of them." if both else "Give the amount of securities owned following the transaction.",
            )
