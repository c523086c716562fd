"""Whether an exception says that the system has no memory left: no fault of the tool's, nor of what it was given."""

from __future__ import annotations

import errno

TOO_LITTLE = "there is too little memory"
WAY_OUT = "Close other programs, build fewer plans at once or without the page (--no-pdf), or raise the limit."
_NOT_LOADED = "failed to map segment"
"""What the system says of a library that it has no room for."""


def lacks_memory(fault: BaseException) -> bool:
    """Whether it was raised for want of memory."""
    if isinstance(fault, OSError) and fault.errno == errno.ENOMEM:
        return True
    return isinstance(fault, MemoryError) or (isinstance(fault, ImportError | OSError) and _NOT_LOADED in str(fault))
