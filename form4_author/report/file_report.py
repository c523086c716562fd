"""What became of one file, as a value, and what all formats of it share.

A format is one module of this room and a line of `formats`. The lines of a file that are shown come from `texts`, in
which every CCC is masked by whoever read the file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from form4_author.files.reading import FileId
from form4_author.findings import Finding, in_order
from form4_author.masking import Veiled, masked_words
from form4_author.printable import COMMAND


class Course(StrEnum):
    """How far a run has come with one file."""

    DONE = "done"
    UNCHANGED = "unchanged"
    BROKEN_OFF = "broken off"
    NOT_BEGUN = "not begun"


class FormReport(Struct, frozen=True):
    """What became of one form.

    Attributes:
        name: what it is called among those of its plan; empty where the plan makes one.
        accepted: True where nothing stands in the way of filing it.
        owner: the first owner's name, with how many more there are; empty where it isn't known.
        lines: how many lines it has.
        due: the first day on which one of them must be reported, `YYYY-MM-DD`; empty where none must.
        missing: what is still to be had: a profile, a CCC, a power of attorney.
        outputs: the files written of it, by name.
        standing: its files that stand as they were built before, by name, where it is unchanged.
        type: its document type, such as 4/A; empty where it isn't known, as all below.
        issuer: the issuer's name.
        symbol: the issuer's trading symbol.
        period: its period of report, `YYYY-MM-DD` where it is a day.
        signed: the last day of its signatures, `YYYY-MM-DD`; empty where it isn't signed.
        unsigned: how many of its owners have not signed.
        firm: the first day after which a form that is signed is late; empty where there is none.
        late: whether it was signed after that.
        errors: how many there are.
        warnings: how many there are that aren't waived.
        group: the names of all parts of what holds too much for one form, of which it is one.
    """

    name: str
    accepted: bool
    owner: str = ""
    lines: int = 0
    due: str = ""
    missing: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    type: str = ""
    issuer: str = ""
    symbol: str = ""
    period: str = ""
    signed: str = ""
    unsigned: int = 0
    firm: str = ""
    late: bool = False
    errors: int = 0
    warnings: int = 0
    group: tuple[str, ...] = ()

    @property
    def lacking(self) -> tuple[str, ...]:
        """All that is still to be had, signatures too."""
        if not self.unsigned:
            return self.missing
        return ("a signature" if self.unsigned == 1 else f"{self.unsigned} signatures", *self.missing)


class FileReport(Veiled, frozen=True):
    """What became of one file.

    Attributes:
        file: its name as the user gave it.
        accepted: True where nothing stands in the way of filing it.
        unreadable: True where it could not be read at all.
        findings: all there is to say about it.
        outputs: the files written, by name.
        texts: the text of every file that findings point into, by name, CCCs masked: its lines that they point at, the
            others may be empty.
        forms: of a plan that makes several forms, what became of each; what is found is told above, once.
        single: of a plan that makes one form, what became of that, where it was built; else None.
        course: how far the run came with it.
        standing: the files that stand as they were built before, where it is unchanged.
        read: the files that it was built from.
    """

    file: str
    accepted: bool
    unreadable: bool = False
    findings: tuple[Finding, ...] = ()
    outputs: tuple[str, ...] = ()
    texts: Mapping[str, str] = {}
    forms: tuple[FormReport, ...] = ()
    single: FormReport | None = None
    course: Course = Course.DONE
    standing: tuple[str, ...] = ()
    read: frozenset[FileId] = frozenset()


class Format(Struct, frozen=True):
    """A way to tell what became of files.

    Attributes:
        name: what `--format` calls it.
        write: tells of all the files.
        in_colour: the same for a terminal. What has it is for people, and goes to standard error where standard output
            lists files; None for what programs read, always from standard output.
        whole: what it writes is one document, beside which nothing else may stand.
    """

    name: str
    write: Callable[[Sequence[FileReport]], str]
    in_colour: Callable[[Sequence[FileReport]], str] | None = None
    whole: bool = False


def findings_data(findings: Iterable[Finding], relative_to: str = "") -> list[dict[str, Any]]:
    """The findings in order, as plain data.

    Args:
        findings: in any order.
        relative_to: the folder that file names are told from; as they stand where empty.
    """
    data = [_data(finding) for finding in in_order(findings)]
    if relative_to:
        shown = told_from({finding["file"] for finding in data if finding["file"]}, relative_to)
        for finding in data:
            finding["file"] = shown.get(finding["file"], finding["file"])
    return data


def told_from(files: Iterable[str], folder: str) -> dict[str, str]:
    """What files are called that are told from a folder, by their names."""
    return {name: os.path.relpath(name, folder).replace(os.sep, "/") for name in files}


def dumps(data: Any) -> str:
    """JSON as all reports write it: indented, keys in the order given, ASCII; nothing in it is a service's command."""
    text = msgspec.json.format(json.dumps(data), indent=2)
    return COMMAND.sub(r"#\\u0023", text) + "\n"


def _data(finding: Finding) -> dict[str, Any]:
    place = finding.origin.position
    data: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "path": masked_words(finding.origin.path),
        "hint": finding.hint,
        "source": finding.source,
    }
    return data | ({"waived": finding.waived} if finding.waived else {})
