"""Many insiders: a plan with a sheet of them, and a plan for each, against one form and the bare reading of the sheet.

    .venv/bin/python -m benchmarks.insiders [--insiders N] [--rounds N] [--pdf]

Each way is timed in turn with its floor, by the time of the processor: medians, with the quartiles behind them. Aims: a
form of many at most 1.50 times the form of one, checked or built, whichever way they are written; with `--pdf` its page
is drawn too, at most 1.10 times that of one. What is built of many has their summary with it.
"""

from __future__ import annotations

import argparse
import csv
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from form4_author.batch import build_all, check_all
from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.findings import Rejected
from form4_author.pipeline.options import BuildOptions, CheckOptions
from form4_author.report.file_report import FileReport

SHARED = """\
issuer: {cik: 1999999001, name: "EXAMPLE SYSTEMS, INC.", symbol: EXSY}
rule_10b5_1: no
securities:
  common: Common Stock
  rsu: {title: Restricted Stock Units, underlying: common, award: {granted: 2026-11-16, vests: in four annual parts}}
"""
SHEET = """\
for_each:
  sheet: grants.csv
  columns: {name: Insider, owner: Profile, grant.rsu: Units, opening.rsu: Held}
signed: 2026-11-18
transactions: [{date: 2026-11-16, grant: each}]
"""
OWN = """\
owners: who{number}
opening: {{rsu: {held}}}
signed: 2026-11-18
transactions: [{{date: 2026-11-16, grant: rsu, amount: {units}}}]
"""


def lay_out(folder: Path, number: int) -> None:
    """A firm of so many insiders: their profiles, one plan with a sheet, and a plan for each."""
    (folder / "form4-author.toml").write_text('profiles = "people"\n')
    (folder / "people").mkdir()
    (folder / "each").mkdir()
    rows = ["Insider,Profile,Units,Held"]
    for at in range(number):
        held, units = 100 + at, 10 * (at + 1)
        rows.append(f"who{at},who{at},{units},{held}")
        (folder / "people" / f"who{at}.yaml").write_text(
            f"cik: {1990000000 + at}\nname: Roe {'ABCDEFGHIJ'[at % 10]}{at}\ndirector: yes\nsigns: /s/ R. Roe\n"
        )
        (folder / "each" / f"who{at}.yaml").write_text(SHARED + OWN.format(number=at, held=held, units=units))
    (folder / "grants.csv").write_text("\n".join(rows) + "\n")
    (folder / "all.yaml").write_text(SHARED + SHEET)


def timed(action: Callable[[], object]) -> float:
    """The time of the processor that something takes, in milliseconds."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def accepted(reports: Iterable[FileReport]) -> None:
    """Make sure that everything was accepted: what is refused is quick."""
    if not all(report.accepted for report in reports):
        raise SystemExit("something was refused")


def main() -> int:
    """Measure and print one table."""
    options = argparse.ArgumentParser(description="many insiders")
    options.add_argument("--insiders", type=int, default=200)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--pdf", action="store_true", help="build with the page too")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, chosen.insiders)
        out, keyring = folder / "out", Keyring()
        sheet = Input(str(folder / "all.yaml"), folder / "all.yaml")
        each = [Input(str(path), path) for path in sorted((folder / "each").iterdir())]
        text = (folder / "grants.csv").read_text()
        lean = BuildOptions(output=out, pdf=chosen.pdf)
        ways: dict[str, Callable[[], object]] = {
            "the sheet, by the csv module": lambda: list(csv.reader(io.StringIO(text))),
            "one form, checked": lambda: accepted(check_all(each[:1], CheckOptions())),
            "one plan of them, checked": lambda: accepted(check_all([sheet], CheckOptions())),
            "a plan for each, checked": lambda: accepted(check_all(each, CheckOptions())),
            "one form, built": lambda: accepted(build_all(each[:1], lean, keyring=keyring)),
            "one plan of them, built": lambda: accepted(build_all([sheet], lean, keyring=keyring)),
            "a plan for each, built": lambda: accepted(build_all(each, lean, keyring=keyring)),
        }
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(chosen.rounds + 1):
            for way, action in ways.items():
                times[way].append(timed(action))
    page = "with the page" if chosen.pdf else "without the page"
    print(f"{chosen.insiders} insiders, {chosen.rounds} rounds, {page}, milliseconds")
    floor = 0.0
    for way, all_times in times.items():
        low, median, high = statistics.quantiles(all_times[1:], n=4)
        floor = median if way.startswith(("the sheet", "one form")) else floor
        per = "" if way.startswith(("the sheet", "one form")) else f"; {median / chosen.insiders / floor:.2f} a form"
        print(f"{way:<30} {median:10.2f}  [{low:.2f} to {high:.2f}]{per}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Rejected as refused:
        sys.exit("\n".join(str(finding) for finding in refused.findings))
