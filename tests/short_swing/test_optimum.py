"""The highest profit, against an independent optimum; and what one sale more would add."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from form4_author.short_swing.optimum import Lot, Market, mirrored
from form4_author.short_swing.windows import Window, last_day
from tests.short_swing.histories import checked, lots

HISTORIES = 800


def test_purchases_and_sales_of_a_spring_and_summer() -> None:
    found = checked(
        lots(("2016-03-01", 200, "40"), ("2016-05-01", 100, "35"), ("2016-07-01", 100, "45")),
        lots(("2016-04-01", 100, "20"), ("2016-06-01", 200, "50"), ("2016-08-01", 100, "40")),
    )
    assert found.profit == 2500


def test_lowest_in_highest_out_misses_it_where_a_window_binds() -> None:
    purchases = lots(("2024-03-01", 100, "10"), ("2024-11-01", 100, "12"))
    sales = lots(("2024-01-02", 100, "14"), ("2024-06-03", 100, "20"), ("2024-12-16", 50, "13"))
    assert checked(purchases, sales).profit == 1200
    assert greedy(purchases, sales) == 1050


def test_by_one_day_nothing() -> None:
    purchases, sales = lots(("1973-06-19", 45000, "6.86")), lots(("1972-12-20", 50000, "63.49"))
    assert checked(purchases, sales).profit == 0
    assert checked(purchases, sales, Window.CALENDAR).profit == Fraction("2548350")
    assert checked(lots(("1973-06-18", 45000, "6.86")), sales).profit == Fraction("2548350")


def test_a_chain_of_windows_gives_way_all_along() -> None:
    """The last sale has only the last purchase; each purchase before then goes to the sale before it."""
    purchases = lots(("2020-01-01", 10, "1"), ("2020-05-01", 10, "1"), ("2020-09-01", 10, "1"))
    sales = lots(("2020-05-02", 10, "9"), ("2020-09-02", 10, "8"), ("2021-02-01", 10, "2"))
    assert checked(purchases, sales).profit == 80 + 70 + 10


def test_fractions_of_shares_and_of_cents_are_exact() -> None:
    purchases = [Lot(date(2026, 1, 5), Fraction("43.118"), Fraction("31.1512"))]
    sales = [Lot(date(2026, 1, 5), Fraction(1, 3), Fraction("31.1513"))]
    assert checked(purchases, sales).profit == Fraction(1, 30000)


def test_nothing_is_owed_of_nothing_and_none_at_a_loss() -> None:
    assert checked([], []).profit == 0
    assert checked(lots(("2026-01-05", 10, "9")), []).purchases == (Fraction(),)
    assert checked(lots(("2026-01-05", 10, "9")), lots(("2026-01-06", 10, "8"))).matches == ()
    assert checked(lots(("2026-01-05", 0, "9")), lots(("2026-01-06", 10, "80"))).matches == ()


@pytest.mark.parametrize("window", Window)
def test_random_histories_have_the_optimum_that_another_way_finds(window: Window) -> None:
    chance = random.Random(f"histories {window}")
    different = 0
    for _ in range(HISTORIES):
        span = chance.choice((100, 250, 500, 900))
        purchases, sales = (some_lots(chance, span, chance.randint(0, 9)) for _ in range(2))
        profit = checked(purchases, sales, window).profit
        assert profit == by_flow(purchases, sales, window), (purchases, sales)
        different += profit != greedy(purchases, sales, window)
    assert different > HISTORIES // 50  # windows that bind are among them


def test_a_sale_more_adds_what_solving_anew_tells() -> None:
    chance = random.Random("one more")
    for _ in range(400):
        purchases, sales = (some_lots(chance, chance.choice((200, 600)), chance.randint(0, 7)) for _ in range(2))
        (more,) = some_lots(chance, 400, 1)
        before = checked(purchases, sales).profit
        parts = Market(purchases, sales, days=[more.day]).further_sale(more)
        assert sum((part.shares * part.each for part in parts), before) == checked(purchases, [*sales, more]).profit
        assert [part.each for part in parts] == sorted((part.each for part in parts), reverse=True)
        (turned,) = mirrored([more])
        parts = Market(mirrored(sales), mirrored(purchases), days=[more.day]).further_sale(turned)
        assert sum((part.shares * part.each for part in parts), before) == checked([*purchases, more], sales).profit


def test_long_histories_are_proven_too() -> None:
    chance = random.Random("long")
    purchases, sales = (some_lots(chance, 2000, 600) for _ in range(2))
    assert checked(purchases, sales).profit > 0


def some_lots(chance: random.Random, span: int, number: int) -> list[Lot]:
    """Lots on days that are often window's ends, at few prices, so that ties are among them."""
    days = [chance.randrange(span) for _ in range(number)]
    return [
        Lot(date(2023, 8, 1) + timedelta(day), Fraction(chance.randint(1, 6)), Fraction(chance.randint(1, 40), 4))
        for day in days
    ]


