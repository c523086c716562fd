"""A longer, seeded run of broken input: no file makes an exception, and every finding stands inside its file.

`python -m tests.fuzz --minutes 5` changes the project's own plans and documents (and the reference filings, where they
are at hand) in small and rude ways, and has each checked, imported, amended, rolled, compared and drawn. What goes
wrong is printed with its seed; `--seed N --count 1` tries it again.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import form4_author
from form4_author import Rejected, Report
from tests.conftest import ROOT, SHARED

FAULTS = "FLT001"
RUDE = (
    *("9" * 400, "9" * 5001, "-1", "1e9", "0.00001", "NaN", "\x00", "\x1b[31m", "\u202e", "\u2028", "\xa0"),
    *("{{ 7*7 }}", "&", "<", "]]>", "<!--", "&#0;", "#", ": ", ", ", "'", '"', "[", "}", "\t", "\n", "- "),
    *("*a", "&a ", "!!str ", "---", "F100", "X9999", "2026-13-45", "0000-00-00", "9999-12-31", "I", "K", "~"),
    *("null", "yes", "A" * 3000),
)


def sources() -> list[Path]:
    """What is changed: plans and documents of the project, and the reference filings where they are."""
    found = [*ROOT.glob("examples/*/plan.yaml"), *ROOT.glob("tests/rules/*/*.yaml"), *ROOT.glob("tests/rules/*/*.xml")]
    found += [*ROOT.glob("tests/cases/import/*.xml"), *sorted(SHARED.glob("corpus/form4/*/*.xml"))[::20]]
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
    """What a file brings about that none should."""
    report = form4_author.check(path)
    yield from _misplaced(report, path)
    for verb in (form4_author.import_filing, form4_author.amend_filing, form4_author.roll_filing):
        try:
            verb(path)
        except Rejected as refused:
            yield from (f"{verb.__name__}: {f.message}" for f in refused.findings if f.code == FAULTS)
    with contextlib.suppress(Rejected):
        form4_author.compare(path, against)
    if draw:
        yield from _misplaced(form4_author.preview(path, path.with_suffix(".html"), proof=True), path)


def _misplaced(report: Report, path: Path) -> Iterator[str]:
    own = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for finding in report.findings:
        place = finding.origin.position
        if finding.code == FAULTS:
            yield finding.message
        if place is None and finding.code not in {"CCC003", "OUT002"}:
            yield f"{finding.code} has no place: {finding.message[:80]}"
        elif place is not None and place.file in {str(path), *report.texts}:
            lines = (own if place.file == str(path) else report.texts[place.file]).split("\n")
            if not (1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 2):
                yield f"{finding.code} stands at {place.line}:{place.column}, outside the file"


def run(seed: int, folder: Path, files: list[Path]) -> tuple[str, list[str]]:
    """One changed file, by its seed: what it was made of, and what went wrong."""
    chance = random.Random(seed)
    source = chance.choice(files)
    text = changed(source.read_bytes().decode("utf-8", "replace"), chance)
    path = folder / f"changed{source.suffix}"
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        found = list(wrong(path, files[0], draw=seed % 5 == 0))
    except Exception as fault:  # noqa: BLE001 - whatever comes out is what is looked for
        found = [f"{type(fault).__name__}: {str(fault)[:200]}"]
    return source.name, found


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
