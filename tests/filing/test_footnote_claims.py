"""What footnotes claim was done, for whom, in which money: the ways it is put, and what must not be misread."""

from __future__ import annotations

from decimal import Decimal

import pytest

from form4_author.filing.footnote_claims import (
    Act,
    carries_title,
    foreign_amounts,
    in_foreign_money,
    looks_back,
    names_entity,
    prices_of_ads,
    says,
)

# --- what was done ------------------------------------------------------------------------------------------------


def said(text: str) -> set[Act]:
    return {act for act in Act if says(text, act)}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("These shares were withheld by the company to cover taxes.", Act.WITHHELD),
        ("Represents shares withheld to satisfy the tax liability upon vesting of RSUs.", Act.WITHHELD),
        ("The issuer withheld 412 shares for taxes.", Act.WITHHELD),
        ("Shares surrendered to the issuer in payment of taxes.", Act.WITHHELD),
        ("Shares withheld on the vesting of units for the taxes then due.", Act.WITHHELD),
        ("Withheld by the issuer; the reporting person did not sell any shares.", Act.WITHHELD),
        ("Sold to cover taxes withheld on vesting.", Act.SOLD),
        ("Shares sold in the open market to cover tax withholding obligations.", Act.SOLD),
        ("Represents shares sold to cover taxes required to be withheld.", Act.SOLD),
        ("Open market sale to cover taxes.", Act.SOLD),
        ("On May 12, 2026, the reporting person sold 214 shares to pay taxes.", Act.SOLD),
        ("Shares sold on May 12, 2026.", Act.SOLD),
        ("These shares were purchased by the reporting person in the open market.", Act.BOUGHT),
        ("Open market purchase.", Act.BOUGHT),
        ("Bought on the open market by the reporting person's spouse.", Act.BOUGHT),
        ("Granted by the issuer under the 2020 Equity Plan.", Act.GRANTED),
        ("Grant of restricted stock units under the plan.", Act.GRANTED),
    ],
)
def test_what_was_done(text: str, act: Act) -> None:
    assert said(text) == {act}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No shares were sold.",
        "None of the shares were purchased in the open market.",
        "This is not a sale.",
        "Shares delivered to the issuer; none were sold.",
        "The shares weren't sold.",
        "The proceeds were withheld for taxes.",
        "None of these shares was withheld by the issuer.",
        "The price is the closing sale price on the vesting date.",
        "The shares may be sold in the open market later.",
        "Restricted stock to match shares purchased in the open market.",
        "Not granted by the issuer.",
        "Includes shares previously purchased in the open market.",
    ],
)
def test_what_is_denied_or_beside_the_point_was_not_done(text: str) -> None:
    assert said(text) == set()


# --- the six months before ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Reported pursuant to Rule 16a-2(a).", True),
        ("Reported under Rule 16a-2.", True),
        ("Made within six months before the reporting person became subject to Section 16.", True),
        ("Made prior to the reporting person becoming an executive officer of the issuer.", True),
        ("Made when the reporting person was not yet an insider.", True),
        ("Made in the six months preceding the reporting person's appointment as a director.", True),
        ("Reported pursuant to Rule 16a-2(b) after the reporting person left office.", False),
        ("Sold before the close of trading.", False),
        ("", False),
    ],
)
def test_looking_back(text: str, back: bool) -> None:
    assert looks_back(text) is back


# --- money --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("sold at C$31.15 per share", "CAD 31.15", "CAD$31.15", "31.15 Canadian dollars", "Canadian $31.15"),
        *(
            "Cdn. $31.15",
            "$31.15 CAD",
            "$31.15 Canadian",
            "31.15 (Canadian dollars)",
            "a price of 31.15 euros per share",
        ),
        *("EUR 31.15", "GBP 31.15", "31.15 EUR", "HK$31.15", "NIS 31.15", "31.15 Swiss francs", "\u20ac31.15"),
    ],
)
def test_amounts_of_other_currencies(text: str) -> None:
    assert foreign_amounts(text) == (Decimal("31.15"),)


@pytest.mark.parametrize("text", ["$31.15", "US$31.15", "U.S. $31.15", "31.15 per share", "31.15 dollars", ""])
def test_us_dollars_are_none(text: str) -> None:
    assert foreign_amounts(text) == ()


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("In Canadian dollars. The price is the deemed price under the agreement.", True),
        ("The price is stated in euros.", True),
        ("The price was paid in Canadian dollars and converted at 0.72.", False),
        ("The price is not in Canadian dollars.", False),
        ("The shares are listed in Hong Kong.", False),
    ],
)
def test_prices_in_other_currencies(text: str, foreign: bool) -> None:
    assert in_foreign_money(text) is foreign


def test_the_price_of_an_ads() -> None:
    assert prices_of_ads("at $20.50 per ADS; each ADS represents ten ordinary shares") == (Decimal("20.50"),)
    assert prices_of_ads("$20.50 per American Depositary Share (ADS)") == (Decimal("20.50"),)
    assert prices_of_ads("at $20.50 per ADS. Each ADS represents one ordinary share.") == ()
    assert prices_of_ads("at $20.50 per share") == ()
    assert prices_of_ads("at $1,020.50 per American Depositary Share") == (Decimal("1020.50"),)


# --- holders and titles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Sold by Example Fund I, L.P.", True),
        ("Transaction of Example Growth Fund, L.P.", True),
        ("By Roe Family Trust", True),
        ("For the account of Example Master Fund Ltd.", True),
        ("Example Fund II, L.P.", True),
        ("These shares were sold by Fund A.", True),
        ("Sold to Example Corp. in a private sale.", False),
        ("The reporting person undertakes to provide to Example Systems, Inc. full information.", False),
        ("Sold pursuant to a Rule 10b5-1 plan.", False),
        ("sold by the trust", False),
    ],
)
def test_holders_by_their_names(text: str, entity: bool) -> None:
    assert names_entity(text) is entity


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Senior Vice President, General Counsel", True),
        ("CEO & Founder", True),
        ("EVP, Chief Risk Officer", True),
        ("Head of Government Affairs", True),
        ("Exhibit 24 - Power of Attorney", False),
        ("", False),
    ],
)
def test_remarks_with_a_title(text: str, title: bool) -> None:
    assert carries_title(text) is title


@pytest.mark.parametrize(
    "word", ["shares sold ", "withheld shares of ", "C$1,", "prior to was ", "Sold by Fund ", "x", "1,111", "in the "]
)
def test_long_and_odd_texts_are_read_quickly(word: str) -> None:
    text = word * 200_000
    for act in Act:
        says(text, act)
    foreign_amounts(text)
    in_foreign_money(text)
    prices_of_ads(text)
    looks_back(text)
    names_entity(text)
    carries_title(text)
