"""YAML text -> plain text data, and the place (line, column) of every key path, of one file.

Every scalar is text: `NO`, `094065` and `22.50` arrive as written, and the plan's models give them their types.
A key with nothing behind it (`price:`, or a `|` without text) is None. The parser reads events, not objects: no tag
builds anything, duplicate keys are refused, and depth and the number of nodes are bounded, aliases included. What YAML
would drop of the author's words, or lay into another field, is refused (`lost_words`).

Codes: YML001 syntax, YML002 duplicate key, YML003 too deep or too many entries, YML004 several documents,
YML005 a tag, YML006 a key that is not plain text, YML007 an alias or anchor that leads nowhere; YML009 to YML012 from
`lost_words`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from form4_author.findings import Finding, Origin, Rejected, error
from form4_author.plan.lost_words import Stray, Words, as_letters
from form4_author.plan.yaml_syntax import Before, syntax

MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_ALIASES = 500
TOO_DEEP = f"entries are nested more than {MAX_DEPTH} deep"

Key = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LONGEST_NUMBER = 40
_PLAIN_NULLS = {"", "~", "null", "Null", "NULL"}


class YamlFile(Struct, frozen=True):
    """One YAML file as read: its display name, its own folder and path where it has them, its text."""

    name: str
    text: str
    folder: Path | None = None
    path: Path | None = None


class Place(Struct, frozen=True):
    """Where one key path stands: the key (None in a list) and its value; `start` and `end` count characters."""

    file: str
    key: tuple[int, int] | None
    value: tuple[int, int]
    start: int
    end: int


class _Frame(Struct):
    """A mapping or list that is open while events come in."""

    data: dict[str, Any] | list[Any]
    key: Key
    start: int
    place: tuple[int, int]
    anchor: str | None
    flow: bool
    first_place: int
    name: str | None = None
    name_event: Any = None
    last: Any = None
    last_name: str = ""
    last_twice: bool = False
    stray: Stray | None = None


class _Anchored(Struct, frozen=True):
    """What an anchor stands for: the data, its key path, and which of the places noted so far are its own."""

    data: Any
    key: Key
    first_place: int
    last_place: int


class _Parser:
    """Events to data and places, without recursion."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.places: dict[Key, Place] = {}
        self.placed: list[Key] = []
        self.stack: list[_Frame] = []
        self.anchors: dict[str, _Anchored] = {}
        self.unused: dict[str, Any] = {}
        self.words = Words(file.name, file.text)
        self.read = 0
        self.scalar_key: str | None = None
        self.scalar_event: Any = None
        self.documents = 0
        self.nodes = 0
        self.aliases = 0
        self.root: Any = None
        self.findings: list[Finding] = []

    def refuse(self, code: str, message: str, mark: Any, hint: str) -> Rejected:
        return Rejected([*self.findings, self.finding(code, message, mark, hint)])

    def finding(self, code: str, message: str, mark: Any, hint: str) -> Finding:
        return self.words.finding(code, message, min(mark.index, len(self.file.text)), hint)

    def begin(self, event: Any) -> int:
        """Where the author's own text of a node begins, behind its anchor."""
        start: int = event.start_mark.index
        return self.words.behind_anchor(start) if event.anchor else start

    def place_of(self, event: Any) -> tuple[int, int]:
        if not event.anchor:
            return event.start_mark.line + 1, event.start_mark.column + 1
        place = self.words.position(self.begin(event))
        return place.line, place.column

    def run(self) -> tuple[Any, dict[Key, Place]]:
        taken: dict[type, Callable[[Any], None]] = {
            yaml.DocumentStartEvent: self.begin_document,
            yaml.AliasEvent: self.alias,
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.open,
            yaml.SequenceStartEvent: self.open,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
        }
        for event in self.events():
            self.pass_over(event)
            if take := taken.get(type(event)):
                take(event)
        for name, mark in self.unused.items():
            self.findings.append(
                self.finding(
                    "YML007", f"nothing uses the anchor &{name}", mark, "Text that begins with & stands in quotes."
                )
            )
        if self.findings:
            raise Rejected(self.findings)
        return self.root, self.places

    def begin_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.refuse(
                "YML004", "a second document begins here (---)", event.start_mark, "One plan is one file."
            )

    def pass_over(self, event: Any) -> None:
        """What stands between the last event and this one: signs of YAML's own, and comments."""
        start, last = event.start_mark.index, self.scalar_event
        if start > self.read and self.file.text.find("#", self.read, start) >= 0:
            plain = last is not None and not last.style and last.end_mark.index <= self.read
            value = (self.begin(last), last.end_mark.index) if plain else None
            self.findings += self.words.cut(self.read, start, self.scalar_key, value)
        self.read = max(self.read, event.end_mark.index)
        if type(event) is yaml.ScalarEvent and event.style in {"|", ">"}:
            head = self.words.line_at(start)[1]
            self.findings += self.words.cut(start, head, None, None)

    def events(self) -> Iterator[Any]:
        text, letters = as_letters(self.file.text)
        try:
            if not letters:
                yield from yaml.parse(text, _LOADER)
                return
            for event in yaml.parse(text, _LOADER):
                if isinstance(event, yaml.ScalarEvent):
                    event.value = event.value.translate(letters)
                yield event
        except yaml.MarkedYAMLError as problem:
            raise Rejected(self.stopped(problem)) from None
        except yaml.reader.ReaderError as problem:  # its position may count bytes
            place = self.words.position(max(0, self.file.text.find(chr(problem.character))))
            raise Rejected(
                [*self.findings, error("YML001", "a control character stands here", Origin(place), hint="Delete it.")]
            ) from None

    def stopped(self, problem: Any) -> list[Finding]:
        """The findings where the parser can't go on; a comment that swallowed a closing sign is the cause itself."""
        at = min((problem.problem_mark or problem.context_mark).index, len(self.file.text))
        opened = next((frame.start for frame in self.stack if frame.flow), None)
        last = self.scalar_event
        if opened is not None:
            plain = last is not None and not last.style and last.end_mark.index <= self.read
            value = (self.begin(last), last.end_mark.index) if plain else None
            line_end = self.words.line_at(self.read)[1]
            cut = list(self.words.cut(self.read, min(line_end, max(at, self.read)), self.scalar_key, value))
            if cut or any(f.code == "YML010" and self.inside(f, opened) for f in self.findings):
                return [*self.findings, *cut]
        quoted = None
        if last is not None and last.style in {"'", '"'} and last.end_mark.index <= self.read:
            quoted = (self.begin(last), last.end_mark.index)
        return [*self.findings, syntax(problem, self.words, Before(opened, quoted))]

    def inside(self, finding: Finding, opened: int) -> bool:
        """Whether a finding stands behind the place where a brace opened."""
        place, brace = finding.origin.position, self.words.position(opened)
        return place is not None and (place.line, place.column) > (brace.line, brace.column)

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
        if event.tag is not None and (not getattr(event, "style", None) or event.tag != "!"):
            raise self.refuse(
                "YML005",
                f"the tag {event.tag} has no meaning in a plan",
                event.start_mark,
                "Remove it; text that begins with ! stands in quotes.",
            )

    def open(self, event: Any) -> None:
        self.check_tag(event)
        self.count(event.start_mark)
        if len(self.stack) >= MAX_DEPTH:
            raise self.refuse("YML003", TOO_DEEP, event.start_mark, "No plan needs that.")
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
                self.begin(event),
                self.place_of(event),
                event.anchor,
                bool(event.flow_style),
                len(self.placed),
            )
        )
        self.scalar_event = None
        if event.anchor:
            self.anchor(event)

    def close(self, event: Any) -> None:
        frame = self.stack.pop()
        self.told_stray(frame)
        if frame.anchor:
            self.anchors[frame.anchor] = _Anchored(frame.data, frame.key, frame.first_place, len(self.placed))
        self.put(frame.data, frame.place, frame.start, event.end_mark.index)

    def next_key(self) -> Key:
        if not self.stack:
            return ()
        top = self.stack[-1]
        return (*top.key, len(top.data) if isinstance(top.data, list) else top.name or "")

    def scalar(self, event: Any) -> None:
        if event.tag is not None:
            self.check_tag(event)
        self.count(event.start_mark)
        top = self.stack[-1] if self.stack else None
        if event.anchor:
            self.anchor(event)
        if top and isinstance(top.data, dict) and top.name is None:
            top.name, top.name_event = event.value, event
            return
        if top and top.flow and (self.thousands(top, event) or self.stray(top, event)):
            return
        self.scalar_key, self.scalar_event = top.name if top else None, event
        if not event.style and not (event.value.isascii() and event.start_mark.line == event.end_mark.line):
            self.check_plain(event)
        text: str | None = event.value
        if event.implicit[0] and event.value in _PLAIN_NULLS:
            text = None
        elif event.style in {"|", ">"}:
            text = event.value.rstrip("\n") or None
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(text, self.next_key(), len(self.placed), len(self.placed))
        if top:
            self.told_stray(top)
            self.check_key(top)
            top.last, top.last_name = event, top.name or ""
            top.last_twice = isinstance(top.data, dict) and top.name in top.data
        self.put(text, self.place_of(event), self.begin(event), event.end_mark.index)

    def thousands(self, top: _Frame, event: Any) -> bool:
        """`{amount: 10,000}`: YAML sees a key `000` with no value behind `10,`; the author meant one number."""
        last, named = top.last, top.name_event
        if top.stray is not None or not (
            isinstance(top.data, dict) and top.flow and last is not None and event.value == ""
        ):
            return False
        if len(last.value) > _LONGEST_NUMBER:
            return False
        if not (last.implicit[0] and re.fullmatch(r"[-(]?\$?[1-9]\d{0,2}(,\d{3})*", last.value)):
            return False
        if not (
            re.fullmatch(r"\d{3}(\.\d+)?\)?", top.name or "") and named.start_mark.index == last.end_mark.index + 1
        ):
            return False
        last.value, last.end_mark = f"{last.value},{top.name}", event.end_mark
        top.name = None
        if top.last_twice:  # it is refused, and what stood there first stays
            return True
        top.data[top.last_name] = last.value
        key = (*top.key, top.last_name)
        self.places[key] = replace(self.places[key], end=named.end_mark.index)
        return True

    def stray(self, top: _Frame, event: Any) -> bool:
        """`{street1: 48 RIVER ROAD, Suite 300}`: words behind a comma that no colon makes a key."""
        if not (isinstance(top.data, dict) and top.flow and not event.style and event.value == ""):
            return False
        named = top.name_event
        if ":" in self.file.text[named.end_mark.index : event.start_mark.index]:
            return False
        start, end = self.begin(named), named.end_mark.index
        if top.stray is not None:
            top.stray.end = end
        else:
            top.stray = Stray(start, end)
            if top.last is not None:
                top.stray.key = top.last_name
                top.stray.value = self.begin(top.last)
                top.stray.quoted = bool(top.last.style)
        top.name = None
        return True

    def told_stray(self, frame: _Frame) -> None:
        """Words astray are told once their last one is known."""
        if frame.stray is not None:
            self.findings.append(self.words.stray(frame.stray))
            frame.stray = None

    def check_key(self, top: _Frame) -> None:
        """A key as the author sees it: no sign that only looks like a blank or a colon."""
        named = top.name_event
        if isinstance(top.data, dict) and not named.style and not named.value.isascii():
            odd = self.words.odd_sign(self.begin(named), named.end_mark.index)
            self.findings += [odd] if odd else []

    def check_plain(self, event: Any) -> None:
        """Plain text: not in curly quotation marks, and not joined with a line that was to be a key."""
        start, end = self.begin(event), event.end_mark.index
        name = self.stack[-1].name if self.stack else None
        for finding in (self.words.curly_quotes(event.value, start, name), self.words.joined(start, end)):
            self.findings += [finding] if finding else []

    def anchor(self, event: Any) -> None:
        """An anchor: text that begins with & unless something refers to it."""
        self.unused.setdefault(event.anchor, event.start_mark)

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
        anchored = self.anchors[event.anchor]
        self.unused.pop(event.anchor, None)
        inner = self.placed[anchored.first_place : anchored.last_place]
        self.count(event.start_mark, len(inner) + 1)
        if len(self.stack) + max((len(key) - len(anchored.key) for key in inner), default=0) > MAX_DEPTH:
            raise self.refuse("YML003", TOO_DEEP, event.start_mark, "Aliases count as what they stand for.")
        target = self.next_key()
        for key in inner:
            self.place(target + key[len(anchored.key) :], self.places[key])
        if top:
            self.told_stray(top)
            self.check_key(top)
            top.last = None
        self.scalar_event = None
        self.put(deepcopy(anchored.data), self.place_of(event), event.start_mark.index, event.end_mark.index)

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
            name_place = self.place_of(top.name_event)
            if not isinstance(data, str):
                top.last = None
            if name in top.data:
                first = self.places[key]
                line = first.key[0] if first.key else first.value[0]
                self.findings.append(
                    self.finding(
                        "YML002",
                        f"the key {name} stands twice here, first in line {line}",
                        top.name_event.start_mark,
                        "Keep one of them.",
                    )
                )
                top.name = None
                return
            top.data[name] = data
            top.name = None
        self.place(key, Place(self.file.name, name_place, place, start, end))

    def place(self, key: Key, place: Place) -> None:
        """Note where a key path stands; what is noted in a row belongs together."""
        self.places[key] = place
        self.placed.append(key)


def parse(file: YamlFile) -> tuple[Any, dict[Key, Place]]:
    """The file's data and the place of every key path in it.

    Raises:
        Rejected: it is not YAML, or more than a plan can be (YML001 to YML012).
    """
    return _Parser(file).run()
