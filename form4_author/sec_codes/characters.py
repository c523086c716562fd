"""Text as EDGAR takes it: plain ASCII, what can be written plainly replaced, the rest named for the author.

EDGAR's documents are ASCII (EDGAR Filer Manual, Volume II, 5.2.1). A typographic quote or a non-breaking space has
an equivalent that means the same, and is replaced; an accented letter or a currency sign has none that a tool may
choose, and is refused, with a suggestion where there is an obvious one.
"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

_SUSPECT = re.compile(r"[^\t\n\x20-\x7e]")
_LINE_END = re.compile(r"\r\n?")

# Characters that mean the same as the ASCII text beside them. The names in comments are Unicode's.
_PLAIN: dict[str, str] = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u02b9\u00b4\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u2036\u02ba\u00ab\u00bb", '"'),
    "\u2034": "'''",  # triple prime
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63", "-"),  # hyphens, figure and en dash, minus sign
    **dict.fromkeys("\u2014\u2015", "--"),  # em dash, horizontal bar
    "\u2026": "...",  # horizontal ellipsis
    "\u2024": ".",  # one dot leader
    "\u2025": "..",  # two dot leader
    **dict.fromkeys("\u2022\u2023\u2043\u25aa\u25cf\u25e6\u00b7\u2219\u22c5", "*"),  # bullets and middle dots
    "\u00a9": "(C)",
    "\u00ae": "(R)",
    "\u2122": "(TM)",
    "\u2120": "(SM)",
    **dict.fromkeys("\u2044\u2215", "/"),  # fraction slash, division slash
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},  # en quad to hair space
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c", ""),  # invisible, soft hyphen, marks
    **{chr(code): "" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},  # direction of writing
    **dict.fromkeys("\u0085\u2028\u2029", "\n"),  # next line, line and paragraph separator
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width forms
}
_FRACTIONS = {
    "\u00bc": "1/4",
    "\u00bd": "1/2",
    "\u00be": "3/4",
    "\u2150": "1/7",
    "\u2151": "1/9",
    "\u2152": "1/10",
    "\u2153": "1/3",
    "\u2154": "2/3",
    "\u2155": "1/5",
    "\u2156": "2/5",
    "\u2157": "3/5",
    "\u2158": "4/5",
    "\u2159": "1/6",
    "\u215a": "5/6",
    "\u215b": "1/8",
    "\u215c": "3/8",
    "\u215d": "5/8",
    "\u215e": "7/8",
}

# What an author may have meant where nothing means the same: offered, never written by itself.
_SUGGESTED: dict[str, str] = {
    "\u20ac": "EUR",
    "\u00a3": "GBP",
    "\u00a5": "JPY",
    "\u20b9": "INR",
    "\u20a9": "KRW",
    "\u20aa": "ILS",
    "\u00a2": "cents",
    "\u00a7": "Section",
    "\u00b6": "paragraph",
    "\u00b0": "degrees",
    "\u00b1": "+/-",
    "\u00d7": "x",
    "\u00f7": "/",
    "\u2260": "not equal to",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2020": "*",
    "\u2021": "**",
    "\u00df": "ss",
    "\u1e9e": "SS",
    "\u00e6": "ae",
    "\u00c6": "AE",
    "\u0153": "oe",
    "\u0152": "OE",
    "\u00f8": "o",
    "\u00d8": "O",
    "\u0142": "l",
    "\u0141": "L",
    "\u0111": "d",
    "\u0110": "D",
    "\u00f0": "d",
    "\u00d0": "D",
    "\u00fe": "th",
    "\u00de": "Th",
    "\u0131": "i",
}


class Replacement(Struct, frozen=True):
    """A character that was replaced.

    Attributes:
        index: where it stood in the text given, counted from 0.
        name: its name in lower case (`right single quotation mark`).
        replacement: what stands there now; empty for an invisible character.
    """

    index: int
    name: str
    replacement: str


class Refusal(Struct, frozen=True):
    """A character that has no plain equivalent; it still stands in the text.

    Attributes:
        index: where it stands in the text given, counted from 0.
        name: its name in lower case (`latin small letter e with acute`).
        suggestion: what the author may have meant; empty where nothing is obvious.
    """

    index: int
    name: str
    suggestion: str


class Plain(Struct, frozen=True):
    """A text with its plain equivalents in place. It is ASCII where nothing is refused."""

    text: str
    replaced: tuple[Replacement, ...] = ()
    refused: tuple[Refusal, ...] = ()


def to_ascii(text: str) -> Plain:
    r"""Write a text in the characters that EDGAR takes.

    Every line end becomes a single line feed; tabs and line feeds stay. Each other change is told.

    Args:
        text: any text; indices count its own characters, so a `\r\n` counts as two.
    """
    if "\r" not in text and not _SUSPECT.search(text):
        return Plain(text)
    parts: list[str] = []
    replaced: list[Replacement] = []
    refused: list[Refusal] = []
    done = 0
    for match in _SUSPECT.finditer(text):
        index, character = match.start(), match[0]
        if character == "\r":
            continue
        plain = _equivalent(character, text[index - 1 : index])
        if plain is None:
            refused.append(Refusal(index, name_of(character), _suggestion(character)))
            continue
        replaced.append(Replacement(index, name_of(character), plain))
        parts += text[done:index], plain
        done = index + 1
    parts.append(text[done:])
    return Plain(_LINE_END.sub("\n", "".join(parts)), tuple(replaced), tuple(refused))


def name_of(character: str) -> str:
    """What a character is called, in lower case; control characters by their number."""
    return unicodedata.name(character, "").lower() or f"the character U+{ord(character):04X}"


def _equivalent(character: str, before: str) -> str | None:
    fraction = _FRACTIONS.get(character)
    if fraction is not None:
        return f" {fraction}" if before.isdigit() else fraction
    return _PLAIN.get(character)


def _suggestion(character: str) -> str:
    known = _SUGGESTED.get(character)
    if known is not None:
        return known
    letters = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return letters if letters.isalnum() else ""
