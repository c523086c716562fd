"""Filings that exist -> plans and comparisons: what `import`, `amend`, `roll` and `diff` do with their files.

Codes: IMP001 something that no plan can say, or that its text must be mended for (warnings), IMP002 a plan where a
filing is wanted; OUT004 a file stands there already; IMP003 from `amend`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from form4_author.compose.composition import compose
from form4_author.decompose import unread
from form4_author.decompose.decomposition import PlanData, decompose
from form4_author.decompose.next.amend import amend, carried
from form4_author.decompose.next.roll import roll
from form4_author.edgar import ownership_xml
from form4_author.edgar.ccc import Keyring
from form4_author.edgar.decoding import readable
from form4_author.edgar.unwrap import unwrap
from form4_author.files.delivery import Output, deliver
from form4_author.files.inputs import Input, is_plan
from form4_author.files.reading import FileId, identity, noting
from form4_author.filing import DocumentKind, Filing
from form4_author.filing.difference import Difference, differences
from form4_author.filing.forms import called
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.masking import Veiled
from form4_author.pipeline.examine import Judged, Refused, examine, examine_forms
from form4_author.pipeline.options import CheckOptions
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads
from form4_author.plan.writing import plan_text
from form4_author.report.file_report import FileReport

#: The codes of values that a document may have and a plan doesn't take: amounts, dates, words, texts, CIKs.
_BEYOND = frozenset({"PLN004", "PLN005", "PLN007", "PLN008", "PLN015"})


class ConvertedPlan(Veiled, frozen=True):
    """A plan made from a filing.

    Attributes:
        file: the filing's name.
        text: the plan, as YAML.
        findings: what the plan can't say.
        texts: the text of every file read, CCCs masked, by name.
        read: all files that were read for it.
    """

    file: str
    text: str
    findings: tuple[Finding, ...] = ()
    texts: Mapping[str, str] = {}
    read: frozenset[FileId] = frozenset()

    def report(self, *, outputs: tuple[str, ...] = ()) -> FileReport:
        """What became of the filing, for whoever prints it."""
        return FileReport(self.file, accepted=True, findings=self.findings, outputs=outputs, texts=self.texts)


class _Filed(Struct, frozen=True):
    """A file that states a filing.

    Attributes:
        name: its name.
        filing: what it says.
        filed: the filing date of a published submission, `YYYY-MM-DD`; empty where it is not known.
        accession: the accession number of one, likewise.
        texts: the text of every file read, CCCs masked, by name.
        read: all files that were read for it.
    """

    name: str
    filing: Filing
    filed: str = ""
    accession: str = ""
    texts: Mapping[str, str] = {}
    read: frozenset[FileId] = frozenset()


def import_file(file: Input) -> ConvertedPlan | Refused:
    """The plan that builds the document in a file: ownership XML, an envelope, or a submission as EDGAR publishes it.

    The plan is composed again and compared with the document: what it does not say is a warning (IMP001).
    """
    if file.path and file.path.suffix.lower() in {".yaml", ".yml"}:
        origin = Origin(Position(file.name, 1, 1))
        finding = error("IMP002", "this is a plan already", origin, hint="Give the XML of a filing.")
        return Refused(file=file.name, findings=(finding,), unreadable=True)
    return _imported(file, lambda filed: _head("Imported", filed))


def text_of(file: Input) -> str:
    """A file as text, for a program that compares texts line by line, as git does; no CCC is in it.

    That is the plan of a filing, with what the plan can't say in comments at its end; all else stands as it is.

    Raises:
        Rejected: the file can't be read.
    """
    data = file.content()
    file = replace(file, data=data)
    found = None if is_plan(file, data) else _imported(file, lambda filed: _head("", filed).partition("\n")[0])
    if isinstance(found, ConvertedPlan):
        beyond = [f"# {line}\n" for one in found.findings for line in f"{one.code} {one.message}".splitlines()]
        return found.text + "".join(["\n", *beyond] if beyond else [])
    return readable(data) or (f"no text; SHA-256 {hashlib.sha256(data).hexdigest()}\n" if data else "")


def amend_file(file: Input, lines: Sequence[int] | None = None) -> ConvertedPlan | Refused:
    """The plan of a 4/A from a filing, or from the plan of one; see `amend.amend`."""

    def convert(filed: _Filed) -> tuple[str, list[Finding]]:
        text = _written(amend(filed.filing, lines=lines, filed=filed.filed), _head("To amend, begun", filed))
        again = carried(filed.filing, lines=lines, filed=filed.filed)
        repeated = _lost(_written(decompose(again), ""), again, codes=_BEYOND)
        return text, [*dict.fromkeys([*repeated, *_beyond(text)])]

    return _converted(_read(file), convert)


def roll_file(file: Input, as_of: date | None = None) -> ConvertedPlan | Refused:
    """The plan of the next Form 4 from a filing, or from the plan of one; see `roll.roll`."""

    def convert(filed: _Filed) -> tuple[str, list[Finding]]:
        plan = roll(filed.filing, as_of=as_of)
        text = _written(plan, _head("The next form, begun", filed))
        return text, [*_beyond(text), *plan.lost]

    return _converted(_read(file), convert)


def write_plan(plan: ConvertedPlan, output: Path, *, force: bool = False) -> FileReport:
    """Write a plan's text to a file, which must not stand there yet unless `force` is set."""
    report = plan.report()
    if identity(output) is not None and not force:
        finding = error(
            "OUT004",
            "a file stands here already; it was left alone",
            Origin(Position(str(output), 1, 1)),
            hint="Name another file with -o, or say --force to write over it.",
        )
        return replace(report, accepted=False, findings=(*report.findings, finding))
    try:
        deliver([Output(output, plan.text.encode())], read=plan.read)
    except Rejected as refused:
        return replace(report, accepted=False, findings=(*report.findings, *refused.findings))
    return plan.report(outputs=(str(output),))


