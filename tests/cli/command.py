"""What the tests of the command line share: the command, a plan to give it, and the files it left."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests.plans import plan_text


class Run(Protocol):
    """Runs the command, and tells what it said and how it ended."""

    def __call__(
        self,
        *words: str,
        stdin: str = "",
        env: dict[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> subprocess.CompletedProcess[str]: ...


def write(folder: Path, name: str = "plan.yaml", **parts: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(plan_text(**parts))
    return path


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
