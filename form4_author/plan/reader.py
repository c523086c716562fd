"""Loaded text data -> the plan's models, every mistake of shape a finding at its place."""

from __future__ import annotations

from pydantic import ValidationError

from form4_author.findings import Rejected
from form4_author.plan.ccc_keys import ccc_keys
from form4_author.plan.event_words import with_event_words
from form4_author.plan.mistakes import left_empty, mistake, without_echoes
from form4_author.plan.model import Plan
from form4_author.plan.source import Source, filled


def read_plan(source: Source) -> Plan:
    """The plan's models from loaded text data.

    Raises:
        Rejected: with every mistake of shape in it (PLN001 to PLN009, PLN015), each at its place.
    """
    findings = list(ccc_keys(source.data, (), source))
    plan = None
    try:
        plan = Plan.model_validate(filled(source.data))
    except ValidationError as problem:
        findings += [mistake(details, source) for details in problem.errors(include_url=False)]
    if not source.data.keys() & {"signatures", "signed"}:
        findings.append(mistake({"type": "missing", "loc": ("signatures",)}, source))
    findings += left_empty(source, {finding.origin.path for finding in findings})
    if plan is None or findings:
        raise Rejected(with_event_words(without_echoes(findings), source))
    return plan
