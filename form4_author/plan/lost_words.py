"""What YAML takes for something else than the author did, so that a word would be lost: told at the word's own place.

In braces a comma ends the entry; ` #` begins a comment; a no-break space is no blank, and `“` no quotation mark; a line
that stands further in goes on with the text above it.

Codes: YML009 a stray word in braces, YML010 text cut by a `#`, YML011 a sign that only looks like YAML's own,
YML012 a line joined to the text above it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from form4_author.findings import Finding, Origin, Position, error

_LONG = 200
#: How far from a `ccc` key its value may stand, in characters.
_NEAR = 80
_OPENING = "\u201c\u201d\u201e\u201f\u00ab\u2018\u201a\u2039"
_CLOSING = "\u201d\u201c\u00bb\u2019\u2018\u203a"
_ODD_NAMES = {
    "\u00a0": "a no-break space (U+00A0)",
    "\u1680": "an Ogham space (U+1680)",
    "\u202f": "a narrow no-break space (U+202F)",
    "\u205f": "a mathematical space (U+205F)",
    "\u3000": "an ideographic space (U+3000)",
    "\u200b": "a zero-width space (U+200B)",
    "\u2060": "a word joiner (U+2060)",
    "\ufeff": "a byte order mark (U+FEFF)",
    "\uff1a": "a full-width colon (U+FF1A)",
    "\ufe55": "a small colon (U+FE55)",
    "\uff0c": "a full-width comma (U+FF0C)",
    "\u0085": "a next line sign (U+0085)",
    "\u2028": "a line separator (U+2028)",
    "\u2029": "a paragraph separator (U+2029)",
}
#: What the parser, of YAML 1.1, takes for line breaks; editors don't, nor does YAML 1.2.
_NO_BREAKS = "\u0085\u2028\u2029"
_ODD = re.compile("[\u2000-\u200a" + "".join(_ODD_NAMES) + "]")
_ODD_BESIDE = re.compile(rf"(?m)(?:^[ \t]*|[:\-?,{{\[])[{_ODD.pattern[1:-1]}]|[\uff1a\ufe55{_NO_BREAKS}]")
_COLONS = "\uff1a\ufe55"
#: Behind a value, `#` and a word, or one blank and a number alone: more likely the author's text than a comment.
_CUT = re.compile(r"#(?:[^\W_]|[$(\"'\u201c])")
_NUMBER = re.compile(r"#[ \t]?\d+[A-Za-z]?[ \t]*(?=\n|\Z|[,}\]#])")
_JOINED = re.compile(r"[ \t]*(-[ \t]|[A-Za-z_]\w*:(?!//)\S|[a-z0-9]+(?:_[a-z0-9]+)+[ \t])")
_GROUPED = re.compile(r"([-(]?\$?)(\d+(?:,\d+)+)(\.\d+)?(\)?)", re.ASCII)
_NO_WORDS = re.compile(r"[-$(]*\d[\d.,/)-]*|yes|no|true|false")
_ANCHOR = re.compile(r"&[\w-]+\s*(?:#.*\n\s*)*")
_POINTS = re.compile(r"([-(]?\$?)(\d{1,3}(?:\.\d{3})+),(\d+)(\)?)", re.ASCII)


def as_letters(text: str) -> tuple[str, dict[int, str]]:
    """The text with a letter that it lacks for each sign that only the parser takes for a line break; which are which.

    The letters are as long as the signs, so that all else stands where it stood.
    """
    signs = "".join(sign for sign in _NO_BREAKS if sign in text)
    held = set(text) if signs else set()
    free = (chr(code) for code in range(0x10000, 0x110000) if chr(code) not in held)
    letters = "".join(islice(free, len(signs)))
    return text.translate(str.maketrans(signs, letters)), {
        ord(letter): sign for letter, sign in zip(letters, signs, strict=True)
    }


def in_quotes(text: str) -> str:
    """The text as a YAML scalar in quotation marks, on one line."""
    words = " ".join(text.split())
    return f'"{words}"' if not re.search(r'["\\]', words) else "'" + words.replace("'", "''") + "'"


def in_braces(text: str) -> str:
    """The text as a value in braces: in quotation marks where it needs them."""
    return text if re.fullmatch(r"\w[\w .()/'-]*", text) else in_quotes(text)


def numbers_meant(text: str) -> list[str]:
    """What a number with a misplaced comma may mean: `22,53` is 22.53 or 2,253; empty where it is no such number."""
    compact = re.sub(r"[ \t]+", "", text)
    if points := _POINTS.fullmatch(compact):
        return [f"{points[1]}{points[2].replace('.', ',')}.{points[3]}{points[4]}"]
    grouped = _GROUPED.fullmatch(compact)
    if not grouped:
        return []
    sign, digits, decimals, close = grouped[1], grouped[2], grouped[3] or "", grouped[4]
    meant = []
    whole, _, last = digits.rpartition(",")
    if not decimals and re.fullmatch(r"\d{1,3}(,\d{3})*|\d+", whole):
        meant.append(f"{sign}{whole}.{last}{close}")
    meant.append(f"{sign}{_thousands(digits.replace(',', ''))}{decimals}{close}")
    return meant


def _thousands(digits: str) -> str:
    plain = digits.lstrip("0") or "0"
    first = len(plain) % 3
    return ",".join([*([plain[:first]] if first else []), *(plain[at : at + 3] for at in range(first, len(plain), 3))])


class Stray(Struct):
    """Words in braces that no colon makes a key: where they begin and end, behind which key's value."""

    start: int
    end: int
    key: str | None = None
    value: int | None = None
    quoted: bool = False


