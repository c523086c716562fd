"""Loaded text data -> the plan's models, every mistake of shape a finding at its place."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from pydantic import ValidationError

from form4_author.findings import Rejected
from form4_author.plan.ccc_keys import ccc_keys
from form4_author.plan.entries import EVENTS
from form4_author.plan.event_words import with_event_words
from form4_author.plan.mistakes import left_empty, mistake, one_an_entry, without_echoes
from form4_author.plan.model import Plan
from form4_author.plan.source import Source


def read_plan(source: Source) -> Plan:
    """The plan's models from loaded text data.

    Raises:
        Rejected: with every mistake of shape in it (PLN001 to PLN009, PLN015), each at its place.
    """
    findings = list(ccc_keys(source.data, (), source))
    plan = None
    try:
        plan = Plan.model_validate(_stated(source.data))
    except ValidationError as problem:
        findings += [mistake(details, source) for details in problem.errors(include_url=False)]
    if not source.data.keys() & {"signatures", "signed"}:
        missing = mistake({"type": "missing", "loc": ("signatures",)}, source)
        left = ("signed",) in source.places  # an empty cell of a sheet
        findings.append(replace(missing, origin=source.origin(("signed",))) if left else missing)
    findings += left_empty(source, {finding.origin.path for finding in findings})
    if plan is None or findings:
        raise Rejected(one_an_entry(with_event_words(without_echoes(findings), source), source))
    return plan


def _stated(data: dict[str, Any]) -> Any:
    """The data without the keys that were left empty, but those that tell what an entry is (`vest:`)."""
    stated, entries = _filled(data), data.get("transactions")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and "security" not in entry:
            told = [kind.name for kind in EVENTS if kind.name in entry]
            if told and all(entry[name] is None for name in told):
                stated["transactions"][index][told[0]] = None
    return stated


def _filled(data: Any) -> Any:
    """The data without the keys that were left empty (`price:`); the list items stay, to be told of."""
    if isinstance(data, dict):
        return {key: _filled(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_filled(value) for value in data]
    return data
