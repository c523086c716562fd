"""Findings as workflow commands."""

from __future__ import annotations

from form4_author.findings import Finding, Origin, Position, Severity, error
from form4_author.report.file_report import FileReport
from form4_author.report.github import as_github, write


def test_workflow_commands_escape_what_would_end_them() -> None:
    report = FileReport(
        "a,b:c.yaml",
        accepted=False,
        findings=(
            Finding("X1", Severity.NOTE, "100% of\nit: all, :: too", Origin(Position("a,b:c.yaml", 3, 4)), "hint\r"),
            error("X2", "nowhere"),
        ),
    )
    assert as_github(report) == (
        "::error file=a%2Cb%3Ac.yaml,title=X2::nowhere\n"
        "::notice file=a%2Cb%3Ac.yaml,line=3,col=4,title=X1::100%25 of it: all, :: too%0Ahint\ufffd\n"
    )
    assert write([report, report]) == as_github(report) * 2
