"""What a rule is, and how its findings come about: rules yield problems, the engine stamps code, severity, source.

A rule is small and whole: a check over the form, its code, severity and source, and a docstring that is its page in
the documentation. Rules are total: whatever a document holds or lacks, a check gives its answer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from form4_author.filing import DocumentKind, Feature, FormType, Medium
from form4_author.findings import NOWHERE, Finding, Origin, Severity
from form4_author.preflight.envelope import Package
from form4_author.preflight.form import Form

#: What a rule judges that doesn't say otherwise.
FORM_4_ALONE = ("4",)
#: The forms that report transactions.
WITH_TRANSACTIONS = ("4", "5")
ALL_FORMS = ("3", "4", "5")


class Problem(Struct, frozen=True):
    """What a check yields: a sentence with the facts in it, where they stand, and what to write instead."""

    message: str
    origin: Origin = NOWHERE
    hint: str = ""


Check = Callable[[Form], Iterable[Problem]]
PackageCheck = Callable[[Package], Iterable[Problem]]


class Scope(StrEnum):
    """Which documents a rule judges, in the words of its page."""

    ALL = "every document"
    FILER = "what one submits, not documents of record"
    FILER_XML = "filer documents in XML"
    XML = "XML documents"
    SUBMISSION = "the submission around the document"
    PLAN = "plans, while the filing is composed"
    WAIVERS = "the waivers of a plan"


class Rule(Struct, frozen=True, kw_only=True, eq=False):
    """One rule of the catalogue.

    Attributes:
        code: topic and three digits; never given to another rule.
        severity: of all its findings.
        summary: what it finds, in a line.
        source: what it rests on; an item or instruction of Form 4 is that of the same number on Form 5.
        source_on_3: what it rests on on Form 3, where items or instructions have other numbers there.
        page: its documentation, in Markdown.
        scope: which documents it judges.
        forms: the numbers of the forms that it judges.
        since: what a form must have for the rule to hold for it, in the schema version of the document; None where it
            holds for all versions.
        check: over the form; None where the submission is judged, or another stage finds it.
        check_package: over the submission; None likewise.
    """

    code: str
    severity: Severity
    summary: str
    source: str
    page: str
    source_on_3: str = ""
    scope: Scope = Scope.ALL
    forms: tuple[str, ...] = FORM_4_ALONE
    since: Feature | None = None
    check: Check | None = None
    check_package: PackageCheck | None = None

    def applies_to(self, form: Form) -> bool:
        """True where the rule judges this form, kind and version of document."""
        if form.number not in self.forms or not (self.since is None or form.type.has(self.since, form.filing.version)):
            return False
        if self.scope is Scope.ALL:
            return True
        filing = form.filing
        if self.scope is Scope.FILER:
            return filing.kind is DocumentKind.FILER
        if self.scope is Scope.FILER_XML:
            return filing.kind is DocumentKind.FILER and filing.medium is Medium.XML
        return self.scope is not Scope.XML or filing.medium is Medium.XML

    def judges(self, form: FormType) -> bool:
        """True where the rule judges documents of this form, and submissions of them."""
        return form.number in self.forms

    def source_on(self, number: str) -> str:
        """What it rests on, as it is cited on the form of that number."""
        if number == "3" and self.source_on_3:
            return self.source_on_3
        return self.source.replace("Form 4", f"Form {number}") if number in self.forms else self.source

    def finding(self, problem: Problem, number: str = "4") -> Finding:
        """The finding that a problem of this rule is, on the form of that number."""
        cited = self.source_on(number)
        return Finding(self.code, self.severity, problem.message, problem.origin, problem.hint, cited)


def rule(
    code: str,
    severity: Severity,
    summary: str,
    *,
    source: str,
    source_on_3: str = "",
    scope: Scope = Scope.ALL,
    forms: tuple[str, ...] = FORM_4_ALONE,
    since: Feature | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule over the form of a check; the check's docstring is the rule's page."""

    def make(check: Check) -> Rule:
        return Rule(
            code=code,
            severity=severity,
            summary=summary,
            source=source,
            source_on_3=source_on_3,
            page=inspect.getdoc(check) or "",
            scope=scope,
            forms=forms,
            since=since,
            check=check,
        )

    return make


