"""A footnote takes nothing away: what is derived stays beside it, and the mark stands on the form or is refused."""

from __future__ import annotations

from itertools import product

import pytest

from form4_author.compose.composition import Composition
from form4_author.filing import Value
from form4_author.filing.marks import with_marks
from form4_author.plan.entries.shared import LineNotes
from tests.plans import composed, plan_text, told
from tests.words import values

#: One entry of every shape, `%s` where footnotes go.
ENTRIES = {
    "a line of Table I": "{date: 2026-11-18, code: S, security: common, amount: 1, price: 3%s}",
    "a line of Table II": "{date: 2026-11-18, code: A, security: option, amount: 1, price: 3%s}",
    "a holding": "{holding: common%s}",
    "a holding with its amount": "{holding: common, amount: 12500%s}",
    "a holding with its balance": "{holding: common, restated_balance: 100%s}",
    "a holding of a derivative": "{holding: option%s}",
    "an indirect line": "{date: 2026-11-18, code: S, security: common, amount: 1, price: 3, "
    "ownership: {indirect: T}%s}",
    "an exercise": "{date: 2026-11-18, exercise: option, amount: 5%s}",
    "its line of Table I": "{date: 2026-11-18, exercise: option, amount: 5, table_1: {balance: 12505%s}}",
    "its line of Table II": "{date: 2026-11-18, exercise: option, amount: 5, table_2: {balance: 4995%s}}",
    "what is withheld": "{date: 2026-11-18, exercise: option, amount: 5, withheld: {amount: 2, price: 3%s}}",
    "a gift": "{date: 2026-11-18, gift: common, amount: 5, to: {indirect: T}%s}",
    "what is received": "{date: 2026-11-18, gift: common, amount: 5, to: {indirect: T}, received: {balance: 105%s}}",
    "a gift of a derivative": "{date: 2026-11-18, gift: option, amount: 5%s}",
}


def text_with(entry: str, notes: str = "") -> str:
    """A plan with the entry, and a line below it that refers to the footnote too."""
    return plan_text(
        securities="securities:\n  common: Common Stock\n  option: {title: Option, underlying: common, "
        "exercise_price: 4.80, exercisable: 2024-05-14, expires: 2034-05-14}\n",
        opening="opening:\n  - {security: common, amount: 12500}\n  - {security: option, amount: 5000}\n"
        "  - {security: common, amount: 100, ownership: {indirect: T}}\n",
        transactions=f"transactions:\n  - {entry % notes}\n"
        "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 3, notes: {code: q}}\n",
        footnotes="footnotes:\n  q: See the plan.\n",
    )


def without_marks(composition: Composition) -> list[tuple[str, str]]:
    """What the lines say, footnotes aside."""
    filing = composition.filing
    plain = tuple(with_marks(row, lambda _marks: ()) for row in (*filing.table1, *filing.table2))
    return list(values(plain))


def number_of_marks(composition: Composition) -> int:
    found: list[Value] = []

    def keep(marks: tuple[Value, ...]) -> tuple[Value, ...]:
        found.extend(marks)
        return marks

    for row in (*composition.filing.table1, *composition.filing.table2):
        with_marks(row, keep)
    return len(found)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_a_footnote_on_any_column_leaves_every_value_and_is_on_the_form_or_refused(entry: str) -> None:
    before = composed(text_with(entry))
    assert before.complete
    shown = 0
    for column in LineNotes.model_fields:
        after = composed(text_with(entry, f", notes: {{{column}: q}}"))
        if after.complete:
            shown += 1
            assert number_of_marks(after) > number_of_marks(before), column
            assert without_marks(after) == without_marks(before), column
    assert shown >= 4


def test_a_derived_price_stays_beside_its_footnote_and_none_leaves_it_out() -> None:
    exercise = "{date: 2026-11-18, exercise: option, amount: 5%s, notes: {price: q}}"
    gift = "{date: 2026-11-18, gift: common, amount: 5%s, notes: {price: q}}"
    prices = [
        composed(text_with(entry, price)).filing.table1[0].price_per_share.text
        for entry, price in product((exercise, gift), ("", ", price: none", ", price: 2.50"))
    ]
    assert prices == ["4.80", "", "2.50", "0", "", "2.50"]
    halves = "{date: 2026-11-18, exercise: option, amount: 5, table_%s: {price: none, notes: {price: q}}}"
    filing = composed(text_with(halves, "1")).filing
    assert (filing.table1[0].price_per_share.text, filing.table2[0].price_per_share.text) == ("", "0")
    filing = composed(text_with(halves, "2")).filing
    assert (filing.table1[0].price_per_share.text, filing.table2[0].price_per_share.text) == ("4.80", "")


def test_a_price_that_is_neither_given_nor_noted_is_missing() -> None:
    for entry in ("{date: 2026-11-18, exercise: option, amount: 5%s}", "{date: 2026-11-18, gift: common, amount: 5%s}"):
        assert told(text_with(entry, ", price: none")) == [
            "13:5 PLN001 price is missing: it is neither given nor noted"
        ]


def test_a_holding_has_nothing_of_a_transaction_to_note() -> None:
    text = text_with("{holding: common, notes: {ownership: q%s}}", ", price: q, date: [q]")
    assert told(text) == [
        "13:52 PLN011 a holding has no price to note",
        "13:61 PLN011 a holding has no date to note",
    ]
