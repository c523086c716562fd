"""The plan's models as JSON Schema, with the text that stands below each key in their source as its description."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from typing import Any

from form4_author.plan import lines, model, parts
from form4_author.plan.model import Plan

MODULES = (model, lines, parts)


@cache
def described_schema() -> dict[str, Any]:
    """The JSON Schema of a whole plan, draft 2020-12; parts are under `$defs`, by the names of their models."""
    schema = Plan.model_json_schema()
    texts = _texts()
    for name, part in (("Plan", schema), *schema["$defs"].items()):
        model = next(getattr(module, name) for module in MODULES if hasattr(module, name))
        for key, node in part.get("properties", {}).items():
            node["description"] = next(
                texts[base.__name__, key] for base in model.__mro__ if (base.__name__, key) in texts
            )
    return schema


def _texts() -> dict[tuple[str, str], str]:
    """The text below each key, by model and key."""
    found = {}
    for module in MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            if not isinstance(node, ast.ClassDef):
                continue
            for key, text in pairwise(node.body):
                match key, text:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                        found[node.name, name] = inspect.cleandoc(words)
    return found
