"""Root without its privilege over files: bound by their rights as anybody is, so that tests of rights bind it too.

As another user it couldn't run the tests' own Python, where that lies in root's home.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

import pytest

_DROP_FROM_BOUNDING_SET = 24  # PR_CAPBSET_DROP of prctl(2)
_OVER_FILES = (1, 2)  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of capabilities(7)
_VERSION = 0x20080522


def bound_by_rights() -> None:
    """Have the program that this process becomes be bound by rights; for `preexec_fn`."""
    if os.geteuid() == 0:
        for number in _OVER_FILES:
            if ctypes.CDLL(None).prctl(_DROP_FROM_BOUNDING_SET, number, 0, 0, 0):
                raise OSError("no privilege can be dropped")


@contextlib.contextmanager
def rights_bind() -> Iterator[None]:
    """Have rights bind this thread within; skip the test where that can't be."""
    if os.name != "posix":
        pytest.skip("rights are those of POSIX")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("nothing is read-only to root")
    system = ctypes.CDLL(None)
    header, had = (ctypes.c_uint32 * 2)(_VERSION, 0), (ctypes.c_uint32 * 6)()
    if system.capget(header, had):
        pytest.skip("nothing is read-only to root")
    less = (ctypes.c_uint32 * 6)(*had)
    less[0] &= ~sum(1 << number for number in _OVER_FILES)
    system.capset(header, less)
    try:
        yield
    finally:
        system.capset(header, had)
