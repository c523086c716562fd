"""What people call an event or a trade in an entry of `transactions`, where the plan has another word for it."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from form4_author.findings import Finding
from form4_author.plan.entries import EVENTS
from form4_author.plan.source import Source

#: Words for what is done with a derivative; of any other security, shares that come in are a grant's.
_AWARDS = {"vests", "vested", "vesting", "release", "released", "settle", "settlement"}
_CONVERSIONS = {"convert", "converts", "converted", "conversion"}
_CODES = {
    "grant": "A",
    "granted": "A",
    "award": "A",
    "awarded": "A",
    "withhold": "F",
    "withheld_shares": "F",
    "tax": "F",
}
_EVENTS = {
    **dict.fromkeys(("donate", "donation", "donated", "give", "given", "gifted"), "gift"),
    **dict.fromkeys(("sell", "sells", "sold", "selling"), "sale"),
    **dict.fromkeys(("buy", "buys", "bought", "purchased", "acquire", "acquired"), "purchase"),
}
_ENTRY = re.compile(r"(transactions\[(\d+)\])\.([^.\[\]]+)")


def with_event_words(findings: list[Finding], source: Source) -> list[Finding]:
    """The findings with one for each entry that calls its event by another word, instead of all that follows from it.

    An unknown key that names an event leaves the entry without its security and code, and makes unknown keys of what
    only that event has: those are told once the word is right.
    """
    words: dict[str, Finding] = {}
    for finding in findings:
        found = _ENTRY.fullmatch(finding.origin.path)
        if finding.code == "PLN002" and found:
            way_out = _way_out(found[3], source.data["transactions"][int(found[2])], source.data.get("securities"))
            if way_out:
                words.setdefault(found[1], replace(finding, hint=way_out))
    return [words.get(_entry(f), f) if _is_word(f, words) else f for f in findings if not _follows(f, words)]


def _entry(finding: Finding) -> str:
    found = _ENTRY.match(finding.origin.path)
    return found[1] if found else ""


def _is_word(finding: Finding, words: dict[str, Finding]) -> bool:
    told = words.get(_entry(finding))
    return told is not None and finding.code == "PLN002" and finding.origin == told.origin


def _follows(finding: Finding, words: dict[str, Finding]) -> bool:
    entry = _entry(finding)
    if entry not in words or _is_word(finding, words):
        return False
    return finding.code == "PLN002" or finding.origin.path in {f"{entry}.security", f"{entry}.code"}


def _way_out(word: str, entry: Any, securities: Any) -> str:
    if not isinstance(entry, dict) or "security" in entry or any(kind.name in entry for kind in EVENTS):
        return ""
    name = entry.get(word)
    if not isinstance(name, str):
        return ""
    known = isinstance(securities, dict) and name in securities
    parts = reversed(re.split(r"[_\W]+", word[:40].lower())) if known else ()
    plain = next(filter(None, map(_nearest, (word[:40].lower(), *parts))), "")
    if not plain:
        return ""
    security = securities[name] if known else None
    return _in_the_plan_s_words(plain, name, derivative=isinstance(security, dict) and "underlying" in security)


def _nearest(word: str) -> str:
    """The word for an event or a trade that a word is, or nearly is; empty where it is none."""
    words = [*_CODES, *_AWARDS, *_CONVERSIONS, *_EVENTS, *(kind.name for kind in EVENTS)]
    return next(iter(get_close_matches(word, words, n=1, cutoff=0.75)), "")


def _in_the_plan_s_words(plain: str, name: str, *, derivative: bool) -> str:
    if plain in _CODES:
        return f"Write security: {name}, code: {_CODES[plain]}"
    if plain in _AWARDS | _CONVERSIONS and derivative:
        return f"Write {'vest' if plain in _AWARDS else 'exercise'}: {name}"
    if plain in _AWARDS | _CONVERSIONS:
        return f"{name} is no derivative; for a grant or a release write security: {name}, code: A"
    event = _EVENTS.get(plain, plain)
    return f"Did you mean {event}? Write {event}: {name}"
