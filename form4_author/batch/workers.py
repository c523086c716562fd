"""Processes that work on files, one file at a time each: one that dies takes no other with it.

The file that it was at is tried once more, alone, when all others are done: what another took the memory from may do
then. Where its process dies again, that is the file's own finding. The processes end with the one that began them,
however that ends; what that is sent by the keyboard doesn't reach them.

Codes: RUN001 the process that worked on a file was ended, RUN004 none could be begun for it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from form4_author.batch.watching import Watch, not_done, told_of
from form4_author.files.delivery import Landing, telling
from form4_author.files.inputs import Input
from form4_author.files.reading import reason
from form4_author.findings import Origin, Position, error
from form4_author.report.file_report import FileReport

_MOMENT = 0.1
"""Seconds after which whoever watches is told that nothing has come."""
_GRACE = 1.0
"""Seconds that the files being worked on have left once the run is ended."""
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)

Work = Callable[[Input], FileReport]


class Worker:
    """One process.

    Attributes:
        channel: where files go and reports come from.
        at: the number of the file that it works on; None where it waits for one.
        landing: what is about to appear of that file.
    """

    def __init__(self, work: Work, others: Sequence[Worker]) -> None:
        context: Any = multiprocessing.get_context(_method())
        self.channel, theirs = context.Pipe()
        inherited = [self.channel, *(other.channel for other in others)] if _method() == "fork" else []
        self.process = context.Process(target=_serve, args=(theirs, inherited, os.getpid(), work), daemon=True)
        self.process.start()
        theirs.close()
        self.at: int | None = None
        self.landing: tuple[Landing, ...] = ()

    def give(self, number: int, file: Input) -> None:
        """Have it work on a file."""
        self.at, self.landing = number, ()
        with contextlib.suppress(OSError):  # it has died meanwhile, which is seen where its answer is waited for
            self.channel.send(file)

    def kill(self) -> int:
        """End it; its exit code, negative for a signal."""
        self.process.kill()
        self.process.join()
        self.channel.close()
        code: int = self.process.exitcode or 0
        return code


class Crew:
    """Several processes at one batch.

    Args:
        files: the files.
        work: what is done with each; it and what it gives must be picklable.
        jobs: how many processes.
        keep: is given what became of each file, by its number, as it comes.
        watch: is told of what is begun.
    """

    def __init__(
        self, files: Sequence[Input], work: Work, jobs: int, keep: Callable[[int, FileReport], None], watch: Watch
    ) -> None:
        self.files, self.work, self.jobs, self.keep, self.watch = files, work, jobs, keep, watch
        self.workers: list[Worker] = []
        self.lost: deque[int] = deque()
        self.heard: Worker | None = None  # whose message is being taken: half of it may be read when the run is ended

    def run(self) -> None:
        """Work on all files; however it ends, no process is left.

        Raises:
            KeyboardInterrupt: it was ended. What came of the files that were being worked on has been kept, where it
                came soon; of those that were broken off, that they were.
        """
        try:
            self._through(deque(range(len(self.files))), self.jobs, self._once_more)
            while self.lost:
                self._through(deque([self.lost.popleft()]), 1, self._given_up)
        except KeyboardInterrupt:
            self._wind_up()
            raise
        finally:
            for worker in self.workers:
                worker.kill()

    def _through(self, waiting: deque[int], jobs: int, died: Callable[[Worker, int], None]) -> None:
        while waiting or any(worker.at is not None for worker in self.workers):
            while waiting and len(self.workers) < jobs:
                try:
                    self.workers.append(Worker(self.work, self.workers))
                except OSError as problem:
                    jobs = len(self.workers)  # those that there are go on
                    if jobs == 0:
                        self._without_process(waiting, problem)
            for worker in self.workers:
                if worker.at is None and waiting:
                    number = waiting.popleft()
                    self.watch.at(self.files[number])
                    worker.give(number, self.files[number])
            self._hear(_MOMENT, died)
        for worker in self.workers:
            worker.kill()
        self.workers.clear()

    def _hear(self, seconds: float, died: Callable[[Worker, int], None]) -> None:
        """Take what the processes have to say; `died` is told of those that died at a file."""
        heard = wait([worker.channel for worker in self.workers], seconds)
        if not heard:
            self.watch.wait()
        for worker in [worker for worker in self.workers if worker.channel in heard]:
            self.heard = worker
            try:
                said = worker.channel.recv()
            except (EOFError, OSError):
                self.workers.remove(worker)
                code = worker.kill()
                if worker.at is not None:
                    died(worker, code)
            else:
                if isinstance(said, FileReport):
                    assert worker.at is not None  # noqa: S101 - it answers what it was asked
                    self.keep(worker.at, said)
                    worker.at = None
                else:
                    worker.landing += said
            self.heard = None

    def _once_more(self, worker: Worker, _code: int) -> None:
        assert worker.at is not None  # noqa: S101 - see `_hear`
        self.lost.append(worker.at)

    def _given_up(self, worker: Worker, code: int) -> None:
        assert worker.at is not None  # noqa: S101 - see `_hear`
        file = self.files[worker.at]
        landed = tuple(one.path for one in worker.landing if one.landed)
        message = f"the process that worked on this file was ended twice ({_ending(code)}); "
        finding = error(
            "RUN001",
            message + told_of(landed, worker.landing),
            Origin(Position(file.name, 1, 1)),
            hint="Where memory ran out, run it with fewer --jobs, or alone; the other files of the run are not touched "
            "by it.",
        )
        self.keep(
            worker.at, FileReport(file.name, accepted=False, unreadable=True, findings=(finding,), outputs=landed)
        )

    def _without_process(self, waiting: deque[int], problem: OSError) -> None:
        """Say of all files that wait that no process can be begun for them."""
        while waiting:
            number = waiting.popleft()
            finding = error(
                "RUN004",
                f"no process could be begun for this file: {reason(problem)}; nothing was written",
                Origin(Position(self.files[number].name, 1, 1)),
                hint="Close other programs, or leave --jobs out.",
            )
            self.keep(number, FileReport(self.files[number].name, accepted=False, unreadable=True, findings=(finding,)))

    def _wind_up(self) -> None:
        """Take what still comes within the grace, and say of the rest that it was broken off."""
        if self.heard is not None and self.heard in self.workers:
            self._broken_off(self.heard, 0)
            self.workers.remove(self.heard)
            self.heard.kill()
        ended = threading.Event()
        timer = threading.Timer(_GRACE, ended.set)
        timer.start()
        try:
            while any(worker.at is not None for worker in self.workers) and not ended.is_set():
                self._hear(_MOMENT, self._broken_off)
        except KeyboardInterrupt:  # asked once more: at once, then
            pass
        finally:
            timer.cancel()
        for worker in self.workers:
            worker.kill()
            if worker.at is not None:
                self._broken_off(worker, 0)
        self.workers.clear()

    def _broken_off(self, worker: Worker, _code: int) -> None:
        if worker.at is not None:
            self.keep(worker.at, not_done(self.files[worker.at], worker.landing))


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"{name}: out of memory, or killed" if name == "SIGKILL" else name


def _method() -> str:
    """How processes are begun: as a copy of this one where that is safe, else anew."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _serve(channel: Connection, inherited: Sequence[Connection], parent: int, work: Work) -> None:
    """The life of a process: one file after the other, until there are no more."""
    for other in inherited:  # a copy of the parent's end would keep the channel open when the parent is no more
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    _end_with(parent)
    with contextlib.suppress(EOFError, OSError), telling(channel.send):
        while True:
            channel.send(work(channel.recv()))


def _end_with(parent: int) -> None:
    """See to it that this process ends when the one that began it does, whatever it is at then."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - for this alone

        with contextlib.suppress(OSError, AttributeError):
            if ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL) == 0:
                if os.getppid() != parent:  # it has ended meanwhile
                    os._exit(1)
                return
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
