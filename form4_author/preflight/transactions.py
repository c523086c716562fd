"""TXN: transactions, their codes, letters and dates."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.findings import Severity
from form4_author.preflight.engine import Problem, rule
from form4_author.preflight.form import Form, has_text


@rule("TXN001", Severity.ERROR, "V or K as a transaction code", source="Specification 3.6.10, 4.3.8")
def generated_code(form: Form) -> Iterator[Problem]:
    """V and K are on the printed form, but EDGAR writes them itself.

    V stands for a Form 5 transaction reported early (form type 5), K for a transaction in an equity swap, which has
    its own box. The transaction code says what kind of transaction it was.
    """
    hints = {
        "V": "Give the transaction's own code, and form type 5 (in a plan early: yes).",
        "K": "Give the transaction's own code, and tick equity swap (in a plan equity_swap: yes).",
    }
    for line in form.transactions:
        letters = [letter for letter in hints if letter in line.code.upper().split("/")]
        for letter in letters:
            yield Problem(
                f"{line}: {letter} is no transaction code, EDGAR adds it itself", line.row.code.origin, hints[letter]
            )


@rule("TXN002", Severity.ERROR, "a timeliness mark that EDGAR suspends", source="Specification 4.3.8.2")
def timeliness(form: Form) -> Iterator[Problem]:
    """On a Form 4 a transaction is on time by definition, and a Form 5 transaction on it early.

    The mark stays empty, or on a Form 5 transaction is E. A late Form 4 transaction is marked nowhere.
    """
    for line in form.transactions:
        mark = line.row.timeliness.text.strip()
        if mark and (mark != "E" or not line.early):
            kind = "Form 5" if line.early else "Form 4"
            yield Problem(
                f"{line}: timeliness {mark} on a {kind} transaction",
                line.row.timeliness.value.origin,
                "Leave it empty, or write E." if line.early else "Leave it empty.",
            )


@rule(
    "TXN015",
    Severity.ERROR,
    "a transaction without form type, code or equity swap mark",
    source="Specification 3.5, 4.3.8.2",
)
def no_coding(form: Form) -> Iterator[Problem]:
    """Each transaction says under which form it is due (4 or 5), its code, and whether an equity swap is involved.

    The schema lets the three be left out together; EDGAR does not.
    """
    for line in form.transactions:
        row = line.row
        parts = {"form type": row.form_type, "transaction code": row.code, "equity swap mark": row.equity_swap}
        missing = [name for name, value in parts.items() if not has_text(value)]
        if missing:
            listed = missing[0] if len(missing) == 1 else ", ".join(missing[:-1]) + " and " + missing[-1]
            yield Problem(
                f"{line}: {listed} {'is' if len(missing) == 1 else 'are'} missing",
                row.coding.origin if row.coding.present else row.origin,
                "Give the form type (4 or 5), the code (column 3 or 4), and 0 or 1 for equity swap.",
            )
