"""The catalogue as data and as pages: what `rules` lists, `explain` prints and reports name by version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache

from form4_author.filing import form_for
from form4_author.findings import Severity
from form4_author.preflight.engine import Rule, Scope

#: The topics of the codes, in the order of the catalogue.
FAMILIES: dict[str, str] = {
    "DOC": "The document as a whole",
    "OWN": "Reporting owners and ownership",
    "TXN": "Transactions",
    "DER": "Derivative securities",
    "BAL": "Amounts owned",
    "FTN": "Footnotes",
    "SIG": "Signatures",
    "LIM": "Limits",
    "SUB": "The submission",
    "WVR": "Waivers",
}


def entry(rule: Rule) -> dict[str, str]:
    """One rule as plain data: code, severity, summary, source, what it judges, which forms, since which schema."""
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "summary": rule.summary,
        "source": rule.source,
        "judges": rule.scope.value,
        "since": _since(rule),
        "forms": ", ".join(rule.forms),
    }


def _since(rule: Rule) -> str:
    """The first schema version that a rule holds for, of each form that it judges; empty where for all."""
    feature = rule.since
    if feature is None:
        return ""
    since = {number: form_for(number).features[feature] for number in rule.forms}
    latest = since[rule.forms[-1]]
    others = [f"{version} on Form {number}" for number, version in since.items() if version != latest]
    return ", ".join([latest, *others])


@cache
def version(rules: tuple[Rule, ...]) -> str:
    """The catalogue's version: twelve hexadecimal digits that change with any rule's code, severity, scope or text."""
    text = json.dumps([[*entry(rule).values(), rule.page] for rule in rules])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _called(numbers: Sequence[str]) -> str:
    """Several forms by their numbers: `Forms 4 and 5`."""
    *first, last = numbers
    return f"Forms {', '.join(first)} and {last}" if first else f"Form {last}"


def page(rule: Rule) -> str:
    """One rule's page in Markdown, without a heading: severity, source, what it finds and how to waive it."""
    since = f" since schema {_since(rule)}" if rule.since else ""
    lines = [
        f"*{rule.severity.value}*. Judges {rule.scope.value} ({_called(rule.forms)}){since}. Source: {rule.source}.",
        "",
        rule.page,
        "",
    ]
    if rule.severity is Severity.ERROR:
        lines.append("EDGAR refuses what this rule finds, or the tool can't go on: it can't be waived.")
    elif rule.scope in {Scope.XML, Scope.FILER_XML}:
        lines.append("It concerns XML documents; waivers stand in plans only.")
    else:
        lines.append(f"To let it stand, write in the plan: `waivers: [{{code: {rule.code}, reason: ...}}]`.")
    return "\n".join(lines) + "\n"
