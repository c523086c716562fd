"""How a signature is given: by the person, or by someone for the person (Form 4, General Instruction 7)."""

from __future__ import annotations

import re

_BY_ATTORNEY = re.compile(
    r"attorney[\s-]*in[\s-]*fact|power\s+of\s+attorney|\bP\.?O\.?A\b|\bAIF\b|\battorney\b", re.IGNORECASE
)


def by_attorney(signature: str) -> bool:
    """True where a signature tells that someone signs under a power of attorney."""
    return bool(_BY_ATTORNEY.search(signature))
