"""Lines of a filing that belong together -> events: an exercise with its shares, a gift with its receiver.

A pair becomes an event only where the event writes exactly these lines, in this order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from form4_author.decompose.balances import ownership_of
from form4_author.decompose.entries import Entry, Marks, Scribe, derived_underlying
from form4_author.decompose.securities import brief
from form4_author.filing import Row
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import TRANSACTION_CODES

_BOTH_TABLES = frozenset(
    {
        *("title", "date", "deemed_execution_date", "code", "early", "amount", "acquired_or_disposed"),
        *("balance", "ownership", "nature"),
    }
)
_BOTH_SIDES = ("code", "date", "amount")


@dataclass(frozen=True, slots=True)
class Events:
    """Finds the lines of events, and writes them as entries."""

    scribe: Scribe

    # --- exercises -------------------------------------------------------------------------------------------------

    def pairs(self, table1: Sequence[Row], table2: Sequence[Row]) -> list[tuple[int, int]]:
        """Which line of Table I and which of Table II are one exercise, as many as there are in the same order."""
        fits = [[self.is_exercise(stock, option) for option in table2] for stock in table1]
        best = [[0] * (len(table2) + 1) for _ in range(len(table1) + 1)]
        for i in reversed(range(len(table1))):
            for j in reversed(range(len(table2))):
                here = best[i + 1][j + 1] + 1 if fits[i][j] else 0
                best[i][j] = max(here, best[i + 1][j], best[i][j + 1])
        found, i, j = [], 0, 0
        while i < len(table1) and j < len(table2):
            if fits[i][j] and best[i][j] == best[i + 1][j + 1] + 1:
                found.append((i, j))
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1
        return found

    def is_exercise(self, stock: Row, option: Row) -> bool:
        """Whether an exercise writes these two lines."""
        code = TRANSACTION_CODES.get(option.code.text)
        if code is None or not code.exercise or not _same_event(stock, option):
            return False
        security = self.scribe.securities.of(option)
        shares = derived_underlying(security, option.shares.text)
        price_follows = bool(security.price) or bool(stock.price_per_share)
        return (
            (stock.acquired_disposed.text, option.acquired_disposed.text) == ("A", "D")
            and ownership_of(stock) == ownership_of(option)
            and security.underlying == self.scribe.securities.of(stock).name
            and bool(shares)
            and stock.shares.text == shares
            and bool(option.price_per_share.text)
            and not option.underlying_value
            and price_follows
        )

    def is_withheld(self, stock: Row, after: Row) -> bool:
        """Whether the line after an exercise's shares is of those withheld for it."""
        return (
            after.code.text == "F"
            and not after.holding
            and after.acquired_disposed.text == "D"
            and _same_event(stock, after, code=False)
            and ownership_of(stock) == ownership_of(after)
            and self.scribe.securities.of(stock) is self.scribe.securities.of(after)
            and bool(after.shares.text)
        )

    def exercise(self, stock: Row, option: Row, withheld: Row | None) -> Entry:
        """The entry of an exercise, with the shares withheld for it."""
        scribe = self.scribe
        derivative, common = scribe.securities.of(option), scribe.securities.of(stock)
        code = {} if option.code.text == "M" else {"code": option.code.text}
        data = scribe.dated(option) | {"exercise": derivative.name} | code | {"amount": option.shares.text}
        one, two = scribe.marks(stock, common), scribe.marks(option, derivative)
        if stock.price_per_share.text and ("price" in one or stock.price_per_share.text != derivative.price):
            data["price"] = stock.price_per_share.text
        data |= scribe.owned_as(option) | scribe.marked(option)
        both = {name: marks for name, marks in one.items() if name in _BOTH_TABLES and marks == two.get(name)}
        shared = both | {name: marks for name, marks in one.items() if name == "price"}
        second = scribe.underlying(option, derivative, option.shares.text)
        if option.price_per_share.text != "0":
            second = {"price": option.price_per_share.text} | second
        comments: dict[Key, str] = {}
        for part, row, own, marks in (
            ("table_2", option, second, _without(two, both)),
            ("table_1", stock, {}, _without(one, shared)),
        ):
            data |= self.part(part, row, own, marks, comments)
        if withheld is not None:
            own = {"amount": withheld.shares.text}
            if withheld.price_per_share.text:
                own["price"] = withheld.price_per_share.text
            data |= self.part("withheld", withheld, own, scribe.marks(withheld, common), comments)
        return Entry(data | _notes(shared), comments)

    def part(
        self, name: str, row: Row, own: dict[str, Any], marks: Marks, comments: dict[Key, str]
    ) -> dict[str, dict[str, Any]]:
        """What is particular to one line of an event; nothing where nothing is."""
        stated = self.scribe.balances.after(row, self.scribe.securities.of(row).name)
        if stated.comment:
            comments[(name, stated.key)] = stated.comment
        data = own | stated.keys | _notes(marks)
        return {name: data} if data else {}

    # --- gifts -----------------------------------------------------------------------------------------------------

    def is_gift(self, row: Row) -> bool:
        """Whether a line is that of a gift made."""
        return (
            not row.holding
            and (row.code.text, row.acquired_disposed.text) == ("G", "D")
            and bool(row.shares.text and row.price_per_share)
        )

    def is_received(self, given: Row, row: Row) -> bool:
        """Whether a line is that of the gift's receiver."""
        scribe = self.scribe
        security = scribe.securities.of(row)
        mine, theirs = scribe.marks(given, security), scribe.marks(row, security)
        return (
            row.acquired_disposed.text == "A"
            and not row.holding
            and _same_event(given, row)
            and security is scribe.securities.of(given)
            and row.shares.text == given.shares.text
            and ownership_of(row) != ownership_of(given)
            and bool(row.price_per_share.text or not given.price_per_share.text)
            and bool(row.price_per_share)
            and all(mine.get(name) in (None, theirs.get(name)) for name in _BOTH_SIDES)
        )

    def gift(self, given: Row, received: Row | None) -> Entry:
        """The entry of a gift."""
        scribe = self.scribe
        security = scribe.securities.of(given)
        data = scribe.dated(given) | {"gift": security.name, "amount": given.shares.text}
        marks = scribe.marks(given, security)
        if given.price_per_share.text and (given.price_per_share.text != "0" or "price" in marks):
            data["price"] = given.price_per_share.text
        data |= scribe.owned_as(given)
        if received is not None:
            data["to"] = ownership_of(received)
        data |= scribe.marked(given)
        stated = scribe.balances.after(given, security.name)
        comments: dict[Key, str] = {(stated.key,): stated.comment} if stated.comment else {}
        data |= stated.keys
        if received is not None:
            own = {}
            if received.price_per_share.text != given.price_per_share.text:
                own["price"] = received.price_per_share.text
            shared = {name: marks[name] for name in _BOTH_SIDES if name in marks}
            theirs = _without(scribe.marks(received, security), shared)
            data |= self.part("received", received, own, theirs, comments)
        return Entry(data | _notes(marks), comments)


def _same_event(one: Row, other: Row, *, code: bool = True) -> bool:
    """Whether two transactions share all that an event says once."""
    cells = ("transaction_date", "deemed_execution_date", "timeliness")
    return (
        not one.holding
        and not other.holding
        and all(getattr(one, cell).text == getattr(other, cell).text for cell in cells)
        and one.form_type.text == other.form_type.text
        and one.equity_swap.truth == other.equity_swap.truth
        and (not code or one.code.text == other.code.text)
    )


def _without(marks: Marks, shared: Marks) -> Marks:
    return {name: names for name, names in marks.items() if name not in shared}


def _notes(marks: Marks) -> dict[str, Any]:
    return {"notes": {name: brief(names) for name, names in marks.items()}} if marks else {}
