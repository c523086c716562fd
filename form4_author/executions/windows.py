"""Executions -> the lines they share: each of one day, side and account, and of prices within one dollar.

SEC staff no-action letter to Skadden, Arps (25 June 2008): several same-day trades in one direction may stand on one
line at their weighted average price where they lie within one dollar and a footnote gives the range and the
undertaking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from types import MappingProxyType

from msgspec import Struct

from form4_author.executions.trades import Fault, Trade
from form4_author.filing.footnote_wording import dollars
from form4_author.filing.numbers import grouped
from form4_author.plan.scalars import Day

RANGE = Decimal(1)
_CENTS = Decimal("0.0001")
#: Twelve digits and ten decimals of shares, times as many of a price, over 100,000 rows: no sum is rounded.
_EXACT = Context(prec=64)
_MOST_SPANS = 6
_NONE: Mapping[str, str] = MappingProxyType({})


class Group(Struct, frozen=True):
    """Executions that share one line.

    Attributes:
        quantity: number of securities.
        price: weighted average in dollars, rounded half up to EDGAR's four decimals.
        low: lowest price in dollars.
        high: highest price in dollars.
        day: when they were made, where the file tells.
        account: in which account, by its key in the plan; empty where that names none.
        dollars: what they came to, before fees.
        rows: where they stand in the file, counted from 1, in order.
    """

    quantity: Decimal
    price: Decimal
    low: Decimal
    high: Decimal
    day: Day | None = None
    account: str = ""
    dollars: Decimal = Decimal(0)
    rows: tuple[int, ...] = ()

    @property
    def prices(self) -> str:
        """The prices, lowest to highest: `$22.50 to $22.75`."""
        return f"${dollars(self.low)}" + (f" to ${dollars(self.high)}" if self.high != self.low else "")

    @property
    def where(self) -> str:
        """Which rows of the file they are: `rows 4-6, 9`."""
        spans: list[list[int]] = []
        for row in self.rows:
            if spans and row == spans[-1][1] + 1:
                spans[-1][1] = row
            else:
                spans.append([row, row])
        if len(spans) > _MOST_SPANS:
            return f"{len(self.rows):,} of rows {self.rows[0]}-{self.rows[-1]}"
        told = ", ".join(f"{first}-{last}" if last > first else f"{first}" for first, last in spans)
        return f"row{'s' if len(self.rows) > 1 else ''} {told}"


def windows(trades: Sequence[Trade], holders: Mapping[str, str] = _NONE, accounts: Sequence[str] = ()) -> list[Group]:
    """The lines that executions of one side make, by day, account and price, the lowest price of each first.

    From the lowest price up, each line takes all within one dollar: no fewer lines could hold them.

    Args:
        trades: the executions.
        holders: the accounts that stand apart, as the file calls them -> as the plan does; all others are one.
        accounts: the plan's accounts, in their order.

    Raises:
        Fault: the number of shares has more decimals than EDGAR takes.
    """
    order = {account: accounts.index(holder) for account, holder in holders.items()}

    def place(trade: Trade) -> tuple[int, int]:
        return trade.day.date.toordinal() if trade.day else 0, order.get(trade.account, -1)

    groups: list[list[Trade]] = []
    at = None
    for trade in sorted(trades, key=lambda trade: (*place(trade), trade.price)):
        here = place(trade)
        if here == at and trade.price - groups[-1][0].price <= RANGE:
            groups[-1].append(trade)
        else:
            groups.append([trade])
        at = here
    with localcontext(_EXACT):
        return [_group(group, holders.get(group[0].account, "")) for group in groups]


def _group(trades: Sequence[Trade], account: str) -> Group:
    quantity = sum((trade.shares for trade in trades), Decimal(0))
    dollars = sum((trade.shares * trade.price for trade in trades), Decimal(0))
    if quantity != quantity.quantize(_CENTS):
        row = next(trade.row for trade in trades if trade.shares != trade.shares.quantize(_CENTS))
        raise Fault(
            f"the executions of one line add up to {grouped(quantity)}, with more than the four decimals of EDGAR's",
            "Round the shares of this row to four decimals.",
            "quantity",
            row,
        )
    return Group(
        quantity=quantity,
        price=(dollars / quantity).quantize(_CENTS, ROUND_HALF_UP),
        low=trades[0].price,
        high=trades[-1].price,
        day=trades[0].day,
        account=account,
        dollars=dollars,
        rows=tuple(sorted(trade.row for trade in trades)),
    )
