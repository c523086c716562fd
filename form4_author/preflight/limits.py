"""LIM: how much one form holds."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, Problem, rule
from form4_author.preflight.form import Form


@rule(
    "LIM001",
    Severity.ERROR,
    "more than 30 lines in a table, 10 owners, 10 signatures or 99 footnotes",
    source="Specification 3.3 (*), 3.5, 5",
    forms=ALL_FORMS,
)
def too_many(form: Form) -> Iterator[Problem]:
    """One form holds 30 lines in each table, 10 reporting owners, 10 signatures and 99 footnotes.

    Transactions and holdings count together. What is more goes into a second form, filed at the same time; its
    remarks and those of the first should say that they belong together. A plan is parted so by itself (PLN023); of a
    document the rule says where to split.
    """
    filing, limits = form.filing, form.type.limits
    for table, name in ((filing.table1, "Table I"), (filing.table2, "Table II")):
        if len(table) > limits.rows:
            forms = -(-len(table) // limits.rows)
            yield Problem(
                f"{name} has {len(table)} lines, and a form holds {limits.rows}",
                table[limits.rows].origin,
                f"Split it into {forms} forms: the next one begins with line {limits.rows + 1}.",
            )
    if len(filing.owners) > limits.owners:
        forms = -(-len(filing.owners) // limits.owners)
        yield Problem(
            f"there are {len(filing.owners)} reporting owners, and a form holds {limits.owners}",
            filing.owners[limits.owners].origin,
            f"Split it into {forms} forms with the same lines: the next one begins with owner {limits.owners + 1}.",
        )
    if len(filing.signatures) > limits.signatures:
        yield Problem(
            f"there are {len(filing.signatures)} signatures, and a form holds {limits.signatures}",
            filing.signatures[limits.signatures].origin,
            "Leave out those that no owner of this form needs, or split the form.",
        )
    if len(filing.footnotes) > limits.footnotes:
        yield Problem(
            f"there are {len(filing.footnotes)} footnotes, and a form holds {limits.footnotes}",
            filing.footnotes[limits.footnotes].origin,
            "Say the same thing once and refer to it from several cells; or split the form.",
        )
