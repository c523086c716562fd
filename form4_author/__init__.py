"""form4-author: SEC Forms 3, 4 and 5 from a YAML plan, checked before EDGAR sees it.

What the command line does, a program can:

    import form4_author

    report = form4_author.build("plan.yaml", "build")
    for finding in report.findings:
        print(finding.origin.position, finding.severity, finding.code, finding.message)

No function prints. Those that give a report don't raise for what stands in a file: that is a finding in the report; the
others raise `Rejected` with the findings. Options that can't be, or that don't go together, are a `ValueError`, in the
words of the command line. Files are named by their paths. Amounts are decimals from the author's own text (shares, or
US dollars where the form says so); dates are calendar dates without a time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from form4_author.version import __version__

if TYPE_CHECKING:
    from form4_author.api.building import build, build_many, check, preview, status
    from form4_author.api.filings import amend_filing, compare, import_filing, read_filing, roll_filing
    from form4_author.api.firm import config
    from form4_author.api.handover import submission_contents, verify_sealed
    from form4_author.api.rules import due, due_calendar, explain, owed, rules
    from form4_author.api.short_swing import insiders_book, short_swing_profit
    from form4_author.api.starting import add_schemas, new, plan_schema, schemas
    from form4_author.days.deadlines import Deadline
    from form4_author.days.owed import Debt, Insider
    from form4_author.filing import Filing
    from form4_author.filing.difference import Difference
    from form4_author.findings import Finding, Origin, Position, Rejected, Severity
    from form4_author.preflight import Rule
    from form4_author.report.file_report import FileReport as Report
    from form4_author.schema_store import SchemaSet

__all__ = [
    "Deadline",
    "Debt",
    "Difference",
    "Filing",
    "Finding",
    "Insider",
    "Origin",
    "Position",
    "Rejected",
    "Report",
    "Rule",
    "SchemaSet",
    "Severity",
    "__version__",
    "add_schemas",
    "amend_filing",
    "build",
    "build_many",
    "check",
    "compare",
    "config",
    "due",
    "due_calendar",
    "explain",
    "import_filing",
    "insiders_book",
    "new",
    "owed",
    "plan_schema",
    "preview",
    "read_filing",
    "roll_filing",
    "rules",
    "schemas",
    "short_swing_profit",
    "status",
    "submission_contents",
    "verify_sealed",
]

#: Public names by the module that each is imported from when it is asked for: the package itself stays quick to import,
#: and so does the command, which asks for none of them.
_NAMES = {
    "form4_author.api.building": "build build_many check preview status",
    "form4_author.api.filings": "amend_filing compare import_filing read_filing roll_filing",
    "form4_author.api.firm": "config",
    "form4_author.api.handover": "submission_contents verify_sealed",
    "form4_author.api.rules": "due due_calendar explain owed rules",
    "form4_author.api.short_swing": "insiders_book short_swing_profit",
    "form4_author.api.starting": "add_schemas new plan_schema schemas",
    "form4_author.days.deadlines": "Deadline",
    "form4_author.days.owed": "Debt Insider",
    "form4_author.filing": "Filing",
    "form4_author.filing.difference": "Difference",
    "form4_author.findings": "Finding Origin Position Rejected Severity",
    "form4_author.preflight": "Rule",
    "form4_author.report.file_report": "Report",
    "form4_author.schema_store": "SchemaSet",
}
#: What is called otherwise where it comes from.
_ELSEWHERE = {"Report": "FileReport"}
_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), _ELSEWHERE.get(name, name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
