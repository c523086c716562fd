"""Fractions of a share made whole."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

_HOW = {"down": ROUND_FLOOR, "up": ROUND_CEILING, "nearest": ROUND_HALF_UP}


def to_whole(number: Decimal, how: str) -> Decimal:
    """A number of shares, rounded `down`, `up` or to the `nearest` whole one."""
    return number.quantize(Decimal(1), _HOW[how])
