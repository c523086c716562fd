"""The folder that the workbench is a window on: what lies in it, reading and writing nowhere else.

Codes: WEB001 a path that leaves the folder, WEB002 a plan that holds a CCC, WEB003 a name that no plan can have.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from form4_author.files.delivery import Output, deliver
from form4_author.files.inputs import Input
from form4_author.files.reading import decode, identity, inside, read_bytes
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.firm.nearest import is_part
from form4_author.masking import Veiled, masked
from form4_author.printable import printable

PLANS = (".yaml", ".yml")
FILINGS = (".xml", ".txt")
FILLS = (".csv", ".tsv", ".xlsx")
BUILT = "build"
_MARK = "\ufeff"
_MOST = 2000
_NAME = re.compile(r"[\w()+, -][\w().+, -]{0,120}")


class Outside(Rejected):
    """A path that doesn't lead to a file inside the folder (WEB001)."""

    def __init__(self, name: str) -> None:
        message = "this lies outside the folder of the workbench, or is a link; it was left alone"
        hint = "Open the workbench on the folder that holds it, or copy the file into this one."
        super().__init__([error("WEB001", message, Origin(Position(printable(name[:200]), 1, 1)), hint=hint)])


class Changed(Exception):  # noqa: N818 - a verdict, not a malfunction
    """The file is no longer what it was when its text was read.

    Attributes:
        now: what it holds.
    """

    def __init__(self, now: PlanText) -> None:
        self.now = now
        super().__init__("changed")


class PlanText(Veiled, frozen=True):
    """The text of a plan as an editor takes it.

    Attributes:
        text: without a byte order mark; the line ends are those of the file.
        mark: the file begins with a byte order mark.
        revision: what tells this content from any other; empty where there is no file.
    """

    text: str
    mark: bool
    revision: str


class Folder(Struct, frozen=True):
    """A folder, links resolved, and all that may be read or written through the workbench."""

    top: Path

    def path(self, name: str) -> Path:
        """Where a name leads, told from the folder and with slashes: `sub/plan.yaml`.

        Raises:
            Outside: out of the folder, also by a link; or nowhere.
        """
        if not name or "\0" in name or "\\" in name:
            raise Outside(name)
        try:
            path = inside(name, self.top, self.top, Origin(), "WEB001")
        except Rejected:
            raise Outside(name) from None
        if path == self.top or self.name(path) != name:  # by a link on the way, or with dots: one file has one name
            raise Outside(name)
        return path

    def name(self, path: Path) -> str:
        """A file's name, told from the folder."""
        return path.relative_to(self.top).as_posix()

    def read(self, name: str) -> PlanText:
        """The text of a plan.

        Raises:
            Outside: it lies elsewhere.
            Rejected: it can't be read, is no text, or holds a CCC (WEB002).
        """
        data = read_bytes(self.path(name), name, below=self.top)
        text = decode(data, name)
        if (shown := masked(text)) != text:
            raise _holds_a_ccc(name, text, shown)
        raw = data.decode("utf-8")
        return PlanText(raw.removeprefix(_MARK), raw.startswith(_MARK), revision(data))

    def write(self, name: str, text: str, *, base: str, mark: bool = False) -> str:
        """Write a plan, whole or not at all, where its file is still what the text began with.

        Args:
            name: the plan.
            text: its text.
            base: the revision that the text began with; empty where there is to be no file yet.
            mark: begin the file with a byte order mark.

        Returns:
            The new revision.

        Raises:
            Outside: it lies elsewhere.
            Changed: its file is another by now.
            Rejected: it can't be written (OUT002), or is no name for a plan (WEB003).
        """
        path = self.path(name)
        if path.suffix.lower() not in PLANS or not all(_NAME.fullmatch(part) for part in PurePosixPath(name).parts):
            raise _no_plan_name(name)
        if identity(path) is not None:
            now = self.read(name)
            if now.revision != base:
                raise Changed(now)
        data = ((_MARK if mark else "") + text).encode()
        deliver([Output(path, data)])
        return revision(path.read_bytes())

    def plans(self) -> list[str]:
        """The names of all plans, those of parts (a leading `_`) aside."""
        return [name for name in self._files(PLANS) if not self._is_part(name)]

    def parts(self) -> list[str]:
        """The names of what plans may include: files that are no plans of their own."""
        return [name for name in self._files(PLANS) if self._is_part(name)]

    def _is_part(self, name: str) -> bool:
        path = self.top / name
        return path.name.startswith("_") or is_part(Input(str(path), path), path)

    def filings(self) -> list[str]:
        """The names of all that may be filings: XML and full-submission texts, what builds wrote aside."""
        return self._files(FILINGS)

    def free(self, name: str) -> str:
        """The name itself, or one like it that no file has: `sale-2.yaml`."""
        path, number = self.path(name), 1
        while os.path.lexists(path):
            number += 1
            path = self.path(PurePosixPath(name).with_stem(f"{PurePosixPath(name).stem}-{number}").as_posix())
        return self.name(path)

    def _files(self, endings: tuple[str, ...]) -> list[str]:
        return sorted(self.name(path) for path in self._walk() if path.suffix.lower() in endings)

    def _walk(self) -> Iterator[Path]:
        """The regular files of the folder and those below it; links, hidden folders and outputs aside."""
        folders, seen = [self.top], 0
        while folders and seen < _MOST:
            folder = folders.pop()
            try:
                with os.scandir(folder) as listed:
                    entries = sorted(listed, key=lambda entry: entry.name)
            except OSError:
                continue
            for entry in entries:
                seen += 1
                if entry.name.startswith(".") or entry.is_symlink():
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in {BUILT, "node_modules", "__pycache__"}:
                        folders.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)


def revision(data: bytes) -> str:
    """What tells a content from any other: its SHA-256, in hex."""
    return hashlib.sha256(data).hexdigest()


def _holds_a_ccc(name: str, text: str, shown: str) -> Rejected:
    at = next(index for index, (sign, other) in enumerate(zip(text, shown, strict=True)) if sign != other)
    place = Position(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    message = "here stands a CCC, or what looks like one: it never reaches a browser, and so the plan is not shown"
    hint = "Take it out with an editor of text; a CCC belongs into FORM4_CCC_<CIK> or a --ccc-file."
    return Rejected([error("WEB002", message, Origin(place), hint=hint)])


def _no_plan_name(name: str) -> Rejected:
    return Rejected(
        [
            error(
                "WEB003",
                "no plan can have this name",
                Origin(Position(name, 1, 1)),
                hint="Letters, digits, dots, hyphens and blanks, and .yaml at the end, such as sale.yaml.",
            )
        ]
    )
