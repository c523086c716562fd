"""Where the forms of a firm stand, a line each: state, due date, signature, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from form4_author.masking import masked_words
from form4_author.printable import printable


class FormStatus(Struct, frozen=True):
    """Where one form stands.

    Attributes:
        file: its plan or document.
        form: what it is called among those of its plan; empty where the plan makes one.
        type: its document type, such as 4/A; empty where the file states no filing.
        symbol: the issuer's trading symbol.
        owner: the first owner's name, with how many more there are.
        state: accepted, refused or unreadable.
        errors: how many there are.
        warnings: how many there are that aren't waived.
        due: the first day on which one of its lines must be reported, `YYYY-MM-DD`; empty where none must.
        signed: the days of its signatures, each once, in order; empty where it isn't signed.
        missing: what is still to be had: a profile, a signature, a CCC, a power of attorney.
    """

    file: str
    form: str
    type: str
    symbol: str
    owner: str
    state: str
    errors: int
    warnings: int
    due: str
    signed: tuple[str, ...]
    missing: tuple[str, ...]


def status_text(forms: Sequence[FormStatus]) -> str:
    """A table for people, a line for each form, and how many there are of each state below it."""
    rows = [_cells(form) for form in forms]
    widths = [max(len(row[at]) for row in rows) for at in range(6)] if rows else []
    lines = []
    for form, row in zip(forms, rows, strict=True):
        cells = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width)
        missing = f"  without {', '.join(form.missing)}" if form.missing else ""
        lines.append(f"{cells}{missing}".rstrip())
    counts = [f"{number} {state}" for state in _STATES if (number := sum(form.state == state for form in forms))]
    first = min((form.due for form in forms if form.due), default="")
    total = f"{len(forms)} form{'' if len(forms) == 1 else 's'}: {', '.join(counts)}"
    return "\n".join([*lines, total + (f"; the first is due {first}" if first else "")]) + "\n"


_STATES = ("accepted", "refused", "unreadable")


def _cells(form: FormStatus) -> tuple[str, ...]:
    name = f"{form.file}, form {form.form}" if form.form else form.file
    told = [(form.errors, "error"), (form.warnings, "warning")]
    counts = ", ".join(f"{number} {what}{'' if number == 1 else 's'}" for number, what in told if number)
    cells = (
        name,
        " ".join(filter(None, (f"Form {form.type}" if form.type else "", form.symbol))),
        form.owner,
        form.state + (f" ({counts})" if counts else ""),
        f"due {form.due}" if form.due else "",
        f"signed {', '.join(form.signed)}" if form.signed else "",
    )
    return tuple(printable(masked_words(cell)) for cell in cells)


def status_data(forms: Sequence[FormStatus]) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "forms": [
            {
                "file": form.file,
                "form": form.form,
                "type": form.type,
                "symbol": form.symbol,
                "owner": masked_words(form.owner),
                "state": form.state,
                "errors": form.errors,
                "warnings": form.warnings,
                "due": form.due or None,
                "signed": list(form.signed),
                "missing": list(form.missing),
            }
            for form in forms
        ]
    }
