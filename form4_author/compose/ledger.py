"""Running balances: what is owned of each security, in each form of ownership, after each line.

SEC, Section 16 Electronic Reporting FAQ 1: each line tells the amount owned after it, a running tally.

Codes: BAL002 a stated balance differs from the derived one, BAL003 a derived balance is below zero, PLN012 a
balance that neither is stated nor can be derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from form4_author.filing.numbers import grouped
from form4_author.findings import NOWHERE, Finding, Origin, error
from form4_author.plan.accounts import Account


class Position(Enum):
    """What a balance counts: what is held (of a contract that may also be written), or what is owed.

    `overdone` says what a balance below zero means, `way_out` what to do about it.
    """

    HELD = ("is disposed of than is held", "Correct the amount or the opening balance.")
    CONTRACT = (
        "is disposed of than is held",
        "Correct the amount or the opening balance; where it is written, not held, say so under its name: short: yes.",
    )
    OWED = ("is closed than is owed", "Correct the amount or the opening balance.")

    def __init__(self, overdone: str, way_out: str) -> None:
        self.overdone = overdone
        self.way_out = way_out


class Step(Struct, frozen=True):
    """One step of a running tally.

    Attributes:
        account: the security and the form of ownership.
        day: when, as `YYYY-MM-DD`; empty for the opening.
        what: what happened: `owned before`, `code S`, `holding`, or what needs no line.
        change: what it added; None where only the balance is told.
        after: the balance after it.
    """

    account: Account
    day: str
    what: str
    change: Decimal | None
    after: Decimal


class Closing(Struct, frozen=True):
    """What is held at the end.

    Attributes:
        account: the security and the form of ownership.
        amount: in shares or in dollars.
        by_value: it is in dollars.
        origin: what last told it.
        moved: what moved it without a line since it was last reported.
    """

    account: Account
    amount: Decimal
    by_value: bool
    origin: Origin
    moved: tuple[str, ...] = ()


class Ledger(Struct):
    """The balances while the lines of a plan are gone through in order.

    Attributes:
        findings: what did not add up.
        steps: the running tally of all accounts, in the order of the plan.
        incomplete: an opening balance could not be understood, so that what can't be derived is no news.
        by_value: accounts that are kept in dollars.
    """

    findings: list[Finding] = []
    incomplete: bool = False
    _held: dict[Account, Decimal] = {}
    _unknown: set[Account] = set()
    _opened: dict[Account, Decimal] = {}
    _tales: dict[Account, list[str]] = {}
    _moved: dict[Account, Origin] = {}
    steps: list[Step] = []
    by_value: set[Account] = set()
    _last: dict[Account, Origin] = {}

    def open(self, account: Account, amount: Decimal, origin: Origin = NOWHERE, moved: Sequence[str] = ()) -> None:
        """State what is held before the first line, where that is said, and what of it was reported on no line yet."""
        self._held[account] = self._opened[account] = amount
        if moved:
            self._tales[account] = [*moved]
        self._last[account] = origin
        self.steps.append(Step(account, "", "owned before", None, amount))

    def closing(self) -> list[Closing]:
        """What is held at the end, of all that is known, in the order in which it came up."""
        return [
            Closing(
                account,
                amount,
                account in self.by_value,
                self._last.get(account, NOWHERE),
                tuple(self._tales.get(account, ())),
            )
            for account, amount in self._held.items()
        ]

    def accounts(self, security: str) -> list[tuple[Account, Decimal]]:
        """The balances of a security that are known, in the order in which they came up."""
        return [(account, amount) for account, amount in self._held.items() if account[0] == security]

    def move(self, account: Account, amount: Decimal, day: str, why: str, origin: Origin, *, own: bool = True) -> None:
        """Set a balance without a line.

        Args:
            account: the security and the form of ownership.
            amount: what is held from now on.
            day: when, as `YYYY-MM-DD`.
            why: what happened, for the footnote on the next balance that is reported.
            origin: what says so.
            own: it is of this balance; False where this one only follows another.
        """
        before = self._held.get(account)
        self._opened.pop(account, None)
        self._held[account] = amount
        self._tales.setdefault(account, []).append(why)
        self._last[account] = origin
        if own:
            self._moved[account] = origin
        self.steps.append(Step(account, day, why, None if before is None else amount - before, amount))

    def is_news(self, account: Account) -> bool:
        """True the first time that it is said of an account that its balance can't be derived."""
        if account in self._unknown or self.incomplete:
            return False
        self._unknown.add(account)
        return True

    def untold(self) -> list[tuple[Account, Origin]]:
        """The balances that moved without a line and stand on no line since, and what moved each last."""
        return [(account, self._moved[account]) for account in self._tales if account in self._moved]

    def tales(self, account: Account) -> list[str]:
        """What moved a balance without a line since it was last reported, each told once."""
        return self._tales.pop(account, [])

    def enter(self, account: Account, day: str, what: str, change: Decimal | None) -> None:
        """Keep a line's step of the running tally, behind what it made of the balance."""
        if (after := self._held.get(account)) is not None:
            self.steps.append(Step(account, day, what, change, after))

    def opened(self, account: Account) -> Decimal | None:
        """What is held before the first line; None where nothing tells, and after that line."""
        return self._opened.get(account)

    def held(self, account: Account) -> Decimal | None:
        """What is held now; None where nothing tells."""
        return self._held.get(account)

    def restate(self, account: Account, amount: Decimal) -> None:
        """Go on from a balance that does not follow from the lines before."""
        self._opened.pop(account, None)
        self._held[account] = amount

    def post(
        self,
        account: Account,
        change: Decimal,
        stated: Decimal | None,
        origin: Origin,
        position: Position = Position.HELD,
        way_out: str = "",
    ) -> Decimal | None:
        """Enter a line's change, and tell what is owned after it.

        Args:
            account: the security and the form of ownership.
            change: what the line adds; negative where it takes away.
            stated: the balance that the author wrote, where there is one; checked.
            origin: the line, or the balance that the author wrote.
            position: what the balance counts.
            way_out: what to do where the balance can't be told; to write the opening balance where not given.

        Returns:
            The balance after the line; None where it can't be told, which is a finding (once an account).
        """
        self._opened.pop(account, None)
        self._last[account] = origin
        before = self._held.get(account)
        derived = None if before is None else before + change
        if stated is not None:
            if derived is not None and before is not None and derived != stated:
                self.findings.append(
                    error(
                        "BAL002",
                        f"the balance {grouped(stated)} is not what the lines give: "
                        f"{added(before, change)} = {grouped(derived)}",
                        origin,
                        hint="Correct the amount or the opening balance; where the amount owned really doesn't follow "
                        "from the lines, write restated_balance and a footnote that says why.",
                    )
                )
            self._held[account] = stated
            return stated
        if derived is None or before is None:
            if self.is_news(account):
                self.findings.append(
                    error(
                        "PLN012",
                        f"the amount of {account[0]} owned after this line can't be derived",
                        origin,
                        hint=way_out
                        or f"Under opening: write what was held before, as in {opening_example(account)}; or write "
                        "balance: on this line.",
                    )
                )
            return None
        if derived < 0:
            self.findings.append(
                error(
                    "BAL003",
                    f"more of {account[0]} {position.overdone}: {added(before, change)} = {grouped(derived)}",
                    origin,
                    hint=position.way_out,
                )
            )
            self._held[account] = Decimal(0)
            return Decimal(0)
        self._held[account] = derived
        return derived


def added(before: Decimal, change: Decimal) -> str:
    """What was held and what a line changes, for people: `10,000 - 400`."""
    return f"{grouped(before)} {'-' if change < 0 else '+'} {grouped(abs(change))}"


def signed(number: Decimal) -> str:
    """A number for people, below zero with a minus."""
    return grouped(number) if number >= 0 else f"-{grouped(-number)}"


def opening_example(account: Account) -> str:
    """How a plan states the opening balance of an account."""
    security, form, nature = account
    ownership = "" if form == "direct" else f", ownership: {{indirect: {nature}}}" if nature else f", ownership: {form}"
    return f"- {{security: {security}, amount: 1,000{ownership}}}"
