"""The plan's models as JSON Schema, with the text that stands below each key in their source as its description."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from form4_author.plan.base import Model
from form4_author.plan.model import Plan
from form4_author.plan.scalar_shapes import Reader, Shape


@cache
def described_schema() -> dict[str, Any]:
    """The JSON Schema of a whole plan, draft 2020-12; parts are under `$defs`, by the names of their models."""
    schema = Plan.model_json_schema(schema_generator=_AsWritten)
    models = {model.__name__: model for model in _models(Model)}
    texts = _texts({model.__module__ for model in models.values()})
    for name, part in (("Plan", schema), *schema["$defs"].items()):
        names = {field.alias or attribute: attribute for attribute, field in models[name].model_fields.items()}
        for key, node in part.get("properties", {}).items():
            told = ((base.__name__, names[key]) for base in models[name].__mro__)
            node["description"] = next(texts[one] for one in told if one in texts)
    return schema


class _AsWritten(GenerateJsonSchema):
    """The schema of what stands in a plan: where a reader knows what it takes, that."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Shape:
        """The schema of what is read before its type takes it."""
        made = super().function_before_schema(schema)
        reader: Any = schema["function"]["function"]
        return reader.over(made) if isinstance(reader, Reader) else made


def _models(model: type[Model]) -> Iterator[type[Model]]:
    """All parts of a plan."""
    for part in model.__subclasses__():
        yield part
        yield from _models(part)


def _texts(modules: set[str]) -> dict[tuple[str, str], str]:
    """The text below each key, by model and key."""
    found = {}
    for module in modules:
        for node in ast.parse(inspect.getsource(sys.modules[module])).body:
            if not isinstance(node, ast.ClassDef):
                continue
            for key, text in pairwise(node.body):
                match key, text:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                        found[node.name, name] = inspect.cleandoc(words)
    return found
