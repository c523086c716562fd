"""What a form states above its tables and another doesn't: its date, what EDGAR marks on it, its schema version.

Codes: PLN001 a date that the form needs, PLN011 keys that the form doesn't have.
"""

from __future__ import annotations

from collections.abc import Sequence

from form4_author.compose.pen import Pen
from form4_author.filing import ABSENT, Feature, FormType, Row, Value
from form4_author.plan.model import Plan
from form4_author.sec_codes import ALL_VERSIONS

_PERIODS = ("period_of_report", "event_date", "fiscal_year_ended")
_MEANT = {
    "event_date": "the date of the event that requires the statement",
    "fiscal_year_ended": "the date on which the issuer's fiscal year ended",
    "period_of_report": "the date of the earliest transaction",
}


def stated_period(plan: Plan, pen: Pen, form: FormType) -> Value | None:
    """The date that the form is of, under the form's own key; None where its lines tell it.

    A finding where it is missing, or stands under the key of another form.
    """
    own = form.period_key
    others = [name for name in _PERIODS if name != own and getattr(plan, name) is not None]
    for name in others:
        what = f"{_MEANT[own]} (box {form.captions.boxes['period']})"
        pen.refuse("PLN011", f"{form} has no {name}", (name,), f"Write {own}: with {what}.")
    date = getattr(plan, own)
    if date is not None:
        return pen.day(date, (own,))
    if others:
        return ABSENT
    if form.term.of_lines:
        return None
    pen.refuse(
        "PLN001",
        f"{own} is missing: {form} states {_MEANT[own]}",
        ("form",),
        f"Write {own}: with that date (box {form.captions.boxes['period']}).",
    )
    return ABSENT


def none_owned(plan: Plan, pen: Pen, form: FormType, rows: Sequence[Row]) -> Value:
    """Whether the form says that no securities are owned: the author's word, and `no` where lines are."""
    key = ("no_securities",)
    if Feature.NONE_OWNED not in form.features:
        if plan.no_securities is not None:
            pen.refuse("PLN011", f"{form} doesn't say that no securities are owned", key, "Leave no_securities out.")
        return ABSENT
    if "no_securities" in plan.model_fields_set:
        return pen.box(plan.no_securities, key)
    return pen.box(False, ()) if rows else ABSENT  # noqa: FBT003 - what the box says


def late_boxes(plan: Plan, pen: Pen, form: FormType, rows: Sequence[Row]) -> dict[str, Value]:
    """The boxes of a Form 5 for what had been due on Forms 3 and 4, by attribute: EDGAR checks them by the lines."""
    marks = {
        "form3_holdings_reported": ("form_3_holdings_reported", True, "3"),
        "form4_transactions_reported": ("form_4_transactions_reported", False, "4"),
    }
    boxes = {}
    for attribute, (name, held, due_on) in marks.items():
        stated = name in plan.model_fields_set
        if Feature.LATE_BOXES in form.features:
            derived = any(row.form_type.text == due_on and row.holding is held for row in rows)
            boxes[attribute] = pen.box(getattr(plan, name) if stated else derived, (name,))
        elif getattr(plan, name) is not None:
            pen.refuse("PLN011", f"{form} has no box for it", (name,), f"Leave {name} out.")
    return boxes


def refuse_version(plan: Plan, pen: Pen, form: FormType) -> None:
    """A finding where the schema version is one that another form has had."""
    version = plan.schema_version
    if version is not None and version in ALL_VERSIONS and version not in form.versions:
        pen.refuse(
            "PLN011",
            f"{form} has had no schema {version}",
            ("schema_version",),
            f"Write {form.judged_by(version)}, its schema of that time, or leave schema_version out to file today.",
        )
