"""YAML text -> plain text data, and the place (line, column) of every key path, of one file.

Every scalar is text: `NO`, `094065` and `22.50` arrive as written, and the plan's models give them their types.
A key with nothing behind it (`price:`) is None. The parser reads events, not objects: no tag builds anything,
duplicate keys are refused, and depth and the number of nodes are bounded, aliases included.

Codes: YML001 syntax, YML002 duplicate key, YML003 too deep or too many entries, YML004 several documents,
YML005 a tag, YML006 a key that is not plain text, YML007 an unknown alias.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from form4_author.findings import Finding, Origin, Position, Rejected, error

MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_ALIASES = 500

Key = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LONGEST_NUMBER = 40
_PLAIN_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One YAML file as read: its display name, its own folder and path where it has them, its text."""

    name: str
    text: str
    folder: Path | None = None
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where one key path stands: the key (None in a list) and its value; `start` and `end` count characters."""

    file: str
    key: tuple[int, int] | None
    value: tuple[int, int]
    start: int
    end: int


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is open while events come in."""

    data: dict[str, Any] | list[Any]
    key: Key
    start: int
    place: tuple[int, int]
    anchor: str | None
    flow: bool
    name: str | None = None
    name_mark: Any = None
    last: Any = None


def _mark(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


class _Parser:
    """Events to data and places, without recursion."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.places: dict[Key, Place] = {}
        self.stack: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, Key]] = {}
        self.nodes = 0
        self.aliases = 0
        self.root: Any = None
        self.findings: list[Finding] = []

    def refuse(self, code: str, message: str, mark: Any, hint: str) -> Rejected:
        return Rejected([*self.findings, self.finding(code, message, mark, hint)])

    def finding(self, code: str, message: str, mark: Any, hint: str) -> Finding:
        return error(code, message, Origin(Position(self.file.name, *_mark(mark))), hint=hint)

    def run(self) -> tuple[Any, dict[Key, Place]]:
        documents = 0
        for event in self.events():
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refuse(
                        "YML004", "a second document begins here (---)", event.start_mark, "One plan is one file."
                    )
            elif isinstance(event, yaml.AliasEvent):
                self.alias(event)
            elif isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self.open(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.close(event)
        if self.findings:
            raise Rejected(self.findings)
        return self.root, self.places

    def events(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self.file.text, _LOADER)
        except yaml.MarkedYAMLError as problem:
            raise Rejected([*self.findings, _syntax(problem, self.file)]) from None
        except yaml.YAMLError as problem:
            at = getattr(problem, "position", 0) or 0
            before = self.file.text[:at]
            place = Position(self.file.name, before.count("\n") + 1, at - before.rfind("\n"))
            raise Rejected(
                [*self.findings, error("YML001", "a control character stands here", Origin(place), hint="Delete it.")]
            ) from None

    def count(self, mark: Any, amount: int = 1) -> None:
        self.nodes += amount
        if self.nodes > MAX_NODES:
            raise self.refuse(
                "YML003",
                f"the plan has more than {MAX_NODES:,} entries",
                mark,
                "Aliases count each time they are used.",
            )

    def check_tag(self, event: Any) -> None:
        if event.tag not in {None, "!", "tag:yaml.org,2002:str"}:
            raise self.refuse("YML005", f"the tag {event.tag} has no meaning in a plan", event.start_mark, "Remove it.")

    def open(self, event: Any) -> None:
        self.check_tag(event)
        self.count(event.start_mark)
        if len(self.stack) >= MAX_DEPTH:
            raise self.refuse(
                "YML003", f"entries are nested more than {MAX_DEPTH} deep", event.start_mark, "No plan needs that."
            )
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.data, dict) and top.name is None:
            raise self.refuse(
                "YML006",
                "a key must be plain text",
                event.start_mark,
                'Text that begins with { or [ stands in quotes: "{...}".',
            )
        data: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.stack.append(
            _Frame(
                data,
                self.next_key(),
                event.start_mark.index,
                _mark(event.start_mark),
                event.anchor,
                bool(event.flow_style),
            )
        )

    def close(self, event: Any) -> None:
        frame = self.stack.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.data, frame.key)
        self.put(frame.data, frame.place, frame.start, event.end_mark.index)

    def next_key(self) -> Key:
        if not self.stack:
            return ()
        top = self.stack[-1]
        return (*top.key, len(top.data) if isinstance(top.data, list) else top.name or "")

    def scalar(self, event: Any) -> None:
        self.check_tag(event)
        self.count(event.start_mark)
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.data, dict) and top.name is None:
            top.name, top.name_mark = event.value, event.start_mark
            return
        if top and self.thousands(top, event):
            return
        text: str | None = event.value
        if event.implicit[0] and event.value in _PLAIN_NULLS:
            text = None
        elif event.style in {"|", ">"}:
            text = event.value.rstrip("\n")
        if event.anchor:
            self.anchors[event.anchor] = (text, self.next_key())
        if top:
            top.last = event
        self.put(text, _mark(event.start_mark), event.start_mark.index, event.end_mark.index)

    def thousands(self, top: _Frame, event: Any) -> bool:
        """`{amount: 10,000}`: YAML sees a key `000` with no value behind `10,`; the author meant one number."""
        last, mark = top.last, top.name_mark
        if not (isinstance(top.data, dict) and top.flow and last is not None and event.value == ""):
            return False
        if not (
            len(last.value) <= _LONGEST_NUMBER
            and last.implicit[0]
            and re.fullmatch(r"[-(]?\$?\d{1,3}(,\d{3})*", last.value)
        ):
            return False
        if not (re.fullmatch(r"\d{3}(\.\d+)?\)?", top.name or "") and mark.index == last.end_mark.index + 1):
            return False
        name = next(reversed(top.data))
        top.data[name] += f",{top.name}"
        last.value, last.end_mark = top.data[name], event.end_mark
        key = (*top.key, name)
        self.places[key] = replace(self.places[key], end=mark.index + len(top.name or ""))
        top.name = None
        return True

    def alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            raise self.refuse(
                "YML007",
                f"the alias *{event.anchor} stands for nothing",
                event.start_mark,
                "Text that begins with * stands in quotes.",
            )
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.data, dict) and top.name is None:
            raise self.refuse("YML006", "a key must be plain text", event.start_mark, "Write the key out.")
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise self.refuse("YML003", f"more than {MAX_ALIASES} aliases", event.start_mark, "No plan needs that.")
        data, origin = self.anchors[event.anchor]
        copies = [(key, place) for key, place in self.places.items() if key[: len(origin)] == origin]
        self.count(event.start_mark, max(1, len(copies)))
        target = self.next_key()
        for key, place in copies:
            self.places[target + key[len(origin) :]] = place
        self.put(deepcopy(data), _mark(event.start_mark), event.start_mark.index, event.end_mark.index)

    def put(self, data: Any, place: tuple[int, int], start: int, end: int) -> None:
        key = self.next_key()
        top = self.stack[-1] if self.stack else None
        name_place = None
        if top is None:
            self.root = data
        elif isinstance(top.data, list):
            top.data.append(data)
        else:
            name = top.name or ""
            name_place = _mark(top.name_mark)
            if name in top.data:
                first = self.places[key]
                line = first.key[0] if first.key else first.value[0]
                self.findings.append(
                    self.finding(
                        "YML002",
                        f"the key {name} stands twice here, first in line {line}",
                        top.name_mark,
                        "Keep one of them.",
                    )
                )
                top.name = None
                return
            top.data[name] = data
            if not isinstance(data, str):
                top.last = None
            top.name = None
        self.places[key] = Place(self.file.name, name_place, place, start, end)


def parse(file: YamlFile) -> tuple[Any, dict[Key, Place]]:
    """The file's data and the place of every key path in it.

    Raises:
        Rejected: it is not YAML, or more than a plan can be (YML001 to YML007).
    """
    return _Parser(file).run()


_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a second colon, or a wrong indentation, makes this line no key and value",
        "Put text that holds a colon and a space in quotes; keys of one level begin in the same column.",
    ),
    (
        "could not find expected ':'",
        "a key without its colon",
        "Write `key: value`; put text that runs over several lines in quotes or behind `|`.",
    ),
    ("did not find expected ',' or ']'", "a list in brackets is not closed", "Write [a, b] with its closing bracket."),
    (
        "did not find expected ',' or '}'",
        "a mapping in braces is not closed, or two entries lack a comma between them",
        "Write {key: value, key: value}; put text that holds a comma or a colon in quotes.",
    ),
    (
        "did not find expected '-' indicator",
        "a list item must begin with - here",
        "Items of one list begin in the same column.",
    ),
    (
        "did not find expected key",
        "a key must stand here",
        "Keys of one level begin in the same column; check quotes in the lines above.",
    ),
    (
        "found unexpected end of stream",
        "a quotation mark that opens here is never closed",
        "Close the text with the same mark.",
    ),
    (
        "found unknown escape character",
        "an unknown escape in double quotes",
        "Write \\\\ for a backslash, or use single quotes.",
    ),
    (
        "found undefined alias",
        "text that begins with * must stand in quotes",
        "Write '*' and what follows it in quotes.",
    ),
)


def _syntax(problem: yaml.MarkedYAMLError, file: YamlFile) -> Finding:
    mark = problem.problem_mark or problem.context_mark
    reason = problem.problem or problem.context or "not YAML"
    if "unexpected end of stream" in reason and problem.context_mark:
        mark = problem.context_mark
    line, column = _mark(mark) if mark else (1, 1)
    lines = file.text.split("\n")
    sign = lines[line - 1][column - 1 : column] if line <= len(lines) else ""
    message, hint = f"not valid YAML: {reason}", "See the line and the one above it."
    for words, plain, way_out in _SYNTAX:
        if words in reason:
            message, hint = plain, way_out
            break
    if "cannot start any token" in reason:
        if sign == "\t":
            message, hint = "a tab stands where blanks must be", "Indent with blanks; set the editor to insert them."
        else:
            message, hint = f"text may not begin with {sign}", f"Put it in quotes: '{sign}...'."
    return error("YML001", message, Origin(Position(file.name, line, column)), hint=hint)
