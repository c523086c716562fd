"""Findings as one JSON object, the form that docs/cli.md promises to programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from form4_author.report.file_report import Course, FileReport, Format, FormReport, dumps, findings_data


def write(reports: Sequence[FileReport]) -> str:
    """All files' findings as one JSON object."""
    files = [
        {
            "file": report.file,
            "accepted": report.accepted,
            "outputs": list(report.outputs),
            "findings": findings_data(report.findings),
            **({"forms": [_form(form) for form in report.forms]} if report.forms else {}),
            **({"course": report.course.value} if report.course is not Course.DONE else {}),
            **({"standing": list(report.standing)} if report.standing else {}),
        }
        for report in reports
    ]
    return dumps({"files": files, "accepted": all(report.accepted for report in reports)})


def _form(form: FormReport) -> dict[str, Any]:
    return {
        "name": form.name,
        "accepted": form.accepted,
        "owner": form.owner,
        "lines": form.lines,
        "due": form.due,
        "missing": list(form.missing),
        "outputs": list(form.outputs),
    }


FORMAT = Format("json", write, whole=True)
