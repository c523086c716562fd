"""YAML text -> plain text data, and the position (line, column) of every key path.

Every scalar is text: `NO`, `094065` and `22.50` arrive as written, and the plan's models give them their types.
A key with nothing behind it (`price:`) counts as not given. The loader reads events, not objects: no tag builds
anything, duplicate keys are refused, and size, depth and the number of nodes are bounded, aliases included.

Codes: FIL001 missing, FIL002 a folder, FIL003 not permitted, FIL004 too large, FIL005 not UTF-8 text; YML001
syntax, YML002 duplicate key, YML003 too deep or too many entries, YML004 several documents, YML005 a tag,
YML006 a key that is not plain text, YML007 an unknown alias, YML008 not a mapping of keys; PLN013 an include
that can't be followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from form4_author.findings import Finding, Origin, Position, Rejected, error

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_ALIASES = 500
MAX_INCLUDES = 50

Key = tuple[str | int, ...]

_CCC = re.compile(r"(?i)(\w*ccc\w*[\"']?\s*[:=]\s*)(\S[^\n]*)")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class _File:
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


@dataclass(frozen=True, slots=True)
class Source:
    """A loaded plan: text data (dicts, lists, strings) and where each part of it stands.

    Attributes:
        file: the name that findings give.
        data: the merged mapping, includes followed.
        files: the text of every file read, by name, exactly as read.
    """

    file: str
    data: dict[str, Any]
    files: Mapping[str, str] = field(repr=False)
    places: Mapping[Key, Place] = field(repr=False)

    def origin(self, key: Key, *, of_key: bool = False) -> Origin:
        """Where a key path stands, or its nearest ancestor that stands in the file.

        Args:
            key: `("transactions", 0, "price")`.
            of_key: point at the key's own text instead of its value.
        """
        for length in range(len(key), -1, -1):
            place = self.places.get(key[:length])
            if place is not None:
                line, column = place.key if (of_key or length < len(key)) and place.key else place.value
                return Origin(Position(place.file, line, column), path_text(key))
        return Origin(Position(self.file, 1, 1), path_text(key))

    def origin_of_character(self, key: Key, text: str, index: int) -> Origin:
        """Where one character of a value stands: `text[index]` of the text at `key`."""
        place = self.places.get(key)
        if place is None:
            return self.origin(key)
        whole = self.files[place.file]
        at = place.start - 1
        for _ in range(text.count(text[index], 0, index) + 1):
            at = whole.find(text[index], at + 1, place.end)
            if at < 0:
                return self.origin(key)
        line = whole.count("\n", 0, at) + 1
        return Origin(Position(place.file, line, at - whole.rfind("\n", 0, at)), path_text(key))


def path_text(key: Key) -> str:
    """A key path as a reader writes it: `transactions[0].price`."""
    text = ""
    for part in key:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def masked(text: str) -> str:
    """The text with whatever stands behind a `ccc` key replaced by asterisks, character for character."""
    return _CCC.sub(lambda match: match[1] + re.sub(r"\S", "*", match[2]), text)


def read_bytes(path: Path, name: str, limit: int = MAX_BYTES) -> bytes:
    """A file's content, or a clear refusal.

    Raises:
        Rejected: it is missing (FIL001), a folder (FIL002), not permitted (FIL003) or too large (FIL004);
            `unreadable` is set.
    """

    def refuse(code: str, message: str, hint: str) -> Rejected:
        return Rejected([error(code, message, Origin(Position(name, 1, 1)), hint=hint)], unreadable=True)

    try:
        if path.is_dir():
            raise refuse("FIL002", "this is a folder, not a file", "Name a file inside it.")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise refuse("FIL001", "there is no such file", "Check the spelling and the folder.") from None
    except OSError as problem:
        raise refuse("FIL003", f"the file can't be read: {problem.strerror}", "Check its permissions.") from None
    if len(data) > limit:
        raise refuse("FIL004", f"the file is larger than {limit // 2**20} MiB", "Is this the right file?")
    return data


def decode(data: bytes, name: str) -> str:
    """UTF-8 text of a file, a byte order mark dropped and line ends made `\\n`.

    Raises:
        Rejected: the bytes are no UTF-8 text (FIL005); `unreadable` is set.
    """

    def refuse(message: str, hint: str, line: int = 1, column: int = 1) -> Rejected:
        return Rejected([error("FIL005", message, Origin(Position(name, line, column)), hint=hint)], unreadable=True)

    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise refuse("the file is UTF-16 text", "Save it as UTF-8 (in Notepad: Save As, Encoding: UTF-8).")
    if b"\0" in data:
        raise refuse("the file is not text (it holds NUL bytes)", "A plan is a YAML text file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise refuse(
            f"byte 0x{data[problem.start]:02X} is not UTF-8 text", "Save the file as UTF-8 text.", line, column
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def load(path: Path, *, root: Path | None = None, texts: dict[str, str] | None = None) -> Source:
    """Load a plan file and everything it includes.

    Args:
        path: the plan; findings name it as written here.
        root: the folder that includes must stay inside; the plan's own folder by default.
        texts: filled with the text of each file read, by name, also where the plan is refused.

    Raises:
        Rejected: the file can't be read (`unreadable`), is not YAML, or an include can't be followed.
    """
    shown = str(path)
    resolved = path.resolve()
    file = _File(shown, decode(read_bytes(path, shown), shown), resolved.parent, resolved)
    return _load(file, (root or resolved.parent).resolve(), {} if texts is None else texts)


def loads(
    text: str, *, name: str = "plan.yaml", folder: Path | None = None, texts: dict[str, str] | None = None
) -> Source:
    """Load a plan from text; includes are looked up in `folder`, and refused without one.

    Raises:
        Rejected: as for `load`.
    """
    home = folder.resolve() if folder else None
    return _load(_File(name, decode(text.encode(), name), home), home, {} if texts is None else texts)


def _load(file: _File, root: Path | None, texts: dict[str, str]) -> Source:
    texts[file.name] = file.text
    data, places = _Includes(root, texts).follow(*_parse(file), file, (file.path,) if file.path else ())
    if not isinstance(data, dict):
        seen = "empty" if data is None else "a list" if isinstance(data, list) else "a single text"
        raise Rejected(
            [
                error(
                    "YML008",
                    f"a plan is a mapping of keys (form:, issuer:, owners: ...), but this file is {seen}",
                    Origin(Position(file.name, 1, 1)),
                    hint="`form4-author new` writes a plan to start from.",
                )
            ]
        )
    return Source(file.name, data, texts, places)


# --- one file -----------------------------------------------------------------------------------------------------


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

    def __init__(self, file: _File) -> None:
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
        if not (last.implicit[0] and re.fullmatch(r"\$?\d{1,3}(,\d{3})*", last.value)):
            return False
        if not (re.fullmatch(r"\d{3}(\.\d+)?", top.name or "") and mark.index == last.end_mark.index + 1):
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


def _parse(file: _File) -> tuple[Any, dict[Key, Place]]:
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


def _syntax(problem: yaml.MarkedYAMLError, file: _File) -> Finding:
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


# --- includes -----------------------------------------------------------------------------------------------------


class _Includes:
    """Follows `include:` keys: the named file's keys are laid under those that stand beside the include."""

    def __init__(self, root: Path | None, texts: dict[str, str]) -> None:
        self.root = root
        self.texts = texts
        self.followed = 0

    def follow(
        self, data: Any, places: dict[Key, Place], file: _File, chain: tuple[Path, ...]
    ) -> tuple[Any, dict[Key, Place]]:
        """The data with every include in it resolved, and the places of all that it now holds."""
        todo: list[Key] = [()]
        while todo:
            key = todo.pop()
            node = _at(data, key)
            if isinstance(node, dict) and "include" in node and not (key and key[0] == "footnotes"):
                self.merge(node, key, places, file, chain)
            children = node.keys() if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
            todo += [(*key, child) for child in children]
        return data, places

    def merge(
        self, node: dict[str, Any], key: Key, places: dict[Key, Place], file: _File, chain: tuple[Path, ...]
    ) -> None:
        asked = node.pop("include")
        names = asked if isinstance(asked, list) else [asked]
        for index, name in reversed(list(enumerate(names))):
            spot = (*key, "include", index) if isinstance(asked, list) else (*key, "include")
            place = places[spot]
            origin = Origin(Position(place.file, *place.value), path_text(spot))
            included, inner = self.load(name, origin, file, chain)
            if not isinstance(included, dict):
                raise _bad_include(
                    f"{name} is not a mapping of keys", origin, "An included file holds keys, like a plan."
                )
            for part, value in included.items():
                if part not in node:
                    node[part] = value
                    for inner_key, inner_place in inner.items():
                        if inner_key[:1] == (part,):
                            places[key + inner_key] = inner_place

    def load(self, name: object, origin: Origin, file: _File, chain: tuple[Path, ...]) -> tuple[Any, dict[Key, Place]]:
        if not isinstance(name, str):
            raise _bad_include("include takes a file name or a list of them", origin, "Write include: issuer.yaml")
        path = inside(name, file.folder, self.root, origin, "PLN013")
        if path.suffix not in {".yaml", ".yml"}:
            raise _bad_include(f"{name} is not a YAML file", origin, "Included files end in .yaml")
        self.followed += 1
        if path in chain or self.followed > MAX_INCLUDES:
            raise _bad_include(f"{name} includes itself, or too many files are included", origin, "Break the circle.")
        shown = str(Path(file.name).parent / name)
        try:
            text = decode(read_bytes(path, shown), shown)
        except Rejected as refused:
            raise _bad_include(
                f"{name} can't be included: {refused.findings[0].message}", origin, refused.findings[0].hint
            ) from None
        self.texts[shown] = text
        inner = _File(shown, text, path.parent, path)
        return self.follow(*_parse(inner), inner, (*chain, path))


def inside(name: str, folder: Path | None, root: Path | None, origin: Origin, code: str) -> Path:
    """The path of a file that a plan names, which must lie inside `root`, links resolved.

    Raises:
        Rejected: the path is absolute or climbs out of the folder, or the plan has no folder; under `code`.
    """
    if folder is None or root is None:
        raise Rejected([error(code, f"{name} can't be found: this plan is in no folder", origin)])
    path = (folder / name).resolve()
    if Path(name).is_absolute() or not path.is_relative_to(root):
        raise Rejected(
            [
                error(
                    code,
                    f"{name} lies outside the folder {root.name or root}",
                    origin,
                    hint="Name files relative to the plan; they must lie in its folder, or in the folder the "
                    "command runs in.",
                )
            ]
        )
    return path


def _bad_include(message: str, origin: Origin, hint: str) -> Rejected:
    return Rejected([error("PLN013", message, origin, hint=hint)])


def _at(data: Any, key: Key) -> Any:
    for part in key:
        data = data[part]
    return data


def filled(data: Any) -> Any:
    """The data without the keys that were left empty (`price:`); the list items stay, to be told of."""
    if isinstance(data, dict):
        return {key: filled(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [filled(value) for value in data]
    return data
