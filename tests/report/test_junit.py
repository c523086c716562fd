"""Findings as continuous integration shows the results of tests."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from form4_author.findings import error
from form4_author.report.file_report import Course, FileReport
from form4_author.report.junit import write
from tests.report.reports import REPORT, at


def test_each_file_is_a_test_with_its_outcome() -> None:
    unread = FileReport(
        "plans/q.yaml", accepted=False, unreadable=True, findings=(error("FIL001", "no <file> & \x01", at(1, 1)),)
    )
    reports = [
        REPORT,
        FileReport("plans/a.yaml", accepted=True),
        unread,
        FileReport("z.yaml", accepted=False, unreadable=True, course=Course.NOT_BEGUN),
    ]
    text = write(reports)
    suites = ET.fromstring(text)
    assert {**suites.attrib} == {"name": "form4-author", "tests": "4", "failures": "1", "errors": "1", "skipped": "1"}
    cases = suites.findall("testsuite/testcase")
    assert [(case.get("classname"), case.get("name"), case.get("file")) for case in cases] == [
        ("form4-author", "p.yaml", "p.yaml"),
        ("plans", "a.yaml", "plans/a.yaml"),
        ("plans", "q.yaml", "plans/q.yaml"),
        ("form4-author", "z.yaml", "z.yaml"),
    ]
    assert [[part.tag for part in case] for case in cases] == [["failure"], [], ["error"], ["skipped"]]
    failure, unreadable = cases[0][0], cases[2][0]
    assert (failure.get("type"), failure.get("message")) == ("PLN002", 'unknown key "nam"')
    assert (failure.text or "").endswith("p.yaml: refused (1 error, 1 warning, 1 note, 1 waived)\n")
    assert unreadable.get("message") == "no <file> & \N{REPLACEMENT CHARACTER}"


def test_what_is_told_of_an_accepted_file_is_its_output() -> None:
    accepted = FileReport("p.yaml", accepted=True, findings=REPORT.findings[1:], texts=REPORT.texts)
    (output,) = ET.fromstring(write([accepted])).findall("testsuite/testcase/system-out")
    assert (output.text or "").endswith("p.yaml: accepted (1 warning, 1 note, 1 waived)\n")


def test_a_warning_that_refuses_is_the_failure() -> None:
    refused = FileReport("p.yaml", accepted=False, findings=REPORT.findings[1:], texts=REPORT.texts)
    (failure,) = ET.fromstring(write([refused])).findall("testsuite/testcase/failure")
    assert (failure.get("type"), failure.get("message")) == ("CCC001", "no place")
