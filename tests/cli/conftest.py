"""The command line, run as its users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import Run
from tests.conftest import ROOT


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command in an empty folder, nothing of the caller's environment about it."""

    def command(
        *words: str,
        stdin: str = "",
        env: dict[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        ours = {"FORM4_AUTHOR_DATA": str(tmp_path / "no-data"), "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, "-m", "form4_author", *words],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=kept | ours | (env or {}),
            check=False,
            preexec_fn=before,
        )

    return command
