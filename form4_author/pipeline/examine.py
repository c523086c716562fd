"""Stages 1 to 6: read one file, tell what it says, and hold it against the rules and the schema.

How far it came is the type of what comes out: `Refused` states no filing, `Unfinished` states one of which no document
can be made, `Judged` is a filing and its document, held against all there is to hold it against.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from form4_author import preflight, schema_store, xsd
from form4_author.compose.composition import compose
from form4_author.compose.envelope import compose_submission
from form4_author.compose.pen import Pen
from form4_author.days.business_days import FEDERAL, BusinessDays, user_file
from form4_author.days.business_days import read as read_days
from form4_author.edgar import ownership_xml, xml_source
from form4_author.edgar.ccc import Keyring
from form4_author.edgar.submission import Submission, check_names, submission_origins, write_submission
from form4_author.edgar.unwrap import unwrap
from form4_author.files.inputs import Input, is_plan
from form4_author.files.reading import FileId, decode, noting, read_bytes, root_of, within
from form4_author.filing import Filing
from form4_author.filing.derivation import Derivation
from form4_author.findings import Finding, Rejected, Severity
from form4_author.masking import masked
from form4_author.pipeline.options import CheckOptions
from form4_author.plan import source
from form4_author.plan.model import Plan
from form4_author.plan.reader import read_plan
from form4_author.plan.source import Source
from form4_author.report.file_report import FileReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One file that was looked at, however far it came.

    Attributes:
        file: its name.
        findings: all there is to say so far.
        texts: the text of every file read, CCCs masked, by name.
        unreadable: it, or what it is judged by, could not be read at all.
        read: all files that were read for it.
    """

    file: str
    findings: tuple[Finding, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    unreadable: bool = False
    read: frozenset[FileId] = field(default=frozenset(), repr=False)

    def accepted(self, *, strict: bool) -> bool:
        """True where nothing stands in the way: no error and, where strict, no warning that isn't waived."""
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return not any(f.severity in grave and not f.waived for f in self.findings)

    def report(self, *, strict: bool, outputs: tuple[str, ...] = ()) -> FileReport:
        """What became of the file, for whoever prints it."""
        return FileReport(self.file, self.accepted(strict=strict), self.unreadable, self.findings, outputs, self.texts)

    def told(self, findings: Iterable[Finding]) -> Self:
        """The same with more to say."""
        return replace(self, findings=(*self.findings, *findings))

    def stopped(self, refused: Rejected) -> Self:
        """The same, where a stage could not go on."""
        return replace(self, findings=(*self.findings, *refused.findings), unreadable=refused.unreadable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Examined):
    """A file that states no filing: it can't be read, or is no plan and no Form 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(Examined):
    """A file that states a filing.

    Attributes:
        data: its bytes.
        filing: what it says, as far as it could be told; its `medium` tells a plan from XML.
        derivations: how what the plan doesn't state came about; none of an XML file.
    """

    data: bytes = field(repr=False)
    filing: Filing
    derivations: tuple[Derivation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished(Stated):
    """A plan whose filing lacks something that the form needs, or can't be judged: there is no document of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Stated):
    """A filing and its document, judged.

    Attributes:
        document: the XML: written from a plan, or as given.
        envelope: the envelope around a plan's document, where one is wanted.
    """

    document: bytes = field(repr=False)
    envelope: bytes | None = field(default=None, repr=False)


def examine(file: Input, options: CheckOptions, keyring: Keyring) -> Refused | Unfinished | Judged:
    """Read one file, tell what it says, and hold it against the rules and the schema.

    Args:
        file: a plan, ownership XML, edgarSubmission XML or full-submission text.
        options: how to check.
        keyring: the CCCs at hand, for a plan's document.
    """
    texts: dict[str, str] = {}
    found: Refused | Unfinished | Judged
    with noting() as read:
        try:
            data = file.content()
            if is_plan(file, data):
                found = _examine_plan(file, data, options, keyring, texts)
            else:
                found = _examine_xml(file, data, options, texts)
        except Rejected as refused:
            found = Refused(file=file.name, findings=refused.findings, unreadable=refused.unreadable)
    return replace(found, read=frozenset(read), texts={name: masked(text) for name, text in texts.items()})


# --- a plan -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Written:
    """What an author wrote: the plan, where its parts stand, its folder, and the one its files must stay inside."""

    plan: Plan
    source: Source
    folder: Path | None
    root: Path | None


def _examine_plan(
    file: Input, data: bytes, options: CheckOptions, keyring: Keyring, texts: dict[str, str]
) -> Unfinished | Judged:
    written = _read_plan(file, data, texts)
    composed = compose(
        written.plan,
        written.source,
        kind=options.document,
        version=options.schema_version,
        has_ccc=keyring.knows,
        folder=written.folder,
        root=written.root,
    )
    stated = Unfinished(
        file=file.name,
        findings=composed.findings,
        data=data,
        filing=composed.filing,
        derivations=composed.derivations,
    )
    return _judge_plan(stated, written, options, keyring) if composed.complete else stated


def _read_plan(file: Input, data: bytes, texts: dict[str, str]) -> _Written:
    if file.path is None:
        text = decode(within(data, file.name), file.name)
        loaded, folder, root = source.loads(text, name=file.name, texts=texts), None, None
    else:
        folder = Path(os.path.realpath(file.path)).parent
        root = root_of(folder)
        loaded = source.load(file.path, data=data, root=root, texts=texts)
    return _Written(read_plan(loaded), loaded, folder, root)


def _judge_plan(stated: Unfinished, written: _Written, options: CheckOptions, keyring: Keyring) -> Unfinished | Judged:
    """Stages 4 to 6; where one can't go on, what those before it said is kept."""
    filing, attached = stated.filing, tuple(exhibit.type for exhibit in written.plan.exhibits)
    stated = stated.told(keyring.findings)
    try:
        stated = stated.told(_preflight(filing, options, attached))
        document = ownership_xml.write(filing, kind=options.document, cccs=keyring)
    except Rejected as refused:
        return stated.stopped(refused)
    judged = Judged(
        file=stated.file,
        findings=stated.findings,
        data=stated.data,
        filing=filing,
        derivations=stated.derivations,
        document=document,
    )
    try:
        violations = xsd.validate(xml_source.parse(document, stated.file), schema_store.schema_in_use(filing))
        judged = judged.told(ownership_xml.relocate(violations, ownership_xml.origins(filing, options.document)))
        if options.submission:
            submission, findings = _submission(filing, written)
            judged = judged.told(findings)
            judged = _enclosed(judged, submission)
    except Rejected as refused:
        return judged.stopped(refused)
    waivers = [
        preflight.Allowance(waiver.code, waiver.reason, written.source.origin(("waivers", index)))
        for index, waiver in enumerate(written.plan.waivers)
    ]
    waived = preflight.waive(preflight.without_echoes(judged.findings), waivers, preflight.RULES)
    return replace(judged, findings=tuple(waived))


def _submission(filing: Filing, written: _Written) -> tuple[Submission, list[Finding]]:
    """The envelope that the plan describes, and what there is to say about it."""
    submission, findings = compose_submission(
        written.plan, filing, Pen(written.source), folder=written.folder, root=written.root
    )
    return submission, [*findings, *check_names(submission), *preflight.run_submission(submission, filing=filing)]


def _enclosed(judged: Judged, submission: Submission) -> Judged:
    """The same with its document in the envelope, held against the schema of that."""
    envelope = write_submission(submission, judged.document)
    violations = xsd.validate(xml_source.parse(envelope, judged.file), schema_store.envelope_in_use())
    return replace(judged, envelope=envelope).told(ownership_xml.relocate(violations, submission_origins(submission)))


# --- XML ----------------------------------------------------------------------------------------------------------


def _examine_xml(file: Input, data: bytes, options: CheckOptions, texts: dict[str, str]) -> Judged:
    wrapped = unwrap(data, file.name, texts=texts)
    document, submission = wrapped.document, wrapped.submission
    try:
        filing = ownership_xml.read(document, version=options.schema_version)
    except Rejected as refused:
        raise Rejected([*document.findings, *refused.findings], unreadable=refused.unreadable) from None
    attached = None if submission is None else tuple(exhibit.type.text for exhibit in submission.exhibits)
    judged = Judged(file=file.name, findings=document.findings, data=data, filing=filing, document=wrapped.data)
    try:
        judged = judged.told(_preflight(filing, options, attached))
        judged = judged.told(xsd.validate(document, schema_store.schema_in_use(filing)))
        if wrapped.envelope is not None and submission is not None:
            judged = judged.told([*check_names(submission), *preflight.run_submission(submission, filing=filing)])
            judged = judged.told(xsd.validate(wrapped.envelope, schema_store.envelope_in_use()))
    except Rejected as refused:
        return judged.stopped(refused)
    return replace(judged, findings=tuple(preflight.without_echoes(judged.findings)))


# --- the rules, for both ------------------------------------------------------------------------------------------


def _preflight(filing: Filing, options: CheckOptions, attached: tuple[str, ...] | None) -> list[Finding]:
    return preflight.run(filing, select=options.select, ignore=options.ignore, days=users_days(), attachments=attached)


def users_days() -> BusinessDays:
    """The calendar of business days: federal holidays, EDGAR's own closures, and what the user's own file adds.

    Raises:
        Rejected: the user's file can't be read or understood.
    """
    path = user_file()
    if not path.exists():
        return FEDERAL
    return read_days(decode(read_bytes(path, str(path)), str(path)), str(path))
