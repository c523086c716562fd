"""The check of an answer by its shadow prices: it shares no code with what found it, and can be done by hand.

Each match stands within the window and no lot gives more shares than it has: so the profit can be had. No pair within
the window earns more a share than the two shadow prices together: so no matching at all earns more than all shares
times their prices. Where that total is the profit, nothing more can be had.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

#: Of a lot: the day, the number of shares, the price of one, and its shadow price.
ProvenLot = tuple[date, Fraction, Fraction, Fraction]


def verify(
    purchases: Sequence[ProvenLot],
    sales: Sequence[ProvenLot],
    matches: Mapping[tuple[int, int], Fraction],
    days_before_anniversary: int = 2,
) -> Fraction | None:
    """The profit, where the matches earn it and the shadow prices prove that none earn more; None where they don't.

    Args:
        purchases: the lots bought.
        sales: the lots sold.
        matches: the shares of a purchase, by its number from 0, that are held against a sale, by its number.
        days_before_anniversary: which day before the six-month anniversary is the last one: 2 by Colonial Realty.
    """

    def within(one: date, other: date) -> bool:
        first, second = min(one, other), max(one, other)
        year, month = first.year + (first.month > 6), (first.month + 5) % 12 + 1
        anniversary = date(year, month, min(first.day, monthrange(year, month)[1]))
        return second <= anniversary - timedelta(days_before_anniversary)

    costs: dict[date, Fraction] = {}
    worths: dict[date, Fraction] = {}
    for day, _, price, shadow in purchases:
        costs[day] = min(costs.get(day, price + shadow), price + shadow)
    for day, _, price, shadow in sales:
        worths[day] = max(worths.get(day, price - shadow), price - shadow)
    left = {("p", n): lot[1] for n, lot in enumerate(purchases)} | {("s", n): lot[1] for n, lot in enumerate(sales)}
    profit = Fraction()
    for (p, s), shares in matches.items():
        left["p", p], left["s", s] = left["p", p] - shares, left["s", s] - shares
        profit += shares * (sales[s][2] - purchases[p][2])
        if shares <= 0 or not within(purchases[p][0], sales[s][0]):
            return None
    near = [timedelta(days) for days in range(-184, 185)]
    none_more = all(
        cost >= worths[sold]
        for bought, cost in costs.items()
        for days in near
        if (sold := bought + days) in worths and within(bought, sold)
    )
    total = sum((lot[1] * lot[3] for lot in (*purchases, *sales)), Fraction())
    proven = none_more and total == profit and all(lot[3] >= 0 for lot in (*purchases, *sales))
    return profit if proven and all(shares >= 0 for shares in left.values()) else None
