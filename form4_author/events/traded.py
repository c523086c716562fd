"""What a purchase, a sale and a line as on the form have in common: one line, or one for each group of executions.

Codes: PLN001 a date that nothing gives, PLN011 keys that don't go together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from form4_author.events import keys
from form4_author.events.drafting import executed, priced, with_cells
from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Found, one_line
from form4_author.events.targets import noted, targets
from form4_author.events.written import Scribe
from form4_author.filing import Row, Value
from form4_author.plan.entries.line import Transaction
from form4_author.plan.entries.named import Securities
from form4_author.plan.entries.shared import Balance
from form4_author.plan.entries.traded import Traded
from form4_author.plan.fills import Fills
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import acquired_or_disposed


def write_traded(entry: Traded, name: str, code: str, key: Key, writer: Writer) -> None:
    """The lines of a purchase or sale.

    Args:
        entry: what was done.
        name: the security.
        code: P or S; it stands as the entry's key in the plan, so that its letter and its footnotes point there.
        key: the entry's place in the plan.
        writer: writes the lines.
    """
    event = "purchase" if code == "P" else "sale"
    security = writer.security(name, (*key, event))
    if security is None:
        return
    draft = replace(
        with_cells(entry, key, name, (*key, event), writer),
        dated=entry,
        code=Value(code, writer.origin((*key, event))),
        letter=acquired_or_disposed(code, derivative=security.derivative) or "",
        letter_key=(*key, event),
        derived=(("acquired_disposed", f"a {event}"),),
        amount=writer.amount(entry.amount, (*key, "amount")),
        ownership=entry.ownership[0] if entry.ownership else "direct",
        ownership_key=(*key, "ownership"),
    )
    draft = priced(draft, entry.price, (*key, "price"), writer)
    if "price" not in entry.model_fields_set and entry.fills is None:
        draft = noted(draft, writer.contract_note(name), key, "price")
    if entry.fills is not None:
        if entry.all or len(entry.ownership) > 1:
            said = "all" if entry.all else "ownership"
            message = "fills tells how many, and accounts: in it whose they are"
            writer.refuse("PLN011", message, (*key, said), f"Leave {said} out.")
            return
        write_executed(draft, entry, entry.fills, security, writer)
    elif entry.date is None:
        writer.refuse("PLN001", f"date is missing in {key[0]} {_number(key)}", key, "Transaction date.")
    elif entry.all or len(entry.ownership) > 1:
        _write_each(draft, entry, name, event, writer)
    else:
        writer.line(draft)


def _write_each(draft: Draft, entry: Traded, name: str, event: str, writer: Writer) -> None:
    """A line of each holder."""
    told = sorted(entry.model_fields_set & {*Balance.model_fields, "underlying_amount", "underlying_value"})
    if told:
        message = f"{told[0]} is one line's, and this entry has several"
        writer.refuse("PLN011", message, (*draft.key, told[0]), "Write an entry for each.")
        return
    named = Securities((((), name, None),))
    for target in targets(named, entry, event, draft.key, writer):
        how = (("shares", target.how),) if target.how else ()
        writer.line(
            replace(
                draft,
                amount=target.amount,
                ownership=target.ownership,
                ownership_key=target.ownership_key,
                derived=(*draft.derived, *how),
            )
        )


def _number(key: Key) -> int:
    return key[1] + 1 if isinstance(key[1], int) else 0


def write_executed(draft: Draft, entry: Transaction | Traded, fills: Fills, security: Security, writer: Writer) -> None:
    """The lines of the executions in a file, one for each day, account and range of one dollar."""
    key = draft.key
    if entry.amount or entry.price or entry.balance or (isinstance(entry, Transaction) and entry.total_value):
        writer.refuse(
            "PLN011", "fills gives amount, price and balance", (*key, "fills"), "Leave amount, price and balance out."
        )
        return
    groups = writer.executions(fills, (*key, "fills"), security=security, letter=draft.letter, on=entry.date)
    if entry.deemed_execution_date and len({group.day.date for group in groups if group.day}) > 1:
        writer.refuse(
            "PLN011",
            "one deemed execution date can't be that of several days",
            (*key, "deemed_execution_date"),
            "Leave it out, or give each day an entry and a file of its own.",
        )
    for group in groups:
        writer.line(executed(draft, group, fills, (*key, "fills"), writer))


def recognised_as(event: str, code: str) -> Callable[[Sequence[Row], Sequence[Row], Scribe], Found | None]:
    """What recognises the first line as a purchase or a sale: one of that code that goes its usual way."""

    def recognise(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> Found | None:
        row = (table1 or table2)[0]
        letter = acquired_or_disposed(code, derivative=row.derivative)
        if row.holding or (row.code.text, row.acquired_disposed.text) != (code, letter) or row.total_value:
            return None
        if not row.shares.text or not row.transaction_date.text:
            return None
        security, stated = scribe.security(row), scribe.balance(row)
        data = keys.dated(row) | {event: security.name, "amount": row.shares.text, "price": row.price_per_share.text}
        data |= keys.underlying(row, security, row.shares.text) | keys.owned_as(row, scribe)
        return one_line(row, keys.line_entry(data | keys.marked(row, scribe.form), stated, scribe.marks(row)))

    return recognise
