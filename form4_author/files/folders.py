"""Folders that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from msgspec import Struct

from form4_author.files.delivery import unwritable

if sys.platform != "win32":
    import fcntl

_UNFINISHED = re.compile(r"\.form4-author\.\d+-\d+\.folder")
_TRIES = 1000


class Making(Struct):
    """A folder that is being made.

    Attributes:
        path: where it lies meanwhile.
        wanted: whether it is to take its name.
    """

    path: Path
    wanted: bool = True


@contextlib.contextmanager
def new_folder(path: Path) -> Iterator[Making]:
    """A folder to be filled, which then takes its name; where anything fails, nothing of it remains.

    Args:
        path: the name, under which nothing may stand yet but an empty folder.

    Raises:
        Rejected: it can't be written (OUT002).
    """
    making: Path | None = None
    lock = -1
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(path.parent)
        making, lock = _unfinished(path.parent)
        made = Making(making)
        yield made
        if made.wanted:
            making.rename(path)
            making = None
    except (OSError, ValueError) as problem:
        raise unwritable(path, problem) from None
    finally:
        if lock >= 0:
            os.close(lock)
        if making is not None:
            shutil.rmtree(making, ignore_errors=True)


def write_into(folder: Path, name: str, data: bytes) -> None:
    """Write a file of a folder that is being made, through to the disk; `name` is its path there, parted by `/`."""
    path = folder.joinpath(*name.split("/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _unfinished(folder: Path) -> tuple[Path, int]:
    """A new folder, and a lock on it that the system takes away with the process; no lock where there are none."""
    for number in count():
        path = folder / f".form4-author.{os.getpid()}-{number}.folder"
        try:
            path.mkdir()
        except FileExistsError:
            if number > _TRIES:
                raise
            continue
        return path, _locked(path)
    raise AssertionError("count() ends nowhere")


def _clear(folder: Path) -> None:
    """Clear away what processes that were killed have left unfinished; what another is making stays."""
    if sys.platform == "win32":
        return
    for path in folder.iterdir():
        if _UNFINISHED.fullmatch(path.name) and not path.is_symlink() and path.is_dir():
            lock = _locked(path)
            if lock >= 0:
                shutil.rmtree(path, ignore_errors=True)
                os.close(lock)


def _locked(folder: Path) -> int:
    """A folder open and locked; -1 where another has it, or it can't be."""
    if sys.platform == "win32":
        return -1
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return -1
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return -1
    return handle
