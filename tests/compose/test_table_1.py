"""What only Table II has a column for, said of a line of Table I: refused at its key, with a way out that works."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plans import composed, findings_of, plan_text, told

OPTION = "exercise_price: 4, exercisable: 2024-11-18, expires: 2030-11-18"


def text_with(*entries: str, common: str = "Common Stock", part: str = "transactions") -> str:
    listed = "".join(f"  - {entry}\n" for entry in entries)
    return plan_text(
        securities=f"securities:\n  common: {common}\n  option: {{title: Option, underlying: common, {OPTION}}}\n",
        opening="opening:\n  - {security: common, amount: 12500}\n  - {security: option, amount: 900}\n",
        **{"transactions": "", "period_of_report": "period_of_report: 2026-11-18\n", part: f"{part}:\n{listed}"},
        footnotes="footnotes:\n  n: A note.\n",
    )


def test_each_key_is_refused_at_its_place() -> None:
    assert told(
        text_with(
            "{date: 2026-11-18, code: S, security: common, amount: 1, price: 3, exercise_price: 9}",
            "{date: 2026-11-18, code: S, security: common, amount: 1, price: 3, underlying_amount: 9}",
            "{date: 2026-11-18, code: S, security: common, amount: 1, price: 3, underlying_value: 9}",
            "{date: 2026-11-18, code: S, security: common, amount: 1, price: 3, underlying_value: none}",
            "{holding: common, underlying_amount: none, notes: {expires: n, underlying: n}}",
            "{date: 2026-11-18, exercise: option, amount: 5, table_1: {underlying_amount: 3, notes: {expires: n}}}",
            "{date: 2026-11-18, gift: common, amount: 5, to: {indirect: T}, received: {restated_balance: 5, "
            "underlying_amount: 3}}",
        )
    ) == [
        "12:88 PLN011 common stands in Table I, which has no exercise_price",
        "13:91 PLN011 common stands in Table I, which has no underlying_amount",
        "14:90 PLN011 common stands in Table I, which has no underlying_value",
        "15:90 PLN011 common stands in Table I, which has no underlying_value",
        "16:42 PLN011 common stands in Table I, which has no underlying_amount",
        "16:65 PLN011 common stands in Table I, which has no expires to note",
        "16:80 PLN011 common stands in Table I, which has no underlying to note",
        "17:82 PLN011 common stands in Table I, which has no underlying_amount",
        "17:102 PLN011 common stands in Table I, which has no expires to note",
        "18:119 PLN011 common stands in Table I, which has no underlying_amount",
    ]


def test_a_file_of_executions_tells_it_once(tmp_path: Path) -> None:
    (tmp_path / "fills.csv").write_text("quantity,price\n1,5\n1,7.50\n")
    entry = "{date: 2026-11-18, code: S, security: common, fills: fills.csv, exercise_price: 9, notes: {expires: n}}"
    assert told(text_with(entry), tmp_path) == [
        "12:85 PLN011 common stands in Table I, which has no exercise_price",
        "12:105 PLN011 common stands in Table I, which has no expires to note",
    ]


def test_a_security_that_lacks_what_makes_it_a_derivative_is_told_once() -> None:
    entry = "{holding: common, exercise_price: 3}"
    text = text_with(entry, entry, common=f"{{title: Warrant, {OPTION}, notes: {{expires: n}}}}")
    said = "exercise_price, exercisable, expires, notes.expires"
    assert told(text) == [f"6:44 PLN011 common is no derivative, and no line of Table I shows its {said}"]
    (finding,) = findings_of(text)
    assert finding.hint == (
        "If it is one, write underlying: with the name of the security underneath, or {title: ...}; if not, delete "
        f"{said}."
    )
    derivative = f"{{title: Warrant, underlying: {{title: Common Stock}}, {OPTION}, notes: {{expires: n}}}}"
    assert told(text_with(entry, common=derivative)) == []
    assert told(text_with("{holding: common}", common="{title: Warrant}")) == []


@pytest.mark.parametrize("key", ["exercise_price: 9", "underlying_amount: 9", "notes: {expires: n}"])
def test_the_way_out_is_accepted(key: str) -> None:
    found = findings_of(text_with(f"{{holding: common, {key}}}"))
    assert [finding.hint for finding in found] == [
        "Delete it; or, if common is a derivative, give it underlying: under securities."
    ]
    assert told(text_with("{holding: common}")) == []
    derivative = f"{{title: Warrant, underlying: {{title: Common Stock}}, {OPTION}}}"
    assert told(text_with(f"{{holding: common, {key}}}", common=derivative)) == []


def test_what_an_exercise_notes_of_table_2_stands_there_alone() -> None:
    text = text_with(
        "{date: 2026-11-18, exercise: option, amount: 5, notes: {exercise_price: n, underlying: n, code: n}}"
    )
    filing = composed(text).filing
    assert [len(row.conversion_or_exercise_price.footnotes) for row in (*filing.table1, *filing.table2)] == [0, 1]
    assert [len(row.underlying_title.footnotes) for row in (*filing.table1, *filing.table2)] == [0, 1]
    assert [len(row.coding.footnotes) for row in (*filing.table1, *filing.table2)] == [1, 1]


def test_what_a_gift_says_of_a_receiver_that_it_lacks() -> None:
    gift = "{date: 2026-11-18, gift: common, amount: 5, "
    text = text_with(f"{gift}received: {{price: 0}}}}")
    assert told(text) == ["12:59 PLN011 received is about the receiver's line, which only to: writes"]
    assert told(text_with(f"{gift}to: {{indirect: T}}, received: {{restated_balance: 5}}}}")) == []
    both = f"{gift}to: {{indirect: T}}, received: {{restated_balance: 5, ownership: %s}}}}"
    assert told(text_with(both % "{indirect: T}")) == []
    assert told(text_with(both % "{indirect: U}")) == [
        "12:111 PLN011 to and received.ownership both tell the receiver's ownership"
    ]


@pytest.mark.parametrize(
    ("keys", "column", "said"),
    [
        ("amount: 12500, value: 9", 45, "amount and value"),
        ("amount: 12500, balance: 9", 47, "amount and balance"),
        ("value: 9, restated_balance: 9", 51, "value and restated_balance"),
        ("balance: 9, balance_value: 9", 50, "balance and balance_value"),
        ("amount: 12500, value: 9, balance: 3", 45, "amount and value and balance"),
    ],
)
def test_a_holding_says_once_what_is_held(keys: str, column: int, said: str) -> None:
    found = told(text_with(f"{{holding: common, {keys}}}"))
    assert f"12:{column} PLN011 {said} say the same thing" in found
    assert all(" PLN011 " in line or " BAL" in line for line in found)
