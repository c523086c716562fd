"""From the cells of a filing's lines to the keys that entries share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from form4_author.events.written import Marks, Named, Scribe, Stated, WrittenEntry
from form4_author.filing import FormType, Row
from form4_author.filing.forms import Standing
from form4_author.filing.numbers import plain
from form4_author.plan.yaml_text import Key


def same_event(one: Row, other: Row, *, code: bool = True) -> bool:
    """Whether two transactions share all that an event says once; its code too, unless told otherwise."""
    cells = ("transaction_date", "deemed_execution_date", "timeliness")
    return (
        not one.holding
        and not other.holding
        and all(getattr(one, cell).text == getattr(other, cell).text for cell in cells)
        and one.form_type.text == other.form_type.text
        and one.equity_swap.truth == other.equity_swap.truth
        and (not code or one.code.text == other.code.text)
    )


def dated(row: Row) -> dict[str, Any]:
    """When a transaction was made."""
    data = {"date": row.transaction_date.text}
    if row.deemed_execution_date.text:
        data["deemed_execution_date"] = row.deemed_execution_date.text
    return data


def marked(row: Row, form: FormType) -> dict[str, Any]:
    """What columns 3 and 4 show beside the code: V and K, or that the line is late."""
    data = {}
    form_type, timeliness = row.form_type.text.strip(), row.timeliness.text.strip()
    if Standing.LATE in form.line_types.values():
        if form.line_types.get(form_type) is Standing.LATE:
            data["late"] = f"form {form_type}"
            if timeliness:
                data["timeliness"] = timeliness
        elif timeliness == "L":
            data["late"] = f"form {form_type}"
        elif timeliness:
            data["timeliness"] = timeliness
    else:
        early = form.is_early(form_type)
        if early != bool(timeliness):
            data["early"] = "yes" if early else "no"
        if timeliness:
            data["timeliness"] = timeliness
    if row.equity_swap.truth:
        data["equity_swap"] = "yes"
    return data


def owned_as(row: Row, scribe: Scribe) -> dict[str, Any]:
    """The form of ownership, or the holder, where it is not direct."""
    ownership = scribe.ownership(row)
    return {} if ownership == "direct" else {"ownership": ownership}


def underlying(row: Row, security: Named, amount: str) -> dict[str, Any]:
    """The number or value of the underlying securities, where it doesn't follow from the amount."""
    if not row.derivative:
        return {}
    if row.underlying_value and not row.underlying_shares:
        return {"underlying_value": row.underlying_value.text or "none"}
    if row.underlying_shares.text == derived_underlying(security, amount):
        return {}
    return {"underlying_amount": row.underlying_shares.text or "none"}


def derived_underlying(security: Named, amount: str) -> str:
    """The number of underlying securities that a plan derives from an amount; empty without one."""
    if not amount or security.ratio == 1:
        return amount
    try:
        return plain(Decimal(amount) * security.ratio)
    except ArithmeticError:
        return ""


def notes(marks: Marks) -> dict[str, Any]:
    """The footnotes by column, where there are any."""
    return {"notes": {column: brief(names) for column, names in marks.items()}} if marks else {}


def brief(names: list[str]) -> str | list[str]:
    """Footnotes as a plan names them: one by itself, several in a list."""
    return names[0] if len(names) == 1 else names


def without(marks: Marks, shared: Marks) -> Marks:
    """The footnotes on a line that don't stand on all lines of its event."""
    return {column: names for column, names in marks.items() if column not in shared}


def half(
    name: str, row: Row, own: dict[str, Any], marks: Marks, scribe: Scribe, comments: dict[Key, str]
) -> dict[str, dict[str, Any]]:
    """What is particular to one line of an event, and the comment on it; nothing where nothing is."""
    stated = scribe.balance(row)
    if stated.comment:
        comments[(name, stated.key)] = stated.comment
    data = own | stated.keys | notes(marks)
    return {name: data} if data else {}


def line_entry(data: dict[str, Any], stated: Stated, marks: Marks) -> WrittenEntry:
    """An entry of one line, its balance and its footnotes behind all else; a holding's amount behind its security."""
    comments: dict[Key, str] = {(stated.key,): stated.comment} if stated.comment else {}
    first = {} if stated.key not in {"amount", "value"} else stated.keys
    head = dict([next(iter(data.items()))]) if first else {}
    data = {**head, **first, **data, **({} if first else stated.keys), **notes(marks)}
    return WrittenEntry({name: value for name, value in data.items() if value != ""}, comments)
