"""Holders that only footnotes tell apart: a filing's plan names them, and builds the same document."""

from __future__ import annotations

import pytest

from form4_author.decompose.decomposition import decompose
from form4_author.decompose.next.roll import roll
from form4_author.plan.writing import plan_text as written
from tests.compose.test_composition import lines
from tests.plans import composed, plan_text

HOLDERS = """\
ownership_lines:
  a: {indirect: By Trust, note: elder}
  b: {indirect: By Trust, note: younger}
"""
FOOTNOTES = """\
footnotes:
  elder: Held by the trust of the elder.
  younger: Held by the trust of the younger.
  plain: Something else.
"""


def entry(day: int, who: str, notes: str = "") -> str:
    more = f", notes: {{nature: {notes}}}" if notes else ""
    return f"  - {{date: 2026-11-{day}, code: S, security: common, amount: 100, price: 31, ownership: {who}{more}}}\n"


def filed(*entries: str, holders: str = HOLDERS) -> str:
    return plan_text(
        ownership_lines=holders,
        opening="opening:\n  - {security: common, amount: 4000, ownership: a}\n"
        "  - {security: common, amount: 7700, ownership: b}\n",
        transactions="transactions:\n" + "".join(entries),
        footnotes=FOOTNOTES,
    )


def test_two_trusts_are_named_and_keep_their_balances() -> None:
    filing = composed(filed(entry(16, "a"), entry(17, "b"), entry(18, "a"))).filing
    plan = decompose(filing)
    assert plan.data["ownership_lines"] == {
        "trust": {"indirect": "By Trust", "note": "trust"},
        "trust-2": {"indirect": "By Trust", "note": "trust-2"},
    }
    assert plan.data["opening"] == [
        {"security": "common", "amount": "4000", "ownership": "trust"},
        {"security": "common", "amount": "7700", "ownership": "trust-2"},
    ]
    assert [line["ownership"] for line in plan.data["transactions"]] == ["trust", "trust-2", "trust"]
    assert not any("notes" in line or "balance" in line for line in plan.data["transactions"])
    again = composed(written(plan.data, plan.comments))
    assert again.findings == ()
    assert lines(again.filing) == lines(filing)
    assert [row.nature_of_ownership.footnote_ids for row in again.filing.rows] == [("F1",), ("F2",), ("F1",)]


def test_the_next_form_opens_each_holder_s_balance() -> None:
    filing = composed(filed(entry(16, "a"), entry(17, "b"))).filing
    plan = roll(filing)
    assert plan.data["opening"] == [
        {"security": "common", "amount": "3900", "ownership": "trust"},
        {"security": "common", "amount": "7600", "ownership": "trust-2"},
    ]
    assert [*plan.data["ownership_lines"]] == ["trust", "trust-2"]
    assert [*plan.data["footnotes"]] == ["trust", "trust-2"]


@pytest.mark.parametrize("holder", ["{direct: yes, note: NOTE}", "{note: NOTE}"])
def test_holders_without_a_nature_are_named_too(holder: str) -> None:
    holders = "ownership_lines:\n" + "".join(
        f"  {name}: {holder.replace('NOTE', note)}\n" for name, note in (("a", "elder"), ("b", "younger"))
    )
    filing = composed(filed(entry(16, "a"), entry(17, "b"), holders=holders)).filing
    plan = decompose(filing)
    assert [*plan.data["ownership_lines"]] == ["holder", "holder-2"]
    assert lines(composed(written(plan.data)).filing) == lines(filing)


def test_one_holder_with_more_said_on_a_line_needs_no_name() -> None:
    filing = composed(filed(entry(16, "a"), entry(17, "a", "plain"))).filing
    assert "ownership_lines" not in decompose(filing).data
