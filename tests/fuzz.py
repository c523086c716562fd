"""A longer, seeded run of broken input: no file makes an exception, and every finding stands inside its file.

`python -m tests.fuzz --minutes 5` changes the project's own plans, documents, envelopes, files of executions and
templates (and the reference filings, where they are at hand) in small and rude ways, and has each checked, imported,
amended, rolled, compared and drawn. What goes wrong is printed with its seed; `--seed N --count 1` tries it again.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import form4_author
from form4_author import Rejected, Report
from tests.conftest import ROOT, SHARED
from tests.plans import plan_text

FAULTS = "FLT001"
#: What is of the whole run, and of no place in a file: CCCs of the environment, a folder to write into.
OF_NO_PLACE = {"CCC003", "OUT002"}
RUDE = (
    *("9" * 400, "9" * 5001, "-1", "1e9", "0.00001", "NaN", "\x00", "\x1b[31m", "\u202e", "\u2028", "\x85", "\xa0"),
    *(
        "{{ 7*7 }}",
        "{% for x in",
        "{#",
        "&",
        "<",
        "]]>",
        "<!--",
        "&#0;",
        "#",
        ": ",
        ", ",
        "'",
        '"',
        "[",
        "}",
        "\t",
        "\n",
    ),
    *("- ", "*a", "&a ", "&a {", "!!str ", "---", "F100", "X9999", "2026-13-45", "0000-00-00", "9999-12-31", "I", "K"),
    *("~", "null", "yes", "A" * 3000, "=1+1", ";", "\x0b", "\x0c", "</edgarSubmission>", "PD94bWw="),
)
PLAN_OF_FILLS = plan_text(
    transactions="transactions:\n"
    "  - {date: 2026-11-18, code: S, security: common, fills: fills.csv}\n"
    "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 3}\n"
)


def sources(*, reference: bool = True) -> list[Path]:
    """What is changed: files of the project, and the reference filings where they are and are asked for."""
    found = [*ROOT.glob("examples/*/plan.yaml"), *ROOT.glob("tests/rules/*/*.yaml"), *ROOT.glob("tests/rules/*/*.xml")]
    found += [*ROOT.glob("tests/cases/import/*.xml"), *ROOT.glob("templates/page/*")]
    found += [*ROOT.glob("examples/*/*.csv"), *ROOT.glob("tests/cases/compose/*.csv")] * 3
    found += [*ROOT.glob("tests/rules/SUB*/*.xml")] * 2
    if reference:
        found += sorted(SHARED.glob("corpus/form4/*/*.xml"))[::20]
        found += sorted(SHARED.glob("corpus/form[35]/*.xml"))[::10]
    return sorted(found)


def changed(text: str, chance: random.Random) -> str:
    """The text with one to three small changes."""
    for _ in range(chance.randint(1, 3)):
        text = _changed_once(text, chance) or " "
    return text


def _changed_once(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    to = min(len(text), at + chance.choice((1, 3, 12, 60)))
    lines = text.splitlines(keepends=True) or [""]
    one = chance.randrange(len(lines))
    return chance.choice(
        (
            text[:at] + text[to:],
            text[:at] + chance.choice(RUDE) + text[at:],
            text[:at] + chance.choice(RUDE) + text[to:],
            "".join([*lines[:one], *lines[one + 1 :]]),
            "".join([*lines[: one + 1], *lines[one:]]),
            text[:to] + text[at:to] + text[to:],
        )
    )


def wrong(path: Path, against: Path, *, draw: bool) -> Iterator[str]:
    """What a plan or a document brings about that none should."""
    report = form4_author.check(path)
    yield from _misplaced(report, path)
    for verb in (form4_author.import_filing, form4_author.amend_filing, form4_author.roll_filing):
        yield from _refused(partial(verb, path), verb.__name__)
    yield from _refused(lambda: form4_author.compare(path, against), "compare")
    if draw:
        yield from _misplaced(form4_author.preview(path, path.with_suffix(".html"), proof=True), path)


def _refused(call: Callable[[], object], name: str) -> Iterator[str]:
    try:
        call()
    except Rejected as refused:
        yield from (f"{name}: {f.message}" for f in refused.findings if f.code == FAULTS)


def wrong_executions(path: Path) -> Iterator[str]:
    """What a file of executions brings about in the plan that names it."""
    plan = path.with_name("plan.yaml")
    plan.write_text(PLAN_OF_FILLS)
    yield from _misplaced(form4_author.check(plan), path, plan)


def wrong_template(path: Path) -> Iterator[str]:
    """What a page template or stylesheet brings about."""
    plan = path.parent.with_name("plan.yaml")
    plan.write_text(plan_text())
    report = form4_author.preview(plan, plan.with_suffix(".html"), proof=True, template=path.parent)
    yield from _misplaced(report, path, plan)


def _misplaced(report: Report, *paths: Path) -> Iterator[str]:
    own = {str(path): path.read_bytes().decode("utf-8", "replace") for path in paths}
    for finding in report.findings:
        place = finding.origin.position
        if finding.code == FAULTS:
            yield finding.message
        if place is None:
            if finding.code not in OF_NO_PLACE:
                yield f"{finding.code} has no place: {finding.message[:80]}"
            continue
        text = own.get(place.file, report.texts.get(place.file) or None)  # of what is no text nothing is kept
        if text is None and place.file.startswith(str(ROOT / "templates")):
            text = Path(place.file).read_text("utf-8")  # a built-in template that misses what another one had
        if text is None:
            if place.file not in report.texts and (place.line, place.column) != (1, 1):
                yield f"{finding.code} stands in {place.file}, which nobody gave"
            continue
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if not (1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 2):
            yield f"{finding.code} stands at {place.line}:{place.column}, outside the file"


def run(seed: int, folder: Path, files: list[Path]) -> tuple[str, list[str]]:
    """One changed file, by its seed: what it was made of, and what went wrong."""
    chance = random.Random(seed)
    source = chance.choice(files)
    text = changed(source.read_bytes().decode("utf-8", "replace"), chance)
    if source.parent.name == "page":
        path = folder / "own" / source.name
        path.parent.mkdir(exist_ok=True)
        for left in path.parent.iterdir():
            left.unlink()
    else:
        path = folder / ("fills.csv" if source.suffix == ".csv" else f"changed{source.suffix}")
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        if source.parent.name == "page":
            found = list(wrong_template(path))
        elif source.suffix == ".csv":
            found = list(wrong_executions(path))
        else:
            found = list(wrong(path, files[0], draw=seed % 5 == 0))
    except Exception as fault:  # noqa: BLE001 - whatever comes out is what is looked for
        found = [f"{type(fault).__name__}: {str(fault)[:200]}"]
    return f"{source.parent.name}/{source.name}", found


def main() -> int:
    """Run until the time is over; 1 where anything went wrong."""
    import time  # noqa: PLC0415 - tests alone know the clock

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=10**9)
    asked = parser.parse_args()
    end, files, faults, kinds = time.monotonic() + 60 * asked.minutes, sources(), 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(asked.seed, asked.seed + asked.count):
            if time.monotonic() > end:
                break
            name, found = run(seed, Path(folder), files)
            kinds[Path(name).suffix] += 1
            for one in found:
                faults += 1
                sys.stdout.write(f"seed {seed}, {name}: {one}\n")
    sys.stdout.write(f"{sum(kinds.values())} inputs ({dict(kinds)}), {faults} wrong\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
