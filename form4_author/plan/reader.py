"""Loaded text data -> the plan's models, every mistake of shape a finding at its place.

Codes: PLN001 missing key, or one left empty; PLN002 unknown key, PLN009 a CCC in the plan; PLN003 to PLN008 and PLN015
from `scalars`.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from form4_author.findings import Finding, Rejected, error
from form4_author.plan.event_words import with_event_words
from form4_author.plan.lost_words import in_braces
from form4_author.plan.model import Plan
from form4_author.plan.scalars import did_you_mean, quoted
from form4_author.plan.schema import described_schema
from form4_author.plan.source import Source, filled, path_text
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import document_types


def read_plan(source: Source) -> Plan:
    """The plan's models from loaded text data.

    Raises:
        Rejected: with every mistake of shape in it (PLN001 to PLN009, PLN015), each at its place.
    """
    findings = list(_cccs(source.data, (), source))
    plan = None
    try:
        plan = Plan.model_validate(filled(source.data))
    except ValidationError as problem:
        findings += [_finding(details, source) for details in problem.errors(include_url=False)]
    findings += _left_empty(source, {finding.origin.path for finding in findings})
    if plan is None or findings:
        raise Rejected(with_event_words(_without_echoes(findings), source))
    return plan


def json_schema() -> str:
    """The plan's JSON Schema, draft 2020-12, for editors (completion, help text)."""
    schema = _short_forms(described_schema())
    schema["properties"]["form"] = {"enum": _forms(), **schema["properties"]["form"], "type": _PLAIN}
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            part["properties"]["include"] = _INCLUDE
            if "required" in part:
                part["anyOf"] = [{"required": part.pop("required")}, {"required": ["include"]}]
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1) + "\n"


def _forms() -> list[str | int]:
    """What `form` may say; YAML reads a number that isn't quoted as one."""
    types = document_types(supported=True)
    return [*types, *(int(kind) for kind in types if kind.isdecimal())]


_INCLUDE = {
    "type": ["string", "array"],
    "items": {"type": "string"},
    "description": "A YAML file, or several, whose keys are laid under the ones that stand here.",
}
_PLAIN = ["string", "number", "boolean", "null"]
#: Parts that may also be written as one plain value.
_SHORT = {"DateAndNote", "AmountAndNote", "Security", "Footnote"}


def _short_forms(node: Any) -> Any:
    """The schema with the short forms that the readers take: a plain value for a part, a name for a list of names."""
    if isinstance(node, list):
        return [_short_forms(item) for item in node]
    if not isinstance(node, dict):
        return node
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
    if node.get("type") == "array" and node.get("items") == {"type": _PLAIN}:
        return {**node, "type": ["array", "string", "null"]}
    if node.get("type") == "string" and "enum" not in node and "const" not in node:
        return {**node, "type": _PLAIN}
    return node


def _left_empty(source: Source, told: set[str]) -> list[Finding]:
    """The keys that stand there with nothing behind them, but those whose paths are told already."""
    found: list[Finding] = []
    todo: list[tuple[Key, Any]] = [((), source.data)]
    while todo:
        key, node = todo.pop()
        if isinstance(node, list):
            todo += [((*key, index), item) for index, item in enumerate(node)]
        elif isinstance(node, dict):
            todo += [((*key, name), value) for name, value in node.items()]
        elif node is None and isinstance(key[-1], str) and path_text(key) not in told:
            hint = f"Write its value, or delete the key. {_description(key)}".rstrip()
            place = source.origin(key, of_key=True)
            found.append(error("PLN001", f"{key[-1]} is left empty{_of(key[:-1])}", place, hint=hint))
    return found


