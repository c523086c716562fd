"""Processes that do the work, so that nothing that is typed or dropped can hold up the server or the page.

A process that takes too long is ended, and another stands ready. For what is typed the newest text counts: an older run
that is still going when a newer text comes has `PATIENCE` to end, and is ended then.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from msgspec import Struct

from form4_author.edgar.ccc import Keyring
from form4_author.findings import Finding
from form4_author.masking import without_known
from form4_author.roomy import roomy

PATIENCE = 0.25
"""Seconds that an older run has left once a newer text is there."""
LIMIT = 30.0
"""Seconds that any run may take for a file."""

_PART, _DONE, _FAULT = "part", "done", "fault"
_WINDOWS = 100
_AT_ONCE = 32 * 1024
"""Characters that any pipe takes without waiting for who reads it."""

Handed = tuple[Mapping[str, str], tuple[Finding, ...]]


class Ended(Exception):  # noqa: N818 - a verdict, not a malfunction
    """The run was ended, or never begun: a newer text came."""


class Fault(Exception):  # noqa: N818 - of the job, which is told where it was met
    """The job met a fault of the tool itself; what it says tells no more than its kind and place."""


class TooLong(Ended):
    """The run took longer than any may."""


@roomy
def serve(channel: Connection, top: Path, handed: Handed, profiles: Path | None) -> None:
    """The life of a worker's process: one job after the other, until the channel is closed.

    Args:
        channel: where jobs come from, by name and arguments, and where answers go.
        top: the folder of the workbench.
        handed: the CCCs at hand; they come by this pipe, not by an environment or a command line.
        profiles: a folder of insiders' profiles to look in before all others.
    """
    from form4_author.pipeline.faults import fault_of  # noqa: PLC0415 - only the worker's process needs the pipeline
    from form4_author.workbench.work import answers  # noqa: PLC0415

    cccs, findings = handed
    keyring = Keyring(cccs)
    keyring.findings = findings
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            name, arguments = channel.recv()
            try:
                for answer in answers(top, keyring, profiles, name, arguments):
                    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
                    channel.send((_PART, without_known(text).encode("utf-8", "backslashreplace")))
                channel.send((_DONE, b""))
            except Exception as fault:  # noqa: BLE001 - whatever it is, the next job goes on
                channel.send((_FAULT, fault_of(fault, name).message))


class Worker(Struct):
    """One process, which does one job at a time."""

    top: Path
    handed: Handed
    profiles: Path | None = None
    _process: Any = None
    _channel: Connection | None = None

    async def ask(
        self, told: Callable[[bytes], None], name: str, *arguments: str | bytes | list[str], files: int = 1
    ) -> None:
        """Have a job of `work.JOBS` done.

        Args:
            told: is given the answer, or each part of it when it is there: JSON, made where it was found, with no CCC.
            name: the job.
            arguments: what it is to be done on.
            files: how many files it is about, each of which has its time.

        Raises:
            TooLong: it took longer than `LIMIT` for each of the files.
            Ended: the process was ended meanwhile.
            Fault: the job met a fault of the tool itself.
        """
        self.start()
        channel = self._channel
        assert channel is not None  # noqa: S101 - `start` sees to it
        try:
            async with asyncio.timeout(LIMIT * files):
                if sum(len(one) for one in arguments) <= _AT_ONCE:
                    channel.send((name, arguments))
                else:
                    await asyncio.to_thread(channel.send, (name, arguments))
                while True:
                    kind, answer = await asyncio.to_thread(channel.recv)
                    if kind != _PART:
                        break
                    told(answer)
        except TimeoutError:
            self.stop()
            raise TooLong from None
        except (EOFError, OSError):
            self.stop()
            raise Ended from None
        if kind == _FAULT:
            raise Fault(answer)

    def start(self) -> None:
        """Start the process where none is running."""
        if self._process is not None and self._process.is_alive():
            return
        context: Any = multiprocessing.get_context(_METHOD)
        self._channel, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, self.top, self.handed, self.profiles), daemon=True)
        self._process.start()
        theirs.close()

    def stop(self) -> None:
        """End the process, whatever it is at."""
        if self._process is not None:
            self._process.kill()
            self._process.join(1)
            self._process = None


_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def prepare() -> None:
    """Have the process that workers are made from load what they need; where there is none, each loads it itself."""
    if _METHOD == "forkserver":
        context: Any = multiprocessing.get_context(_METHOD)
        context.set_forkserver_preload(["form4_author.cli", "form4_author.workbench.warm"])


class Newest:
    """One worker's runs for several windows; of each window's texts only the newest counts."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self._free = asyncio.Lock()
        self._numbers: dict[object, int] = {}
        self._hurry: asyncio.Task[None] | None = None

    async def ask(self, window: object, told: Callable[[bytes], None], name: str, *arguments: str) -> None:
        """Have a job done.

        Args:
            window: who asks.
            told: is given what comes of it; see `Worker.ask`.
            name: the job, and its arguments.
            arguments: see `name`.

        Raises:
            TooLong: it took longer than any may.
            Ended: a newer one came.
        """
        number = self._numbers[window] = self._numbers.pop(window, 0) + 1
        while len(self._numbers) > _WINDOWS:
            del self._numbers[next(iter(self._numbers))]
        if self._free.locked() and self._hurry is None:
            self._hurry = asyncio.create_task(self._end_soon())
        async with self._free:
            if self._hurry is not None:
                self._hurry.cancel()
                self._hurry = None
            if number != self._numbers.get(window):
                raise Ended
            await self.worker.ask(told, name, *arguments)

    async def _end_soon(self) -> None:
        await asyncio.sleep(PATIENCE)
        self.worker.stop()
