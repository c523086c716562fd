"""Round trip of a folder of filings: `python -m tests.round_trip FOLDER [--every N]`.

Each ownership XML becomes a plan, is built again as a document of its kind, and compared element by element. Shows a
progress bar; then how many came back whole, what differed in the others, the rate, the memory, and the ratio of the
time to lxml's bare parse of the same files. Exit code 1 where a document did not come back whole.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from tests.imported import round_trip_file

_BAR = 40


def run(paths: Sequence[Path]) -> int:
    """Round-trip the files and print the figures; how many did not come back whole."""
    begun = time.perf_counter()
    for path in paths:
        etree.parse(path)
    floor = time.perf_counter() - begun
    broken = 0
    begun = time.perf_counter()
    for done, path in enumerate(paths, start=1):
        wrong = round_trip_file(path).wrong
        if wrong:
            broken += 1
            sys.stderr.write("\r" + " " * (_BAR + 40) + "\r")
            sys.stdout.write(f"{path}\n" + "".join(f"    {one}\n" for one in wrong[:5]))
        if done % 10 == 0 or done == len(paths):
            bar = "#" * (done * _BAR // len(paths))
            rate = done / (time.perf_counter() - begun)
            sys.stderr.write(f"\r[{bar:<{_BAR}}] {done}/{len(paths)}  {rate:.0f}/s")
            sys.stderr.flush()
    took = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    whole = len(paths) - broken
    sys.stderr.write("\n")
    sys.stdout.write(
        f"{whole} of {len(paths)} came back whole ({100 * whole / len(paths):.2f}%)\n"
        f"{took:.1f} s, {len(paths) / took:.0f} filings a second, {memory:.0f} MB at most\n"
        f"lxml's bare parse of the same files: {floor:.2f} s; ratio {took / floor:.0f}\n"
    )
    return broken


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="a folder with ownership XML files, in folders or not")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth file")
    asked = parser.parse_args()
    paths = sorted(asked.folder.rglob("*.xml"))[:: asked.every]
    if not paths:
        parser.error(f"there are no .xml files in {asked.folder}")
    return 1 if run(paths) else 0


if __name__ == "__main__":
    sys.exit(main())
