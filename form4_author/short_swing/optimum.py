"""The highest profit that any matching of purchases and sales gives, exactly, with the shadow prices that prove it.

Section 16(b) is made to "squeeze all possible profits" out of short swings: the lowest purchases are held against the
highest sales within the window, each share once (Smolowe v. Delendo Corp., 136 F.2d 231 (2d Cir. 1943); Gratz v.
Claughton, 187 F.2d 46 (2d Cir. 1951)). That is a transportation problem: share by share, a pair of a purchase and a
sale within the window earns the sale's price less the purchase's, and the sum is to be the greatest. Lowest against
highest, one pair after the other, misses it where a window keeps a share from its second choice.

Two things make it quick. What a matching earns depends only on which shares are in it, not on which is held against
which. And since no later trade has an earlier last day, a choice of shares can be matched if and only if matching it in
the order of time works. Let X(t) be the shares bought to the end of day t that are in it, Y(t) those sold, and last(t)
the last day of the window from t. Then the choice can be matched if and only if both hold on every day:

    X(t) <= Y(last(t))    what was bought by t has found its sale by last(t)
    Y(t) <= X(last(t))    what was sold by t has found its purchase by last(t)

Sales are taken in, the highest price first, each against the cheapest purchases that it can still reach: a purchase is
out of reach where one of these conditions, which the two together would strain, has no slack left. Each step is the
best augmenting path of the assignment problem, so the result is an optimum (successive shortest paths). Whether it is
one is not left to this reasoning: `verify` checks each answer by its shadow prices.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Self

from msgspec import Struct

from form4_author.short_swing.shelves import Number, Shelf, Slack
from form4_author.short_swing.windows import Window, last_day


class Lot(Struct, frozen=True):
    """Shares bought, or sold, on one day at one price.

    Attributes:
        day: when.
        shares: how many; none below zero.
        price: of one, in US dollars.
    """

    day: date
    shares: Fraction
    price: Fraction


class Match(Struct, frozen=True):
    """Shares of one purchase held against one sale.

    Attributes:
        purchase: the number of the purchase among those given, from 0.
        sale: the number of the sale.
        shares: how many.
    """

    purchase: int
    sale: int
    shares: Fraction


class Optimum(Struct, frozen=True):
    """The highest profit, in US dollars, and its proof.

    Attributes:
        profit: what the matches earn.
        matches: in the order of time.
        purchases: for each purchase the shadow price of one share, in dollars.
        sales: for each sale likewise. No pair within the window earns more than its two prices, and shares times
            prices add up to the profit: so nothing can earn more.
    """

    profit: Fraction
    matches: tuple[Match, ...]
    purchases: tuple[Fraction, ...]
    sales: tuple[Fraction, ...]


class Tranche(Struct, frozen=True):
    """Some shares of a further lot, and what each of them adds to the profit, in dollars."""

    shares: Fraction
    each: Fraction


class Market:
    """Purchases and sales of one person in one class of securities, matched at the highest profit.

    Args:
        purchases: the purchases.
        sales: the sales.
        window: how the last day is counted.
        days: days beside theirs on which a further sale may be asked about.
    """

    def __init__(
        self,
        purchases: Sequence[Lot],
        sales: Sequence[Lot],
        window: Window = Window.COLONIAL,
        days: Iterable[date] = (),
    ) -> None:
        self.purchases, self.sales = purchases, sales
        lots = [*purchases, *sales]
        self.unit = lcm(1, *(lot.shares.denominator for lot in lots))
        self.dollar = lcm(1, *(lot.price.denominator for lot in lots))
        self.days = sorted({*days, *(lot.day for lot in lots)})
        self.at = {day: index for index, day in enumerate(self.days)}
        ends = [last_day(day, window) for day in self.days]
        #: For each day the last one in its window, and the first one whose window it is in.
        self.last = [bisect_right(self.days, end) - 1 for end in ends]
        self.first = [bisect_left(ends, day) for day in self.days]
        self.bought = [0] * len(purchases)
        self.sold = [0] * len(sales)
        #: Y(last(t)) - X(t) and X(last(t)) - Y(t) of the two conditions.
        self.to_sell, self.to_buy = Slack(len(self.days)), Slack(len(self.days))
        self.free = Shelf(self.by_day(purchases, [self._shares(lot) for lot in purchases]))
        for number in sorted(range(len(sales)), key=lambda number: -sales[number].price):
            self._take_in(number)
        self.matched = Shelf(self.by_day(sales, self.sold))

    def optimum(self) -> Optimum:
        """The matches and their proof."""
        matches = tuple(self._in_order_of_time())
        profit = sum(
            ((self.sales[m.sale].price - self.purchases[m.purchase].price) * m.shares for m in matches), Fraction()
        )
        return Optimum(profit, matches, *self._shadow_prices())

    def further_sale(self, lot: Lot) -> list[Tranche]:
        """What a further sale would add: its shares by what each of them adds, the most first; none where nothing.

        Args:
            lot: the sale; its day is one of those that this market knows.
        """
        found: dict[Number, Number] = {}
        left, price = lot.shares * self.unit, lot.price * self.dollar
        with _Further(self) as state:
            while left and (step := state.step(self.at[lot.day], left, price)) is not None:
                shares, each = step
                left -= shares
                found[each] = found.get(each, 0) + shares
        return [Tranche(Fraction(shares) / self.unit, Fraction(each) / self.dollar) for each, shares in found.items()]

    def threshold(self, day: date) -> Fraction | None:
        """The price above which a further sale on a day would add something; None where none would at any price."""
        with _Further(self) as state:
            cost = state.cheapest(self.at[day])
        return None if cost is None else Fraction(cost[0]) / self.dollar

    def reach(self, day: int) -> tuple[int, int]:
        """The last day without slack for earlier purchases, -1 where none is; the first one for later ones."""
        return self.to_sell.zero_before(self.first[day]), self.to_buy.zero_from(day)

    def until(self, day: int) -> int:
        """The number of days up to the last one in a day's window; all of them behind the last day."""
        return self.last[day] + 1 if day < len(self.days) else len(self.days)

    def _shares(self, lot: Lot) -> int:
        return int(lot.shares * self.unit)

    def _price(self, lot: Lot) -> int:
        return int(lot.price * self.dollar)

    def by_day(self, lots: Sequence[Lot], shares: Sequence[int]) -> list[list[tuple[Number, Number, int]]]:
        """For each day the lots of it, as a shelf takes them: price, shares, and number."""
        days: list[list[tuple[Number, Number, int]]] = [[] for _ in self.days]
        for number, lot in enumerate(lots):
            days[self.at[lot.day]].append((self._price(lot), shares[number], number))
        return days

    def _take_in(self, number: int) -> None:
        """Match a sale, none dearer to come, with the cheapest purchases that it can reach."""
        lot = self.sales[number]
        day, left, price = self.at[lot.day], self._shares(lot), self._price(lot)
        while left:
            before, after = self.reach(day)
            found = self.free.cheapest_of(before + 1, self.until(after))
            if found is None or found[0] >= price:
                return
            there = found[1]
            _, most, purchase = self.free.top(there)
            move = _Move(self.first[day], there, self.first[there], day)
            shares = int(min(left, most, *move.room(self.to_sell, self.to_buy)))
            move.make(self.to_sell, self.to_buy, shares)
            self.free.take(there, shares)
            self.bought[purchase] += shares
            self.sold[number] += shares
            left -= shares

    def _in_order_of_time(self) -> Iterable[Match]:
        """The shares that are in, the first bought against the first sold."""
        buys, sells = (
            sorted((lots[number].day, number) for number in range(len(lots)) if taken[number])
            for lots, taken in ((self.purchases, self.bought), (self.sales, self.sold))
        )
        left_bought, left_sold = self.bought[:], self.sold[:]
        at = 0
        for _, purchase in buys:
            while left_bought[purchase]:
                sale = sells[at][1]
                shares = min(left_bought[purchase], left_sold[sale])
                left_bought[purchase] -= shares
                left_sold[sale] -= shares
                at += not left_sold[sale]
                yield Match(purchase, sale, Fraction(shares, self.unit))

    def _shadow_prices(self) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
        """The shadow prices of which those of the purchases are the least there are, those of the sales the most.

        One share more of a purchase would earn the price of the dearest sale that is free and in reach, or save that
        of the dearest purchase that it could stand in for.
        """
        size = len(self.days)
        free = _Greatest(self._highest(self.sales, self.sold, left=True))
        taken = _Greatest(self._highest(self.purchases, self.bought, left=False))
        costs: list[int | None] = [None] * size
        worth: list[int | None] = []
        for day in range(size):
            before, after = self.to_buy.zero_before(self.first[day]), self.to_sell.zero_from(day)
            earned = free.of(before + 1, self.until(after))
            saved = taken.of(self.until(before) if before >= 0 else 0, min(after + 1, size))
            worth.append(max((price for price in (earned, saved) if price is not None), default=None))
        purchases = []
        for lot in self.purchases:
            day, price = self.at[lot.day], self._price(lot)
            most = worth[day]
            total = price if most is None else max(price, most)
            purchases.append(Fraction(total - price, self.dollar))
            cost = costs[day]
            costs[day] = total if cost is None else min(cost, total)
        cheapest = _Greatest([None if cost is None else -cost for cost in costs])
        sales = []
        for lot in self.sales:
            day = self.at[lot.day]
            least = cheapest.of(self.first[day], self.last[day] + 1)
            sales.append(Fraction(0 if least is None else max(0, self._price(lot) + least), self.dollar))
        return tuple(purchases), tuple(sales)

    def _highest(self, lots: Sequence[Lot], taken: Sequence[int], *, left: bool) -> list[int | None]:
        """By day the highest price of the lots that have shares left, or shares taken."""
        found: list[int | None] = [None] * len(self.days)
        for lot, shares in zip(lots, taken, strict=True):
            if (shares < self._shares(lot)) if left else shares:
                day, price = self.at[lot.day], self._price(lot)
                best = found[day]
                found[day] = price if best is None else max(best, price)
        return found


