"""A plan file and all that it includes -> one mapping of text, and where each part of it stands.

Codes, beside those of `files` and `yaml_text`: YML008 not a mapping of keys; PLN013 an include that can't be
followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from form4_author.files.reading import decode, inside, read_bytes, root_of, within
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.masking import Veiled
from form4_author.plan.openings import with_openings
from form4_author.plan.scalars import did_you_mean, quoted
from form4_author.plan.yaml_text import MAX_DEPTH, TOO_DEEP, Key, Place, YamlFile, parse

MAX_INCLUDES = 50


class Source(Veiled, frozen=True):
    """A loaded plan: text data (dicts, lists, strings) and where each part of it stands.

    Attributes:
        file: the name that findings give.
        data: the merged mapping, includes followed.
        files: the text of every file read, by name, exactly as read; other files that the plan names may be added.
    """

    file: str
    data: dict[str, Any]
    files: dict[str, str]
    places: Mapping[Key, Place]

    def origin(self, key: Key, *, of_key: bool = False) -> Origin:
        """Where a key path stands, or its nearest ancestor that stands in the file.

        Args:
            key: `("transactions", 0, "price")`.
            of_key: point at the key's own text instead of its value.
        """
        place = self.places.get(key)
        if place is not None and not of_key:  # as most do
            return Origin(Position(place.file, *place.value), path_text(key))
        for length in range(len(key), -1, -1):
            place = self.places.get(key[:length])
            if place is not None:
                shorthand = length < len(key) and isinstance(_at(self.data, key[:length]), str)
                at_key = place.key and (of_key or (length < len(key) and not shorthand))
                line, column = place.key if at_key and place.key else place.value
                return Origin(Position(place.file, line, column), path_text(key))
        return Origin(Position(self.file, 1, 1), path_text(key))

    def origins_of_characters(self, key: Key, text: str, indexes: Sequence[int]) -> Iterator[Origin]:
        """Where characters of a value stand: `text[index]` of the text at `key`, the indexes in order."""
        place = self.places.get(key)
        if place is None or place.file not in self.files:
            yield from (self.origin(key) for _ in indexes)
            return
        whole = self.files[place.file]
        lines = _Lines(whole, place.start)
        found: dict[str, tuple[int, int]] = {}
        for index in indexes:
            sign = text[index]
            done, at = found.get(sign, (0, place.start - 1))
            for _ in range(text.count(sign, done, index + 1)):
                at = whole.find(sign, at + 1, place.end)
                if at < 0:
                    break
            found[sign] = (index + 1, at) if at >= 0 else (len(text), at)
            yield Origin(Position(place.file, *lines.at(at)), path_text(key)) if at >= 0 else self.origin(key)


class _Lines:
    """Line and column of one index of a text after the other; those that come in order cost no second look."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.counted = start
        self.line = text.count("\n", 0, start) + 1
        self.begin = text.rfind("\n", 0, start) + 1

    def at(self, index: int) -> tuple[int, int]:
        if index < self.counted:
            return _Lines(self.text, index).at(index)
        more = self.text.count("\n", self.counted, index)
        if more:
            self.line += more
            self.begin = self.text.rfind("\n", self.counted, index) + 1
        self.counted = index
        return self.line, index - self.begin + 1


@lru_cache(maxsize=4096)
def path_text(key: Key) -> str:
    """A key path as a reader writes it: `transactions[0].price`."""
    text = ""
    for part in key:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def load(
    path: Path,
    *,
    name: str = "",
    data: bytes | None = None,
    root: Path | None = None,
    texts: dict[str, str] | None = None,
) -> Source:
    """Load a plan file and everything it includes.

    Args:
        path: the plan.
        name: its name for findings; the path as written where not given.
        data: its content, where it has been read already.
        root: the folder that includes must stay inside; see `root_of` by default.
        texts: filled with the text of each file read, by name, also where the plan is refused.

    Raises:
        Rejected: the file can't be read (`unreadable`), is not YAML, or an include can't be followed.
    """
    shown = name or str(path)
    resolved = Path(os.path.realpath(path))
    content = read_bytes(path, shown) if data is None else within(data, shown)
    file = YamlFile(shown, decode(content, shown), resolved.parent, resolved)
    return _load(file, root.resolve() if root else root_of(resolved.parent), {} if texts is None else texts)


def loads(
    text: str, *, name: str = "plan.yaml", folder: Path | None = None, texts: dict[str, str] | None = None
) -> Source:
    """Load a plan from text; includes are looked up in `folder`, and refused without one.

    Raises:
        Rejected: as for `load`.
    """
    home = folder.resolve() if folder else None
    return _load(YamlFile(name, decode(text.encode(), name), home), home, {} if texts is None else texts)


