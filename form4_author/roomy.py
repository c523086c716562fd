"""Room for the frames of Python's calls, set aside once instead of again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")

_WORDS = 70_000


def roomy(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function, with room for the frames of all that it calls in one piece.

    Python keeps the frames of nested calls in pieces of 16 KiB, and gives a piece back to the system as soon as it is
    empty. Where the calls of a loop happen to begin at the end of a piece, each takes a new one and gives it back,
    thousands of times in a start. A function that needs a larger piece gets it, the next power of two, and what is left
    of it serves all calls below: this one asks for 560 KB and so gets 1 MiB, of which only what is used takes memory.
    """
    function.__code__ = function.__code__.replace(co_stacksize=_WORDS)
    return function