def within(one: Lot, other: Lot, window: Window) -> bool:
    first, second = sorted((one.day, other.day))
    return second <= last_day(first, window)


def greedy(purchases: list[Lot], sales: list[Lot], window: Window = Window.COLONIAL) -> Fraction:
    """Lowest in, highest out: the pair that earns the most, then the next."""
    left = {id(lot): lot.shares for lot in (*purchases, *sales)}
    total = Fraction()
    for buy, sell in sorted(((b, s) for b in purchases for s in sales), key=lambda pair: pair[0].price - pair[1].price):
        if within(buy, sell, window) and sell.price > buy.price:
            shares = min(left[id(buy)], left[id(sell)])
            left[id(buy)] -= shares
            left[id(sell)] -= shares
            total += shares * (sell.price - buy.price)
    return total


def by_flow(purchases: list[Lot], sales: list[Lot], window: Window) -> Fraction:
    """The optimum by the textbook: flow over every pair, along the cheapest path while one costs less than nothing."""
    flow, sink = Flow(), len(purchases) + len(sales) + 1
    for number, lot in enumerate(purchases, 1):
        flow.edge(0, number, lot.shares, Fraction())
    for number, lot in enumerate(sales, len(purchases) + 1):
        flow.edge(number, sink, lot.shares, Fraction())
        for other, bought in enumerate(purchases, 1):
            if within(bought, lot, window):
                flow.edge(other, number, min(lot.shares, bought.shares), bought.price - lot.price)
    total = Fraction()
    while path := flow.path(sink):
        shares = min(flow.room[at] for at in path)
        for at in path:
            flow.room[at] -= shares
            flow.room[at ^ 1] += shares
        total -= shares * sum(flow.edges[at][2] for at in path)
    return total


class Flow:
    """A network: each edge with its way back beside it, and how much more each takes."""

    def __init__(self) -> None:
        self.edges: list[tuple[int, int, Fraction]] = []
        self.room: list[Fraction] = []

    def edge(self, one: int, other: int, shares: Fraction, cost: Fraction) -> None:
        self.edges += [(one, other, cost), (other, one, -cost)]
        self.room += [shares, Fraction()]

    def path(self, sink: int) -> list[int]:
        """The cheapest way from 0 to the sink by its edges (Bellman and Ford); none where it costs nothing or more."""
        cost, came = {0: Fraction()}, dict[int, int]()
        for _ in range(sink):
            for at, (one, other, price) in enumerate(self.edges):
                if self.room[at] and one in cost and cost[one] + price < cost.get(other, Fraction(10**9)):
                    cost[other], came[other] = cost[one] + price, at
        path: list[int] = []
        while cost.get(sink, Fraction()) < 0 and (node := self.edges[path[-1]][0] if path else sink):
            path.append(came[node])
        return path
