"""Findings as people and programs get them."""

from __future__ import annotations

import json

from form4_author.findings import Finding, Origin, Position, Severity, error
from form4_author.report.file_report import FileReport, as_github, as_json, as_text, findings_data

TEXT = "issuer:\n\tname: X\n" + "long: " + "x" * 200 + "Y" + "z" * 200 + "\n"


def at(line: int, column: int, path: str = "issuer.name") -> Origin:
    return Origin(Position("p.yaml", line, column), path)


LATER = error("PLN002", 'unknown key "nam"', at(2, 2), hint="Did you mean name?")
EARLIER = Finding("DOC001", Severity.WARNING, "the first", at(1, 1), source="Form 4 item 3")
WAIVED = Finding("TXN014", Severity.WARNING, "late", at(1, 3), hint="x", waived="the broker was late")
NOWHERE = Finding("CCC001", Severity.NOTE, "no place")
REPORT = FileReport("p.yaml", accepted=False, findings=(LATER, EARLIER, WAIVED, NOWHERE), texts={"p.yaml": TEXT})


def test_text_is_in_order_with_lines_carets_hints_and_a_verdict() -> None:
    assert as_text(REPORT) == (
        "note CCC001 no place\n"
        "p.yaml:1:1: warning DOC001 the first\n"
        "  1 | issuer:\n"
        "    | ^\n"
        "p.yaml:1:3: waived TXN014 late\n"
        "  1 | issuer:\n"
        "    |   ^\n"
        "  waived: the broker was late\n"
        'p.yaml:2:2: error PLN002 unknown key "nam"\n'
        "  2 |  name: X\n"
        "    |  ^\n"
        "  Did you mean name?\n"
        "p.yaml: refused (1 error, 1 warning, 1 note, 1 waived)\n"
    )


def test_a_long_line_is_cut_around_the_column() -> None:
    text = as_text(
        FileReport("p.yaml", accepted=False, findings=(error("X", "m", at(3, 207)),), texts={"p.yaml": TEXT})
    )
    shown, caret = text.splitlines()[1:3]
    assert len(shown) < 120
    assert shown[caret.index("^")] == "Y"


def test_control_characters_cannot_steer_a_terminal() -> None:
    report = FileReport(
        "p.yaml",
        accepted=False,
        findings=(error("X", "a\x1b[31mb\u202ec", at(1, 1)),),
        texts={"p.yaml": "x\x1b]0;title\x07\n"},
    )
    text = as_text(report)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_colour_only_where_asked() -> None:
    assert "\x1b[31merror\x1b[0m PLN002" in as_text(REPORT, colour=True)
    assert "\x1b" not in as_text(REPORT)


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
        "::notice file=a%2Cb%3Ac.yaml,line=3,col=4,title=X1::100%25 of%0Ait: all, :: too%0Ahint%0D\n"
    )


def test_json_keeps_everything_that_a_finding_is() -> None:
    data = json.loads(as_json([REPORT, FileReport("q.yaml", accepted=True, outputs=("build/q.xml",))]))
    assert data["accepted"] is False
    assert [(f["file"], f["accepted"], f["outputs"]) for f in data["files"]] == [
        ("p.yaml", False, []),
        ("q.yaml", True, ["build/q.xml"]),
    ]
    assert data["files"][0]["findings"][1] == {
        "code": "DOC001",
        "severity": "warning",
        "message": "the first",
        "file": "p.yaml",
        "line": 1,
        "column": 1,
        "path": "issuer.name",
        "hint": "",
        "source": "Form 4 item 3",
    }
    assert data["files"][0]["findings"][2]["waived"] == "the broker was late"
    assert data["files"][0]["findings"][0]["line"] is None


def test_files_may_be_named_from_a_folder() -> None:
    finding = error("X", "m", Origin(Position("a/_profiles/x.yaml", 1, 1)))
    assert findings_data([finding], relative_to="a/b")[0]["file"] == "../_profiles/x.yaml"
