"""One line of a plan -> one row of Table I or II.

Codes: PLN001 a price or amount that nothing gives, PLN011 keys that don't go together, PLN012 what can't be
derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from form4_author.compose.facts import Facts, facts_of
from form4_author.compose.holders import Held, Holders, in_words
from form4_author.compose.ledger import Ledger, Position
from form4_author.compose.notebook import Notebook
from form4_author.compose.number_held import states_owned, with_number
from form4_author.compose.owned import changed, owned_after, unexplained
from form4_author.compose.pen import Pen
from form4_author.compose.standing import form_type_of, timeliness_of
from form4_author.compose.table_1 import refuse_what_table_2_shows
from form4_author.compose.tallies import Tallies
from form4_author.events.drafts import Draft
from form4_author.events.rounding import to_whole
from form4_author.filing import ABSENT, Field, FormType, Row, Table, Value
from form4_author.filing.columns import BY_ATTRIBUTE, attributes_of
from form4_author.filing.derivation import Derivations, times
from form4_author.filing.footnote_language import explains_amount, tells_of_other_changes
from form4_author.filing.footnote_wording import long_day
from form4_author.filing.numbers import plain
from form4_author.plan.accounts import Account
from form4_author.plan.entries.line import Transaction
from form4_author.plan.entries.shared import LineNotes, Timed
from form4_author.plan.model import Plan
from form4_author.plan.note_calls import NONE, NoteCall, NoteRef
from form4_author.plan.securities import AmountAndNote, DateAndNote, Security, SecurityNotes
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import may_be_written

_NO_COST, _NO_DATE = AmountAndNote(), DateAndNote()

Cells = dict[str, Field]
"""Cells of a row by attribute."""


class RowWriter(Struct):
    """Writes rows into the two tables.

    Attributes:
        form: the form that they stand on.
        derived: how what is derived in them came about.
        table1: the lines of Table I so far.
        table2: the lines of Table II so far.
        adjusted: securities whose terms have changed since the opening, by name.
    """

    plan: Plan
    pen: Pen
    ledger: Ledger
    notebook: Notebook
    holders: Holders
    tallies: Tallies
    form: FormType
    derived: Derivations
    table1: list[Row] = []
    table2: list[Row] = []
    adjusted: dict[str, Security] = {}
    _facts: dict[str, Facts] = {}

    def security(self, name: str, key: Key, *, of_key: bool = False) -> Security | None:
        """The security of that name; a finding at the key path, or at the key's own text, where there is none."""
        if not self.pen.known(name, self.plan.securities, "securities", key, of_key=of_key):
            return None
        return self.terms_of(name)

    def terms_of(self, name: str) -> Security:
        """What is said of a security that there is, as its terms are now."""
        return self.adjusted.get(name) or self.plan.securities[name]

    def adjust(self, name: str, security: Security) -> None:
        """Go on with other terms of a security."""
        self.adjusted[name] = security
        self._facts.pop(name, None)

    def facts(self, name: str) -> Facts:
        """The footnotes that the security's own facts give to its columns."""
        if name not in self._facts:
            self._facts[name] = facts_of(name, self.terms_of(name), self.plan, self.notebook)
        return self._facts[name]

    def line(self, draft: Draft) -> None:
        """Write one line into its table."""
        security = self.security(draft.security, draft.security_key)
        if security is None:
            return
        held = self.holders.find(draft.ownership, draft.ownership_key)
        self.ledger.incomplete |= not held.known
        if not states_owned(security, self.form):
            draft = with_number(draft, held.of(draft.security), self.form, self.ledger, self.pen)
        draft = _with_underlying(draft, security)
        cells = {"security_title": self.title(draft, security), **self.ownership(draft, held)}
        if draft.dated is not None:
            cells |= self.transaction(draft, draft.dated)
        else:
            self.refuse_notes_of_transactions(draft)
        if security.derivative:
            cells |= self.terms(draft, security) | self.underlying(draft, security)
        else:
            refuse_what_table_2_shows(draft, security, self.notebook)
        draft, balance = self.balance(draft, held, security)
        contents: dict[str, Any] = {**cells, **balance, **self.coding(draft, draft.dated)}
        row = Row(
            table=Table.II if security.derivative else Table.I,
            holding=draft.holding,
            origin=self.pen.origin(draft.key),
            **contents,
        )
        table = self.table2 if security.derivative else self.table1
        table.append(row)
        for name, how in draft.derived:
            self.derived.keep(row, len(table), name, how, draft.dollars)

    def marks(self, draft: Draft, *columns: str) -> list[Value]:
        """The footnotes on columns of the line, by name: the security's first, then the event's and the line's."""
        security: tuple[SecurityNotes, Key] = (
            self.plan.securities[draft.security].notes,
            ("securities", draft.security, "notes"),
        )
        found: list[Value] = []
        for column in columns:
            unwritten = [] if self.silent(draft, column) else [security, *draft.given]
            for notes, key in (*unwritten, *draft.notes):
                if not (said := _said(notes, column)):
                    continue
                names = [name for name in said if name != NONE or NONE in self.plan.footnotes]
                implied = self.implied(draft) if any(isinstance(name, NoteCall) for name in names) else {}
                found += self.notebook.marks(names, (*key, column), implied=implied)
        return found

    def implied(self, draft: Draft) -> dict[str, str]:
        """The facts of a footnote that the line implies."""
        return {"holder": _holder(self.holders.find(draft.ownership, draft.ownership_key))}

    def why(self, draft: Draft) -> list[Value]:
        """The footnote that tells why an amendment adds the line."""
        return [] if self.plan.why is None else self.notebook.marks(self.notebook.why(self.plan.why), draft.key)

    def silent(self, draft: Draft, column: str) -> bool:
        """True where the line's own footnotes say `none`: nothing stands there but what the line says itself."""
        return self.silenced(draft, column) is not None

    def silenced(self, draft: Draft, column: str) -> Key | None:
        """Where the line's own footnotes say `none`; None where they don't."""
        if NONE in self.plan.footnotes:
            return None
        return next(((*key, column) for notes, key in draft.notes if NONE in _said(notes, column)), None)

    def given(self, draft: Draft, column: str, key: Key, *, stated: bool = False) -> list[Value]:
        """The footnotes that the security's facts give to a column, where neither it nor the line has its own."""
        if stated or self.silent(draft, column):
            return []
        return self.notebook.marks(self.facts(draft.security).get(column, []), key)

    def cell(self, draft: Draft, attribute: str, value: Value) -> Field:
        """A cell of the line with the footnotes on it; absent where it has neither value nor footnote."""
        return self.pen.field(value, self.marks(draft, BY_ATTRIBUTE[attribute].key), draft.key)

    def title(self, draft: Draft, security: Security) -> Field:
        """Column 1."""
        base: Key = ("securities", draft.security)
        marks = [*self.given(draft, "title", base), *self.marks(draft, "title")]
        marks += self.why(draft) if draft.holding else []
        return self.pen.field(self.pen.text(security.title, (*base, "title")), marks, draft.key)

    def ownership(self, draft: Draft, held: Held) -> Cells:
        """Columns 6 and 7 of Table I, 10 and 11 of Table II; a holder's own footnotes stand before the line's."""
        letter = Value(held.letter, self.pen.origin(draft.ownership_key))
        own = self.notebook.marks(held.note, held.note_key, implied={"holder": _holder(held)}, texts=True)
        marks = [*own, *self.marks(draft, "nature")]
        return {
            "direct_or_indirect": self.cell(draft, "direct_or_indirect", letter),
            "nature_of_ownership": self.pen.field(held.nature, marks, draft.key),
        }

    def transaction(self, draft: Draft, dated: Timed) -> Cells:
        """The date, amount and price of a transaction."""
        pen, key = self.pen, draft.dated_key or draft.key
        values = {
            "transaction_date": pen.day(draft.day, draft.on_key or (*key, "date")),
            "deemed_execution_date": pen.day(dated.deemed_execution_date, (*key, "deemed_execution_date")),
            "timeliness": timeliness_of(draft, self.form, pen),
            "price_per_share": draft.price,
            "acquired_disposed": Value(draft.letter, pen.origin(draft.letter_key or draft.key)),
        }
        amounts = {"shares": draft.amount, "total_value": draft.total_value}
        values |= {attribute: amount for attribute, amount in amounts.items() if amount.present}
        cells = {attribute: self.cell(draft, attribute, value) for attribute, value in values.items()}
        self.refuse_incomplete(draft, cells)
        return cells

    def refuse_incomplete(self, draft: Draft, cells: Cells) -> None:
        """Findings on what a transaction must have and nothing gives."""
        if not draft.letter:
            self.pen.refuse(
                "PLN012",
                f"code {draft.code.text} doesn't tell whether the securities were acquired or disposed of",
                (*draft.key, "code"),
                "Write acquired_or_disposed: A or D.",
            )
        if not cells["transaction_date"].present:
            self.pen.refuse("PLN001", "date is missing: nothing tells when this was", draft.key, "Write date:")
        noted = any(_said(notes, "price") for notes, _ in (*draft.given, *draft.notes))
        if not cells["price_per_share"].present and not noted:
            self.pen.refuse(
                "PLN001",
                "price is missing: it is neither given nor noted",
                draft.key,
                "Write price: (0 where nothing was paid), or a footnote on it: notes: {price: name}.",
            )
        if not cells.keys() & {"shares", "total_value"}:
            either = "; or total_value: in dollars." if isinstance(draft.dated, Transaction) else "."
            hint = f"Write amount: with the number of securities{either}"
            self.pen.refuse("PLN001", "amount is missing", draft.key, hint)

    def coding(self, draft: Draft, dated: Timed | None) -> dict[str, Value | Field]:
        """Column 3 of Table I, 4 of Table II: the code, V and K; of a holding, that it is late."""
        form_type, marks = form_type_of(draft, self.form, self.pen), self.marks(draft, "code")
        if dated is None:
            return {"coding": self.pen.field(ABSENT, marks, draft.key), "form_type": form_type}
        key = draft.dated_key or draft.key
        if dated.trading_plan is not None and not self.silent(draft, "code"):
            where = (*key, "trading_plan")
            told = self.notebook.given("plan", {"plan": long_day(dated.trading_plan.adopted.date)}, where)
            marks += self.notebook.marks(told, where)
        return {
            "coding": Field(ABSENT, (*marks, *self.why(draft)), draft.code.origin),
            "code": draft.code,
            "form_type": form_type,
            "equity_swap": Value("1" if self.is_swap(draft, dated) else "0", self.pen.origin((*key, "equity_swap"))),
        }

    def is_swap(self, draft: Draft, dated: Timed) -> bool:
        """Whether the line carries K: as it says, else that of a security with the terms of a swap."""
        return self.terms_of(draft.security).swap is not None if dated.equity_swap is None else dated.equity_swap

    def terms(self, draft: Draft, security: Security) -> Cells:
        """Columns 2 and 6 of Table II, as the security has them; the price may be the line's own."""
        pen, base = self.pen, ("securities", draft.security)
        cost = security.exercise_price or _NO_COST
        start, end = security.exercisable or _NO_DATE, security.expires or _end(security)
        price = draft.exercise_price
        if not price.present and security.swap is not None and security.exercise_price is None:
            price = pen.amount(security.swap.reference_price, (*base, "swap", "reference_price"))
        if not price.present:
            price = pen.amount(cost.amount, (*base, "exercise_price", "amount"))
        cells = {}
        for column, value, note in (
            ("exercise_price", price, cost.note),
            ("exercisable", pen.day(start.date, (*base, "exercisable", "date")), start.note),
            ("expires", pen.day(end.date, (*base, "expires", "date")), end.note),
        ):
            facts = self.given(draft, column, base, stated=bool(note))
            silenced = self.silenced(draft, column)
            stated = [] if silenced else self.notebook.marks(note, (*base, column, "note"))
            (attribute,) = attributes_of(column)
            cells[attribute] = pen.field(value, [*stated, *facts, *self.marks(draft, column)], base)
            if not cells[attribute].present and silenced:
                message = f"without a footnote nothing tells the {column} of {draft.security}"
                hint = f"Delete {column}: none; or name a footnote of your own there."
                self.notebook.once("PLN001", message, silenced, hint)
            elif not cells[attribute].present:
                self.notebook.once(
                    "PLN001",
                    f"{column} of {draft.security} is missing: it is neither given nor noted",
                    base,
                    f"Under securities: write {column}: with a value, or with a footnote: {column}: {{note: name}}.",
                )
        return cells

    def underlying(self, draft: Draft, security: Security) -> Cells:
        """Column 7 of Table II; a footnote on the amount stands on the number, or on the value where that is told."""
        pen, key = self.pen, draft.key
        marks = self.marks(draft, "underlying_amount")
        return {
            "underlying_title": self.cell(draft, "underlying_title", self.underlying_title(draft, security)),
            "underlying_shares": pen.field(draft.underlying, [] if draft.by_value else marks, key),
            "underlying_value": pen.field(draft.underlying_value, marks if draft.by_value else [], key),
        }

    def underlying_title(self, draft: Draft, security: Security) -> Value:
        """The title of the underlying security, its own or that of the security of its name, in other words or not."""
        base = ("securities", draft.security, "underlying")
        under = security.underlying
        if not isinstance(under, str):
            return self.pen.text(under.title if under else None, (*base, "title"))
        known = self.security(under, base)
        if known and security.underlying_title is not None:
            return self.pen.text(security.underlying_title, ("securities", draft.security, "underlying_title"))
        return self.pen.text(known.title, ("securities", under, "title")) if known else ABSENT

    def refuse_notes_of_transactions(self, draft: Draft) -> None:
        """A finding for each column of a transaction on which a holding has a footnote."""
        for notes, key in draft.notes:
            for column in _OF_TRANSACTIONS:
                if column == "code" and self.form.holding_types:
                    continue
                if getattr(notes, column):
                    self.pen.refuse(
                        "PLN011",
                        f"a holding has no {column} to note",
                        (*key, column),
                        "Note what the line shows: title, amount, ownership or nature.",
                    )

    def balance(self, draft: Draft, held: Held, security: Security) -> tuple[Draft, Cells]:
        """Column 5 of Table I, 9 of Table II; and the draft with how it follows."""
        own, position = held.of(draft.security), _position(security)
        if not states_owned(security, self.form):
            self.tallies.enter(draft, held, derived=False)
            if draft.amount.number is not None:
                self.ledger.restate(own, draft.amount.number)
                self.keep_step(draft, own, position)
            return draft, {}
        restated = unexplained(draft, own, self.ledger, self.pen, position)
        if restated is not None and not self.explained(draft):
            self.pen.findings.append(restated)
        owned = owned_after(draft, own, self.ledger, self.pen, position)
        self.tallies.enter(draft, held, derived=owned is not None and bool(owned.how))
        marks = self.marks(draft, *(owned.notes if owned else ("balance",)))
        marks += self.moved(draft, own)
        self.keep_step(draft, own, position)
        if owned is None:
            return draft, {}
        if owned.attribute == "value_owned_following":
            self.ledger.by_value.add(own)
        if owned.how:
            draft = replace(draft, derived=(*draft.derived, (owned.attribute, owned.how)))
        return draft, {owned.attribute: self.pen.field(owned.value, marks)}

    def moved(self, draft: Draft, own: Account) -> list[Value]:
        """The one footnote on all that moved a balance without a line since it was last reported."""
        tales = self.ledger.tales(own)
        if not tales or self.silent(draft, "balance"):
            return []
        return self.notebook.marks(self.notebook.given("moved", {"what": "; ".join(tales)}, draft.key), draft.key)

    def keep_step(self, draft: Draft, own: Account, position: Position) -> None:
        """Keep the line in the running tally."""
        day = draft.day.text if draft.day else ""
        if draft.holding:
            self.ledger.enter(own, day, "holding", None)
        else:
            self.ledger.enter(own, day, f"code {draft.code.text}", changed(draft, position))

    def explained(self, draft: Draft) -> bool:
        """True where a footnote on the line says why the amount owned does not follow."""
        on_balance = {mark.text for mark in self.marks(draft, "balance")}
        anywhere = {mark.text for mark in self.marks(draft, *LineNotes.model_fields)}
        entries = self.notebook.entries
        return any(explains_amount(entries[name].text.text) for name in on_balance) or any(
            tells_of_other_changes(entries[name].text.text) for name in anywhere
        )


