"""Stages 1 to 6: read one file, tell what it says, and hold it against the rules and the schema.

How far it came is the type of what comes out: `Refused` states no filing, `Unfinished` states one of which no document
can be made, `Judged` is a filing and its document, held against all there is to hold it against.

Code: PLN021 a plan of several forms where one is wanted, or a form that it doesn't make.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from msgspec.structs import replace

from form4_author import preflight, schema_store, xsd
from form4_author.compose.composition import Composition
from form4_author.compose.envelope import compose_submission
from form4_author.compose.parting import parted
from form4_author.compose.pen import Pen
from form4_author.days.business_days import FEDERAL, BusinessDays, user_file
from form4_author.days.business_days import read as read_days
from form4_author.edgar import ownership_xml, xml_source
from form4_author.edgar.ccc import Keyring
from form4_author.edgar.submission import Submission, check_names, submission_origins, write_submission
from form4_author.edgar.unwrap import unwrap
from form4_author.files.inputs import Input, is_plan
from form4_author.files.reading import FileId, decode, noting, read_bytes
from form4_author.filing import Filing
from form4_author.filing.derivation import Derivation, TallyStep
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error
from form4_author.firm.nearest import firm_of
from form4_author.firm.settings import Firm
from form4_author.masking import Veiled, masked
from form4_author.pipeline.loading import Loaded, Written, load_plan
from form4_author.pipeline.options import CheckOptions
from form4_author.plan.model import Plan
from form4_author.plan.parts import Owner
from form4_author.plan.scalars import quoted
from form4_author.plan.several import PlanForm
from form4_author.plan.unused import unused
from form4_author.report.file_report import FileReport

_MOST_NAMES = 12


class Examined(Veiled, frozen=True, kw_only=True):
    """One file that was looked at, however far it came.

    Attributes:
        file: its name.
        findings: all there is to say so far.
        texts: the text of every file read, CCCs masked, by name.
        unreadable: it, or what it is judged by, could not be read at all.
        read: all files that were read for it.
        form: what the form is called among those of its plan; empty where the plan makes one.
        group: the forms that belong together with it, itself among them: one report in several parts.
    """

    file: str
    findings: tuple[Finding, ...] = ()
    texts: Mapping[str, str] = {}
    unreadable: bool = False
    read: frozenset[FileId] = frozenset()
    form: str = ""
    group: tuple[str, ...] = ()

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


class Refused(Examined, frozen=True, kw_only=True):
    """A file that states no filing: it can't be read, or is no plan and no Form 4."""


class Stated(Examined, frozen=True, kw_only=True):
    """A file that states a filing.

    Attributes:
        data: its bytes.
        filing: what it says, as far as it could be told; its `medium` tells a plan from XML.
        derivations: how what the plan doesn't state came about; none of an XML file.
        tally: what was owned after each step, by security and holder; of a plan alone.
        executions: SHA-256, in hex, of each broker's file, by its name in the plan.
        powers: of each owner in order, what the plan tells of the power of attorney on file; empty where nothing.
        attached: the types of the documents filed with it.
    """

    data: bytes
    filing: Filing
    derivations: tuple[Derivation, ...] = ()
    tally: tuple[TallyStep, ...] = ()
    executions: Mapping[str, str] = {}
    powers: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()


class Unfinished(Stated, frozen=True, kw_only=True):
    """A plan whose filing lacks something that the form needs, or can't be judged: there is no document of it."""


class Judged(Stated, frozen=True, kw_only=True):
    """A filing and its document, judged.

    Attributes:
        document: the XML: written from a plan, or as given.
        envelope: the envelope around a plan's document, where one is wanted.
    """

    document: bytes
    envelope: bytes | None = None


Found = Refused | Unfinished | Judged


def examine(file: Input, options: CheckOptions, keyring: Keyring) -> Found:
    """Read a file that states one form, tell what it says, and hold it against the rules and the schema.

    Args:
        file: a plan, ownership XML, edgarSubmission XML or full-submission text.
        options: how to check; of a plan of several forms they name the one.
        keyring: the CCCs at hand, for a plan's document.
    """
    found = examine_forms(file, options, keyring)
    if len(found) == 1:
        return found[0]
    names = [one.form for one in found]
    finding = error(
        "PLN021",
        f"this plan makes {len(found)} forms, and one is wanted: {_listed(names)}",
        Origin(Position(file.name, 1, 1)),
        hint=f"Name one: --form {shlex.quote(names[0])}. Where there is no such option, build the plan and give the "
        "XML of one of them.",
    )
    return Refused(file=file.name, findings=(finding,), texts=found[0].texts, read=found[0].read)


