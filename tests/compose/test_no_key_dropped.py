"""Every key of every entry says something: with it the form is another one, or a finding says why it can't stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from form4_author.events.event import event_of
from form4_author.findings import Rejected
from form4_author.plan.base import Model
from form4_author.plan.entries import LINE, EntryKind, all_kinds
from form4_author.plan.entries.holding import Holding
from tests.plans import EVENT_OPENING, EVENT_SECURITIES, composed, plan_text

SECURITIES = """securities:
  common: Common Stock
  option: {title: Stock Option, underlying: common, exercise_price: 4, exercisable: 2024-11-18, expires: 2030-11-18}
  rsu: {title: Restricted Stock Units, underlying: common, award: {granted: 2025-11-18, vests: over three years}}
  psu: {title: Performance Units, underlying: common, award: {granted: 2025-11-18, vests: by 2029}}
"""
OPENING = """opening:
  - {security: common, amount: 12500}
  - {security: option, amount: 9000}
  - {security: common, amount: 600, ownership: {indirect: By Trust}}
  - {security: option, amount: 700, ownership: {indirect: By Trust}}
  - {security: [rsu, psu], amount: 800}
"""
DATED = {"date": "2026-11-18"}
#: Lines behind an event, on which what moved a balance without a line is told.
HOLDINGS = """  - {date: 2026-11-18, code: P, security: common, amount: 1, price: 31}
  - {holding: common, ownership: {indirect: By Family Trust}}
  - {holding: common, ownership: {indirect: By 401(k) Plan}}
  - {holding: option}
  - {holding: rsu}