def compare_files(old: Input | None, new: Input | None) -> list[Difference]:
    """What two files say differently, each a plan or an XML file; None for a file that there isn't.

    Of plans that make several forms those of one name are compared. Where one file states one form, it is compared with
    the form of the same owners that is nearest to it.

    Raises:
        Rejected: one of them can't be read, or states no filing; `unreadable` is set.
    """
    olds, news = _forms(old) if old else {}, _forms(new) if new else {}
    if not olds or not news:
        return [Difference("the form", "", _listed(olds), _listed(news))] if olds or news else []
    if len(olds) == 1 and len(news) == 1:
        return differences(*olds.values(), *news.values())
    if len(olds) == 1 or len(news) == 1:
        pairs = [(a, b, olds[a], news[b]) for a in olds for b in news if _owners(olds[a]) == _owners(news[b])]
        compared = [(differences(one, other), a or b) for a, b, one, other in pairs]
        if not compared:
            return [Difference("the owners", "", _listed(olds), _listed(news))]
        found, name = min(compared, key=lambda pair: len(pair[0]))
        return [_of_form(difference, name) for difference in found]
    told: list[Difference] = []
    for name in dict.fromkeys((*olds, *news)):
        if name in olds and name in news:
            told += [_of_form(difference, name) for difference in differences(olds[name], news[name])]
        else:
            only = _names_of(olds.get(name) or news[name])
            told.append(Difference(f"form {name}", "", *((only, "") if name in olds else ("", only))))
    return told


def _forms(file: Input) -> dict[str, Filing]:
    """The filings that a file states, by the name of the form."""
    with noting():
        data = file.content()
        file = replace(file, data=data)
        if not is_plan(file, data):
            read = _read_xml(file)
            if isinstance(read, Refused):
                raise Rejected(read.findings, unreadable=True)
            return {"": read.filing}
        found = examine_forms(file, CheckOptions(document=DocumentKind.RECORD), Keyring())
    refused = [one for one in found if not isinstance(one, Judged)]
    if refused:
        raise Rejected(dict.fromkeys(finding for one in refused for finding in one.findings), unreadable=True)
    return {one.form: one.filing for one in found if isinstance(one, Judged)}


def _imported(file: Input, head: Callable[[_Filed], str]) -> ConvertedPlan | Refused:
    def convert(filed: _Filed) -> tuple[str, list[Finding]]:
        text = _written(decompose(filed.filing), head(filed))
        return text, _lost(text, filed.filing)

    return _converted(_read(file, plans=False), convert)


def _owners(filing: Filing) -> set[str]:
    return {owner.cik.text.strip().lstrip("0") for owner in filing.owners}


def _names_of(filing: Filing) -> str:
    return "; ".join(owner.name.text.strip() or owner.cik.text for owner in filing.owners)


def _listed(forms: Mapping[str, Filing]) -> str:
    return ", ".join(dict.fromkeys(map(_names_of, forms.values())))


