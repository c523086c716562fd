"""A plan's transactions and holdings -> lines: each entry is one, or the several lines of its event, in order.

Codes: PLN011 keys that don't go together, PLN018 an opening balance that stands twice; and those of the events and of
`executed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from form4_author.compose.executed import Executed
from form4_author.compose.facts import terms_note
from form4_author.compose.holders import in_words
from form4_author.compose.ledger import added, opening_example, signed
from form4_author.compose.pen import Pen
from form4_author.compose.rows import RowWriter
from form4_author.compose.standing import refuse_marks
from form4_author.compose.tallies import way_out
from form4_author.events.drafts import Draft, Priced
from form4_author.events.event import event_of
from form4_author.events.holding import write_held
from form4_author.filing import Value
from form4_author.filing.forms import LineKind
from form4_author.filing.numbers import plain
from form4_author.findings import Finding, Origin, Severity
from form4_author.plan.accounts import Opening, ownership_of
from form4_author.plan.entries import kind_of
from form4_author.plan.entries.holding import InlineHolding
from form4_author.plan.entries.shared import Entry, Timed
from form4_author.plan.fills import Fills
from form4_author.plan.ownership import Ownership
from form4_author.plan.prices import ForeignPrice
from form4_author.plan.scalars import Amount, Day
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key

if TYPE_CHECKING:
    from form4_author.executions.windows import Group


class Lines(Struct):
    """Goes through a plan's entries and has their lines written: the events' `Writer`.

    Attributes:
        rows: writes the lines.
        executed: reads the files of executions.
    """

    rows: RowWriter
    executed: Executed

    @property
    def pen(self) -> Pen:
        """The pen that the rows are written with."""
        return self.rows.pen

    def write(self) -> None:
        """Write all lines, in the plan's order; holdings listed apart come last."""
        for index, opening in enumerate(self.rows.plan.opening):
            self.opening(opening, ("opening", index))
        for index, entry in enumerate(self._entries()):
            if isinstance(entry, Timed | InlineHolding):
                refuse_marks(entry, ("transactions", index), self.rows.form, self.pen)
            event_of(kind_of(entry)).write(entry, ("transactions", index), self)
        for index, holding in enumerate(self.rows.plan.holdings):
            key = ("holdings", index)
            refuse_marks(holding, key, self.rows.form, self.pen)
            write_held(holding, holding.security, key, (*key, "security"), self)
        self.rows.tallies.unshown(self.rows.holders)
        self.tell_untold()
        self.executed.tell_unreported()

    def tell_untold(self) -> None:
        """A note on each entry that moved balances which stand on no line since.

        Of a class that is reported, what is held and not shown is told already (BAL007).
        """
        names: dict[Origin, list[str]] = {}
        for account, origin in self.rows.ledger.untold():
            if not (self.rows.ledger.held(account) and self.rows.tallies.is_reported(account[0])):
                names.setdefault(origin, []).append(account[0])
        for origin, moved in names.items():
            message = (
                f"what moved the balance of {' and '.join(dict.fromkeys(moved))} here stands on no line of the form"
            )
            hint = "Where it should, add a holding of it behind; else this is for you to know."
            self.pen.findings.append(Finding("PLN028", Severity.NOTE, message, origin, hint))

    def _entries(self) -> Sequence[Entry]:
        """The plan's entries; none, and a finding, where the form has no transactions and one stands among them."""
        entries, form = self.rows.plan.transactions, self.rows.form
        if any(LineKind.TRANSACTION in kinds for kinds in form.tables.values()):
            return entries
        first = next((index for index, entry in enumerate(entries) if not isinstance(entry, InlineHolding)), None)
        if first is None:
            return entries
        self.pen.refuse(
            "PLN011",
            f"{form} reports no transactions, only what is held on the date of the event",
            ("transactions", first),
            "Write what is held under holdings:, and report the transaction on a Form 4 (form: 4).",
        )
        return ()

    def opening(self, opening: Opening, key: Key) -> None:
        """What was held before the first line."""
        held = opening.amount or opening.value
        if not self.pen.known(opening.security, self.rows.plan.securities, "securities", (*key, "security")):
            self.rows.ledger.incomplete = True
        elif held is None or (opening.amount and opening.value):
            self.rows.ledger.incomplete = True
            self.pen.refuse("PLN011", "an opening balance is an amount or a value", key, "Write one of the two.")
        else:
            holder = self.rows.holders.find(opening.ownership, (*key, "ownership"))
            own = holder.of(opening.security)
            if self.rows.ledger.held(own) is not None:
                self.rows.tallies.twice.add(own)
                self.pen.refuse(
                    "PLN018",
                    f"the opening balance of {opening.security} stands twice for one form of ownership",
                    key,
                    f"Keep one, where there is one holder. {way_out(holder)}" if not holder.named else "Keep one.",
                )
            self.rows.ledger.open(own, held.decimal, self.pen.origin(key), opening.moved)
            if opening.value:
                self.rows.ledger.by_value.add(own)

    def security(self, name: str, key: Key, *, of_key: bool = False) -> Security | None:
        """See `Writer`."""
        return self.rows.security(name, key, of_key=of_key)

    def line(self, draft: Draft) -> None:
        """See `Writer`."""
        self.rows.line(draft)

    def origin(self, key: Key) -> Origin:
        """See `Writer`."""
        return self.pen.origin(key)

    def amount(self, amount: Amount | None, key: Key) -> Value:
        """See `Writer`."""
        return self.pen.amount(amount, key)

    def refuse(self, code: str, message: str, key: Key, hint: str = "") -> None:
        """See `Writer`."""
        self.pen.refuse(code, message, key, hint)

    def warn(self, code: str, message: str, key: Key, hint: str = "") -> None:
        """See `Writer`."""
        self.pen.findings.append(Finding(code, Severity.WARNING, message, self.pen.origin(key), hint))

    def unknown(self, message: str, key: Key, hint: str = "") -> None:
        """See `Writer`."""
        if not self.rows.ledger.incomplete:
            self.pen.refuse("PLN012", message, key, hint)

    def price(self, price: Amount | ForeignPrice | None, security: str, key: Key) -> Priced:
        """See `Writer`."""
        if not isinstance(price, ForeignPrice):
            return Priced(self.pen.amount(price, key))
        told = self.rows.plan.securities[security].currency or {} if security in self.rows.plan.securities else {}
        rate = price.rate or told.get(price.currency)
        if rate is None or not rate.decimal:
            hint = f"Write {{{price.currency}: {price.amount.text}, rate: ...}}, its units for one US dollar."
            self.pen.refuse("PLN012", f"no rate converts {price.currency} to dollars", key, hint)
            return Priced(self.pen.amount(price.amount, key))
        dollars = (price.amount.decimal / rate.decimal).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        notes = self.note("foreign_price", key, amount=price.amount.text, currency=price.currency, rate=rate.text)
        how = f"{price.amount.text} {price.currency} / {rate.text}"
        return Priced(Value(plain(dollars), self.pen.origin(key)), tuple(notes), how)

    def note(self, kind: str, key: Key, **facts: str) -> list[str]:
        """See `Writer`."""
        return [] if self.rows.plan.event_notes is False else self.rows.notebook.given(kind, facts, key)

    def terms_note(self, security: str) -> list[str]:
        """See `Writer`."""
        return terms_note(security, self.rows.terms_of(security), self.rows.plan, self.rows.notebook)

    def contract_note(self, security: str) -> list[str]:
        """See `Writer`."""
        return terms_note(security, self.rows.terms_of(security), self.rows.plan, self.rows.notebook, {"terms"})

    def holders(self) -> Sequence[str]:
        """See `Writer`."""
        return list(self.rows.plan.ownership_lines)

    def called(self, ownership: Ownership, key: Key) -> str:
        """See `Writer`."""
        held = self.rows.holders.find(ownership, key)
        return in_words(held.nature.text) if held.letter == "I" and held.nature else "the reporting person"

    def powers(self, ownership: Ownership) -> str:
        """See `Writer`."""
        return self.rows.holders.powers(ownership)

    def held(self, security: str, ownership: Ownership, key: Key) -> Decimal | None:
        """See `Writer`."""
        holder = self.rows.holders.find(ownership, key)
        self.rows.ledger.incomplete |= not holder.known
        return self.rows.ledger.held(holder.of(security))

    def holdings(self, security: str) -> Sequence[tuple[Ownership, Decimal]]:
        """See `Writer`."""
        return [(ownership_of(account), held) for account, held in self.rows.ledger.accounts(security) if held]

    def move(self, security: str, ownership: Ownership, key: Key, *, change: Decimal, why: str, day: Day) -> None:
        """See `Writer`."""
        holder = self.rows.holders.find(ownership, key)
        own = holder.of(security)
        before = self.rows.ledger.held(own)
        if before is None and not holder.known:
            self.rows.ledger.incomplete = True
        elif before is None:
            if self.rows.ledger.is_news(own):
                hint = f"Under opening: write what was held before, as in {opening_example(own)}."
                self.pen.refuse("PLN012", f"the amount of {security} owned after this can't be derived", key, hint)
        elif before + change < 0:
            message = f"more of {security} goes than is held: {added(before, change)} = {signed(before + change)}"
            self.pen.refuse("BAL003", message, key, "Correct the amount or the opening balance.")
        else:
            self.rows.ledger.move(own, before + change, day.text, why, self.pen.origin(key))

    def settle(
        self, security: str, ownership: Ownership, key: Key, *, amount: Decimal, why: str, day: Day, own: bool = True
    ) -> None:
        """See `Writer`."""
        account = self.rows.holders.find(ownership, key).of(security)
        self.rows.ledger.move(account, amount, day.text, why, self.pen.origin(key), own=own)

    def standing_on(self, security: str) -> Sequence[tuple[str, Security]]:
        """See `Writer`."""
        known = {name: self.rows.adjusted.get(name, one) for name, one in self.rows.plan.securities.items()}
        return [(name, one) for name, one in known.items() if security in (name, one.underlying)]

    def adjust(self, name: str, security: Security) -> None:
        """See `Writer`."""
        self.rows.adjust(name, security)

    def executions(self, fills: Fills, key: Key, *, security: Security, letter: str, on: Day | None) -> Sequence[Group]:
        """See `Writer`."""
        return self.executed.groups(fills, key, letter=letter, on=on, derivative=security.derivative)

    def weighted_average(self, low: Decimal, high: Decimal, key: Key) -> list[str]:
        """See `Writer`."""
        return self.rows.notebook.weighted_average(low, high, key)
