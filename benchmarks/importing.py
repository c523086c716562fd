"""`import` of real filings, against lxml's bare parse of the same documents.

    .venv/bin/python -m benchmarks.importing [--every N]

For each filing both run in turn, best of several: the import with its proof that the plan says all that the document
says, and lxml making a tree of the file, nothing of which is looked at. The filings are the reference data beside the
checkout. Time is the processor's.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lxml import etree

from form4_author.conversion import import_file
from form4_author.files.inputs import Input

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "form4"


def best(action: Callable[[], object], rounds: int, times: int) -> float:
    """The shortest of several times, in milliseconds, each of so many in a row."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            action()
        found.append((time.process_time() - start) / times)
    return min(found) * 1000


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing", description=__doc__.split("\n")[0])
    parser.add_argument("--every", type=int, default=25, help="take every Nth filing (default 25)")
    every = parser.parse_args().every
    if not CORPUS.exists():
        sys.exit(f"the reference filings are not there: {CORPUS}")
    rows = []
    for path in sorted(CORPUS.rglob("*.xml"))[::every]:
        tool = best(partial(import_file, Input(str(path), path)), 3, 3)
        floor = best(partial(etree.parse, str(path)), 3, 20)
        rows.append((tool / floor, tool, floor))
    low, middle, high = statistics.quantiles((ratio for ratio, _, _ in rows), n=4)
    print(f"{len(rows)} filings")
    print(f"import      median {statistics.median(tool for _, tool, _ in rows):8.3f} ms")
    print(f"lxml        median {statistics.median(floor for _, _, floor in rows):8.3f} ms")
    print(f"ratio       median {middle:8.1f}   quartiles {low:.1f} to {high:.1f}")


if __name__ == "__main__":
    main()
