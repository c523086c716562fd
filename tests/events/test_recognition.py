"""What is no longer one event where a single cell of its lines is another, and is told line by line instead."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from form4_author.compose.composition import compose
from form4_author.decompose.decomposition import decompose
from form4_author.edgar import ownership_xml
from form4_author.filing import ABSENT, NO_FIELD, DocumentKind, Field, Filing, Value
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads
from form4_author.plan.writing import plan_text as written_plan
from tests.plans import composed, plan_text

EXERCISE = composed(
    plan_text(
        securities="securities:\n  common: Common Stock\n  option: {title: Option, underlying: common, "
        "exercise_price: 4.80, exercisable: 2024-05-14, expires: 2034-05-14}\n",
        opening="opening:\n  - {security: common, amount: 9000}\n  - {security: option, amount: 500}\n",
        transactions="transactions:\n  - {date: 2026-11-18, exercise: option, amount: 400, withheld: {amount: 150, "
        "price: 31.15}}\n",
    )
).filing
GIFT = composed(
    plan_text(
        opening="opening:\n  - {security: common, amount: 9000}\n"
        "  - {security: common, amount: 70, ownership: {indirect: By Trust}}\n",
        transactions="transactions:\n  - {date: 2026-11-18, gift: common, amount: 500, to: {indirect: By Trust}}\n",
        footnotes="footnotes: {n: A note.}\nremarks: Noted.\n",
    )
).filing
SHARES, WITHHELD, OPTION = ("table1", 0), ("table1", 1), ("table2", 0)
GIVEN, RECEIVED = ("table1", 0), ("table1", 1)
At = tuple[str, int]

#: What an event says once of all its lines: another text of it on one line alone.
SAID_ONCE = {
    "transaction_date": "2026-11-17",
    "deemed_execution_date": "2026-11-19",
    "form_type": "5",
    "timeliness": "E",
    "equity_swap": "1",
}


def changed(filing: Filing, at: At, **cells: str | None) -> Filing:
    """The filing with other texts in cells of one line; None takes a cell away."""
    table, index = at
    rows = list(getattr(filing, table))
    parts: dict[str, Value | Field] = {}
    for name, text in cells.items():
        old = getattr(rows[index], name)
        if isinstance(old, Value):
            parts[name] = ABSENT if text is None else Value(text)
        else:
            parts[name] = NO_FIELD if text is None else replace(old, value=Value(text), present=True)
    rows[index] = replace(rows[index], **parts)
    if table == "table1":
        return replace(filing, table1=tuple(rows))
    return replace(filing, table2=tuple(rows))


def kinds(filing: Filing) -> list[str]:
    """The kind of each entry of its plan, with the parts that an event has for more lines."""
    made = decompose(filing)
    told = []
    for entry in made.data["transactions"]:
        kind = next(kind for kind in ("exercise", "gift", "sale", "vest", "grant", "code") if kind in entry)
        told.append(" ".join([kind, *(part for part in ("withheld", "to") if part in entry)]))
    source = loads(written_plan(made.data, made.comments))
    back = compose(read_plan(source), source).filing
    assert document(back) == document(filing)
    return told


def document(filing: Filing) -> bytes:
    return ownership_xml.write(filing, kind=DocumentKind.FILER, cccs={})


def test_unchanged_they_are_one_event() -> None:
    assert kinds(EXERCISE) == ["exercise withheld"]
    assert kinds(GIFT) == ["gift to"]


@pytest.mark.parametrize(
    ("at", "cells"),
    [
        *((at, {name: text}) for at in (SHARES, OPTION) for name, text in SAID_ONCE.items()),
        *((at, {"code": "C"}) for at in (SHARES, OPTION)),
        *((at, {"direct_or_indirect": "I", "nature_of_ownership": "By Trust"}) for at in (SHARES, OPTION)),
        (SHARES, {"acquired_disposed": "D"}),
        (OPTION, {"acquired_disposed": "A"}),
        (SHARES, {"shares": "300"}),
        (OPTION, {"shares": "300"}),
        (SHARES, {"security_title": "Preferred Stock"}),
        (OPTION, {"underlying_shares": None, "underlying_value": "400"}),
    ],
)
def test_lines_of_both_tables_that_differ_are_no_exercise(at: At, cells: dict[str, str | None]) -> None:
    assert kinds(changed(EXERCISE, at, **cells)) == ["code", "code", "code"]


def test_lines_with_a_code_that_exercises_nothing_are_no_exercise() -> None:
    for code, kind in (("J", "code"), ("A", "grant")):
        found = kinds(changed(changed(EXERCISE, SHARES, code=code), OPTION, code=code))
        assert sorted(found) == sorted([kind, "vest", "code"])
    for code in ("C", "O", "X"):
        assert kinds(changed(changed(EXERCISE, SHARES, code=code), OPTION, code=code)) == ["exercise withheld"]


@pytest.mark.parametrize(
    "cells",
    [
        *({name: text} for name, text in SAID_ONCE.items()),
        {"code": "S"},
        {"acquired_disposed": "A"},
        {"direct_or_indirect": "I", "nature_of_ownership": "By Trust"},
        {"security_title": "Preferred Stock"},
        {"shares": "400.01"},
    ],
)
def test_a_line_that_differs_is_not_of_shares_withheld(cells: dict[str, str | None]) -> None:
    """One of a day on which nothing was exercised is of stock that was reported at grant."""
    alone = "vest" if "transaction_date" in cells else "sale" if cells.get("code") == "S" else "code"
    assert kinds(changed(EXERCISE, WITHHELD, **cells)) == ["exercise", alone]


def test_all_that_came_in_may_be_withheld() -> None:
    assert kinds(changed(EXERCISE, WITHHELD, shares="400")) == ["exercise withheld"]


@pytest.mark.parametrize(
    "cells",
    [
        *({name: text} for name, text in SAID_ONCE.items()),
        {"code": "J"},
        {"acquired_disposed": "D"},
        {"direct_or_indirect": "D", "nature_of_ownership": None},
        {"security_title": "Preferred Stock"},
        {"shares": "499"},
    ],
)
def test_a_line_that_differs_is_not_the_receiver_s(cells: dict[str, str | None]) -> None:
    told = kinds(changed(GIFT, RECEIVED, **cells))
    assert told == ["gift", "gift" if cells == {"acquired_disposed": "D"} else "code"]


@pytest.mark.parametrize("cells", [{"code": "J"}, {"acquired_disposed": "A"}])
def test_a_line_that_is_no_gift_s_has_no_receiver(cells: dict[str, str | None]) -> None:
    assert kinds(changed(GIFT, GIVEN, **cells)) == ["code", "code"]


AWARDS = composed(
    plan_text(
        securities="securities:\n  common: Common Stock\n  unit: {title: Units, underlying: common, "
        "exercise_price: {note: n}, exercisable: {note: n}, expires: {note: n}}\n",
        opening="opening: {common: 500, unit: 40}\n",
        transactions="transactions:\n"
        "  - {date: 2026-11-18, grant: common, amount: 30, price: 0.00}\n"
        "  - {date: 2026-11-18, grant: common, amount: 20, price: 31.15}\n"
        "  - {date: 2026-11-18, grant: common, amount: 10, price: none, notes: {price: n}}\n"
        "  - {date: 2026-11-18, grant: unit, amount: 7, underlying_amount: 7.0}\n"
        "  - {date: 2026-11-18, vest: common, price: 31.15, withhold: 5}\n"
        "  - {date: 2026-11-18, vest: common, withhold: {amount: 5, price: 31.15, notes: {amount: n}}}\n",
        footnotes="footnotes: {n: A note.}\n",
        event_notes="event_notes: no\n",
    )
).filing


def test_awards_at_any_price_and_shares_withheld_alone_come_back_as_they_were_written() -> None:
    made = decompose(AWARDS)
    assert kinds(AWARDS) == ["grant", "grant", "grant", "vest", "vest", "grant"]
    parts = [{key: part for key, part in entry.items() if key != "date"} for entry in made.data["transactions"]]
    note = next(iter(made.data["footnotes"]))
    assert parts == [
        {"grant": "common", "amount": "30", "price": "0.00"},
        {"grant": "common", "amount": "20", "price": "31.15"},
        {"grant": "common", "amount": "10", "price": "none", "notes": {"price": note}},
        {"vest": "common", "price": "31.15", "withhold": "5"},
        {"vest": "common", "withhold": {"amount": "5", "price": "31.15", "notes": {"amount": note}}},
        {"grant": "unit", "amount": "7", "underlying_amount": "7.0"},
    ]
    assert made.data["event_notes"] == "no"
