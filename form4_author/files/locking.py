"""Locks on open files and folders, which the system takes away with the process that has them."""

from __future__ import annotations

import sys
import threading

if sys.platform != "win32":
    import fcntl

_PATIENCE, _WAITS = 0.01, 200
"""Seconds between two looks whether another has done with it, and how many looks."""


def locked(handle: int) -> bool | None:
    """Lock an open file or folder until it is closed: False where another has it, None where there are no locks."""
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def locked_soon(handle: int) -> bool | None:
    """The same, once another has done with it, which is waited for two seconds at most."""
    pause = threading.Event()
    for _ in range(_WAITS):
        if (found := locked(handle)) is not False:
            return found
        pause.wait(_PATIENCE)
    return False
