"""What a derivative's title says of the position in it: a put, or an obligation that someone else may call upon."""

from __future__ import annotations

import re
from decimal import Decimal

_CLOSING = frozenset("CEHMOPX")
#: Titles have at most a few dozen characters; more of one is not read.
_READ = 200
_PUT = re.compile(r"\bputs?\b", re.IGNORECASE)
_CALL = re.compile(r"\bcalls?\b", re.IGNORECASE)
_SELLS = re.compile(r"\bright\s+to\s+sell\b|\bobligat(?:ion|ed)\s+to\s+(?:buy|purchase)\b", re.IGNORECASE)
_OBLIGED = re.compile(r"\bobligat(?:ion|ed)\s+to\s+(?:sell|deliver|buy|purchase)\b", re.IGNORECASE)
_CONTRACT = re.compile(r"\b(?:calls?|puts?|options?|warrants?)\b", re.IGNORECASE)
_WRITTEN = re.compile(r"\b(?:calls?|puts?|options?)\b", re.IGNORECASE)
_OPTION = re.compile(r"\b(?:options?|warrants?|calls?|puts?)\b|\bright\s+to\s+(?:buy|sell|purchase)\b", re.IGNORECASE)
_SWAP = re.compile(r"\bswaps?\b", re.IGNORECASE)
_HELD = re.compile(r"\bright\s+to\b|\bemployee\b|\bdirector\b|\b(?:stock|share)\s+options?\b", re.IGNORECASE)
_OWED = re.compile(
    r"\bobligations?\b|\bobligated\b|\bshort\b(?!\s*-)(?!\s+term\b)|\b(?:written|writer|wrote)\b|\bcovered\s+calls?\b"
    r"|\(\s*sold\s*\)|\bsold\s+(?:calls?|puts?)\b",
    re.IGNORECASE,
)


def says_put(title: str) -> bool:
    """True where a derivative's title says that it is a put: its holder sells what underlies it, its writer buys.

    Rule 16a-1(h): a put is worth more as the price of the security underneath falls.
    """
    text = title[:_READ]
    if _CALL.search(text):
        return False
    return bool(_PUT.search(text) or _SELLS.search(text))


def says_owed(title: str) -> bool:
    """True where a derivative's title says that it is owed, not held: a written call or put.

    Swaps aside: the number on the form counts contracts, whichever side of them one has.
    """
    text = title[:_READ]
    return bool(_OWED.search(text) and _CONTRACT.search(text)) and not _SWAP.search(text)


def says_obliged(title: str) -> bool:
    """True where the title of a contract, as of a forward, says that its holder must sell or buy."""
    return bool(_OBLIGED.search(title[:_READ]))


def says_option(title: str) -> bool:
    """True where a derivative's title says that it is an option, a warrant or another right that is exercised."""
    return bool(_OPTION.search(title[:_READ]))


def delivers(*, is_put: bool, owed: bool) -> bool:
    """True where an exercise disposes of what underlies: of a put by its holder, of a call by its writer."""
    return is_put is not owed


def owed_change(code: str, letter: str, amount: Decimal) -> Decimal:
    """What a line adds to the number owed of a written option, a short position or the like.

    A sale writes more of it (Rule 16b-6(a)). A purchase, an exercise against its writer, and its expiration (code E)
    take from it, whichever letter the line has; of all else the letter tells.
    """
    if code in _CLOSING:
        return -amount
    return amount if (letter == "A") is not (code == "S") else -amount


def may_be_written(title: str) -> bool:
    """True for a contract that people write as well as hold, as `Call Option`, where the title doesn't say which."""
    text = title[:_READ]
    return bool(_WRITTEN.search(text)) and not (_HELD.search(text) or _SWAP.search(text))
