"""What must not be shown of an XML text: CCCs, and enclosed documents, which may hold some."""

from __future__ import annotations

import re

# From the name of the element to the next tag; a comment or a CDATA section does not end its content.
_CCC = re.compile(
    r"(<\s*(?:[\w.-]+:)?rptOwnerCcc)((?:[^<]++|<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))*+)",
    re.IGNORECASE | re.DOTALL,
)
# An enclosed document is base64: readable for whoever decodes it, CCC included.
_ENCLOSED = re.compile(r"(<\s*(?:[\w.-]+:)?documentMimeBlock)([^<]*+)", re.IGNORECASE)
_SHOWN = re.compile(r"[^\s>]")


def masked(text: str) -> str:
    """The text with every CCC, and every enclosed document, replaced by asterisks, character for character."""
    lower = text.lower()
    for name, pattern in (("rptownerccc", _CCC), ("documentmimeblock", _ENCLOSED)):
        if name in lower:
            text = pattern.sub(lambda match: match[1] + _SHOWN.sub("*", match[2]), text)
    return text
