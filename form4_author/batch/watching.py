"""What whoever has a batch run is told meanwhile, and how it is told that the run was ended.

Code: RUN002 the run was ended before a file was done.
"""

from __future__ import annotations

from collections.abc import Sequence

from form4_author.files.delivery import Landing
from form4_author.files.inputs import Input
from form4_author.findings import Origin, Position, error
from form4_author.report.file_report import Course, FileReport


class Watch:
    """Is told how a batch goes on; this one does nothing about it."""

    def begin(self, total: int) -> None:
        """A batch of so many files begins."""

    def at(self, file: Input) -> None:
        """A file is begun."""

    def done(self, report: FileReport) -> None:
        """What became of a file."""

    def wait(self) -> None:
        """Nothing has come for a moment."""

    def end(self) -> None:
        """The batch has ended, however."""


class Stopped(KeyboardInterrupt):
    """A batch was ended before its end, by Ctrl-C or a signal.

    Attributes:
        reports: what became of each file, in order; of one that wasn't done, that it wasn't (RUN002).
    """

    def __init__(self, reports: Sequence[FileReport]) -> None:
        self.reports = list(reports)
        super().__init__("the batch was ended before its end")


def not_done(file: Input, landing: Sequence[Landing] | None) -> FileReport:
    """What became of a file that the run was ended before.

    Args:
        file: the file.
        landing: what was about to appear of it; None where it wasn't begun.
    """
    landed = tuple(one.path for one in landing or () if one.landed)
    if landing is None:
        message = "the run was ended before this file was begun"
    else:
        message = "the run was ended while this file was worked on; " + told_of(landed, landing)
    finding = error("RUN002", message, Origin(Position(file.name, 1, 1)), hint="Run it again.")
    course = Course.NOT_BEGUN if landing is None else Course.BROKEN_OFF
    return FileReport(file.name, accepted=False, unreadable=True, findings=(finding,), outputs=landed, course=course)


def told_of(landed: Sequence[str], landing: Sequence[Landing]) -> str:
    """What is true of the files of a build that was broken off."""
    if not landed:
        return "nothing was written"
    missing = [one.path for one in landing if one.path not in landed]
    return f"written: {', '.join(landed)}" + (f"; not written: {', '.join(missing)}" if missing else "")