class Words(Struct):
    """One file's text, and the findings on what would be lost of it.

    Attributes:
        name: the file's name, as findings give it.
        text: its text.
    """

    name: str
    text: str
    _lines: list[int] = []

    def _line(self, index: int) -> int:
        """The number of a character's line, from 1."""
        if not self._lines:
            self._lines = [0, *(match.end() for match in re.finditer("\n", self.text))]
        return bisect_right(self._lines, index)

    def position(self, index: int) -> Position:
        """Line and column of a character."""
        line = self._line(index)
        return Position(self.name, line, index - self._lines[line - 1] + 1)

    def line_at(self, index: int) -> tuple[int, int]:
        """Where the line of a character begins and ends."""
        line = self._line(index)
        return self._lines[line - 1], self._lines[line] - 1 if line < len(self._lines) else len(self.text)

    def behind_anchor(self, index: int) -> int:
        """Where the text begins that an anchor at a character stands for."""
        found = _ANCHOR.match(self.text, index)
        return found.end() if found else index

    def finding(self, code: str, message: str, index: int, hint: str) -> Finding:
        """An error at a character; where a CCC may stand there, nothing of the text is repeated."""
        if "ccc" in self.text[max(0, index - _NEAR) : index + _NEAR].lower():
            message = "this can't be read as keys and values; a CCC seems to stand here, so nothing of it is shown"
            hint = "A CCC never stands in a plan: delete it."
        return error(code, message, Origin(self.position(index)), hint=hint)

    def stray(self, stray: Stray) -> Finding:
        """Words in braces behind a comma, which YAML makes a key without a value."""
        if odd := self.odd_sign(stray.start, stray.end, beside=True):
            return odd
        words = " ".join(self.text[stray.start : stray.end].split())
        shown = words if len(words) <= 60 else f"{words[:57]}..."
        message = f"{in_quotes(shown)} stands alone: in braces a comma ends the entry"
        return self.finding("YML009", message, stray.start, self._way_out(stray, words))

    def _way_out(self, stray: Stray, words: str) -> str:
        glued = re.fullmatch(r"(\w+):(\S.*)", words)
        if glued and not glued[2].startswith("//"):
            return f"A colon needs a blank behind it: {glued[1]}: {glued[2]}"
        named = re.fullmatch(r"([a-z][a-z0-9_]*)(?: (\S.*))?", words)
        as_key = f"{named[1]}: {named[2] or 'value'}" if named else "key: value"
        if stray.key is None or stray.value is None:
            return f"A key takes a colon and its value: {as_key}."
        whole = self.text[stray.value : stray.end]
        if named and _NO_WORDS.fullmatch(self.text[stray.value : stray.start].rstrip(", \t\n")):
            return f"A key takes a colon and its value: {as_key}."
        if meant := numbers_meant(whole):
            forms = " or ".join(f"{stray.key}: {number}" for number in meant)
            return f"Commas part thousands, and a point the decimals: write {forms}."
        if stray.quoted:
            mark = whole[0]
            quoted_part, _, rest = whole[1:].partition(mark)
            whole = quoted_part + rest.lstrip() if rest.lstrip().startswith(",") else whole[1:]
        elif whole[0] in _OPENING:
            whole = whole.strip(_OPENING + _CLOSING)
        entry = f"{stray.key}: {in_quotes(whole)}"
        if len(entry) > _LONG:
            entry = f'{stray.key}: "..."'
        also = f"; a key takes a colon and its value: {as_key}." if named and not named[2] else ""
        return f"Put text that holds a comma in quotes: {entry}{also}"

    def cut(self, start: int, end: int, key: str | None, value: tuple[int, int] | None) -> Iterator[Finding]:
        """Comments between `start` and `end` that would cut a value off: `5 Main St #300`.

        Args:
            start: where the last value or sign ended.
            end: where the next begins.
            key: the key of the last value, where that is known.
            value: where that value stands, if it is plain text.
        """
        at = self.text.find("#", start, end)
        while at >= 0:
            line, stop = self.line_at(at)
            indented = not self.text[line:at].strip()
            number = value is not None and value[1] == at - 1 and _NUMBER.match(self.text, at)
            if (number or _CUT.match(self.text, at)) and not (indented and not self._goes_on(at, line, value)):
                yield self._cut(at, stop, key, value)
            at = self.text.find("#", stop, end)

    def _goes_on(self, at: int, line: int, value: tuple[int, int] | None) -> bool:
        """Whether a whole line of comment stands where the plain text of the line above would go on."""
        if value is None or self.text[value[1] : line].strip():
            return False
        first, _ = self.line_at(value[0])
        indent = len(self.text[first : value[0]]) - len(self.text[first : value[0]].lstrip(" -"))
        return at - line > indent and self.text.count("\n", value[1], line) == 1

    def _cut(self, at: int, stop: int, key: str | None, value: tuple[int, int] | None) -> Finding:
        said = re.split(r"[,}\]]", self.text[at:stop])[0].rstrip()
        hint = "A comment has a blank behind its #"
        if value is not None and key is not None and "\n" not in self.text[value[0] : at]:
            entry = f"{key}: {in_quotes(self.text[value[0] : at + len(said)])}"
            hint = f"Put text that holds # in quotes: {entry}; behind the # of a comment stands a blank"
        shown = said if len(said) <= 60 else f"{said[:57]}..."
        return self.finding("YML010", f"{shown} is cut off: # behind a blank begins a comment", at, f"{hint}.")

    def odd_sign(self, start: int, end: int, *, beside: bool = False) -> Finding | None:
        """A sign that looks like a blank, a colon or a comma and is none, the first between two places.

        Args:
            start: where to begin.
            end: where to stop.
            beside: only where a blank would have a meaning: at the start of a line, or beside a sign of YAML's own.
        """
        found = (_ODD_BESIDE if beside else _ODD).search(self.text, start, end)
        if not found:
            return None
        sign, at = found[0][-1], found.end() - 1
        name = _ODD_NAMES.get(sign, f"a space that is no blank (U+{ord(sign):04X})")
        plain = "a colon and a blank" if sign in _COLONS else "a comma" if sign == "\uff0c" else "a blank"
        plain = "a line break" if sign in _NO_BREAKS else plain
        return self.finding(
            "YML011", f"{name} stands here, which YAML takes for a letter", at, f"Write {plain} instead."
        )

    def curly_quotes(self, value: str, index: int, key: str | None) -> Finding | None:
        """A plain value wholly in curly quotation marks, which YAML makes part of the text."""
        if len(value) < 2 or value[0] not in _OPENING or value[-1] not in _CLOSING:
            return None
        if any(sign in _OPENING + _CLOSING and sign != "\u2019" for sign in value[1:-1]):
            return None  # marks inside: the ones at the ends belong to words of the text
        entry = f"{key}: {in_quotes(value[1:-1])}" if key else in_quotes(value[1:-1])
        return self.finding(
            "YML011",
            "curly quotation marks are part of the text; only straight ones enclose it",
            index,
            f"Write {entry}" if len(entry) <= _LONG else "Write straight ones.",
        )

    def joined(self, start: int, end: int) -> Finding | None:
        """A line of a plain text that looks like a key or an item of a list: `officer:CFO`, `- b`."""
        at = self.text.find("\n", start, end)
        while at >= 0:
            if line := _JOINED.match(self.text, at + 1, end):
                return self.finding(
                    "YML012",
                    "this line stands further in than the one above it, so it goes on with that one's text",
                    line.start(1),
                    "Keys and items of one level begin in the same column, a key has a colon and a blank behind it; "
                    "text over several lines stands in quotes or behind |.",
                )
            at = self.text.find("\n", at + 1, end)
        return None
