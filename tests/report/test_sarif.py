"""Findings as code scanning takes them."""

from __future__ import annotations

import json

from form4_author.findings import Origin, Position, error
from form4_author.report.file_report import Course, FileReport
from form4_author.report.sarif import write


def test_the_files_that_were_checked_are_named_those_without_findings_too() -> None:
    included = error("PLN002", "x", Origin(Position("_profiles/b c.yaml", 2, 3)))
    reports = [FileReport("a.yaml", accepted=True), FileReport("plans/d.yaml", accepted=False, findings=(included,))]
    (run,) = json.loads(write(reports))["runs"]
    target = {"roles": ["analysisTarget"]}
    assert run["artifacts"] == [
        {"location": {"uri": "a.yaml"}} | target,
        {"location": {"uri": "plans/d.yaml"}} | target,
        {"location": {"uri": "_profiles/b%20c.yaml"}},
    ]
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "_profiles/b%20c.yaml", "index": 2}
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_a_run_that_was_ended_says_so() -> None:
    (run,) = json.loads(write([FileReport("a.yaml", accepted=False, course=Course.NOT_BEGUN)]))["runs"]
    assert run["invocations"] == [{"executionSuccessful": False}]
