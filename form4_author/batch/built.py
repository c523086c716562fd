"""The record of what a folder's files were built from: one line a plan, added as each is done, so that none is lost.

A run that is killed leaves the lines of what it has done. A line that can't be understood, as one that was cut off,
says nothing: what it was about is built again. No line tells anything of a CCC, see `files.delivery.fingerprint`.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from form4_author.files.delivery import Output, deliver
from form4_author.files.reading import open_handle
from form4_author.findings import Rejected

NAME = ".form4-author.built"
_LARGEST = 512 * 1024 * 1024
_ADD = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Entry(Struct, frozen=True):
    """What is on record of one plan that was built.

    Attributes:
        plan: its name, as it was given.
        how: the hash of all that counts besides its files: tool, rules, schemas, options, days, templates.
        files: the hash of each file that was read for it, by its path from the plan's folder; the plan too.
        cccs: for each owner's CIK, whether there was a CCC for it.
        parties: the issuer and the owners of each form that trades, by their CIKs.
        beside: the hash of the files beside it that its findings rest on too; empty where that isn't known.
        outputs: the files written: name, hash, and whether it is its owner's alone.
        findings: what was found, as `report` writes it.
        forms: what became of each form.
    """

    plan: str
    how: str
    files: Mapping[str, str]
    cccs: Mapping[str, bool] = {}
    parties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    beside: str = ""
    outputs: tuple[tuple[str, str, bool], ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    forms: tuple[Mapping[str, Any], ...] = ()


_KINDS: Mapping[str, Callable[[Any], bool]] = {
    "plan": lambda told: isinstance(told, str),
    "how": lambda told: isinstance(told, str),
    "files": lambda told: isinstance(told, dict) and all(isinstance(one, str) for one in told.values()),
    "cccs": lambda told: isinstance(told, dict),
    "parties": lambda told: isinstance(told, list) and all(_is_party(one) for one in told),
    "beside": lambda told: isinstance(told, str),
    "outputs": lambda told: isinstance(told, list) and all(_is_output(one) for one in told),
    "findings": lambda told: isinstance(told, list) and all(isinstance(one, dict) for one in told),
    "forms": lambda told: isinstance(told, list) and all(isinstance(one, dict) for one in told),
}


def _is_party(told: Any) -> bool:
    return isinstance(told, list) and len(told) == 2 and isinstance(told[0], str) and isinstance(told[1], list)


def _is_output(told: Any) -> bool:
    return isinstance(told, list) and len(told) == 3 and all(isinstance(one, str) for one in told[:2])


class Record:
    """The record of one folder.

    Args:
        folder: the folder that is built into; it need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.entries: dict[str, Entry] = {}
        lines = _lines(self.path)
        for line in lines:
            entry = _entry(line)
            if entry is not None:
                self.entries[entry.plan] = entry
        if len(lines) > 2 * len(self.entries) + 100:
            self._write_anew()

    def add(self, entry: Entry) -> None:
        """Put a plan on record. Where that can't be done it is left out: the plan is built again the next time."""
        self.entries[entry.plan] = entry
        with contextlib.suppress(OSError):
            handle = os.open(self.path, _ADD, 0o600)
            try:
                if stat.S_ISREG(os.fstat(handle).st_mode):
                    os.write(handle, b"\n" + _line(entry))
            finally:
                os.close(handle)

    def _write_anew(self) -> None:
        with contextlib.suppress(Rejected):
            deliver([Output(self.path, b"\n".join(map(_line, self.entries.values())), secret=True)])


def _lines(path: Path) -> list[bytes]:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return []
        with open_handle(path) as stream:
            return stream.read(_LARGEST).splitlines()
    except (OSError, ValueError):
        return []


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry), separators=(",", ":")).encode()


def _entry(line: bytes) -> Entry | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    names = set(Entry.__struct_fields__)
    if not isinstance(told, dict) or told.keys() != names or not all(_KINDS[name](told[name]) for name in names):
        return None
    parties = tuple((issuer, tuple(owners)) for issuer, owners in told["parties"])
    outputs = tuple((name, sha256, bool(secret)) for name, sha256, secret in told["outputs"])
    several = {name: tuple(told[name]) for name in ("findings", "forms")}
    return Entry(**told | several | {"parties": parties, "outputs": outputs})
