"""Footnotes of a plan: their numbers, and the order of their marks."""

from __future__ import annotations

from tests.compose.test_composition import OPTION
from tests.plans import composed, plan_text, told


def test_footnotes_are_numbered_as_one_reads_the_form() -> None:
    filing = composed(
        plan_text(
            securities=OPTION.replace("exercisable: 2024-05-14", "exercisable: {note: vest}"),
            opening="",
            transactions="transactions:\n"
            "  - {date: 2026-11-18, exercise: option, amount: 10,000, notes: {code: [plan, early]}}\n"
            "  - date: 2026-11-18\n    code: S\n    security: common\n    amount: 10,000\n    price: 22.5307\n"
            "    notes: {price: range, acquired_or_disposed: letter, code: plan, balance: same}\n",
            footnotes="footnotes:\n  vest: Vested.\n  range: {weighted_average: {low: 22.5, high: 22.71}}\n"
            "  early: E\n  plan: P\n  letter: L\n  same: P\n",
        )
    ).filing
    assert [(f.id.text, f.text.text[:10]) for f in filing.footnotes] == [
        ("F1", "P"),
        ("F2", "E"),
        ("F3", "L"),
        ("F4", "This is a "),
        ("F5", "Vested."),
    ]
    sale = filing.table1[1]
    assert (sale.coding.footnote_ids, sale.acquired_disposed.footnote_ids, sale.price_per_share.footnote_ids) == (
        ("F1",),
        ("F3",),
        ("F4",),
    )
    assert sale.shares_owned_following.footnote_ids == ("F1",), "the same text twice is one footnote"
    assert filing.table2[0].exercise_date.footnote_ids == ("F5",)
    assert filing.footnotes[3].text.text == (
        "This is a weighted average price. The securities were traded in several transactions at prices from $22.50 to "
        "$22.71. The reporting person undertakes to provide, on request, to the staff of the Securities and Exchange "
        "Commission, the issuer or a security holder of the issuer, full information on the number of securities "
        "traded at each separate price within that range."
    )


def test_numbers_that_the_plan_gives_stand_in_the_plans_order() -> None:
    text = plan_text(
        transactions="transactions:\n  - date: 2026-11-18\n    code: S\n    security: common\n    amount: 1\n"
        "    price: 2\n    notes: {code: a, price: b}\n",
        footnotes="footnotes:\n  b: {text: B, number: 7}\n  a: {text: A, number: 3}\n",
    )
    filing = composed(text).filing
    assert [(f.id.text, f.text.text) for f in filing.footnotes] == [("F7", "B"), ("F3", "A")]
    assert told(text.replace("number: 3", "number: 7")) == ["19:3 PLN011 footnotes a and b both have the number 7"]


def test_the_marks_of_a_cell_stand_in_the_order_of_their_numbers() -> None:
    """Whichever is named first in the plan; numbers that the plan gives are the author's own order."""
    text = plan_text(
        transactions="transactions:\n  - date: 2026-11-18\n    code: S\n    security: common\n    amount: 1\n"
        "    price: 2\n    notes: {code: b, price: [a, b]}\n",
        footnotes="footnotes:\n  a: A\n  b: B\n",
    )
    (row,) = composed(text).filing.table1
    assert (row.coding.footnote_ids, row.price_per_share.footnote_ids) == (("F1",), ("F1", "F2"))
    given = text.replace("  a: A\n  b: B\n", "  a: {text: A, number: 2}\n  b: {text: B, number: 1}\n")
    assert composed(given).filing.table1[0].price_per_share.footnote_ids == ("F2", "F1")


def test_a_footnote_that_nothing_refers_to_is_kept_for_the_rules_to_report() -> None:
    filing = composed(plan_text(footnotes="footnotes:\n  stray: Nothing.\n")).filing
    assert [(f.id.text, f.text.text) for f in filing.footnotes] == [("F1", "Nothing.")]
