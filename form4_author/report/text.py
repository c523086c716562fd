"""Findings for people: place, message, the line with a caret, a hint; then the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from form4_author.findings import Finding, Severity, in_order
from form4_author.printable import printable
from form4_author.report.file_report import Course, FileReport, Format
from form4_author.report.summary import verdict

_WIDTH = 100
_CLOSE = 20
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def as_text(report: FileReport, *, colour: bool = False) -> str:
    """One file's findings for a terminal: place, message, the line with a caret, a hint; then the verdict."""
    lines = {name: text.split("\n") for name, text in report.texts.items() if text}
    blocks = [_block(finding, lines, colour=colour) for finding in in_order(report.findings)]
    return "\n".join([*blocks, *_forms(report, colour=colour), _verdict(report, colour=colour)]) + "\n"


def write(reports: Sequence[FileReport], *, colour: bool = False) -> str:
    """All files' findings, an empty line between files; none where they are many. Those not begun aren't told of."""
    blocks = [as_text(report, colour=colour) for report in reports if report.course is not Course.NOT_BEGUN]
    return "\n".join(blocks) if len(blocks) < _CLOSE else "".join(blocks)


FORMAT = Format("text", write, in_colour=partial(write, colour=True))


def _block(finding: Finding, texts: Mapping[str, Sequence[str]], *, colour: bool) -> str:
    place = finding.origin.position
    severity = "waived" if finding.waived else finding.severity.value
    label = _paint(severity, _COLOURS[finding.severity], colour=colour)
    head = f"{printable(str(place))}: " if place else ""
    lines = [f"{head}{label} {finding.code} {printable(finding.message)}"]
    if place:
        shown = _source_line(texts.get(place.file, ()), place.line, place.column)
        if shown:
            number = str(place.line)
            lines += [f"  {number} | {shown[0]}", f"  {' ' * len(number)} | {' ' * shown[1]}^"]
    if finding.waived:
        lines.append(f"  waived: {printable(finding.waived)}")
    elif finding.hint:
        lines.append(f"  {printable(finding.hint)}")
    return "\n".join(lines)


def _source_line(lines: Sequence[str], line: int, column: int) -> tuple[str, int] | None:
    """The line, cut to a width around the column, and where in it the column falls."""
    if len(lines) < line:
        return None
    whole, at = lines[line - 1].rstrip("\r"), column - 1
    if len(whole) <= _WIDTH:
        return printable(whole), min(at, len(whole))
    start = max(0, min(at - _WIDTH // 2, len(whole) - _WIDTH))
    cut = printable(whole[start : start + _WIDTH])
    before = "..." if start else ""
    after = "..." if start + _WIDTH < len(whole) else ""
    return before + cut + after, len(before) + min(at, len(whole)) - start


def _forms(report: FileReport, *, colour: bool) -> list[str]:
    """A line for each form of a plan that makes several."""
    if not report.forms:
        return []
    told = []
    for form in report.forms:
        lines = f"{form.lines} line{'' if form.lines == 1 else 's'}" if form.lines else "no form"
        told.append((form.name, form.owner, lines, f"due {form.due}" if form.due else ""))
    widths = [max(len(printable(row[at])) for row in told) for at in range(4)]
    shown = []
    for form, row in zip(report.forms, told, strict=True):
        cells = "  ".join(printable(cell).ljust(width) for cell, width in zip(row, widths, strict=True) if width)
        verdict = _paint("accepted" if form.accepted else "refused", "32" if form.accepted else "31", colour=colour)
        missing = f" (without {', '.join(form.missing)})" if form.missing else ""
        shown.append(f"  {cells}  {verdict}{missing}")
    return [f"{printable(report.file)}: {len(report.forms)} forms", *shown]


def _verdict(report: FileReport, *, colour: bool) -> str:
    counts = []
    for severity in Severity:
        number = sum(1 for f in report.findings if f.severity is severity and not f.waived)
        if number:
            counts.append(f"{number} {severity.value}{'s' if number > 1 else ''}")
    waived = sum(1 for f in report.findings if f.waived)
    if waived:
        counts.append(f"{waived} waived")
    painted = _paint(verdict(report), "32" if report.accepted else "31", colour=colour)
    return f"{printable(report.file)}: {painted}" + (f" ({', '.join(counts)})" if counts else "")


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
