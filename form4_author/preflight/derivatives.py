"""DER: what is particular to Table II."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from form4_author.filing.numbers import grouped
from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form, Line, has_text

_ENDED = frozenset("EHDJ")


@rule("DER001", Severity.WARNING, "a derivative that expires too early", source="consistency", forms=ALL_FORMS)
def expires_too_early(form: Form) -> Iterator[Problem]:
    """A derivative expires neither before it is exercisable, nor before the transaction that is reported.

    Expirations and cancellations (codes E, H, D and J) may be reported afterwards, and are left out; so is a line with
    a footnote on the expiration date.
    """
    for line in form.lines:
        row = line.row
        expires, exercisable, traded = row.expiration_date.date, row.exercise_date.date, row.transaction_date.date
        if expires is None or row.expiration_date.footnotes:
            continue
        if exercisable is not None and expires < exercisable:
            what = f"before it is exercisable on {exercisable}"
        elif traded is not None and expires < traded and line.code not in _ENDED:
            what = f"before the transaction of {traded}"
        else:
            continue
        yield Problem(
            f"{line}: the derivative security expires on {expires}, {what}",
            row.expiration_date.value.origin,
            "Correct one of the dates.",
        )


@rule(
    "DER003",
    Severity.WARNING,
    "a derivative transaction whose underlying amount does not follow from its number",
    source="consistency; Form 4, Table II, column 7",
    forms=WITH_TRANSACTIONS,
)
def underlying_follows(form: Form) -> Iterator[Problem]:
    """Column 7 gives the securities underneath the number traded, not those underneath what is left.

    The rule speaks where the underlying amount is that of the balance instead of the transaction, where it is 1 for
    many securities, and where lines of one derivative security convert at different rates. A footnote on the number,
    the underlying amount or the conversion price keeps it silent; equity swaps are not looked at.
    """
    rated: dict[tuple[str, str], list[Line]] = {}
    for line in form.transactions:
        row = line.row
        if not row.derivative or line.swap or row.shares.footnotes or row.underlying_shares.footnotes:
            continue
        number, underlying, left = row.shares.number, row.underlying_shares.number, row.shares_owned_following.number
        if not number or not underlying or number == underlying:
            if number and underlying and not row.conversion_or_exercise_price.footnotes:
                rated.setdefault((line.title, row.conversion_or_exercise_price.text), []).append(line)
            continue
        if left == underlying or (underlying == 1 and number > 1):
            why = "what is left afterwards" if left == underlying and underlying != 1 else "one security"
            yield Problem(
                f"{line}: {grouped(number)} derivative securities are reported with {grouped(underlying)} underlying "
                f"shares, which stands for {why}",
                row.underlying_shares.value.origin,
                "Give the number of shares underneath the securities of this transaction.",
            )
        elif not row.conversion_or_exercise_price.footnotes:
            rated.setdefault((line.title, row.conversion_or_exercise_price.text), []).append(line)
    for lines in rated.values():
        yield from _other_rate(lines)


def _other_rate(lines: list[Line]) -> Iterator[Problem]:
    """The first line that converts at another rate than the one before it, rounding aside."""
    for before, line in pairwise(lines):
        one, other = before.row, line.row
        a, b = one.shares.number, one.underlying_shares.number
        c, d = other.shares.number, other.underlying_shares.number
        if not a or not b or not c or not d:
            continue
        expected = c * b / a
        if abs(expected - d) > max(c / a, Decimal(1)) + 1:
            yield Problem(
                f"{line}: {grouped(c)} derivative securities stand for {grouped(d)} underlying shares, but at the rate "
                f"of {before} ({grouped(a)} for {grouped(b)}) it would be {grouped(round(expected, 4))}",
                other.underlying_shares.value.origin,
                "Correct the number, or say in a footnote why the rate differs.",
            )
            return


@rule(
    "DER002",
    Severity.ERROR,
    "neither or both of number and value of the underlying securities",
    source="Specification 3.3 cm(6), cm(8)",
    forms=ALL_FORMS,
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
    forms=WITH_TRANSACTIONS,
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
