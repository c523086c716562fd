"""How the time of `check` and `preview` grows with hostile input of every kind: a size, and four times as much.

    .venv/bin/python -m benchmarks.size [--rounds N] [WORD ...]

Each kind of `tests/hostile.py` (or those with a WORD in their name) is checked and reported in every format, in this
process; the processor's time is taken, the best of several. A time that grows as the input does is four times as long;
above eight it is marked. `preview` draws the page of long words, which the shaping of text is slow with.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import form4_author
from form4_author.report.formats import FORMATS
from tests.hostile import KINDS, written

AIM = 8.0
_DRAWN = ("xml: a word", "plan: a word", "xml: lines alike")


def checked(path: Path) -> None:
    """A check of a file, told in all formats."""
    report = form4_author.check(path)
    for form in FORMATS.values():
        form.write([report])


def drawn(path: Path) -> None:
    """The page of a file, as PDF."""
    form4_author.preview(path, path.with_suffix(".pdf"))


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
    options = argparse.ArgumentParser(description="time by size")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("words", nargs="*")
    chosen = options.parse_args()
    steep = 0
    print(f"{'':52} {'n':>8} {'n, ms':>10} {'4n, ms':>10} ratio")
    with tempfile.TemporaryDirectory() as folder:
        for name, kind in KINDS.items():
            if chosen.words and not any(word in name for word in chosen.words):
                continue
            for verb, run in (("check", checked), ("preview", drawn)):
                if verb == "preview" and name not in _DRAWN:
                    continue
                small, large = (written(kind, size, Path(folder)) for size in (kind.size, 4 * kind.size))
                times = [best(partial(run, path), chosen.rounds) for path in (small, large)]
                ratio = times[1] / times[0]
                steep += ratio > AIM
                mark = "  above the aim" if ratio > AIM else ""
                shown = f"{times[0] * 1000:10.1f} {times[1] * 1000:10.1f} {ratio:5.1f}"
                print(f"{f'{verb}, {name}':52} {kind.size:8} {shown}{mark}", flush=True)
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
