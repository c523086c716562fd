"""What tells of files that belong together and were not all put into place: a run may be killed between two of them.

Before the first of them appears, a file that anyone can read names them all, in the folder where they go; it is taken
away when the last one is there. Where the run is killed in between, it stays until they are written again.

Code: OUT007 files that may be of two builds.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from form4_author.files.locking import locked, locked_soon
from form4_author.findings import Finding, Origin, Position, Severity
from form4_author.masking import masked_words, without_known

NAME = "UNFINISHED-form4-author.log"
"""No ending that a folder of plans and filings is looked through for."""

_FIRST = "form4-author was putting these files into place, one after the other, and was not done:"
_LAST = """\
They may be of two builds, or not all there. Use none of them: build them again, with the same options, and this file
goes of itself. (While a build is running it may stand here for a moment.)
"""
_LONGEST = 1024 * 1024
_SHOWN = 9
_TRIES = 3
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@contextlib.contextmanager
def told_meanwhile(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Have a file tell of files that are put into place within.

    Args:
        paths: where they go. A single one needs no telling, for it appears at once.

    Yields:
        A list to which each of them is added as soon as it is there.

    Raises:
        OSError: there is no room to tell of it; nothing is to be put into place then.
    """
    folders: dict[Path, list[str]] = {}
    for path in paths:
        folders.setdefault(path.parent, []).append(path.name)
    placed: list[Path] = []
    notes: list[tuple[_Note, list[str]]] = []
    try:
        for folder, names in folders.items():
            note = _opened(folder, new=len(paths) > 1)
            if note is not None:
                notes.append((note, names))
                if len(paths) > 1:
                    note.write([*note.before, *names])
        yield placed
    finally:
        for note, names in notes:
            if not placed:
                note.end(note.before)
            elif len(placed) == len(paths):
                note.end([name for name in note.before if name not in names])
            else:
                note.end([*note.before, *names])


def unfinished(folder: Path) -> tuple[str, ...]:
    """The names of files in a folder that may be of two builds; none while they are being put into place."""
    try:
        handle = os.open(folder / NAME, os.O_RDONLY | _FLAGS)
    except (OSError, ValueError):
        return ()
    try:
        names = _names_in(handle)
        if not names or locked(handle) is False:
            return ()
        return tuple(names) if any(os.path.lexists(folder / name) for name in names) else ()
    finally:
        os.close(handle)


def told_of(path: Path | None) -> list[Finding]:
    """What there is to tell of one file, if it is such a one; None is standard input."""
    names = unfinished(path.parent) if path is not None else ()
    return [finding_of(path.parent, names)] if path is not None and path.name in names else []


def finding_of(folder: Path, names: Sequence[str]) -> Finding:
    """What is to be told of files that `unfinished` names."""
    shown = ", ".join(map(masked_words, names[:_SHOWN])) + (f" and {len(names) - _SHOWN} more" * (len(names) > _SHOWN))
    return Finding(
        "OUT007",
        Severity.WARNING,
        f"a run was broken off while it put files into place, which may be of two builds or missing: {shown}",
        Origin(Position(str(folder / NAME), 1, 1)),
        hint=f"Build them again, with the same options; or delete them and {NAME}.",
    )


class _Note(Struct, frozen=True):
    """The file that tells of others, open and locked.

    Attributes:
        path: where it is.
        handle: the open file.
        before: the files that it told of when it was opened.
    """

    path: Path
    handle: int
    before: tuple[str, ...] = ()

    def write(self, names: Sequence[str]) -> None:
        """Have it tell of other files; at no moment it tells of none."""
        lines = [json.dumps(name, ensure_ascii=not name.isprintable()) for name in dict.fromkeys(names)]
        text = without_known("\n".join([_FIRST, "", *lines, "", _LAST]))
        data = text.encode("utf-8", "backslashreplace")
        os.lseek(self.handle, 0, os.SEEK_SET)
        written = 0
        while written < len(data):
            written += os.write(self.handle, data[written:])
        os.ftruncate(self.handle, len(data))

    def end(self, names: Sequence[str]) -> None:
        """Have it tell of what is left, or take it away where nothing is."""
        with contextlib.suppress(OSError):
            if names:
                self.write(names)
            elif sys.platform != "win32":
                self.path.unlink()
        os.close(self.handle)
        if not names and sys.platform == "win32":  # what is open can't be taken away there
            with contextlib.suppress(OSError):
                self.path.unlink()


def _opened(folder: Path, *, new: bool) -> _Note | None:
    """The file of a folder, made where it is needed; None where it isn't, or where something else bears its name."""
    path = folder / NAME
    for _ in range(_TRIES):
        try:
            handle = os.open(path, os.O_RDWR | _FLAGS | (os.O_CREAT if new else 0), 0o666)
        except OSError:
            return None
        if locked_soon(handle) is not False and os.fstat(handle).st_nlink:
            names = _names_in(handle)
            if names is not None:
                there = any(os.path.lexists(folder / name) for name in names)
                return _Note(path, handle, tuple(names) if there else ())
        os.close(handle)
    return None


def _names_in(handle: int) -> list[str] | None:
    """The files that it tells of; None where it is not the tool's."""
    opened = os.fstat(handle)
    if not stat.S_ISREG(opened.st_mode) or opened.st_size > _LONGEST:
        return None
    os.lseek(handle, 0, os.SEEK_SET)
    first, *lines = os.read(handle, _LONGEST).decode("utf-8", "replace").split("\n")
    if first != _FIRST:
        return None if first or lines else []
    names = []
    for line in lines:
        if line.startswith('"'):
            with contextlib.suppress(ValueError):
                names.append(str(json.loads(line)))
    return [name for name in names if name and Path(name).name == name]
