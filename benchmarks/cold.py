"""A command from a cold start, against the least that any program with the same libraries could take.

    .venv/bin/python -m benchmarks.cold [--rounds N]

Each round runs the floor and the tool in turn, so that whatever else the machine does meets both alike; a round's
ratio is the tool's time over the floor's in that round. Time is that of the processor, user and system, of the command
and all that it starts: other programs take none of it away. The table gives the median ratio and the quartiles.

What each floor pays and what not stands in docs/performance.md. `build` runs against bare WeasyPrint, as it comes, on
the HTML that `--html` writes. `build, lean` gives the floor all that the tool does to be quick, its way to load
WeasyPrint and its options: what is left to compare is what the tool does beside WeasyPrint's work.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
PLAN = ROOT / "examples" / "exercise-and-sell" / "plan.yaml"
SCHEMA = ROOT / "schemas" / "edgar" / "X0306" / "ownership4Document.xsd"
TOOL = Path(sys.executable).parent / "form4-author"
# Modules are compiled once, as on any machine where one works; not anew at each start.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Race:
    """The tool's command beside its floor's, and the ratio that the project aims at."""

    name: str
    floor: tuple[str | Path, ...]
    tool: tuple[str | Path, ...]
    aim: float


def seconds(command: tuple[str | Path, ...], folder: Path) -> float:
    """The processor's time for the command, in seconds; one that fails ends the benchmark with what it said."""
    before = _spent()
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, stdin=subprocess.DEVNULL, env=ENVIRONMENT
    )
    elapsed = _spent() - before
    if done.returncode != 0:
        sys.exit(f"failed with {done.returncode}: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return elapsed


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def only(folder: Path, ending: str) -> Path:
    """The one file of that ending that the build wrote."""
    (path,) = folder.glob(f"*{ending}")
    return path


def races(folder: Path) -> list[Race]:
    """Build the example once, for the floors to work on the very same document and page."""
    made, again, bare = folder / "made", folder / "again", folder / "floor.pdf"
    seconds((TOOL, "build", PLAN, "--html", "-o", made), folder)
    document, page = only(made, ".xml"), only(made, ".html")
    check = (sys.executable, HERE / "floor_check.py", SCHEMA, document)
    build = (sys.executable, HERE / "floor_build.py", SCHEMA, document, page, bare)
    build_lean = (sys.executable, HERE / "floor_build.py", SCHEMA, document, page, bare, "as-the-tool")
    for floor in (build, build_lean):
        seconds(floor, folder)
        words = [[page.extract_text() for page in PdfReader(path).pages] for path in (only(made, ".pdf"), bare)]
        if words[0] != words[1]:
            sys.exit("the floor's page does not say what the tool's says: they are not the same work")
    return [
        Race("check", check, (TOOL, "check", PLAN), 0.8),
        Race("build", build, (TOOL, "build", PLAN, "-o", again), 0.7),
        Race("build, lean", build_lean, (TOOL, "build", PLAN, "-o", again), 1.2),
    ]


def main() -> None:
    """Run the races and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cold", description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often each pair runs (default 15)")
    rounds = parser.parse_args().rounds
    print(f"{'cold':12}{'floor':>10}{'tool':>10}{'ratio':>8}   {'quartiles':13}{'aim':>6}   rounds: {rounds}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for race in races(folder):
            for command in (race.floor, race.tool):  # once unmeasured: compiled modules and the disk's cache
                seconds(command, folder)
            times = [(seconds(race.floor, folder), seconds(race.tool, folder)) for _ in range(rounds)]
            floor, tool = (statistics.median(column) for column in zip(*times, strict=True))
            low, middle, high = statistics.quantiles((mine / least for least, mine in times), n=4)
            print(f"{race.name:12}{floor:9.3f}s{tool:9.3f}s{middle:8.2f}   {low:.2f} to {high:.2f} {race.aim:8.2f}")


if __name__ == "__main__":
    main()
