"""How the time of `short-swing` grows with the number of trades: so many, and four times as many.

    .venv/bin/python -m benchmarks.short_swing [--trades N] [--rounds N]

Histories over two years and over ten, in which windows bind: the optimum with its shadow prices, and its verification;
then plans of thirty lines each, from the files to the JSON. The processor's time is taken, the best of several. Where
the time grows as the trades do, the ratio is about four; above eight it is marked. The smaller number is ten thousand,
which is to take seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path

import form4_author
from benchmarks.size import AIM, best
from form4_author.short_swing.figures import exact
from form4_author.short_swing.optimum import Lot, Market
from form4_author.short_swing.verify import verify
from tests.short_swing.histories import history, shown, trade

YEARS = (2, 10)
ROWS = 30


def some(number: int, years: int) -> list[tuple[date, str, int, Fraction]]:
    """Day, code, shares and price of trades, spread evenly but in no order."""
    found = []
    for at in range(number):
        mixed = [(at * 2654435761 + part * 40503) % 4294967291 * (part + 7) % 1000003 for part in range(4)]
        day = date(2015, 1, 2) + timedelta(mixed[0] % (365 * years))
        found.append((day, "PS"[mixed[1] % 2], 1 + mixed[2] % 5000, Fraction(1000 + mixed[3] % 8000, 100)))
    return found


def solved(purchases: Sequence[Lot], sales: Sequence[Lot]) -> None:
    """The optimum, verified."""
    found = Market(purchases, sales).optimum()
    matches: dict[tuple[int, int], Fraction] = {}
    for match in found.matches:
        pair = match.purchase, match.sale
        matches[pair] = matches.get(pair, Fraction()) + match.shares
    if verify(shown(purchases, found.purchases), shown(sales, found.sales), matches) != found.profit:
        sys.exit("not verified")


def written(folder: Path, trades: Sequence[tuple[date, str, int, Fraction]]) -> None:
    """Plans of these trades in a folder."""
    for at in range(0, len(trades), ROWS):
        lines = [
            trade(str(day), code, str(shares), exact(price)) for day, code, shares, price in trades[at : at + ROWS]
        ]
        (folder / f"{at:06}.yaml").write_text(history(*lines))


def told(folder: Path) -> None:
    """The answer from the files."""
    if not form4_author.short_swing_profit(folder)["insiders"][0]["certificate"]["verified"]:
        sys.exit("not verified")


def main() -> int:
    """Measure and print one table."""
    options = argparse.ArgumentParser(description="short-swing profit by the number of trades")
    options.add_argument("--trades", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    numbers = (chosen.trades, 4 * chosen.trades)
    steep = 0

    def tell(name: str, actions: Sequence[Callable[[], object]]) -> None:
        nonlocal steep
        few, many = (best(action, chosen.rounds) for action in actions)
        steep += many > AIM * few
        print(f"{name:44} {few:9.2f} s {many:9.2f} s {many / few:6.1f}{'  STEEP' if many > AIM * few else ''}")

    print(f"{'':44} {numbers[0]:>9}   {numbers[1]:>9}    ratio")
    for years in YEARS:
        actions = []
        for number in numbers:
            trades = some(number, years)
            sides = [[Lot(d, Fraction(n), p) for d, code, n, p in trades if code == side] for side in "PS"]
            actions.append(partial(solved, *sides))
        tell(f"optimum and verification, {years} years", actions)
    with tempfile.TemporaryDirectory() as folder:
        actions = []
        for number in (chosen.trades // 10, 4 * chosen.trades // 10):
            place = Path(folder, str(number))
            place.mkdir()
            written(place, some(number, 5))
            actions.append(partial(told, place))
        tell(f"from plans to JSON, {chosen.trades // 10} and {4 * chosen.trades // 10} lines", actions)
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
