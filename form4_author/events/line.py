"""One line, as it stands on the form; with `fills`, one for each group of executions in a file."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from form4_author.events import keys
from form4_author.events.drafting import as_on_form, priced
from form4_author.events.drafts import Writer
from form4_author.events.event import Event, Found, one_line
from form4_author.events.traded import write_executed
from form4_author.events.written import Scribe
from form4_author.filing import Row, Value
from form4_author.plan.entries.line import Transaction
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import acquired_or_disposed


def write(entry: Transaction, key: Key, writer: Writer) -> None:
    """One line, or one for each group of executions, lowest price first."""
    security = writer.security(entry.security, (*key, "security"))
    if security is None:
        return
    letter = entry.acquired_or_disposed or acquired_or_disposed(entry.code, derivative=security.derivative)
    if letter is None and entry.code == "E" and security.owed:
        letter = "D"  # as filers write it, though what expires is no longer owed
    draft = replace(
        as_on_form(entry, key, entry.security, (*key, "security"), writer),
        dated=entry,
        code=Value(entry.code, writer.origin((*key, "code"))),
        letter=letter or "",
        letter_key=(*key, "acquired_or_disposed" if entry.acquired_or_disposed else "code"),
        derived=() if entry.acquired_or_disposed else (("acquired_disposed", f"code {entry.code}"),),
        amount=writer.amount(entry.amount, (*key, "amount")),
        total_value=writer.amount(entry.total_value, (*key, "total_value")),
    )
    draft = priced(draft, entry.price, (*key, "price"), writer)
    if entry.fills is None:
        writer.line(draft)
    else:
        write_executed(draft, entry, entry.fills, security, writer)


def recognise(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> Found | None:
    """The first line, whatever it is."""
    row = (table1 or table2)[0]
    security, stated = scribe.security(row), scribe.balance(row)
    data = keys.dated(row) | {
        "code": row.code.text,
        "security": security.name,
        "total_value": row.total_value.text,
        "amount": row.shares.text,
        "price": row.price_per_share.text,
    }
    letter = row.acquired_disposed.text
    if letter != acquired_or_disposed(row.code.text, derivative=row.derivative):
        data["acquired_or_disposed"] = letter
    data |= keys.underlying(row, security, row.shares.text) | keys.owned_as(row, scribe) | keys.marked(row, scribe.form)
    return one_line(row, keys.line_entry(data, stated, scribe.marks(row)))


EVENT = Event(
    lines="One line of Table I, or of Table II where the security is a derivative. With `fills`, one for each day "
    "and each group of executions within one dollar, at their weighted average price.",
    source="Form 4, General Instruction 4; for `fills`, SEC staff no-action letter to Skadden, Arps (June 25, 2008)",
    example="{date: 11/18/2026, code: J, security: common, amount: 1000, price: 0, acquired_or_disposed: D}",
    write=write,
    recognise=recognise,
)
