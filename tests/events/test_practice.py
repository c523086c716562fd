"""What happened in practice, and the lines, balances and footnotes that follow from it; what each event refuses."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from form4_author.compose.composition import Composition
from form4_author.plan.note_kinds import NOTE_KINDS, facts_in
from tests.compose.test_composition import lines
from tests.conftest import ROOT
from tests.plans import EVENT_OPENING, EVENT_SECURITIES, composed, findings_of, plan_text

HOLDINGS = (
    "{holding: common, ownership: {indirect: By Family Trust}}",
    "{holding: common, ownership: {indirect: By 401(k) Plan}}",
)
CASES = yaml.safe_load((ROOT / "tests" / "cases" / "events" / "practice.yaml").read_text())


def plan_of(entries: list[str], **parts: str) -> str:
    """A plan with entries and, behind them, what is held beside."""
    answer = "" if any("trading_plan" in entry for entry in entries) else "rule_10b5_1: no\n"
    listed = "".join(f"  - {entry}\n" for entry in (*entries, *HOLDINGS))
    return plan_text(
        securities=EVENT_SECURITIES,
        opening=EVENT_OPENING,
        rule_10b5_1=answer,
        transactions=f"transactions:\n{listed}",
        **parts,
    )


def shown(composition: Composition) -> list[str]:
    """The lines with their holders and marks, but for holdings that nothing is said of."""
    told = []
    for row, line in zip(composition.filing.rows, lines(composition.filing), strict=True):
        marks = {mark for cell in row.__struct_fields__ for mark in getattr(getattr(row, cell), "footnote_ids", ())}
        nature = row.nature_of_ownership.text
        if marks or not row.holding or not nature:
            told.append(" ".join(filter(None, [line, nature and f"({nature})", *sorted(marks)])))
    return told


@pytest.mark.parametrize("case", CASES["follows"].values(), ids=CASES["follows"])
def test_what_follows(case: dict[str, list[str]]) -> None:
    composition = composed(plan_of(case["entries"]))
    assert composition.findings == ()
    assert shown(composition) == case["lines"]
    assert [note.text.text for note in composition.filing.footnotes] == case["footnotes"]


@pytest.mark.parametrize("case", CASES["refused"].values(), ids=CASES["refused"])
def test_what_is_refused(case: dict[str, Any]) -> None:
    text = plan_of([case["entry"]])
    line = text[: text.index("transactions:")].count("\n") + 2
    found = [finding for finding in findings_of(text) if finding.is_error]
    places = [finding.origin.position for finding in found]
    assert [place and (place.line, place.column) for place in places] == [(line, one[0]) for one in case["told"]]
    assert [[finding.code, finding.message, finding.hint] for finding in found] == [one[1:] for one in case["told"]]


def test_a_firm_words_the_footnotes_over_and_adds_its_own() -> None:
    library = (
        "library:\n  restricted: Unvested shares. They vest {vests}.\n"
        "  insider_trust: The shares of {name} are {what}.\n  weighted_average: 'Sold at {low} to {high}.'\n"
    )
    notes = "{amount: {insider_trust: {name: Roe, what: held}}, price: {weighted_average: {low: 2.5, high: 3.5}}}"
    entries = [
        "{date: 2026-11-18, grant: common, amount: 3, vests: soon}",
        f"{{date: 2026-11-18, sale: common, amount: 3, price: 3, notes: {notes}}}",
    ]
    texts = [note.text.text for note in composed(plan_of(entries, library=library)).filing.footnotes]
    assert texts[:2] == ["Unvested shares. They vest soon.", "The shares of Roe are held."]
    assert texts[2].startswith("This is a weighted average price.")  # one's own words are for the tool's own range


def test_a_long_footnote_is_divided_at_a_sentence_and_both_are_marked() -> None:
    sentence = "The reporting person disclaims beneficial ownership of these shares. "
    text = plan_text(
        transactions="transactions:\n  - {date: 2026-11-18, sale: common, amount: 1, price: 3, notes: {code: n}}\n",
        footnotes=f"footnotes:\n  n: {sentence * 16}\n",
    )
    composition = composed(text)
    first, second = (note.text.text for note in composition.filing.footnotes)
    assert (len(first), len(second)) == (14 * len(sentence) - 1, 2 * len(sentence) - 1)
    assert composition.filing.rows[0].coding.footnote_ids == ("F1", "F2")
    (note,) = composition.findings
    assert (note.code, note.message) == (
        "PLN026",
        f"a footnote of {16 * len(sentence) - 1:,} characters becomes 2, each ended at a sentence",
    )


def test_every_kind_of_footnote_names_facts_that_it_has() -> None:
    for kind in NOTE_KINDS.values():
        for words in (kind.words, *kind.also.values()):
            assert set(facts_in(words)) <= {*kind.facts, "holder"}, kind.name
        assert kind.also.keys() <= kind.facts.keys(), kind.name