"""
TRADE = {**DATED, "code": "S", "price": "3"}
TRUST = {"indirect": "By Trust"}
#: Entries of each kind, of a security of Table I and of Table II.
ENTRIES: dict[str, list[dict[str, Any]]] = {
    "line": [
        {**TRADE, "security": "common", "amount": "100"},
        {**TRADE, "security": "option", "amount": "100"},
        {**TRADE, "security": "option", "total_value": "100"},
        {**DATED, "code": "S", "security": "common", "fills": "fills.csv"},
    ],
    "vest": [
        {**DATED, "vest": "rsu", "amount": "100"},
        {**DATED, "vest": "rsu", "amount": "100", "withhold": {"amount": "10", "price": "3"}},
        {**DATED, "vest": {"rsu": "100", "psu": "200"}},
        {**DATED, "vest": {"rsu": "100", "psu": "200"}, "together": "yes", "withhold": "10", "price": "3"},
        {**DATED, "vest": "common", "amount": "100", "withhold": {"amount": "10", "price": "3"}},
    ],
    "gift": [
        {**DATED, "gift": security, "amount": "100", **to}
        for security in ("common", "option")
        for to in ({}, {"to": TRUST})
    ],
    "exercise": [
        {**DATED, "exercise": "option", "amount": "100"},
        {**DATED, "exercise": "option", "amount": "100", "withheld": {"amount": "10", "price": "3"}},
        {**DATED, "exercise": "option", "amount": "100", "net": {"price": "31"}},
        {**DATED, "exercise": "option", "amount": "100", "settled": {"cash": "31"}},
        {**DATED, "exercise": "option", "amount": "100", "sell": {"amount": "100", "price": "31"}},
        {**DATED, "exercise": "option", "sell": {"fills": "fills.csv"}},
    ],
    # What ends as a whole says the default with `all`, so that this stands there already.
    "cash_out": [{**DATED, "cash_out": ["option", "rsu"], "all": "yes", "at": "42"}],
    "expire": [{**DATED, "expire": "option", "all": "yes"}],
    "split": [{"date": "2026-09-15", "split": "common", "new": "1", "for": "3"}],
    "holding": [
        {"holding": "common"},
        {"holding": "common", "amount": "12500"},
        {"holding": "option", "amount": "9000"},
        {"holding": "option", "value": "9000", "underlying_amount": "7"},
    ],
}
#: What a key may say: the first that its model takes. A part that must have keys of its own comes with them.
VALUES: tuple[Any, ...] = ("17", "2026-11-17", "A", "J", "E", "yes", "down", {"indirect": "By Spouse"}, "option")
NEEDED = {"withheld": {"amount": "10", "price": "3"}, "withhold": {"amount": "10", "price": "3"}}
#: What `short-swing` goes by; the form has no place for it.
BESIDE_THE_FORM = {"section_16b"}


def text_of(entry: dict[str, Any], part: str) -> str:
    flow = yaml.safe_dump(entry, default_flow_style=True, width=10**6, sort_keys=False).strip()
    other = {} if part == "transactions" else {"transactions": "", "period_of_report": "period_of_report: 2026-11-18\n"}
    notes = "footnotes:\n  n: The trust of the reporting person's sister.\n"
    if not entry.keys() & {"exercise", "gift", "holding", "security", "vest"}:
        shown = f"{part}:\n  - {flow}\n{HOLDINGS}"
        return plan_text(securities=EVENT_SECURITIES, opening=EVENT_OPENING, footnotes=notes, transactions=shown)
    return plan_text(
        securities=SECURITIES, opening=OPENING, footnotes=notes, **{**other, part: f"{part}:\n  - {flow}\n"}
    )


def said(entry: dict[str, Any], part: str, folder: Path) -> object:
    """The form and the findings; None where the plan's models don't take the entry."""
    try:
        composition = composed(text_of(entry, part), folder)
    except Rejected:
        return None
    return composition.filing, [finding.message for finding in composition.findings]


def refused(entry: dict[str, Any], part: str, folder: Path) -> bool:
    return not composed(text_of(entry, part), folder).complete


def keys_of(model: type[Model]) -> Iterator[tuple[str, ...]]:
    """Every key of a model, with those of its parts and its notes."""
    for key, field in model.model_fields.items():
        found = [part for part in (field.annotation, *get_args(field.annotation)) if isinstance(part, type)]
        part = next((part for part in found if issubclass(part, Model)), None)
        if key in BESIDE_THE_FORM:
            continue
        if part is None:
            yield (key,)
        else:
            yield from ((key, *inner) for inner in keys_of(part))


def with_key(entry: dict[str, Any], key: tuple[str, ...], value: Any) -> dict[str, Any] | None:
    """The entry with one more key; None where it says that already."""
    first, *rest = key
    if not rest:
        return None if first in entry else {**entry, first: value}
    said = entry.get(first) or NEEDED.get(first, {})
    inner = with_key(said if isinstance(said, dict) else {"amount": said}, tuple(rest), value)
    return None if inner is None else {**entry, first: inner}


def longer(entry: dict[str, Any], part: str, model: type[Model], folder: Path) -> dict[str, dict[str, Any]]:
    """The entry with each further key that it may have, by that key."""
    found = {}
    for key in keys_of(model):
        values = ("n",) if "notes" in key else VALUES
        tried = (one for value in values if (one := with_key(entry, key, value)) is not None)
        one = next((one for one in tried if said(one, part, folder) is not None), None)
        if one is not None:
            found[".".join(key)] = one
    return found


def cases() -> Iterator[Any]:
    for kind in all_kinds():
        for entry in ENTRIES.get(kind.name) or [yaml.safe_load(event_of(kind).example)]:
            yield pytest.param(entry, "transactions", kind.model, id=f"{kind.name} {len(entry)} {entry.get(kind.name)}")
    for entry in ENTRIES["holding"]:
        held = {"security" if key == "holding" else key: value for key, value in entry.items()}
        yield pytest.param(held, "holdings", Holding, id=f"holdings {len(held)} {held['security']}")


def kind_named(entry: dict[str, Any]) -> EntryKind:
    return next((kind for kind in all_kinds() if kind.name in entry), LINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fills.csv").write_text("quantity,price\n100,5\n100,7.50\n")
    return tmp_path


@pytest.mark.parametrize(("entry", "part", "model"), list(cases()))
def test_every_key_changes_the_form_or_is_refused(
    entry: dict[str, Any], part: str, model: type[Model], folder: Path
) -> None:
    before = said(entry, part, folder)
    assert before is not None
    with_one = longer(entry, part, model, folder)
    assert len(with_one) > 10 or event_of(kind_named(entry)).lines.startswith("None")
    assert [key for key, one in with_one.items() if said(one, part, folder) == before] == []


@pytest.mark.parametrize(("entry", "part", "model"), list(cases()))
def test_no_key_takes_another_ones_place(entry: dict[str, Any], part: str, model: type[Model], folder: Path) -> None:
    """Of two keys that change the form and are not refused, both do so together, or a finding says that they can't."""
    before = said(entry, part, folder)
    with_one = longer(entry, part, model, folder)
    own = {key: one for key, one in with_one.items() if "." not in key and not refused(one, part, folder)}
    alone = {key: said(one, part, folder) for key, one in own.items()}
    silent = []
    for first, second in permutations(own, 2):
        both = {**own[first], second: own[second][second]}
        if said(both, part, folder) == alone[first] != before:
            silent.append(f"{second} beside {first}")
    assert silent == []
