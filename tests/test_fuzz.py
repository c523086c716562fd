"""A share of the seeded run of broken input: no exception, and every finding stands inside its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import run, sources

SEEDS = 40


@pytest.mark.parametrize("share", range(10))
def test_broken_input_is_told_at_its_place_and_makes_no_fault(share: int, tmp_path: Path) -> None:
    files = sources(reference=False)
    found = {seed: run(seed, tmp_path, files) for seed in range(share * SEEDS, (share + 1) * SEEDS)}
    assert {seed: told for seed, told in found.items() if told[1]} == {}
    assert len({name for name, _ in found.values()}) > SEEDS / 2
