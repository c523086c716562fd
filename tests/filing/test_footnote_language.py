"""What footnotes say: the ways in which lawyers write it, and what must not be misread."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from form4_author.filing.footnote_language import (
    Lot,
    PriceRange,
    Span,
    covers_days,
    dates,
    explains_amount,
    lots,
    names_holder,
    plan_statement,
    price_ranges,
    speaks_of_average,
    tells_of_other_changes,
    undertakes,
)


def span(first: str, last: str | None = None) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last or first))


# --- ranges of prices ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Sold in multiple transactions at prices ranging from $22.50 to $22.71, inclusive.",
        "The weighted average sale price of the shares sold from $22.50 to $22.71 per share.",
        "Sales at prices ranging from $22.50 per share to $22.71 per share.",
        "The sales prices ranged from $22.50 to $22.71.",
        "Shares were sold in a range between $22.50 and $22.71.",
        "The shares were sold within a range of $22.50 to $22.71, inclusive.",
        "The range of purchase prices on the transaction date was $22.50 to $22.71 per share.",
        "The highest price at which shares were sold was $22.71 and the lowest price was $22.50.",
        "The lowest price at which shares were sold was $22.50 and the highest was $22.71.",
        "executed in multiple trades at prices ranging from a low of $22.50 to a high of $22.71",
        "with prices ranging from 22.50 to 22.71",
        "in multiple trades at prices ranging from $ 22.50 to $ 22.71",
        "executed at prices ranging from US$22.50 - US$22.71",
        "multiple transactions at prices of $22.50 and $22.71 per share",
        "at prices ranging\nfrom $22.50\nto $22.71",
    ],
)
def test_a_range_of_prices_is_read_however_it_is_put(text: str) -> None:
    assert price_ranges(text) == (PriceRange(Decimal("22.50"), Decimal("22.71")),)


def test_prices_over_a_thousand_and_below_one() -> None:
    assert price_ranges("ranging from $1,005.600 to $1,006.390, inclusive") == (
        PriceRange(Decimal("1005.600"), Decimal("1006.390")),
    )
    assert price_ranges("ranging from $.0835 to $0.0848") == (PriceRange(Decimal(".0835"), Decimal("0.0848")),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The price reported is a weighted average price.",
        "vest in equal installments from 25% to 75%",
        "The award ranges from 0% to 200% of target.",
        "between January 1, 2023 and March 31, 2023",
        "See footnotes (2) to (5).",
    ],
)
def test_what_is_no_range_of_prices_is_none(text: str) -> None:
    assert price_ranges(text) == ()


def test_several_ranges_are_all_told() -> None:
    text = "Line 1 at prices ranging from $1.00 to $1.50; line 2 at prices ranging from $2.00 to $2.50."
    assert [(r.low, r.high) for r in price_ranges(text)] == [
        (Decimal("1.00"), Decimal("1.50")),
        (Decimal("2.00"), Decimal("2.50")),
    ]


@pytest.mark.parametrize(
    ("text", "average"),
    [
        ("The price reported is a weighted average price.", True),
        ("Represents a weighted-average sale price.", True),
        ("This transaction was executed in multiple trades.", True),
        ("Average based on the sales price.", False),
        ("Represents the volume weighted average price (VWAP).", True),
        ("Sold to pay for a house.", False),
    ],
)
def test_averages(text: str, average: bool) -> None:
    assert speaks_of_average(text) is average


@pytest.mark.parametrize(
    "text",
    [
        "The reporting person undertakes to provide full information upon request.",
        "Full information regarding the number of shares sold at each price will be supplied upon request.",
        "The Reporting Person will provide to the staff full information.",
        "The reporting person hereby agrees to provide the number of shares at each price.",
    ],
)
def test_the_promise_of_full_information(text: str) -> None:
    assert undertakes(text)


def test_no_promise() -> None:
    assert not undertakes("The shares were sold in multiple transactions at prices ranging from $1 to $2, inclusive.")


def test_lots() -> None:
    text = "Consists of 300 shares sold at $10.05, 1,200 shares at a price of $10.10 and 50 shares at $10.20."
    assert lots(text) == (
        Lot(Decimal(300), Decimal("10.05")),
        Lot(Decimal(1200), Decimal("10.10")),
        Lot(Decimal(50), Decimal("10.20")),
    )
    assert lots("300 shares at $10.05") == ()


# --- trading plans ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The sales were effected pursuant to a Rule 10b5-1 trading plan adopted by the owner on May 12, 2026.",
        "Made under a Rule 10b5-1 plan adopted May 12th, 2026.",
        "Sold pursuant to a 10b5-1 plan dated 12 May 2026.",
        "Shares sold pursuant to a Rule 10b5-1(c) plan entered into on 05/12/2026 for tax planning.",
        "Sold under a Rule 10b5-1 sales plan, dated as of May 12, 2026, which complies with the Act of 1934.",
        "SOLD PURSUANT TO A RULE 10B5-1 TRADING PLAN ADOPTED ON MAY 12, 2026.",
        "On May 12, 2026, Ms. Roe adopted a Rule 10b5-1 trading plan. The shares were sold under that 10b5-1 plan.",
        "Sold pursuant to a Rule 10b5-1 plan established the 12th day of May, 2026.",
        "Sold pursuant to a Rule 10b5-1 plan adopted on 2026-05-12.",
        "Sold pursuant to a Rule 10b5-1 plan adopted on 5.12.26.",
        "Sold under a Rule 10b5-1 plan. The plan was adopted on May 12, 2026.",
        "Sold under a Rule 10b5-1 plan adopted on May 12, 2026. Plan allows for sales through December 31, 2027.",
        "Sold under a 10b5-1 plan (adoption date: May 12, 2026).",
    ],
)
def test_the_date_of_adoption_is_read_however_it_is_put(text: str) -> None:
    said = plan_statement(text)
    assert said is not None
    assert said.adopted == (span("2026-05-12"),)
    assert said.made_under
    assert not said.unclear


def test_a_month_alone_is_a_span_of_days() -> None:
    said = plan_statement("effected pursuant to a Rule 10b5-1 trading plan adopted in February 2028")
    assert said is not None
    assert said.adopted == (span("2028-02-01", "2028-02-29"),)


def test_amendments_count_as_adoptions() -> None:
    said = plan_statement(
        "made pursuant to a Rule 10b5-1 plan adopted on May 25, 2018, as amended on February 12, 2019 and May 20, 2019."
    )
    assert said is not None
    assert said.adopted == (span("2018-05-25"), span("2019-02-12"), span("2019-05-20"))


@pytest.mark.parametrize(
    "text",
    [
        "executed pursuant to a Rule 10b5-1 plan entered into and disclosed by us on Form 8-K on March 17, 2025.",
        "sold in accordance with a plan that complies with Rule 10b5-1 and expires on December 15, 2023.",
    ],
)
def test_a_date_that_may_be_another_is_left_alone(text: str) -> None:
    said = plan_statement(text)
    assert said is not None
    assert said.adopted == ()
    assert said.unclear


@pytest.mark.parametrize(
    "text",
    [
        "The Rule 10b5-1 plan was terminated and no shares were sold under it.",
        "The shares were not sold pursuant to a Rule 10b5-1 plan.",
        "The reporting person intends to adopt a Rule 10b5-1 plan, under which shares will be sold.",
    ],
)
def test_what_was_not_done_under_a_plan(text: str) -> None:
    said = plan_statement(text)
    assert said is not None
    assert not said.made_under


@pytest.mark.parametrize(
    "text",
    ["", "Granted under the 2021 Equity Incentive Plan, adopted on May 12, 2021.", "Section 10(b) and Rule 16b-3."],
)
def test_what_speaks_of_no_trading_plan(text: str) -> None:
    assert plan_statement(text) is None


def test_days_that_the_calendar_lacks_are_no_dates() -> None:
    said = plan_statement("made under a Rule 10b5-1 plan adopted on February 30, 2026")
    assert said is not None
    assert said.adopted == ()
    assert not said.unclear


def test_a_date_of_another_sentence_is_not_the_adoption() -> None:
    said = plan_statement(
        "All transactions were effected pursuant to a Rule 10b5-1 Trading Plan adopted by the owner. Related "
        "transactions effected on April 13, 2022 are reported on additional forms."
    )
    assert said is not None
    assert said.adopted == ()


# --- amounts owned ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Includes 688 shares issued for accrued dividends.",
        "Includes shares acquired through the Company's Associate Stock Purchase Plan.",
        "Pursuant to the Dividend Reinvestment Plan, the Reporting Person acquired 4.326 shares.",
        "Reflects the transfer of 21,786 shares into the reporting person's trust.",
        "Adjusted for the two-for-one stock split of June 1, 2026.",
        "Share numbers have been adjusted to reflect changes in form of beneficial ownership exempt under Rule 16a-13.",
        "The number was overstated in the last report due to a clerical error.",
        "Excludes 500 shares held by the spouse.",
    ],
)
def test_what_explains_an_amount_wherever_it_stands(text: str) -> None:
    assert tells_of_other_changes(text)
    assert explains_amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "Each restricted stock unit stands for one share.",
        "Shares withheld to satisfy tax obligations.",
        "Sold under a Rule 10b5-1 plan adopted on May 12, 2026.",
        "The option vested in four equal annual installments.",
    ],
)
def test_what_explains_no_amount(text: str) -> None:
    assert not tells_of_other_changes(text)


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("These securities are owned directly by Example Fund, L.P.", True),
        ("Shares held of record by the Roe Family Trust.", True),
        ("The reporting person is trustee of the trust.", True),
        ("Sold to pay for a house.", False),
    ],
)
def test_holders(text: str, holder: bool) -> None:
    assert names_holder(text) is holder


@pytest.mark.parametrize("word", ["low high ", "sold pursuant to ", "adopted 1/1/", "ranging from $1 ", "a.b "])
def test_long_and_odd_texts_are_read_quickly(word: str) -> None:
    text = word * 200_000
    assert price_ranges(text) is not None
    assert lots(text) == ()
    plan_statement(text + "10b5-1")
    plan_statement("10b5-1 " + text)
    tells_of_other_changes(text)


@pytest.mark.parametrize(
    "text",
    [
        "at prices ranging from $1,140.010 to $1,1140.890",
        "at prices from $45.01 to $4,5.95",
        "at prices ranging from $45.01 to $45,95",
        "at prices ranging from $1,14.01 to $1,140.89",
        "at prices ranging from $10..05 to $10.50",
        "at prices ranging from $1.05.1 to $1.10",
        "The lowest price was $45.01 and the highest $4,5.95.",
    ],
)
def test_a_number_that_is_none_ends_no_range(text: str) -> None:
    assert price_ranges(text) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Sold between November 16, 2026 and November 18, 2026.", True),
        ("Purchases made from 11/16/2026 through 11/18/2026.", True),
        ("The average of trades on several days.", True),
        ("The plan was adopted on May 12, 2026; the shares were sold on November 18, 2026.", False),
        ("Sold in several trades on one day.", False),
    ],
)
def test_trades_of_several_days(text: str, days: bool) -> None:
    assert covers_days(text) is days


def test_the_dates_that_a_text_names() -> None:
    assert dates("Bought on July 14, 2026 and in August 2026, not on February 30, 2026.") == (
        span("2026-07-14"),
        span("2026-08-01", "2026-08-31"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Includes 100 shares bought by the trust.", True),
        ("Corrects the amount of an earlier form.", True),
        ("The total number of shares.", True),
        ("Adjusted for rounding.", True),
        ("Not previously reported.", True),
        ("Not yet reported.", True),
        ("Sold on the exchange.", False),
        ("", False),
    ],
)
def test_what_explains_an_amount_that_doesn_t_follow(text: str, expected: bool) -> None:
    assert explains_amount(text) is expected
