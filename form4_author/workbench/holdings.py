"""What an insider holds after a filing, in each account that it speaks of: for a chart over many filings."""

from __future__ import annotations

from typing import Any

from form4_author.filing import Filing, Row
from form4_author.filing.wording import value_text


def holdings(filing: Filing) -> list[dict[str, Any]]:
    """The balances that a filing's lines tell: after each line, in order, those of one day in one account the last.

    Returns:
        For each: `person` (the first reporting person, by whom EDGAR lists the filing), `security`, `held` (`direct`,
        or how indirectly), `day` (`2026-11-18`: the transaction's, or the period's for a holding) and `shares`, exact
        digits as text.
    """
    person = person_of(filing)
    period = filing.period_of_report.date
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in filing.rows:
        day = row.transaction_date.date or period
        shares = row.shares_owned_following.number
        security = value_text(row.security_title)
        if day is None or shares is None or not security:
            continue
        account = (security, _held(row), str(day))
        found[account] = {
            "person": person,
            "security": security,
            "held": _held(row),
            "day": str(day),
            "shares": f"{shares:f}",
        }
    return list(found.values())


def _held(row: Row) -> str:
    if row.direct_or_indirect.text.strip() != "I":
        return "direct"
    return value_text(row.nature_of_ownership) or "indirect"


def person_of(filing: Filing) -> str:
    """The first reporting person, by whom EDGAR lists the filing: the name, or the CIK in a document without names."""
    if not filing.owners:
        return ""
    owner = filing.owners[0]
    return value_text(owner.name) or f"CIK {value_text(owner.cik)}"
