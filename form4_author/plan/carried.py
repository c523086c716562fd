"""What a plan takes over from the one that it follows or amends, laid under what it says itself, each part in place.

Codes: PLN001 an amendment that doesn't say why or what; PLN011 keys that don't go together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from form4_author.findings import Rejected, error
from form4_author.plan.ownership import WORDS
from form4_author.plan.source import Source
from form4_author.plan.yaml_text import Key, Place

_BY_NAME = ("issuer", "securities", "ownership_lines", "footnotes", "library")


class Carried(Struct, frozen=True):
    """What a plan or a filing ends with, as a plan says it.

    Attributes:
        data: issuer, owners, securities, ownership_lines, opening, footnotes.
        places: where that stands, by key path.
        natures: holders that only their nature tells, by that: what a plan says of each (`indirect`, `note`), and the
            place of it.
        original: of an amendment: form, original_filing_date, and what else the form says at its top.
    """

    data: dict[str, Any]
    places: Mapping[Key, Place]
    natures: Mapping[str, tuple[dict[str, Any], Place]] = {}
    original: Mapping[str, tuple[str, Place]] = {}


def in_turn(several: Sequence[Carried]) -> Carried:
    """What several end with, in the order of their dates: what a later one says of the same counts."""
    data: dict[str, Any] = {}
    places: dict[Key, Place] = {}
    natures: dict[str, tuple[dict[str, Any], Place]] = {}
    held: dict[tuple[str, str], tuple[dict[str, Any], Carried, int]] = {}
    for one in several:
        natures |= one.natures
        for index, entry in enumerate(one.data.get("opening", [])):
            held[_account(entry, _natures_of(one.data))] = (entry, one, index)
        for key, part in one.data.items():
            if key == "opening":
                continue
            listed = key in _BY_NAME and key != "issuer" and isinstance(data.get(key), dict)
            data[key] = {**data[key], **part} if listed else part
            dropped = [k for k in places if k[:1] == (key,) and (not listed or (k[1:2] and k[1] in part))]
            for k in dropped:
                del places[k]
            places |= {k: place for k, place in one.places.items() if k[:1] == (key,)}
    data["opening"] = [entry for entry, _, _ in held.values()]
    for now, (_, one, index) in enumerate(held.values()):
        for spot, place in one.places.items():
            if spot[:2] == ("opening", index):
                places["opening", now, *spot[2:]] = place
    return Carried(data, places, natures, several[-1].original)


def _natures_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The nature of each holder that a plan names."""
    lines = data.get("ownership_lines") or {}
    return {name: said.get("indirect") for name, said in lines.items() if isinstance(said, dict)}


def carried_on(source: Source, carried: Carried) -> Source:
    """The plan with all that it takes over, as if it stood there.

    Raises:
        Rejected: an amendment doesn't say what it adds, or why.
    """
    data, places = dict(source.data), dict(source.places)
    if data.pop("amends", None) is not None:
        _amended(source, data, places, carried)
    data.pop("follows", None)
    under, below = _with_holders(data, carried)
    idle = _idle_notes(data, under)
    if idle:
        under = {**under, "footnotes": {name: note for name, note in under["footnotes"].items() if name not in idle}}
    for key, part in under.items():
        own = data.get(key)
        if key in _BY_NAME and isinstance(own, dict) and isinstance(part, dict):
            taken = [name for name in part if name not in own]
            data[key] = {**{name: part[name] for name in taken}, **own}
            places |= {k: place for k, place in below.items() if k[:1] == (key,) and k[1:2] and k[1] in taken}
        elif key == "opening" and isinstance(own, list):
            _opened(data, places, part, below)
        elif own is None and key not in data:
            data[key] = part
            places |= {k: place for k, place in below.items() if k[:1] == (key,)}
    return replace(source, data=data, places=places)


def _idle_notes(own: Mapping[str, Any], under: Mapping[str, Any]) -> set[str]:
    """The footnotes of securities that the plan has no line of: they stay where they were."""
    securities = under.get("securities")
    if not isinstance(securities, dict) or not isinstance(under.get("footnotes"), dict):
        return set()
    named = set(texts_in([part for key, part in own.items() if key != "securities"]))
    idle = [said for name, said in securities.items() if name not in named]
    used = [said for name, said in securities.items() if name in named]
    return set(texts_in(idle)) - set(texts_in([used, under.get("ownership_lines"), dict(own)]))


def texts_in(node: Any) -> Iterator[str]:
    """All texts in a part of a plan, wherever they stand."""
    if isinstance(node, dict):
        for part in node.values():
            yield from texts_in(part)
    elif isinstance(node, list):
        for part in node:
            yield from texts_in(part)
    elif isinstance(node, str):
        yield node


