"""How often each rule speaks, and how much of the footnotes is understood, over real filings that EDGAR accepted.

    python -m tests.rule_rates            prints the tables
    python -m tests.rule_rates --write    and records them in tests/rules/rates.json, for docs/rules.md
    python -m tests.rule_rates TXN011     prints each finding of a rule, to be read

The filings are the reference data beside the checkout.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from form4_author.edgar import ownership_xml, xml_source
from form4_author.filing import ABSENT, DocumentKind, Filing
from form4_author.filing.footnote_language import plan_statement, price_ranges, speaks_of_average, undertakes
from form4_author.findings import Finding
from form4_author.preflight import RULES, Rule, Scope, run
from form4_author.preflight.form import Form
from tests.conftest import SHARED

CORPUS = SHARED / "corpus" / "form4"
RATES = Path(__file__).parent / "rules" / "rates.json"
_MANY = 0.03


@dataclass
class Rates:
    """What was measured: filings and findings by code, and footnotes understood by reader."""

    filings: int = 0
    with_finding: Counter[str] = field(default_factory=Counter)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)

    def recorded(self) -> dict[str, object]:
        """What is kept in the repository."""
        return {
            "filings": self.filings,
            "rules": {rule.code: self.with_finding[rule.code] for rule in RULES if _measured(rule)},
            "footnotes": dict(sorted(self.notes.items())),
        }


def corpus(folder: Path = CORPUS) -> Iterator[Filing]:
    """Every reference filing, as it is read from its XML."""
    for path in sorted(folder.rglob("*.xml")):
        yield ownership_xml.read(xml_source.parse(path.read_bytes(), str(path.relative_to(folder))))


def measure(filings: Iterator[Filing]) -> Rates:
    """Run all rules over filings, and the footnote readers over their footnotes.

    Rules for what one submits are measured as if each filing were submitted, with CCCs and without what EDGAR adds.
    """
    rates = Rates()
    for filing in filings:
        rates.filings += 1
        findings = run(filing) + run(_as_submitted(filing), select=_FILER_RULES)
        rates.with_finding.update({finding.code for finding in findings})
        for finding in findings:
            rates.findings.setdefault(finding.code, []).append(finding)
        form = Form(filing)
        rates.notes.update(_averages(form))
        rates.notes.update(_plans(form))
    return rates


def _measured(rule: Rule) -> bool:
    """Whether the filings tell how often a rule speaks: they are Form 4s."""
    return rule.check is not None and "4" in rule.forms


_FILER_RULES = [rule.code for rule in RULES if rule.scope in {Scope.FILER, Scope.FILER_XML}]


def _as_submitted(filing: Filing) -> Filing:
    owners = tuple(
        replace(owner, has_ccc=True, name=ABSENT, state_description=ABSENT, good_address=ABSENT)
        for owner in filing.owners
    )
    issuer = replace(filing.issuer, name=ABSENT)
    return replace(filing, kind=DocumentKind.FILER, owners=owners, issuer=issuer, schema_version=ABSENT)


def _averages(form: Form) -> Iterator[str]:
    """The footnotes on average prices of purchases and sales, and what of them is understood."""
    texts = [
        text
        for line in form.transactions
        if line.code in {"P", "S"}
        for text in form.notes_on(line.row.price_per_share)
        if speaks_of_average(text) or re.search(r"\brang(?:e|ing)", text, re.IGNORECASE)
    ]
    for text in texts:
        yield "average prices"
        if price_ranges(text):
            yield "average prices: range read"
        elif not re.search(r"\d", text):
            yield "average prices: no range stated"
        if undertakes(text):
            yield "average prices: undertaking read"


def _plans(form: Form) -> Iterator[str]:
    """What footnotes and remarks say of Rule 10b5-1 plans, and what of it is understood."""
    for text in form.explanations():
        said = plan_statement(text)
        if said is None:
            continue
        yield "Rule 10b5-1 plans"
        if said.adopted:
            yield "Rule 10b5-1 plans: adoption date read"
        elif said.unclear:
            yield "Rule 10b5-1 plans: other dates only, left alone"
        if said.made_under:
            yield "Rule 10b5-1 plans: trade under the plan read"


def table(rates: Rates) -> str:
    """What was measured, for a terminal."""
    lines = [f"{rates.filings} filings", ""]
    for rule in RULES:
        if rule.check is not None:
            number = rates.with_finding[rule.code]
            share = number / rates.filings
            mark = " <- read 20 of them" if share > _MANY else ""
            lines.append(f"{rule.code}  {rule.severity.value:8}{number:6}{share:8.2%}  {rule.summary}{mark}")
    lines.append("")
    for name, number in sorted(rates.notes.items()):
        lines.append(f"{name:50}{number:6}{number / rates.notes[name.partition(':')[0]]:8.1%}")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Measure and print; see the module's docstring."""
    if not CORPUS.exists():
        sys.stderr.write(f"the reference filings are not there: {CORPUS}\n")
        return 2
    rates = measure(corpus())
    codes = [argument for argument in arguments if not argument.startswith("-")]
    for code in codes:
        for finding in rates.findings.get(code, []):
            sys.stdout.write(f"{finding.origin.position} {finding.code} {finding.message}\n")
    if not codes:
        sys.stdout.write(table(rates))
    if "--write" in arguments:
        RATES.write_text(json.dumps(rates.recorded(), indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
