"""Every layout that is known: a file of it, made up here, and what is read of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from form4_author.executions.layout import layouts, recognised
from tests.conftest import ROOT
from tests.executions.files import read_sales, refused, sold
from tests.plans import SOUND, composed

#: A file of each layout of executions: what else stands in one, and sales of EXSY at 30.25 and 30.50 on 2 and 3 June.
FILES = {
    "schwab-history": (
        '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"\n'
        '"06/03/2027","Sell","EXSY","EXAMPLE SYSTEMS INC","1,000","$30.50","$0.40","$30499.60"\n'
        '"06/03/2027","Journal","","JOURNAL TO ...777","","","","-$500.00"\n'
        '"06/02/2027","Sell","EXSY","EXAMPLE SYSTEMS INC","500","$30.25","$0.20","$15124.80"\n'
        '"06/02/2027","Buy","VTI","A FUND","3","$300.00","","-$900.00"\n'
    ),
    "fidelity-history": (
        "\ufeff\n\nBrokerage\n\nRun Date,Account,Action,Symbol,Description,Type,Quantity,Price ($),Fees ($),Amount ($),"
        "Settlement Date\n"
        "06/03/2027,Z12345678, YOU SOLD EXAMPLE (EXSY) (Cash), EXSY, EXAMPLE,Cash,-1000,30.5,0.4,30499.6,06/04/2027\n"
        "06/03/2027,Z12345678, REINVESTMENT SPAXX, SPAXX, A FUND,Cash,12.5,1,,-12.5,\n"
        "06/02/2027,Z12345678, YOU SOLD EXAMPLE (EXSY) (Cash), EXSY, EXAMPLE,Cash,-500,30.25,0.2,15124.8,06/03/2027\n"
        '\n"Date downloaded 06/05/2027 1:02 pm"\n'
    ),
    "fidelity-history-2": (
        "Run Date,Action,Symbol,Description,Type,Quantity,Price,Commission,Fees,Amount,Settlement Date\n"
        "Jun-03-2027,YOU SOLD EXAMPLE SYS (EXSY) (Margin),EXSY,EXAMPLE SYS,Margin,-1000,30.5,,0.4,30499.6,06/04/2027\n"
        "Jun-02-2027,YOU SOLD EXAMPLE SYS (EXSY) (Margin),EXSY,EXAMPLE SYS,Margin,-500,30.25,,0.2,15124.8,06/03/2027\n"
    ),
    "morgan-stanley-withdrawals": (
        "Execution Date,Order Number,Plan,Type,Order Status,Price,Quantity,Net Amount,Net Share Proceeds\n"
        '02-Jun-2027,W1,EXSY Common,Sale,Complete,$30.25,-500.000,"$15,124.80",0\n'
        '02-Jun-2027,W2,Cash,Sale,Complete,$1.00,"-15,124.80","$15,124.80",0\n'
        "03-Jun-2027,W3,EXSY Common,Sale,Cancelled,$31.00,-1.000,$0.00,0\n"
        '03-Jun-2027,W4,EXSY Common,Sale,Complete,$30.50,"-1,000.000","$30,499.60",0\n'
    ),
    "etrade-gains-losses": (
        "Record Type,Symbol,Plan Type,Quantity,Date Acquired,Date Sold,Total Proceeds,Proceeds Per Share,Order Number\n"
        "Summary,,,1500,,,$45625.00,,\n"
        "Sell,EXSY,RS,500,01/04/2027,06/02/2027,$15125.00,$30.25,1\n"
        "Sell,EXSY,ESPP,1000,01/04/2027,06/03/2027,$30500.00,$30.50,2\n"
    ),
    "shareworks-sales": (
        "Sales - Long Shares\n"
        "Withdrawal Reference Number,Grant Name,Lot Number,Sale Type,Sale Date,Shares Sold,Sale Price Per Share,,Fee,\n"
        "S1,A Grant,1,Long Shares,02-Jun-2027,500,$30.2500,USD,$0.20,USD\n"
        "S2,A Grant,2,Long Shares,03-Jun-2027,1000,$30.5000,USD,$0.40,USD\n"
        "Total,,,,,1500,,,,\n"
    ),
    "merrill-activity": (
        '"Trade Date","Settlement Date","Account #","Type","Description 1 ","Symbol/CUSIP #","Quantity",'
        '"Price ($)","Amount ($)"\n'
        '"06/02/2027","06/03/2027","5XX-12345","Sale","EXAMPLE SYS INC","EXSY","-500","30.25","15,124.80"\n'
        '"06/03/2027","06/04/2027","5XX-12345","Sale","EXAMPLE SYS INC","EXSY","-1,000","30.50","30,499.60"\n'
        '"06/03/2027","","5XX-12345","Dividend","A FUND","VTI","","","10.00"\n'
        '"Total","","","","","","","","45,634.40"\n'
    ),
    "robinhood-activity": (
        '"Activity Date","Process Date","Settle Date","Instrument","Description","Trans Code","Quantity","Price",'
        '"Amount"\n'
        '"6/3/2027","6/3/2027","6/4/2027","EXSY","Example Systems","Sell","1,000","$30.50","$30,499.60"\n'
        '"6/2/2027","6/2/2027","6/3/2027","EXSY","Example Systems","Sell","500","$30.25","$15,124.80"\n'
        '"6/1/2027","6/1/2027","6/1/2027","","Interest Payment","INT","","","$0.02"\n'
        '"","","","","","","","","The data provided is for informational purposes only."\n'
    ),
}
#: The headers of what is no file of executions, and what it is said to be.
OTHERS = {
    "morgan-stanley-releases": (
        "Vest Date,Order Number,Plan,Type,Status,Price,Quantity,Net Cash Proceeds,Net Share Proceeds",
        "Morgan Stanley's report of releases",
    ),
    "schwab-equity-awards": (
        "Date,Action,Symbol,Description,Quantity,AwardDate,AwardId,FairMarketValuePrice,NetSharesDeposited",
        "Schwab's history of equity awards",
    ),
    "schwab-positions": (
        "Symbol,Description,Qty (Quantity),Price,Mkt Val (Market Value),Cost Basis",
        "Schwab's list of positions",
    ),
    "positions": ("Symbol,Quantity,Price,Market Value", "a list of positions"),
    "gains-losses": ("Symbol,Quantity,Date Acquired,Date Sold,Proceeds,Cost Basis", "a list of realized gains"),
    "grants": ("Grant Date,Grant Number,Granted,Price,Quantity", "a list of grants"),
    "releases": ("Award,Vest Date,Quantity,Price", "a list of releases"),
}


def test_every_layout_has_its_test() -> None:
    assert FILES.keys() | OTHERS.keys() == layouts().keys()


@pytest.mark.parametrize("key", FILES)
def test_a_file_of_the_layout_is_known_and_read(key: str) -> None:
    assert read_sales(FILES[key]).layout == layouts()[key].name
    found = sorted(row.partition(" ")[2].replace(".000 ", " ").rstrip("0") for row in sold(FILES[key]))
    assert found == ["2027-06-02 500 @30.25", "2027-06-03 1000 @30.5"]
    assert sold(FILES[key], layout=key) == sold(FILES[key])


@pytest.mark.parametrize("key", OTHERS)
def test_what_is_no_file_of_executions_is_refused_as_what_it_is(key: str) -> None:
    headers, said = OTHERS[key]
    layout = recognised(headers.split(","))
    assert layout is not None
    assert layout.key == key
    (told,) = refused(f"A title\n{headers}\n")
    assert told.startswith(f"2:1 this is {said}")


def test_a_layout_that_the_plan_states_must_be_that_of_the_file() -> None:
    (said,) = refused("Date,Side,Quantity,Price\n", layout="schwab-history")
    assert said.startswith("1:1 no row has the columns of Schwab's history of a brokerage account")
    (said,) = refused("Date,Side,Quantity,Price\n", layout="schwab")
    assert said == '.layout "schwab" is no layout that is known | Did you mean schwab-history?'


def test_the_page_on_brokers_files_lists_every_layout() -> None:
    page = (ROOT / "docs" / "brokers.md").read_text()
    assert {key for key in FILES if f"`{key}`" not in page} == set()


def test_the_pages_example_of_what_a_plan_may_say_is_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "brokers.md").read_text()
    snippet = next(part for part in page.split("```yaml\n")[1:] if "sheet:" in part).partition("```")[0]
    assert yaml.safe_load(snippet)["transactions"][0]["fills"]["side"] == "sell"
    text = "".join(part for name, part in SOUND.items() if name != "transactions") + snippet
    assert [finding.message for finding in composed(text, tmp_path).findings] == ["trades.xlsx: there is no such file"]


def test_columns_do_not_make_executions_of_what_vested() -> None:
    releases = OTHERS["morgan-stanley-releases"][0] + "\n16-Nov-2026,O1,EXSY RSU,Release,Complete,$31.44,1200,$0,842\n"
    (said,) = refused(releases, columns={"date": "Vest Date", "quantity": "Quantity", "price": "Price"})
    assert said.startswith("1:1 this is Morgan Stanley's report of releases")


def test_sales_that_tell_when_their_shares_vested_are_sales() -> None:
    sales = (
        "Sale Date,Vest Date,Grant Number,Grant Date,Shares Sold,Sale Price\n2026-11-17,2026-11-16,1,2024-01-02,5,7\n"
    )
    assert sold(sales) == ["2 2026-11-17 5 @7"]
    lots = "Date Acquired,Date Sold,Quantity,Proceeds,Cost Basis,Price\n2026-11-16,2026-11-17,5,35,30,7\n"
    assert sold(lots) == ["2 2026-11-17 5 @7"]
