"""A CCC in a plan: refused at its place, never repeated."""

from __future__ import annotations

import pytest

from tests.plans import findings_of, plan_text


@pytest.mark.parametrize("key", ["ccc", "CCC", "owner_ccc", "rptOwnerCcc", "owner-ccc"])
def test_a_ccc_in_a_plan_is_refused_and_not_repeated(key: str) -> None:
    text = plan_text(owners=f"owners:\n  - {{cik: 1, name: X, director: yes, {key}: ab@c1234}}\n")
    (finding,) = findings_of(text)
    assert (finding.code, finding.origin.path) == ("PLN009", f"owners[0].{key}")
    assert finding.message.startswith("a CCC never stands in a plan")
    assert "FORM4_CCC_<CIK>" in finding.hint
    assert "ab@c1234" not in repr(finding)
