"""The characters of a text by line and column, and what its lines stand for."""

from __future__ import annotations


def before(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a character of a text whose line ends are line feeds."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def index_of(text: str, line: int, offset: int) -> int:
    """The index of a character, given its line (from 1) and what stands before it on that line."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + offset


def one_line_end(text: str) -> str:
    """The text with every line end a single line feed, as an XML parser reads it (XML 1.0, section 2.11)."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def undashed(text: str) -> str:
    """The text that a part of a privacy-enhanced mail stands for.

    Such mail writes a line that begins with a hyphen as `- ` and the line (RFC 1421, section 4.3.2.2).
    """
    return text.replace("\n- ", "\n")
