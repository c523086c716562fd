"""The kinds of entries as pages: what `explain` prints."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from form4_author.events.event import event_of
from form4_author.plan.editor_schema import json_schema
from form4_author.plan.entries import EntryKind, all_kinds
from form4_author.plan.schema import described_schema
from form4_author.plan.yaml_text import YamlFile, parse


def summary(kind: EntryKind) -> str:
    """What an entry of this kind says, in a sentence."""
    return inspect.cleandoc(kind.model.__doc__ or "").partition("\n")[0]


def schema() -> str:
    """The plan's JSON Schema, draft 2020-12, for editors, with an example of each event."""
    return json_schema({kind.name: _parsed(event_of(kind).example) for kind in all_kinds()})


def _parsed(example: str) -> Any:
    data, _ = parse(YamlFile("example", example, None))
    return data


def page(kind: EntryKind) -> str:
    """One kind's page in Markdown, without a heading: its lines, their source, an example, its keys with their help."""
    event = event_of(kind)
    return "\n".join(
        [
            f"Writes: {event.lines}",
            f"Source: {event.source}.",
            "",
            "An entry under `transactions:`, such as:",
            "",
            f"    - {event.example}",
            "",
            "Its keys:",
            "",
            *_keys(kind),
            "",
        ]
    )


def _keys(kind: EntryKind) -> Iterator[str]:
    """A line for each key, those first that an entry must have."""
    parts = described_schema()["$defs"]
    model = parts[kind.written]
    needed = model.get("required", [])
    for key in sorted(model["properties"], key=lambda key: key not in needed):
        node = model["properties"][key]
        within = ", ".join(_within(node, parts))
        must = " It must be given." if key in needed else ""
        yield f"- `{key}`: {node['description']}{must}" + (f" Keys: {within}." if within else "")


def _within(node: dict[str, Any], parts: dict[str, Any]) -> list[str]:
    """The keys of what stands behind a key, where that is always a mapping of keys."""
    shapes = [shape for shape in node.get("anyOf", [node]) if shape != {"type": "null"}]
    names = [shape["$ref"].rpartition("/")[2] for shape in shapes if "$ref" in shape]
    return list(parts[names[0]]["properties"]) if len(names) == len(shapes) == 1 else []
