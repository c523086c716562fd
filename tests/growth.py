"""How the time that a piece of work takes grows with its size: a ratio, the same on a slow machine and a fast one."""

from __future__ import annotations

import time
from collections.abc import Callable

# Below it the clock tells nothing; what is that quick at four times the size does not grow steeply.
_TOLD = 0.05
_ROUNDS = 4


def growth(work: Callable[[int], object], size: int, factor: int = 4) -> float:
    """How many times as long work of `factor` times the size takes; 4 where the time grows as the size does.

    Of several rounds the least ratio counts: what else the machine does can only make one larger.
    """
    work(1)
    least = float("inf")
    for _ in range(_ROUNDS):
        small, large = _time(work, size), _time(work, factor * size)
        if large < _TOLD:
            return 1.0
        least = min(least, large / max(small, 1e-6))
        if least < 2 * factor:
            break
    return least


def _time(work: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    work(size)
    return time.process_time() - start
