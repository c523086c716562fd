"""The registry of events: each has its model, its module and an example that is built and recognised again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from form4_author.decompose.decomposition import decompose
from form4_author.events.catalogue import page, summary
from form4_author.events.event import event_of, never
from form4_author.plan.entries import EVENTS, LINE, EntryKind, all_kinds, find_kind, kind_of
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads
from form4_author.plan.writing import plan_text as written_plan
from tests.conftest import ROOT
from tests.plans import EVENT_OPENING, EVENT_SECURITIES, composed, plan_text

CASES = ROOT / "tests" / "cases" / "events"
SHARED = {
    "plan/entries": {"__init__", "named", "no_line", "shared", "traded"},
    "events": {
        *("__init__", "catalogue", "drafting", "drafts", "event", "keys", "no_line", "one_line", "rounding"),
        "proceeds",
        "small_purchases",
        *("targets", "traded", "vested", "written"),
    },
}
SECURITIES = """\
securities:
  common: Common Stock
  option: {title: Option, underlying: common, exercise_price: 4.80, exercisable: 2024-05-14,
    expires: 2034-05-14}
  rsu: {title: Restricted Stock Units, underlying: common, exercise_price: 0, exercisable: 2024-05-14,
    expires: 2034-05-14}
  psu: {title: Performance Stock Units, underlying: common, exercise_price: 0, exercisable: 2024-05-14,
    expires: 2034-05-14, underlying_per_unit: 2}
"""
OPENING = """\
opening:
  - {security: common, amount: 12500}
  - {security: common, amount: 40000, ownership: {indirect: By Family Trust}}
  - {security: option, amount: 5000}
  - {security: [rsu, psu], amount: 5000}
"""


def plan_of(kind: EntryKind) -> str:
    """A plan with the kind's example, and a line behind it, for where the example has no transaction."""
    line = "  - {date: 2026-11-18, code: P, security: common, amount: 1, price: 31.15}\n"
    transactions = f"transactions:\n  - {event_of(kind).example}\n{line}"
    holdings = (
        "holdings:\n  - {security: common, ownership: {indirect: By Family Trust}}\n"
        "  - {security: common, ownership: {indirect: By 401(k) Plan}}\n  - {security: option}\n  - {security: rsu}\n"
    )
    return plan_text(
        securities=EVENT_SECURITIES,
        opening=EVENT_OPENING,
        transactions=transactions,
        holdings=holdings,
    )


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
def test_a_kind_is_explained_whole(kind: EntryKind, golden: Callable[[Path, bytes], None]) -> None:
    text = f"{kind.name}: {summary(kind)}\n\n{page(kind)}"
    golden(CASES / f"{kind.name}.txt", text.encode())


#: Entries with what is particular to each of their lines, as they are written.
ENTRIES = (CASES / "entries.yaml").read_text().replace("\n  ", " ").splitlines()[1:]


def among_others(entry: str) -> str:
    """A plan with an entry between two lines of each table."""
    option = "code: P, security: option, amount: 1, price: 1"
    ownership = "balance: 1, ownership: {{indirect: By {}}}"
    sale = "code: S, security: common, amount: 1, price: 31.15"
    lines = [
        f"{{date: 2026-11-18, {sale}}}",
        f"{{date: 2026-11-18, {option}, {ownership.format('Son')}}}",
        entry.removeprefix("- "),
        f"{{date: 2026-11-18, {sale}, restated_balance: 5}}",
        f"{{date: 2026-11-18, {option}, {ownership.format('Daughter')}}}",
    ]
    return plan_text(
        securities=SECURITIES,
        opening=OPENING,
        event_notes="event_notes: no\n",
        footnotes="footnotes: {first-note: First note., second-note: Second note., third-note: Third note.}\n",
        transactions="transactions:\n" + "".join(f"  - {line}\n" for line in lines),
    )


@pytest.mark.parametrize("entry", ENTRIES, ids=[str(number) for number in range(len(ENTRIES))])
def test_an_entry_with_all_that_it_may_say_comes_back_as_it_was(entry: str) -> None:
    made = decompose(composed(among_others(entry)).filing)
    wanted = yaml.load(entry, yaml.BaseLoader)[0]
    assert wanted in made.data["transactions"]
    assert len(made.data["transactions"]) == 5


def test_what_doesn_t_follow_is_told_beside_the_entry(golden: Callable[[Path, bytes], None]) -> None:
    plans = []
    for entry in ENTRIES:
        made = decompose(composed(among_others(entry)).filing)
        _, _, lines = written_plan(made.data, made.comments).partition("\nopening:")
        plans.append(f"{entry}\n\nopening:{lines.partition('footnotes:')[0]}")
    golden(CASES / "entries.golden", "\n".join(plans).encode())


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_an_example_is_built(kind: EntryKind, tmp_path: Path) -> None:
    composition = composed(plan_of(kind), tmp_path)
    assert composition.findings == ()
    assert len(composition.filing.rows) > 3 or "None" in event_of(kind).lines


def not_recognised(kind: EntryKind) -> bool:
    return event_of(kind).recognise is never


#: What an entry says in words, which its lines can't tell.
IN_WORDS = {"to", "from", "approved_by", "vests", "all"}


@pytest.mark.parametrize("kind", [kind for kind in all_kinds() if not not_recognised(kind)], ids=lambda kind: kind.name)
def test_an_example_is_recognised_again(kind: EntryKind, tmp_path: Path) -> None:
    composition = composed(f"event_notes: no\n{plan_of(kind)}", tmp_path)
    made = decompose(composition.filing).data["transactions"]
    wanted = yaml.load(event_of(kind).example, yaml.BaseLoader)
    wanted = {key: value for key, value in wanted.items() if key not in {"date"} | IN_WORDS}
    found = next(entry for entry in made if kind.name in entry or kind is LINE)
    assert {key: value for key, value in found.items() if key in wanted} == wanted
