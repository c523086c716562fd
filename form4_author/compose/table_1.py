"""What is said of a line of Table I, or of its security, that only Table II has a column for.

Code: PLN011 keys that don't go together.
"""

from __future__ import annotations

from form4_author.compose.notebook import Notebook
from form4_author.events.drafts import Draft
from form4_author.plan.entries.shared import NOTES_OF_TABLE_2
from form4_author.plan.securities import Security

_TERMS = (
    *("exercise_price", "exercisable", "expires", "underlying_per_unit", "put", "short"),
    *("award", "converts", "unit", "swap", "terms"),
)


def refuse_what_table_2_shows(draft: Draft, security: Security, notebook: Notebook) -> None:
    """A finding for each key that Table I has no column for, at its place.

    Where the security itself has the terms of a derivative it lacks only what makes it one: that is told alone, once.
    """
    name = draft.security
    terms: list[tuple[str, ...]] = [(term,) for term in _TERMS if getattr(security, term) is not None]
    terms += [("notes", column) for column in NOTES_OF_TABLE_2 if getattr(security.notes, column, [])]
    if terms:
        shown = ", ".join(".".join(term) for term in terms)
        notebook.once(
            "PLN011",
            f"{name} is no derivative, and no line of Table I shows its {shown}",
            ("securities", name, *terms[0]),
            "If it is one, write underlying: with the name of the security underneath, or {title: ...}; if not, delete "
            f"{shown}.",
        )
        return
    way_out = f"Delete it; or, if {name} is a derivative, give it underlying: under securities."
    told = {
        "exercise_price": draft.exercise_price.present,
        "underlying_amount": draft.underlying.present or draft.underlying_none,
        "underlying_value": draft.by_value,
    }
    for key, said in told.items():
        if said:
            message = f"{name} stands in Table I, which has no {key}"
            notebook.once("PLN011", message, (*draft.balance_key, key), way_out)
    for notes, base in draft.notes:
        for column in NOTES_OF_TABLE_2:
            if getattr(notes, column):
                message = f"{name} stands in Table I, which has no {column} to note"
                notebook.once("PLN011", message, (*base, column), way_out)
