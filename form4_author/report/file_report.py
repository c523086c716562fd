"""Findings -> text, JSON or workflow commands; nothing is decided here.

The lines of a file that are shown come from `texts`, in which every CCC is masked by whoever read the file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from form4_author.findings import Finding, Severity, in_order

_WIDTH = 100
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file.

    Attributes:
        file: its name as the user gave it.
        accepted: True where nothing stands in the way of filing it.
        unreadable: True where it could not be read at all.
        findings: all there is to say about it.
        outputs: the files written, by name.
        texts: the text of every file that findings point into, CCCs masked, by name.
    """

    file: str
    accepted: bool
    unreadable: bool = False
    findings: tuple[Finding, ...] = ()
    outputs: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)


def as_text(report: FileReport, *, colour: bool = False) -> str:
    """One file's findings for a terminal: place, message, the line with a caret, a hint; then the verdict."""
    blocks = [_block(finding, report.texts, colour=colour) for finding in in_order(report.findings)]
    return "\n".join([*blocks, _verdict(report, colour=colour)]) + "\n"


def as_github(report: FileReport) -> str:
    """One file's findings as GitHub workflow commands, which mark the lines of a pull request."""
    lines = []
    for finding in in_order(report.findings):
        place = finding.origin.position
        properties = {"file": place.file if place else report.file}
        if place:
            properties |= {"line": str(place.line), "col": str(place.column)}
        properties["title"] = finding.code
        command = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}[finding.severity]
        listed = ",".join(f"{name}={_escaped(text, more=True)}" for name, text in properties.items())
        text = "\n".join(part for part in (finding.message, finding.hint) if part)
        lines.append(f"::{command} {listed}::{_escaped(text)}\n")
    return "".join(lines)


def as_json(reports: Sequence[FileReport]) -> str:
    """All files' findings as one JSON object, the form that `cli.md` promises."""
    files = [
        {
            "file": report.file,
            "accepted": report.accepted,
            "outputs": list(report.outputs),
            "findings": findings_data(report.findings),
        }
        for report in reports
    ]
    return dumps({"files": files, "accepted": all(report.accepted for report in reports)})


def findings_data(findings: Iterable[Finding], relative_to: str = "") -> list[dict[str, Any]]:
    """The findings in order, as plain data.

    Args:
        findings: in any order.
        relative_to: the folder that file names are told from; as they stand where empty.
    """
    data = [_data(finding) for finding in in_order(findings)]
    if relative_to:
        for finding in data:
            finding["file"] = finding["file"] and os.path.relpath(finding["file"], relative_to).replace(os.sep, "/")
    return data


def dumps(data: Any) -> str:
    """JSON as all reports write it: indented, keys in the order given, ASCII."""
    return json.dumps(data, indent=2) + "\n"


def _data(finding: Finding) -> dict[str, Any]:
    place = finding.origin.position
    data: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "path": finding.origin.path,
        "hint": finding.hint,
        "source": finding.source,
    }
    return data | ({"waived": finding.waived} if finding.waived else {})


def _block(finding: Finding, texts: Mapping[str, str], *, colour: bool) -> str:
    place = finding.origin.position
    severity = "waived" if finding.waived else finding.severity.value
    label = _paint(severity, _COLOURS[finding.severity], colour=colour)
    head = f"{printable(str(place))}: " if place else ""
    lines = [f"{head}{label} {finding.code} {printable(finding.message)}"]
    if place:
        shown = _source_line(texts.get(place.file, ""), place.line, place.column)
        if shown:
            number = str(place.line)
            lines += [f"  {number} | {shown[0]}", f"  {' ' * len(number)} | {' ' * shown[1]}^"]
    if finding.waived:
        lines.append(f"  waived: {printable(finding.waived)}")
    elif finding.hint:
        lines.append(f"  {printable(finding.hint)}")
    return "\n".join(lines)


def _source_line(text: str, line: int, column: int) -> tuple[str, int] | None:
    """The line, cut to a width around the column, and where in it the column falls."""
    lines = text.split("\n", line)
    if len(lines) < line or not text:
        return None
    whole, at = printable(lines[line - 1].rstrip("\r")), column - 1
    if len(whole) <= _WIDTH:
        return whole, min(at, len(whole))
    start = max(0, min(at - _WIDTH // 2, len(whole) - _WIDTH))
    cut = whole[start : start + _WIDTH]
    before = "..." if start else ""
    after = "..." if start + _WIDTH < len(whole) else ""
    return before + cut + after, len(before) + min(at, len(whole)) - start


def _verdict(report: FileReport, *, colour: bool) -> str:
    counts = []
    for severity in Severity:
        number = sum(1 for f in report.findings if f.severity is severity and not f.waived)
        if number:
            counts.append(f"{number} {severity.value}{'s' if number > 1 else ''}")
    waived = sum(1 for f in report.findings if f.waived)
    if waived:
        counts.append(f"{waived} waived")
    places = [f.origin.position for f in report.findings if f.is_error]
    itself = report.unreadable and all(place is None or place.file == report.file for place in places)
    verdict = "accepted" if report.accepted else "can't be read" if itself else "refused"
    painted = _paint(verdict, "32" if report.accepted else "31", colour=colour)
    return f"{printable(report.file)}: {painted}" + (f" ({', '.join(counts)})" if counts else "")


def printable(text: str) -> str:
    """Text that can't steer a terminal: tabs become blanks, other control and format characters a mark."""
    return "".join(c if c.isprintable() else " " if c in "\t\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _escaped(text: str, *, more: bool = False) -> str:
    pairs = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), *([(":", "%3A"), (",", "%2C")] if more else [])]
    for sign, code in pairs:
        text = text.replace(sign, code)
    return text