def submission_rule(
    code: str, severity: Severity, summary: str, *, source: str, forms: tuple[str, ...] = FORM_4_ALONE
) -> Callable[[PackageCheck], Rule]:
    """Make a rule over the submission of a check; the check's docstring is the rule's page."""

    def make(check: PackageCheck) -> Rule:
        return Rule(
            code=code,
            severity=severity,
            summary=summary,
            source=source,
            page=inspect.getdoc(check) or "",
            scope=Scope.SUBMISSION,
            forms=forms,
            check_package=check,
        )

    return make


def chosen(code: str, select: Collection[str] = (), ignore: Collection[str] = ()) -> bool:
    """True where a code is wanted: selected (nothing selected selects all), and not ignored.

    Args:
        code: `TXN003`.
        select: codes or families (`TXN`).
        ignore: codes or families.
    """
    return (not select or code.startswith(tuple(select))) and not (ignore and code.startswith(tuple(ignore)))


class Allowance(Struct, frozen=True):
    """A warning or note that the author lets stand, with the reason."""

    code: str
    reason: str
    origin: Origin = NOWHERE


def waive(
    findings: Iterable[Finding],
    waivers: Sequence[Allowance],
    catalogue: Sequence[Rule],
    standing: Sequence[Allowance] = (),
) -> list[Finding]:
    """The findings with the waived ones marked, and what is wrong with the waivers themselves (WVR001 to WVR003).

    Args:
        findings: of any stage.
        waivers: by code; of two for one code the first counts.
        catalogue: the rules that are known.
        standing: waivers for all filings of a firm: those of the filing count before them, and nothing is told of one
            under which nothing is found.
    """
    if not waivers and not standing:
        return [*findings]
    reasons: dict[str, str] = {}
    for waiver in (*waivers, *standing):
        reasons.setdefault(waiver.code, waiver.reason)
    marked = [_waived(finding, reasons) for finding in findings]
    found = {finding.code: finding.severity for finding in marked}
    known = {rule.code: rule for rule in catalogue}
    return marked + [
        known[code].finding(problem)
        for waiver in waivers
        for code, problem in _misused(waiver, found.get(waiver.code), known.get(waiver.code))
    ]


def _waived(finding: Finding, reasons: dict[str, str]) -> Finding:
    if finding.is_error or finding.code not in reasons:
        return finding
    return Finding(
        finding.code,
        finding.severity,
        finding.message,
        finding.origin,
        finding.hint,
        finding.source,
        reasons[finding.code],
    )


def _misused(waiver: Allowance, found: Severity | None, rule: Rule | None) -> Iterable[tuple[str, Problem]]:
    severity = found or (rule.severity if rule else None)
    if severity is None:
        yield (
            "WVR001",
            Problem(
                f"no rule has the code {waiver.code}, so nothing is waived",
                waiver.origin,
                "form4-author rules lists the codes.",
            ),
        )
    elif severity is Severity.ERROR:
        yield (
            "WVR002",
            Problem(
                f"{waiver.code} is an error, and errors can't be waived", waiver.origin, "Mend what it found instead."
            ),
        )
    elif found is None:
        yield (
            "WVR003",
            Problem(f"{waiver.code} is waived, but nothing was found under it", waiver.origin, "Remove the waiver."),
        )


def without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that an error says already, so that one mistake is told once.

    Of the schema, at the same place: a rule tells the mistake in the form's words and cites EDGAR's own rule, so it
    stays. Of a balance, which a plan states at that place. Of a character that was refused where the author wrote it.
    """
    listed = [*findings]
    told = {f.origin.position for f in listed if f.is_error and not f.code.startswith("XSD") and f.origin.position}
    balances = {f.origin.position for f in listed if f.code == "BAL002"}
    texts = [f.origin.path for f in listed if f.code == "DOC008" and f.is_error]

    def echoes(finding: Finding) -> bool:
        if finding.code == "BAL001":
            return finding.origin.position in balances
        if finding.code == "XML007" or (finding.code == "DOC008" and finding.severity is Severity.WARNING):
            return any(path.startswith(finding.origin.path) for path in texts)
        return finding.code.startswith("XSD") and finding.origin.position in told

    return [finding for finding in listed if not echoes(finding)]
