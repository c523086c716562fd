"""Each transaction once: amendments, several forms of one trade, several people and issuers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from form4_author.short_swing.answers import answer
from form4_author.short_swing.statements import in_order
from form4_author.short_swing.trades import Insider, insiders
from tests.documents import group, leaf
from tests.short_swing.histories import amendment, filed, history, line, people, read, trade

SALE = line("2026-11-18", "S", "1000", "20", "D", "9000")


def sold(*texts: str) -> list[tuple[str, str, str, int]]:
    """Day, shares and price of each transaction of the only insider, and the file it is taken from."""
    (insider,) = people(*texts)
    return [told(insider, at) for at in range(len(insider.trades))]


def told(insider: Insider, at: int) -> tuple[str, str, str, int]:
    one = insider.trades[at]
    row = one.row
    return str(one.day), row.shares.text, row.price_per_share.text, int(one.file.partition(".")[0])


def test_an_amendment_takes_the_place_of_what_it_corrects() -> None:
    corrected = line("2026-11-18", "S", "1000", "20.5", "D", "9000")
    assert sold(filed(SALE), amendment(corrected, of="2026-11-20")) == [("2026-11-18", "1000", "20.5", 2)]
    fewer = line("2026-11-18", "S", "100", "20", "D", "9900")
    assert sold(filed(SALE), amendment(fewer, of="2026-11-20")) == [("2026-11-18", "100", "20", 2)]


def test_a_forgotten_line_joins_what_was_reported() -> None:
    forgotten = line("2026-11-18", "S", "500", "20", "D", "8500")
    assert sold(filed(SALE), amendment(forgotten, of="2026-11-20")) == [
        ("2026-11-18", "1000", "20", 1),
        ("2026-11-18", "500", "20", 2),
    ]


def test_an_amendment_that_restates_all_lines_adds_only_the_new_one() -> None:
    other = line("2026-11-18", "S", "500", "21", "D", "8500")
    third = line("2026-11-18", "S", "200", "22", "D", "8300")
    assert sold(filed(SALE, other), amendment(SALE, other, third, of="2026-11-20")) == [
        ("2026-11-18", "1000", "20", 2),
        ("2026-11-18", "500", "21", 2),
        ("2026-11-18", "200", "22", 2),
    ]


def test_the_second_amendment_amends_the_first() -> None:
    first = amendment(line("2026-11-18", "S", "1000", "20.5", "D", "9000"), of="2026-11-20")
    second = amendment(line("2026-11-18", "S", "1000", "20.25", "D", "9000"), of="2026-11-20")
    assert sold(filed(SALE), first, second) == [("2026-11-18", "1000", "20.25", 3)]


def test_an_amendment_of_another_period_amends_nothing() -> None:
    other = amendment(line("2026-11-18", "S", "1000", "20.5", "D", "9000"), of="2026-11-20")
    other = other.replace("<periodOfReport>2026-11-18", "<periodOfReport>2026-11-03")
    assert len(sold(filed(SALE), other)) == 2


@pytest.mark.parametrize(("filed_on", "kept"), [("2026-11-20", ["20.5"]), ("2026-11-19", ["20", "20.5"])])
def test_an_amendment_amends_the_form_of_the_day_that_it_names(filed_on: str, kept: list[str]) -> None:
    original = replace(read(filed(SALE), "1.xml"), filed=date.fromisoformat(filed_on))
    corrected = line("2026-11-18", "S", "1000", "20.5", "D", "9000")
    (insider,) = insiders(in_order([original, read(amendment(corrected, of="2026-11-20"), "2.xml")]))
    assert [trade.row.price_per_share.text for trade in insider.trades] == kept


def test_a_trade_on_several_forms_counts_once() -> None:
    assert sold(filed(SALE), filed(SALE)) == [("2026-11-18", "1000", "20", 1)]


def test_two_alike_on_one_form_are_two() -> None:
    assert len(sold(filed(SALE, SALE), filed(SALE))) == 2


def test_two_alike_that_leave_different_balances_are_in_doubt_but_where_a_form_goes_on_from_a_full_one() -> None:
    alike = line("2026-11-18", "S", "1000", "20", "D", "8000")
    (insider,) = people(filed(SALE), filed(alike))
    assert (len(insider.trades), len(insider.unsure)) == (1, 1)
    full = [line("2026-11-18", "S", "1", "20", "D", str(number)) for number in range(9029, 9000, -1)]
    (insider,) = people(filed(*full, SALE), filed(alike))
    assert (len(insider.trades), len(insider.unsure)) == (31, 0)


def test_what_has_another_code_is_another_transaction() -> None:
    withheld = line("2026-11-18", "F", "1000", "20", "D", "8000")
    (insider,) = people(filed(SALE), filed(withheld))
    assert [one.code for one in insider.trades] == ["S", "F"]


def test_a_plan_stands_for_the_document_made_of_it() -> None:
    plan = history(
        trade("2026-11-18", "S", "1,000", "20"), opening="opening:\n  - {security: common, amount: 10,000}\n"
    )
    owners = filed(SALE).replace("9999999998", "1999999101").replace("0000999999", "1999999001")
    assert sold(owners, plan) == [("2026-11-18", "1000", "20", 2)]


def test_each_person_in_each_issuer_has_an_answer() -> None:
    other_issuer = filed(SALE).replace("0000999999", "0000888888")
    joint = filed(SALE, owners=group("reportingOwner", group("reportingOwnerId", leaf("rptOwnerCik", "1"))) * 2)
    joint = joint.replace("<rptOwnerCik>1<", "<rptOwnerCik>9999999998<", 1)
    found = people(filed(SALE), other_issuer, joint)
    assert [(one.owner, one.issuer, len(one.trades), one.repeated) for one in found] == [
        ("9999999998", "888888", 1, 0),
        ("1", "999999", 1, 0),
        ("9999999998", "999999", 1, 1),
    ]


def test_later_transactions_can_be_left_out() -> None:
    lines = history(trade("2026-11-17", "S", "10", "9"), trade("2026-11-18", "S", "10", "9"))
    (insider,) = people(lines, until=date(2026, 11, 17))
    assert [one.day for one in insider.trades] == [date(2026, 11, 17)]


def test_pecuniary_interest_is_a_part_of_the_shares() -> None:
    holders = "ownership_lines:\n  fund: {indirect: By Fund, pecuniary_interest: 1/4}\n"
    opening = "opening:\n  - {security: common, amount: 1000, ownership: fund}\n  - {security: common, amount: 1000}\n"
    lines = (trade("2026-11-17", "S", "100", "9", ", ownership: fund"), trade("2026-11-17", "S", "100", "9"))
    (insider,) = people(history(*lines, opening=opening, ownership_lines=holders))
    assert [(one.interest, one.shares) for one in insider.trades] == [
        (Fraction(1, 4), Fraction(25)),
        (None, Fraction(100)),
    ]


@pytest.mark.parametrize("day", ["0022-11-18", "9999-12-31", "2026-11-31", ""])
def test_a_day_that_cant_be_meant_is_none(day: str) -> None:
    (insider,) = people(filed(line(day, "S", "10", "9", "D", "0")))
    assert insider.trades[0].day is None


def test_since_when_above_ten_percent_is_the_earliest_that_a_plan_tells() -> None:
    owner = "owners:\n  - {cik: 1999999101, name: Roe Jane, ten_percent_owner: yes, ten_percent_owner_since: %s}\n"
    texts = [history(trade("2026-11-17", "S", "10", "9"), owners=owner % day) for day in ("2026-03-02", "2025-03-02")]
    (insider,) = insiders(in_order([read(text, f"{at}.yaml") for at, text in enumerate(texts)]))
    assert insider.ten_percent_since == date(2025, 3, 2)


def test_what_came_before_a_split_is_told_in_shares_of_today() -> None:
    split = "  - {date: 2026-06-01, split: common, new: 2, for: 1}\n"
    of_the_day = trade("2026-06-01", "P", "10", "25")
    lines = (trade("2026-05-01", "P", "100", "30"), split, of_the_day, trade("2026-07-01", "S", "100", "20"))
    (insider,) = people(history(*lines))
    assert [(str(one.shares), str(one.price), str(one.split)) for one in insider.trades] == [
        ("200", "15", "2"),
        ("10", "25", "1"),
        ("100", "20", "1"),
    ]
    assert answer(insider).profit == 500
