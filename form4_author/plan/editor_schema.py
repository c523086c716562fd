"""The plan's JSON Schema as editors take it: as strict as the readers, with the short forms that they take.

What may have several shapes is told apart by its type or by its keys (`if`, `then`, `else`), so that a mistake is told
at its own key and not of the whole part around it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import reduce
from typing import Any

from form4_author.plan import entries
from form4_author.plan.entries import EntryKind
from form4_author.plan.entries.plan_account import PlanAccount
from form4_author.plan.note_kinds import NOTE_KINDS, schema_of
from form4_author.plan.scalar_shapes import AMOUNT, PLAIN, VERSION, Shape, word
from form4_author.plan.schema import described_schema
from form4_author.sec_codes import document_types
from form4_author.sec_codes.form_names import is_amendment


def json_schema(examples: Mapping[str, Any] | None = None) -> str:
    """The plan's JSON Schema, draft 2020-12, for editors (completion, help text).

    Args:
        examples: an entry of each event, by its name.
    """
    schema: Shape = _as_editors_take_it(described_schema())
    schema["$defs"]["FootnoteReference"] = _told_apart(schema_of(NOTE_KINDS), {})
    _short_openings(schema)
    _owners_by_name(schema)
    _entries(schema)
    for kind in entries.all_kinds():
        if examples and kind.name in examples:
            schema["$defs"][kind.written]["examples"] = [examples[kind.name]]
    told_elsewhere = {kind.written: _says(_key_of(kind), "each") for kind in entries.all_kinds()}
    for name, part in (("", schema), *schema["$defs"].items()):
        if "properties" in part:
            part["properties"]["include"] = _INCLUDE
            part["patternProperties"] = _THOUSANDS
            if "required" in part and part is not schema:
                _asks(part, {"required": part.pop("required")}, unless=told_elsewhere.get(name))
    _of_the_whole(schema)
    schema = _told_apart(schema, schema["$defs"])
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1) + "\n"


#: A reference to a footnote, which stands at so many cells that its shape is told once.
_NOTE: Shape = {"$ref": "#/$defs/FootnoteReference"}
_NULL: Shape = {"type": "null"}
_FILE = r"\.ya?ml$"
_INCLUDE: Shape = {
    "type": ["string", "array"],
    "pattern": _FILE,
    "items": {"type": "string", "pattern": _FILE},
    "description": "A YAML file, or several, whose keys are laid under the ones that stand here.",
}
#: In braces `10,000` is a number and a key without a value for YAML; the reader puts it together.
_THOUSANDS: Shape = {r"^[0-9]{3}(\.[0-9]+)?\)?$": _NULL}
#: Parts that may also be written as one plain value, and the key that this is.
_SHORT = {
    "DateAndNote": "date",
    "AmountAndNote": "amount",
    "Security": "title",
    "Footnote": "text",
    "Fills": "file",
    "Total": "shares",
    "Vesting": "amount",
    "Withhold": "amount",
}


def _as_editors_take_it(node: Any, parts: Shape | None = None) -> Any:
    """The schema with the short forms that the readers take; a key with nothing behind it is none of them."""
    if isinstance(node, list):
        return [_as_editors_take_it(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if node == schema_of(NOTE_KINDS):
        return _NOTE
    parts = parts or node["$defs"]
    node = {
        {"oneOf": "anyOf"}.get(key, key): {name: _as_editors_take_it(part, parts) for name, part in value.items()}
        if key in {"properties", "$defs"}
        else _as_editors_take_it(value, parts)
        for key, value in node.items()
        if key not in {"title", "default", "discriminator"}
    }
    if "anyOf" in node:
        options = [option for option in node.pop("anyOf") if option != _NULL]
        options = [one for option in options for one in (option["anyOf"] if [*option] == ["anyOf"] else [option])]
        node = {**options[0], **node} if len(options) == 1 else {"anyOf": options, **node}
    name = node.get("$ref", "").rpartition("/")[2]
    if name in _SHORT:
        short = _as_editors_take_it(parts[name]["properties"][_SHORT[name]], parts)
        del short["description"]
        others = {key: value for key, value in node.items() if key != "$ref"}
        return {"anyOf": [{"$ref": node["$ref"]}, short], **others}
    return _list_or_one(node) if node.get("type") == "array" else node


def _list_or_one(node: Shape) -> Shape:
    """A list, where the reader also takes one of its items for it."""
    items = node.get("items", {})
    if items != _NOTE and items.get("type") != PLAIN:
        return node
    described = {key: value for key, value in node.items() if key == "description"}
    listed = {key: value for key, value in node.items() if key not in {*described, "items"}}
    return {"anyOf": [items, {**listed, "items": items}], **described}


def _short_openings(schema: Shape) -> None:
    """Let opening balances be said in short; `openings` writes them out."""
    entry = schema["$defs"]["Opening"]["properties"]
    by_name: Shape = {"type": "object", "additionalProperties": AMOUNT}
    for name in ("security", "ownership"):
        part = entry[name]
        described = {"description": part.pop("description")}
        entry[name] = {"anyOf": [*part.get("anyOf", [part]), {"type": "array", "items": part}], **described}
    for name in ("amount", "value"):
        entry[name] = {"anyOf": [AMOUNT, by_name], "description": entry[name]["description"]}
    for part in (schema, schema["$defs"]["Insider"]):
        listed = part["properties"]["opening"]
        described = {"description": listed.pop("description")}
        part["properties"]["opening"] = {"anyOf": [listed, by_name], **described}


def _owners_by_name(schema: Shape) -> None:
    """Let owners be named by their profiles; `profiles` looks them up."""
    name: Shape = {"type": "string", "pattern": r"^[^./\\][^/\\]*$"}
    for part in (schema, schema["$defs"]["Insider"]):
        listed = part["properties"]["owners"]
        described = {"description": listed.pop("description")}
        listed["items"] = {"anyOf": [name, listed["items"]]}
        part["properties"]["owners"] = {"anyOf": [name, listed], **described}


def _key_of(kind: EntryKind) -> str:
    """The key under which an entry of a kind names its security."""
    return "security" if kind is entries.LINE else kind.name


def _entries(schema: Shape) -> None:
    """An entry of the transactions is what its key says, in the registry's order; without one it is a line."""
    line: Shape = {"$ref": f"#/$defs/{entries.LINE.written}"}

    def kind(otherwise: Shape, name: str, model: str) -> Shape:
        return {"if": {"required": [name]}, "then": {"$ref": f"#/$defs/{model}"}, "else": otherwise}

    events = entries.EVENTS
    # An entry without a date, whose event's key is misspelt, is of the one event that has another key for its day.
    dateless = kind(line, "as_of", PlanAccount.__name__)
    told = reduce(lambda rest, event: kind(rest, event.name, event.written), reversed(events), dateless)
    names = {
        event.name: {"description": schema["$defs"][event.written]["properties"][event.name]["description"]}
        for event in events
    }
    schema["properties"]["transactions"]["items"] = {"type": "object", "properties": names, **told}


