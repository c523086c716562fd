"""The JSON Schema that editors help with: fresh, complete, and of one mind with the tool."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from form4_author.plan.editor_schema import json_schema
from tests.conftest import ROOT


def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json_schema())
    return loaded


class EditorLoader(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 - as the base class declares it
        key: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def as_an_editor_reads_it(path: Path) -> Any:
    """YAML 1.2 as editors type it: numbers and true/false are not text; dates are."""
    return yaml.load(path.read_text(), EditorLoader)


def test_the_json_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/*/plan.yaml")), ids=lambda path: path.parent.name)
def test_editors_accept_the_examples(path: Path) -> None:
    problems = [
        f"{list(problem.absolute_path)}: {problem.message}"
        for problem in Draft202012Validator(schema()).iter_errors(as_an_editor_reads_it(path))
    ]
    assert problems == []


def test_the_examples_name_a_schema_that_is_fresh() -> None:
    assert (ROOT / "examples" / "form4-plan.schema.json").read_text() == json_schema(), (
        "run: form4-author schema > examples/form4-plan.schema.json"
    )
    for path in ROOT.glob("examples/*/plan.yaml"):
        assert path.read_text().startswith("# yaml-language-server: $schema=../form4-plan.schema.json\n"), path


def test_editors_refuse_what_the_tool_refuses() -> None:
    validator = Draft202012Validator(schema())
    for text in (
        "issuer: {cik: 1, name: X, symbl: Y}",
        "owners: {cik: 1}",
        "transactions: [{date: x, exercise: y}]",
        "form: 5",
        "frobnicate: 1",
    ):
        assert not validator.is_valid(yaml.safe_load(text)), text


def test_every_key_has_its_help_text() -> None:
    def without_description(node: Any, path: str) -> list[str]:
        missing = []
        for name, part in node.get("properties", {}).items():
            if not part.get("description"):
                missing.append(f"{path}.{name}")
        return missing

    loaded = schema()
    missing = without_description(loaded, "plan")
    for name, part in loaded["$defs"].items():
        missing += without_description(part, name)
    assert missing == []
