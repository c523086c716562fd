"""Trading symbols, and the names of exchanges that get mixed up with them (Form 4, item 2)."""

from __future__ import annotations

import re

_LONGEST = 60
_MAIN = (
    r"(?:NYSE(?: ?-?(?:American|Arca|MKT|Amex))?|NASDAQ(?: ?-?(?:GS|GM|CM|Global(?: Select)?(?: Market)?))?|AMEX|"
    r"OTC(?: ?-?(?:QB|QX|BB|Pink|Markets?))?)"
)
_ANY = rf"(?:{_MAIN}|TSXV|TSX-V|TSX|LSE|CBOE|BATS|CSE|NEO|ASX|HKEX|SEHK|XNYS|XNAS|IEX|PINK)"
_SYMBOL = r"([A-Z0-9][A-Z0-9.,/ -]*?)"
_NOT_THERE = r"\W*(?:n\W?a|not (?:applicable|available|listed|traded|publicly traded)|unlisted|unknown|no symbol)\W*"
_WRITTEN = (
    rf"[(\[]?{_ANY} ?: ?{_SYMBOL}[)\]]?",  # NYSE: EXSA
    rf"{_MAIN}[ /-]{_SYMBOL}",  # NYSE EXSA
    rf"{_SYMBOL} ?(?:[(\[]{_ANY}[)\]]|: ?{_ANY})",  # EXSA (NYSE), EXSA:NYSE
    rf"{_SYMBOL}(?: |, ?| ?/ ?| - ?|-){_MAIN}",  # EXSA, NYSE
)


def symbol_alone(text: str) -> str:
    """The ticker symbol without the exchange that is written with it, or NONE for words that say there is none.

    Empty where the text is neither: a symbol, or a list of symbols, as it should stand.
    """
    if text.isalnum() and text.lower() not in {"unlisted", "unknown"}:
        return ""
    even = " ".join(text[: _LONGEST + 1].split())
    if len(even) > _LONGEST:
        return ""
    if even.upper() in {"N/A", "N.A.", "N. A."} or (len(even) > 2 and re.fullmatch(_NOT_THERE, even, re.IGNORECASE)):
        return "NONE"
    found = next((match[1] for pattern in _WRITTEN if (match := re.fullmatch(pattern, even, re.IGNORECASE))), "")
    return "" if re.fullmatch(_ANY, found, re.IGNORECASE) else found