def _without_echoes(findings: list[Finding]) -> list[Finding]:
    """One finding a mistake: a misspelt key isn't also missing, a CCC isn't also an unknown key."""
    told = {finding.origin.path for finding in findings if finding.code == "PLN009"}
    for finding in findings:
        if finding.code == "PLN002":
            meant = finding.hint.removeprefix("Did you mean ").removesuffix("?")
            *parent, name = finding.origin.path.split(".")
            told.add(".".join([*parent, "indirect" if name == "nature" else meant]))
    return [f for f in findings if f.code not in {"PLN001", "PLN002"} or f.origin.path not in told]


def _cccs(data: Any, key: Key, source: Source) -> list[Finding]:
    found: list[Finding] = []
    if isinstance(data, dict):
        for name, value in data.items():
            if name.lower().replace("_", "").replace("-", "").endswith("ccc"):
                found.append(
                    error(
                        "PLN009",
                        "a CCC never stands in a plan: plans are mailed, printed and kept under version control",
                        source.origin((*key, name), of_key=True),
                        hint="Delete the line; give the CCC in the environment variable FORM4_CCC_<CIK>, or in a "
                        "file named by --ccc-file. If this plan was shared, change the CCC in EDGAR.",
                    )
                )
            else:
                found += _cccs(value, (*key, name), source)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found += _cccs(value, (*key, index), source)
    return found


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
    "vest": "exercise",
    "convert": "exercise",
    "nature": "ownership",
    "acquired_disposed": "acquired_or_disposed",
    "<<": "include",
}


def _finding(details: Any, source: Source) -> Finding:
    raw: tuple[Any, ...] = details["loc"]
    key: Key = tuple(part for part in raw if not (isinstance(part, str) and part.startswith("branch:")))
    kind = details["type"]
    if kind == "plan":
        context = details["ctx"]
        return error(context["code"], context["message"], source.origin(key), hint=context["hint"])
    if kind == "extra_forbidden":
        name = str(key[-1])
        known = set(_known_keys(raw[:-1]))
        synonym = _SYNONYMS.get(name.lower().replace("-", "_"), "")
        near = f"Did you mean {synonym}?" if synonym in known else did_you_mean(name, known)
        nature = details["input"]
        if name.lower() in {"nature", "indirect"} and known & {"ownership", "indirect"} and isinstance(nature, str):
            near = f"Write ownership: {{indirect: {in_braces(nature)}}}"
        return error("PLN002", f"unknown key {quoted(name)}", source.origin(key, of_key=True), hint=near)
    if kind == "missing":
        return error(
            "PLN001",
            f"{key[-1]} is missing{_of(key[:-1])}",
            source.origin(key, of_key=key in source.places),
            hint=_description(raw),
        )
    wanted = {
        "too_short": "at least one entry must stand here",
        "list_type": "a list must stand here: lines that begin with -",
        "dict_type": "a mapping of names must stand here: `name: ...`",
        "model_type": "a mapping of keys must stand here: `key: value`",
        "model_attributes_type": "a mapping of keys must stand here: `key: value`",
    }.get(kind, details["msg"])
    return error("PLN003", wanted, source.origin(key), hint=_description(raw))


def _of(key: Key) -> str:
    names = [part for part in key if isinstance(part, str)]
    if not names:
        return ""
    index = f" {key[-1] + 1}" if isinstance(key[-1], int) else ""
    return f" in {names[-1]}{index}"


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
        return parts.get(part.removeprefix("branch:"))
    if len(options) == 1:
        return _unfold(options[0], parts, part)
    if isinstance(part, int):
        return node.get("items")
    found = node.get("properties", {}).get(part)
    return found if found is not None else node.get("additionalProperties") or None


def _known_keys(raw: tuple[Any, ...]) -> list[str]:
    node = _model_at(raw)
    if not isinstance(node, dict):
        return []
    parts = described_schema()["$defs"]
    while "$ref" in node or "anyOf" in node:
        node = _part(node, parts) if "$ref" in node else node["anyOf"][0]
    return [*node.get("properties", {}), "include"]


def _description(raw: tuple[Any, ...]) -> str:
    node = _model_at(raw)
    return str(node.get("description", "")) if isinstance(node, dict) else ""