class Shelf(Struct, frozen=True):
    """A folder of profiles, or of other files that all plans of a firm share.

    Attributes:
        shown: its name, as findings give it.
        folder: where it is, links resolved.
        root: the folder that its files must stay inside.
    """

    shown: str
    folder: Path
    root: Path

    def file(self) -> YamlFile:
        """A file in it, from which others there are named."""
        return YamlFile(os.path.join(self.shown, "-"), "", self.folder)  # noqa: PTH118 - a name, not a path


def profile(
    name: str,
    origin: Origin,
    *,
    beside: Shelf | None,
    before: Shelf | None,
    behind: Shelf | None,
    texts: dict[str, str],
) -> tuple[Any, Mapping[Key, Place]]:
    """What a profile holds that a plan names by its file's stem.

    Args:
        name: the profile.
        origin: where the plan names it.
        beside: `_profiles` beside the plan.
        before: a folder to look in before that.
        behind: the firm's folder, to look in where neither has it.
        texts: filled with the text of each file read, by name.

    Raises:
        Rejected: there is none, or it can't be followed (PLN013).
    """
    shelves = [shelf for shelf in (before, beside, behind) if shelf is not None]
    where = " or ".join(shelf.shown for shelf in shelves)
    if set(name) & set("/\\") or name.startswith(".") or not name.strip() or not name.isprintable():
        message = f"{quoted(name)} is no profile's name"
        raise _bad_include(message, origin, f"Write the name of a file in {where or '_profiles'}, without .yaml.")
    for shelf in shelves:
        if os.path.lexists(shelf.folder / f"{name}.yaml"):
            return _Includes(shelf.root, texts).load(f"{name}.yaml", origin, shelf.file(), ())
    known = [stem for shelf in shelves for stem in known_profiles(shelf)]
    hint = did_you_mean(name, known) or "Write its file, or name the folder of profiles with --profiles."
    raise _bad_include(f"there is no profile {quoted(name)}" + (f" in {where}" if where else ""), origin, hint)


def known_profiles(shelf: Shelf) -> list[str]:
    """The names of the profiles in a folder; none where it can't be looked through."""
    try:
        return sorted(
            path.stem for path in shelf.folder.iterdir() if path.suffix == ".yaml" and path.name[0] not in "._"
        )
    except OSError:
        return []


def with_library(source: Source, named: Sequence[tuple[str, Origin]], shelf: Shelf) -> Source:
    """A plan with a firm's footnotes laid under those of its own library.

    Args:
        source: the plan.
        named: the library's files, told from the firm's folder, and where each is named; what stands in an earlier one
            counts.
        shelf: the firm's folder.

    Raises:
        Rejected: one can't be read, or holds no footnotes by their names (PLN013).
    """
    data, places = {**source.data}, {**source.places}
    library = data.get("library", {})
    if not isinstance(library, dict):
        return source
    data["library"] = node = {**library}
    for name, origin in named:
        found, stands = _Includes(shelf.root, source.files).load(name, origin, shelf.file(), ())
        _lay(_Included(name, origin, found, stands), node, ("library",), places)
    places.setdefault(("library",), Place(shelf.shown, None, (1, 1), 0, 0))
    return replace(source, data=data, places=places)


def _load(file: YamlFile, root: Path | None, texts: dict[str, str]) -> Source:
    texts[file.name] = file.text
    data, places = parse(file)
    _library_as_include(data, places)
    data, places = _Includes(root, texts).follow(data, places, file, (file.path,) if file.path else ())
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
    with_openings(data, places)
    return Source(file.name, data, texts, places)


def _library_as_include(data: Any, places: dict[Key, Place]) -> None:
    """`library:` names files: what stands in them stands under it."""
    named = data.get("library") if isinstance(data, dict) else None
    if not isinstance(named, str | list):
        return
    data["library"] = {"include": named}
    for key, place in [(key, place) for key, place in places.items() if key[:1] == ("library",)]:
        places["library", "include", *key[1:]] = place