class _Move(Struct, frozen=True):
    """A change of the choice of shares: from which days on each of the two slacks grows, and shrinks, with it."""

    to_sell_grows: int
    to_sell_shrinks: int
    to_buy_grows: int
    to_buy_shrinks: int

    def room(self, to_sell: Slack, to_buy: Slack) -> list[Number]:
        """How many shares each slack allows; nothing of one that allows any number."""
        found = (
            to_sell.least_of(self.to_sell_shrinks, self.to_sell_grows),
            to_buy.least_of(self.to_buy_shrinks, self.to_buy_grows),
        )
        return [least for least in found if least is not None]

    def make(self, to_sell: Slack, to_buy: Slack, shares: Number) -> None:
        for slack, grows, shrinks in (
            (to_sell, self.to_sell_grows, self.to_sell_shrinks),
            (to_buy, self.to_buy_grows, self.to_buy_shrinks),
        ):
            if shrinks < grows:
                slack.add(shrinks, grows, -shares)
            else:
                slack.add(grows, shrinks, shares)


class _Further:
    """A matched market while a sale is added, at any price: it takes a free purchase, or the place of a sale.

    What it changes is undone at its end.
    """

    def __init__(self, market: Market) -> None:
        self.market = market
        self.done: list[tuple[_Move, Number, Shelf, int, tuple[Number, Number, int]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        market = self.market
        for move, shares, shelf, day, lot in reversed(self.done):
            move.make(market.to_sell, market.to_buy, -shares)
            shelf.put_back(day, lot)

    def cheapest(self, day: int) -> tuple[Number, int, bool] | None:
        """What a sale on a day would cost at least, the day of what it takes, and whether that is a free purchase."""
        market = self.market
        before, after = market.reach(day)
        purchase = market.free.cheapest_of(before + 1, market.until(after))
        start = market.until(before) if before >= 0 else 0
        sale = market.matched.cheapest_of(start, min(after + 1, len(market.days)))
        if sale is not None and (purchase is None or sale[0] < purchase[0]):
            return *sale, False
        return None if purchase is None else (*purchase, True)

    def step(self, day: int, left: Number, price: Number) -> tuple[Number, Number] | None:
        """The best next shares, and what each of them adds; None where nothing more adds anything."""
        found = self.cheapest(day)
        if found is None or found[0] >= price:
            return None
        cost, there, is_free = found
        market, first = self.market, self.market.first
        if is_free:
            shelf, move = market.free, _Move(first[day], there, first[there], day)
        else:
            shelf, move = market.matched, _Move(first[day], first[there], there, day)
        lot = shelf.top(there)
        shares = min(left, lot[1], *move.room(market.to_sell, market.to_buy))
        move.make(market.to_sell, market.to_buy, shares)
        shelf.take(there, shares)
        self.done.append((move, shares, shelf, there, lot))
        return shares, price - cost


class _Greatest:
    """Numbers of which the greatest of any stretch is known at once: each power of two of them is worked out ahead."""

    def __init__(self, numbers: Sequence[int | None]) -> None:
        self.levels: list[list[int | None]] = [[*numbers]]
        step = 1
        while 2 * step <= len(numbers):
            row = self.levels[-1]
            self.levels.append([_greater(a, b) for a, b in zip(row, row[step:], strict=False)])
            step *= 2

    def of(self, start: int, end: int) -> int | None:
        """The greatest from `start` to before `end`; None where there is none."""
        if start >= end:
            return None
        level = (end - start).bit_length() - 1
        return _greater(self.levels[level][start], self.levels[level][end - (1 << level)])


def _greater(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def mirrored(lots: Iterable[Lot]) -> list[Lot]:
    """Purchases as sales, or sales as purchases: with negative prices the one problem is the other."""
    return [Lot(lot.day, lot.shares, -lot.price) for lot in lots]
