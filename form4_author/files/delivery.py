"""Files that appear whole or not at all, and take no other file's place than an earlier output's.

All files of one build are first written beside their place under temporary names, then renamed; where any of them
can't be written, none appears. Signals wait while they are renamed, and so do other runs that write into the folder:
files that belong together change together; where a run is killed in between, `unfinished` tells of it. Whoever wants to
know what appeared, however the build ends, asks to be told what is about to (`telling`). What a process that was killed
left behind is cleared away by the next that writes there: a temporary file is locked by who writes it, and the system
takes the lock away with the process.

Codes: OUT001 another plan's file of the same program stands there, OUT002 a file can't be written, OUT005 a file that
was read stands there.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import re
import signal
import stat
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from typing import Any

from msgspec import Struct

from form4_author.files.locking import locked, locked_soon
from form4_author.files.reading import FileId, identity, reason
from form4_author.files.unfinished import told_meanwhile
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.masking import without_known

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_LOOK = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_TRIES = 1000
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_ENCLOSED = re.compile(rb"[A-Za-z0-9+/=]{60,}(?:\s+[A-Za-z0-9+/=]+)*+")
_TEMPORARY = re.compile(r"\.form4-author\.\d+-\d+\.tmp")
_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

_renaming = threading.Lock()
_cleared: set[str] = set()
#: By which plan a file was written in this process, by the file: another plan doesn't take its place without a word.
_makers: dict[tuple[int, int, int], str] = {}


class Output(Struct, frozen=True):
    """A file to write: its path and content; `secret` ones are readable by their owner alone (mode 0600).

    In any other file that is text, no known CCC stands: it is masked there as it is everywhere.
    """

    path: Path
    data: bytes
    secret: bool = False


class Landing(Struct, frozen=True):
    """A file that is about to appear.

    Attributes:
        path: its path.
        file: what tells it from whatever stands there before.
        fingerprint: its hash, see `fingerprint`.
        secret: whether it is its owner's alone.
    """

    path: str
    file: FileId | None
    fingerprint: str
    secret: bool

    @property
    def landed(self) -> bool:
        """Whether it has appeared."""
        return self.file is not None and identity(Path(self.path)) == self.file


_TELL: ContextVar[Callable[[tuple[Landing, ...]], None] | None] = ContextVar("_TELL", default=None)


@contextlib.contextmanager
def telling(tell: Callable[[tuple[Landing, ...]], None]) -> Iterator[None]:
    """Have what is written within told of just before it appears: all that belongs together, at once.

    Whoever asked for the same further out is told first.
    """
    outer = _TELL.get()

    def both(landing: tuple[Landing, ...]) -> None:
        if outer is not None:
            outer(landing)
        tell(landing)

    token = _TELL.set(both)
    try:
        yield
    finally:
        _TELL.reset(token)


def deliver(outputs: Iterable[Output], *, read: Collection[FileId] = (), maker: str = "") -> None:
    """Write all the files, or none.

    Args:
        outputs: the files. A link that stands in the place of one is replaced, not followed.
        read: the files that they came from; none of them is written over, under whatever name.
        maker: the plan that they are made of, by its real path; empty where a file of any may be replaced.

    Raises:
        Rejected: a folder or file can't be written, is write-protected or no regular file (OUT002), one of `read`
            stands in the place of one (OUT005), or what this process has made of another plan (OUT001); nothing of
            this build remains.
    """
    waiting: list[tuple[Path, Path]] = []
    told: list[Output] = []
    placed: list[Path] = []
    open_files: list[int] = []
    current = Path()
    numbers = count()
    try:
        for output in outputs:
            current = output.path
            current.parent.mkdir(parents=True, exist_ok=True)
            _clear_once(current.parent)
            if identity(current) in read:
                raise _was_read(current)
            _refuse_what_stands_at(current)
            temporary, handle = _new_file(current.parent, numbers, secret=output.secret)
            waiting.append((temporary, current))
            told.append(output)
            open_files.append(handle)
            _write(handle, output)
            if sys.platform == "win32":  # nothing that is open can be renamed there
                os.close(open_files.pop())
        with _alone({path.parent for _, path in waiting}), _undisturbed():
            _refuse_what_others_made([path for _, path in waiting], maker)
            if tell := _TELL.get():
                tell(tuple(_landing(*place, output) for place, output in zip(waiting, told, strict=True)))
            with told_meanwhile([path for _, path in waiting]) as placed:
                while waiting:
                    temporary, current = waiting[0]
                    _makers.pop(_state(current), None)
                    temporary.replace(current)
                    del waiting[0]
                    placed.append(current)
                    _made(current, maker)
    except (OSError, ValueError) as problem:
        raise unwritable(current, problem, [path.name for path in placed]) from None
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        for handle in open_files:
            os.close(handle)


def _landing(temporary: Path, path: Path, output: Output) -> Landing:
    return Landing(
        str(path), identity(temporary), fingerprint(_as_written(output), secret=output.secret), output.secret
    )


def fingerprint(data: bytes, *, secret: bool) -> str:
    """The SHA-256, in hex, of a file; of one with CCCs in it, of what it is with every known CCC masked.

    From a hash of the file itself a CCC could be guessed. One that isn't known is not masked: where another CCC is in a
    file than those at hand, the hash is another too.

    Args:
        data: the file's content.
        secret: whether CCCs may stand in it, also in a document that is enclosed in it.
    """
    return hashlib.sha256(_masked(_ENCLOSED.sub(_opened, data)) if secret else data).hexdigest()


def _opened(found: re.Match[bytes]) -> bytes:
    try:
        return base64.b64decode(b"".join(found[0].split()), validate=True)
    except ValueError:
        return found[0]


def unwritable(path: Path, problem: OSError | ValueError, landed: Sequence[str] = ()) -> Rejected:
    """The refusal of an output that can't be written, or made for want of room.

    Args:
        path: the output.
        problem: what the system says.
        landed: the files of the same build that stand in their place already; none, unless the system lets a file be
            written and then not be renamed.
    """
    written = f"{', '.join(landed)} was written before" if landed else "nothing was written"
    return Rejected(
        [
            error(
                "OUT002",
                f"{path} can't be written: {reason(problem)}; {written}",
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


def _refuse_what_others_made(paths: Iterable[Path], maker: str) -> None:
    for path in paths:
        other = _makers.get(_state(path)) if maker else None
        if other and other != maker:
            message = f"{path} was written from {other} by this program; it was left alone, and nothing was written"
            hint = "Rename one of them (a plan.yaml takes its folder's name), or build them into different folders."
            raise Rejected([error("OUT001", message, Origin(Position(str(path), 1, 1)), hint=hint)])


def _made(path: Path, maker: str) -> None:
    if maker:
        _makers[_state(path)] = maker


def _state(path: Path) -> tuple[int, int, int]:
    """What tells a file, as it is, from all others; zeros where there is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_dev, found.st_ino, found.st_mtime_ns


