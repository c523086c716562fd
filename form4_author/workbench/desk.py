"""The desk of the workbench: its folder, its workers, the windows that look at it, and who is told of what changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import watchfiles

from form4_author.workbench.folder import BUILT, Folder, revision
from form4_author.workbench.unsaved import Keeper
from form4_author.workbench.workers import Ended, Handed, Newest, TooLong, Worker

_MOST_FILES = 400


@dataclass
class Desk:
    """What all requests share.

    Attributes:
        folder: the folder.
        handed: the CCCs at hand, for the workers alone.
        first: the plan to open first, by name; empty where a folder was asked for.
        profiles: a folder of insiders' profiles to look in before all others.
    """

    folder: Folder
    handed: Handed = field(repr=False)
    first: str = ""
    profiles: Path | None = None
    _surveys: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    _listeners: set[asyncio.Queue[str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.typed = Newest(Worker(self.folder.top, self.handed, self.profiles))
        self.other = Worker(self.folder.top, self.handed, self.profiles)
        self._other_free = asyncio.Lock()
        self.unsaved = Keeper()

    async def work(self, name: str, *arguments: str | bytes | list[str], files: int = 1) -> Any:
        """Have a job done that is not about what is being typed; see `Worker.ask`.

        Raises:
            TooLong: it took longer than any may.
        """
        async with self._other_free:
            answers: list[bytes] = []
            try:
                await self.other.ask(answers.append, name, *arguments, files=files)
            except TooLong:
                raise
            except Ended:  # the system ended the process
                await self.other.ask(answers.append, name, *arguments, files=files)
            return json.loads(answers[-1])

    async def surveys(self) -> list[dict[str, Any]]:
        """What each plan and filing of the folder is; what has not changed is not looked at again."""
        plans, filings = self.folder.plans(), self.folder.filings()
        shelf = sorted(self.profiles.glob("*.y*ml")) if self.profiles else []
        parts = max((self._stamp(name) for name in [*self.folder.parts(), *map(str, shelf)]), default=(0, 0))
        found = []
        for name in [*plans, *filings][:_MOST_FILES]:
            stamp = (self._stamp(name), parts if name in plans else None)
            known = self._surveys.get(name)
            if known is None or known[0] != stamp:
                try:
                    known = (stamp, await self.work("survey", name))
                except TooLong:
                    known = (stamp, {"name": name, "accepted": False, "title": "", "said": "it takes too long to read"})
                self._surveys[name] = known
            plan = name in plans
            found.append({**known[1], "plan": plan, **(self._built(name, known[1]) if plan else {})})
        return found

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[str]]:
        """What is told to one window, as JSON, while it is open."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def tell(self, event: str, data: Any) -> None:
        """Tell all windows."""
        for queue in self._listeners:
            queue.put_nowait(json.dumps({"event": event, "data": data}))

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """The desk in use: workers stand ready, and the folder is watched."""
        await asyncio.to_thread(self.typed.worker.start)
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            await self.unsaved.settled()
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            self.typed.worker.stop()
            self.other.stop()

    async def _watch(self) -> None:
        """Tell the windows of files that change, whoever changes them."""
        ours = watchfiles.DefaultFilter(ignore_dirs=(*watchfiles.DefaultFilter.ignore_dirs, BUILT))
        try:
            await self._tell_of(watchfiles.awatch(self.folder.top, watch_filter=ours, debounce=100, step=30))
        except OSError:  # the system watches no more files: they are looked at now and then
            await self._tell_of(watchfiles.awatch(self.folder.top, watch_filter=ours, force_polling=True))

    async def _tell_of(self, watched: AsyncIterator[set[tuple[watchfiles.Change, str]]]) -> None:
        async for changes in watched:
            names = {self.folder.name(Path(path)) for _, path in changes if Path(path) != self.folder.top}
            shown = sorted(name for name in names if not Path(name).name.startswith("."))
            if shown:
                self.tell("changed", shown)

    def _stamp(self, name: str) -> tuple[int, int]:
        try:
            status = (self.folder.top / name).stat()
        except OSError:
            return 0, 0
        return status.st_mtime_ns, status.st_size

    def _built(self, name: str, survey: dict[str, Any]) -> dict[str, Any]:
        """Whether a plan has been built, and as it is now, as the reports beside its documents say."""
        folder = self.folder.top / BUILT
        states, outputs, now = [], [], ""
        for stem in survey.get("outputs", ()):
            report = folder / f"{stem}.report.json"
            if not stem or report.is_symlink() or not report.is_file():
                continue
            try:
                said = json.loads(report.read_bytes())
                now = now or revision((self.folder.top / name).read_bytes())
                states.append(said["plan"]["sha256"] == now)
                outputs += [f"{BUILT}/{output}" for output in said["outputs"] if (folder / str(output)).is_file()]
            except (OSError, ValueError, LookupError, TypeError):
                continue
        whole = bool(states) and len(states) == len(survey["outputs"]) and all(states)
        return {"built": "current" if whole else "changed" if states else "", "outputs": outputs}
