"""Titles and footnotes -> the short names that a person would give them in a plan.

Names are small letters, digits, hyphens and points; those of one plan are all different.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_MAX_WORDS = 3
#: No more of a text is read for a name; a footnote holds half of it.
_READ = 2000

#: What a title holds -> the name of the security; the first that fits counts.
_TITLES: tuple[tuple[str, str], ...] = (
    (r"performance.{0,20}\b(?:stock|share|unit|rsu)s?\b|\bp[rs]us?\b", "psu"),
    (r"restricted (?:stock|share)s? units?|\brsus?\b", "rsu"),
    (r"stock appreciation rights?|\bsars?\b", "sar"),
    (r"phantom", "phantom"),
    (r"deferred", "deferred"),
    (r"dividend equivalent", "dividend-equivalent"),
    (r"\bseries ([a-z0-9]+(?:-\d+)?)\b.*\bwarrants?\b", r"series-\1-warrant"),
    (r"\bclass ([a-z0-9]+)\b.*\bwarrants?\b", r"class-\1-warrant"),
    (r"\bseries ([a-z0-9]+(?:-\d+)?)\b", r"series-\1"),
    (r"\bclass ([a-z0-9]+)\b", r"class-\1"),
    (r"warrants?\b", "warrant"),
    (r"\bcall\b", "call"),
    (r"\bput\b", "put"),
    (r"options?\b|right to (?:buy|purchase)", "option"),
    (r"\bltip units?\b", "ltip"),
    (r"\b(?:op|partnership|common|profits interest) units?\b", "unit"),
    (r"convertible.{0,30}\bnotes?\b|\bnotes?\b", "note"),
    (r"debentures?\b", "debenture"),
    (r"swap", "swap"),
    (r"forward", "forward"),
    (r"restricted stock|restricted shares", "restricted"),
    (r"depositary", "ads"),
    (r"ordinary", "ordinary"),
    (r"preferred|preference", "preferred"),
    (r"common", "common"),
    (r"\bunits?\b", "unit"),
    (r"\bshares?\b|\bstock\b", "shares"),
)

#: What a footnote holds -> its name; the first that fits counts.
_FOOTNOTES: tuple[tuple[str, str], ...] = (
    (r"^not applicable|^n ?/ ?a\b", "not-applicable"),
    (r"weighted[ -]average|multiple (?:trades|transactions)|prices ranging|range of prices", "weighted"),
    (r"10b5-1", "10b5-1-plan"),
    (r"disclaims?\b", "disclaimer"),
    (r"domestic relations|divorce", "divorce"),
    (r"withh[eo]ld|tax (?:withholding|liabilit|obligation)|satisfy.{0,40}\btax", "withholding"),
    (r"bona fide gift|\bgift|charit|donat", "gift"),
    (r"employee stock purchase|\bespp\b", "espp"),
    (r"401\(k\)", "401k"),
    (r"dividend reinvest", "reinvestment"),
    (r"dividend equivalent", "dividend-equivalents"),
    (r"stock split|split-adjusted", "split"),
    (r"merger|acquisition agreement|effective time", "merger"),
    (r"initial public offering|\bipo\b", "ipo"),
    (r"(?:no|not have an|without an?) expir|not expire|no expiration", "no-expiry"),
    (r"\bperformance\b", "performance"),
    (r"\bvest", "vesting"),
    (r"deferr|in lieu of", "deferral"),
    (r"(?:immediately|fully|currently|presently|becomes?) exercisable|exercisable at any time", "exercisable"),
    (r"conver[ts]", "conversion"),
    (r"(?:each|one) .{0,80}(?:represents|right to receive|equivalent|equal)|one-for-one|1-for-1", "each"),
    (r"swap", "swap"),
    (r"\btrust(?:ee)?\b", "trust"),
    (r"\b(?:spouse|wife|husband)\b", "spouse"),
    (r"(?:limited|general) partner|\bllc\b|\bl\.?p\.?\b|held (?:directly )?by|managing member", "holder"),
    (r"grant|award", "grant"),
    (r"\bincludes?\b", "includes"),
)

_STOP = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "in", "is", "it"),
        *("its", "of", "on", "or", "such", "that", "the", "their", "these", "this", "those", "to", "was", "were"),
        *("which", "will", "with", "company", "issuer", "reporting", "person", "persons", "shares", "stock"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "common", "represents", "represent", "reflects", "transaction", "pursuant"),
    }
)


def security_name(title: str, *, derivative: bool) -> str:
    """The name of a security, from its title; not yet different from others."""
    text = " ".join(title[:_READ].lower().split())
    if not derivative and re.search(r"\bcommon\b", text) and not re.search(r"\b(?:class|series) [a-z0-9]", text):
        return "common"
    return _allowed(_first_fit(text, _TITLES) or _slug(text) or "security")


def footnote_name(text: str) -> str:
    """The name of a footnote, from its text; not yet different from others."""
    text = " ".join(text[:_READ].lower().split())
    return _allowed(_first_fit(text, _FOOTNOTES) or _slug(text) or "note")


def holder_name(nature: str) -> str:
    """The name of a holder, from the nature of its ownership; not yet different from others."""
    name = _slug(nature.lower())
    return "holder" if name in {"", "direct", "indirect"} else _allowed(name)


def told_apart(names: Sequence[str]) -> list[str]:
    """The names with a number behind each that stands there already: `vesting`, `vesting-2`."""
    taken = set(names)
    seen: Counter[str] = Counter()
    result = []
    for name in names:
        seen[name] += 1
        told = name
        while seen[name] > 1 and (told == name or told in taken):
            told = f"{name}-{seen[name]}"
            seen[name] += told in taken
        taken.add(told)
        result.append(told)
    return result


def told_apart_by(names: Sequence[str], details: Sequence[Sequence[str]]) -> list[str]:
    """The names, those that stand several times with what sets them apart behind them, else with a number.

    Args:
        names: what each is called.
        details: of each, what may set it apart (an exercise price, a year), the best first; as many for each.
    """
    result = list(names)
    alike: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        alike.setdefault(name, []).append(index)
    for name, members in alike.items():
        for choice in zip(*(details[index] for index in members), strict=True) if len(members) > 1 else ():
            if all(choice) and len(set(choice)) == len(members):
                for index, detail in zip(members, choice, strict=True):
                    result[index] = f"{name}-{detail}"
                break
    return told_apart(result)


def _first_fit(text: str, table: Sequence[tuple[str, str]]) -> str:
    for pattern, name in table:
        match = re.search(pattern, text)
        if match:
            return match.expand(name) if "\\" in name else name
    return ""


def _slug(text: str) -> str:
    words = [word for word in re.findall(r"[a-z][a-z0-9]+", text.replace("'", "")) if word not in _STOP]
    return "-".join(words[:_MAX_WORDS])[:30].rstrip("-")


def _allowed(name: str) -> str:
    """A name that means nothing else in a plan: `include` names a file, and a CCC never stands in one."""
    return f"{name}d" if name == "include" else f"{name}-1" if name.endswith("ccc") else name
