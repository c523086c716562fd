"""One line of a plan -> one row of Table I or II, its balance derived or checked.

Codes: PLN001 a price or amount that nothing gives, PLN011 keys that don't go together, PLN012 what can't be
derived.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from form4_author.compose.ledger import Ledger
from form4_author.compose.notebook import Notebook
from form4_author.compose.pen import Pen
from form4_author.filing import ABSENT, Field, FormType, Row, Table, Value, form_for
from form4_author.filing.derivation import Derivations, sum_of, times
from form4_author.filing.forms import Standing
from form4_author.filing.numbers import plain
from form4_author.findings import Origin
from form4_author.plan.accounts import Account, account
from form4_author.plan.lines import AmountAndNote, Balance, Dated, Indirect, LineNotes, Security
from form4_author.plan.model import Plan
from form4_author.plan.scalars import Amount
from form4_author.plan.yaml_text import Key

Form = str | Indirect
NO_BALANCE = Balance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one line says, gathered from its entry: plan values, with the key path each came from."""

    key: Key
    security: str
    security_key: Key
    holding: bool = False
    event: Dated | None = None
    code: Value = ABSENT
    letter: str = ""
    letter_key: Key = ()
    amount: Value = ABSENT
    total_value: Value = ABSENT
    price: Value = ABSENT
    exercise_price: Value = ABSENT
    underlying: Value = ABSENT
    underlying_none: bool = False
    underlying_value: Value = ABSENT
    by_value: bool = False
    ownership: Form = "direct"
    ownership_key: Key = ()
    balance: Balance = NO_BALANCE
    balance_key: Key = ()
    notes: tuple[tuple[LineNotes, Key], ...] = ()
    derived: tuple[tuple[str, str], ...] = ()  # cells of the row that the entry doesn't state, and how they follow


