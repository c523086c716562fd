"""Which pages tell of several forms of a run, and where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from form4_author.files.inputs import Input
from form4_author.pipeline.naming import output_name
from form4_author.pipeline.options import BuildOptions
from form4_author.report.file_report import FileReport

ENDING = ".summary.html"
OF_A_RUN = "summary.html"


class Page(Struct, frozen=True):
    """A page to be made.

    Attributes:
        path: where it is to stand.
        members: the plans that it tells of, by their numbers in the run.
        as_of: the day on which it tells what is late.
    """

    path: Path
    members: tuple[int, ...]
    as_of: date | None


def pages_of_plans(inputs: Sequence[Input], reports: Sequence[FileReport], ways: Sequence[BuildOptions]) -> list[Page]:
    """A page for each plan that makes several forms; plans of one name share one.

    Args:
        inputs: the plans of a run.
        reports: what became of each.
        ways: the options that count for each.
    """
    found: dict[Path, list[int]] = {}
    for number, (file, report, way) in enumerate(zip(inputs, reports, ways, strict=True)):
        if way.summary and any(form.outputs or form.standing for form in report.forms) and way.form is None:
            found.setdefault(way.output / f"{output_name(file)}{ENDING}", []).append(number)
    return [Page(path, tuple(members), ways[members[0]].as_of) for path, members in found.items()]


def pages_of_runs(inputs: Sequence[Input], ways: Sequence[BuildOptions]) -> list[Page]:
    """A page for each folder that several plans are built into; arguments as for `pages_of_plans`."""
    found: dict[Path, list[int]] = {}
    for number, (file, way) in enumerate(zip(inputs, ways, strict=True)):
        if way.summary and file.refusal is None:
            found.setdefault(way.output / OF_A_RUN, []).append(number)
    return [Page(path, tuple(members), ways[members[0]].as_of) for path, members in found.items() if len(members) > 1]


def folded(name: str) -> str:
    """A name as a disk may hold it that knows no capitals."""
    return unicodedata.normalize("NFC", name).casefold()
