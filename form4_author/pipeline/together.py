"""What became of each form of a plan -> what became of the plan; what is found in several forms is told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from form4_author.days.deadlines import due
from form4_author.filing import DocumentKind, Filing
from form4_author.findings import Rejected, Severity
from form4_author.pipeline.examine import Found, Refused, users_days
from form4_author.report.file_report import FileReport, FormReport

_PROFILE, _POWER_OF_ATTORNEY = "PLN013", "SIG002"
#: What the rules say of a form that is signed late.
_LATE = frozenset({"TXN014", "DOC020"})


def together(found: Sequence[Found], reports: Sequence[FileReport]) -> FileReport:
    """The report of a file from those of its forms, of which most files have one.

    Args:
        found: the forms as examined.
        reports: what became of each.
    """
    if len(found) == 1 and not found[0].form:
        return reports[0]
    return FileReport(
        reports[0].file,
        all(report.accepted for report in reports),
        any(report.unreadable for report in reports),
        tuple(dict.fromkeys(finding for report in reports for finding in report.findings)),
        tuple(output for report in reports for output in report.outputs),
        {name: text for report in reports for name, text in report.texts.items()},
        tuple(form_report(one, report) for one, report in zip(found, reports, strict=True)),
    )


def form_report(found: Found, report: FileReport) -> FormReport:
    """What became of one form, and what is still to be had for it."""
    errors, warnings = (_number(report, severity) for severity in (Severity.ERROR, Severity.WARNING))
    if isinstance(found, Refused):
        profile = any(finding.code == _PROFILE for finding in report.findings)
        missing = ("a profile",) if profile else ()
        return FormReport(found.form, report.accepted, missing=missing, errors=errors, warnings=warnings)
    filing, days = found.filing, _days(found.filing)
    lacking: list[str] = []
    if filing.kind is DocumentKind.FILER and not all(owner.has_ccc for owner in filing.owners):
        lacking.append("a CCC")
    if any(finding.code == _POWER_OF_ATTORNEY and not finding.waived for finding in report.findings):
        lacking.append("a power of attorney")
    signatures = [one for one in filing.signatures if one.name.text.strip()]
    return FormReport(
        found.form,
        report.accepted,
        _owner(filing),
        len(filing.rows),
        _first(day for day, _ in days),
        tuple(lacking),
        report.outputs,
        type=filing.document_type.text.strip(),
        issuer=filing.issuer.name.text.strip(),
        symbol=filing.issuer.trading_symbol.text.strip(),
        period=filing.period_of_report.text.strip()[:10],
        signed=max((one.date.text.strip()[:10] for one in signatures), default=""),
        unsigned=max(0, len(filing.owners) - len(signatures)),
        firm=_first(day for day, firm in days if firm),
        late=any(finding.code in _LATE for finding in report.findings),
        errors=errors,
        warnings=warnings,
        group=found.group,
    )


def _number(report: FileReport, severity: Severity) -> int:
    return sum(1 for one in report.findings if one.severity is severity and not one.waived)


def _owner(filing: Filing) -> str:
    names = [owner.name.text.strip() for owner in filing.owners]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}" if names else ""


def _days(filing: Filing) -> list[tuple[date, bool]]:
    """The last day of each line, and whether a form that is signed later is late."""
    try:
        return [(deadline.day, deadline.firm) for deadline in due(filing, users_days()) if deadline.day is not None]
    except Rejected:
        return []  # the user's own days can't be read, which is told


def _first(days: Iterable[date]) -> str:
    first = min(days, default=None)
    return first.isoformat() if first else ""
