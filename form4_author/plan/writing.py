"""Plan data -> the YAML that a person would have written: block style, quoted only where needed, short parts in braces.

Every text comes back exactly as it was: `source.loads(plan_text(data)).data` is `data`, but for the commas that part
the thousands of amounts, which the plan's types drop again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from form4_author.plan.yaml_text import Key
from form4_author.printable import COMMAND, MARK, printable

WIDTH = 118
_COMMENT_COLUMN = 34

#: Keys whose value is an amount: shown with its thousands parted, where no braces are around it.
_AMOUNTS = frozenset(
    {
        *("amount", "value", "total_value", "price", "exercise_price"),
        *("balance", "restated_balance", "balance_value", "underlying_amount", "underlying_value"),
    }
)
#: Keys whose mapping stands in braces, where it is short enough.
_IN_BRACES = frozenset(
    {
        *("issuer", "address", "ownership", "to", "notes", "exercise_price", "exercisable", "expires", "underlying"),
        "weighted_average",
    }
)
#: Parts of events: in braces only where they say very little.
_SMALL_PARTS = frozenset({"table_1", "table_2", "received", "vest", "withhold"})
_SMALL = 64
#: Lists whose items stand in braces, where they are short enough.
_ITEMS_IN_BRACES = frozenset({"opening", "ownership_lines", "transactions", "adds", "holdings", "signatures"})

_LONG_NUMBER = re.compile(r"[1-9]\d{3,99}(\.\d*)?", re.ASCII)
_EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})
#: What is plain everywhere: most texts are.
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._()/-]*[A-Za-z0-9.)])?", re.ASCII)
_PLAIN_START = re.compile(r"[A-Za-z0-9_/$.(+;~^\\<=-]")
_PLAIN_START_OF_SEQUENCE = re.compile(r"-(?:[\s-]|$)")
_UNSAFE_IN_BRACES = re.compile(r"[\[\]{},?]|:(?![A-Za-z0-9])")
_CUT = re.compile(r"(?<=[^ \n]) (?=[^ \n])")
#: What a build service that prints the plan would take for a command of its own: in double quotes it is escaped.
_STEERS = re.compile(rf"{COMMAND.pattern}|(?:^|\s)::")
_COMMAND_ESCAPED = r"#\\x23"
#: What stands before the first signs of a line in double quotes, or in their place.
_BEGINS = {" ": "\\", "::": "\\x3a:"}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def plan_text(data: Mapping[str, Any], comments: Mapping[Key, str] | None = None, head: str = "") -> str:
    """The YAML of a plan.

    Args:
        data: the plan as text data: mappings, lists and texts; keys stand in the order given. None is a key with
            nothing behind it, for the author to fill in.
        comments: what to say of a part of it, by key path; behind a value where there is room, else above it.
        head: what to say before everything; its lines become comments.
    """
    writer = _Writer({key: _shown(comment) for key, comment in (comments or {}).items()})
    lines = [f"# {line}".rstrip() for line in _shown(head).splitlines()]
    grouped = True
    for name, value in data.items():
        block = list(writer.entry(name, value, (name,), 0))
        if lines and (grouped or isinstance(value, dict | list)):
            lines.append("")
        grouped = isinstance(value, dict | list)
        lines += block
    return "\n".join(lines) + "\n"


class _Writer:
    """Writes entries as lines; `indent` counts blanks."""

    def __init__(self, comments: Mapping[Key, str]) -> None:
        self.comments = comments
        self.commented_below = {key[:length] for key in comments for length in range(len(key))}

    def entry(self, name: str, value: Any, key: Key, indent: int) -> Iterator[str]:
        """`name: value`, in as many lines as it takes."""
        lead = f"{' ' * indent}{_scalar(name, flow=True)}:"
        if value is None:
            yield from self.commented(lead, key, indent)
            return
        if isinstance(value, str):
            yield from self.text(lead, grouped(name, value), key, indent)
            return
        short = self.braced(name, value) if key not in self.commented_below else ""
        if short and len(lead) + 1 + len(short) <= WIDTH:
            yield from self.commented(f"{lead} {short}", key, indent)
            return
        yield from self.above(key, indent)
        yield lead
        if isinstance(value, dict):
            for part, inner in value.items():
                yield from self.entry(part, inner, (*key, part), indent + 2)
        else:
            for index, item in enumerate(value):
                yield from self.item(name, item, (*key, index), indent + 2)

    def item(self, name: str, item: Any, key: Key, indent: int) -> Iterator[str]:
        """One item of a list."""
        dash = f"{' ' * indent}-"
        if isinstance(item, str):
            yield from self.text(dash, item, key, indent)
            return
        braces = (name in _ITEMS_IN_BRACES and key not in self.commented_below) or not item
        short = _flow(item) if braces else ""
        if short and len(dash) + 1 + len(short) <= WIDTH:
            yield from self.commented(f"{dash} {short}", key, indent)
            return
        yield from self.above(key, indent)
        parts = item.items() if isinstance(item, dict) else ()
        lines = [line for part, inner in parts for line in self.entry(part, inner, (*key, part), indent + 2)]
        first = next(index for index, line in enumerate(lines) if not line.lstrip().startswith("#"))
        yield from (f"{' ' * indent}{line.lstrip()}" for line in lines[:first])
        yield f"{dash} {lines[first].lstrip()}"
        yield from lines[first + 1 :]

    def braced(self, name: str, value: Any) -> str:
        """The value in braces or brackets, where that is how it is written; else empty."""
        if not value or name in _IN_BRACES:
            return _flow(value)
        if name in _SMALL_PARTS:
            short = _flow(value)
            return short if len(short) <= _SMALL else ""
        return _flow(value) if isinstance(value, list) and all(isinstance(part, str) for part in value) else ""

    def text(self, lead: str, text: str, key: Key, indent: int) -> Iterator[str]:
        """A text behind its key or dash: plain, quoted, folded or line by line."""
        plain = _scalar(text)
        if not text or ("\n" not in text and len(lead) + 1 + len(plain) <= WIDTH):
            yield from self.commented(f"{lead} {plain}", key, indent)
            return
        yield from self.above(key, indent)
        inner = " " * (indent + 2)
        if _can_fold(text, WIDTH - len(inner)):
            yield f"{lead} >-"
            yield from (inner + line if line else "" for line in _paragraphs(text, WIDTH - len(inner)))
        elif _can_stand(text):
            yield f"{lead} |"
            yield from (inner + line if line else "" for line in text.split("\n"))
        else:
            yield from _quoted(lead, text, inner)

    def commented(self, line: str, key: Key, indent: int) -> Iterator[str]:
        """A line with its comment behind it, or above where there is no room."""
        comment = self.comments.get(key, "")
        behind = f"{line:<{_COMMENT_COLUMN}} # {comment}"
        if comment and (len(behind) > WIDTH or "\n" in comment):
            yield from self.above(key, indent)
            yield line
        else:
            yield behind if comment else line

    def above(self, key: Key, indent: int) -> Iterator[str]:
        """A comment on lines of its own; what begins with a blank is an example, and stays as it is."""
        for paragraph in self.comments.get(key, "").splitlines():
            lines = [paragraph] if paragraph.startswith(" ") else _folded(paragraph, WIDTH - indent - 2)
            yield from (f"{' ' * indent}# {line}" for line in lines)


def grouped(name: str, text: str) -> str:
    """An amount with its thousands parted; any other text as it is."""
    if name not in _AMOUNTS or not _LONG_NUMBER.fullmatch(text):
        return text
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals}"


def _shown(comment: str) -> str:
    """A comment that stays one, whatever a document's text in it holds: printable signs and line feeds alone."""
    return "\n".join(printable(line).replace(MARK, " ") for line in comment.splitlines())


