"""What differs between two forms, and the largest form as a redline.

    .venv/bin/python -m benchmarks.redline [--rounds N]

Lines and footnotes are held against those of another form, of which a tenth say something else, at a size and at four
times that size; and against a form that has nothing in common with it, where the work is bounded. Then the page: the
largest form there can be, as HTML, plain and as a redline of one that says otherwise in a quarter of its lines and half
of its footnotes. Time is the processor's, the median of the rounds. Aim: about four times as long for four times as
much, and the redline below 100 ms.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from form4_author.filing import Field, Row, Table, Value
from form4_author.filing.alignment import paired_rows, reworded
from form4_author.page import drawing
from tests.page_filings import largest


def milliseconds(action: Callable[[], object], rounds: int) -> float:
    """The median of the processor's time for an action."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def line(number: int, *, title: str = "Common Stock", price: str = "") -> Row:
    """A sale like many others."""
    return Row(
        table=Table.I,
        holding=False,
        security_title=Field(Value(title)),
        transaction_date=Field(Value(f"2026-05-{number % 28 + 1:02}")),
        shares=Field(Value(str(100 + number * 7))),
        price_per_share=Field(Value(price or f"{20 + number // 100}.{number % 100:02}")),
        shares_owned_following=Field(Value(str(1_000_000 - number * 3))),
        acquired_disposed=Field(Value("D")),
        direct_or_indirect=Field(Value("D")),
    )


def notes(count: int, words: str) -> dict[str, str]:
    """Footnotes in these words, each with its own figures."""
    return {f"F{n}": f"{words} from ${n}.01 to ${n}.99" for n in range(count)}


def changed(count: int) -> list[Row]:
    """The lines, a tenth of them at another price."""
    return [line(n, price="9.99" if n % 10 == 0 else "") for n in range(count)]


def fewer(count: int) -> list[Row]:
    """The lines, each seventeenth gone."""
    return [line(n) for n in range(count) if n % 17]


def others(count: int) -> list[Row]:
    """Lines of which none is alike."""
    return [line(n + 9999, title="Warrant") for n in range(count)]


def table() -> list[tuple[str, int, Callable[[int], object]]]:
    """What is compared: its name, how many, and the comparison of that many."""
    rows = [line(n) for n in range(480)]
    then = notes(180, "The shares were sold at prices")
    now = notes(180, "The shares were sold that day at prices")
    apart = {f"F{n}": " ".join(f"{n}x{at}" for at in range(12)) for n in range(180)}

    def some(texts: dict[str, str], count: int) -> dict[str, str]:
        return {name: texts[name] for name in list(texts)[:count]}

    return [
        ("lines, a tenth changed", 120, lambda n: [*paired_rows(rows[:n], changed(n))]),
        ("lines, each 17th gone", 120, lambda n: [*paired_rows(rows[:n], fewer(n))]),
        ("lines, none alike", 120, lambda n: [*paired_rows(rows[:n], others(n))]),
        ("footnotes in other words", 45, lambda n: reworded(some(then, n), some(now, n))),
        ("footnotes, none alike", 45, lambda n: reworded(some(then, n), some(apart, n))),
    ]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.redline", description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured (default 7)")
    rounds = parser.parse_args().rounds
    print(f"{'ms':28}{'n':>6}{'of n':>10}{'of 4n':>10}{'ratio':>8}   rounds: {rounds}")
    for name, count, compare in table():
        one, four = (milliseconds(partial(compare, size), rounds) for size in (count, 4 * count))
        print(f"{name:28}{count:6}{one:10.2f}{four:10.2f}{four / one:8.2f}")
    form = largest()
    other = replace(
        form,
        table1=tuple(
            replace(row, shares=Field(Value(str(n))), price_per_share=Field(Value("9.99"))) if n % 4 == 0 else row
            for n, row in enumerate(form.table1)
        ),
        footnotes=tuple(
            replace(note, text=Value(f"{note.text.text} As amended.")) if n % 2 else note
            for n, note in enumerate(form.footnotes)
        ),
    )
    drawing.html(form, against=other)
    for name, against in (("the largest form", None), ("the same as a redline", other)):
        print(f"{name:28}{'':6}{milliseconds(partial(drawing.html, form, against=against), rounds):10.1f}")


if __name__ == "__main__":
    main()
