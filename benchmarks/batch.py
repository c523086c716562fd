"""One plan of a batch, against bare xmlschema and bare WeasyPrint; workers, and memory.

    .venv/bin/python -m benchmarks.batch [--plans N] [--memory]

The plans are those of an example, each with an owner of its own, in one folder. The command builds a tenth of them, and
all; what a plan takes is the difference by the number of plans, so that the start has no part in it. The floor does the
same in one process: with XML alone, xmlschema validates each document from its file, with the schema built before; with
the page, WeasyPrint also makes a PDF of each plan's HTML, with the tool's own options. Time is the processor's; for two
workers it is that of the clock, which needs two processors that nothing else uses. With `--memory` the peak of 2,000
plans is held against that of 200.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "examples" / "exercise-and-sell" / "plan.yaml"
SCHEMA = ROOT / "schemas" / "edgar" / "X0306" / "ownership4Document.xsd"
TOOL = Path(sys.executable).parent / "form4-author"
FLOOR = """
import sys, xmlschema
schema = xmlschema.XMLSchema(sys.argv[1])
for path in sys.argv[3:]:
    if path.endswith(".xml"):
        schema.validate(path)
if sys.argv[2] == "pdf":
    from form4_author.page import printer
    weasyprint = printer.weasyprint()
    for path in sys.argv[3:]:
        if path.endswith(".html"):
            weasyprint.HTML(filename=path).write_pdf(path + ".pdf", pdf_variant="pdf/ua-1", full_fonts=True)
"""


def spent(command: list[str | Path]) -> tuple[float, float, int]:
    """The processor's time and the clock's, in seconds, and the peak of memory in KiB; it must succeed."""
    start = time.perf_counter()
    begun = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(begun.pid, 0)
    elapsed = time.perf_counter() - start
    if status:
        sys.exit(f"failed: {' '.join(map(str, command))[:300]}")
    return used.ru_utime + used.ru_stime, elapsed, used.ru_maxrss


def plans(folder: Path, count: int) -> Path:
    """That many plans, each of another owner."""
    folder.mkdir()
    text = PLAN.read_text("utf-8")
    for number in range(count):
        (folder / f"plan-{number:05}.yaml").write_text(text.replace("9999999999", f"{9990000000 + number}"), "utf-8")
    return folder


def built(folder: Path, out: Path, *options: str) -> tuple[float, float, int]:
    """What it takes to build a folder of plans."""
    return spent([TOOL, "build", folder, "-o", out, *options])


def ratio(folder: Path, count: int, rounds: int, *, pdf: bool) -> None:
    """Print what one plan takes, beside its floor."""
    few, many = plans(folder / "few", count // 10), plans(folder / "many", count)
    made = {where: folder / f"made-{where.name}" for where in (few, many)}
    for where, out in made.items():
        built(where, out, "--html", "--no-pdf")
    kind = "pdf" if pdf else "xml"
    floor: dict[Path, list[str | Path]] = {
        where: [sys.executable, "-c", FLOOR, SCHEMA, kind, *sorted(made[where].iterdir())] for where in (few, many)
    }
    option = [] if pdf else ["--no-pdf"]
    rows = []
    for _ in range(rounds):
        tool = built(many, folder / "out", *option)[0] - built(few, folder / "out", *option)[0]
        bare = spent(floor[many])[0] - spent(floor[few])[0]
        rows.append((tool / bare, tool, bare))
    middle, tool, bare = sorted(rows)[rounds // 2]
    each = 1000 / (count - count // 10)
    name = "with the page" if pdf else "XML alone"
    print(f"a plan, {name:14}{bare * each:9.2f} ms{tool * each:9.2f} ms{middle:8.2f}   {count} plans, {rounds} rounds")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__.split("\n")[0])
    parser.add_argument("--plans", type=int, default=200, help="how many plans (default 200)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="also 2,000 plans against 200")
    chosen = parser.parse_args()
    print(f"{'':21}{'floor':>9}   {'tool':>9}   {'ratio':>8}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "xml").mkdir()
        ratio(folder / "xml", chosen.plans, chosen.rounds, pdf=False)
        (folder / "pdf").mkdir()
        ratio(folder / "pdf", max(10, chosen.plans // 10), chosen.rounds, pdf=True)
        some = plans(folder / "some", max(10, chosen.plans // 5))
        one, two = (min(built(some, folder / "out", "-j", jobs)[1] for _ in range(2)) for jobs in "12")
        print(f"two workers against one, with the page: {one / two:.2f} times as many, by the clock")
        if chosen.memory:
            small, large = (
                built(plans(folder / f"of-{count}", count), folder / "out", "--no-pdf")[2] for count in (200, 2000)
            )
            print(f"memory of 2,000 plans against 200: {large / small:.2f} ({small // 1024} MiB, {large // 1024} MiB)")


if __name__ == "__main__":
    main()