def _of_the_whole(schema: Shape) -> None:
    """What one key of the plan asks of another; a key that says nothing that the reader takes asks for nothing."""
    types = document_types(supported=True)
    amendment = _says("form", *filter(is_amendment, types))
    original = _says("form", *(name for name in types if not is_amendment(name)))
    original["properties"]["form"]["type"] = ["string", "number"]
    unsaid: Shape = {"not": {"required": ["form"]}}
    earlier: Shape = {"properties": {"schema_version": _UNANSWERED}, "required": ["schema_version"]}
    known: Shape = {"properties": {"schema_version": VERSION}}
    initial, annual = (_is_form(number) for number in ("3", "5"))
    for condition, then in (
        ({}, {"required": schema.pop("required")}),
        ({"allOf": [known, {"not": earlier}, {"not": initial}]}, {"required": ["rule_10b5_1"]}),
        (initial, {"required": ["event_date"]}),
        (annual, {"required": ["fiscal_year_ended"]}),
        ({"not": {"required": ["signed"]}}, {"required": ["signatures"]}),
        (amendment, {"required": ["original_filing_date"]}),
        ({"anyOf": [unsaid, original]}, {"properties": {"original_filing_date": {"not": {}}}}),
    ):
        _asks(schema, then, condition, unless=_ELSEWHERE)
    _asks(schema, {"required": ["adds", "why"]}, {"required": ["amends"]})


#: Where the plan leaves to each insider, or to another plan or filing, what it would have to say itself.
_ELSEWHERE: Shape = {"anyOf": [{"required": [key]} for key in ("for_each", "follows", "amends")]}
#: The versions up to X0406: since X0407 the form says whether a transaction was made under a Rule 10b5-1(c) plan.
_UNANSWERED: Shape = {"type": "string", "pattern": r"^\s*[Xx]0([0-3][0-9]{2}|40[0-6])\s*$"}


def _asks(part: Shape, then: Shape, condition: Shape | None = None, unless: Shape | None = None) -> None:
    """Ask something of a part on a condition, unless a file, each of several insiders or another plan tells it."""
    elsewhere = [{"not": one} for one in ({"required": ["include"]}, unless) if one]
    part.setdefault("allOf", []).append({"if": {"allOf": [*elsewhere, condition or {}]}, "then": then})


def _says(key: str, *words: str) -> Shape:
    """The condition that a key says one of some words."""
    return {"properties": {key: {"type": "string", "pattern": word(*words)}}, "required": [key]}


def _is_form(number: str) -> Shape:
    """The condition that the plan is of that form or its amendment; YAML takes a number alone for one."""
    text: Shape = {"type": "string", "pattern": word(number, f"{number}/A")}
    return {"properties": {"form": {"anyOf": [text, {"const": int(number)}]}}, "required": ["form"]}


def _told_apart(node: Any, parts: Shape) -> Any:
    """Alternatives of different types as a choice by type; a mistake in one is then told where it is."""
    if isinstance(node, list):
        return [_told_apart(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _told_apart(value, parts) for key, value in node.items()}
    options = node.get("anyOf", [])
    kinds = [_types(option, parts) for option in options]
    if not kinds or sum(map(len, kinds)) != len(set().union(*kinds)) or "" in set().union(*kinds):
        return node
    *others, last = zip(options, kinds, strict=True)
    told: Shape = last[0]
    for option, types in reversed(others):
        told = {"if": {"type": sorted(types)}, "then": option, "else": told}
    return {**{key: value for key, value in node.items() if key != "anyOf"}, **told}


def _types(option: Shape, parts: Shape) -> set[str]:
    """The JSON types that an alternative is of; an empty name among them where that can't be told."""
    if "$ref" in option:
        name = option["$ref"].rpartition("/")[2]
        return _types(parts[name], parts) if name in parts else {""}
    if "anyOf" in option:
        return set().union(*(_types(inner, parts) for inner in option["anyOf"]))
    said = option.get("type", "")
    return {said} if isinstance(said, str) else set(said)
