"""A holding: a line without a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from form4_author.events import keys
from form4_author.events.drafting import as_on_form
from form4_author.events.drafts import Writer
from form4_author.events.event import Event, Found, one_line
from form4_author.events.written import Named, Scribe, Stated, WrittenEntry
from form4_author.filing import Row
from form4_author.filing.columns import has_cell
from form4_author.plan.entries.holding import Held, InlineHolding
from form4_author.plan.yaml_text import Key


def write(entry: InlineHolding, key: Key, writer: Writer) -> None:
    """The line of a holding in its place among the transactions."""
    write_held(entry, entry.holding, key, (*key, "holding"), writer)


def write_held(entry: Held, name: str, key: Key, security_key: Key, writer: Writer) -> None:
    """The line of a holding of the security of that name."""
    if writer.security(name, security_key) is not None:
        draft = replace(
            as_on_form(entry, key, name, security_key, writer),
            amount=writer.amount(entry.amount, (*key, "amount")),
            total_value=writer.amount(entry.value, (*key, "value")),
            late=entry.late or "",
        )
        writer.line(draft)


def recognise(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> Found | None:
    """The first line, where it is a holding."""
    row = (table1 or table2)[0]
    return one_line(row, held_entry(row, "holding", scribe)) if row.holding else None


def held_entry(row: Row, what: str, scribe: Scribe) -> WrittenEntry:
    """The entry of a line without a transaction, its security named under `what`."""
    security, stated = scribe.security(row), scribe.balance(row)
    if not has_cell("shares_owned_following", row.table, scribe.form.numbering):
        stated = _counted(row, security)
    data: dict[str, Any] = {what: security.name}
    data |= keys.underlying(row, security, stated.keys.get("amount", "")) | keys.owned_as(row, scribe)
    if row.form_type:
        data["late"] = f"form {row.form_type.text.strip()}"
    return keys.line_entry(data, stated, scribe.marks(row))


def _counted(row: Row, security: Named) -> Stated:
    """The number of derivatives held, where the line states that of the underlying securities alone."""
    text = row.underlying_shares.text
    return Stated({"amount": text}) if text and security.ratio == 1 else Stated()


EVENT = Event(
    lines="One line of Table I, or of Table II where the security is a derivative, without a transaction.",
    source="Form 4, General Instruction 4(a)(ii)",
    example="{holding: common, ownership: {indirect: By Family Trust}}",
    write=write,
    recognise=recognise,
)