def _holder(held: Held) -> str:
    """Who holds, as a footnote has it."""
    if held.nature:
        return in_words(held.nature.text)
    return held.account[0] if held.named else "the reporting person"


def _end(security: Security) -> DateAndNote:
    """When a derivative ends, as its contract says."""
    if security.swap is not None:
        return DateAndNote(date=security.swap.expires)
    return DateAndNote(date=security.terms.settles) if security.terms is not None else _NO_DATE


#: The columns that only a transaction has, by the plan's keys of the footnotes on them.
_OF_TRANSACTIONS = ("date", "deemed_execution_date", "code", "early", "price", "acquired_or_disposed")


def _position(security: Security) -> Position:
    """What the balances of a security count."""
    if security.owed:
        return Position.OWED
    return Position.CONTRACT if security.derivative and may_be_written(security.title) else Position.HELD


def _said(notes: SecurityNotes, column: str) -> Sequence[NoteRef]:
    """The footnotes on a column; a security has none on what is a line's alone."""
    found: Sequence[NoteRef] = vars(notes).get(column, ())
    return found


def _with_underlying(draft: Draft, security: Security) -> Draft:
    """The draft with the number of underlying securities, where that follows from the amount."""
    number = draft.amount.number
    told = draft.underlying.present or draft.underlying_none or draft.by_value
    if not security.derivative or told or number is None:
        return draft
    shares = number * security.ratio
    rounded = security.converts.round if security.converts else None
    whole = to_whole(shares, rounded) if rounded else shares
    text = draft.amount.text if security.ratio == 1 else plain(whole)
    how = ("underlying_shares", times(number, security.ratio) + (f", rounded {rounded}" if whole != shares else ""))
    return replace(draft, underlying=Value(text, draft.amount.origin), derived=(*draft.derived, how))
