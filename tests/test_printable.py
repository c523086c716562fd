"""One line that steers nothing, and many."""

from __future__ import annotations

import pytest

from form4_author.printable import printable, steady


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, caf\u00e9", "plain text, caf\u00e9"),
        ("a\tb\nc", "a b c"),
        ("\x1b[31m\x9b\x7f\r", "\ufffd[31m\ufffd\ufffd\ufffd"),
        ("\u202ea\u2066\u2028\x85\ufeff\udcff", "\ufffda" + "\ufffd" * 5),
        ("##[error]x, ##vso[task] ### [x]", "#\ufffd[error]x, #\ufffdvso[task] ### [x]"),
        ("## heading", "## heading"),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert len(shown) == len(text)


def test_many_lines() -> None:
    assert steady("a\n::error::x\n \t::x\nb ::c\n") == "a\n\ufffd:error::x\n  \ufffd:x\nb ::c\n"
    assert steady("\x1b[31mred\x1b[0m") == "\ufffd[31mred\ufffd[0m"
    assert steady("\x1b[31mred\x1b[0m \x1b[2J", colour=True) == "\x1b[31mred\x1b[0m \ufffd[2J"