def _new_file(folder: Path, numbers: Iterator[int], *, secret: bool) -> tuple[Path, int]:
    """A new file of a name that nothing had, open and locked; what stands under another name is none of this run's."""
    while True:
        number = next(numbers)
        path = folder / f".form4-author.{os.getpid()}-{number}.tmp"
        try:
            handle = os.open(path, _NEW, 0o600 if secret else 0o666)
        except FileExistsError:
            if number > _TRIES:
                raise
            continue
        if locked(handle) is not False and os.fstat(handle).st_nlink:
            return path, handle
        os.close(handle)  # another run was just clearing it away


def _write(handle: int, output: Output) -> None:
    with os.fdopen(handle, "wb", closefd=False) as stream:
        stream.write(_as_written(output))
        stream.flush()
        os.fsync(stream.fileno())


def _as_written(output: Output) -> bytes:
    return output.data if output.secret or output.data.startswith(b"%PDF") else _masked(output.data)


def _masked(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    return without_known(text).encode("utf-8", "surrogateescape")


# --- other runs, and signals --------------------------------------------------------------------------------------


def clear(folder: Path) -> None:
    """Clear away the temporary files of processes that were killed; those that another is writing stay."""
    if sys.platform == "win32":  # a file that is open can't be told from one that isn't
        return
    try:
        with os.scandir(folder) as listed:
            left = [entry.path for entry in listed if _TEMPORARY.fullmatch(entry.name)]
    except OSError:
        return
    for path in left:
        with contextlib.suppress(OSError):
            handle = os.open(path, _LOOK)
            try:
                if stat.S_ISREG(os.fstat(handle).st_mode) and locked(handle):
                    Path(path).unlink()
            finally:
                os.close(handle)


def _clear_once(folder: Path) -> None:
    """Clear a folder at the first file that this process writes there."""
    name = str(folder)
    if name not in _cleared:
        _cleared.add(name)
        clear(folder)


@contextlib.contextmanager
def _alone(folders: Collection[Path]) -> Iterator[None]:
    """Let no other thread and no other run rename files in these folders meanwhile."""
    with _renaming, contextlib.ExitStack() as stack:
        for folder in sorted(folders):
            with contextlib.suppress(OSError):  # a folder may be written into that can't be opened
                handle = os.open(folder, _LOOK)
                stack.callback(os.close, handle)
                locked_soon(handle)
        yield


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let signals that end the run wait. Python tells of them in the main thread alone, whichever they reach."""
    came: list[int] = []
    before: dict[int, Any] = {}
    try:
        if threading.current_thread() is threading.main_thread():
            for number in _ENDING:
                if signal.getsignal(number) is not None:  # one that isn't Python's could not be put back
                    before[number] = signal.signal(number, lambda number, _frame: came.append(number))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)
