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
from dataclasses import dataclass, field, replace
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from form4_author import edgar_xml, preflight, schema_store, source, unwrap, xml_source, xsd
from form4_author.ccc import Keyring
from form4_author.compose import compose
from form4_author.delivery import Output, deliver
from form4_author.files import read_bytes
from form4_author.filing import DocumentKind, Filing
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error, has_errors
from form4_author.inputs import Input, is_plan
from form4_author.plan import Plan
from form4_author.plan_reader import read_plan
from form4_author.report import FileReport, dumps, findings_data


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How to check.

    Attributes:
        kind: what a plan is checked as: filer document or document of record.
        version: the schema version to write or judge by; None for the file's own, or the one in force.
        strict: warnings refuse a file too.
    """

    kind: DocumentKind = DocumentKind.FILER
    version: str | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class BuildOptions(CheckOptions):
    """How to build, beside how to check.

    Attributes:
        folder: the folder to write into.
        html: also write the page as HTML.
        pdf: write the page as PDF.
        submission: also write the envelope.
        force: where errors stand, write a draft of the page; never the XML.
    """

    folder: Path = Path("build")
    html: bool = False
    pdf: bool = True
    submission: bool = False
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
        findings: all there is to say so far.
        texts: the text of every file read, CCCs masked, by name.
        unreadable: it could not be read at all.
    """

    file: str
    data: bytes = b""
    filing: Filing | None = None
    document: bytes | None = None
    plan: Plan | None = None
    findings: list[Finding] = field(default_factory=list)
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
    return _deliver(found, [_page(found, output, draft=has_errors(found.findings))], strict=False)


def build_file(file: Input, options: BuildOptions, keyring: Keyring) -> FileReport:
    """All stages on one plan."""
    found = examine(file, options, keyring)
    if found.plan is None and not found.findings:
        message = "only a plan can be built; this is a finished document"
        origin = Origin(Position(file.name, 1, 1))
        found.findings.append(error("OUT003", message, origin, hint="Use check, preview or import on it."))
    name, folder = output_name(file), options.folder
    accepted = found.accepted(strict=options.strict)
    if not accepted and not (options.force and found.plan is not None and found.filing is not None):
        return found.report(strict=options.strict)
    outputs = []
    if accepted and found.document is not None:
        secret = found.filing is not None and any(owner.has_ccc for owner in found.filing.owners)
        outputs.append(Output(folder / f"{name}.xml", found.document, secret and options.kind is DocumentKind.FILER))
        if options.submission:
            outputs.append(_envelope(found, file, folder / f"{name}.submission.xml"))
    if options.pdf:
        outputs.append(_page(found, folder / f"{name}.pdf", draft=not accepted))
    if options.html:
        outputs.append(_page(found, folder / f"{name}.html", draft=not accepted))
    if accepted:
        outputs.append(Output(folder / f"{name}.report.json", _report(found, outputs, options).encode()))
    return _deliver(found, outputs, strict=options.strict)


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
        limit = xml_source.MAX_BYTES
        found.data = file.data if file.data is not None else read_bytes(file.path or Path(), file.name, limit)
        if is_plan(file, found.data):
            _examine_plan(file, found, options, keyring)
        else:
            _examine_xml(file, found, options)
    except Rejected as refused:
        found.findings += refused.findings
        found.unreadable = refused.unreadable
    found.texts = {name: source.masked(text) for name, text in found.texts.items()}
    return found


def _examine_plan(file: Input, found: Examination, options: CheckOptions, keyring: Keyring) -> None:
    loaded = _load(file, found)
    found.plan = plan = read_plan(loaded)
    folder = file.path.resolve().parent if file.path else None
    composed = compose(
        plan,
        loaded,
        kind=options.kind,
        version=options.version,
        has_ccc=keyring.knows,
        folder=folder,
        root=_root(folder),
    )
    found.filing = filing = composed.filing
    found.findings += composed.findings
    if not composed.complete:
        return
    waivers = {waiver.code: waiver.reason for waiver in plan.waivers}
    found.findings += preflight.run(filing, waivers=waivers)
    found.document = edgar_xml.write(filing, kind=options.kind, keyring=keyring)
    written = xml_source.parse(found.document, file.name)
    violations = xsd.validate(written, schema_store.schema_for(filing))
    found.findings += edgar_xml.relocate(violations, edgar_xml.origins(filing, options.kind))


def _examine_xml(file: Input, found: Examination, options: CheckOptions) -> None:
    wrapped = unwrap.unwrap(found.data, file.name)
    found.texts[file.name] = wrapped.document.text
    found.document = wrapped.data
    found.findings += wrapped.document.findings
    found.filing = filing = edgar_xml.read(wrapped.document, version=options.version)
    found.findings += preflight.run(filing)
    found.findings += xsd.validate(wrapped.document, schema_store.schema_for(filing))


def _load(file: Input, found: Examination) -> source.Source:
    if file.path is None:
        return source.loads(found.data.decode("utf-8"), name=file.name, texts=found.texts)
    return source.load(file.path, root=_root(file.path.resolve().parent), texts=found.texts)


def _root(folder: Path | None) -> Path | None:
    """The folder that included files must stay inside: the one above the plan's, or the working one if above that."""
    if folder is None:
        return None
    here = Path.cwd()
    return here if folder.parent.is_relative_to(here) else folder.parent
