"""The whole flow, top to bottom: a file comes in, a filing is checked, and its documents go out.

 1. Read: the file's bytes become text data (a plan) or an element tree (XML), every part with its position.
 2. Shape: the plan's text becomes its models; mistakes of shape are findings.
 3. Compose: the plan becomes the filing that EDGAR receives. An XML file is read into the same filing.
 4. Preflight: the rules look at the filing.
 5. Write: the filing becomes XML.
 6. Validate: the XML is held against the SEC's schema; what it finds points back at the author's line.
 7. Draw: the filing becomes the page, HTML and from it PDF.
 8. Report: findings, hashes and versions become the report.
 9. Deliver: the files appear whole or not at all.

Stages 1 to 6 are `examine`; `check` stops there, `preview` goes on to 7, `build` goes all the way. Nothing here
prints. Code: OUT003 an XML file where a plan is wanted; OUT002 from `delivery`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author import preflight, schema_store, xsd
from form4_author.compose.composition import compose
from form4_author.compose.envelope import compose_submission
from form4_author.compose.pen import Pen
from form4_author.days.business_days import FEDERAL, BusinessDays, user_file
from form4_author.days.business_days import read as read_days
from form4_author.days.deadlines import due
from form4_author.edgar import ownership_xml, xml_source
from form4_author.edgar.ccc import Keyring
from form4_author.edgar.submission import check_names, submission_origins, write_submission
from form4_author.edgar.unwrap import unwrap
from form4_author.files.delivery import Output, deliver, unwritable
from form4_author.files.inputs import Input, is_plan
from form4_author.files.reading import decode, read_bytes, within
from form4_author.filing import DocumentKind, Filing
from form4_author.filing.derivation import Derivation
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error, has_errors
from form4_author.page.proof import Proof, Versions, proof
from form4_author.plan import source
from form4_author.plan.model import Plan
from form4_author.plan.reader import read_plan
from form4_author.plan.source import Source
from form4_author.preflight import catalogue
from form4_author.report.file_report import FileReport, dumps, findings_data
from form4_author.version import __version__

if TYPE_CHECKING:
    from form4_author.page.templates import Templates


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How to check.

    Attributes:
        kind: what a plan is checked as: filer document or document of record.
        version: the schema version to write or judge by; None for the file's own, or the one in force.
        strict: warnings refuse a file too.
        submission: a plan's envelope is made and checked too.
        select: codes or families of the rules to run; all where empty.
        ignore: codes or families of rules not to run.
        proof: append the proof sheet to the page.
        template: a folder of templates to lay over the built-in ones of the page.
        against: another filing, a plan or XML; what the page says differently is marked.
    """

    kind: DocumentKind = DocumentKind.FILER
    version: str | None = None
    strict: bool = False
    submission: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    proof: bool = False
    template: Path | None = None
    against: Input | None = None


@dataclass(frozen=True, slots=True)
class BuildOptions(CheckOptions):
    """How to build, beside how to check.

    Attributes:
        folder: the folder to write into.
        html: also write the page as HTML.
        pdf: write the page as PDF.
        force: where errors stand, write a draft of the page; never the XML.
    """

    folder: Path = Path("build")
    html: bool = False
    pdf: bool = True
    force: bool = False


