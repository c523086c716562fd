"""Files and folders -> what they state, ready to be answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from msgspec import Struct

from form4_author.files.inputs import Input
from form4_author.findings import Rejected
from form4_author.firm.nearest import agreed
from form4_author.pipeline.examine import Refused
from form4_author.pipeline.faults import guarded
from form4_author.report.file_report import FileReport
from form4_author.short_swing.statements import MARKS, Statement, in_order, stated


class Collected(Struct, frozen=True):
    """What files state, and what there is to say of those that state nothing or not all.

    Attributes:
        statements: in the order of `statements.in_order`.
        reports: of each file that was refused, or whose plan has errors.
    """

    statements: tuple[Statement, ...]
    reports: tuple[FileReport, ...]


def collected(inputs: Iterable[Input], named: Sequence[str]) -> Collected:
    """What files state.

    Args:
        inputs: the files.
        named: those that were named themselves; of others, found in a folder, what is no ownership document at all is
            passed over.

    Raises:
        Rejected: a firm's file can't be followed.
    """
    inputs = [*inputs]
    agreed(inputs)
    statements: list[Statement] = []
    reports: list[FileReport] = []
    for file in inputs:
        found = guarded(file.name, partial(_stated, file, always=file.name in named))
        for one in [found] if isinstance(found, Refused) else found:
            if isinstance(one, Refused):
                reports.append(one.report(strict=False))
                continue
            statements.append(one)
            if one.findings:
                reports.append(FileReport(one.file, accepted=False, findings=one.findings, texts=one.texts))
    return Collected(tuple(in_order(statements)), tuple(reports))


def _stated(file: Input, *, always: bool) -> list[Statement | Refused]:
    if not always and file.path is not None and file.path.suffix.lower() in {".xml", ".txt"}:
        try:
            data = file.content()
        except Rejected as refused:
            return [Refused(file=file.name, findings=refused.findings, unreadable=refused.unreadable)]
        if not any(mark in data for mark in MARKS):
            return []
    return stated(file)
