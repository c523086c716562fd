"""A broker's file of many executions, against the csv module reading the same text; and a plan of it, against reading.

    .venv/bin/python -m benchmarks.executions [--rows N] [--rounds N]

`read` goes from the file's bytes to its executions, `lines` goes on to the lines of the form, `compose` is a whole plan
from its text to its filing. Each is timed in turn with its floor, best of some rounds. Aims: `read` at most 40 times
the csv module, `compose` at most 1.5 times `lines`. How each grows from a tenth of the rows is told beside it.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from form4_author.compose.composition import compose
from form4_author.executions.reading import Asked, read
from form4_author.executions.windows import windows
from form4_author.plan.fills import Fills
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads

HEADER = '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"\n'
PLAN = """\
issuer: {cik: 1999999001, name: "EXAMPLE SYSTEMS, INC.", symbol: EXSY}
owners: [{cik: 1999999101, name: Roe Jane, director: yes}]
rule_10b5_1: no
securities: {common: Common Stock}
opening: [{security: common, amount: 99,000,000}]
transactions: [{sale: common, fills: fills.csv}]
signatures: [{name: /s/ Jane Roe, date: 2026-11-20}]
"""


def history(rows: int) -> bytes:
    """A history in Schwab's layout: sales on two days over three dollars, a dividend in every hundred rows."""
    lines = [HEADER]
    for number in range(rows):
        day, price = 17 + number % 2, f"${22 + number % 3}.{number * 7 % 10_000:04}"
        lines.append(
            f'"11/{day}/2026","Sell","EXSY","EXAMPLE SYSTEMS INC","{number % 900 + 1}","{price}","$0.02","$1.00"\n'
            if number % 100
            else f'"11/{day}/2026","Cash Dividend","EXSY","EXAMPLE SYSTEMS INC","","","","$1.00"\n'
        )
    return "".join(lines).encode()


def best(action: Callable[[], object], rounds: int) -> float:
    """The shortest of several times of the processor, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def main() -> int:
    """Measure and print one table."""
    options = argparse.ArgumentParser(description="a broker's file of executions")
    options.add_argument("--rows", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    asked = Asked(fills=Fills(file="fills.csv"), letter="D", names=("EXSY",))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()

        def timed(rows: int) -> dict[str, float]:
            data = history(rows)
            (folder / "fills.csv").write_bytes(data)

            def composed() -> object:
                source = loads(PLAN, folder=folder)
                return compose(read_plan(source), source, folder=folder, root=folder)

            return {
                "csv": best(lambda: list(csv.reader(io.StringIO(data.decode()))), chosen.rounds),
                "read": best(lambda: read(data, asked), chosen.rounds),
                "lines": best(lambda: windows(read(data, asked).trades), chosen.rounds),
                "compose": best(composed, chosen.rounds),
            }

        few, many = timed(max(chosen.rows // 10, 1)), timed(chosen.rows)
    print(f"{chosen.rows:,} rows, best of {chosen.rounds}")
    for what, took in many.items():
        print(f"{what:8} {took * 1000:9.1f} ms   ratio to a tenth of the rows {took / few[what]:5.1f}")
    checks = {
        "read / csv": (many["read"] / many["csv"], 40),
        "compose / lines": (many["compose"] / many["lines"], 1.5),
    }
    for what, (ratio, aim) in checks.items():
        print(f"{what}: {ratio:.2f} (aim: at most {aim}){'' if ratio <= aim else '  MISSED'}")
    return int(any(ratio > aim for ratio, aim in checks.values()))


if __name__ == "__main__":
    sys.exit(main())
