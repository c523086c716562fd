"""Watches a Python process, and those that it starts: its folder stands first on PYTHONPATH, so that Python loads it.

`WATCH` names a folder. What is renamed or removed is copied there first, with its mode, since a temporary file can't be
looked at later; and so are the command line and the environment of every program that is started. `WATCH_FAULT`, such
as `raise form4_author.edgar.ownership_xml:write`, breaks one function: it raises an exception that tells its arguments,
or ends the process at once.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import itertools
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

_NUMBERS = itertools.count()
_STARTED = {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system"}


def _note(name: str, data: bytes) -> None:
    Path(os.environ["WATCH"], f"{os.getpid()}-{next(_NUMBERS)}-{name}").write_bytes(data)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"os.remove", "os.rename"}:
        path = Path(os.fsdecode(arguments[0]))
        if path.is_file() and not path.is_symlink():
            _note(f"{path.stat().st_mode & 0o777:03o}-{path.name}", path.read_bytes())
    elif event in _STARTED:
        _note("600-started", repr((event, arguments)).encode())


class _Broken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module as always, and breaks one function of it."""

    def __init__(self, kind: str, module: str, function: str) -> None:
        self.kind, self.module, self.function = kind, module, function
        self.loader: Any = None

    def find_spec(
        self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        assert spec
        self.loader, spec.loader = spec.loader, self
        return spec

    def create_module(self, _spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)

        def fault(*arguments: Any, **named: Any) -> None:
            told = [*arguments, *named.values()]
            told += [one.handed_on() for one in told if hasattr(one, "handed_on")]
            if self.kind == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise RuntimeError(f"a fault with all that it knows: {told!r}")

        owner, _, name = self.function.rpartition(".")
        setattr(getattr(module, owner) if owner else module, name, fault)


if "WATCH" in os.environ:
    sys.addaudithook(_watch)
if os.environ.get("WATCH_FAULT"):
    _kind, _, _where = os.environ["WATCH_FAULT"].partition(" ")
    sys.meta_path.insert(0, _Broken(_kind, *_where.split(":")))
