"""Coverage-guided fuzzing of what reads files: plans, filings, submissions, sealed lists, and brokers' files.

`python -m tests.guided_fuzz plan --minutes 10` (or another of `READERS`) changes what lies in the project, keeps
each change that reaches code which nothing reached before, and goes on from there. It wants atheris, which is none of
the pinned packages: CONTRIBUTING tells how to install it. Whatever comes out of a reader but what is refused in its own
words, and every finding outside its file, is written to the folder `--found`, a file of input for each kind; the last
line tells the number of inputs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Longer inputs tell nothing that shorter ones don't, and take longer.
LONGEST = 20_000


SEAL = b"""{"format": 1, "tool": "0", "name": "a", "form": "", "plan": "plan/a.yaml", "against": "", "templates": "",
 "profiles": "", "options": {"document": "filer", "schema_version": null, "strict": false, "submission": false,
 "html": false, "pdf": true, "proof": false, "select": [], "ignore": []}, "had_ccc": ["1"], "versions": {"python": "3"},
 "document_sha256": "0", "waivers": [], "told_besides": [{"code": "A", "severity": "note", "message": "b", "path": "",
 "hint": "", "source": "", "file": null, "line": null, "column": null}], "built": ["built/a.xml"],
 "files": {"plan/a.yaml": {"bytes": 1, "sha256": "0"}}}"""


def plan(data: bytes) -> None:
    """Stages 1 to 4 of a plan: its text, its models, the filing that it describes, the rules."""
    from form4_author import preflight  # noqa: PLC0415 - what is imported is instrumented first
    from form4_author.files.inputs import Input  # noqa: PLC0415
    from form4_author.findings import Rejected  # noqa: PLC0415
    from form4_author.pipeline.examine import Refused, described  # noqa: PLC0415

    texts: dict[str, str] = {}
    findings: list[object] = []
    try:
        for one in described(Input("changed.yaml", None, data), data, texts):
            if isinstance(one, Refused):
                findings += one.findings
            else:
                findings += [*one[2].findings, *(preflight.run(one[2].filing) if one[2].complete else ())]
    except Rejected as refused:
        findings += refused.findings
    misplaced(findings, texts)


def document(data: bytes) -> None:
    """A document, an envelope or a published submission: read, judged, and made a plan of."""
    from form4_author import preflight  # noqa: PLC0415
    from form4_author.decompose.decomposition import decompose  # noqa: PLC0415
    from form4_author.edgar import ownership_xml  # noqa: PLC0415
    from form4_author.edgar.submission import check_names  # noqa: PLC0415
    from form4_author.edgar.unwrap import unwrap  # noqa: PLC0415
    from form4_author.findings import Rejected  # noqa: PLC0415
    from form4_author.plan.writing import plan_text  # noqa: PLC0415

    texts: dict[str, str] = {}
    findings: list[object] = []
    try:
        wrapped = unwrap(data, "changed.xml", texts=texts)
        findings += wrapped.document.findings
        filing = ownership_xml.read(wrapped.document)
        findings += preflight.run(filing)
        if wrapped.submission is not None:
            findings += [*check_names(wrapped.submission), *preflight.run_submission(wrapped.submission, filing=filing)]
        made = decompose(filing)
        plan_text(made.data, made.comments, "")
    except Rejected as refused:
        findings += refused.findings
    misplaced(findings, texts)


def submission(data: bytes) -> None:
    """A submission taken apart, and told of without its CCC."""
    from form4_author.edgar.contents import contents, without_ccc  # noqa: PLC0415
    from form4_author.findings import Rejected  # noqa: PLC0415
    from form4_author.report.contents import contents_data, contents_text  # noqa: PLC0415

    try:
        found = contents(data, "changed.xml")
    except Rejected:
        return
    contents_text("changed.xml", found, {})
    contents_data(found, {})
    misplaced(found.findings, found.texts)
    for part in found.parts:
        left, _ = without_ccc(part.content or b"")
        assert left is None or b"rptOwnerCcc" not in left, "a CCC is left"


def seal(data: bytes) -> None:
    """The two lists of a sealed folder, as whoever had the folder may have changed them."""
    from form4_author.findings import Rejected  # noqa: PLC0415
    from form4_author.handover.manifest import is_inside, read_seal, read_sums  # noqa: PLC0415

    text = data.decode("utf-8", "replace")
    sums, _ = read_sums(text, "SHA256SUMS")
    try:
        found = read_seal(text, "seal.json")
    except Rejected:
        return
    finally:
        assert all(map(is_inside, sums)), "a name leads out"
    assert all(map(is_inside, (found.plan, *found.files, *found.built))), "a name leads out"


def executions(data: bytes) -> None:
    """A broker's file, CSV or workbook."""
    from form4_author.executions.reading import Asked, read  # noqa: PLC0415
    from form4_author.executions.trades import Faults  # noqa: PLC0415
    from form4_author.plan.fills import Fills  # noqa: PLC0415

    asked = Asked(fills=Fills.model_validate({"file": "fills.csv"}), letter="D", names=("EXSY", "EXAMPLE SYSTEMS INC"))
    try:
        read(data, asked)
    except Faults as faults:
        lines = faults.text.split("\n")
        for fault, place in faults.faults:
            if place and faults.text and not (1 <= place[0] <= len(lines) and place[1] >= 1):
                raise AssertionError(f"a fault outside the file: {fault.message}") from None


