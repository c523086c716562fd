"""Files -> bytes -> text, each refusal a finding: the only place where the tool reads what a user names.

Codes: FIL001 missing, FIL002 a folder, FIL003 not permitted, FIL004 too large, FIL005 not UTF-8 text, FIL007 a pipe,
a device or the like.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from form4_author.findings import Origin, Position, Rejected, error
from form4_author.masking import masked_words

MAX_BYTES = 2 * 1024 * 1024

#: Device and number of a file on it.
FileId = tuple[int, int]

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0)
_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}
_HASHED: ContextVar[dict[str, str] | None] = ContextVar("_HASHED", default=None)
_NOTED: ContextVar[tuple[set[FileId], ...]] = ContextVar("_NOTED", default=())
_KEPT: ContextVar[dict[Path, bytes] | None] = ContextVar("_KEPT", default=None)


def read_bytes(path: Path, name: str, limit: int = MAX_BYTES, *, below: Path | None = None) -> bytes:
    """A file's content, or a clear refusal; nothing but a regular file is ever opened to be read, or waited for.

    Args:
        path: the file.
        name: as findings give it.
        limit: how many bytes it may have.
        below: a folder; `path` is then one that `inside` gave, and no part of it may have become a link since.

    Raises:
        Rejected: it is missing (FIL001), a folder (FIL002), can't be read (FIL003), is too large (FIL004) or no
            regular file (FIL007); `unreadable` is set.
    """

    def refuse(code: str, message: str, hint: str) -> Rejected:
        place = Position(masked_words(name) if code == "FIL001" else name, 1, 1)  # what was typed may be no name at all
        return Rejected([error(code, message, Origin(place), hint=hint)], unreadable=True)

    def refuse_other_kinds(mode: int) -> None:
        if stat.S_ISDIR(mode):
            raise refuse("FIL002", "this is a folder, not a file", "Name a file inside it.")
        if not stat.S_ISREG(mode):
            kind = _KINDS.get(stat.S_IFMT(mode), "something else")
            raise refuse("FIL007", f"this is {kind}, not a file", "Name a file; - is standard input.")

    try:
        refuse_other_kinds(path.stat().st_mode)  # a device may act on being opened
        with open_handle(path, below) as stream:
            opened = os.fstat(stream.fileno())
            refuse_other_kinds(opened.st_mode)
            note(opened)
            data = stream.read(limit + 1)
            if (hashed := _HASHED.get()) is not None:
                hashed[os.path.realpath(path)] = hashlib.sha256(data).hexdigest()
    except FileNotFoundError:
        raise refuse("FIL001", "there is no such file", "Check the spelling and the folder.") from None
    except (OSError, ValueError) as problem:
        raise refuse("FIL003", f"the file can't be read: {reason(problem)}", "Check its permissions.") from None
    if (kept := _KEPT.get()) is not None:
        kept[Path(os.path.realpath(path))] = data
    return within(data, name, limit)


@contextmanager
def open_handle(path: Path, below: Path | None = None) -> Iterator[BinaryIO]:
    """A file open for reading, as it is: a pipe isn't waited for; see `read_bytes` for `below`.

    Raises:
        OSError: it can't be opened.
        ValueError: no file can have this name.
    """
    handle = os.open(path, _READ) if below is None else _open_below(path, below)
    with os.fdopen(handle, "rb") as stream:
        yield stream


def is_folder(path: Path) -> bool:
    """True where a folder stands at a path; False also where nothing can."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def reason(problem: OSError | ValueError) -> str:
    """Why the system refuses a file or its name, in its own words."""
    return (problem.strerror if isinstance(problem, OSError) else None) or str(problem)


def _open_below(path: Path, folder: Path) -> int:
    """Open a path without links, part by part: what was looked at is what is opened, or nothing is."""
    if os.open not in os.supports_dir_fd:
        handle = os.open(path, _READ)
        if path.resolve() != path or not os.path.samestat(os.fstat(handle), path.lstat()):
            os.close(handle)
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        return handle
    *folders, name = path.relative_to(folder).parts
    handle = os.open(folder, _FOLDER)
    try:
        for part in folders:
            inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=handle)
            os.close(handle)
            handle = inner
        return os.open(name, _READ | os.O_NOFOLLOW, dir_fd=handle)
    finally:
        os.close(handle)


