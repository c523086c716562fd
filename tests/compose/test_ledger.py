"""Running balances: derived, checked, restated."""

from __future__ import annotations

from decimal import Decimal

import pytest

from form4_author.compose.ledger import Ledger
from form4_author.filing.numbers import grouped, plain
from form4_author.findings import Origin, Position

HERE = Origin(Position("plan.yaml", 7, 3), "transactions[0]")
DIRECT = ("common", "direct", "")
TRUST = ("common", "indirect", "By Trust")


def test_balances_run_apart_for_each_form_of_ownership() -> None:
    ledger = Ledger()
    ledger.open(DIRECT, Decimal(100))
    ledger.open(TRUST, Decimal(7))
    assert ledger.post(DIRECT, Decimal(50), None, HERE) == 150
    assert ledger.post(DIRECT, Decimal("-25.5"), None, HERE) == Decimal("124.5")
    assert ledger.post(TRUST, Decimal(1), None, HERE) == 8
    assert ledger.held(("common", "indirect", "By Spouse")) is None
    assert ledger.findings == []


def test_a_stated_balance_is_checked_and_gone_on_from() -> None:
    ledger = Ledger()
    ledger.open(DIRECT, Decimal(102394))
    assert ledger.post(DIRECT, Decimal(-10000), Decimal(92394), HERE) == 92394
    assert ledger.findings == []
    assert ledger.post(DIRECT, Decimal(-394), Decimal(90000), HERE) == 90000
    (finding,) = ledger.findings
    assert (finding.code, finding.origin) == ("BAL002", HERE)
    assert finding.message == "the balance 90,000 is not what the lines give: 92,394 - 394 = 92,000"
    assert ledger.held(DIRECT) == 90000


def test_a_first_stated_balance_opens_the_account() -> None:
    ledger = Ledger()
    assert ledger.post(DIRECT, Decimal(5), Decimal(500), HERE) == 500
    assert ledger.post(DIRECT, Decimal(5), None, HERE) == 505
    assert ledger.findings == []


def test_a_restated_balance_is_not_checked() -> None:
    ledger = Ledger()
    ledger.open(DIRECT, Decimal(1))
    ledger.restate(DIRECT, Decimal(1000))
    assert ledger.post(DIRECT, Decimal(1), None, HERE) == 1001


def test_a_balance_below_zero_is_an_error() -> None:
    ledger = Ledger()
    ledger.open(DIRECT, Decimal(100))
    ledger.post(DIRECT, Decimal(-101), None, HERE)
    (finding,) = ledger.findings
    assert finding.code == "BAL003"
    assert finding.message == "more of common is disposed of than is held: 100 - 101 = -1"


def test_a_balance_that_nothing_tells_is_asked_for_once_an_account() -> None:
    ledger = Ledger()
    assert ledger.post(TRUST, Decimal(1), None, HERE) is None
    assert ledger.post(TRUST, Decimal(1), None, HERE) is None
    (finding,) = ledger.findings
    assert finding.code == "PLN012"
    assert "- {security: common, amount: 1,000, ownership: {indirect: By Trust}}" in finding.hint


@pytest.mark.parametrize(
    ("number", "edgar", "people"),
    [
        ("0", "0", "0"),
        ("0.0000", "0", "0"),
        ("1E+3", "1000", "1,000"),
        ("1234567.5000", "1234567.5", "1,234,567.5"),
        ("-1234", "-1234", "-1,234"),
    ],
)
def test_numbers_for_edgar_and_for_people(number: str, edgar: str, people: str) -> None:
    assert (plain(Decimal(number)), grouped(Decimal(number))) == (edgar, people)


def test_a_number_below_zero_keeps_its_sign() -> None:
    assert [grouped(Decimal(text)) for text in ("-0.5", "-1234.50", "0", "-0")] == ["-0.5", "-1,234.5", "0", "0"]
