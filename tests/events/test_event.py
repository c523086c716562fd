"""The registry of events: each has its model, its module and an example that is built and recognised again."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from form4_author.decompose.decomposition import decompose
from form4_author.events.event import event_of
from form4_author.plan.entries import EVENTS, LINE, EntryKind, all_kinds, find_kind, kind_of
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads
from tests.conftest import ROOT
from tests.plans import composed, plan_text

SHARED = {
    "plan/entries": {"__init__", "shared"},
    "events": {"__init__", "catalogue", "drafting", "drafts", "event", "keys", "written"},
}
SECURITIES = """\
securities:
  common: Common Stock
  option: {title: Option, underlying: common, exercise_price: 4.80, exercisable: 2024-05-14,
    expires: 2034-05-14}
"""
OPENING = """\
opening:
  - {security: common, amount: 12500}
  - {security: common, amount: 40000, ownership: {indirect: By Family Trust}}
  - {security: option, amount: 5000}
"""


def plan_of(kind: EntryKind) -> str:
    """A plan with the kind's example, and a line behind it, for where the example has no transaction."""
    sale = "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 31.15}\n"
    transactions = f"transactions:\n  - {event_of(kind).example}\n{sale}"
    holdings = "holdings:\n  - {security: common, ownership: {indirect: By Family Trust}}\n"
    return plan_text(securities=SECURITIES, opening=OPENING, transactions=transactions, holdings=holdings)


@pytest.mark.parametrize(("room", "shared"), SHARED.items())
def test_every_kind_has_its_modules_and_every_module_its_kind(room: str, shared: set[str]) -> None:
    modules = {path.stem for path in (ROOT / "form4_author" / room).glob("*.py")}
    assert modules - shared == {kind.name for kind in all_kinds()}


def test_a_kind_is_found_by_its_name_and_by_an_entry() -> None:
    assert [find_kind(kind.name.upper()) for kind in all_kinds()] == [*EVENTS, LINE]
    assert find_kind("merger") is None
    for kind in all_kinds():
        assert kind_of(read_plan(loads(plan_of(kind))).transactions[0]) is kind


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_an_example_is_built_and_recognised_again(kind: EntryKind, tmp_path: Path) -> None:
    composition = composed(plan_of(kind), tmp_path)
    assert composition.findings == ()
    made = decompose(composition.filing).data["transactions"][0]
    wanted = yaml.load(event_of(kind).example, yaml.BaseLoader)
    wanted = {key: value for key, value in wanted.items() if key != "date"}
    assert {key: value for key, value in made.items() if key in wanted} == wanted
