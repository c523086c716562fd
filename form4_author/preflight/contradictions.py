"""TXN: footnotes that say something else than the code of their line."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.filing.footnote_claims import Act, says
from form4_author.findings import Severity
from form4_author.preflight.engine import WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form, Line
from form4_author.sec_codes import TRANSACTION_CODES

#: For each code: what it stands for, what a footnote on it should not say, and the code for that.
_AGAINST: dict[str, tuple[Act, dict[Act, str]]] = {
    "A": (Act.GRANTED, {Act.BOUGHT: "P"}),
    "F": (Act.WITHHELD, {Act.SOLD: "S"}),
    "P": (Act.BOUGHT, {Act.GRANTED: "A"}),
    "S": (Act.SOLD, {Act.WITHHELD: "F"}),
}


@rule(
    "TXN028",
    Severity.WARNING,
    "a footnote that contradicts the code of its line",
    source="Form 4, Instruction 8",
    forms=WITH_TRANSACTIONS,
)
def footnote_against_code(form: Form) -> Iterator[Problem]:
    """The code says what happened, and so does a footnote: they should say the same.

    The rule reads the footnotes on number, code, date, price and letter of a line. It speaks where a grant (A) is said
    to be purchased on the open market, withheld shares (F) to be sold, a sale (S) to be withheld, or a purchase (P) to
    be granted. What a footnote denies ("no shares were sold") or only foresees doesn't count, and a footnote that says
    both is left alone.
    """
    told: set[tuple[str, str]] = set()
    for line in form.transactions:
        if line.code not in _AGAINST:
            continue
        own, others = _AGAINST[line.code]
        for number in _ids(line):
            text = form.notes.get(number, "")
            against = [act for act in others if says(text, act)]
            if not against or says(text, own) or (number, line.code) in told:
                continue
            told.add((number, line.code))
            yield Problem(
                f"{line}: code {line.code} ({TRANSACTION_CODES[line.code].meaning}), but footnote {number} says that "
                f"the securities were {against[0]}",
                line.row.code.origin,
                f"Correct the code ({others[against[0]]} would go with the footnote), or the footnote.",
            )
            break


def _ids(line: Line) -> dict[str, None]:
    row = line.row
    cells = (row.transaction_date, row.coding, row.shares, row.price_per_share, row.acquired_disposed)
    return dict.fromkeys(mark for cell in cells for mark in cell.footnote_ids)
