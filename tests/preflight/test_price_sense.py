"""A total in the price's place explains its line, and is no price that another line's number could be taken for."""

from __future__ import annotations

from pathlib import Path

import form4_author
from tests.plans import plan_text

SALE = "  - {date: 2026-11-18, code: S, security: common, amount: %s, price: %s}\n"


def told(folder: Path, *lines: tuple[str, str]) -> list[str]:
    path = folder / "plan.yaml"
    path.write_text(plan_text(transactions="transactions:\n" + "".join(SALE % line for line in lines)))
    return [f.message for f in form4_author.check(path).findings if f.code == "TXN024"]


def test_a_total_is_told_and_its_neighbour_is_not(tmp_path: Path) -> None:
    said = "the price $934.50 is that of all 30 securities: other prices are about $31.15"
    assert told(tmp_path, ("1000", "31.15"), ("30", "934.50")) == [f"Table I, line 2: {said}"]
    assert told(tmp_path, ("30", "934.50"), ("1000", "31.15")) == [f"Table I, line 1: {said}"]
    exchanged = "31.1 securities at $650.00 look exchanged: the others' price is $31.15"
    assert told(tmp_path, ("1000", "31.15"), ("31.1", "650")) == [f"Table I, line 2: {exchanged}"]
