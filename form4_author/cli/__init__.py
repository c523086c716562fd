"""The command line: parses, calls the pipeline, prints, exits. One module a group of verbs."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import NoReturn

from form4_author.roomy import roomy


def main() -> None:
    """The program, see `cli.app.main`, for whoever calls it and goes on."""
    try:  # all else is loaded within, so that a signal ends the start quietly too
        from form4_author.memory import TOO_LITTLE, WAY_OUT, lacks_memory

        too_little = f"form4-author: {TOO_LITTLE}. {WAY_OUT}\n".encode()
        _run()
    except KeyboardInterrupt as ended:
        raise SystemExit(getattr(ended, "code", 130)) from None
    except Exception as fault:
        if not lacks_memory(fault):
            raise
        os.write(2, too_little)  # what is printed otherwise takes some
        raise SystemExit(2) from None


@roomy
def _run() -> None:
    from form4_author.cli.app import main as run

    run()


def program() -> NoReturn:
    """The program as a process of its own: begun and ended without looking for garbage in what is in use to the end."""
    gc.set_threshold(1_000_000)  # what a start allocates is kept: looking through it again and again takes its time
    codes: list[int] = []
    atexit.register(_leave, codes)  # before all others, so that its turn comes after theirs
    try:
        main()
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            codes.append(ended.code or 0)
        raise
    sys.exit(0)


def _leave(codes: list[int]) -> None:
    """End the process once all has been done that is done at an exit: the system takes everything back at once.

    Python would give back each object by itself, which takes a twentieth of the time of a short run. Where something
    printed can't be flushed, or the exit code isn't known, Python goes on as ever.
    """
    gc.freeze()
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):
        return
    for code in codes:
        os._exit(code & 0xFF)


__all__ = ["main", "program"]
