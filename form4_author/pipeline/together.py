"""What became of each form of a plan -> what became of the plan; what is found in several forms is told once."""

from __future__ import annotations

from collections.abc import Sequence

from form4_author.days.deadlines import due
from form4_author.filing import DocumentKind, Filing
from form4_author.findings import Rejected
from form4_author.pipeline.examine import Found, Refused, users_days
from form4_author.report.file_report import FileReport, FormReport

_PROFILE, _POWER_OF_ATTORNEY = "PLN013", "SIG002"


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
    if isinstance(found, Refused):
        profile = any(finding.code == _PROFILE for finding in report.findings)
        return FormReport(found.form, report.accepted, missing=("a profile",) if profile else ())
    filing = found.filing
    missing: list[str] = []
    if filing.kind is DocumentKind.FILER and not all(owner.has_ccc for owner in filing.owners):
        missing.append("a CCC")
    if any(finding.code == _POWER_OF_ATTORNEY and not finding.waived for finding in report.findings):
        missing.append("a power of attorney")
    return FormReport(
        found.form, report.accepted, _owner(filing), len(filing.rows), _due(filing), tuple(missing), report.outputs
    )


def _owner(filing: Filing) -> str:
    names = [owner.name.text.strip() for owner in filing.owners]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}" if names else ""


def _due(filing: Filing) -> str:
    try:
        days = [deadline.day for deadline in due(filing, users_days()) if deadline.day is not None]
    except Rejected:
        return ""  # the user's own days can't be read, which is told
    return min(days).isoformat() if days else ""
