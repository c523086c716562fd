"""What people call an event or a trade in an entry of `transactions`, where the plan has another word for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from msgspec.structs import replace

from form4_author.findings import Finding
from form4_author.plan.entries import EVENTS, LINE, EntryKind, find_kind
from form4_author.plan.event_phrases import NAMING, phrase
from form4_author.plan.lost_words import in_braces
from form4_author.plan.schema import described_schema
from form4_author.plan.source import Source

#: What people say for each event.
_WORDS: Mapping[str, str] = {
    "vest": "vests vested vesting release released settle settled settlement",
    "exercise": "exercises exercised option_exercise assign assigned assignment",
    "gift": "donate donation donated give gave given gifted charity bona_fide_gift",
    "purchase": "buy buys bought purchased acquire acquired acquisition",
    "sale": "sell sells sold selling dispose disposed write writes wrote written sell_to_cover same_day_sale",
    "tender": "tendered exchange exchanged merge merged merger",
    "dispose_to_issuer": "repurchase repurchased buyback redeem redeemed redemption surrender surrendered",
    "inherit": "inherits inherited inheritance bequest bequeathed will transfer_on_death tod death estate",
    "certify": "certified certification earn earned performance",
    "grant": "grants granted award awards awarded stock_award",
    "defer": "deferral deferred defers phantom",
    "convert": "converts converted conversion",
    "cash_out": "cashout cashed_out cash_merger",
    "swap": "swaps total_return_swap",
    "collar": "collars collared zero_cost_collar",
    "forfeit": "forfeits forfeited forfeiture cancel cancelled canceled cancellation",
    "expire": "expires expired expiration expiry lapse lapses lapsed",
    "split": "stock_split reverse_split stock_dividend splits",
    "dividend_reinvestment": "drip dividend dividends reinvest reinvested reinvestment dividend_reinvested",
    "dividend_equivalents": "dividend_equivalent deu dividend_units",
    "espp": "employee_stock_purchase stock_purchase_plan purchase_plan",
    "plan_account": "401k 401_k 401(k) retirement_plan retirement_account account_statement",
    "domestic_relations": "qdro dro divorce domestic_relations_order",
    "transfer": "transferred transfers rollover rolled_over contribute contributed contribution",
}
_EVENT_OF = {kind.name: kind.name for kind in EVENTS} | {
    word: event for event, words in _WORDS.items() for word in words.split()
}
#: What a word means of a derivative, and what of stock, where that isn't the same.
_OF_DERIVATIVES = {"tender": "cash_out", "dividend_reinvestment": "dividend_equivalents"}
_OF_STOCK = {"dividend_equivalents": "dividend_reinvestment"}
#: A key that people write for another of an event's.
_RENAMED = {
    ("cash_out", "price"): "at",
    ("plan_account", "date"): "as_of",
    ("swap", "amount"): "open",
    ("vest", "withheld"): "withhold",
    ("exercise", "withhold"): "withheld",
}
_NO_EVENT = (
    "An entry says what happened by the key of an event, as sale: common or vest: rsu (form4-author explain events "
    "lists them), or has security: and code: as on the form."
)
_ENTRY = re.compile(r"(transactions\[(\d+)\])\.([^.\[\]]+(?:\([a-z]\))?)")


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
    return finding.code == "PLN002" or finding.origin.path in {f"{entry}.{key}" for key in ("security", "code", "date")}


def _way_out(word: str, entry: Any, securities: Any) -> str:
    """What to write instead of a word that names an event; empty where it names none."""
    if not isinstance(entry, dict):
        return ""
    if "security" in entry or any(kind.name in entry for kind in EVENTS):
        return _beside(word, entry)
    of = entry.get(word)
    listed = [of] if isinstance(of, str) else [*of] if isinstance(of, list | dict) else []
    names = [name for name in listed if isinstance(name, str)]
    known = securities if isinstance(securities, dict) else {}
    named = any(name in known or name == "each" for name in [*names, *_legs(of)])
    if told := phrase(_plain(word), of, entry, known.get(str(of))) if named else "":
        return told
    meant = _meant(word, named=named)
    if not meant or not names:
        return _NO_EVENT if named else ""
    event = _of_this(meant, entry, known.get(names[0]))
    if (meant, event) == ("vest", "grant"):
        return f"{names[0]} is no derivative; for a grant write grant: {_as_written(of)}"
    kind = find_kind(event)
    return "" if kind is None else _written(kind, entry, word, of)


def _beside(word: str, entry: Mapping[str, Any]) -> str:
    """What to write where the entry says already what it is of: of a second event, or of its name under another key."""
    if find_kind(word) not in (None, LINE):
        if word == "sale" and "exercise" in entry and isinstance(entry[word], dict):
            return "Did you mean sell?"
        return f"An entry says one thing that happened: give {word} an entry of its own"
    said, of = entry[word] if _plain(word) in NAMING and "code" not in entry else None, entry.get("security")
    kind = find_kind(_EVENT_OF.get(_plain(said), "")) if isinstance(said, str) else None
    if kind is None or not isinstance(of, str):
        return ""
    return f"Write {kind.name}: {of} instead of {word}: and security:"


def _meant(word: str, *, named: bool) -> str:
    """The event that a word names, or nearly names, where a security of the plan stands behind it."""
    plain = _plain(word)
    if plain in _EVENT_OF or not named:
        return _EVENT_OF.get(plain, "")
    nearest = get_close_matches(plain[:40], _EVENT_OF, n=1, cutoff=0.9)
    parts = [part for part in plain.split("_") if part in _EVENT_OF]
    near = nearest or parts or get_close_matches(plain[:40], _EVENT_OF, n=1, cutoff=0.75)
    return _EVENT_OF[near[0]] if near else ""


def _plain(word: str) -> str:
    return re.sub(r"[\s-]+", "_", word.strip().lower())


def _legs(of: Any) -> list[Any]:
    return [leg for leg in of.values() if isinstance(leg, str)] if isinstance(of, dict) else []


def _of_this(event: str, entry: Mapping[str, Any], security: Any) -> str:
    """The event that a word means of a security: shares vest, preferred stock converts, an option is exercised."""
    if not isinstance(security, dict) or "underlying" not in security:
        if event == "vest" and isinstance(security, str | dict) and not entry.keys() & {"withhold", "withheld"}:
            return "grant"
        return _OF_STOCK.get(event, event)
    if event == "convert":
        title = str(security.get("title", "")).lower()
        if "converts" in security or re.search(r"preferred|convertible|debenture", title):
            return "convert"
        return "vest" if "award" in security or "unit" in title else "exercise"
    return _OF_DERIVATIVES.get(event, event)


def _written(kind: EntryKind, entry: Mapping[str, Any], word: str, of: Any) -> str:
    """How an entry says an event: its word, the keys that have another name there, and those that it lacks."""
    part = described_schema()["$defs"][kind.written]
    keys, line = part["properties"], described_schema()["$defs"][LINE.written]["properties"]
    renamed = {key: _RENAMED[kind.name, key] for key in entry if (kind.name, key) in _RENAMED}
    renamed = {key: name for key, name in renamed.items() if key not in keys and name not in entry}
    said = [f"Did you mean {kind.name}? Write {kind.name}: {_as_written(of)}"]
    said += [f", {name}: instead of {key}:" for key, name in renamed.items()]
    extra = [key for key in entry if key in line and key not in keys and key not in renamed and key != word]
    said += [f"; it takes no {' and no '.join(extra)}"] if extra else []
    given = {*entry, *renamed.values(), kind.name}
    lacking = [f"{key}: ({keys[key]['description'].rstrip('.')})" for key in part["required"] if key not in given]
    said += [f"; it also needs {' and '.join(lacking)}"] if lacking else []
    return "".join(said)


def _as_written(of: Any) -> str:
    """What an event is of, as it stands in an entry; an ellipsis for what is more than names and numbers."""
    if isinstance(of, str):
        return of
    if isinstance(of, list):
        return f"[{', '.join(in_braces(str(one)) for one in of)}]"
    parts = (f"{key}: {in_braces(one) if isinstance(one, str) else '...'}" for key, one in of.items())
    return f"{{{', '.join(parts)}}}"
