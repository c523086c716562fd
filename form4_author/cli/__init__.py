"""The command line: parses, calls the pipeline, prints, exits. One module a group of verbs."""

from __future__ import annotations

import atexit
import gc
import os


def main() -> None:
    """The program, see `cli.app.main`: begun and ended without looking for garbage in what is in use to the end."""
    gc.set_threshold(200_000)  # what a start allocates is kept: looking through it again and again takes its time,
    atexit.register(gc.freeze)  # as does looking through it at the end, when the system takes all of it back at once
    try:  # all else is loaded within, so that a signal ends the start quietly too
        from form4_author.memory import TOO_LITTLE, WAY_OUT, lacks_memory

        too_little = f"form4-author: {TOO_LITTLE}. {WAY_OUT}\n".encode()
        from form4_author.cli.app import main as run

        run()
    except KeyboardInterrupt as ended:
        raise SystemExit(getattr(ended, "code", 130)) from None
    except Exception as fault:
        if not lacks_memory(fault):
            raise
        os.write(2, too_little)  # what is printed otherwise takes some
        raise SystemExit(2) from None


__all__ = ["main"]