def examine_forms(file: Input, options: CheckOptions, keyring: Keyring) -> tuple[Found, ...]:
    """Read a file, and examine each form that it states: most state one, a plan may make several.

    Args:
        file: as for `examine`.
        options: how to check; where they name a form, it alone is examined.
        keyring: the CCCs at hand, for a plan's document.
    """
    texts: dict[str, str] = {}
    found: tuple[Found, ...]
    with noting() as read:
        try:
            options = options.under(firm_of(file))
            data = file.content()
            if is_plan(file, data):
                found = _examine_plan(file, data, options, keyring, texts)
            else:
                found = (_examine_xml(file, data, options, texts),)
                _chosen(found, options, file)
        except Rejected as refused:
            found = (Refused(file=file.name, findings=refused.findings, unreadable=refused.unreadable),)
    shown = {name: masked(text) for name, text in texts.items()}
    return tuple(replace(one, read=frozenset(read), texts=shown) for one in found)


def _chosen(found: Sequence[Found], options: CheckOptions, file: Input) -> tuple[Found, ...]:
    """The form that the options name, with those that belong together with it; all where they name none.

    Raises:
        Rejected: there is no such form (PLN021).
    """
    names = [one.form for one in found]
    if options.form is None:
        return tuple(found)
    for one in found:
        if one.form == options.form:
            return (one,)
    several = len(names) > 1
    message = f"this file makes no form {quoted(options.form)}" + (f": {_listed(names)}" if several else ", but one")
    hint = f"Name one of them: --form {shlex.quote(names[0])}." if several else "Leave --form out."
    raise Rejected([error("PLN021", message, Origin(Position(file.name, 1, 1)), hint=hint)], unreadable=True)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (
        f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    )


# --- a plan -------------------------------------------------------------------------------------------------------


def _examine_plan(
    file: Input, data: bytes, options: CheckOptions, keyring: Keyring, texts: dict[str, str]
) -> tuple[Found, ...]:
    whole = load_plan(file, data, texts)
    idle = unused(whole.source)
    found: list[Found] = []
    for form in whole.forms():
        found += _examine_form(file, data, whole, form, options, keyring, idle)
    _no_two_alike(found, file)
    return _chosen(found, options, file)


def _no_two_alike(found: Sequence[Found], file: Input) -> None:
    """Refuse forms of one name: a part of one may be called as another insider is."""
    names = [one.form.casefold() for one in found]
    twice = next((one.form for one in found if names.count(one.form.casefold()) > 1), None)
    if twice is not None:
        message = f"two forms would be called {quoted(twice)}: one of them is a part of a form that has several"
        origin = Origin(Position(file.name, 1, 1), "for_each")
        raise Rejected([error("PLN020", message, origin, hint="Give the insider another name, without a number.")])


def _examine_form(
    file: Input,
    data: bytes,
    whole: Loaded,
    form: PlanForm,
    options: CheckOptions,
    keyring: Keyring,
    idle: Sequence[Finding],
) -> list[Found]:
    """The form of one insider, or the parts of it where it holds too much for one."""
    try:
        written = whole.written(form)
    except Rejected as refused:
        return [Refused(file=file.name, findings=refused.findings, unreadable=refused.unreadable, form=form.name)]
    composed = _compose(written, options, keyring)
    parts = parted(composed, written.plan) if composed.complete else (composed,)
    numbers = [str(number) for number in range(1, len(parts) + 1)] if len(parts) > 1 else [""]
    names = ["-".join(filter(None, (form.name, number))) for number in numbers]
    stated = [
        Unfinished(
            file=file.name,
            findings=(*part.findings, *(idle if composed.complete else ())),
            data=data,
            filing=part.filing,
            derivations=part.derivations,
            tally=part.tally,
            executions=part.executions,
            powers=tuple(map(_power, written.plan.owners)),
            attached=tuple(exhibit.type for exhibit in written.plan.exhibits),
            form=name,
            group=tuple(names) if len(names) > 1 else (),
        )
        for name, part in zip(names, parts, strict=True)
    ]
    return [_judge_plan(part, written, options, keyring, whole.firm) if composed.complete else part for part in stated]


def _compose(written: Written, options: CheckOptions, keyring: Keyring) -> Composition:
    return written.composed(kind=options.document, version=options.schema_version, has_ccc=keyring.knows)


