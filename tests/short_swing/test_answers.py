"""What insiders owe, from files: the known answers, open windows, and the proof of each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from form4_author.short_swing.answers import Answer, answer
from form4_author.short_swing.windows import Window
from tests.short_swing.histories import answered, filed, history, line, people, trade

SPRING = (
    trade("2016-03-01", "P", "200", "40"),
    trade("2016-04-01", "S", "100", "20"),
    trade("2016-05-01", "P", "100", "35"),
    trade("2016-06-01", "S", "200", "50"),
    trade("2016-07-01", "P", "100", "45"),
    trade("2016-08-01", "S", "100", "40"),
)
BINDING = (
    trade("2024-01-02", "S", "100", "14"),
    trade("2024-03-01", "P", "100", "10"),
    trade("2024-06-03", "S", "100", "20"),
    trade("2024-11-01", "P", "100", "12"),
    trade("2024-12-16", "S", "50", "13"),
)
COLONIAL = (trade("1972-12-20", "S", "50,000", "63.49"), trade("1973-06-19", "P", "45,000", "6.86"))


def pairs(found: Answer) -> list[tuple[object, ...]]:
    return [(str(p.purchase.day), str(p.sale.day), p.shares, p.profit) for of in found.classes for p in of.pairs]


@pytest.mark.parametrize(
    ("lines", "window", "profit"),
    [
        (SPRING, Window.COLONIAL, "2500"),
        (BINDING, Window.COLONIAL, "1200"),
        (COLONIAL, Window.COLONIAL, "0"),
        (COLONIAL, Window.CALENDAR, "2548350"),
    ],
)
def test_known_answers(lines: tuple[str, ...], window: Window, profit: str) -> None:
    found = answered(history(*lines), window=window)
    assert (found.profit, found.bound, found.verified) == (Fraction(profit), Fraction(profit), True)
    assert (found.low, found.high, found.questions) == (found.profit, found.profit, ())


def test_known_answers_from_several_files_are_the_same() -> None:
    assert answered(*(history(line) for line in SPRING)).profit == 2500
    assert answered(*(history(line) for line in BINDING), history(*BINDING[:2])).profit == 1200


def test_the_matches_are_those_of_the_optimum() -> None:
    assert pairs(answered(history(*BINDING))) == [
        ("2024-03-01", "2024-01-02", 100, 400),
        ("2024-11-01", "2024-06-03", 100, 800),
    ]


def test_a_trade_and_its_price_are_found_where_they_stand() -> None:
    (pair, *_) = (
        answered(filed(line("2026-03-02", "P", "10", "5", "A", "10"), line("2026-03-03", "S", "10", "6", "D", "0")))
        .classes[0]
        .pairs
    )
    assert (pair.purchase.file, pair.purchase.line, pair.purchase.place) == ("1.xml", 28, "Table I, line 1")
    assert (pair.sale.line, pair.sale.place) == (62, "Table I, line 2")


def test_classes_are_matched_apart() -> None:
    securities = "securities:\n  common: Common Stock\n  preferred: Series A Preferred Stock\n"
    opening = "opening:\n  - {security: common, amount: 100}\n  - {security: preferred, amount: 100}\n"
    bought = trade("2026-03-02", "P", "10", "5")
    sold = trade("2026-03-03", "S", "10", "9").replace("security: common", "security: preferred")
    found = answered(history(bought, sold, securities=securities, opening=opening))
    assert (found.profit, found.high) == (Fraction(), Fraction(40))
    (question,) = found.questions
    assert (question.rule, question.counted) == ("Gibbons v. Malone, 703 F.3d 595 (2d Cir. 2013)", False)


def test_titles_of_one_class_are_one() -> None:
    bought = line("2026-03-02", "P", "10", "5", "A", "10")
    sold = line("2026-03-03", "S", "10", "9", "D", "0").replace("Common Stock", "COMMON STOCK, par value $.01")
    assert answered(filed(bought, sold)).profit == 40


def test_open_windows_and_when_they_close() -> None:
    (insider,) = people(history(*BINDING))
    found = answer(insider, as_of=date(2024, 12, 1))
    assert [(one.side.value, str(one.trade.day), str(one.closes)) for one in found.open] == [
        ("sale", "2024-06-03", "2024-12-01"),
        ("purchase", "2024-11-01", "2025-04-29"),
    ]
    assert answer(insider).as_of == date(2026, 11, 20)  # the signature's


def test_derivatives_of_one_kind_are_matched_at_their_premiums() -> None:
    securities = (
        "securities:\n  common: Common Stock\n  call: {title: Call Option (right to buy), underlying: common, "
        "exercise_price: 20, exercisable: 2026-01-05, expires: 2027-01-15}\n"
    )
    opening = "opening:\n  - {security: common, amount: 1000}\n  - {security: call, amount: 0}\n"
    bought = trade("2026-03-02", "P", "10", "2.50").replace("security: common", "security: call")
    sold = trade("2026-04-02", "S", "10", "4.75").replace("security: common", "security: call")
    found = answered(history(bought, sold, securities=securities, opening=opening))
    assert (found.profit, found.verified, found.questions) == (Fraction("22.5"), True, ())
