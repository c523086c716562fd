"""What a command line names -> the inputs it means: files, folders of plans, standard input.

Codes: FIL003 a folder that can't be looked through, FIL006 one without plans. Each is the folder's own finding, told
where its bytes are asked for: the other files of a run go on.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from form4_author.files.reading import is_folder, read_bytes, reason
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.masking import Veiled, masked_words

STANDARD_INPUT = "-"
PLANS = frozenset({".yaml", ".yml"})
"""How the names of plans end."""
FILINGS = PLANS | {".xml", ".txt"}
"""How the names of plans and of filings end."""
MAX_BYTES = 16 * 1024 * 1024
"""What any file may have; what kind of file it is tells whether it may have that much."""
_XML_BEGINNINGS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<", b"-----BEGIN PRIVACY-ENHANCED")


class Input(Veiled, frozen=True):
    """One file to look at.

    Attributes:
        name: as findings give it.
        path: where it lies; None for standard input.
        data: its content, where it has been read already.
        refusal: why there is nothing to read; None where there may be.
        profiles: a folder of insiders' profiles to look in before all others.
        root: the folder that the files it names must stay inside; see `reading.root_of` by default.
    """

    name: str
    path: Path | None
    data: bytes | None = None
    refusal: Finding | None = None
    profiles: Path | None = None
    root: Path | None = None

    def content(self) -> bytes:
        """Its bytes.

        Raises:
            Rejected: they can't be read; `unreadable` is set.
        """
        if self.refusal is not None:
            raise Rejected([self.refusal], unreadable=True)
        return self.data if self.data is not None else read_bytes(self.path or Path(self.name), self.name, MAX_BYTES)


def gather(
    names: Iterable[str], stdin: BinaryIO | None, *, below: Collection[str] = PLANS, profiles: Path | None = None
) -> list[Input]:
    """The inputs that names mean, each once, in order.

    Args:
        names: files; folders, which mean every plan below (`*.yaml` and `*.yml`, those with a leading `_` in their own
            or a folder's name aside: they are parts, judged with the plans that include them); `-` for standard
            input, once.
        stdin: where standard input is read from; None where it is closed.
        below: how the names of the files end that a folder means, where it means others than plans.
        profiles: a folder of insiders' profiles for all of them.
    """
    found: dict[str, Input] = {}
    for name in names:
        if name == STANDARD_INPUT:
            if name not in found:
                found[name] = _standard_input(stdin)
        elif is_folder(Path(name)):
            for file in _files_below(name, below):
                found.setdefault(file.name, file)
        else:
            shown = name if os.path.lexists(name) else masked_words(name)  # what was typed may be no name at all
            found.setdefault(name, Input(shown, Path(name)))
    listed = list(found.values())
    return listed if profiles is None else [replace(file, profiles=profiles) for file in listed]


def _standard_input(stdin: BinaryIO | None) -> Input:
    name = "<stdin>"
    try:
        if stdin is not None:
            return Input(name, None, stdin.read(MAX_BYTES + 1))
        why = "it is closed"
    except OSError as problem:
        why = reason(problem)
    hint = "Name a file, or give its content by a pipe."
    return Input(name, None, refusal=error("FIL003", f"standard input can't be read: {why}", _at(name), hint=hint))


def _files_below(folder: str, endings: Collection[str]) -> list[Input]:
    """The plans in a folder and in those below it, links to folders aside, and the folders that can't be read."""
    found = sorted(_walk(Path(folder), endings), key=lambda file: file.path or Path())
    if found:
        return found
    kinds = ", ".join(f"*{ending}" for ending in (".yaml", ".yml", ".xml", ".txt") if ending in endings)
    what = "plans" if endings == PLANS else "plans or filings"
    hint = "`form4-author new` writes one to start from." if endings == PLANS else "Name the folder that holds them."
    return [_refused(Path(folder), folder, "FIL006", f"there are no {what} ({kinds}) in this folder", hint)]


def _walk(top: Path, endings: Collection[str]) -> Iterator[Input]:
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as listed:
                entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in listed]
        except OSError as problem:
            message = f"the folder can't be looked through: {reason(problem)}"
            yield _refused(folder, str(folder), "FIL003", message, "Check its permissions.")
            continue
        for name, below in entries:
            path = folder / name
            if name.startswith(("_", ".")):
                continue
            if below:
                folders.append(path)
            elif path.suffix.lower() in endings:
                yield Input(str(path), path)


def _refused(path: Path, name: str, code: str, message: str, hint: str) -> Input:
    return Input(name, path, refusal=error(code, message, _at(name), hint=hint))


def _at(name: str) -> Origin:
    return Origin(Position(name, 1, 1))


def is_plan(file: Input, data: bytes) -> bool:
    """Whether an input is to be read as a plan: by its ending, else by how it begins."""
    suffix = file.path.suffix.lower() if file.path else ""
    if suffix in PLANS:
        return True
    if suffix in {".xml", ".txt", ".htm", ".html"}:
        return False
    return not data[:4096].lstrip().startswith(_XML_BEGINNINGS)
