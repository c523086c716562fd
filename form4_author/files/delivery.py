"""Files that appear whole or not at all, and take no other file's place than an earlier output's.

All files of one build are first written beside their place under temporary names, then renamed; where any of them
can't be written, none appears. Codes: OUT002 a file can't be written, OUT005 a file that was read stands there.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from form4_author.files.reading import FileId, identity, reason
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.masking import without_known

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_TRIES = 1000
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write: its path and content; `secret` ones are readable by their owner alone (mode 0600).

    In any other file that is text, no known CCC stands: it is masked there as it is everywhere.
    """

    path: Path
    data: bytes
    secret: bool = False


def deliver(outputs: Iterable[Output], *, read: Collection[FileId] = ()) -> None:
    """Write all the files, or none.

    Args:
        outputs: the files. A link that stands in the place of one is replaced, not followed.
        read: the files that they came from; none of them is written over, under whatever name.

    Raises:
        Rejected: a folder or file can't be written, is write-protected or no regular file (OUT002), or one of `read`
            stands in the place of one (OUT005); nothing of this build remains.
    """
    waiting: list[tuple[Path, Path]] = []
    current = Path()
    numbers = count()
    try:
        for output in outputs:
            current = output.path
            current.parent.mkdir(parents=True, exist_ok=True)
            if identity(current) in read:
                raise _was_read(current)
            _refuse_what_stands_at(current)
            temporary, handle = _new_file(current.parent, numbers, secret=output.secret)
            waiting.append((temporary, current))
            _write(handle, output)
        while waiting:
            temporary, current = waiting[0]
            temporary.replace(current)
            del waiting[0]
    except (OSError, ValueError) as problem:
        raise unwritable(current, problem) from None
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def unwritable(path: Path, problem: OSError | ValueError) -> Rejected:
    """The refusal of an output that can't be written, or made for want of room."""
    return Rejected(
        [
            error(
                "OUT002",
                f"{path} can't be written: {reason(problem)}; nothing was written",
                Origin(Position(str(path), 1, 1)),
                hint="Name another folder with -o, or make room or rights in this one.",
            )
        ]
    )


def _was_read(path: Path) -> Rejected:
    return Rejected(
        [
            error(
                "OUT005",
                f"{path} is a file that was read; it was left alone, and nothing was written",
                Origin(Position(str(path), 1, 1)),
                hint="Write into another folder, or under another name.",
            )
        ]
    )


def _refuse_what_stands_at(path: Path) -> None:
    """Raise an OSError where something stands that no file may take the place of."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode) or path.is_dir():
        raise IsADirectoryError(0, "a folder of that name is in the way")
    if stat.S_ISLNK(mode):
        return
    if not stat.S_ISREG(mode):
        raise FileExistsError(0, "a pipe, a device or the like of that name is in the way")
    if not mode & _WRITABLE or not os.access(path, os.W_OK):
        raise PermissionError(0, "a write-protected file of that name stands there")


def _new_file(folder: Path, numbers: Iterator[int], *, secret: bool) -> tuple[Path, int]:
    """A new file of a name that nothing had, open for writing; what stands under another name is none of this run's."""
    while True:
        number = next(numbers)
        path = folder / f".form4-author.{os.getpid()}-{number}.tmp"
        try:
            return path, os.open(path, _NEW, 0o600 if secret else 0o666)
        except FileExistsError:
            if number > _TRIES:
                raise


def _write(handle: int, output: Output) -> None:
    with os.fdopen(handle, "wb") as stream:
        stream.write(output.data if output.secret or output.data.startswith(b"%PDF") else _masked(output.data))
        stream.flush()
        os.fsync(stream.fileno())


def _masked(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    return without_known(text).encode("utf-8", "surrogateescape")
