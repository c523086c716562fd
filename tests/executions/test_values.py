"""Numbers and dates as brokers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from form4_author.executions.trades import Fault
from form4_author.executions.values import Days, Numbers, Order
from form4_author.plan.scalars import day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200", "1200"),
        ("1,200.000", "1200.000"),
        ("-300", "-300"),
        ("\u2212300", "-300"),
        ("300-", "-300"),
        ("(300.00)", "-300.00"),
        ("($1,000.50)", "-1000.50"),
        ("$24.1000", "24.1000"),
        ("-$500.00", "-500.00"),
        ("$-500.00", "-500.00"),
        ("$ 24.10", "24.10"),
        ("24.10 USD", "24.10"),
        ("USD 24.10", "24.10"),
        ("US$24.10", "24.10"),
        ("1 200", "1200"),
        ("1'200.5", "1200.5"),
        (".25", "0.25"),
        ("+5", "5"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert Numbers().read(text, "price") == Decimal(number)


@pytest.mark.parametrize(("text", "number"), [("1.200,50", "1200.50"), ("1.200", "1200"), ("0,125", "0.125")])
def test_numbers_with_a_decimal_comma(text: str, number: str) -> None:
    assert Numbers.of([text, "24,10"], ";").read(text, "price") == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "12,50", "1,2,3", "12a", "1e5", "5%", "--5", "1.2.3", "£5", "=1", "NaN", "\u0665"]
)
def test_what_is_no_number_in_dollars_is_refused(text: str) -> None:
    with pytest.raises(Fault):
        Numbers().read(text, "price")


@pytest.mark.parametrize("text", ["0.12345678901", "1000000000000"])
def test_what_no_execution_has_is_refused(text: str) -> None:
    with pytest.raises(Fault, match=r"decimals|largest"):
        Numbers().read(text, "price")


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-17", "2026/11/17", "2026.11.17", "20261117", "11/17/2026", "11/17/26", "11-17-2026", "17.11.2026"),
        *("17-Nov-2026", "17-NOV-26", "17 November 2026", "17NOV2026", "Nov 17, 2026", "November 17th, 2026"),
        *("Nov-17-2026", "Tue, Nov 17, 2026", "Tuesday 11/17/2026", "11/18/2026 as of 11/17/2026"),
        *("2026-11-17T09:31:02", "2026-11-17 09:31:02.123456", "11/17/2026 9:31 AM ET", "11/17/2026, 04:00:01 PM EST"),
        *("20261117;093102", "20261117 09:31:02", "17-Nov-2026 16:00", "11/17/2026 23:59 PST"),
        # In New York it is still the evening of the 17th, or the same day as where the clock is.
        *("2026-11-18T00:30:00Z", "2026-11-18 00:30 UTC", "2026-11-17T21:00:00+01:00", "2026-11-17T14:40:00Z"),
        *("2026-11-18T01:30+01:00", "2026-11-17T15:59:59-05:00", "2026-11-17T15:00+08:00", "11/17/2026 14:40 (GMT)"),
    ],
)
def test_one_day_in_every_form(text: str) -> None:
    assert Days.of([text], None, None).read(text) == day("2026-11-17")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a date"),
        ("yesterday", "is not a date"),
        ("46343", "is not a date"),
        ("11/31/2026", "is no day of the calendar"),
        ("2026-13-01", "is no day of the calendar"),
        ("17-Foo-2026", "is no day of the calendar"),
        ("1026-11-17", "can't be meant"),
        ("11/17/2026 noon", "is not a date"),
        ("11/17/2026 25:00", "is not a date"),
        ("11/17/2026 09:30 CET", "the time zone CET isn't known"),
        ("17-11-26", "doesn't tell which of its numbers is the year"),
        ("03/04/2026", "may be 2026-03-04 or 2026-04-03"),
        ("03.04.26", "may be 2026-03-04 or 2026-04-03"),
        # In Hong Kong that is the morning, in New York the night before.
        ("2026-11-17T10:00:00+08:00", "is 2026-11-16 in New York, at an hour in which nobody trades there"),
        ("2026-11-17T04:30:00Z", "in New York, at an hour in which nobody trades there"),
    ],
)
def test_what_is_no_day_or_may_be_two_is_refused(text: str, said: str) -> None:
    with pytest.raises(Fault) as caught:
        Days.of([text], None, None).read(text)
    assert said in caught.value.message


def test_one_date_of_a_file_tells_the_order_of_all() -> None:
    assert Days.of(["03/04/2026", "13/04/2026"], None, None).read("03/04/2026") == day("2026-04-03")
    assert Days.of(["03/04/2026", "03/14/2026"], None, None).read("03/04/2026") == day("2026-03-04")
    with pytest.raises(Fault):
        Days.of(["03/04/2026", "13/04/2026", "03/14/2026"], None, None).read("03/04/2026")


def test_the_entrys_own_date_tells_it_where_one_order_alone_has_that_day() -> None:
    cells = ["03/04/2026", "03/05/2026"]
    assert Days.of(cells, None, day("2026-03-05")).read("03/04/2026") == day("2026-03-04")
    assert Days.of(cells, None, day("2026-05-03")).read("03/04/2026") == day("2026-04-03")
    with pytest.raises(Fault):
        Days.of(cells, None, day("2026-03-06")).read("03/04/2026")


def test_an_order_that_is_stated_holds() -> None:
    assert Days.of(["03/04/2026"], Order.MONTH_FIRST, None).read("03/04/2026") == day("2026-03-04")
    assert Days.of(["03/04/2026"], Order.DAY_FIRST, None).read("03/04/2026") == day("2026-04-03")
    with pytest.raises(Fault, match="no day of the calendar"):
        Days.of(["17/11/2026"], Order.MONTH_FIRST, None).read("17/11/2026")
