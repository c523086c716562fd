"""Filings that exist -> plans and comparisons: what `import`, `amend`, `roll` and `diff` do with their files.

Codes: IMP001 something that no plan can say, or that its text must be mended for (warnings), IMP002 a plan where a
filing is wanted; OUT004 a file stands there already; IMP003 from `amend`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from form4_author.compose.composition import compose
from form4_author.decompose.decomposition import PlanData, decompose
from form4_author.decompose.next.amend import amend
from form4_author.decompose.next.roll import roll
from form4_author.edgar import ownership_xml
from form4_author.edgar.ccc import Keyring
from form4_author.edgar.unwrap import unwrap
from form4_author.edgar.xml_source import MAX_BYTES
from form4_author.files.delivery import Output, deliver
from form4_author.files.inputs import Input, is_plan
from form4_author.files.reading import read_bytes
from form4_author.filing import DocumentKind, Filing
from form4_author.filing.difference import Difference, differences
from form4_author.filing.forms import called
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error
from form4_author.pipeline import CheckOptions, examine
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads
from form4_author.plan.writing import plan_text
from form4_author.report.file_report import FileReport


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan made from a filing: what there is to say about it, and its text; empty where the filing is refused."""

    report: FileReport
    text: str = ""


@dataclass(slots=True)
class _Filed:
    """A file that states a filing."""

    name: str
    filing: Filing | None = None
    filed: str = ""
    accession: str = ""
    texts: dict[str, str] = field(default_factory=dict)


def import_file(file: Input) -> Draft:
    """The plan that builds the document in a file: ownership XML, an envelope, or a submission as EDGAR publishes it.

    The plan is composed again and compared with the document: what it does not say is a warning (IMP001).
    """

    def convert(filed: _Filed, filing: Filing) -> tuple[str, list[Finding]]:
        text = _written(decompose(filing), _head("Imported", filed, filing))
        return text, _lost(text, filing)

    return _draft(file, convert, plans=False)


def amend_file(file: Input, lines: Sequence[int] = ()) -> Draft:
    """The plan of a 4/A from a filing, or from the plan of one; see `amend.amend`."""

    def convert(filed: _Filed, filing: Filing) -> tuple[str, list[Finding]]:
        plan = amend(filing, lines=lines, filed=filed.filed)
        return _written(plan, _head("To amend, begun", filed, filing)), []

    return _draft(file, convert)


def roll_file(file: Input, as_of: date | None = None) -> Draft:
    """The plan of the next Form 4 from a filing, or from the plan of one; see `roll.roll`."""

    def convert(filed: _Filed, filing: Filing) -> tuple[str, list[Finding]]:
        return _written(roll(filing, as_of=as_of), _head("The next form, begun", filed, filing)), []

    return _draft(file, convert)


def write_draft(draft: Draft, output: Path, *, force: bool = False) -> FileReport:
    """Write a draft's text to a file, which must not stand there yet unless `force` is set."""
    if not draft.report.accepted:
        return draft.report
    if output.exists() and not force:
        finding = error(
            "OUT004",
            "a file stands here already; it was left alone",
            Origin(Position(str(output), 1, 1)),
            hint="Name another file with -o, or say --force to write over it.",
        )
        return replace(draft.report, accepted=False, findings=(*draft.report.findings, finding))
    try:
        deliver([Output(output, draft.text.encode())])
    except Rejected as refused:
        return replace(draft.report, accepted=False, findings=(*draft.report.findings, *refused.findings))
    return replace(draft.report, outputs=(str(output),))


def compare_files(old: Input, new: Input) -> list[Difference]:
    """What two filings say differently, each a plan or an XML file.

    Raises:
        Rejected: one of them can't be read, or states no filing; `unreadable` is set.
    """
    filings = []
    for file in (old, new):
        try:
            filings.append(_filing(_read(file)))
        except Rejected as refused:
            raise Rejected(refused.findings, unreadable=True) from None
    return differences(*filings)


def _draft(file: Input, convert: Callable[[_Filed, Filing], tuple[str, list[Finding]]], *, plans: bool = True) -> Draft:
    filed = _Filed(file.name)
    try:
        _read(file, filed, plans=plans)
        text, findings = convert(filed, _filing(filed))
    except Rejected as refused:
        return Draft(
            FileReport(
                file.name,
                accepted=False,
                unreadable=refused.unreadable,
                findings=refused.findings,
                texts=filed.texts,
            )
        )
    return Draft(FileReport(file.name, accepted=True, findings=tuple(findings), texts=filed.texts), text)


def _read(file: Input, into: _Filed | None = None, *, plans: bool = True) -> _Filed:
    filed = into or _Filed(file.name)
    if not plans and file.path and file.path.suffix.lower() in {".yaml", ".yml"}:
        origin = Origin(Position(file.name, 1, 1))
        finding = error("IMP002", "this is a plan already", origin, hint="Give the XML of a filing.")
        raise Rejected([finding], unreadable=True)
    data = file.data if file.data is not None else read_bytes(file.path or Path(file.name), file.name, MAX_BYTES)
    if plans and is_plan(file, data):
        found = examine(file, CheckOptions(kind=DocumentKind.RECORD), Keyring())
        filed.texts |= found.texts
        filed.filing = found.filing
        if found.filing is None or found.document is None:
            raise Rejected(found.findings, unreadable=found.unreadable)
        return filed
    unwrapped = unwrap(data, file.name, texts=filed.texts)
    filed.filing = ownership_xml.read(unwrapped.document)
    filed.filed, filed.accession = unwrapped.filed, unwrapped.accession
    return filed


def _filing(filed: _Filed) -> Filing:
    if filed.filing is None:
        raise ValueError("nothing was read")
    return filed.filing


def _written(plan: PlanData, head: str) -> str:
    return plan_text(plan.data, plan.comments, head)


def _head(verb: str, filed: _Filed, filing: Filing) -> str:
    """Whose form it is and where it comes from."""
    owners = [owner.name.text.strip() for owner in filing.owners if owner.name]
    whose = f" of {owners[0]}{' and others' if len(filing.owners) > 1 else ''}" if owners else ""
    issuer = f" in {filing.issuer.name.text.strip()}" if filing.issuer.name else ""
    source = Path(filed.name).name + (f" (EDGAR's {filed.accession})" if filed.accession else "")
    what = f"{called(filing)}{whose}{issuer}".removesuffix(".")
    return f"{what}.\n{verb} from {source}."


def _lost(text: str, filing: Filing) -> list[Finding]:
    """What the plan of a document does not say, or is refused for: the document's own defects, all of it."""
    try:
        source = loads(text)
        composed = compose(read_plan(source), source, kind=filing.kind)
    except Rejected as refused:
        return [_mend(finding) for finding in refused.findings]
    found = [_mend(finding) for finding in composed.findings if finding.is_error]
    for difference in differences(filing, composed.filing):
        place = ", ".join(part for part in (difference.place, difference.column) if part)
        message = f'{place}: the document says "{difference.old}", its plan "{difference.new}"'
        found.append(_warning(message, "EDGAR takes no form that says this, and so no plan can.", place))
    return found


def _mend(finding: Finding) -> Finding:
    path = f"{finding.origin.path}: " if finding.origin.path else ""
    return _warning(f"the plan must be mended: {path}{finding.message}", finding.hint, finding.origin.path)


def _warning(message: str, hint: str, path: str) -> Finding:
    return Finding("IMP001", Severity.WARNING, message, Origin(path=path), hint)
