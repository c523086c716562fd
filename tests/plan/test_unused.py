"""A security or a holder that a plan names and never comes back to is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import form4_author
from form4_author.plan import unused as module
from form4_author.plan.source import load, loads
from form4_author.plan.unused import unused
from tests.conftest import ROOT
from tests.plans import plan_text


def said(text: str) -> list[str]:
    told = []
    for finding in unused(loads(text)):
        assert finding.origin.position is not None
        told.append(f"{finding.origin.position.line}:{finding.origin.position.column} {finding.message}")
    return told


def test_a_name_that_nothing_uses_is_told_at_its_place() -> None:
    text = plan_text(
        securities="securities: {common: Common Stock, Class: A}\n",
        ownership_lines="ownership_lines:\n  trust: {indirect: By Trust}\n",
    )
    assert said(text) == [
        '5:36 nothing in the plan uses the security "Class"',
        '13:3 nothing in the plan uses the holder "trust"',
    ]


def test_what_is_used_anywhere_is_not_told() -> None:
    text = plan_text(
        securities="securities:\n  common: Common Stock\n  option: {title: Option, underlying: common}\n",
        opening="opening: {option: 5}\n",
        transactions="transactions: []\n",
        for_each="for_each: {sheet: a.csv, columns: {name: Name, opening.trust: Held}}\n",
        ownership_lines="ownership_lines:\n  trust: {indirect: By Trust}\n",
    )
    assert said(text) == []


def test_no_example_has_any() -> None:
    assert [f.message for path in ROOT.glob("examples/*/plan.yaml") for f in unused(load(path))] == []


def test_a_plan_is_accepted_with_the_warning_and_another_mistake_silences_it(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(plan_text(securities="securities: {common: Common Stock, Class: A}\n"))
    report = form4_author.check(plan)
    assert report.accepted
    assert [f"{f.code} {f.severity.value}" for f in report.findings if f.code.startswith("PLN")] == ["PLN030 warning"]
    plan.write_text(plan_text(securities="securities: {commno: Common Stock}\n"))
    report = form4_author.check(plan)
    assert "PLN030" not in {finding.code for finding in report.findings}


def test_a_name_in_its_own_definition_is_no_use_of_it() -> None:
    text = plan_text(securities="securities:\n  common: Common Stock\n  odd: {title: Odd, underlying: odd}\n")
    assert said(text) == ['7:3 nothing in the plan uses the security "odd"']


def test_the_whole_plan_is_looked_through_once_for_all_names(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Any] = []
    words = module._words

    def watched(node: Any) -> Iterator[str]:
        looked.append(node)
        return words(node)

    monkeypatch.setattr(module, "_words", watched)
    names = "".join(f"  s{n}: Stock\n" for n in range(50))
    assert len(said(plan_text(securities=f"securities:\n  common: Common Stock\n{names}"))) == 50
    large = [node for node in looked if isinstance(node, list) and len(node) > 50]
    assert len(large) == 1
