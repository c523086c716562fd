"""The catalogue as data and as pages: what `rules` lists, `explain` prints and reports name by version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from form4_author.filing import form_for
from form4_author.findings import Severity
from form4_author.preflight.engine import FORM_4_ALONE, Rule, Scope

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
    """One rule as plain data: code, severity, summary, source, what it judges, and since which schema version.

    Which forms it judges is said of a rule that judges others than Form 4 alone.
    """
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "summary": rule.summary,
        "source": rule.source,
        "judges": rule.scope.value,
        "since": _since(rule),
        **({"forms": ", ".join(rule.forms)} if rule.forms != FORM_4_ALONE else {}),
    }


def _since(rule: Rule) -> str:
    """The first schema version that a rule holds for, of the first form that it judges; empty where for all."""
    return form_for(rule.forms[0]).features[rule.since] if rule.since else ""


def version(rules: Sequence[Rule]) -> str:
    """The catalogue's version: twelve hexadecimal digits that change with any rule's code, severity, scope or text."""
    text = json.dumps([[*entry(rule).values(), rule.page] for rule in rules])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def page(rule: Rule) -> str:
    """One rule's page in Markdown, without a heading: severity, source, what it finds and how to waive it."""
    since = f" since schema {_since(rule)}" if rule.since else ""
    forms = f" (Form {', '.join(rule.forms)})" if rule.forms != FORM_4_ALONE else ""
    lines = [
        f"*{rule.severity.value}*. Judges {rule.scope.value}{forms}{since}. Source: {rule.source}.",
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
