"""What the models complain of -> findings at their places, each with its hint.

Codes: PLN001 missing key, or one left empty; PLN002 unknown key; PLN003 to PLN008 and PLN015 as the models' own types
raise them.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from form4_author.findings import Finding, error
from form4_author.plan.base import branch
from form4_author.plan.entries import EVENTS, LINE, EntryKind
from form4_author.plan.known_keys import description, known_keys
from form4_author.plan.lost_words import in_braces
from form4_author.plan.scalars import did_you_mean, quoted
from form4_author.plan.source import Source, path_text
from form4_author.plan.yaml_text import Key

#: What people write for the plan's own word.
_SYNONYMS = {
    "shares": "amount",
    "quantity": "amount",
    "number": "amount",
    "ticker": "symbol",
    "trading_symbol": "symbol",
    "transaction_date": "date",
    "transaction_code": "code",
    "price_per_share": "price",
    "shares_owned_following": "balance",
    "10b5_1": "rule_10b5_1",
    "rule10b5_1": "rule_10b5_1",
    "aff10b5one": "rule_10b5_1",
    "country_code": "country",
    "zip_code": "zip",
    "zipcode": "zip",
    "postal_code": "zip",
    "footnote": "notes",
    "footnotes": "notes",
    "note": "notes",
    "expiration_date": "expires",
    "expiration": "expires",
    "exercise_date": "exercisable",
    "strike": "exercise_price",
    "strike_price": "exercise_price",
    "conversion_price": "exercise_price",
    "owner": "owners",
    "reporting_owners": "owners",
    "reporting_persons": "owners",
    "signature": "signatures",
    "title": "officer",
    "is_director": "director",
    "is_officer": "officer",
    "ten_percent": "ten_percent_owner",
    "no_longer_subject": "exit_box",
    "not_subject_to_section_16": "exit_box",
    "date_of_original_submission": "original_filing_date",
    "convert": "exercise",
    "nature": "ownership",
    "acquired_disposed": "acquired_or_disposed",
    "<<": "include",
    "withheld": "withhold",
    "withhold": "withheld",
    "grant_date": "granted",
    "vesting": "vests",
    "vesting_schedule": "vests",
    "settlement": "settles",
    "settled": "settles",
    "conversion_ratio": "ratio",
    "rounding": "round",
    "rounded": "round",
    "reference": "reference_price",
    "donee": "to",
    "recipient": "to",
    "acquirer": "to",
    "offeror": "to",
    "donor": "from",
    "approval": "approved_by",
    "approved": "approved_by",
    "target_number": "target",
    "percent": "earned",
    "old": "for",
    "cash": "dollars",
    "holder": "ownership",
    "held_by": "ownership",
    "at": "price",
    "tax": "withhold",
    "taxes": "withhold",
    "shares_withheld": "withhold",
    "put": "buy",
    "bought": "buy",
    "call": "write",
    "sold": "write",
}
#: What no key of an entry says though it looks like one that does, and what to write.
_INSTEAD = {
    **dict.fromkeys(
        ("proceeds", "gross_proceeds", "total", "total_price", "consideration"),
        "Write price: with the price of one; the total is no part of the form.",
    ),
}
_INSTEAD_OF_EVENTS = {
    **dict.fromkeys((("split", name) for name in ("ratio", "factor", "amount", "rate")), "Write new: 2, for: 1."),
    ("convert", "ratio"): "Write converts: {ratio: ...} under its security.",
    ("vest", "sell"): "Write the sale as an entry of its own, sale: with the name of the shares.",
    ("vest", "sale"): "Write the sale as an entry of its own, sale: with the name of the shares.",
}
_FEW = 5
_NOTED = frozenset({"note", "footnote", "footnotes"})
#: What is written in braces, for one who writes its number alone.
_IN_BRACES = {
    "sell": "{{amount: {}, price: ...}}",
    "withheld": "{{amount: {}, price: ...}}",
    "net": "{{price: {}}}",
    "settled": "{{cash: {}}}",
    "trading_plan": "{{adopted: {}}}",
}
_ENTRY = re.compile(r"(?:transactions|adds)\[\d+\]")
_OF_AN_ENTRY = 4
#: The keys of an entry that take one name, where an author may think of several.
_ONE_EACH = frozenset({"sale", "purchase", "swap", "split", "plan_account", "to", "security", "holding"})

#: What an event calls otherwise than most of them.
_OF_EVENTS = {"price": "at", "price_per_share": "at", "date": "as_of", "amount": "open", "shares": "open"}


def mistake(details: Any, source: Source) -> Finding:
    """The finding for one error of pydantic's (an item of `ValidationError.errors`)."""
    raw: tuple[Any, ...] = details["loc"]
    key: Key = tuple(part for part in raw if not (isinstance(part, str) and part.startswith("branch:")))
    kind = details["type"]
    if kind != "missing" and details["input"] is None and isinstance(key[-1], str):
        return _left_empty(key, source, f"Write its value. {description(_outer(raw))}".rstrip())
    if kind == "plan":
        context = details["ctx"]
        several = isinstance(details["input"], list | dict) and len(raw) == _OF_AN_ENTRY and raw[3] in _ONE_EACH
        hint = context["hint"] or ("Write an entry for each." if several else "")
        return error(context["code"], context["message"], source.origin(key), hint=hint)
    if kind == "extra_forbidden":
        name = str(key[-1])
        known = set(known_keys(raw[:-1]))
        plain = name.lower().replace("-", "_")
        synonym = next((word for word in (_SYNONYMS.get(plain), _OF_EVENTS.get(plain)) if word in known), "")
        near = f"Did you mean {synonym}?" if synonym else did_you_mean(name, known)
        if not synonym or plain in _NOTED:
            near = _way_out_of_entry(plain, raw, details["input"]) or near
        nature = details["input"]
        if name.lower() in {"nature", "indirect"} and known & {"ownership", "indirect"} and isinstance(nature, str):
            near = f"Write ownership: {{indirect: {in_braces(nature)}}}"
        return error("PLN002", f"unknown key {quoted(name)}", source.origin(key, of_key=True), hint=near)
    if kind == "missing":
        return error(
            "PLN001",
            f"{key[-1]} is missing{_of(key[:-1])}",
            source.origin(key, of_key=key in source.places),
            hint=description(raw),
        )
    wanted = {
        "too_short": "at least one entry must stand here",
        "list_type": "a list must stand here: lines that begin with -",
        "dict_type": "a mapping of names must stand here: `name: ...`",
        "model_type": "a mapping of keys must stand here: `key: value`",
        "model_attributes_type": "a mapping of keys must stand here: `key: value`",
    }.get(kind, details["msg"])
    said, shape = details["input"], _IN_BRACES.get(str(key[-1])) if kind.startswith("model") else None
    number = isinstance(said, str) and any(map(str.isdigit, said))
    hint = f"Write {key[-1]}: {shape.format(said)}" if shape and number else description(raw)
    return error("PLN003", wanted, source.origin(key), hint=hint)


