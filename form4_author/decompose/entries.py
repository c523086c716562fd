"""One line of a filing -> one entry of a plan, as it stands on the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from form4_author.decompose.balances import Balances, Stated, ownership_of
from form4_author.decompose.footnotes import Footnotes
from form4_author.decompose.securities import Named, Securities, brief
from form4_author.filing import FormType, Row
from form4_author.filing.columns import COLUMNS, attributes_of
from form4_author.filing.numbers import plain
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import acquired_or_disposed

Marks = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a plan's transactions or holdings, the comments in it, and the lines it stands for."""

    data: dict[str, Any]
    comments: dict[Key, str] = field(default_factory=dict)


@dataclass(slots=True)
class Scribe:
    """Writes lines as entries.

    Attributes:
        notes: the footnotes by name.
        securities: the securities by name.
        form: the form that the lines stand on.
        balances: the running balances; a line is entered once, in the order of its table.
    """

    notes: Footnotes
    securities: Securities
    form: FormType
    balances: Balances = field(default_factory=Balances)

    def line(self, row: Row) -> Entry:
        """A transaction, or a holding in its place among them."""
        security = self.securities.of(row)
        stated = self.balances.after(row, security.name)
        if row.holding:
            return self.holding_entry(row, security, stated, "holding")
        data = self.dated(row) | {"code": row.code.text, "security": security.name}
        if row.total_value.text:
            data["total_value"] = row.total_value.text
        if row.shares.text:
            data["amount"] = row.shares.text
        if row.price_per_share.text:
            data["price"] = row.price_per_share.text
        letter = row.acquired_disposed.text
        if letter != acquired_or_disposed(row.code.text, derivative=row.derivative):
            data["acquired_or_disposed"] = letter
        data |= self.underlying(row, security, row.shares.text)
        data |= self.owned_as(row) | self.marked(row)
        return self.entry(data, stated, self.marks(row, security))

    def holding(self, row: Row) -> Entry:
        """A holding of the list at the end."""
        security = self.securities.of(row)
        return self.holding_entry(row, security, self.balances.after(row, security.name), "security")

    def holding_entry(self, row: Row, security: Named, stated: Stated, what: str) -> Entry:
        """A line without a transaction, its security named under `what`."""
        data: dict[str, Any] = {what: security.name}
        amount = stated.keys.get("amount", "")
        data |= self.underlying(row, security, amount) | self.owned_as(row)
        return self.entry(data, stated, self.marks(row, security))

    def entry(self, data: dict[str, Any], stated: Stated, marks: Marks) -> Entry:
        """An entry with its balance and its footnotes behind all else; a holding's amount behind its security."""
        comments: dict[Key, str] = {(stated.key,): stated.comment} if stated.comment else {}
        first = {} if stated.key not in {"amount", "value"} else stated.keys
        head = dict([next(iter(data.items()))]) if first else {}
        data = {**head, **first, **data, **({} if first else stated.keys)}
        if marks:
            data["notes"] = {column: brief(names) for column, names in marks.items()}
        return Entry({name: value for name, value in data.items() if value != ""}, comments)

    def dated(self, row: Row) -> dict[str, Any]:
        """When a transaction was made."""
        data = {"date": row.transaction_date.text}
        if row.deemed_execution_date.text:
            data["deemed_execution_date"] = row.deemed_execution_date.text
        return data

    def marked(self, row: Row) -> dict[str, Any]:
        """What columns 3 and 4 show beside the code: V and K."""
        data = {}
        early, timeliness = self.form.is_early(row.form_type.text), row.timeliness.text.strip()
        if early != bool(timeliness):
            data["early"] = "yes" if early else "no"
        if timeliness:
            data["timeliness"] = timeliness
        if row.equity_swap.truth:
            data["equity_swap"] = "yes"
        return data

    def owned_as(self, row: Row) -> dict[str, Any]:
        """The form of ownership, where it is not direct."""
        ownership = ownership_of(row)
        return {} if ownership == "direct" else {"ownership": ownership}

    def underlying(self, row: Row, security: Named, amount: str) -> dict[str, Any]:
        """The number or value of the underlying securities, where it doesn't follow from the amount."""
        if not row.derivative:
            return {}
        if row.underlying_value and not row.underlying_shares:
            return {"underlying_value": row.underlying_value.text or "none"}
        if row.underlying_shares.text == derived_underlying(security, amount):
            return {}
        return {"underlying_amount": row.underlying_shares.text or "none"}

    def marks(self, row: Row, security: Named) -> Marks:
        """The footnotes on a line's columns by name, those aside that stand on all lines of its security."""
        found = {}
        for key in dict.fromkeys(column.key for column in COLUMNS):
            names = [name for cell in attributes_of(key) for name in self.notes.marks(getattr(row, cell))]
            if names and key not in security.noted:
                found[key] = names
        return found


def derived_underlying(security: Named, amount: str) -> str:
    """The number of underlying securities that a plan derives from an amount; empty without one."""
    if not amount or security.ratio == 1:
        return amount
    try:
        return plain(Decimal(amount) * security.ratio)
    except ArithmeticError:
        return ""
