"""Answers as text: whole, as people read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from form4_author.short_swing.answers import answer
from form4_author.short_swing.as_text import as_text
from tests.conftest import ROOT
from tests.short_swing.histories import answered, filed, history, line, people, trade
from tests.short_swing.test_answers import BINDING, SPRING

CASES = ROOT / "tests" / "cases" / "short_swing"


def test_an_answer_as_text(golden: Callable[[Path, bytes], None]) -> None:
    lines = (
        *BINDING,
        trade("2024-03-04", "F", "10", "10"),
        trade("2024-05-06", "G", "10", "0"),
        trade("2024-06-04", "J", "60", "21", ", acquired_or_disposed: D"),
    )
    told = [answered(history(*lines)), *(answer(insider) for insider in people(filed(), filed(*unclear())))]
    golden(CASES / "answers.txt", as_text(told).encode())


def unclear() -> list[str]:
    return [
        line("2026-03-02", "P", "100", "5", "A", "100"),
        line("2026-03-03", "S", "100", None, "D", "0", "F1"),
        *(line("2026-03-04", "X", "1", "5", "A", str(number)) for number in range(25)),
    ]


def test_what_steers_a_terminal_or_looks_like_a_password_is_not_shown() -> None:
    text = filed(line("2026-03-02", "J", "100", "5", "A", "100")).replace("Common Stock", "&#x202e;Stock ab#4c@d9")
    shown = as_text([answered(text)])
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown
    assert "ab#4c@d9" not in shown


def test_a_profit_is_told_with_its_proof() -> None:
    shown = as_text([answered(history(*SPRING))])
    assert "Short-swing profit, Section 16(b): $2,500.00\n" in shown
    assert "In all $2,500.00." in shown
