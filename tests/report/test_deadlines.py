"""Deadlines as people get them."""

from __future__ import annotations

from datetime import date

from form4_author.days.deadlines import Deadline
from form4_author.findings import NOWHERE
from form4_author.report.deadlines import as_text


def test_a_line_for_each_transaction() -> None:
    traded = date(2026, 11, 18)
    told = [
        Deadline(
            "Table I, line 1", "S", "Common Stock", "1,000", traded, traded, date(2026, 11, 20), True, "so", NOWHERE
        ),
        Deadline("Table I, line 2", "G", "Common Stock", "", traded, traded, None, False, "early", NOWHERE),
    ]
    assert as_text("a.yaml", told) == (
        "a.yaml:\n"
        "  2026-11-20 10 p.m. Eastern time  Table I, line 1: S 1,000 Common Stock; so\n"
        "  with Form 5  Table I, line 2: G Common Stock; early\n"
    )
    assert as_text("a.yaml", []) == "a.yaml: no transactions\n"
