"""By when Forms 3 and 5 are due as a whole."""

from __future__ import annotations

import pytest

from form4_author import preflight
from tests.plans import composed, plan_text

LATE = {
    "transactions": "event_date: 2026-11-03\nholdings:\n  - {security: common, amount: 100}\n",
    "opening": "",
    "rule_10b5_1": "",
}


@pytest.mark.parametrize(
    ("more", "told"), [("form: 3\n", ["DOC020"]), ("form: 3/A\noriginal_filing_date: 2026-11-12\n", [])]
)
def test_an_amendment_is_never_late(more: str, told: list[str]) -> None:
    filing = composed(plan_text(**LATE) + more).filing
    assert filing.is_amendment is ("3/A" in more)
    assert [finding.code for finding in preflight.run(filing) if finding.code == "DOC020"] == told
