"""What became of the files of a batch, in one table: how many of each verdict, what was found and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from form4_author.findings import Severity, in_order
from form4_author.printable import printable
from form4_author.report.file_report import Course, FileReport

_MOST_NAMED = 10
_HEAD = ("", "files", "errors", "warnings", "written")


def verdict(report: FileReport) -> str:
    """What became of a file, in the words of all that tells of it."""
    if report.course is not Course.DONE:
        return report.course.value
    places = [f.origin.position for f in report.findings if f.is_error]
    itself = report.unreadable and all(place is None or place.file == report.file for place in places)
    return "accepted" if report.accepted else "can't be read" if itself else "refused"


def summary(reports: Sequence[FileReport]) -> str:
    """The table, and below it the files that are not accepted, each with the first of its errors."""
    by_verdict: dict[str, list[FileReport]] = {word: [] for word in _VERDICTS}
    for report in reports:
        by_verdict[verdict(report)].append(report)
    rows = [_HEAD, *(_row(word, found) for word, found in by_verdict.items() if found)]
    if len(rows) > 2:
        rows.append(_row("in all", reports))
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    lines = [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([*lines, *_named(by_verdict)]) + "\n"


_VERDICTS = (
    *("accepted", Course.UNCHANGED.value, "refused", "can't be read"),
    *(Course.BROKEN_OFF.value, Course.NOT_BEGUN.value),
)
_TOLD = {Course.DONE, Course.UNCHANGED}


def _row(word: str, reports: Sequence[FileReport]) -> tuple[str, ...]:
    findings = [f for report in reports if report.course in _TOLD for f in report.findings if not f.waived]
    counts = (
        len(reports),
        sum(finding.severity is Severity.ERROR for finding in findings),
        sum(finding.severity is Severity.WARNING for finding in findings),
        sum(len(report.outputs) for report in reports),
    )
    return word, *(f"{count:,}" for count in counts)


def _named(by_verdict: Mapping[str, Sequence[FileReport]]) -> list[str]:
    lines = []
    for word, reports in by_verdict.items():
        if word in {"accepted", Course.UNCHANGED.value, Course.NOT_BEGUN.value} or not reports:
            continue
        named = [_with_code(report) for report in reports[:_MOST_NAMED]]
        more = f" and {len(reports) - _MOST_NAMED:,} more" if len(reports) > _MOST_NAMED else ""
        lines.append(f"{word}: {', '.join(named)}{more}")
    return lines


def _with_code(report: FileReport) -> str:
    code = next((finding.code for finding in in_order(report.findings) if finding.is_error), "")
    return printable(report.file) + (f" ({code})" if code else "")
