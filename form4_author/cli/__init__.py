"""The command line: parses, calls the pipeline, prints, exits. One module a group of verbs."""

from __future__ import annotations

import atexit
import gc


def main() -> None:
    """The program, see `cli.app.main`: begun and ended without looking for garbage in what is in use to the end."""
    gc.set_threshold(200_000)  # what a start allocates is kept: looking through it again and again takes its time,
    atexit.register(gc.freeze)  # as does looking through it at the end, when the system takes all of it back at once
    try:
        from form4_author.cli.app import main as run
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    run()


__all__ = ["main"]
