"""The cases of the rules: `tests/rules/<CODE>/good.*` and `bad.*`, plans and XML, and what is to be found in them.

A finding is expected on the line that says so in a comment: `# expect: TXN003 warning` in a plan, `<!-- expect: FTN002
error -->` in XML; `at 1` behind it means another line, where the line itself can hold no comment. `bad.txt` holds all
that is said of a bad case, as the command prints it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from form4_author import preflight
from form4_author.compose.composition import compose
from form4_author.edgar import ownership_xml, xml_source
from form4_author.edgar.submission import check_names, read_submission
from form4_author.findings import Finding, Rejected, Severity
from form4_author.plan.reader import read_plan
from form4_author.plan.source import load
from form4_author.report.file_report import FileReport
from form4_author.report.text import as_text

FOLDER = Path(__file__).parent / "rules"
_EXPECT = re.compile(r"expect: ([A-Z]{3}\d{3}) (error|warning|note)(?: at (\d+))?")


@dataclass(frozen=True)
class Case:
    """One file of a rule's folder, and what is said of it."""

    code: str
    path: Path
    findings: list[Finding] = field(compare=False)
    texts: dict[str, str] = field(compare=False)

    @property
    def found(self) -> list[tuple[str, str, int]]:
        """Code, severity and line of each finding."""
        return sorted(
            (f.code, f.severity.value, f.origin.position.line if f.origin.position else 0) for f in self.findings
        )

    @property
    def expected(self) -> list[tuple[str, str, int]]:
        """Code, severity and line of each finding that the file says it has."""
        return sorted(
            (code, severity, int(at or number))
            for number, line in enumerate(self.path.read_text("utf-8").splitlines(), 1)
            for code, severity, at in _EXPECT.findall(line)
        )

    @property
    def printed(self) -> str:
        """All that is said of it, as the command prints it."""
        accepted = not any(finding.severity is Severity.ERROR for finding in self.findings)
        return as_text(FileReport(self.path.name, accepted, findings=tuple(self.findings), texts=self.texts))


def paths(name: str) -> list[Path]:
    """All cases of a name, `good` or `bad`."""
    return sorted(path for path in FOLDER.glob(f"*/{name}.*") if path.suffix in {".yaml", ".xml"})


def judge(path: Path) -> Case:
    """A case with all that preflight, and the stages before it, say of it."""
    texts: dict[str, str] = {}
    with contextlib.chdir(path.parent):  # so that what is printed names the file alone
        try:
            findings = list((_plan if path.suffix == ".yaml" else _xml)(Path(path.name), texts))
        except Rejected as refused:
            findings = list(refused.findings)
    return Case(path.parent.name, path, findings, texts)


def _plan(path: Path, texts: dict[str, str]) -> Iterator[Finding]:
    source = load(path, texts=texts)
    plan = read_plan(source)
    composed = compose(plan, source, has_ccc=lambda _cik: True, folder=Path.cwd(), root=Path.cwd())
    yield from composed.findings
    if composed.complete:
        waivers = [
            preflight.Allowance(waiver.code, waiver.reason, source.origin(("waivers", number)))
            for number, waiver in enumerate(plan.waivers)
        ]
        attached = tuple(exhibit.type for exhibit in plan.exhibits)
        yield from preflight.run(composed.filing, waivers=waivers, attachments=attached)


def _xml(path: Path, texts: dict[str, str]) -> Iterator[Finding]:
    document = xml_source.parse(path.read_bytes(), path.name)
    texts[path.name] = document.text
    yield from document.findings
    if document.root.tag != "edgarSubmission":
        yield from preflight.run(ownership_xml.read(document))
        return
    submission = read_submission(document)
    yield from check_names(submission)
    enclosed = ownership_xml.read(xml_source.parse(submission.primary.content, submission.primary.name.text))
    yield from preflight.run_submission(submission, enclosed)
