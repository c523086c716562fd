"""A plan's transactions and holdings -> lines: each entry is one, or the several lines of its event, in order.

Codes: PLN001 a price or amount that nothing gives, PLN011 keys that don't go together, PLN014 executions that
can't be read, PLN018 an opening balance that stands twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from form4_author.compose.fills import read_fills
from form4_author.compose.pen import Pen
from form4_author.compose.rows import Draft, RowWriter, is_derivative
from form4_author.files.reading import inside
from form4_author.filing import ABSENT, Value
from form4_author.filing.derivation import times
from form4_author.filing.numbers import grouped, plain
from form4_author.findings import Finding, Rejected, Severity
from form4_author.plan.accounts import account
from form4_author.plan.lines import Exercise, Gift, Half, Held, Line, LineNotes, Opening, Transaction, Withheld
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import acquired_or_disposed


@dataclass(slots=True)
class Lines:
    """Goes through a plan's entries and has their lines written.

    Attributes:
        rows: writes the lines.
        folder: the plan's folder, where files of executions are looked up.
        root: the folder that they must stay inside.
    """

    rows: RowWriter
    folder: Path | None
    root: Path | None

    @property
    def pen(self) -> Pen:
        """The pen that the rows are written with."""
        return self.rows.pen

    def write(self) -> None:
        """Write all lines, in the plan's order; holdings listed apart come last."""
        for index, opening in enumerate(self.rows.plan.opening):
            self.opening(opening, ("opening", index))
        for index, entry in enumerate(self.rows.plan.transactions):
            key = ("transactions", index)
            if isinstance(entry, Transaction):
                self.transaction(entry, key)
            elif isinstance(entry, Exercise):
                self.exercise(entry, key)
            elif isinstance(entry, Gift):
                self.gift(entry, key)
            else:
                self.holding(entry, entry.holding, key, (*key, "holding"))
        for index, holding in enumerate(self.rows.plan.holdings):
            key = ("holdings", index)
            self.holding(holding, holding.security, key, (*key, "security"))

    def opening(self, opening: Opening, key: Key) -> None:
        """What was held before the first line."""
        held = opening.amount or opening.value
        if not self.pen.known(opening.security, self.rows.plan.securities, "securities", (*key, "security")):
            self.rows.ledger.incomplete = True
        elif held is None or (opening.amount and opening.value):
            self.rows.ledger.incomplete = True
            self.pen.refuse("PLN011", "an opening balance is an amount or a value", key, "Write one of the two.")
        else:
            own = account(opening.security, opening.ownership)
            if self.rows.ledger.held(own) is not None:
                self.pen.findings.append(
                    Finding(
                        "PLN018",
                        Severity.WARNING,
                        f"the opening balance of {opening.security} stands twice for one form of ownership",
                        self.pen.origin(key),
                        "The later one counts. Keep one, or tell them apart by their nature: {indirect: By Trust A}.",
                    )
                )
            self.rows.ledger.open(own, held.decimal)

    def transaction(self, entry: Transaction, key: Key) -> None:
        """One line as on the form, or one for each group of executions in a file."""
        security = self.rows.security(entry.security, (*key, "security"))
        if security is None:
            return
        letter = entry.acquired_or_disposed or acquired_or_disposed(entry.code, derivative=is_derivative(security))
        draft = replace(
            self.as_on_the_form(entry, key, entry.security, (*key, "security")),
            event=entry,
            code=Value(entry.code, self.pen.origin((*key, "code"))),
            letter=letter or "",
            letter_key=(*key, "acquired_or_disposed" if entry.acquired_or_disposed else "code"),
            derived=() if entry.acquired_or_disposed else (("acquired_disposed", f"code {entry.code}"),),
            amount=self.pen.amount(entry.amount, (*key, "amount")),
            total_value=self.pen.amount(entry.total_value, (*key, "total_value")),
            price=self.pen.amount(entry.price, (*key, "price")),
        )
        if entry.fills is None:
            self.rows.line(draft)
        else:
            self.executions(entry, draft)

    def executions(self, entry: Transaction, draft: Draft) -> None:
        """A line for each group of executions in the entry's file, lowest price first."""
        key = (*draft.key, "fills")
        origin = self.pen.origin(key)
        if entry.amount or entry.price or entry.total_value or entry.balance:
            self.pen.refuse(
                "PLN011", "fills gives amount, price and balance", key, "Leave amount, price and balance out."
            )
            return
        name = entry.fills or ""
        try:
            path = inside(name, self.folder, self.root, origin, "PLN014")
            groups = read_fills(path, str(Path(self.pen.source.file).parent / name), origin)
        except Rejected as refused:
            self.pen.findings.extend(refused.findings)
            return
        for group in groups:
            marks = self.rows.notebook.weighted_average(group.low, group.high, key) if group.low != group.high else []
            notes = LineNotes(price=marks)
            prices = f"${grouped(group.low)}" + (f" to ${grouped(group.high)}" if marks else "")
            price = "weighted average of the executions" if marks else "the executions"
            self.rows.line(
                replace(
                    draft,
                    amount=Value(plain(group.quantity), origin),
                    price=Value(plain(group.price), origin),
                    notes=(*draft.notes, (notes, key)),
                    derived=(
                        *draft.derived,
                        ("shares", f"sum of the executions at {prices} in {name}"),
                        ("price_per_share", f"{price} at {prices} in {name}"),
                    ),
                )
            )

    def exercise(self, entry: Exercise, key: Key) -> None:
        """The derivative's line in Table II, the shares' line in Table I, and shares withheld, if any."""
        security = self.rows.security(entry.exercise, (*key, "exercise"))
        if security is None:
            return
        underlying = security.underlying
        if not isinstance(underlying, str):
            wrong = "has no line in Table I for what is received" if underlying else "is no derivative"
            self.pen.refuse(
                "PLN011",
                f"{entry.exercise} {wrong}, so it can't be exercised into one",
                (*key, "exercise"),
                "Under securities: give it underlying: with the name of the security received; or write the line as "
                "it stands on the form, with security: and code:.",
            )
            return
        ratio = security.underlying_per_unit.decimal if security.underlying_per_unit else Decimal(1)
        shares = Value(plain(entry.amount.decimal * ratio), self.pen.origin((*key, "amount")))
        if ratio == 1:
            shares = self.pen.amount(entry.amount, (*key, "amount"))
        code = Value(entry.code, self.pen.origin((*key, "code")))
        reckoned = times(entry.amount.decimal, ratio)
        both = LineNotes(**{**dict(entry.notes), "price": []})
        one, two = (*key, "table_1"), (*key, "table_2")
        self.rows.line(
            self.half(
                entry.table_2,
                two,
                Draft(
                    key=key,
                    security=entry.exercise,
                    security_key=(*key, "exercise"),
                    event=entry,
                    code=code,
                    letter="D",
                    amount=self.pen.amount(entry.amount, (*key, "amount")),
                    price=Value("0", self.pen.origin(key)),
                    underlying=shares,
                    ownership=entry.ownership,
                    ownership_key=(*key, "ownership"),
                    notes=((both, (*key, "notes")),),
                    derived=(
                        ("acquired_disposed", f"code {entry.code}, the derivative security"),
                        ("underlying_shares", reckoned),
                        ("price_per_share", "nothing is paid for the derivative security"),
                    ),
                ),
            )
        )
        price = self.pen.amount(entry.price, (*key, "price"))
        cost = security.exercise_price.amount if security.exercise_price else None
        derived = [("acquired_disposed", f"code {entry.code}, the securities received"), ("shares", reckoned)]
        if not price.present and cost is not None and not entry.notes.price and not entry.table_1.notes.price:
            derived.append(("price_per_share", f"the exercise price of {entry.exercise}"))
            price = Value(cost.text, self.pen.origin(("securities", entry.exercise, "exercise_price")))
        shares_line = Draft(
            key=key,
            security=underlying,
            security_key=("securities", entry.exercise, "underlying"),
            event=entry,
            code=code,
            letter="A",
            amount=shares,
            price=price,
            ownership=entry.ownership,
            ownership_key=(*key, "ownership"),
            notes=((entry.notes, (*key, "notes")),),
            derived=tuple(derived),
        )
        self.rows.line(self.half(entry.table_1, one, shares_line))
        if entry.withheld is not None:
            self.withheld(entry.withheld, (*key, "withheld"), shares_line)

    def withheld(self, part: Withheld, key: Key, shares_line: Draft) -> None:
        """Shares withheld for price or tax: a disposition of the shares just received."""
        if part.amount is None:
            self.pen.refuse("PLN001", "amount is missing in withheld", key, "The number of shares withheld.")
            return
        draft = replace(
            shares_line,
            key=key,
            code=Value(part.code, self.pen.origin((*key, "code"))),
            letter="D",
            price=ABSENT,
            notes=(),
            derived=(("acquired_disposed", f"code {part.code}, withheld"),),
        )
        self.rows.line(self.half(part, key, draft))

    def half(self, part: Half, key: Key, draft: Draft) -> Draft:
        """The draft with what is particular to this line of an event laid over it."""
        if part.amount is not None:
            draft = replace(draft, amount=self.pen.amount(part.amount, (*key, "amount")))
        if part.price is not None:
            draft = replace(draft, price=self.pen.amount(part.price, (*key, "price")))
        if part.ownership is not None:
            draft = replace(draft, ownership=part.ownership, ownership_key=(*key, "ownership"))
        if "underlying_amount" in part.model_fields_set:
            draft = replace(
                draft,
                underlying=self.pen.amount(part.underlying_amount, (*key, "underlying_amount")),
                underlying_none=part.underlying_amount is None,
            )
        stated = {"shares": part.amount, "price_per_share": part.price}.items()
        said = {name for name, value in stated if value is not None}
        if "underlying_amount" in part.model_fields_set:
            said.add("underlying_shares")
        return replace(
            draft,
            balance=part,
            balance_key=key,
            notes=(*draft.notes, (part.notes, (*key, "notes"))),
            derived=tuple((name, how) for name, how in draft.derived if name not in said),
        )

    def gift(self, entry: Gift, key: Key) -> None:
        """The giver's line and, with `to`, the receiver's."""
        if self.rows.security(entry.gift, (*key, "gift")) is None:
            return
        price = self.pen.amount(entry.price, (*key, "price"))
        given = Draft(
            key=key,
            security=entry.gift,
            security_key=(*key, "gift"),
            event=entry,
            code=Value(entry.code, self.pen.origin((*key, "code"))),
            letter="D",
            amount=self.pen.amount(entry.amount, (*key, "amount")),
            price=price if price.present or entry.notes.price else Value("0", self.pen.origin(key)),
            ownership=entry.ownership,
            ownership_key=(*key, "ownership"),
            balance=entry,
            balance_key=key,
            notes=((entry.notes, (*key, "notes")),),
            derived=(
                ("acquired_disposed", f"code {entry.code}, given"),
                *(() if price.present or entry.notes.price else (("price_per_share", "a gift has no price"),)),
            ),
        )
        self.rows.line(given)
        if entry.to is not None:
            shared = LineNotes(code=entry.notes.code, date=entry.notes.date, amount=entry.notes.amount)
            received = replace(
                given,
                letter="A",
                ownership=entry.to,
                ownership_key=(*key, "to"),
                notes=((shared, (*key, "notes")),),
                derived=(("acquired_disposed", f"code {entry.code}, received"), *given.derived[1:]),
            )
            self.rows.line(self.half(entry.received, (*key, "received"), received))

    def holding(self, entry: Held, name: str, key: Key, security_key: Key) -> None:
        """A line without a transaction."""
        if self.rows.security(name, security_key) is None:
            return
        draft = replace(
            self.as_on_the_form(entry, key, name, security_key),
            holding=True,
            amount=self.pen.amount(entry.amount, (*key, "amount")),
            total_value=self.pen.amount(entry.value, (*key, "value")),
        )
        self.rows.line(draft)

    def as_on_the_form(self, entry: Line, key: Key, name: str, security_key: Key) -> Draft:
        """What a transaction and a holding say alike."""
        return Draft(
            key=key,
            security=name,
            security_key=security_key,
            exercise_price=self.pen.amount(entry.exercise_price, (*key, "exercise_price")),
            underlying=self.pen.amount(entry.underlying_amount, (*key, "underlying_amount")),
            underlying_none="underlying_amount" in entry.model_fields_set and entry.underlying_amount is None,
            underlying_value=self.pen.amount(entry.underlying_value, (*key, "underlying_value")),
            by_value="underlying_value" in entry.model_fields_set,
            ownership=entry.ownership,
            ownership_key=(*key, "ownership"),
            balance=entry,
            balance_key=key,
            notes=((entry.notes, (*key, "notes")),),
        )