def _amended(source: Source, data: dict[str, Any], places: dict[Key, Place], carried: Carried) -> None:
    """Make an amendment of it that repeats nothing: Form 4, General Instruction 9(a)."""
    origin = source.origin(("amends",), of_key=True)
    findings = [
        error("PLN001", f"{key} is missing: {what}", origin, hint=hint)
        for key, what, hint in (
            ("adds", "the lines that the amendment adds", "Write adds: with entries as under transactions."),
            ("why", "an amendment says why", "Write why: inadvertently omitted from the original Form 4"),
        )
        if data.get(key) in (None, []) and not (key == "adds" and data.get("holdings"))
    ]
    if "transactions" in data:
        place = source.origin(("transactions",), of_key=True)
        findings.append(error("PLN011", "adds already has the transactions", place, hint="Put them under adds."))
    if findings:
        raise Rejected(findings)
    data["transactions"] = data.pop("adds", [])
    for key in [key for key in places if key[:1] == ("adds",)]:
        places["transactions", *key[1:]] = places.pop(key)
    for top, (said, spot) in carried.original.items():
        if top == "period_of_report" and any(day < said for day in _days(data["transactions"])):
            continue
        if top not in data:
            data[top] = said
            places[top,] = spot


def _days(entries: Any) -> Iterator[str]:
    """The dates of entries as `YYYY-MM-DD`, as far as they are written so, or as on the form."""
    for entry in entries if isinstance(entries, list) else []:
        said = entry.get("date") if isinstance(entry, dict) else None
        us = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", said.strip()) if isinstance(said, str) else None
        if us:
            yield f"{us[3]}-{int(us[1]):02}-{int(us[2]):02}"
        elif isinstance(said, str):
            yield said.strip()[:10]


# --- holders ------------------------------------------------------------------------------------------------------


def _with_holders(data: Mapping[str, Any], carried: Carried) -> tuple[dict[str, Any], dict[Key, Place]]:
    """What is carried, each holder that only its nature tells under a name: the one that the plan uses for it."""
    under, below = dict(carried.data), dict(carried.places)
    lines = dict(under.get("ownership_lines") or {})
    own = data.get("ownership_lines")
    known = {*lines, *(own if isinstance(own, dict) else ())}
    wanted = [name for name in _holders_named(data) if name not in known and name.strip().lower() not in WORDS]
    named: dict[str, str] = {}
    for nature, (holder, place) in carried.natures.items():
        fitting = [name for name in wanted if _words(name) <= _words(nature)]
        others = [other for other in carried.natures if other != nature]
        fitting = [name for name in fitting if not any(_words(name) <= _words(other) for other in others)]
        if not fitting:
            continue
        name = fitting[0]
        named[nature] = name
        lines[name] = holder
        for key in ((), *((part,) for part in holder)):
            below["ownership_lines", name, *key] = place
    if named:
        below.setdefault(("ownership_lines",), next(iter(carried.natures.values()))[1])
        under["ownership_lines"] = lines
        under["opening"] = [_named(entry, named) for entry in under.get("opening", [])]
    return under, below


def _named(entry: dict[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    held = entry.get("ownership")
    name = named.get(held.get("indirect", "")) if isinstance(held, dict) else None
    return {**entry, "ownership": name} if name else entry


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", name.lower())) - {"by", "the", "a", "of"}


def _holders_named(data: Any) -> Iterator[str]:
    """The names that stand as a form of ownership, or as the other line of a gift, anywhere in a plan."""
    todo: list[Any] = [data]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += reversed(node)
        elif isinstance(node, dict):
            for key, said in reversed(node.items()):
                named = [said] if isinstance(said, str) else said if isinstance(said, list) else []
                if key in {"ownership", "to", "from"}:
                    yield from [name for name in named if isinstance(name, str)]
                todo.append(said)


# --- opening balances ---------------------------------------------------------------------------------------------


def _opened(
    data: dict[str, Any], places: dict[Key, Place], carried: list[dict[str, Any]], below: Mapping[Key, Place]
) -> None:
    """Put the balances carried behind the plan's own, but those of a security and holder that it states itself."""
    listed: list[Any] = data["opening"]
    natures = _natures_of(data)
    stated = {_account(entry, natures) for entry in listed if isinstance(entry, dict)}
    now = list(listed)
    for index, entry in enumerate(carried):
        if _account(entry, natures) not in stated:
            for key in [key for key in below if key[:2] == ("opening", index)]:
                places["opening", len(now), *key[2:]] = below[key]
            now.append(entry)
    data["opening"] = now


def _account(entry: Mapping[str, Any], natures: Mapping[str, Any]) -> tuple[str, str]:
    held = entry.get("ownership", "direct")
    if isinstance(held, str):
        held = natures.get(held) or held
    return str(entry.get("security")), str(held.get("indirect") if isinstance(held, dict) else held)
