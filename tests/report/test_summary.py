"""What became of a batch, in one table."""

from __future__ import annotations

from form4_author.findings import Finding, Severity, error
from form4_author.report.file_report import Course, FileReport
from form4_author.report.summary import summary
from tests.report.reports import REPORT, at

WARNING = Finding("OWN005", Severity.WARNING, "no CCC", at(1, 1))
UNREAD = error("FIL001", "no file", at(1, 1))


def test_each_verdict_has_its_line_and_what_is_not_accepted_is_named() -> None:
    reports = [
        *(FileReport(f"{n}.yaml", accepted=True, findings=(WARNING,), outputs=("x.xml", "x.pdf")) for n in range(1200)),
        REPORT,
        FileReport("p.yaml", accepted=False, unreadable=True, findings=(UNREAD,)),
        FileReport("b.yaml", accepted=False, findings=(UNREAD,), outputs=("b.xml",), course=Course.BROKEN_OFF),
        FileReport("c.yaml", accepted=False, findings=(UNREAD,), course=Course.NOT_BEGUN),
    ]
    assert summary(reports) == (
        "               files  errors  warnings  written\n"
        "accepted       1,200       0     1,200    2,400\n"
        "refused            1       1         1        0\n"
        "can't be read      1       1         0        0\n"
        "broken off         1       0         0        1\n"
        "not begun          1       0         0        0\n"
        "in all         1,204       2     1,201    2,401\n"
        "refused: p.yaml (PLN002)\n"
        "can't be read: p.yaml (FIL001)\n"
        "broken off: b.yaml (FIL001)\n"
    )


def test_of_many_that_are_refused_ten_are_named() -> None:
    reports = [FileReport(f"{n}\x1b.yaml", accepted=False, findings=(UNREAD,)) for n in range(12)]
    last = summary(reports).splitlines()[-1]
    assert last.startswith("refused: 0\N{REPLACEMENT CHARACTER}.yaml (FIL001), 1")
    assert last.endswith(".yaml (FIL001) and 2 more")
