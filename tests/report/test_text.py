"""Findings as people get them."""

from __future__ import annotations

import pytest

from form4_author.findings import error
from form4_author.report.file_report import FileReport
from form4_author.report.text import as_text, write
from tests.report.reports import REPORT, TEXT, at


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


@pytest.mark.parametrize(("number", "between"), [(2, "\n"), (19, "\n"), (20, "")])
def test_files_stand_apart_unless_they_are_many(number: int, between: str) -> None:
    reports = [FileReport(f"{n}.yaml", accepted=True) for n in range(number)]
    assert write(reports) == between.join(f"{n}.yaml: accepted\n" for n in range(number))
    assert write(reports, colour=True) == between.join(f"{n}.yaml: \x1b[32maccepted\x1b[0m\n" for n in range(number))
