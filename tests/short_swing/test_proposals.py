"""Before a trade: with it and without, by day, by number of shares and by price."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from form4_author.short_swing.as_data import proposals_data
from form4_author.short_swing.as_text import proposals_as_text
from form4_author.short_swing.lots import profit_of
from form4_author.short_swing.proposals import Proposal, Proposed, proposals
from form4_author.short_swing.questions import Sorted
from form4_author.short_swing.statements import in_order
from form4_author.short_swing.trades import insiders
from form4_author.short_swing.windows import Window
from tests.short_swing.histories import history, read, trade
from tests.short_swing.test_answers import SPRING


def proposal(reported: Sequence[str], *proposed: str) -> Proposal:
    told = [read(history(*reported), "told.yaml")] if reported else []
    (found,) = proposals(told, [read(history(*proposed), "next.yaml")], Window.COLONIAL)
    return found


def these(*values: object) -> tuple[object, ...]:
    """Exact numbers, to be compared with whole ones."""
    return values


def only(found: Proposal) -> Proposed:
    (line,) = found.lines
    return line


def test_a_sale_with_and_without() -> None:
    found = proposal(SPRING, trade("2016-10-03", "S", "400", "48"))
    assert these(found.without.profit, found.profit, found.known) == (2500, 3600, 0)
    line = only(found)
    assert line.adds == 1100
    assert [these(part.shares, part.each) for part in line.tranches] == [(100, 8), (100, 3)]
    assert [(str(part.start), part.adds) for part in line.days] == [
        ("2016-10-03", Fraction(1100)),
        ("2016-10-31", Fraction(300)),
        ("2016-12-31", Fraction()),
    ]
    assert str(line.free_from) == "2016-12-31"
    assert line.cheapest == line.days[1]
    assert [(part.price, str(part.start)) for part in line.prices] == [
        (Fraction(40), "2016-10-03"),
        (Fraction(45), "2016-10-31"),
        (None, "2016-12-31"),
    ]


def test_a_purchase_is_the_mirror_of_it() -> None:
    line = only(proposal(SPRING, trade("2016-09-01", "P", "400", "30")))
    assert [these(part.shares, part.each) for part in line.tranches] == [(200, 10), (100, 5)]
    assert [(part.price, str(part.start)) for part in line.prices] == [
        (Fraction(40), "2016-09-01"),
        (None, "2017-01-31"),
    ]


def test_a_trade_that_adds_nothing_is_free_at_once() -> None:
    line = only(proposal(SPRING, trade("2016-10-03", "S", "400", "30")))
    assert these(line.adds, line.tranches, line.cheapest, str(line.free_from)) == (0, (), None, "2016-10-03")


def test_nothing_reported_nothing_owed() -> None:
    found = proposal((), trade("2016-10-03", "S", "400", "48"))
    assert these(found.without.profit, found.profit) == (0, 0)
    assert [(part.price, str(part.start)) for part in only(found).prices] == [(None, "2016-10-03")]


def test_what_is_exempt_or_a_question_is_told_as_that() -> None:
    line = only(proposal(SPRING, trade("2016-10-03", "G", "400", "0")))
    assert (line.taken.rule, line.days, line.free_from) == ("Rule 16b-5", (), None)


def test_two_lines_are_weighed_together_and_each_beside_the_other() -> None:
    found = proposal((), trade("2016-10-03", "S", "10", "48"), trade("2016-10-04", "P", "10", "40"))
    assert these(found.profit, [line.adds for line in found.lines]) == (80, [80, 80])


def test_what_the_files_have_already_is_not_proposed_again() -> None:
    told = [read(history(*SPRING), "a.yaml")]
    (found,) = proposals(told, [read(history(*SPRING), "b.yaml")], Window.COLONIAL)
    assert these(found.known, found.profit, found.without.profit) == (6, 2500, 2500)


def test_the_days_are_those_on_which_solving_anew_tells_another_sum() -> None:
    """Day by day, the trade is made on it and all is matched anew."""
    chance = random.Random("days")
    for _ in range(4):
        first = date(2025, 1, 1)
        reported = [
            trade(
                str(first + timedelta(chance.randrange(300))),
                chance.choice("PS"),
                str(chance.randint(1, 9)),
                str(chance.randint(10, 30)),
            )
            for _ in range(6)
        ]
        code, price = chance.choice("PS"), str(chance.randint(10, 30))
        line = only(proposal(reported, trade("2025-08-01", code, "12", price)))
        stretches = {part.start: part.adds for part in line.days}
        without, current = profit(reported), Fraction(-1)
        day = date(2025, 8, 1)
        while current:
            now = profit([*reported, trade(str(day), code, "12", price)]) - without
            assert stretches.get(day, current) == now, day
            current, day = now, day + timedelta(1)
        assert line.free_from == day - timedelta(1)


def profit(lines: Sequence[str]) -> Fraction:
    (insider,) = insiders(in_order([read(history(*lines))]))
    return profit_of(Sorted.of(insider, Window.COLONIAL).pieces, Window.COLONIAL)


def test_a_proposal_as_text_and_as_data() -> None:
    found = proposal(SPRING, trade("2016-10-03", "S", "400", "48"), trade("2016-10-03", "G", "1", "0"))
    told = proposals_as_text([found]).partition("Proposed by ")[2]
    assert told == (
        "Roe Jane (CIK 1999999101) in EXAMPLE SYSTEMS, INC. (CIK 1999999001)\n"
        "  Short-swing profit without it $2,500.00, with it $3,600.00: $1,100.00 more\n"
        "  S 400 Common Stock at $48.00 on 2016-10-03\n"
        "    adds $1,100.00\n"
        "      100 shares add $8.00 each\n"
        "      100 shares add $3.00 each\n"
        "      the others add nothing\n"
        "    By day\n"
        "      2016-10-03  $1,100.00\n"
        "      2016-10-31    $300.00\n"
        "      2016-12-31      $0.00\n"
        "    First day on which it adds nothing: 2016-12-31 (no market: Saturday)\n"
        "    First day on which it adds nothing, by price\n"
        "      $40.00 or less  2016-10-03\n"
        "      $45.00 or less  2016-10-31\n"
        "      any price       2016-12-31\n"
        "  G 1 Common Stock at $0.00 on 2016-10-03\n"
        "    exempt: Rule 16b-5, a gift, exempt if it was bona fide\n"
    )
    (data,) = proposals_data([found])["proposals"]
    assert (data["without"], data["with"], data["adds"]) == ("2500.00", "3600.00", "1100.00")
    sale, gift = data["transactions"]
    assert (sale["reading"], sale["side"], sale["adds"], sale["free_from"]) == (
        *("matchable", "sale", "1100.00"),
        "2016-12-31",
    )
    assert sale["shares_by_profit"] == [{"shares": "100", "each": "8.00"}, {"shares": "100", "each": "3.00"}]
    assert sale["cheapest"] == {"from": "2016-10-31", "adds": "300.00"}
    assert sale["free_by_price"][-1] == {"price": None, "from": "2016-12-31"}
    assert (gift["reading"], gift["cheapest"], gift["free_from"], gift["days"]) == ("exempt", None, None, [])


@pytest.mark.parametrize(("code", "cent"), [("S", Decimal("0.01")), ("P", Decimal("-0.01"))])
def test_at_the_price_of_a_step_it_adds_nothing_and_a_cent_past_it_something(code: str, cent: Decimal) -> None:
    line = only(proposal(SPRING, trade("2016-09-01", code, "400", "44")))
    first = line.prices[0]
    assert first.price is not None
    price = Decimal(first.price.numerator) / first.price.denominator
    assert not only(proposal(SPRING, trade("2016-09-01", code, "400", str(price)))).adds
    assert only(proposal(SPRING, trade("2016-09-01", code, "400", str(price + cent)))).adds