def _of_form(difference: Difference, name: str) -> Difference:
    return replace(difference, place=f"form {name}: {difference.place}")


def _converted(
    read: _Filed | Refused, convert: Callable[[_Filed], tuple[str, list[Finding]]]
) -> ConvertedPlan | Refused:
    if isinstance(read, Refused):
        return read
    try:
        text, findings = convert(read)
    except Rejected as refused:
        return _refused(read.name, refused, read.texts)
    return ConvertedPlan(read.name, text, tuple(findings), read.texts, read.read)


def _read(file: Input, *, plans: bool = True) -> _Filed | Refused:
    """What a plan, where one is wanted, or an XML file states."""
    with noting() as read:
        try:
            data = file.content()
        except Rejected as refused:
            return _refused(file.name, refused)
        file = replace(file, data=data)
        found = _read_plan(file) if plans and is_plan(file, data) else _read_xml(file)
    return replace(found, read=frozenset(read))


def _read_plan(file: Input) -> _Filed | Refused:
    found = examine(file, CheckOptions(document=DocumentKind.RECORD), Keyring())
    if isinstance(found, Judged):
        return _Filed(found.file, found.filing, texts=found.texts)
    return Refused(file=found.file, findings=found.findings, texts=found.texts, unreadable=found.unreadable)


def _read_xml(file: Input) -> _Filed | Refused:
    texts: dict[str, str] = {}
    try:
        unwrapped = unwrap(file.content(), file.name, texts=texts)
        filing = ownership_xml.read(unwrapped.document)
    except Rejected as refused:
        return _refused(file.name, refused, texts)
    return _Filed(file.name, filing, unwrapped.filed, unwrapped.accession, texts)


def _refused(name: str, refused: Rejected, texts: Mapping[str, str] | None = None) -> Refused:
    return Refused(file=name, findings=refused.findings, texts=texts or {}, unreadable=refused.unreadable)


def _written(plan: PlanData, head: str) -> str:
    return plan_text(plan.data, plan.comments, head)


def _head(verb: str, filed: _Filed) -> str:
    """Whose form it is and where it comes from."""
    filing = filed.filing
    owners = [owner.name.text.strip() for owner in filing.owners if owner.name]
    whose = f" of {owners[0]}{' and others' if len(filing.owners) > 1 else ''}" if owners else ""
    issuer = f" in {filing.issuer.name.text.strip()}" if filing.issuer.name else ""
    source = Path(filed.name).name + (f" (EDGAR's {filed.accession})" if filed.accession else "")
    what = f"{called(filing)}{whose}{issuer}".removesuffix(".")
    return f"{what}.\n{verb} from {source}."


def _lost(text: str, filing: Filing, codes: AbstractSet[str] | None = None) -> list[Finding]:
    """What the plan of a document does not say, or is refused for: the document's own defects, all of it.

    Args:
        text: the plan.
        filing: what it was made of.
        codes: of the findings that it is refused for, the codes of those to tell; all where not given.
    """
    made, refused = _composed(text, filing)
    found = [_mend(finding) for finding in refused if codes is None or finding.code in codes]
    found += unread.of_filing(filing)
    told = {finding.message for finding in found}
    for difference in differences(filing, made) if made else ():
        place = ", ".join(part for part in (difference.place, difference.column) if part)
        message = unread.otherwise(place, difference.old, difference.new)
        if message not in told:
            found.append(unread.lost(message, Origin(path=place)))
    return found


def _composed(text: str, filing: Filing) -> tuple[Filing | None, Sequence[Finding]]:
    """The filing that the plan of a document composes to, if it does, and the errors in it."""
    try:
        source = loads(text)
        composed = compose(read_plan(source), source, kind=filing.kind)
    except Rejected as refused:
        return None, refused.findings
    return composed.filing, [finding for finding in composed.findings if finding.is_error]


def _beyond(text: str) -> list[Finding]:
    """What stands in a plan that was begun from a document and that no plan takes; not what is left to its author."""
    try:
        read_plan(loads(text))
    except Rejected as refused:
        return [_mend(finding) for finding in refused.findings if finding.code in _BEYOND]
    return []


def _mend(finding: Finding) -> Finding:
    path = f"{finding.origin.path}: " if finding.origin.path else ""
    return unread.lost(
        f"the plan must be mended: {path}{finding.message}", Origin(path=finding.origin.path), finding.hint
    )
