"""Standard input, output and error, which may be closed, full, or read by nobody any more; and signals that end a run.

Exit codes: 2 standard output can't be written; 141 its reader went away (128 + SIGPIPE, as a shell tells it), unless
the verb has a verdict to give; 130, 143 and 129 the run was ended by Ctrl-C, SIGTERM or SIGHUP.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
import threading
from types import FrameType
from typing import IO, NoReturn

READER_GONE = 141
UNPRINTED = 2
INTERRUPTED = 130
_MOMENT = 0.01
"""Seconds after which a signal that was lost comes again."""


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a person looks at a stream; it is None where it is closed."""
    return stream is not None and stream.isatty()


class ReaderGone(SystemExit):
    """Who read standard output has gone (`| head`): nothing more is printed, and nothing is told of it."""

    def __init__(self) -> None:
        super().__init__(READER_GONE)


class Ended(KeyboardInterrupt):
    """A signal ends the run, as Ctrl-C would.

    Attributes:
        code: the exit code, as a shell tells it.
    """

    def __init__(self, number: int) -> None:
        self.code = 128 + number
        super().__init__(number)


class _Closed(io.StringIO):
    """Standard output that was closed before the program began."""

    def write(self, _text: str) -> int:
        """Refuse to be written to."""
        raise OSError(errno.EBADF, "it is closed")


def settle() -> None:
    """Keep the numbers of the standard streams from being given to other files, and have signals end the run gently.

    A file that is opened while standard error is closed would get its number, and warnings of libraries would be
    written into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    if sys.stdout is None:
        sys.stdout = _Closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    for number in (getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    sys.unraisablehook = _once_more


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    raise Ended(number)


def _once_more(swallowed: sys.UnraisableHookArgs) -> None:
    """Have a signal come again that came where no exception gets out, as in a destructor, and would be lost there."""
    ended = swallowed.exc_value
    if isinstance(ended, KeyboardInterrupt):
        number = ended.code - 128 if isinstance(ended, Ended) else signal.SIGINT
        threading.Timer(_MOMENT, signal.raise_signal, [number]).start()
    else:
        sys.__unraisablehook__(swallowed)


def code_of(ended: BaseException | None) -> int:
    """The exit code of a run that was ended: by Ctrl-C, or by a signal."""
    return ended.code if isinstance(ended, Ended) else INTERRUPTED


def printing(problem: OSError) -> bool:
    """Whether an error was met where the framework of the command line prints, as its help."""
    frame = problem.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return frame is not None and str(frame.tb_frame.f_globals.get("__name__")).startswith(("typer.", __name__))
