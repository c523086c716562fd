"""Round trip of a folder of filings: `python -m tests.round_trip FOLDER [--every N]`.

Each ownership XML becomes a plan, is built again as a document of its kind, and compared element by element. Shows a
progress bar; then how many came back whole, what differed in the others, how many plans are of events alone and how
long a plan is, the rate, the memory, and the ratio of the time to lxml's bare parse of the same files. What is no form
that the tool takes is passed over. Exit code 1 where a document did not come back whole.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from lxml import etree

from form4_author.findings import Rejected
from tests.imported import RoundTrip, round_trip_file

_BAR = 40


def run(paths: Sequence[Path]) -> int:
    """Round-trip the files and print the figures; how many did not come back whole."""
    begun = time.perf_counter()
    for path in paths:
        etree.parse(path)
    floor = time.perf_counter() - begun
    broken = events = 0
    lengths: list[int] = []
    begun = time.perf_counter()
    for done, path in enumerate(paths, start=1):
        found = _round_trip(path)
        if found is not None:
            events += not found.as_on_form
            lengths.append(len(found.plan.splitlines()))
            broken += bool(found.wrong)
        if found is not None and found.wrong:
            sys.stderr.write("\r" + " " * (_BAR + 40) + "\r")
            sys.stdout.write(f"{path}\n" + "".join(f"    {one}\n" for one in found.wrong[:5]))
        if done % 10 == 0 or done == len(paths):
            bar = "#" * (done * _BAR // len(paths))
            rate = done / (time.perf_counter() - begun)
            sys.stderr.write(f"\r[{bar:<{_BAR}}] {done}/{len(paths)}  {rate:.0f}/s")
            sys.stderr.flush()
    took = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    taken = len(lengths)
    whole = taken - broken
    sys.stderr.write("\n")
    if taken < len(paths):
        sys.stdout.write(f"{len(paths) - taken} of {len(paths)} are of a form that the tool doesn't take\n")
    if taken:
        sys.stdout.write(
            f"{whole} of {taken} came back whole ({100 * whole / taken:.2f}%)\n"
            f"{events} plans ({100 * events / taken:.1f}%) are of events alone; the median plan has "
            f"{median(lengths):.0f} lines\n"
        )
    sys.stdout.write(
        f"{took:.1f} s, {len(paths) / took:.0f} filings a second, {memory:.0f} MB at most\n"
        f"lxml's bare parse of the same files: {floor:.2f} s; ratio {took / floor:.0f}\n"
    )
    return broken


def _round_trip(path: Path) -> RoundTrip | None:
    """The round trip of a file; None where it is of a form that the tool doesn't take."""
    try:
        return round_trip_file(path)
    except Rejected as refused:
        if {finding.code for finding in refused.findings} == {"XML005"}:
            return None
        raise


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
