"""A submission opened: what is in it, and its documents as files of their own.

Codes: OUT004 a file stands there already, XML009 a document that can't be taken out without its CCC.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from form4_author.edgar.contents import Contents, Part, contents, without_ccc
from form4_author.files.delivery import Output, deliver
from form4_author.files.inputs import Input
from form4_author.files.reading import FileId, identity, noting
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.masking import Veiled
from form4_author.report.file_report import FileReport

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_LONGEST = 64
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_ENDINGS = {"XML": ".xml", "HTML": ".htm", "PDF": ".pdf", "JPEG picture": ".jpg", "GIF picture": ".gif"}


class Opened(Veiled, frozen=True, kw_only=True):
    """A file that was opened.

    Attributes:
        file: its name.
        contents: what is in it; None where it can't be told.
        findings: what is wrong with it or with what was to be written.
        unreadable: it could not be read at all.
        written: the file that each document was written to, by its number from 1.
        texts: the text of each file that findings point into, CCCs masked, by name.
        read: all files that were read for it.
    """

    file: str
    contents: Contents | None = None
    findings: tuple[Finding, ...] = ()
    unreadable: bool = False
    written: Mapping[int, str] = {}
    texts: Mapping[str, str] = {}
    read: frozenset[FileId] = frozenset()

    def report(self) -> FileReport:
        """What became of the file, for whoever prints it."""
        accepted = not any(finding.is_error for finding in self.findings)
        return FileReport(self.file, accepted, self.unreadable, self.findings, tuple(self.written.values()), self.texts)


def open_submission(file: Input, *, into: Path | None = None) -> Opened:
    """Look into a submission, and write its documents into a folder where one is named: all of them or none.

    A document keeps the name that it has there, where that is one for a file beside others; `document-3.txt` stands for
    any other. The CCCs of its owners are taken out of it. No file that stands there already is touched.

    Args:
        file: an envelope, a submission as EDGAR publishes it, or an ownership document.
        into: the folder; made where it doesn't exist.
    """
    with noting() as read:
        try:
            found = contents(file.content(), file.name)
        except Rejected as refused:
            return Opened(file=file.name, findings=refused.findings, unreadable=refused.unreadable)
    opened = Opened(file=file.name, contents=found, findings=found.findings, texts=found.texts, read=frozenset(read))
    return opened if into is None else _taken_out(opened, found, into)


def _taken_out(opened: Opened, found: Contents, folder: Path) -> Opened:
    outputs, findings = {}, []
    for number, name in enumerate(_names(found.parts), start=1):
        part, path = found.parts[number - 1], folder / name
        if part.content is None:
            continue  # which is told
        data, _ = without_ccc(part.content) if part.kind == "XML" else (part.content, False)
        if data is None:
            message = f"document {number} can't be taken out: a CCC may stand in it where none is looked for"
            findings.append(error("XML009", message, part.origin, hint="Take the document from the file by hand."))
            continue
        if identity(path) is not None or path.is_symlink():
            message = "a file stands here already; nothing was written"
            hint = "Name another folder with --extract."
            findings.append(error("OUT004", message, Origin(Position(str(path), 1, 1)), hint=hint))
        outputs[number] = Output(path, data)
    told = (*opened.findings, *findings)
    if not findings:
        try:
            deliver(outputs.values(), read=opened.read)
        except Rejected as refused:
            told, outputs = (*told, *refused.findings), {}
    else:
        outputs = {}
    return Opened(
        file=opened.file,
        contents=found,
        findings=told,
        written={number: str(output.path) for number, output in outputs.items()},
        texts=opened.texts,
        read=opened.read,
    )


def _names(parts: tuple[Part, ...]) -> list[str]:
    """A name for the file of each document: its own where it can be one, and no other has it in whatever letters."""
    own = [part.name if _can_be_a_file(part.name) else "" for part in parts]
    folded = [name.casefold() for name in own]
    return [
        name if name and folded.count(name.casefold()) == 1 else f"document-{number}{_ENDINGS.get(part.kind, '.txt')}"
        for number, (name, part) in enumerate(zip(own, parts, strict=True), start=1)
    ]


def _can_be_a_file(name: str) -> bool:
    return len(name) <= _LONGEST and bool(_SAFE.fullmatch(name)) and not _DEVICES.fullmatch(name)
