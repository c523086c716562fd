"""How footnotes are searched: patterns compiled at their first use, and a text evened out and cut to size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

#: No more of a text is read: two footnotes or the remarks fit into it.
READ = 2000

#: A number as people write it. What runs on in digits, commas or points (`1,1140.890`, `4,5.95`) is none.
AMOUNT = r"(?<!\d)(?<!\d[,.])((?>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+))(?![,.]?\d|%)"


class Pattern:
    """A regular expression, upper and lower case alike, that is compiled when it is first used."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.text, re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning."""
        return self.compiled.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, in the order of the text."""
        return self.compiled.finditer(text)

    def split(self, text: str) -> list[str]:
        """The parts between the matches."""
        return self.compiled.split(text)


def flat(text: str) -> str:
    """A text on one line, its blanks evened out; no more of it than `READ` characters."""
    return " ".join(text[:READ].split())