def described(file: Input, data: bytes, texts: dict[str, str]) -> Iterator[tuple[str, Plan, Composition] | Refused]:
    """Each form of a plan, its name, and the filing that it describes, before anything judges it: stages 1 to 3.

    Args:
        file: the plan.
        data: its bytes.
        texts: filled with the text of each file read, by name.

    Raises:
        Rejected: it can't be read, or is no plan.
    """
    whole = load_plan(file, data, texts)
    for form in whole.forms():
        try:
            written = whole.written(form)
        except Rejected as refused:
            yield Refused(file=file.name, findings=refused.findings, unreadable=refused.unreadable, form=form.name)
        else:
            yield form.name, written.plan, _compose(written, CheckOptions(), Keyring())


def _power(owner: Owner) -> str:
    """What is told of an owner's power of attorney, in words."""
    power = owner.power_of_attorney
    if power is None:
        return ""
    names = f" to {', '.join(power.attorney)}" if power.attorney else ""
    until = f", until {power.until.text}" if power.until else ""
    return f"on file since {power.filed.text}{names}{until}"


def _judge_plan(
    stated: Unfinished, written: Written, options: CheckOptions, keyring: Keyring, firm: Firm
) -> Unfinished | Judged:
    """Stages 4 to 6; where one can't go on, what those before it said is kept."""
    filing, on_file = stated.filing, all(stated.powers)
    stated = stated.told(keyring.findings)
    try:
        stated = stated.told(_preflight(filing, options, stated.attached, powers_on_file=on_file))
        document = ownership_xml.write(filing, kind=options.document, cccs=keyring)
    except Rejected as refused:
        stopped = stated.stopped(refused)
        return replace(stopped, findings=tuple(preflight.without_echoes(stopped.findings)))
    judged = Judged(
        file=stated.file,
        findings=stated.findings,
        data=stated.data,
        filing=filing,
        derivations=stated.derivations,
        tally=stated.tally,
        executions=stated.executions,
        powers=stated.powers,
        attached=stated.attached,
        document=document,
        form=stated.form,
        group=stated.group,
    )
    try:
        judged = judged.told(_violations(document, filing, stated.file))
        if options.submission:
            submission, findings = _submission(filing, written)
            judged = judged.told(findings)
            judged = _enclosed(judged, submission)
    except Rejected as refused:
        return judged.stopped(refused)
    waivers = [
        preflight.Allowance(waiver.code, waiver.reason, written.source.origin(("waivers", index)))
        for index, waiver in enumerate(written.plan.waivers)
        if preflight.chosen(waiver.code, options.select, options.ignore)
    ]
    standing = [preflight.Allowance(waiver.code, waiver.reason, waiver.origin) for waiver in firm.waivers]
    waived = preflight.waive(preflight.without_echoes(judged.findings), waivers, preflight.RULES, standing)
    return replace(judged, findings=_of_chosen_rules(waived, options))


def _violations(document: bytes, filing: Filing, file: str) -> list[Finding]:
    """What the schema has to say of a document that was written, at the author's lines; mostly nothing."""
    schemas = schema_store.schema_in_use(filing)
    root = xml_source.tree_of(document)
    if root is not None and xsd.accepts(root, schemas):
        return []
    violations = xsd.validate(xml_source.parse(document, file), schemas)
    return ownership_xml.relocate(violations, ownership_xml.origins(filing, filing.kind))


def _submission(filing: Filing, written: Written) -> tuple[Submission, list[Finding]]:
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
            named = check_names(submission, file.name if file.path else "")
            judged = judged.told([*named, *wrapped.envelope.findings])
            judged = judged.told(preflight.run_submission(submission, filing=filing))
            judged = judged.told(xsd.validate(wrapped.envelope, schema_store.envelope_in_use()))
    except Rejected as refused:
        return judged.stopped(refused)
    return replace(judged, findings=_of_chosen_rules(preflight.without_echoes(judged.findings), options))


# --- the rules, for both ------------------------------------------------------------------------------------------


def _preflight(
    filing: Filing, options: CheckOptions, attached: tuple[str, ...] | None, *, powers_on_file: bool = False
) -> list[Finding]:
    return preflight.run(
        filing,
        select=options.select,
        ignore=options.ignore,
        days=users_days(),
        attachments=attached,
        powers_on_file=powers_on_file,
    )


def _of_chosen_rules(findings: Iterable[Finding], options: CheckOptions) -> tuple[Finding, ...]:
    """Without what rules find that are left out, also where another stage finds it for them."""
    return tuple(
        finding
        for finding in findings
        if preflight.find_rule(finding.code) is None or preflight.chosen(finding.code, options.select, options.ignore)
    )


def users_days() -> BusinessDays:
    """The calendar of business days: federal holidays, EDGAR's own closures, and what the user's own file adds.

    Raises:
        Rejected: the user's file can't be read or understood.
    """
    path = user_file()
    if not path.exists():
        return FEDERAL
    return read_days(decode(read_bytes(path, str(path)), str(path)), str(path))
