"""Texts that were typed and not saved yet, kept outside the folder until they are.

So they survive a closed tab, a killed server, and whatever becomes of the browser. They lie in the user's data folder,
readable by their owner alone, one file for each plan; no CCC, nor what looks like one, is in it, though it was typed.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
from pathlib import Path

from msgspec.structs import asdict

from form4_author.files.delivery import Output, deliver
from form4_author.files.reading import read_bytes
from form4_author.findings import Rejected
from form4_author.masking import Veiled, masked, without_known
from form4_author.schema_store.store import data_folder

_LIMIT = 16 * 1024 * 1024


class Unsaved(Veiled, frozen=True):
    """What was typed.

    Attributes:
        plan: the plan's path, for who looks into the file.
        text: the whole text.
        base: the revision of the plan that it began with.
    """

    plan: str
    text: str
    base: str


def keep(plan: Path, text: str, base: str) -> bool:
    """Keep what was typed into a plan, in place of what was kept before; False where there is no room for it."""
    kept = Unsaved(str(plan), masked(without_known(text)), base)
    try:
        deliver([Output(_file(plan), json.dumps(asdict(kept)).encode(), secret=True)])
    except Rejected:
        return False
    return True


class Keeper:
    """Keeps what is typed while checks go on: one write after the other, of each plan the newest text alone."""

    def __init__(self) -> None:
        self._waiting: dict[Path, Unsaved | None] = {}
        self._writing: asyncio.Task[None] | None = None

    def keep(self, plan: Path, text: str, base: str) -> None:
        """Have a text kept soon; nothing that is asked later is overtaken by it."""
        self._put(plan, Unsaved(str(plan), text, base))

    def forget(self, plan: Path) -> None:
        """Have what is kept of a plan forgotten, what is still waiting included."""
        self._put(plan, None)

    async def settled(self) -> None:
        """Wait until all of it is done."""
        while self._writing is not None:
            await asyncio.shield(self._writing)

    def _put(self, plan: Path, wanted: Unsaved | None) -> None:
        self._waiting[plan] = wanted
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        while self._waiting:
            plan, wanted = self._waiting.popitem()
            if wanted is None:
                await asyncio.to_thread(forget, plan)
            else:
                await asyncio.to_thread(keep, plan, wanted.text, wanted.base)
        self._writing = None


def kept(plan: Path) -> Unsaved | None:
    """What was typed into a plan and not saved; None where there is nothing."""
    path = _file(plan)
    try:
        found = json.loads(read_bytes(path, str(path), _LIMIT))
        return Unsaved(**found)
    except (Rejected, ValueError, TypeError):
        return None


def forget(plan: Path) -> None:
    """Forget what was typed: it is saved, or wasn't meant."""
    with contextlib.suppress(OSError):
        _file(plan).unlink(missing_ok=True)


def _file(plan: Path) -> Path:
    return data_folder() / "unsaved" / f"{hashlib.sha256(os.fsencode(plan)).hexdigest()[:32]}.json"
