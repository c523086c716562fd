"""What became of files as JUnit's XML, in which services of continuous integration show the results of tests.

Each file is a test: one that is refused has failed, one that can't be read is in error, one that the run didn't come to
is skipped. What is told of a file that is accepted stands as its output.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from xml.etree import ElementTree as ET

from form4_author.findings import in_order
from form4_author.printable import printable, steady
from form4_author.report.file_report import Course, FileReport, Format
from form4_author.report.text import as_text

_NAME = "form4-author"


def write(reports: Sequence[FileReport]) -> str:
    """All files as one suite."""
    suite = ET.Element("testsuite", {"name": _NAME})
    for report in reports:
        _case(suite, report)
    outcomes = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    counts = {"tests": str(len(reports))} | {
        name: str(len(suite.findall(f"testcase/{outcome}"))) for name, outcome in outcomes.items()
    }
    suite.attrib |= counts
    suites = ET.Element("testsuites", {"name": _NAME, **counts})
    suites.append(suite)
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


FORMAT = Format("junit", write, whole=True)


def _case(suite: ET.Element, report: FileReport) -> None:
    path = PurePath(report.file)
    folder = printable(path.parent.as_posix())
    case = ET.SubElement(
        suite,
        "testcase",
        {
            "classname": _NAME if folder == "." else folder,
            "name": printable(path.name),
            "file": printable(path.as_posix()),
        },
    )
    if report.course is Course.NOT_BEGUN:
        ET.SubElement(case, "skipped", {"message": "the run was ended before"})
    elif report.accepted:
        if report.findings:
            ET.SubElement(case, "system-out").text = steady(as_text(report))
    else:
        first = next((finding for finding in in_order(report.findings) if finding.is_error), None)
        first = first or next((finding for finding in in_order(report.findings) if not finding.waived), None)
        said = (
            {"message": printable(first.message), "type": first.code} if first else {"message": "refused", "type": ""}
        )
        ET.SubElement(case, "error" if report.unreadable else "failure", said).text = steady(as_text(report))
