"""form4-author.toml, looked for from a plan's folder upward. The nearest one counts, alone.

In a folder that anyone may write to, another user's file is nobody's. `reading` tells what one says; it is loaded only
where there is one.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from form4_author.files.inputs import PLANS, Input, gather
from form4_author.findings import Finding, Rejected
from form4_author.firm.settings import FILE, NO_FIRM, Firm

_MOST_FOLDERS = 100
_TOP: ContextVar[Path | None] = ContextVar("_TOP", default=None)


def firm_of(file: Input) -> Firm:
    """The firm's file that counts for a plan or filing; an empty one where there is none.

    Raises:
        Rejected: it can't be read, or isn't right; with all that is wrong with it.
    """
    path = _above(file)
    if path is None:
        return NO_FIRM
    shown = os.path.relpath(path) if not Path(file.name).is_absolute() else str(path)
    told = path.lstat()
    firm = _read(path, shown, (told.st_ino, told.st_size, told.st_mtime_ns))
    if firm.findings:
        raise Rejected(firm.findings, unreadable=True)
    return firm


def agreed(files: Iterable[Input]) -> None:
    """Make sure that the firm's files of a run can be followed, each told of once.

    Raises:
        Rejected: one can't.
    """
    findings: dict[Finding, None] = {}
    for file in files:
        try:
            firm_of(file)
        except Rejected as refused:
            findings |= dict.fromkeys(refused.findings)
    if findings:
        raise Rejected([*findings], unreadable=True)


def jobs_for(files: Sequence[Input], asked: int | None) -> int:
    """How many of the files are worked on at once: as was asked, as the firm of the first one says, or one."""
    if asked is not None or not files:
        return asked or 1
    return firm_or_none(files[0]).value("jobs") or 1


def firm_or_none(file: Input) -> Firm:
    """The same as `firm_of`; an empty one also where it isn't right, which is told elsewhere."""
    try:
        return firm_of(file)
    except Rejected:
        return NO_FIRM


def gathered(
    names: Iterable[str], stdin: BinaryIO | None, *, below: Collection[str] = PLANS, profiles: Path | None = None
) -> list[Input]:
    """The inputs that names mean, as `gather` tells; of a folder without the firm's profiles and footnotes in it."""
    listed = [*names]
    named = {*listed}
    return [
        file
        for file in gather(listed, stdin, below=below, profiles=profiles)
        if file.name in named or file.path is None or not is_part(file, file.path)
    ]


def is_part(file: Input, path: Path) -> bool:
    """Whether a file is no plan of its own: a profile or a file of footnotes that the firm's file names."""
    firm = firm_or_none(file)
    shelf, library = firm.value("profiles"), firm.value("library") or ()
    if shelf is None and not library:
        return False
    real = Path(os.path.realpath(path))
    return real in library or (shelf is not None and real.is_relative_to(shelf))


def further_up(firm: Firm) -> list[str]:
    """The firm's files above the one that counts: they say nothing here."""
    if firm.folder is None or firm.folder == firm.folder.parent:
        return []
    return [str(path) for path in _files_above(firm.folder.parent)]


def _above(file: Input) -> Path | None:
    if file.path is None:
        return None
    try:
        folder = Path(os.path.realpath(file.path)).parent
    except (OSError, ValueError):
        return None
    return next(_files_above(folder), None)


@contextmanager
def looked_for_below(top: Path) -> Iterator[None]:
    """Look for the firm's file no further up than a folder within, one that is to count as it lies, whoever owns it."""
    token = _TOP.set(Path(os.path.realpath(top)))
    try:
        yield
    finally:
        _TOP.reset(token)


def _files_above(folder: Path) -> Iterator[Path]:
    top = _TOP.get()
    for above in [folder, *folder.parents][:_MOST_FOLDERS]:
        if top is not None and not above.is_relative_to(top):
            return
        if os.path.lexists(f"{above}{os.sep}{FILE}"):
            path = above / FILE
            if top is not None or _ours(path):
                yield path


def _ours(path: Path) -> bool:
    """Whether a file may count: in a folder that anyone may write to, our own alone."""
    try:
        there, own = path.parent.stat(), path.lstat()
    except OSError:
        return False
    return not there.st_mode & stat.S_IWOTH or not hasattr(os, "getuid") or own.st_uid == os.getuid()


@lru_cache(maxsize=32)
def _read(path: Path, shown: str, _as_it_was: tuple[int, int, int]) -> Firm:
    """The file, read once while it stays as it is."""
    firm: Firm = import_module("form4_author.firm.reading").read_firm(path, shown)
    return firm