@dataclass(slots=True)
class RowWriter:
    """Writes rows into the two tables.

    Attributes:
        table1: the lines of Table I so far.
        table2: the lines of Table II so far.
        form: the form that they stand on.
        derived: how what is derived in them came about.
    """

    plan: Plan
    pen: Pen
    ledger: Ledger
    notebook: Notebook
    table1: list[Row] = field(default_factory=list)
    table2: list[Row] = field(default_factory=list)
    form: FormType = field(init=False)
    derived: Derivations = field(init=False)

    def __post_init__(self) -> None:
        self.form = form_for(self.plan.form)
        self.derived = Derivations(self.form.numbering)

    def number(self, row: Row) -> int:
        """The number that the line being written has in its table."""
        return len(self.table2 if row.derivative else self.table1) + 1

    def security(self, name: str, key: Key) -> Security | None:
        """The security of that name; a finding where there is none."""
        return self.plan.securities[name] if self.pen.known(name, self.plan.securities, "securities", key) else None

    def line(self, draft: Draft) -> None:
        """Write one line into its table."""
        security = self.security(draft.security, draft.security_key)
        if security is None:
            return
        derivative = is_derivative(security)
        row = Row(
            table=Table.II if derivative else Table.I,
            holding=draft.holding,
            origin=self.pen.origin(draft.key),
            security_title=self.pen.field(
                self.pen.text(security.title, ("securities", draft.security, "title")), self.marks(draft, "title")
            ),
            **self.ownership_cells(draft),
        )
        if not draft.holding:
            row = self.with_transaction(row, draft)
        if derivative:
            row = self.with_derivative(row, draft, security)
        elif self.marks(draft, "exercise_price", "exercisable", "expires", "underlying", "underlying_amount"):
            self.pen.refuse(
                "PLN011",
                f"{draft.security} stands in Table I, which has no such column to note",
                draft.notes[-1][1],
                "Give the security underlying: if it is a derivative.",
            )
        row = self.with_balance(row, draft)
        for name, how in draft.derived:
            self.derived.keep(row, self.number(row), name, how)
        (self.table2 if derivative else self.table1).append(row)

    def marks(self, draft: Draft, *columns: str) -> list[Value]:
        """The footnotes on columns of the line, by name: the security's first, then the line's."""
        sources: list[tuple[object, Key]] = [
            (self.plan.securities[draft.security].notes, ("securities", draft.security, "notes")),
            *draft.notes,
        ]
        return [
            mark
            for column in columns
            for notes, key in sources
            for mark in self.notebook.marks(getattr(notes, column, []), (*key, column))
        ]

    def ownership_cells(self, draft: Draft) -> dict[str, Any]:
        """Columns 6 and 7 of Table I, 10 and 11 of Table II."""
        direct = draft.ownership == "direct"
        nature = ABSENT
        if isinstance(draft.ownership, Indirect):
            nature = self.pen.text(draft.ownership.indirect, (*draft.ownership_key, "indirect"))
        letter = Value("D" if direct else "I", self.pen.origin(draft.ownership_key))
        return {
            "direct_or_indirect": self.pen.field(letter, self.marks(draft, "ownership")),
            "nature_of_ownership": self.pen.field(nature, self.marks(draft, "nature"), draft.key),
        }

    def with_transaction(self, row: Row, draft: Draft) -> Row:
        """The line with its date, code, amount and price."""
        event = draft.event
        if event is None:
            return row
        pen, key = self.pen, draft.key
        early = event.timeliness is not None if event.early is None else event.early
        at_early = pen.origin((*key, "early"))
        timeliness = ABSENT if event.timeliness is None else Value("E", pen.origin((*key, "timeliness")))
        if not draft.letter:
            pen.refuse(
                "PLN012",
                f"code {draft.code.text} doesn't tell whether the securities were acquired or disposed of",
                (*key, "code"),
                "Write acquired_or_disposed: A or D.",
            )
        price = pen.field(draft.price, self.marks(draft, "price"), key)
        if not price.present:
            pen.refuse(
                "PLN001",
                "price is missing: it is neither given nor noted",
                key,
                "Write price: (0 where nothing was paid), or a footnote on it: notes: {price: name}.",
            )
        if not draft.amount.present and not draft.total_value.present:
            pen.refuse("PLN001", "amount is missing", key, "Number of securities; or total_value: in dollars.")
        return replace(
            row,
            transaction_date=pen.field(pen.day(event.date, (*key, "date")), self.marks(draft, "date")),
            deemed_execution_date=pen.field(
                pen.day(event.deemed_execution_date, (*key, "deemed_execution_date")),
                self.marks(draft, "deemed_execution_date"),
                key,
            ),
            coding=Field(ABSENT, tuple(self.marks(draft, "code")), draft.code.origin),
            form_type=Value(self.form.line_type(Standing.EARLY if early else Standing.OWN), at_early),
            code=draft.code,
            equity_swap=Value("1" if event.equity_swap else "0", pen.origin((*key, "equity_swap"))),
            timeliness=pen.field(timeliness, self.marks(draft, "early"), key),
            shares=pen.field(draft.amount, self.marks(draft, "amount") if draft.amount.present else []),
            total_value=pen.field(draft.total_value, self.marks(draft, "amount") if draft.total_value.present else []),
            price_per_share=price,
            acquired_disposed=pen.field(
                Value(draft.letter, pen.origin(draft.letter_key or key)), self.marks(draft, "acquired_or_disposed")
            ),
        )

    def with_derivative(self, row: Row, draft: Draft, security: Security) -> Row:
        """The line with the columns of Table II that describe the derivative."""
        pen, base = self.pen, ("securities", draft.security)
        cost = security.exercise_price or AmountAndNote()
        start, end = security.exercisable, security.expires
        title: Value
        if isinstance(security.underlying, str):
            known = self.security(security.underlying, (*base, "underlying"))
            title = pen.text(known.title, ("securities", security.underlying, "title")) if known else ABSENT
        else:
            title = pen.text(security.underlying.title if security.underlying else None, (*base, "underlying", "title"))
        price = (
            draft.exercise_price
            if draft.exercise_price.present
            else pen.amount(cost.amount, (*base, "exercise_price", "amount"))
        )
        cells: dict[str, Any] = {
            "conversion_or_exercise_price": pen.field(
                price,
                [
                    *self.notebook.marks(cost.note, (*base, "exercise_price", "note")),
                    *self.marks(draft, "exercise_price"),
                ],
                base,
            ),
            "exercise_date": pen.field(
                pen.day(start.date if start else None, (*base, "exercisable", "date")),
                [
                    *self.notebook.marks(start.note if start else [], (*base, "exercisable", "note")),
                    *self.marks(draft, "exercisable"),
                ],
                base,
            ),
            "expiration_date": pen.field(
                pen.day(end.date if end else None, (*base, "expires", "date")),
                [
                    *self.notebook.marks(end.note if end else [], (*base, "expires", "note")),
                    *self.marks(draft, "expires"),
                ],
                base,
            ),
        }
        for name, column in (
            ("conversion_or_exercise_price", "exercise_price"),
            ("exercise_date", "exercisable"),
            ("expiration_date", "expires"),
        ):
            if not cells[name].present:
                self.notebook.once(
                    "PLN001",
                    f"{column} of {draft.security} is missing: it is neither given nor noted",
                    base,
                    f"Under securities: write {column}: with a value, or with a footnote: {column}: {{note: name}}.",
                )
        shares, how = draft.underlying, ""
        if not shares.present and not draft.underlying_none and not draft.by_value:
            ratio = security.underlying_per_unit.decimal if security.underlying_per_unit else Decimal(1)
            number = draft.amount.number
            if number is not None:
                shares = replace(draft.amount, text=draft.amount.text if ratio == 1 else plain(number * ratio))
                how = times(number, ratio)
        marks = self.marks(draft, "underlying_amount")
        row = replace(
            row,
            **cells,
            underlying_title=pen.field(title, self.marks(draft, "underlying")),
            underlying_shares=pen.field(shares, [] if draft.by_value else marks, draft.key),
            underlying_value=pen.field(draft.underlying_value, marks if draft.by_value else [], draft.key),
        )
        if how:
            self.derived.keep(row, self.number(row), "underlying_shares", how)
        return row

    def with_balance(self, row: Row, draft: Draft) -> Row:
        """The line with what is owned after it: stated, restated, or derived."""
        balance, key, marks = draft.balance, draft.balance_key, self.marks(draft, "balance")
        own = account(draft.security, draft.ownership)
        given = [
            name for name in ("balance", "restated_balance", "balance_value") if getattr(balance, name) is not None
        ]
        if len(given) > 1:
            self.pen.refuse(
                "PLN011", f"{' and '.join(given)} say the same thing", (*key, given[1]), "Keep one of them."
            )
        if balance.balance_value is not None:
            self.ledger.restate(own, balance.balance_value.decimal)
            value = self.pen.amount(balance.balance_value, (*key, "balance_value"))
            return replace(row, value_owned_following=self.pen.field(value, marks))
        if balance.restated_balance is not None:
            self.ledger.restate(own, balance.restated_balance.decimal)
            value = self.pen.amount(balance.restated_balance, (*key, "restated_balance"))
            return replace(row, shares_owned_following=self.pen.field(value, marks))
        if draft.holding and (draft.amount.present or draft.total_value.present):
            return self.with_holding(row, draft, own, marks)
        counted = draft.total_value if draft.total_value.present else draft.amount
        amount = Decimal(0) if draft.holding else counted.number
        if amount is None or not (draft.holding or draft.letter):
            return row
        change = amount if draft.letter == "A" else -amount
        stated: Amount | None = balance.balance
        origin: Origin = self.pen.origin((*key, "balance")) if stated else row.origin
        before = self.ledger.held(own)
        after = self.ledger.post(own, change, stated.decimal if stated else None, origin)
        if after is None:
            return row
        value = Value(stated.text if stated else plain(after), origin)
        name = "value_owned_following" if draft.total_value.present and not stated else "shares_owned_following"
        row = _with(row, name, self.pen.field(value, marks))
        if stated is None and before is not None and after == before + change:
            dollars = draft.total_value.present
            how = "as before" if draft.holding else sum_of(before, change, draft.code.text, dollars=dollars)
            self.derived.keep(row, self.number(row), name, how)
        return row

    def with_holding(self, row: Row, draft: Draft, own: Account, marks: list[Value]) -> Row:
        """A holding line's own amount, checked where the running balance tells it."""
        stated = draft.amount if draft.amount.present else draft.total_value
        number = stated.number
        if number is not None:
            self.ledger.post(own, Decimal(0), number, stated.origin)
        name = "shares_owned_following" if draft.amount.present else "value_owned_following"
        amount_marks = self.marks(draft, "amount")
        return _with(row, name, self.pen.field(stated, [*marks, *amount_marks]))


def _with(row: Row, name: str, cell: Field) -> Row:
    changes: dict[str, Any] = {name: cell}
    return replace(row, **changes)


def is_derivative(security: Security) -> bool:
    """True for a security that stands in Table II."""
    return security.underlying is not None
