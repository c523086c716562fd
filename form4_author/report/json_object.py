"""Findings as one JSON object, the form that docs/cli.md promises to programs."""

from __future__ import annotations

from collections.abc import Sequence

from form4_author.report.file_report import FileReport, Format, dumps, findings_data


def write(reports: Sequence[FileReport]) -> str:
    """All files' findings as one JSON object."""
    files = [
        {
            "file": report.file,
            "accepted": report.accepted,
            "outputs": list(report.outputs),
            "findings": findings_data(report.findings),
        }
        for report in reports
    ]
    return dumps({"files": files, "accepted": all(report.accepted for report in reports)})


FORMAT = Format("json", write, whole=True)