class _Includes:
    """Follows `include:` keys: the named file's keys are laid under those that stand beside the include.

    Where a list has an item that is an include alone and the file holds a list, its items stand in the item's place.
    """

    def __init__(self, root: Path | None, texts: dict[str, str]) -> None:
        self.root = root
        self.texts = texts
        self.followed = 0

    def follow(
        self, data: Any, places: dict[Key, Place], file: YamlFile, chain: tuple[Path, ...]
    ) -> tuple[Any, dict[Key, Place]]:
        """The data with every include in it resolved, and the places of all that it now holds."""
        todo: list[Key] = [()]
        while todo:
            key = todo.pop()
            node = _at(data, key)
            if isinstance(node, list):
                self.splice(node, key, places, file, chain)
            elif isinstance(node, dict) and "include" in node and not (key and key[0] == "footnotes"):
                for included in reversed(self.loaded(node, key, places, file, chain)):
                    _lay(included, node, key, places)
            children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
            todo += [(*key, name) for name, child in children if isinstance(child, dict | list)]
        return data, places

    def splice(
        self, items: list[Any], key: Key, places: dict[Key, Place], file: YamlFile, chain: tuple[Path, ...]
    ) -> None:
        """Put the items of included lists where their includes stand."""
        found: dict[int, list[_Included]] = {}
        for index, item in enumerate(items):
            if not (isinstance(item, dict) and item.keys() == {"include"}):
                continue
            included = self.loaded(item, (*key, index), places, file, chain)
            if included and all(isinstance(one.data, list) for one in included):
                found[index] = included
            else:
                for one in reversed(included):
                    _lay(one, item, (*key, index), places)
        if found:
            _spread(items, found, key, places)

    def loaded(
        self, node: dict[str, Any], key: Key, places: dict[Key, Place], file: YamlFile, chain: tuple[Path, ...]
    ) -> list[_Included]:
        """What the files hold that an include names, in their order; the include itself goes."""
        asked = node.pop("include")
        found = []
        for index, name in enumerate(asked if isinstance(asked, list) else [asked]):
            spot = (*key, "include", index) if isinstance(asked, list) else (*key, "include")
            place = places[spot]
            origin = Origin(Position(place.file, *place.value), path_text(spot))
            found.append(_Included(str(name), origin, *self.load(name, origin, file, chain)))
        return found

    def load(
        self, name: object, origin: Origin, file: YamlFile, chain: tuple[Path, ...]
    ) -> tuple[Any, dict[Key, Place]]:
        if not isinstance(name, str):
            raise _bad_include("include takes a file name or a list of them", origin, "Write include: issuer.yaml")
        path = inside(name, file.folder, self.root, origin, "PLN013")
        if path.suffix not in {".yaml", ".yml"}:
            raise _bad_include(f"{name} is not a YAML file", origin, "Included files end in .yaml")
        self.followed += 1
        if path in chain or self.followed > MAX_INCLUDES:
            raise _bad_include(f"{name} includes itself, or too many files are included", origin, "Break the circle.")
        shown = os.path.normpath(Path(file.name).parent / name)
        try:
            text = decode(read_bytes(path, shown, below=self.root), shown)
        except Rejected as refused:
            raise _bad_include(
                f"{name} can't be included: {refused.findings[0].message}", origin, refused.findings[0].hint
            ) from None
        self.texts[shown] = text
        inner = YamlFile(shown, text, path.parent, path)
        return self.follow(*parse(inner), inner, (*chain, path))


class _Included(Struct, frozen=True):
    """What an included file holds: its name and where that stands, its data and the places of that."""

    name: str
    origin: Origin
    data: Any
    places: Mapping[Key, Place]


def _lay(included: _Included, node: dict[str, Any], key: Key, places: dict[Key, Place]) -> None:
    """Lay an included file's keys under those that stand there."""
    if isinstance(included.data, list):
        hint = f"A list is included as an item of a list, alone: - {{include: {included.name}}}"
        raise _bad_include(f"{included.name} is a list, and keys are wanted here", included.origin, hint)
    if not isinstance(included.data, dict):
        hint = "An included file holds keys, like a plan."
        raise _bad_include(f"{included.name} is not a mapping of keys", included.origin, hint)
    _deep(included, key)
    taken = included.data.keys() - node.keys()
    node |= {part: value for part, value in included.data.items() if part in taken}
    places |= {key + below: place for below, place in included.places.items() if below and below[0] in taken}


def _spread(items: list[Any], found: Mapping[int, list[_Included]], key: Key, places: dict[Key, Place]) -> None:
    """Put included lists in the place of the items that named them; the places of the others move along."""
    own = [place_key for place_key in places if len(place_key) > len(key) and place_key[: len(key)] == key]
    taken = {place_key: places.pop(place_key) for place_key in own}
    now: list[Any] = []
    moved: dict[str | int, int] = {}
    for index, item in enumerate(items):
        for one in found.get(index, ()):
            _deep(one, key)
            for place_key, place in one.places.items():
                if place_key and isinstance(place_key[0], int):
                    places[*key, len(now) + place_key[0], *place_key[1:]] = place
            now += one.data
        if index not in found:
            moved[index] = len(now)
            now.append(item)
    for place_key, place in taken.items():
        item, *below = place_key[len(key) :]
        if item in moved:
            places[*key, moved[item], *below] = place
    items[:] = now


def _deep(included: _Included, key: Key) -> None:
    """Refuse what lies too deep where it is included."""
    if len(key) + max(map(len, included.places)) > MAX_DEPTH:
        raise _bad_include(f"with {included.name}, {TOO_DEEP}", included.origin, "No plan needs that.")


def _bad_include(message: str, origin: Origin, hint: str) -> Rejected:
    return Rejected([error("PLN013", message, origin, hint=hint)])


def _at(data: Any, key: Key) -> Any:
    for part in key:
        data = data[part]
    return data
