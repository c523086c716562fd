"""How an event of one line is known again in a filing's lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from form4_author.events import keys
from form4_author.events.event import Found, one_line
from form4_author.events.written import Scribe
from form4_author.filing import Row

Recognise = Callable[[Sequence[Row], Sequence[Row], Scribe], Found | None]


def of_one_line(event: str, code: str, letter: str, *, free: bool = False, early: bool = False) -> Recognise:
    """What recognises an event of one line.

    Args:
        event: the key that names it.
        code: its transaction code.
        letter: A or D.
        free: it is at 0 unless its entry says otherwise; else a line without a price is no such event.
        early: its entry says so only where it is not reported early.
    """

    def recognise(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> Found | None:
        row = (table1 or table2)[0]
        if (row.code.text, row.acquired_disposed.text) != (code, letter):
            return None
        price = row.price_per_share
        told = bool(price) if free else bool(price.text)
        if not row.shares.text or not row.transaction_date.text or not told:
            return None
        security = scribe.security(row)
        data: dict[str, Any] = keys.dated(row) | {event: security.name, "amount": row.shares.text}
        if not free or price.text != "0":
            data["price"] = price.text or "none"
        data |= keys.underlying(row, security, row.shares.text)
        data |= keys.owned_as(row, scribe) | keys.marked(row, scribe.form)
        if early and scribe.form.column_v:
            data.pop("early", None)
            data |= {} if scribe.form.is_early(row.form_type.text) else {"early": "no"}
        return one_line(row, keys.line_entry(data, scribe.balance(row), scribe.marks(row)))

    return recognise
