"""Findings as GitHub workflow commands, which mark the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from form4_author.findings import Severity, in_order
from form4_author.printable import printable
from form4_author.report.file_report import FileReport, Format

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write(reports: Sequence[FileReport]) -> str:
    """All files' findings, a command a line."""
    return "".join(as_github(report) for report in reports)


def as_github(report: FileReport) -> str:
    """One file's findings as workflow commands."""
    lines = []
    for finding in in_order(report.findings):
        place = finding.origin.position
        properties = {"file": place.file if place else report.file}
        if place:
            properties |= {"line": str(place.line), "col": str(place.column)}
        properties["title"] = finding.code
        command = _COMMANDS[finding.severity]
        listed = ",".join(f"{name}={_escaped(printable(text), more=True)}" for name, text in properties.items())
        text = "\n".join(printable(part) for part in (finding.message, finding.hint) if part)
        lines.append(f"::{command} {listed}::{_escaped(text)}\n")
    return "".join(lines)


FORMAT = Format("github", write)


def _escaped(text: str, *, more: bool = False) -> str:
    pairs = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), *([(":", "%3A"), (",", "%2C")] if more else [])]
    for sign, code in pairs:
        text = text.replace(sign, code)
    return text
