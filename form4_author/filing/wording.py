"""How the form writes what a filing holds: numbers, dates, codes and the numbers of footnotes, as plain text.

A text that can't be read as what it should be is shown as it stands: nothing hides what the document says. The display
rules are those of the SEC's own stylesheets, measured on what they make of real filings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from form4_author.filing.forms import FORM_4, FormType, Standing
from form4_author.filing.model import Field, Row, Value

_BEHIND = 10**9
_MARK = re.compile(r"F([1-9]\d*)", re.ASCII)


def amount(value: Value | Field, form: FormType = FORM_4) -> str:
    """A number as the form shows it: `24000` is `24,000`, `9.50` is `9.5`, `82.4` is `82.40`, `0.0000` is `0`.

    Zeros at the end of the decimals are left off, but a single decimal gets a second one, except on Form 3.

    Args:
        value: the number.
        form: the form that it stands on.
    """
    number = value.number
    if number is None:
        return value_text(value)
    whole, _, decimals = f"{number:f}".partition(".")
    kept = decimals.rstrip("0")
    if len(decimals) == 1 and number and form.two_decimals:
        kept = f"{decimals}0"
    return f"{int(whole):,}" + (f".{kept}" if kept else "")


def money(value: Value | Field, form: FormType = FORM_4) -> str:
    """A price or a value in US dollars: `amount` behind a `$`; what is no number stands without."""
    return f"${amount(value, form)}" if value.number is not None else value_text(value)


def day(value: Value | Field) -> str:
    """A date as MM/DD/YYYY; a UTC offset is left off."""
    date = value.date
    return value_text(value) if date is None else f"{date.month:02d}/{date.day:02d}/{date.year:04d}"


def value_text(value: Value | Field) -> str:
    """The text itself, without the blanks around it."""
    return value.text.strip()


def mark_number(footnote_id: str) -> str:
    """The number of a footnote: `12` for `F12`; another id is shown whole (specification 4.3.5)."""
    match = _MARK.fullmatch(footnote_id.strip())
    return match[1] if match else footnote_id.strip()


def in_order_of_numbers(ids: Iterable[str]) -> list[str]:
    """The ids of footnotes as their marks stand on a cell: `F2` before `F10`; other ids behind, as they come."""
    matches = ((footnote_id, _MARK.fullmatch(footnote_id.strip())) for footnote_id in ids)
    numbers = [(int(match[1][:9]) if match else _BEHIND, footnote_id) for footnote_id, match in matches]
    return [footnote_id for _, footnote_id in sorted(numbers, key=lambda numbered: numbered[0])]


def code_of(row: Row, form: FormType = FORM_4) -> str:
    """Column 3 of Table I, 4 of Table II: the transaction code, with `/K` where an equity swap is involved.

    On a form without the column V, the form type of a line that is late stands behind the code, as on the SEC's page:
    `S4`, `G5`, and `3` for a holding. What else the line says of its form type and timeliness is shown as well.

    Args:
        row: the line.
        form: the form that it stands on.
    """
    code = value_text(row.code)
    swap = "/K" if row.equity_swap.truth else ""
    return f"{code}{swap}{'' if form.column_v else _late_of(row, form)}"


def _late_of(row: Row, form: FormType) -> str:
    form_type, timeliness = value_text(row.form_type), value_text(row.timeliness)
    standing = (form.holding_types if row.holding else form.line_types).get(form_type)
    late = standing is not Standing.OWN or timeliness == "L"
    odd = timeliness and timeliness != "L"
    return f"{form_type if late else ''}{f' {timeliness}' if odd else ''}"


def early_of(row: Row, form: FormType = FORM_4) -> str:
    """The column V: `V` for a line of form type 5 on a Form 4, a transaction reported earlier than it need be.

    Empty on a form without that column.

    The timeliness `E` of such a line says the same and is not repeated; any other timeliness is shown, and so is a
    form type that the form doesn't know.

    Args:
        row: the line.
        form: the form that it stands on.
    """
    if not form.column_v:
        return ""
    form_type, timeliness = value_text(row.form_type), value_text(row.timeliness)
    mark = form.line_types.get(form_type, form_type)
    repeated = mark is Standing.EARLY and timeliness == "E"
    return f"{mark} {timeliness}".strip() if timeliness and not repeated else str(mark)
