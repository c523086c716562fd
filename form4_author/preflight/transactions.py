"""TXN: transactions, their codes, letters and dates."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.filing.forms import Standing
from form4_author.findings import Severity
from form4_author.preflight.engine import WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form, has_text
from form4_author.sec_codes import TRANSACTION_CODES


@rule(
    "TXN001",
    Severity.ERROR,
    "V or K as a transaction code",
    source="Specification 3.6.10, 4.3.8",
    forms=WITH_TRANSACTIONS,
)
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


@rule(
    "TXN002",
    Severity.ERROR,
    "a timeliness mark that EDGAR suspends",
    source="Specification 4.3.8.2, 4.3.8.3",
    forms=WITH_TRANSACTIONS,
)
def timeliness(form: Form) -> Iterator[Problem]:
    """On a Form 4 a transaction is on time by definition, and a Form 5 transaction on it early.

    The mark stays empty, or on a Form 5 transaction is E. A late Form 4 transaction is marked nowhere. On a Form 5 a
    Form 4 transaction is late by definition, and a Form 5 transaction on time unless it is marked L: the mark stays
    empty or is L.
    """
    late = Standing.LATE in form.type.line_types.values()
    for line in form.transactions:
        mark, taken = line.row.timeliness.text.strip(), "L" if late else "E" if line.early else ""
        if mark and mark != taken:
            kind = "Form 4" if line.row.form_type.text.strip() == "4" else "Form 5"
            on = f" on {form.type}" if late else ""
            yield Problem(
                f"{line}: timeliness {mark} on a {kind} transaction{on}",
                line.row.timeliness.value.origin,
                f"Leave it empty, or write {taken}." if taken else "Leave it empty.",
            )


@rule(
    "TXN015",
    Severity.ERROR,
    "a transaction without form type, code or equity swap mark",
    source="Specification 3.5, 4.3.8.2",
    forms=WITH_TRANSACTIONS,
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


@rule(
    "TXN003",
    Severity.WARNING,
    "A or D that the code does not go with",
    source="Form 4, Instruction 8",
    forms=WITH_TRANSACTIONS,
)
def letter_against_code(form: Form) -> Iterator[Problem]:
    """Some codes mean an acquisition or a disposition by their own definition.

    P (purchase), A (grant) and L (small acquisition) acquire; S (sale), D (disposition to the issuer), F (payment with
    securities), U (tender) and H (expiration of a long position for value) dispose. Exercises and conversions go either
    way, as gifts, inheritances and other transactions do.
    """
    for line in form.transactions:
        entry = TRANSACTION_CODES.get(line.code)
        if entry is None or entry.letter is None or line.letter not in {"A", "D"} or line.letter == entry.letter:
            continue
        does = {"A": "acquired", "D": "disposed of"}
        yield Problem(
            f"{line}: code {line.code} ({entry.meaning}) with {line.letter}, {does[line.letter]}",
            line.row.acquired_disposed.origin,
            f"Code {line.code} goes with {entry.letter}: correct the letter or the code.",
        )


@rule(
    "TXN006",
    Severity.WARNING,
    "code J without a footnote that describes it",
    source="Form 4, Instruction 8",
    forms=WITH_TRANSACTIONS,
)
def undescribed(form: Form) -> Iterator[Problem]:
    """Code J is for any other acquisition or disposition, and asks for a description.

    A footnote on any cell of the line will do, or the remarks.
    """
    if has_text(form.filing.remarks):
        return
    for line in form.transactions:
        if line.code == "J" and not any(text.strip() for text in form.notes_of(line)):
            yield Problem(
                f"{line}: code J (other acquisition or disposition), but no footnote describes the transaction",
                line.row.code.origin,
                "Describe it in a footnote on the code.",
            )


@rule("TXN022", Severity.WARNING, "code E or H in Table I", source="Form 4, Instruction 8", forms=WITH_TRANSACTIONS)
def expiration_in_table_1(form: Form) -> Iterator[Problem]:
    """E and H are codes of derivative securities: the expiration of a short position, and of a long one for value.

    Shares don't expire. The line belongs into Table II, or has another code.
    """
    for line in form.transactions:
        if line.code in {"E", "H"} and not line.row.derivative:
            yield Problem(
                f"{line}: code {line.code} ({TRANSACTION_CODES[line.code].meaning}) in the table of securities that "
                "are no derivatives",
                line.row.code.origin,
                "Report the derivative security in Table II, or correct the code.",
            )


@rule("TXN023", Severity.WARNING, "a transaction of no securities", source="consistency", forms=WITH_TRANSACTIONS)
def nothing_traded(form: Form) -> Iterator[Problem]:
    """A transaction of 0 securities, or of 0 dollars, is none.

    A footnote on the number, the code or the title may say what happened; then the rule is silent.
    """
    for line in form.transactions:
        row = line.row
        cell = row.shares if has_text(row.shares.value) else row.total_value
        if cell.number == 0 and not (cell.footnotes or row.coding.footnotes or row.security_title.footnotes):
            yield Problem(
                f"{line}: {cell.text.strip()} securities are {_DONE.get(line.letter, 'traded')} (code {line.code})",
                cell.value.origin,
                "Correct the number, or leave the line out.",
            )


_DONE = {"A": "acquired", "D": "disposed of"}
