"""What a secret is, and how it is kept out of all that is shown: the one place that knows.

The secret is a filer's CCC, its password at EDGAR. It is known by its name (what stands behind a key or in an element
called something with `ccc`), as a line `CIK: CCC`, by its shape (8 characters, a numeral and one of @ # $ * among
them), or by heart: those that the tool was given. Whoever keeps a text for showing lines of it masks it here; a
finding masks its own words; what is printed or written passes `without_known`.

A text is masked character for character, so that positions stay true, and by scanning from left to right: no text
takes more time than its length allows. An enclosed document is base64, readable for whoever decodes it, and so it is
masked like a CCC.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from msgspec import Struct

# What the process was told is secret, in each way of writing it.
_known: set[str] = set()
_LEAST = 6

_ELEMENT = re.compile(r"<\s*+[\w.:-]*?(?:ccc|documentMimeBlock)[\w.:-]*+", re.IGNORECASE)
_TAG = re.compile(r"""(?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+>?""")
_NAME = re.compile(r"</?[\w.:-]*+")
_SECTIONS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_KEY = re.compile(r"ccc\w*+[\"']?(\s*+)([:=]?)", re.IGNORECASE)
_BLANKS = re.compile(r"\s*+")
_MORE_FOLLOWS = frozenset("|>[{&!-")
_LINE = re.compile(
    r"^([^\S\n]*+[\"']?+\d{4,10}+[\"']?+[^\S\n]*+[:=][^\S\n]*+[\"']?+)\S{8}(?=[\"']?[^\S\n]*+(?:#.*)?$)",
    re.MULTILINE,
)
_SHAPE = re.compile(
    r"(?<![A-Za-z0-9@#$*_])(?<![A-Za-z0-9][.-])(?=[A-Za-z0-9]{0,7}[@#$*])[A-Za-z0-9@#$*]{8}"
    r"(?![A-Za-z0-9@#$*_]|[.-][A-Za-z0-9])"
)
_SIGN = re.compile("[@#$*]")
_FEW = 32
"""Signs are few where each of them has so many characters of the text."""
_NUMBER = re.compile(r"[#$*]?\d+[#$*]?")
_SHOWN = re.compile(r"\S")
_SHOWN_OF_MARKUP = re.compile(r"[^\s>]")


def remember(secret: str) -> None:
    """Keep a secret in mind: `masked`, `masked_words` and `without_known` let it through nowhere in this process.

    What is shorter than 6 characters is no CCC, not even one with a mistake in it, and would blot out plain words.
    """
    if len(secret) >= _LEAST:
        escaped = html.escape(secret)
        _known.update(
            {
                *(secret, escaped, html.escape(secret, quote=False), quote(secret), json.dumps(secret)[1:-1]),
                escaped.replace("&quot;", "&#34;").replace("&#x27;", "&#39;"),
            }
        )


def forget() -> None:
    """Forget all that was remembered."""
    _known.clear()


def holds_known(text: str) -> bool:
    """Whether a remembered secret stands in a text."""
    return bool(_known) and any(secret in text for secret in _known)


def masked(text: str) -> str:
    """The text of a file with every secret in it replaced by asterisks, character for character."""
    if _may_name_one(text):
        text = _without_values(_without_elements(text))
    return without_known(_without_shapes(_LINE.sub(r"\1********", text)))


class Veiled(Struct, frozen=True):
    """A record whose fields may hold what must not be shown: its `repr` tells none of them."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def masked_words(text: str) -> str:
    """A message in which nothing has the shape of a CCC, and no remembered one stands."""
    return without_known(_without_shapes(text))


def without_known(text: str) -> str:
    """A text in which no remembered secret stands, however it is escaped there."""
    for secret in _known:
        if secret in text:
            text = text.replace(secret, "*" * len(secret))
    return text


def _may_name_one(text: str) -> bool:
    """Whether an element or key in a text may be called like a secret: letters beyond ASCII may stand for its own."""
    lowered = text.lower()
    return not text.isascii() or "ccc" in lowered or "documentmimeblock" in lowered


def _without_elements(text: str) -> str:
    return _covered(text, _elements(text), _SHOWN_OF_MARKUP)


def _elements(text: str) -> Iterator[tuple[int, int]]:
    """What stands in the elements named like secrets, their attributes included."""
    at = 0
    while element := _ELEMENT.search(text, at):
        at = max(_end_of(text, element), element.end())
        yield element.end(), at


def _end_of(text: str, element: re.Match[str]) -> int:
    """Where an element ends that begins with a match: before its end tag.

    Without one, at the first tag behind any text of it; no part of a text is looked at for two elements.
    """
    tag = _TAG.match(text, element.end())
    at = tag.end() if tag else element.end()
    if text[at - 2 : at] == "/>":
        return at
    name = element[0].lstrip("<").strip().lower()
    said, without_end_tag = False, 0
    while True:
        mark = text.find("<", at)
        said = said or bool(text[at : mark if mark >= 0 else len(text)].strip())
        if mark < 0:
            return without_end_tag or len(text)
        section = next((pair for pair in _SECTIONS if text.startswith(pair[0], mark)), None)
        if section:
            closed = text.find(section[1], mark + len(section[0]))
            if closed < 0:
                return len(text)
            at = closed + len(section[1])
            said = said or section[0] == "<![CDATA["
            without_end_tag = at if without_end_tag else 0
            continue
        if _ELEMENT.match(text, mark):
            return without_end_tag or mark
        tag = _NAME.match(text, mark)
        if tag and tag[0].lower() == f"</{name}":
            return mark
        if said and not without_end_tag:
            without_end_tag = mark
        at = tag.end() if tag else mark + 1


def _without_values(text: str) -> str:
    return _covered(text, _values(text), _SHOWN)


def _values(text: str) -> Iterator[tuple[int, int]]:
    """What stands behind keys with `ccc` in them: the rest of the line, and the lines that belong to it."""
    at = 0
    while key := _KEY.search(text, at):
        at = key.end()
        if key[2]:
            blanks = _BLANKS.match(text, at)
            start = blanks.end() if blanks else at
            at = _end_of_value(text, key.start(), at, start)
            yield start, at


def _end_of_value(text: str, key: int, colon: int, start: int) -> int:
    """Where the value of a key ends that begins at `start`: with its line, or with the last line indented deeper."""
    end = _end_of_line(text, start)
    opening = text[start : start + 1]
    if opening in {'"', "'"}:
        closed = text.find(opening, start + 1)
        return max(end, _end_of_line(text, closed)) if closed >= 0 else len(text)
    if opening not in _MORE_FOLLOWS and "\n" not in text[colon:start]:
        return end
    depth = _begin_of_word(text, key) - text.rfind("\n", 0, key) - 1
    while end < len(text):
        following = _end_of_line(text, end + 1)
        line = text[end + 1 : following]
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            break
        end = following
    return end


def _begin_of_word(text: str, at: int) -> int:
    while at and (text[at - 1].isalnum() or text[at - 1] in "_-\"'"):
        at -= 1
    return at


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _without_shapes(text: str) -> str:
    """What `_SHAPE` finds from left to right; there is a sign in each, and where they are few it looks around them."""
    signs = [sign.start() for sign in _SIGN.finditer(text)]
    if len(signs) * _FEW > len(text):
        return _SHAPE.sub(lambda match: "*" * 8 if _is_like_a_ccc(match[0]) else match[0], text)
    return _covered(text, _shapes(text, signs), _SHOWN)


def _shapes(text: str, signs: list[int]) -> Iterator[tuple[int, int]]:
    done = 0
    for sign in signs:
        for start in range(max(done, sign - 7), sign + 1):
            if found := _SHAPE.match(text, start):
                done = found.end()
                if _is_like_a_ccc(found[0]):
                    yield start, done
                break


def _is_like_a_ccc(word: str) -> bool:
    return any(sign.isdigit() for sign in word) and not _NUMBER.fullmatch(word)


def _covered(text: str, spans: Iterator[tuple[int, int]], shown: re.Pattern[str]) -> str:
    """The text with what shows in the spans replaced by asterisks; the spans come in order."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], shown.sub("*", text[start:end])]
        at = end
    return "".join([*parts, text[at:]]) if parts else text
