"""What an event says of each line it writes, and what it needs of whoever writes the form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from form4_author.filing import ABSENT, Value
from form4_author.findings import Origin
from form4_author.plan.entries.shared import Balance, LineNotes, Timed
from form4_author.plan.fills import Fills
from form4_author.plan.ownership import Ownership
from form4_author.plan.prices import ForeignPrice
from form4_author.plan.scalars import Amount, Day
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key

if TYPE_CHECKING:
    from form4_author.executions.windows import Group

NO_BALANCE = Balance()


class Draft(Struct, frozen=True, kw_only=True):
    """What one line says, gathered from its entry: plan values, with the key path each came from.

    Attributes:
        key: the entry, or the part of it that is particular to this line.
        security: the security, by name.
        dated: when it was done, and how; None for a holding.
        dated_key: where that is said; where the line is, if not given.
        on: the day of this line, where it is not the entry's own; and where it is said.
        late: the form that a holding had been due on; empty where it is not late.
        letter: A or D; empty where nothing tells.
        amount_key: where a finding on too large an amount is to point; at the line where it isn't given.
        underlying_none: a footnote alone tells the number of underlying securities.
        by_value: the underlying securities are told by their value.
        balance: what is stated of the amount owned afterwards.
        notes: the footnotes on the line, with the key paths that they stand below.
        given: those that the event gives by itself; `none` among the notes on a cell leaves them out there.
        derived: cells of the row that the entry doesn't state, by attribute, and how they follow.
        dollars: what the executions of the line came to, before fees; None where it is of none.
    """

    key: Key
    security: str
    security_key: Key
    dated: Timed | None = None
    dated_key: Key = ()
    on: Day | None = None
    on_key: Key = ()
    late: str = ""
    code: Value = ABSENT
    letter: str = ""
    letter_key: Key = ()
    amount: Value = ABSENT
    amount_key: Key = ()
    total_value: Value = ABSENT
    price: Value = ABSENT
    exercise_price: Value = ABSENT
    underlying: Value = ABSENT
    underlying_none: bool = False
    underlying_value: Value = ABSENT
    by_value: bool = False
    ownership: Ownership = "direct"
    ownership_key: Key = ()
    balance: Balance = NO_BALANCE
    balance_key: Key = ()
    notes: tuple[tuple[LineNotes, Key], ...] = ()
    given: tuple[tuple[LineNotes, Key], ...] = ()
    derived: tuple[tuple[str, str], ...] = ()
    dollars: Decimal | None = None

    @property
    def holding(self) -> bool:
        """True for a line without a transaction."""
        return self.dated is None

    @property
    def day(self) -> Day | None:
        """The transaction date."""
        return self.on or (self.dated.day if self.dated else None)


class Priced(Struct, frozen=True):
    """A price as the form takes it.

    Attributes:
        value: in dollars; absent where there is none.
        notes: names of the footnotes that it brings.
        how: how it follows, where it is converted.
    """

    value: Value
    notes: tuple[str, ...] = ()
    how: str = ""


class Writer(Protocol):
    """Writes the form: what an event needs of it. Findings are gathered there, and nothing is raised."""

    def security(self, name: str, key: Key, *, of_key: bool = False) -> Security | None:
        """The security of that name; None, and a finding at the key path, where there is none.

        `of_key` points at the key's own text, where that is the name.
        """

    def line(self, draft: Draft) -> None:
        """Write one line into the table of its security."""

    def origin(self, key: Key) -> Origin:
        """Where a key path of the plan stands."""

    def amount(self, amount: Amount | None, key: Key) -> Value:
        """A number, its digits as written; absent for None."""

    def refuse(self, code: str, message: str, key: Key, hint: str = "") -> None:
        """Note an error at a key path."""

    def warn(self, code: str, message: str, key: Key, hint: str = "") -> None:
        """Note a warning at a key path."""

    def unknown(self, message: str, key: Key, hint: str = "") -> None:
        """Note that a balance can't be derived (PLN012), unless one that can't be understood is told already."""

    def price(self, price: Amount | ForeignPrice | None, security: str, key: Key) -> Priced:
        """A price in dollars: as written, or converted to four decimals, half up, with the footnote that says so."""

    def note(self, kind: str, key: Key, **facts: str) -> list[str]:
        """The name of a footnote of a kind of `plan.note_kinds`, its facts as text for people."""

    def terms_note(self, security: str) -> list[str]:
        """The name of the footnote on what one unit of a derivative becomes, for the line of Table I; none without."""

    def contract_note(self, security: str) -> list[str]:
        """The name of the footnote on the terms of a contract, for its price; none where the security has none."""

    def holders(self) -> Sequence[str]:
        """The names of holders that the plan gives."""

    def called(self, ownership: Ownership, key: Key) -> str:
        """Who holds so, in words: `the reporting person`, `the Family Trust`."""

    def powers(self, ownership: Ownership) -> str:
        """Who has voting and investment power over what is held so, in words; empty where no note says."""

    def held(self, security: str, ownership: Ownership, key: Key) -> Decimal | None:
        """How much is owned now; None where nothing tells."""

    def holdings(self, security: str) -> Sequence[tuple[Ownership, Decimal]]:
        """Each form of ownership in which some of a security is owned now, and how much."""

    def move(self, security: str, ownership: Ownership, key: Key, *, change: Decimal, why: str, day: Day) -> None:
        """Change a balance without a line; `why` stands in one footnote on the next amount reported of it."""

    def settle(
        self, security: str, ownership: Ownership, key: Key, *, amount: Decimal, why: str, day: Day, own: bool = True
    ) -> None:
        """Set a balance without a line; `why` stands in one footnote on the next amount reported of it.

        `own` is False of a balance that only follows another: that it then stands on no line is no news.
        """

    def standing_on(self, security: str) -> Sequence[tuple[str, Security]]:
        """A security, and the derivatives that it underlies, by name, as their terms are now."""

    def adjust(self, name: str, security: Security) -> None:
        """Go on with other terms of a security, as after a split."""

    def executions(self, fills: Fills, key: Key, *, security: Security, letter: str, on: Day | None) -> Sequence[Group]:
        """The executions in a broker's file, by line; none, and findings, where they can't be told.

        Args:
            fills: what the plan says of the file.
            key: where it says so.
            security: the security that they are of.
            letter: A purchases or D sales; those of the other side are left alone.
            on: the entry's date, which must be one of the file's days; None without one.
        """

    def weighted_average(self, low: Decimal, high: Decimal, key: Key) -> list[str]:
        """The name of the footnote on a weighted average price, from the lowest to the highest in dollars."""
