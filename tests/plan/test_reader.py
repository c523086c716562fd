"""A plan that is right."""

from __future__ import annotations

from tests.plans import plan_text, told


def test_a_plan_that_is_right_has_no_findings() -> None:
    assert told(plan_text()) == []
