"""A fault of the tool itself, met on one file: that file's own finding, so that the other files of a run go on.

Codes: FLT001 a fault of the tool itself, RUN003 too little memory, which is none.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from form4_author.findings import Finding, Origin, Position, error
from form4_author.memory import TOO_LITTLE, WAY_OUT, lacks_memory
from form4_author.pipeline.examine import Refused

Found = TypeVar("Found")


def guarded(name: str, work: Callable[[], Found]) -> Found | Refused:
    """What comes of the work on one file; where an exception comes that nobody foresaw, the file can't be read.

    What must be told otherwise, or ends the run, passes: a mistake of usage (`ValueError` of the options' own) is made
    before any file is looked at.
    """
    try:
        return work()
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is this file's alone
        return Refused(file=name, findings=(fault_of(fault, name),), unreadable=True)


def fault_of(fault: BaseException, name: str, then: str = "; nothing was written for this file") -> Finding:
    """The finding on a fault: its kind and the place in the program, never its text, which may hold a secret.

    Args:
        fault: what was raised.
        name: the file that it was met on.
        then: what came of it.
    """
    if lacks_memory(fault):
        return error("RUN003", TOO_LITTLE + then, Origin(Position(name, 1, 1)), hint=WAY_OUT)
    frame = fault.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f" in {Path(frame.tb_frame.f_code.co_filename).name}, line {frame.tb_lineno}" if frame else ""
    return error(
        "FLT001",
        f"a fault of the tool itself ({type(fault).__name__}{place}){then}",
        Origin(Position(name, 1, 1)),
        hint="Please report it with the plan, names and numbers changed.",
    )
