"""Which keys the plan's models know at a place, and what each is described as."""

from __future__ import annotations

from typing import Any

from form4_author.plan.schema import described_schema


def known_keys(raw: tuple[Any, ...]) -> list[str]:
    """The keys that may stand at a location of a validation error, `include` among them."""
    node = _model_at(raw)
    if not isinstance(node, dict):
        return []
    parts = described_schema()["$defs"]
    while "$ref" in node or "anyOf" in node:
        node = _part(node, parts) if "$ref" in node else node["anyOf"][0]
    return [*node.get("properties", {}), "include"]


def description(raw: tuple[Any, ...]) -> str:
    """The text that describes the key at a location of a validation error; empty where it can't be told."""
    node = _model_at(raw)
    return str(node.get("description", "")) if isinstance(node, dict) else ""


def _model_at(raw: tuple[Any, ...]) -> Any:
    """The part of the JSON Schema that governs a location; None where it can't be told."""
    schema: Any = described_schema()
    parts: Any = schema["$defs"]
    node: Any = schema
    for part in raw:
        node = _unfold(node, parts, part)
        if node is None:
            return None
    return node


def _part(node: Any, parts: Any) -> Any:
    return parts[node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def _unfold(node: Any, parts: Any, part: Any) -> Any:
    node = _part(node, parts)
    options = [option for option in node.get("anyOf", node.get("oneOf", [])) if option != {"type": "null"}]
    if isinstance(part, str) and part.startswith("branch:"):
        mapping = (option for option in options if option.get("type") == "object")
        return parts.get(part.removeprefix("branch:")) or next(mapping, None)
    if len(options) == 1:
        return _unfold(options[0], parts, part)
    if isinstance(part, int):
        return node.get("items")
    found = node.get("properties", {}).get(part) or node.get("additionalProperties")
    return found or next(iter(node.get("patternProperties", {}).values()), None)
