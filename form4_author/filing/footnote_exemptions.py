"""Whether a footnote tells why an acquisition or disposition is exempt otherwise than as a grant or a return.

Shares of a purchase plan, reinvested dividends and dividend equivalents, splits, reclassifications and pro rata
distributions are exempt from Section 16 by rules of their own (Rules 16a-9, 16a-11, 16b-3(c) and 16b-7), and are often
reported early with the codes A and D.
"""

from __future__ import annotations

from functools import lru_cache

from form4_author.filing.footnote_text import Pattern, flat

_EXEMPTION = Pattern(
    r"\bpurchase\s+plan|\bESPP\b|\b401\s*\(?k\b|\bsavings?\s+plan|\bretirement\s+plan|\bthrift\b|\bdividends?\b|"
    r"\breinvest|\bDRIP\b|\breclassif|\brecapitali[sz]|\bstock\s+split|\bsplit\b|\bmerger\b|\breincorporat|"
    r"\bholding\s+company\s+reorgani[sz]|\bpro\s*-?rata\b|\bspin-?\s?off|\bdistribut(?:ed|ion)\s+(?:to|by|of|from)\b|"
    r"\bexempt\b(?![^.]{0,60}16b-3\s*\((?:d|e)\))|\b16a-(?:9|11|13)\b|\b16b-(?:3\s*\(c\)|5|7|8)|"
    r"\bdomestic\s+relations|\bdivorce"
)


@lru_cache(maxsize=4096)
def tells_of_exemption(text: str) -> bool:
    """True where a footnote tells of a purchase plan, a dividend, a reclassification or another exemption."""
    return bool(_EXEMPTION.search(flat(text)))