def _flow(value: Any) -> str:
    """A value in one line; empty where a part of it is no single line, or has nothing behind it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if "\n" in value else _scalar(value, flow=True)
    if isinstance(value, list):
        parts = [_flow(part) for part in value]
        return f"[{', '.join(parts)}]" if all(parts) else ""
    inner = {name: _flow(part) for name, part in value.items()}
    shown = ", ".join(f"{_scalar(name, flow=True)}: {part}" for name, part in inner.items())
    return f"{{{shown}}}" if all(inner.values()) else ""


def _scalar(text: str, *, flow: bool = False) -> str:
    """A text on one line: plain where YAML reads it back as it is, else in double quotes."""
    if _PLAIN.fullmatch(text) and text not in _EMPTY_WORDS:
        return text
    if (
        text in _EMPTY_WORDS
        or not _PLAIN_START.match(text)
        or not text.isprintable()
        or COMMAND.search(text)
        or _PLAIN_START_OF_SEQUENCE.match(text)
        or text.endswith((" ", ":"))
        or ": " in text
        or " #" in text
        or (flow and _UNSAFE_IN_BRACES.search(text))
    ):
        return _in_quotes(text)
    return text


def _in_quotes(text: str) -> str:
    if '"' in text and "'" not in text and text.isprintable() and not COMMAND.search(text):
        return f"'{text}'"
    return _in_double_quotes(text)


def _in_double_quotes(text: str) -> str:
    return f'"{COMMAND.sub(_COMMAND_ESCAPED, "".join(_escaped(character) for character in text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _quoted(lead: str, text: str, inner: str) -> Iterator[str]:
    """A text in double quotes over several lines: one for each of its own, long ones cut at blanks."""
    pieces = []
    for part in re.findall(r"[^\n]*\n|[^\n]+", text):
        pieces += _cut(part, WIDTH - len(inner) - 8)
    shown = [_in_double_quotes(piece)[1:-1] for piece in pieces]
    yield f'{lead} "\\'
    for index, piece in enumerate(shown):
        start = inner + _BEGINS.get(piece[:1] if piece[:2] != "::" else "::", "") + piece.removeprefix("::")
        yield f'{start}"' if index == len(shown) - 1 else f"{start}\\"


def _cut(text: str, width: int) -> list[str]:
    pieces = []
    while len(text) > width:
        at = text.rfind(" ", 0, width)
        at = at if at > 0 and text[:at].strip() else width
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]


def _can_fold(text: str, width: int) -> bool:
    """Whether a folded block gives the text back, and is called for: a line of it is too long to stand."""
    lines = text.split("\n")
    return (
        all(line == line.strip() and line.isprintable() and line.isascii() for line in lines)
        and not _STEERS.search(text)
        and bool(lines[0] and lines[-1])
        and ("\n" not in text or max(map(len, lines)) > width)
    )


def _can_stand(text: str) -> bool:
    """Whether a literal block gives the text back, and shows all that is in it."""
    lines = text.split("\n")
    return (
        "\n" in text
        and not _STEERS.search(text)
        and bool(lines[0])
        and not lines[0].startswith(" ")
        and bool(lines[-1])
        and all(line == line.rstrip() and line.isprintable() and line.isascii() for line in lines)
    )


def _paragraphs(text: str, width: int) -> Iterator[str]:
    """The lines of a folded block: a line break of the text is an empty line in it."""
    for index, line in enumerate(text.split("\n")):
        if index:
            yield ""
        if line:
            yield from _folded(line, width)


def _folded(text: str, width: int) -> Iterator[str]:
    """A text in lines, broken where a single blank stands."""
    start, last = 0, 0
    for match in _CUT.finditer(text):
        if match.start() - start > width and last > start:
            yield text[start : last - 1]
            start = last
        last = match.end()
    if len(text) - start > width and last > start:
        yield text[start : last - 1]
        start = last
    yield text[start:]