@dataclass(slots=True)
class Examination:
    """What stages 1 to 6 found out about one file.

    Attributes:
        file: its name.
        data: its bytes.
        filing: what it says, as far as it could be told.
        document: the XML: written from a plan, or as given.
        plan: the plan it was, if it was one.
        envelope: the envelope around the document, where one is wanted.
        findings: all there is to say so far.
        derivations: how what the plan doesn't state came about; none of an XML file.
        texts: the text of every file read, CCCs masked, by name.
        unreadable: it could not be read at all.
    """

    file: str
    data: bytes = field(default=b"", repr=False)
    filing: Filing | None = None
    document: bytes | None = field(default=None, repr=False)
    plan: Plan | None = None
    envelope: bytes | None = field(default=None, repr=False)
    findings: list[Finding] = field(default_factory=list)
    derivations: tuple[Derivation, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    unreadable: bool = False

    def accepted(self, *, strict: bool) -> bool:
        """True where nothing stands in the way: no error and, where strict, no warning that isn't waived."""
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return not any(f.severity in grave and not f.waived for f in self.findings)

    def report(self, *, strict: bool, outputs: tuple[str, ...] = ()) -> FileReport:
        """What became of the file, for whoever prints it."""
        return FileReport(
            self.file, self.accepted(strict=strict), self.unreadable, tuple(self.findings), outputs, self.texts
        )


# --- the three verbs ----------------------------------------------------------------------------------------------


def check_file(file: Input, options: CheckOptions, keyring: Keyring) -> FileReport:
    """Stages 1 to 6 on one file; nothing is written."""
    return examine(file, options, keyring).report(strict=options.strict)


def preview_file(file: Input, output: Path, options: CheckOptions) -> FileReport:
    """Stages 1 to 7 on one file: the page alone, PDF or HTML by the ending of `output`, a draft where errors stand."""
    found = examine(file, options, Keyring())
    if found.filing is None:
        return found.report(strict=False)
    draft = has_errors(found.findings)

    def outputs() -> list[Output]:
        other = _other(found, options)
        return [_page(found, output, options, _templates(found, options), draft=draft, other=other)]

    return _deliver(found, outputs, options)


def build_file(file: Input, options: BuildOptions, keyring: Keyring) -> FileReport:
    """All stages on one plan."""
    found = examine(file, options, keyring)
    if found.plan is None and not has_errors(found.findings):
        origin = Origin(Position(file.name, 1, 1))
        message = "only a plan can be built; this is a finished document"
        found.findings.append(error("OUT003", message, origin, hint="Use check or preview on it."))
    accepted = found.accepted(strict=options.strict)
    if not accepted and not (options.force and found.plan is not None and found.filing is not None):
        return found.report(strict=options.strict)
    stem = options.folder / output_name(file)
    return _deliver(found, lambda: _outputs(found, stem, options, accepted=accepted), options)


def output_name(file: Input) -> str:
    """The name that a plan's outputs bear: its file's, or its folder's where the file is called plan."""
    if file.path is None:
        return "form4"
    stem = file.path.stem
    return (file.path.resolve().parent.name or stem) if stem == "plan" else stem


# --- stages 1 to 6 ------------------------------------------------------------------------------------------------


def examine(file: Input, options: CheckOptions, keyring: Keyring) -> Examination:
    """Read one file, tell what it says, and hold it against the rules and the schema."""
    found = Examination(file.name)
    try:
        found.data = (
            file.data if file.data is not None else read_bytes(Path(file.name), file.name, xml_source.MAX_BYTES)
        )
        if is_plan(file, found.data):
            _examine_plan(file, found, options, keyring)
        else:
            _examine_xml(file, found, options)
    except Rejected as refused:
        found.findings += refused.findings
        found.unreadable = refused.unreadable
    finally:
        found.texts = {name: source.masked(text) for name, text in found.texts.items()}
    return found


def _read(file: Input) -> bytes:
    return read_bytes(file.path or Path(file.name), file.name, xml_source.MAX_BYTES)


def _examine_plan(file: Input, found: Examination, options: CheckOptions, keyring: Keyring) -> None:
    folder = file.path.resolve().parent if file.path else None
    loaded = _load(file, found, folder)
    plan = read_plan(loaded)
    composed = compose(
        plan,
        loaded,
        kind=options.kind,
        version=options.version,
        has_ccc=keyring.knows,
        folder=folder,
        root=_root(folder),
    )
    found.plan, found.filing, found.derivations = plan, composed.filing, composed.derivations
    found.findings += composed.findings
    if not composed.complete:
        return
    found.findings += keyring.findings
    attached = tuple(exhibit.type for exhibit in plan.exhibits)
    found.findings += preflight.run(
        composed.filing, select=options.select, ignore=options.ignore, days=users_days(), attachments=attached
    )
    found.document = ownership_xml.write(composed.filing, kind=options.kind, cccs=keyring)
    written = xml_source.parse(found.document, file.name)
    violations = xsd.validate(written, schema_store.schema_in_use(composed.filing))
    found.findings += ownership_xml.relocate(violations, ownership_xml.origins(composed.filing, options.kind))
    if options.submission:
        _examine_envelope(found, plan, loaded, folder)
    waivers = [
        preflight.Allowance(waiver.code, waiver.reason, loaded.origin(("waivers", index)))
        for index, waiver in enumerate(plan.waivers)
    ]
    found.findings = preflight.waive(preflight.without_echoes(found.findings), waivers, preflight.RULES)


def _examine_envelope(found: Examination, plan: Plan, loaded: Source, folder: Path | None) -> None:
    if found.filing is None or found.document is None:
        return
    envelope, findings = compose_submission(plan, found.filing, Pen(loaded), folder=folder, root=_root(folder))
    found.findings += findings
    found.findings += check_names(envelope)
    found.findings += preflight.run_submission(envelope, filing=found.filing)
    found.envelope = write_submission(envelope, found.document)
    written = xml_source.parse(found.envelope, found.file)
    violations = xsd.validate(written, schema_store.envelope_in_use())
    found.findings += ownership_xml.relocate(violations, submission_origins(envelope))


def _examine_xml(file: Input, found: Examination, options: CheckOptions) -> None:
    wrapped = unwrap(found.data, file.name, texts=found.texts)
    found.document = wrapped.data
    found.findings += wrapped.document.findings
    found.filing = filing = ownership_xml.read(wrapped.document, version=options.version)
    attached = None if wrapped.submission is None else tuple(e.type.text for e in wrapped.submission.exhibits)
    found.findings += preflight.run(
        filing, select=options.select, ignore=options.ignore, days=users_days(), attachments=attached
    )
    found.findings += xsd.validate(wrapped.document, schema_store.schema_in_use(filing))
    if wrapped.envelope is not None and wrapped.submission is not None:
        found.findings += check_names(wrapped.submission)
        found.findings += preflight.run_submission(wrapped.submission, filing=filing)
        found.findings += xsd.validate(wrapped.envelope, schema_store.envelope_in_use())
    found.findings = preflight.without_echoes(found.findings)


def users_days() -> BusinessDays:
    """The calendar of business days: federal holidays, EDGAR's own closures, and what the user's own file adds.

    Raises:
        Rejected: the user's file can't be read or understood.
    """
    path = user_file()
    if not path.exists():
        return FEDERAL
    return read_days(decode(read_bytes(path, str(path)), str(path)), str(path))


def _load(file: Input, found: Examination, folder: Path | None) -> Source:
    if file.path is None:
        return source.loads(decode(within(found.data, file.name), file.name), name=file.name, texts=found.texts)
    return source.load(file.path, data=found.data, root=_root(folder), texts=found.texts)


def _root(folder: Path | None) -> Path | None:
    """The folder that included files must stay inside: the one above the plan's, or the working one if above that."""
    if folder is None:
        return None
    here = Path.cwd()
    return here if folder.parent.is_relative_to(here) else folder.parent


# --- stages 7 to 9 ------------------------------------------------------------------------------------------------


def _outputs(found: Examination, stem: Path, options: BuildOptions, *, accepted: bool) -> list[Output]:
    """All that a build writes; of a plan that is refused, only the draft of its page."""
    outputs = _documents(found, stem, options) if accepted else []
    templates, other = _templates(found, options), _other(found, options)
    endings = [ending for ending, wanted in ((".pdf", options.pdf), (".html", options.html)) if wanted]
    for ending in endings:
        outputs.append(_page(found, _named(stem, ending), options, templates, draft=not accepted))
    for ending in endings if other else ():
        marked = _named(stem, f".redline{ending}")
        outputs.append(_page(found, marked, options, templates, draft=not accepted, other=other))
    if accepted:
        report = _report(found, outputs, options, templates, other)
        outputs.append(Output(_named(stem, ".report.json"), report.encode("ascii")))
    return outputs


def _documents(found: Examination, stem: Path, options: BuildOptions) -> list[Output]:
    """The XML and the envelope; readable by their owner alone where a CCC stands in them."""
    secret = options.kind is DocumentKind.FILER and _has_ccc(found)
    outputs = []
    if found.document is not None:
        outputs.append(Output(_named(stem, ".xml"), found.document, secret))
    if found.envelope is not None:
        outputs.append(Output(_named(stem, ".submission.xml"), found.envelope, secret))
    return outputs


def _named(stem: Path, ending: str) -> Path:
    return stem.with_name(stem.name + ending)


def _has_ccc(found: Examination) -> bool:
    return found.filing is not None and any(owner.has_ccc for owner in found.filing.owners)


def _templates(found: Examination, options: CheckOptions) -> Templates | None:
    """A firm's own templates of the page, where their folder is named."""
    if options.template is None:
        return None
    from form4_author.page.templates import laid_over

    return laid_over(options.template, found.texts)


def _other(found: Examination, options: CheckOptions) -> Examination | None:
    """The other file, where the page is to be held against one; it states a filing.

    Raises:
        Rejected: it can't be read, or states no filing; `unreadable` is set.
    """
    if options.against is None:
        return None
    other = examine(options.against, CheckOptions(kind=DocumentKind.RECORD), Keyring())
    if other.filing is None:
        found.texts |= other.texts
        raise Rejected(other.findings, unreadable=True)
    return other


def _page(
    found: Examination,
    path: Path,
    options: CheckOptions,
    templates: Templates | None,
    *,
    draft: bool,
    other: Examination | None = None,
) -> Output:
    from form4_author.page import drawing

    if found.filing is None:
        raise ValueError("there is no filing to draw")
    draw = drawing.html if path.suffix == ".html" else drawing.pdf
    sheet = _proof(found) if options.proof else None
    hashed, against = document_hash(found), other.filing if other else None
    try:
        page = draw(found.filing, document_hash=hashed, draft=draft, proof=sheet, against=against, templates=templates)
    except OSError as problem:
        raise unwritable(path, problem) from None
    return Output(path, page.encode() if isinstance(page, str) else page)


def _proof(found: Examination) -> Proof:
    if found.filing is None:
        raise ValueError("there is no filing to proof")
    schema = schema_store.schema_in_use(found.filing)
    versions = Versions(
        tool=__version__,
        rules=catalogue.version(preflight.RULES),
        schema=schema.version,
        schema_origin=schema.origin,
        schema_sha256=schema.sha256,
        document_sha256=document_hash(found),
    )
    deadlines = due(found.filing, users_days())
    return proof(found.findings, found.derivations, deadlines, versions, folder=str(Path(found.file).parent))


def document_hash(found: Examination) -> str:
    """SHA-256, in hex, of the document without its CCCs, from which one could be guessed; empty without a document."""
    if found.document is None or found.filing is None:
        return ""
    if _has_ccc(found):
        return hashlib.sha256(ownership_xml.write(found.filing, kind=found.filing.kind, cccs={})).hexdigest()
    return hashlib.sha256(found.document).hexdigest()


def _report(
    found: Examination,
    outputs: list[Output],
    options: BuildOptions,
    templates: Templates | None,
    other: Examination | None,
) -> str:
    """The report, complete enough to be kept as evidence; the same for the same plan on every machine."""
    if found.filing is None:
        raise ValueError("there is no filing to report on")
    schema = schema_store.schema_in_use(found.filing)
    return dumps(
        {
            "tool": {"name": "form4-author", "version": __version__},
            "plan": {"file": Path(found.file).name, "sha256": hashlib.sha256(found.data).hexdigest()},
            "schema": {"version": schema.version, "origin": schema.origin, "sha256": schema.sha256},
            "rules": {"version": catalogue.version(preflight.RULES)},
            **({"templates": dict(templates.hashes)} if templates else {}),
            **(
                {"against": {"file": Path(other.file).name, "sha256_without_ccc": document_hash(other)}}
                if other
                else {}
            ),
            "document": {"kind": options.kind.value, "sha256_without_ccc": document_hash(found)},
            "accepted": True,
            "strict": options.strict,
            "outputs": [output.path.name for output in outputs],
            "findings": findings_data(found.findings, relative_to=str(Path(found.file).parent)),
        }
    )


def _deliver(found: Examination, outputs: Callable[[], list[Output]], options: CheckOptions) -> FileReport:
    try:
        written = outputs()
        deliver(written)
    except Rejected as refused:
        found.findings += refused.findings
        found.unreadable = refused.unreadable
        return found.report(strict=options.strict)
    return found.report(strict=options.strict, outputs=tuple(str(output.path) for output in written))
