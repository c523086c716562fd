"""Whole plans as goldens: what is written of the filings that the cases of `tests/cases/compose` compose to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from form4_author.decompose.decomposition import PlanData, decompose
from form4_author.decompose.next.amend import amend
from form4_author.decompose.next.roll import roll
from form4_author.filing import Filing
from form4_author.plan.writing import plan_text
from tests.conftest import ROOT
from tests.plans import composed_file

CASES = [
    path
    for path in sorted((ROOT / "tests" / "cases" / "compose").glob("*.yaml"))
    if path.stem not in {"more", "refused"}
]
WAYS: dict[str, Callable[[Filing], PlanData]] = {
    "imported": decompose,
    "amended": amend,
    "amended-in-part": lambda filing: amend(filing, lines=[1, len(filing.rows)], filed="2026-11-30"),
    "rolled": roll,
    "rolled-later": lambda filing: roll(filing, as_of=date(2040, 1, 1)),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_plan_is_written_as_it_stands_beside_its_case(
    case: Path, way: str, golden: Callable[[Path, bytes], None]
) -> None:
    made = WAYS[way](composed_file(case).filing)
    golden(case.with_name(f"{case.stem}.{way}.golden"), plan_text(made.data, made.comments).encode())
