"""What the fonts of a PDF are called inside it: the same on every machine.

WeasyPrint derives a font's tag from how Pango describes it, which differs between versions of Pango. The tag only has
to be six capital letters, another for each font of the file (ISO 32000-1, 9.6.4): here they are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NAMES = ("BaseFont", "FontName")


def settle_font_names(pdf: Any) -> None:
    """Give the fonts of a PDF that is about to be written the tags AAAAAA, AAAAAB and so on, as they are first used.

    Args:
        pdf: the pydyf document, each of its fonts known by its tag.
    """
    dictionaries: list[Any] = [part for part in pdf.objects if isinstance(part, dict)]
    listed = {part["Font"] for part in dictionaries if "Font" in part}
    (fonts,) = (part for part in dictionaries if part.reference in listed) if listed else ({},)
    tags = {tag: _tag(number) for number, tag in enumerate(fonts)}
    known = [(tags[tag], fonts.pop(tag)) for tag in tags]
    fonts.update(known)
    for part in dictionaries:
        for key in _NAMES:
            if key in part:
                part[key] = _renamed(part[key], tags)
    for part in pdf.objects:
        if hasattr(part, "stream"):
            part.stream = [_settled(line, tags) for line in part.stream]


def _tag(number: int) -> str:
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _renamed(name: bytes, tags: Mapping[str, str]) -> bytes:
    """`/DRGLGB+Form-Sans` under its new tag."""
    tag, plus, rest = name.partition(b"+")
    return b"/" + tags[tag.removeprefix(b"/").decode()].encode() + plus + rest


def _settled(line: Any, tags: Mapping[str, str]) -> Any:
    """One line of a content stream; where it chooses a font, by that font's new tag."""
    if not (isinstance(line, bytes) and line.endswith(b" Tf")):
        return line
    tag, size, operator = line.split(b" ")
    return b" ".join((b"/" + tags[tag.removeprefix(b"/").decode()].encode(), size, operator))
