"""Text from files and their names, made so that it can steer nothing when it is printed.

A terminal obeys control characters, an eye is deceived by those that turn the direction of writing, and a build service
obeys lines: `::command ...` at a line's begin (GitHub), `##[command]` and `##vso[...]` anywhere (GitHub, Azure). Every
text that the command line prints for people passes `steady`; what stands in a line of it passes `printable` first, so
that a line break in a name begins no line. Both keep the number of characters, for the carets below them.
"""

from __future__ import annotations

import re

MARK = "\N{REPLACEMENT CHARACTER}"
#: What a build service takes for a command wherever it stands.
COMMAND = re.compile(r"##(?=\w*\[)")
_AT_BEGIN = re.compile(r"^(\s*):(?=:)")
_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")


def printable(text: str) -> str:
    """A text on one line: tabs and line feeds are blanks, other control and format characters a mark."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " if c in "\t\n" else MARK for c in text)
    return COMMAND.sub(f"#{MARK}", text) if "##" in text else text


def steady(text: str, *, colour: bool = False) -> str:
    """A text of many lines, as it is to be printed.

    Args:
        text: what is to be printed.
        colour: leave the sequences that only colour it.
    """
    return "\n".join(_line(line, colour=colour) for line in text.split("\n"))


def _line(line: str, *, colour: bool) -> str:
    if colour:
        return "".join(part if _COLOUR.fullmatch(part) else _line(part, colour=False) for part in _COLOUR.split(line))
    return _AT_BEGIN.sub(rf"\1{MARK}", printable(line))