def _way_out_of_entry(name: str, raw: tuple[Any, ...], value: Any) -> str:
    """What to write instead of a key that an entry doesn't know, where another thing is meant; empty where not."""
    if raw[0] not in ("transactions", "adds") or len(raw) != _OF_AN_ENTRY:
        return ""
    kind = next((kind for kind in EVENTS if branch(kind.written) == raw[2]), LINE)
    told = _INSTEAD.get(name, "")
    if kind is not LINE and not told:
        told = _INSTEAD_OF_EVENTS.get((kind.name, name), "")
    if kind is not LINE and name == "code":
        told = f"{kind.name} has its own code; write another as on the form, with security: and code: {value}"
    if name in _NOTED and isinstance(value, str) and " " in value.strip():
        told = "Write notes: {code: why}, and the text under footnotes: as why: ..."
    others = [other.name for other in EVENTS if name in _keys_of(other)] if kind is not LINE else []
    if others and not told:
        told = (
            f"{name} is a key of {' and '.join(others)}: leave it out here." if len(others) < _FEW else "Leave it out."
        )
    return told


def _keys_of(kind: EntryKind) -> set[str]:
    return {field.alias or name for name, field in kind.model.model_fields.items()}


def one_an_entry(findings: list[Finding], source: Source) -> list[Finding]:
    """The findings with one for all that an entry lacks; beside an unknown key that is part of what that one says.

    A key that stands there and was left empty has a place of its own, and is told at it.
    """
    standing = {path_text(key) for key in source.places}
    lacking: dict[str, list[Finding]] = {}
    strays: dict[str, Finding] = {}
    for finding in findings:
        path = finding.origin.path.rpartition(".")[0]
        absent = " is missing in " in finding.message and finding.origin.path not in standing
        if _ENTRY.fullmatch(path) and finding.code == "PLN001" and absent:
            lacking.setdefault(path, []).append(finding)
        elif _ENTRY.fullmatch(path) and finding.code == "PLN002":
            strays.setdefault(path, finding)
    kept: list[Finding] = []
    for finding in findings:
        path = finding.origin.path.rpartition(".")[0]
        missing, stray = lacking.get(path, []), strays.get(path)
        if finding is stray and missing:
            needs = " and ".join(f"{_key_in(one)}: ({one.hint.rstrip('.')})" for one in missing)
            kept.append(replace(finding, hint=f"{finding.hint} It also needs {needs}.".strip()))
        elif finding in missing:
            if stray is None and finding is missing[0]:
                kept.append(_all_lacking(missing))
        else:
            kept.append(finding)
    return kept


