"""Trades of the six months before one became an insider, which a later trade brings onto the form (Rule 16a-2(a))."""

from __future__ import annotations

from form4_author.filing.footnote_claims import looks_back
from form4_author.filing.footnote_language import dates
from form4_author.preflight.form import Form, Line


def looked_back(form: Form, line: Line) -> bool:
    """True for a trade that a later one on the form brings with it, as a footnote on it or the remarks tell.

    Remarks that name days speak of the trades of those days.
    """
    day, newest = line.day, max((other.day for other in form.transactions if other.day), default=None)
    if day is None or day == newest:
        return False
    if any(looks_back(text) for text in form.notes_of(line)):
        return True
    remarks = form.filing.remarks.text
    if not looks_back(remarks):
        return False
    named = dates(remarks)
    traded = {other.day for other in form.transactions}
    of_trades = [span for span in named if any(at and span.first <= at <= span.last for at in traded)]
    return not of_trades or any(span.first <= day <= span.last for span in of_trades)
