"""What is too much for one form: which lines stand on which, with their balances, footnotes and remarks."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from form4_author.compose.composition import Composition, compose
from form4_author.compose.parting import parted
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads
from tests.plans import plan_text

OPTION = "{title: Option, underlying: common, exercise_price: 4, exercisable: 2024-01-01, expires: 2034-01-01}"
HELD = "opening: {common: 100000, option: 100000}\n"


def parts(text: str) -> tuple[Composition, ...]:
    source = loads(text)
    plan = read_plan(source)
    composition = compose(plan, source)
    assert composition.complete, composition.findings
    return parted(composition, plan)


def sales(days: Sequence[str], notes: str = "") -> str:
    return "".join(
        f"  - {{date: {day}, code: S, security: common, amount: {at}, price: 31{notes.format(at)}}}\n"
        for at, day in enumerate(days, 1)
    )


def plan(transactions: str, rest: str = "", **more: str) -> str:
    return plan_text(
        securities=f"securities:\n  common: Common Stock\n  option: {OPTION}\n",
        opening=HELD,
        transactions=f"transactions:\n{transactions}{rest}",
        **more,
    )


def counts(found: Sequence[Composition]) -> list[tuple[int, int]]:
    return [(len(one.filing.table1), len(one.filing.table2)) for one in found]


def test_a_form_that_holds_all_is_left_alone() -> None:
    source = loads(plan(sales(["2026-11-18"] * 30)))
    read = read_plan(source)
    composition = compose(read, source)
    assert parted(composition, read) == (composition,)


def test_lines_go_on_with_their_balances_and_holdings_stand_on_the_last() -> None:
    holdings = "holdings:\n  - {security: option}\n"
    first, second = parts(plan(sales(["2026-11-18"] * 29 + ["2026-11-19"] * 3), holdings, remarks="remarks: Mine.\n"))
    assert counts((first, second)) == [(30, 0), (2, 1)]
    assert [row.shares.text for row in second.filing.table1] == ["31", "32"]
    assert first.filing.table1[-1].shares_owned_following.text == str(100000 - sum(range(1, 31)))
    assert second.filing.table1[0].shares_owned_following.text == str(100000 - sum(range(1, 32)))
    assert [one.filing.period_of_report.text for one in (first, second)] == ["2026-11-18", "2026-11-19"]
    assert [one.filing.remarks.text for one in (first, second)] == [
        f"Mine.\n\nForm {number} of 2: what is reported here is more than one form holds." for number in (1, 2)
    ]
    (note,) = [finding for finding in first.findings if finding.code == "PLN023"]
    assert note.message == "32 lines in Table I are more than one form holds: 2 forms are made of it"
    assert note.origin.position is not None
    assert note.origin.position.line == 40
    assert note in second.findings
    assert second.derivations[-1].what == "Table II, line 1, column 9"
    assert {one.what for one in second.derivations if "Table I," in one.what and "column 5" in one.what} == {
        "Table I, line 1, column 5",
        "Table I, line 2, column 5",
    }


def test_the_lines_of_an_event_stay_together() -> None:
    exercise = "  - {date: 2026-11-19, exercise: option, amount: 5, withheld: {amount: 2, price: 31}}\n"
    found = parts(plan(sales(["2026-11-18"] * 29), exercise))
    assert counts(found) == [(29, 0), (2, 1)]
    assert [row.code.text for row in found[1].filing.rows] == ["M", "F", "M"]


def test_an_event_of_more_lines_is_parted_between_its_days() -> None:
    fills = "".join(
        f"{day},{price}.00,1\n"
        for day, number in (("2026-11-18", 20), ("2026-11-19", 20))
        for price in range(2, 2 * number + 1, 2)
    )
    source_text = plan("  - {date: 2026-11-18, code: S, security: common, fills: f.csv}\n")
    assert counts(of_fills(source_text, fills)) == [(20, 0), (20, 0)]
    days = "".join(f"2026-11-{day},{price}.00,1\n" for day in (17, 18, 19) for price in range(2, 2 * 20 + 1, 2))
    found = of_fills(source_text.replace("date: 2026-11-18, code", "date: 2026-11-17, code"), days)
    assert counts(found) == [(30, 0), (30, 0)]  # as few as may be, also where a day is torn


def of_fills(text: str, fills: str) -> tuple[Composition, ...]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "f.csv").write_text("date,price,quantity\n" + fills)
        source = loads(text, folder=folder)
        read = read_plan(source)
        composition = compose(read, source, folder=folder, root=folder)
        assert composition.complete, composition.findings
        return parted(composition, read)


def test_footnotes_are_those_of_the_form_numbered_anew() -> None:
    notes = "footnotes:\n" + "".join(f"  n{at}: Note {at}.\n" for at in range(1, 33)) + "  all: All.\n  none: None.\n"
    transactions = sales(["2026-11-18"] * 32, ", notes: {{price: [all, n{}]}}")
    first, second = parts(plan(transactions, notes))
    assert [note.text.text for note in second.filing.footnotes] == ["All.", "Note 31.", "Note 32.", "None."]
    assert [note.id.text for note in second.filing.footnotes] == ["F1", "F2", "F3", "F4"]
    assert [row.price_per_share.footnote_ids for row in second.filing.table1] == [("F1", "F2"), ("F1", "F3")]
    assert len(first.filing.footnotes) == 31
    assert first.filing.table1[0].price_per_share.footnote_ids == ("F1", "F2")


def test_numbers_that_the_plan_gives_stand() -> None:
    notes = "footnotes:\n  a: {text: A., number: 7}\n  b: {text: B., number: 9}\n"
    transactions = sales(["2026-11-18"] * 30, ", notes: {{price: a}}") + sales(["2026-11-18"], ", notes: {{price: b}}")
    first, second = parts(plan(transactions, notes))
    assert [[note.id.text for note in one.filing.footnotes] for one in (first, second)] == [["F7"], ["F9"]]


def test_more_footnotes_than_a_form_holds() -> None:
    notes = "footnotes:\n" + "".join(f"  n{at}: Note {at}.\n" for at in range(1, 121))
    lists = ["[" + ", ".join(f"n{line * 6 + at}" for at in range(1, 7)) + "]" for line in range(20)]
    transactions = "".join(
        f"  - {{date: 2026-11-18, code: S, security: common, amount: 1, price: 31, notes: {{price: {one}}}}}\n"
        for one in lists
    )
    found = parts(plan(transactions, notes))
    assert counts(found) == [(16, 0), (4, 0)]
    assert [len(one.filing.footnotes) for one in found] == [96, 24]
    (note,) = [finding for finding in found[0].findings if finding.code == "PLN023"]
    assert note.message == "120 footnotes are more than one form holds: 2 forms are made of it"


def owners(number: int, signs: str) -> str:
    listed = "".join(
        f'  - {{cik: {1999999200 + at}, name: "Fund {at}, L.P.", ten_percent_owner: yes, {signs.format(at)}}}\n'
        for at in range(1, number + 1)
    )
    return f"owners:\n{listed}"


def test_more_owners_than_a_form_holds() -> None:
    signed = {"signatures": "signed: 2026-11-20\n"}
    found = parts(plan(sales(["2026-11-18"]), owners=owners(12, "signs: S{}"), **signed))
    assert [[owner.cik.text for owner in one.filing.owners] for one in found] == [
        [str(1999999200 + at) for at in range(1, 11)],
        ["1999999211", "1999999212"],
    ]
    assert [[one.name.text for one in part.filing.signatures] for part in found] == [
        [f"S{at}" for at in range(1, 11)],
        ["S11", "S12"],
    ]
    assert counts(found) == [(1, 0), (1, 0)]
    assert found[0].filing.remarks.text == (
        "Form 1 of 2: what is reported here is more than one form holds.\n\n"
        "The other reporting persons of this group are Fund 11, L.P.; Fund 12, L.P."
    )


def test_too_many_lines_and_owners_at_once() -> None:
    found = parts(plan(sales(["2026-11-18"] * 31), owners=owners(11, "director: yes")))
    assert [(len(one.filing.owners), len(one.filing.table1)) for one in found] == [(10, 30), (1, 30), (10, 1), (1, 1)]
    assert [one.filing.remarks.text[:11] for one in found] == [
        "Form 1 of 4",
        "Form 2 of 4",
        "Form 3 of 4",
        "Form 4 of 4",
    ]
    assert [len(one.filing.signatures) for one in found] == [1, 1, 1, 1]


def test_a_stated_period_stands_on_each() -> None:
    stated = {"form": "period_of_report: 2026-11-17\n"}
    found = parts(plan(sales(["2026-11-18"] * 31), **stated))
    assert [one.filing.period_of_report.text for one in found] == ["2026-11-17", "2026-11-17"]


def test_a_form_5_keeps_its_year_and_each_part_the_boxes_of_its_own_lines() -> None:
    lines = sales(["2026-08-03"] * 31).replace("price: 31", "price: 31, late: form 4")
    late = "holdings:\n  - {security: common, amount: 9, ownership: {indirect: By Spouse}, late: form 3}\n"
    found = parts(plan(lines, late, form="form: 5\nfiscal_year_ended: 2026-12-31\n"))
    assert [(one.filing.period_of_report.text, one.filing.form3_holdings_reported.text) for one in found] == [
        ("2026-12-31", "0"),
        ("2026-12-31", "1"),
    ]
    assert [one.filing.form4_transactions_reported.text for one in found] == ["1", "1"]


@pytest.mark.parametrize(("lines", "forms"), [(2400, 80), (2401, 81)])
def test_very_many_lines(lines: int, forms: int) -> None:
    text = plan(sales(["2026-11-18"] * lines).replace("amount: 2", "amount: 1")).replace("100000", "9000000")
    assert len(parts(text)) == forms
