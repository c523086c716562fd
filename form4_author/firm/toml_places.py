"""Where the keys and values of a TOML text stand. The text is one that tomllib has read: nothing is judged here."""

from __future__ import annotations

import re
import tomllib

from msgspec import Struct

Path = tuple[str | int, ...]
Spot = tuple[int, int]
"""Line and column, both from 1."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ONE_LINE = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_PLAIN = re.compile(r"[^,\]}#\n]*")


class Places(Struct, frozen=True):
    """Where what a TOML text says stands, by its path of keys and numbers.

    Attributes:
        keys: the first letter of each key.
        values: the first letter of each value.
    """

    keys: dict[Path, Spot] = {}
    values: dict[Path, Spot] = {}


def places(text: str) -> Places:
    """Where the keys and values of a TOML text stand.

    Args:
        text: what tomllib has read without complaint.
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = Places()
        self.counted, self.line, self.begin = 0, 1, 0
        self.lists: dict[Path, int] = {}

    def read(self) -> Places:
        table: Path = ()
        while True:
            self.skip()
            if self.at >= len(self.text):
                return self.found
            if self.text[self.at] == "[":
                several = self.text.startswith("[[", self.at)
                self.at += 2 if several else 1
                table = self.whole(self.keys((), self.spot()))
                if several:
                    number = self.lists[table] = self.lists.get(table, -1) + 1
                    table = (*table, number)
                self.at += 2 if several else 1
            else:
                self.pair(table)

    def whole(self, path: Path) -> Path:
        """A table's path, with the number of the item where it lies in an array of tables."""
        told: Path = ()
        for length, part in enumerate(path, 1):
            told = (*told, part)
            if length < len(path) and told in self.lists:
                told = (*told, self.lists[told])
        return told

    def pair(self, table: Path) -> None:
        self.skip()
        path = self.keys(table, self.spot())
        self.at += 1  # the sign between key and value
        self.value(path)

    def keys(self, table: Path, spot: Spot) -> Path:
        """A key, dotted or not; what stands behind it is next."""
        path = table
        while True:
            self.blanks()
            quoted = _ONE_LINE.match(self.text, self.at)
            word = quoted or _BARE.match(self.text, self.at)
            if word is None:
                return path
            self.at = word.end()
            path = (*path, tomllib.loads(f"key = {word[0]}")["key"] if quoted else word[0])
            self.found.keys.setdefault(path, spot)
            self.blanks()
            if not self.text.startswith(".", self.at):
                return path
            self.at += 1

    def value(self, path: Path) -> None:
        self.skip()
        self.found.values[path] = self.spot()
        sign = self.text[self.at : self.at + 1]
        if sign in {"[", "{"}:
            self.listed(path, "]" if sign == "[" else "}")
            return
        if sign in {'"', "'"} and self.text.startswith(sign * 3, self.at):
            self.at = self.many_lines(sign)
            return
        for kind in (_ONE_LINE, _PLAIN):
            found = kind.match(self.text, self.at)
            if found is not None:
                self.at = found.end()
                return

    def many_lines(self, quote: str) -> int:
        """Where a text of several lines ends that begins here: up to two quotation marks more are its own."""
        at = self.at + 3
        while True:
            end = self.text.find(quote * 3, at)
            escape = self.text.find("\\", at, end) if quote == '"' else -1
            if escape < 0:
                break
            at = escape + 2
        end += 3
        more = len(self.text[end : end + 2]) - len(self.text[end : end + 2].lstrip(quote))
        return end + more

    def listed(self, path: Path, end: str) -> None:
        """The items of an array, or the pairs of a table in one line."""
        self.at += 1
        number = 0
        while True:
            self.skip()
            if self.text[self.at : self.at + 1] in {end, ""}:
                self.at += 1
                return
            if self.text[self.at] == ",":
                self.at += 1
            elif end == "]":
                self.value((*path, number))
                number += 1
            else:
                self.pair(path)

    def skip(self) -> None:
        """Go past blanks, line ends and comments."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def blanks(self) -> None:
        while self.text[self.at : self.at + 1] in {" ", "\t"}:
            self.at += 1

    def spot(self) -> Spot:
        more = self.text.count("\n", self.counted, self.at)
        if more:
            self.line += more
            self.begin = self.text.rfind("\n", self.counted, self.at) + 1
        self.counted = self.at
        return self.line, self.at - self.begin + 1