def misplaced(findings: Iterable[object], texts: Mapping[str, str]) -> None:
    """Raise where a finding stands outside its file."""
    from form4_author.findings import Finding  # noqa: PLC0415

    for finding in findings:
        place = finding.origin.position if isinstance(finding, Finding) else None
        if place is None or not texts.get(place.file):
            continue
        lines = texts[place.file].split("\n")
        inside = 1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 2
        assert inside, f"{place} is outside the file"


READERS: dict[str, Callable[[bytes], None]] = {
    "plan": plan,
    "document": document,
    "submission": submission,
    "seal": seal,
    "executions": executions,
}


def seeds(reader: str) -> list[bytes]:
    """What is changed at first: files of the project."""
    from tests.executions.files import workbook  # noqa: PLC0415

    if reader == "executions":
        sheet = workbook(["Symbol", "Side", "Qty", "Price", "Trade Date"], ["EXSY", "Sell", 100, 31.15, "2026-11-18"])
        return [*(path.read_bytes() for path in sorted(ROOT.glob("**/*.csv"))), sheet]
    if reader == "seal":
        return [SEAL, SEAL.replace(b"plan/", b"../"), b"0" * 64 + b"  plan/a.yaml\n", b"0" * 64 + b" *../a\n"]
    patterns = {
        "plan": ("examples/*/plan.yaml", "tests/rules/*/*.yaml"),
        "submission": ("tests/rules/SUB*/*.xml",),
        "document": ("tests/rules/*/*.xml", "tests/cases/import/*.xml", "examples/*/expected/*.xml"),
    }[reader]
    return [path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern))]


class Watch:
    """Gives inputs to a reader, and keeps the first input of each kind of fault."""

    def __init__(self, reader: str, folder: Path) -> None:
        self.reader, self.folder = reader, folder
        self.kinds: set[str] = set()

    def __call__(self, data: bytes) -> None:
        """Try one input."""
        try:
            READERS[self.reader](data)
        except Exception as fault:  # noqa: BLE001 - whatever comes out is what is looked for
            frames = traceback.extract_tb(fault.__traceback__)
            ours = [frame for frame in frames if "form4_author" in frame.filename] or frames
            kind = f"{type(fault).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}"
            if kind not in self.kinds:
                self.kinds.add(kind)
                self.folder.mkdir(parents=True, exist_ok=True)
                (self.folder / f"{self.reader}-{kind}").write_bytes(data)
                sys.stderr.write(f"found: {kind}: {str(fault)[:200]}\n")


def main() -> None:
    """Run until the time is over."""
    import atheris  # noqa: PLC0415 - wanted by this command alone

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("--minutes", type=int, default=5)
    parser.add_argument(
        "--corpus",
        type=Path,
        help="A folder that keeps what was found worth keeping, for a later run, which reads it first.",
    )
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"))
    asked = parser.parse_args()
    with atheris.instrument_imports(include=["form4_author", "yaml"]):
        READERS[asked.reader](b"")

    from tests.fuzz import changed  # noqa: PLC0415 - it imports the house, which is instrumented by now

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if data.startswith(b"PK") or chance.random() < 0.5:
            return bytes(atheris.Mutate(data, most))
        return changed(data.decode("utf-8", "replace"), chance).encode("utf-8", "replace")[:most]

    with tempfile.TemporaryDirectory() as made:
        kept = asked.corpus or Path(made) / "kept"
        begun = Path(made) / "seeds"
        for folder in (kept, begun):
            folder.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(seeds(asked.reader)):
            (begun / str(number)).write_bytes(data)
        options = [f"-max_total_time={60 * asked.minutes}", f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=0"]
        given = [sys.argv[0], *options, "-print_final_stats=1", str(kept), str(begun)]
        atheris.Setup(given, Watch(asked.reader, asked.found), custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
