"""DER: what is particular to Table II."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.findings import Severity
from form4_author.preflight.engine import Problem, rule
from form4_author.preflight.form import Form, has_text


@rule(
    "DER002",
    Severity.ERROR,
    "neither or both of number and value of the underlying securities",
    source="Specification 3.3 cm(6), cm(8)",
)
def underlying_amount(form: Form) -> Iterator[Problem]:
    """Column 7 of Table II gives either the number of underlying shares or their value, not both.

    Where neither can be told, a footnote stands in the place of the number.
    """
    for line in form.lines:
        row = line.row
        if not row.derivative:
            continue
        number, value = row.underlying_shares, row.underlying_value
        if has_text(number.value) and has_text(value.value):
            yield Problem(
                f"{line}: both the number ({number.text}) and the value ({value.text}) of the underlying securities "
                "are given",
                value.origin,
                "Keep one of them.",
            )
        elif not any((has_text(number.value), has_text(value.value), number.footnotes, value.footnotes)):
            present = next((cell for cell in (number, value) if cell.present), None)
            yield Problem(
                f"{line}: neither the number nor the value of the underlying securities is given",
                present.origin if present else row.origin,
                "Give the number of underlying shares; or, where it can't be told, a footnote on it.",
            )


@rule(
    "DER004",
    Severity.ERROR,
    "neither or both of number and total value of a derivative transaction",
    source="Specification 3.3 cm(4)",
)
def traded_amount(form: Form) -> Iterator[Problem]:
    """A transaction of Table II gives either the number of derivative securities or their total value, not both."""
    for line in form.transactions:
        row = line.row
        if not row.derivative:
            continue
        number, value = has_text(row.shares.value), has_text(row.total_value.value)
        if number == value:
            cell = row.total_value if value else row.shares
            what = "both the number and the total value" if value else "neither the number nor the total value"
            yield Problem(
                f"{line}: {what} of derivative securities {'are' if value else 'is'} given",
                cell.origin if cell.present else row.origin,
                "Keep one of them." if value else "Give the number of derivative securities.",
            )
