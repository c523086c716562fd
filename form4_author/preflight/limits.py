"""LIM: how much one form holds."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.findings import Severity
from form4_author.preflight.engine import Problem, rule
from form4_author.preflight.form import Form
from form4_author.sec_codes import MAX_FOOTNOTES, MAX_OWNERS, MAX_ROWS, MAX_SIGNATURES


@rule(
    "LIM001",
    Severity.ERROR,
    "more than 30 lines in a table, 10 owners, 10 signatures or 99 footnotes",
    source="Specification 3.3 (*), 3.5, 5",
)
def too_many(form: Form) -> Iterator[Problem]:
    """One form holds 30 lines in each table, 10 reporting owners, 10 signatures and 99 footnotes.

    Transactions and holdings count together. What is more goes into a second Form 4, filed at the same time; its
    remarks and those of the first should say that they belong together. The rule says where to split.
    """
    filing = form.filing
    for table, name in ((filing.table1, "Table I"), (filing.table2, "Table II")):
        if len(table) > MAX_ROWS:
            forms = -(-len(table) // MAX_ROWS)
            yield Problem(
                f"{name} has {len(table)} lines, and a form holds {MAX_ROWS}",
                table[MAX_ROWS].origin,
                f"Split it into {forms} forms: the next one begins with line {MAX_ROWS + 1}.",
            )
    if len(filing.owners) > MAX_OWNERS:
        forms = -(-len(filing.owners) // MAX_OWNERS)
        yield Problem(
            f"there are {len(filing.owners)} reporting owners, and a form holds {MAX_OWNERS}",
            filing.owners[MAX_OWNERS].origin,
            f"Split it into {forms} forms with the same lines: the next one begins with owner {MAX_OWNERS + 1}.",
        )
    if len(filing.signatures) > MAX_SIGNATURES:
        yield Problem(
            f"there are {len(filing.signatures)} signatures, and a form holds {MAX_SIGNATURES}",
            filing.signatures[MAX_SIGNATURES].origin,
            "Leave out those that no owner of this form needs, or split the form.",
        )
    if len(filing.footnotes) > MAX_FOOTNOTES:
        yield Problem(
            f"there are {len(filing.footnotes)} footnotes, and a form holds {MAX_FOOTNOTES}",
            filing.footnotes[MAX_FOOTNOTES].origin,
            "Say the same thing once and refer to it from several cells; or split the form.",
        )