# --- what was read ------------------------------------------------------------------------------------------------


@contextmanager
def noting() -> Iterator[set[FileId]]:
    """Note every file that is read within: what is written then must not take the place of one of them."""
    noted: set[FileId] = set()
    outer = _NOTED.get()
    token = _NOTED.set((*outer, noted))
    try:
        yield noted
    finally:
        _NOTED.reset(token)


@contextmanager
def keeping() -> Iterator[dict[Path, bytes]]:
    """Keep the content of every file that `read_bytes` reads within, by its real path, as it was read."""
    kept: dict[Path, bytes] = {}
    token = _KEPT.set(kept)
    try:
        yield kept
    finally:
        _KEPT.reset(token)


@contextmanager
def hashing() -> Iterator[dict[str, str]]:
    """Take the SHA-256, in hex, of every file that is read within, as it was read, by its real path.

    What is read within another of these is the inner one's alone.
    """
    hashed: dict[str, str] = {}
    token = _HASHED.set(hashed)
    try:
        yield hashed
    finally:
        _HASHED.reset(token)


def identity(path: Path) -> FileId | None:
    """What tells a file from all others, whatever it is called; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def note(opened: os.stat_result) -> None:
    """Note a file that is being read, given what the open file is."""
    for noted in _NOTED.get():
        noted.add((opened.st_dev, opened.st_ino))


def within(data: bytes, name: str, limit: int = MAX_BYTES) -> bytes:
    """The content itself, where it is no larger than the limit.

    Raises:
        Rejected: it is larger (FIL004); `unreadable` is set.
    """
    if len(data) > limit:
        message = f"the file is larger than {limit // 2**20} MiB"
        finding = error("FIL004", message, Origin(Position(name, 1, 1)), hint="Is this the right file?")
        raise Rejected([finding], unreadable=True)
    return data


def decode(data: bytes, name: str) -> str:
    """UTF-8 text of a file, a byte order mark dropped and every line end a single line feed.

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


# --- files that a plan names --------------------------------------------------------------------------------------


def root_of(folder: Path) -> Path:
    """The folder that the files of a plan must stay inside.

    It is the one above the plan's, or the working one where that holds it: profiles are shared between the folders of
    filings. Neither may hold the user's home, or be it, or be the whole file system: a plan that came from elsewhere
    would have the run of it. The plan's own folder is left then.

    Args:
        folder: the plan's, links resolved.
    """
    try:
        here = Path.cwd().resolve()
    except OSError:  # it was removed meanwhile
        here = folder
    if folder.parent.is_relative_to(here) and not _too_wide(here):
        return here
    if not _too_wide(folder.parent):
        return folder.parent
    return here if folder.is_relative_to(here) and not _too_wide(here) else folder


def _too_wide(folder: Path) -> bool:
    try:
        home = Path.home().resolve()
    except (OSError, RuntimeError):  # there is none
        home = folder / "none"
    return folder == folder.parent or home.is_relative_to(folder)


def inside(name: str, folder: Path | None, root: Path | None, origin: Origin, code: str) -> Path:
    """The path of a file that a plan names, which must lie inside `root`, links resolved.

    It is to be read with `below=root`, or it may have become another meanwhile.

    Raises:
        Rejected: the path is absolute or climbs out of the folder, or is none, or the plan has no folder or one of
            which all lies inside (the file system's root); under `code`.
    """
    if folder is None or root is None or root == root.parent:
        hint = "Put the plan and its files into a folder of their own." if folder else ""
        raise Rejected([error(code, f"{name} can't be found: this plan is in no folder", origin, hint=hint)])
    try:
        path = Path(os.path.realpath(folder / name))
    except (OSError, ValueError):
        message = f"{name} can't be the name of a file"
        raise Rejected([error(code, message, origin, hint="Name files relative to the plan.")]) from None
    if Path(name).is_absolute() or not path.is_relative_to(root):
        raise Rejected(
            [
                error(
                    code,
                    f"{name} lies outside the folder {root.name or root}",
                    origin,
                    hint="Name files relative to the plan; they must lie in the folder above it, or in the "
                    "one that the command runs in.",
                )
            ]
        )
    return path