def _all_lacking(missing: list[Finding]) -> Finding:
    first, *others = missing
    if not others:
        return first
    names = " and ".join(map(_key_in, missing))
    hints = " ".join(f"{_key_in(one)}: {one.hint}" for one in missing)
    message = f"{names} are missing{first.message.partition(' is missing')[2]}"
    return replace(first, message=message, hint=hints)


def _key_in(missing: Finding) -> str:
    return missing.message.partition(" is missing")[0]


def _outer(raw: tuple[Any, ...]) -> tuple[Any, ...]:
    """A location without the branches that a value at its end might take."""
    return _outer(raw[:-1]) if str(raw[-1]).startswith("branch:") else raw


def left_empty(source: Source, told: set[str]) -> list[Finding]:
    """The keys that stand there with nothing behind them, but those whose paths are told already."""
    found: list[Finding] = []
    todo: list[tuple[Key, Any]] = [((), source.data)] if _holds_empty(source.data) else []
    while todo:
        key, node = todo.pop()
        if isinstance(node, list):
            todo += [((*key, index), item) for index, item in enumerate(node)]
        elif isinstance(node, dict):
            todo += [((*key, name), value) for name, value in node.items()]
        elif node is None and isinstance(key[-1], str) and path_text(key) not in told:
            found.append(_left_empty(key, source, f"Write its value, or delete the key. {description(key)}".rstrip()))
    return found


def _holds_empty(node: Any) -> bool:
    if isinstance(node, dict):
        return any(_holds_empty(value) for value in node.values())
    return any(_holds_empty(value) for value in node) if isinstance(node, list) else node is None


def _left_empty(key: Key, source: Source, hint: str) -> Finding:
    return error("PLN001", f"{key[-1]} is left empty{_of(key[:-1])}", source.origin(key, of_key=True), hint=hint)


def without_echoes(findings: list[Finding]) -> list[Finding]:
    """One finding a mistake: a misspelt key isn't also missing, a CCC isn't also an unknown key."""
    told = {finding.origin.path for finding in findings if finding.code == "PLN009"}
    for finding in findings:
        if finding.code == "PLN002":
            meant = finding.hint.removeprefix("Did you mean ").removesuffix("?")
            *parent, name = finding.origin.path.split(".")
            told.add(".".join([*parent, "indirect" if name == "nature" else meant]))
    return [f for f in findings if f.code not in {"PLN001", "PLN002"} or f.origin.path not in told]


def _of(key: Key) -> str:
    names = [part for part in key if isinstance(part, str)]
    if not names:
        return ""
    index = f" {key[-1] + 1}" if isinstance(key[-1], int) else ""
    return f" in {names[-1]}{index}"
