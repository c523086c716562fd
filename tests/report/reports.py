"""A report with every kind of finding in it."""

from __future__ import annotations

from form4_author.findings import Finding, Origin, Position, Severity, error
from form4_author.report.file_report import FileReport

TEXT = "issuer:\n\tname: X\n" + "long: " + "x" * 200 + "Y" + "z" * 200 + "\n"


def at(line: int, column: int, path: str = "issuer.name") -> Origin:
    return Origin(Position("p.yaml", line, column), path)


LATER = error("PLN002", 'unknown key "nam"', at(2, 2), hint="Did you mean name?")
EARLIER = Finding("DOC001", Severity.WARNING, "the first", at(1, 1), source="Form 4 item 3")
WAIVED = Finding("TXN014", Severity.WARNING, "late", at(1, 3), hint="x", waived="the broker was late")
NOWHERE = Finding("CCC001", Severity.NOTE, "no place")
REPORT = FileReport("p.yaml", accepted=False, findings=(LATER, EARLIER, WAIVED, NOWHERE), texts={"p.yaml": TEXT})
