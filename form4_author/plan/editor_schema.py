"""The plan's JSON Schema as editors take it: the models' own, with the short forms that the readers take."""

from __future__ import annotations

import json
from typing import Any

from form4_author.plan.note_kinds import NOTE_KINDS, schema_of
from form4_author.plan.schema import described_schema
from form4_author.sec_codes import document_types


def json_schema() -> str:
    """The plan's JSON Schema, draft 2020-12, for editors (completion, help text)."""
    schema = _short_forms(described_schema())
    schema["$defs"]["FootnoteReference"] = schema_of(NOTE_KINDS)
    schema["properties"]["form"] = {"enum": _forms(), **schema["properties"]["form"], "type": _PLAIN}
    _short_openings(schema)
    needed = [[*schema["required"], name] for name in ("signatures", "signed")]
    needed.append([*schema["required"], "for_each"])
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            part["properties"]["include"] = _INCLUDE
            if "required" in part:
                ways = needed if part is schema else [part["required"]]
                part["anyOf"] = [{"required": names} for names in (*ways, ["include"])]
                del part["required"]
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1) + "\n"


#: A reference to a footnote, which stands at so many cells that its shape is told once.
_NOTE = {"$ref": "#/$defs/FootnoteReference"}


def _short_openings(schema: dict[str, Any]) -> None:
    """Let opening balances be said in short; `openings` writes them out."""
    entry = schema["$defs"]["Opening"]["properties"]
    for name in ("security", "ownership"):
        part = entry[name]
        described = {"description": part.pop("description")}
        entry[name] = {"anyOf": [part, {"type": "array", "items": part}], **described}
    for name in ("amount", "value"):
        by_holder = {"type": "object", "additionalProperties": {"type": _PLAIN}}
        entry[name]["anyOf"] = [*entry[name]["anyOf"], by_holder]
    for part in (schema, schema["$defs"]["Insider"]):
        listed = part["properties"]["opening"]
        described = {"description": listed.pop("description")}
        direct = {"type": "object", "additionalProperties": {"type": _PLAIN}}
        part["properties"]["opening"] = {"anyOf": [listed, direct], **described}


def _forms() -> list[str | int]:
    """What `form` may say; YAML reads a number that isn't quoted as one."""
    types = document_types(supported=True)
    return [*types, *(int(kind) for kind in types if kind.isdecimal())]


def _list_or_one(node: dict[str, Any]) -> dict[str, Any]:
    """A list, where the reader also takes one of its items for it."""
    items = node.get("items")
    if items == {"type": _PLAIN}:
        return {**node, "type": ["array", "string", "null"]}
    if items != _NOTE:
        return node
    others = {key: value for key, value in node.items() if key not in {"type", "items"}}
    return {"anyOf": [_NOTE, {"type": ["array", "null"], "items": _NOTE}], **others}


_INCLUDE = {
    "type": ["string", "array"],
    "items": {"type": "string"},
    "description": "A YAML file, or several, whose keys are laid under the ones that stand here.",
}
_PLAIN = ["string", "number", "boolean", "null"]
#: Parts that may also be written as one plain value.
_SHORT = {"DateAndNote", "AmountAndNote", "Fills", "Footnote", "Security", "Total"}


def _short_forms(node: Any) -> Any:
    """The schema with the short forms that the readers take: a plain value for a part, a name for a list of names."""
    if isinstance(node, list):
        return [_short_forms(item) for item in node]
    if not isinstance(node, dict) or node == schema_of(NOTE_KINDS):
        return _NOTE if isinstance(node, dict) else node
    node = {
        {"oneOf": "anyOf"}.get(key, key): {name: _short_forms(part) for name, part in value.items()}
        if key in {"properties", "$defs"}
        else _short_forms(value)
        for key, value in node.items()
        if key not in {"title", "default", "discriminator"}
    }
    if node.get("$ref", "").rpartition("/")[2] in _SHORT:
        others = {key: value for key, value in node.items() if key != "$ref"}
        return {"anyOf": [{"$ref": node["$ref"]}, {"type": _PLAIN}], **others}
    if node.get("type") == "array":
        return _list_or_one(node)
    if node.get("type") == "string" and "enum" not in node and "const" not in node:
        return {**node, "type": _PLAIN}
    return node
