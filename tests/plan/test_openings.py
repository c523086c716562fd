"""Opening balances said in short: what they stand for, and where each part of them stands."""

from __future__ import annotations

import pytest

from form4_author.findings import Rejected
from form4_author.plan.source import Source, loads
from tests.plans import composed, plan_text, told


def entries(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = loads(text).data["opening"]
    return found


def at(source: Source, *key: str | int) -> str:
    position = source.origin(("opening", *key)).position
    assert position is not None
    return f"{position.line}:{position.column}"


def test_a_plain_mapping_is_what_is_held_directly() -> None:
    source = loads("securities: {common: C, rsu: R}\nopening: {common: 18250, rsu: 3600}\n")
    assert source.data["opening"] == [{"security": "common", "amount": "18250"}, {"security": "rsu", "amount": "3600"}]
    assert [at(source, 0), at(source, 0, "security"), at(source, 0, "amount")] == ["2:11", "2:11", "2:19"]
    assert [at(source, 1), at(source, 1, "security"), at(source, 1, "amount")] == ["2:26", "2:26", "2:31"]


def test_lists_and_amounts_by_holder() -> None:
    assert entries(
        "opening:\n"
        "  - {security: [a, b], amount: 0, ownership: [fund, {indirect: By Trust}]}\n"
        "  - {security: c, amount: {fund: 30, direct: 1}}\n"
        "  - {security: d, value: {fund: 7}}\n"
        "  - {security: e, amount: 5}\n"
    ) == [
        {"security": "a", "amount": "0", "ownership": "fund"},
        {"security": "a", "amount": "0", "ownership": {"indirect": "By Trust"}},
        {"security": "b", "amount": "0", "ownership": "fund"},
        {"security": "b", "amount": "0", "ownership": {"indirect": "By Trust"}},
        {"security": "c", "amount": "30", "ownership": "fund"},
        {"security": "c", "amount": "1", "ownership": "direct"},
        {"security": "d", "value": "7", "ownership": "fund"},
        {"security": "e", "amount": "5"},
    ]


def test_each_part_stands_where_it_was_written() -> None:
    source = loads(
        "opening:\n"
        "  - security: [a, b]\n"
        "    ownership: [fund, {indirect: By Trust}]\n"
        "    amount: 0\n"
        "  - {security: c, amount: {fund: 30, aff: 1}}\n"
    )
    assert [at(source, index, "security") for index in range(4)] == ["2:16", "2:16", "2:19", "2:19"]
    assert [at(source, 1, "ownership", "indirect"), at(source, 2, "ownership")] == ["3:34", "3:17"]
    assert [at(source, 3, "amount"), at(source, 3)] == ["4:13", "2:5"]
    assert [at(source, 5, "ownership"), at(source, 5, "amount"), at(source, 5, "security")] == ["5:38", "5:43", "5:16"]


def test_balances_go_on_from_them() -> None:
    found = composed(
        plan_text(
            opening="opening:\n  - {security: common, amount: {fund: 3,000, direct: 500}}\n",
            securities="securities: {common: Common Stock}\nownership_lines: {fund: {indirect: By Fund}}\n",
            transactions="transactions:\n"
            "  - {date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31, ownership: fund}\n"
            "  - {date: 2026-11-18, code: S, security: common, amount: 100, price: 31}\n",
        )
    )
    assert found.findings == ()
    assert [row.shares_owned_following.text for row in found.filing.table1] == ["2000", "400"]


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        ("{comon: 5}", '5:11 PLN010 "comon" is not defined under securities'),
        ("{common: five}", '5:19 PLN004 "five" is not an amount'),
        ("{common: [5]}", "5:19 PLN003 an amount must stand here, not a list"),
        ("{common: }", "5:11 PLN001 amount is left empty in opening 1"),
        ("[{security: [common, x], amount: 5000}]", '5:31 PLN010 "x" is not defined under securities'),
        ("[{security: common, amount: {fond: 5, direct: 5000}}]", '5:39 PLN007 "fond" is not a form of ownership'),
        ("[{security: common, amount: {direct: 1-}}]", '5:47 PLN004 "1-" is not an amount'),
        (
            "[{security: common, amount: {direct: 5}, ownership: direct}]",
            "5:38 PLN003 an amount must stand here, not a mapping of keys",
        ),
        ("{security: common, amount: 5}", "5:10 PLN003 a list must stand here: lines that begin with -"),
        ("[]", "7:5 PLN012 the amount of common owned after this line can't be derived"),
        ("[{security: [], amount: 5}]", "7:5 PLN012 the amount of common owned after this line can't be derived"),
        ("[5, {security: [common], amount: 5000}]", "5:11 PLN003 a mapping of keys must stand here: `key: value`"),
    ],
)
def test_mistakes_are_told_at_their_own_place(opening: str, said: str) -> None:
    text = plan_text(
        owners="owners: [{cik: 1999999101, name: Roe Jane, director: yes}]\n",
        securities="securities: {common: Common Stock}\n",
        opening=f"opening: {opening}\n",
    )
    assert told(text) == [said]


def test_more_than_a_plan_can_have() -> None:
    names = ", ".join(f"s{number}" for number in range(1000))
    with pytest.raises(Rejected) as caught:
        loads(f"opening:\n  - {{security: [{names}], ownership: [{names}], amount: 1}}\n")
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == ("YML003", "the opening balances are more than 50,000")
    assert finding.origin.position is not None
    assert finding.origin.position.line == 2
