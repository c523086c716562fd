"""Whether a line is in time, early or late, as its form marks it: form type and timeliness.

On Form 4 a transaction of form type 5 is early; on Form 5 one of form type 4 is late, one of form type 5 is late with
the mark L, and a holding of form type 3 is (specification 3.6.4, 3.6.9, 4.3.8.2, 4.3.8.3).

Code: PLN011 marks that the form doesn't have.
"""

from __future__ import annotations

from collections.abc import Iterable

from form4_author.compose.pen import Pen
from form4_author.events.drafts import Draft
from form4_author.filing import ABSENT, FormType, Value
from form4_author.filing.forms import Standing
from form4_author.plan.entries.holding import Held
from form4_author.plan.entries.shared import Timed
from form4_author.plan.yaml_text import Key


def form_type_of(draft: Draft, form: FormType, pen: Pen) -> Value:
    """The form that a line had been due on, as it carries it; absent on a holding that is not late."""
    dated, key = draft.dated, draft.dated_key or draft.key
    if dated is None:
        return Value(draft.late, pen.origin((*key, "late"))) if draft.late in form.holding_types else ABSENT
    if dated.late is not None and form.line_types.get(dated.late) is Standing.LATE:
        return Value(dated.late, pen.origin((*key, "late")))
    early = dated.timeliness == "E" if dated.early is None else dated.early
    can_be_early = Standing.EARLY in form.line_types.values()
    standing = Standing.EARLY if early and can_be_early else Standing.OWN
    return Value(form.line_type(standing), pen.origin((*key, "early")))


def timeliness_of(draft: Draft, form: FormType, pen: Pen) -> Value:
    """The mark E or L of a transaction; absent where there is none."""
    dated, key = draft.dated, draft.dated_key or draft.key
    if dated is None:
        return ABSENT
    if Standing.LATE not in form.line_types.values():
        return Value("E", pen.origin((*key, "timeliness"))) if dated.timeliness == "E" else ABSENT
    name = "timeliness" if dated.timeliness == "L" else "late"
    late = dated.timeliness == "L" or dated.late == form.line_type(Standing.OWN)
    return Value("L", pen.origin((*key, name))) if late else ABSENT


def refuse_marks(entry: Timed | Held, key: Key, form: FormType, pen: Pen) -> None:
    """A finding for each mark on an entry that its form doesn't have."""
    kinds = form.line_types if isinstance(entry, Timed) else form.holding_types
    _refuse_late(entry, key, form, pen, kinds if Standing.LATE in kinds.values() else ())
    if isinstance(entry, Held):
        return
    standings = form.line_types.values()
    early = Standing.EARLY in standings
    if entry.early is not None and not early:
        pen.refuse("PLN011", f"{form} has no column V", (*key, "early"), "Leave early out.")
    if entry.timeliness == "E" and not early:
        pen.refuse("PLN011", f"nothing on {form} is early", (*key, "timeliness"), "Leave timeliness out.")
    if entry.timeliness == "L" and Standing.LATE not in standings:
        pen.refuse("PLN011", f"nothing on {form} is marked as late", (*key, "timeliness"), "Leave timeliness out.")


def _refuse_late(entry: Timed | Held, key: Key, form: FormType, pen: Pen, kinds: Iterable[str]) -> None:
    late, can_be = entry.late, sorted(kinds)
    if late is None or late in can_be:
        return
    what = "a holding" if isinstance(entry, Held) else "a transaction"
    if can_be:
        hint = f"Write late: {' or '.join(f'form {number}' for number in can_be)}."
        pen.refuse("PLN011", f"{what} on {form} can't have been due on Form {late}", (*key, "late"), hint)
    else:
        hint = f"Leave late out: {form} reports what is late as it does all else."
        pen.refuse("PLN011", f"nothing on {form} is marked as late", (*key, "late"), hint)
