"""All that a rule may say beyond its own case, whole: message, place and hint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from form4_author.findings import in_order
from form4_author.preflight import run
from tests.conftest import ROOT
from tests.plans import composed_file

CASES = sorted((ROOT / "tests" / "cases" / "preflight").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_all_that_is_said_of_a_plan(case: Path, golden: Callable[[Path, bytes], None]) -> None:
    findings = in_order(run(composed_file(case).filing))
    told = [
        f"{one.origin.position.line}:{one.origin.position.column} {one.severity.value} {one.code} {one.message}\n"
        f"    {one.hint}\n"
        for one in findings
        if one.origin.position
    ]
    assert len(told) == len(findings)
    golden(case.with_suffix(".golden"), "".join(told).encode())
