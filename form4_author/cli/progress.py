"""How a batch goes on, shown on a terminal: how many files are done, how fast, and which one is being worked on."""

from __future__ import annotations

import signal
import sys
from typing import Any

from form4_author.batch import Watch
from form4_author.cli.streams import is_terminal
from form4_author.files.inputs import Input
from form4_author.masking import masked_words
from form4_author.printable import printable
from form4_author.report.file_report import Course, FileReport

_EVERY = 0.1
"""Seconds between two drawings."""


def watch(jobs: int = 1) -> Watch:
    """Who shows how a batch goes on: on standard error where that is a terminal, else nobody.

    Args:
        jobs: how many files are worked on at once.
    """
    return Shown(jobs) if is_terminal(sys.stderr) else Watch()


class Shown(Watch):
    """Shows a line that is drawn anew, and cleared away at the end."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.refused = 0
        self._line: Any = None
        self._task: Any = None
        self._drawn = 0.0

    def begin(self, total: int) -> None:
        """Begin to show a batch; of one file there is nothing to show."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.table import Column

        console = Console(stderr=True)
        if total < 2 or console.is_dumb_terminal:
            return
        columns = (
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TextColumn("{task.fields[refused]}", style="red", markup=False),
            TextColumn(
                "{task.fields[file]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1)
            ),
        )
        # Processes are made as copies of this one, where there may be no second thread: it draws only for one job.
        self._line = Progress(*columns, console=console, transient=True, expand=True, auto_refresh=self.jobs == 1)
        self._task = self._line.add_task("", total=total, rate="", refused="", file="")
        self._start()

    def _start(self) -> None:
        """Start to draw; a thread that draws takes no signal from the one that works."""
        if sys.platform == "win32":
            self._line.start()
            return
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
        try:
            self._line.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def at(self, file: Input) -> None:
        """Show which file is begun."""
        if self._line is not None:
            self._line.update(self._task, file=printable(masked_words(file.name)))
            self._draw()

    def done(self, report: FileReport) -> None:
        """Show that a file is done."""
        if self._line is None:
            return
        self.refused += not report.accepted and report.course is Course.DONE
        self._line.advance(self._task)
        speed = self._line.tasks[0].speed
        rate = f"{speed:,.1f}/s" if speed else ""
        self._line.update(self._task, rate=rate, refused=f"{self.refused:,} refused" if self.refused else "")
        self._draw()

    def wait(self) -> None:
        """Show that it still goes on."""
        if self._line is not None:
            self._line.refresh()

    def end(self) -> None:
        """Clear the line away."""
        if self._line is not None:
            self._line.stop()

    def _draw(self) -> None:
        now = self._line.get_time()
        if self.jobs > 1 and now - self._drawn >= _EVERY:
            self._drawn = now
            self._line.refresh()
