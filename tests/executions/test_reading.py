"""Files of brokers: what is read of them, what is passed over, what is refused and where."""

from __future__ import annotations

import codecs
import contextlib
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from form4_author.executions.reading import read
from form4_author.executions.trades import Faults
from form4_author.executions.windows import windows
from tests.conftest import shared_dir
from tests.executions.files import asked, read_sales, refused, sold, workbook
from tests.growth import growth

#: The story of all files below.
STORY = ["2026-11-17 100 @22.5", "2026-11-17 200 @22.75", "2026-11-18 300 @24.1"]


def merged_and_hidden(*hidden: int, merge: Sequence[str] = (), more: str = "") -> bytes:
    """A workbook of four sales on two days, with rows that Excel doesn't show and cells that are merged."""
    book = Workbook()
    sheet = book.active
    day, next_day = date(2026, 11, 17), date(2026, 11, 18)
    sheet.append(["Trade Date", "Side", "Symbol", "Quantity", "Price"])
    for line in ((day, 100, 24), (None, 200, 24.5), (next_day, 300, 25), (next_day, 400, 26)):
        sheet.append([line[0], "Sell", "EXSY", *line[1:]])
    for cells in merge:
        sheet.merge_cells(cells)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    if more:
        book.create_sheet(more).sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_day_that_is_merged_over_its_rows_counts_for_each() -> None:
    assert refused(merged_and_hidden()) == [
        "3:1 this row has no date | The other rows have one: write it here too.",
    ]
    assert sold(merged_and_hidden(merge=["A2:A3", "B2:B5", "C2:C5"])) == [
        *("2 2026-11-17 100 @24", "3 2026-11-17 200 @24.5", "4 2026-11-18 300 @25", "5 2026-11-18 400 @26"),
    ]


@pytest.mark.parametrize(
    ("header", "row", "write"),
    [
        (
            "Transaction Date,Transaction Type,Plan,Shares,Market Price,Net Proceeds",
            '11/17/2026,Sale,ESPP,100.0000,$22.5000,"$2,235.00"',
            "columns: {quantity: Shares, date: Transaction Date, side: Transaction Type, price: Market Price}",
        ),
        (
            "Fill #,Date/Time (UTC),B/S,Ticker,Fill Qty,Fill Px",
            "1,2026-11-17T15:31:05Z,S,EXSY,100,22.50",
            "columns: {quantity: Fill Qty, side: B/S, security: Ticker, time: Date/Time (UTC), price: Fill Px}",
        ),
        (
            "Datum;Stueck;Kurs;Ordertyp",
            "17.11.2026;100;22,50;Markt",
            "columns: {date: Datum, quantity: Stueck, price: Kurs}",
        ),
    ],
)
def test_the_nearest_guess_is_accepted_word_for_word(header: str, row: str, write: str) -> None:
    (said,) = refused(f"{header}\n{row}\n")
    assert said.partition(" | ")[2].rpartition("columns:")[1:] == ("columns:", write.removeprefix("columns:"))
    columns = dict(part.split(": ") for part in write.removeprefix("columns: {").removesuffix("}").split(", "))
    (trade,) = read_sales(f"{header}\n{row}\n", columns=columns).trades
    assert (trade.day.text if trade.day else "", trade.shares, trade.price) == (
        "2026-11-17",
        Decimal(100),
        Decimal("22.5"),
    )


def test_no_price_of_an_exercise_is_taken_for_that_of_a_sale() -> None:
    header = "Stakeholder,Security ID,Exercise Date,Quantity Exercised,Exercise Price,FMV"
    (said,) = refused(f"{header}\nJane Roe,ES-12,11/17/2026,100,5.00,22.50\n")
    assert said.endswith("Write columns: with the headers of quantity and price under fills.")
    assert "price: " not in said


def test_an_amount_that_is_merged_over_rows_is_refused() -> None:
    data = merged_and_hidden(merge=["A2:A3", "D4:D5"])
    (said,) = refused(data)
    assert said == (
        "5:4 cell D5 is merged with D4, whose quantity stands there once | "
        "In Excel, unmerge the cells, and write in each row its own."
    )


def test_rows_that_excel_does_not_show_are_read_and_told() -> None:
    found = read_sales(merged_and_hidden(3, 5, merge=["A2:A3"], more="Old"))
    assert [trade.row for trade in found.trades] == [2, 3, 4, 5]
    assert (found.hidden, found.hidden_sheets) == ((3, 5), ("Old",))
    (said,) = refused(merged_and_hidden(merge=["A2:A3"], more="Old"), sheet="old")
    assert said == (
        '.sheet the sheet "old" is hidden, and such a sheet is not read | '
        "In Excel, right-click a sheet's name and unhide it."
    )


def story(rows: list[str]) -> list[str]:
    """Rows in the order of the story, without their numbers and the zeros of prices."""
    return sorted(row.partition(" ")[2].rstrip("0").replace(".000 ", " ") for row in rows)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["etrade-gains-losses", "fidelity-brokerage", "morgan-stanley-withdrawals", "schwab-brokerage", "shareworks-sales"],
)
def test_the_given_files_hold_the_story(name: str) -> None:
    assert story(sold(shared_dir("layouts", f"{name}.csv").read_bytes())) == STORY


@pytest.mark.shared
def test_the_given_file_of_releases_is_refused() -> None:
    (said,) = refused(shared_dir("layouts", "morgan-stanley-releases.csv").read_bytes())
    assert said.startswith("1:1 this is Morgan Stanley's report of releases (shares released when awards vested)")
    assert said.endswith("write it as an entry vest.")


PLAIN = "Date,Side,Quantity,Price\n11/17/2026,Sell,100,22.50\n11/17/2026,Sell,200,22.75\n11/18/2026,Sell,300,24.10\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace(",", "|").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", ";").replace(".", ",").encode(),
        b"sep=;\n" + PLAIN.replace(",", ";").encode(),
        ("Auftr\xe4ge, Zusammenfassung\n\n" + PLAIN).encode("cp1252"),
        PLAIN.replace("11/17", " 17/11").replace("11/18", "18/11").encode(),
        PLAIN.replace("100,22.50", '100,"$22.5000"').replace("300,24.10", '(300),"US$ 24.10"').encode(),
        workbook(
            ["Trades of November"],
            [],
            ["Trade Date", "Side", "Shares", "Price"],
            [datetime.fromisoformat("2026-11-17 09:31"), "Sell", 100, "$22.50"],
            [date(2026, 11, 17), "Sell", 200, 22.75],
            ["Nov 18, 2026", "Sell", "300", 24.1],
        ),
    ],
    ids=lambda data: "workbook" if data.startswith(b"PK") else repr(data[:12]),
)
def test_one_story_in_every_encoding_and_separator(data: bytes) -> None:
    assert story(sold(data)) == STORY


SCHWAB = """\
"Transactions  for account Joint ...4321 as of 12/01/2026 08:00:00 AM ET"
"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"
"12/01/2026","Sell","EXSY","EXAMPLE SYSTEMS INC","1,500","$24.1000","$0.31","$36149.69"
"11/30/2026 as of 11/27/2026","Sell","EXSY","EXAMPLE SYSTEMS INC","20","$22.7500","","$455.00"
"11/30/2026","Cancel Sell","EXSY","EXAMPLE SYSTEMS INC","40","$22.0000","","-$880.00"
"11/30/2026","Sell","EXSY","EXAMPLE SYSTEMS INC","40","$22.0000","","$880.00"
"11/30/2026","Buy","EXSY","EXAMPLE SYSTEMS INC","7","$21.0000","","-$147.00"
"11/30/2026","Sell to Open","EXSY 01/15/2027 30.00 C","CALL EXAMPLE SYSTEMS","1","$1.20","$0.65","$119.35"
"11/30/2026","Qualified Dividend","EXSY","EXAMPLE SYSTEMS INC","","","","$12.00"
"11/30/2026","Reinvest Shares","EXSY","EXAMPLE SYSTEMS INC","0.5","$24.00","","-$12.00"
"11/27/2026","Credit Interest","","SCHWAB1 INT","","","","$1.00"
"Transactions Total","","","","","","","$36588.69"
"""


def test_all_that_stands_in_a_history_beside_the_sales_is_passed_over() -> None:
    read = read_sales(SCHWAB)
    assert [(one.row, one.day and one.day.text, str(one.shares)) for one in read.trades] == [
        (3, "2026-12-01", "1500"),
        (4, "2026-11-27", "20"),
    ]
    assert [(one.row, str(one.shares)) for one in read.others] == [(7, "7")]
    assert read.layout == "Schwab's history of a brokerage account"
    assert str(read.passed) == (
        "1 row of other securities, 3 rows without a trade, 1 row of totals, 1 row cancelled, 1 row of cancellations"
    )


CORRECTED = (
    "Date,Side,Quantity,Price,Status,Order Number\n2026-11-17,Sell,100,22.50,{},A1\n2026-11-17,Sell,100,22.05,{},A1\n"
)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("Filled", "Corrected", ["3 2026-11-17 100 @22.05"]),
        ("Cancelled", "Corrected", ["3 2026-11-17 100 @22.05"]),
        ("Filled", "Rejected", ["2 2026-11-17 100 @22.50"]),
        ("Executed", "Partially filled", ["2 2026-11-17 100 @22.50", "3 2026-11-17 100 @22.05"]),
    ],
)
def test_orders_that_were_cancelled_or_corrected_do_not_count(first: str, second: str, kept: list[str]) -> None:
    assert sold(CORRECTED.format(first, second)) == kept


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PLAIN.replace("24.10", "24.1O"), "4:21 \"24.1O\" is not an amount"),
        (PLAIN.replace("300,24.10", "300,=24+0.1"), '4:21 "=24+0.1" is a formula'),
        (PLAIN.replace("24.10", "€24.10"), '4:21 "€24.10" is not in US dollars'),
        (PLAIN.replace("24.10", "0"), '4:21 "0" is no price of an execution'),
        (PLAIN.replace("11/18", "11/31"), '4:1 "11/31/2026" is no day of the calendar'),
        (PLAIN.replace("11/18/2026,Sell", "11/18/2026,Sell Short"), '4:12 "Sell Short": a short sale'),
        (PLAIN.replace("11/18/2026,Sell", "11/18/2026,Exercise and Sell"), '4:12 "Exercise and Sell" is neither buy'),
        (PLAIN.replace("11/18/2026,Sell,300", "11/18/2026,Buy,-300"), '4:16 "-300" were bought'),
        (PLAIN.replace("11/18/2026,Sell", "11/18/2026,Cancel Sell"), "4:12 nothing in the file is what this"),
        (CORRECTED.format("Filled", "Mended"), '3:27 "Mended" doesn\'t tell whether the order was executed'),
        (CORRECTED.replace("A1\n2", "B1\n2").format("Filled", "Corrected"), "3:37 it can't be told which row this one"),
        (PLAIN.replace("Price", "Price,Currency").replace("24.10", "24.10,CAD"), '4:27 "CAD": executions are'),
        (PLAIN.replace("11/17/2026,Sell,200", '11/17/2026,"Sell,200'), "3:1 a quotation mark is opened here"),
        (PLAIN.replace("300", "3\0"), "4:1 the file is not text"),
        (PLAIN.encode() + b"\x81", "5:1 byte 0x81 is no text"),
        (b"%PDF-1.7", "1:1 this is a PDF, not a CSV file or an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "1:1 this is an old or protected Excel workbook (.xls)"),
        (b"<html><table></table></html>", "1:1 this is a web page or XML"),
        ("Symbol,Description,Quantity,Price,Market Value\nEXSY,X,5,2,10\n", "1:1 this is a list of positions"),
        ("Symbol,Date Acquired,Date Sold,Proceeds,Cost Basis\nEXSY,1,2,3,4\n", "1:1 this is a list of realized gains"),
        ("Grant Date,Grant Number,Quantity,Price\n1,2,3,4\n", "1:1 this is a list of grants"),
        ("Date,Side,Quantity,Price\n03/04/2026,S,1,2\n03/05/2026,S,1,2\n", '2:1 "03/04/2026" may be 2026-03-04 or'),
        ("Date;Side;Shares;Price\n2026-11-17;S;100;24,100\n", '2:18 "24,100" may be thousands or'),
        ("Symbol,Date,Side,Shares,Price\n,2026-11-17,S,1,2\n", "2:1 this row names no security"),
        ("Date,Shares,Quantity,Price\n2026-11-17,1,1,2\n", "1:1 more than one column may be the quantity"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_at_its_cell(data: str | bytes, said: str) -> None:
    found = refused(data)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_one_mistake_in_many_rows_is_told_once() -> None:
    (said,) = refused(PLAIN.replace("Sell", "Transact"))
    assert said == '2:12 "Transact" is neither buy nor sell (as in 2 more rows) | Write buy or sell in this column.'


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ("600", ""),
        ({"shares": "600", "dollars": "$14,030.00"}, ""),
        ("700", ".total.shares the executions add up to 600, 100 less than the total | Look for rows"),
        (
            {"dollars": "14029.69"},
            ".total.dollars the executions add up to $14,030.00, $0.31 more than the total | Look",
        ),
    ],
)
def test_the_total_is_held_against_the_rows(total: object, said: str) -> None:
    found = refused(PLAIN, total=total)
    assert len(found) == bool(said)
    assert all(one.startswith(said) for one in found)


COLUMNS = {"date": "Handelstag", "side": "Art", "quantity": "Stück", "price": "Kurs"}


def test_columns_of_an_unknown_layout_are_named_by_the_plan() -> None:
    data = "Umsätze\nHandelstag;Art;Stück;Kurs;Wert\n17.11.2026;Sell;1.200;22,50;27.000,00\n"
    assert sold(data, columns=COLUMNS) == ["3 2026-11-17 1200 @22.50"]
    (said,) = refused(data, columns=COLUMNS | {"price": "Preis"})
    assert said == '.columns.price no column is called "Preis" | Known here: Art, Handelstag, Kurs, Stück, Wert.'


def test_the_nearest_guess_at_the_columns_is_ready_to_be_pasted() -> None:
    data = "Date,B/S,Nominal,Px (USD)\n2026-11-17,S,100,22.50\n"
    (said,) = refused(data)
    assert said == (
        "1:1 no column is known as quantity and price | The file has Date, B/S, Nominal, Px (USD). "
        "columns: {date: Date, side: B/S, quantity: Nominal, price: Px (USD)}"
    )
    columns = {"date": "Date", "side": "B/S", "quantity": "Nominal", "price": "Px (USD)"}
    assert sold(data, columns=columns) == ["2 2026-11-17 100 @22.50"]


def test_another_security_is_never_taken_for_the_one_asked_for() -> None:
    data = "Symbol,Side,Quantity,Price,Date\nEXSYW,S,1,2,2026-11-17\nEXSY RSU,S,1,2,2026-11-17\n"
    (said,) = refused(data)
    assert said == (
        "- it holds no executions of EXSY | The file has EXSYW, EXSY RSU. Where one of them is meant: security: EXSYW"
    )
    assert sold(data, security="EXSY RSU") == ["3 2026-11-17 1 @2"]


def test_sheets_of_a_workbook() -> None:
    rows = [["Date", "Side", "Quantity", "Price"], ["2026-11-17", "Sell", 5, 22.1096]]
    one = workbook(["Notes"], title="Cover", more=[("Trades", rows)])
    assert sold(one) == ["2 2026-11-17 5 @22.1096"]
    two = workbook(*rows, title="A", more=[("B", rows)])
    assert refused(two) == ["- several sheets hold executions: A, B | sheet: A"]
    assert sold(two, sheet="b") == ["2 2026-11-17 5 @22.1096"]
    assert refused(two, sheet="C") == ['.sheet the file has no sheet "C" | Known here: A, B.']


def test_a_formula_where_a_value_should_stand_is_refused() -> None:
    data = workbook(["Quantity", "Price", "Amount"], [5, "=2*3", "=A2*B2"], [5, 6, "=A3*B3"])
    (said,) = refused(data)
    assert said.startswith("2:2 cell B2 holds a formula, not a value")


def test_without_dates_the_entry_must_tell_the_day() -> None:
    (said,) = refused("quantity,price\n1,2\n")
    assert said.startswith("- no column is known to tell the days | Write date:")


def test_a_quantity_below_zero_tells_a_sale_where_no_column_does() -> None:
    read = read_sales("date,quantity,price\n2026-11-17,-100,22\n2026-11-17,50,21\n")
    assert [(one.letter, str(one.shares)) for one in (*read.trades, *read.others)] == [("D", "100"), ("A", "50")]


HEAD = "Date,Side,Quantity,Price,Status,Order Number,Account,Symbol\n"
ROW = "2026-11-17,{side},{n},22.50,{status},{order},{account},{symbol}\n"


def many(count: int, **cells: str) -> bytes:
    """A file of many rows, `#` in a cell standing for the row's number."""
    said = {"side": "Sell", "status": "", "order": "", "account": "", "symbol": "EXSY", "n": "1", **cells}
    rows = (ROW.format(**{name: cell.replace("#", str(n)) for name, cell in said.items()}) for n in range(1, count))
    return (HEAD + "".join(rows)).encode()


@pytest.mark.parametrize(
    "make",
    [
        lambda n: many(n, n="#"),
        lambda n: many(n) + many(n, side="Cancel Sell").partition(b"\n")[2],
        lambda n: many(n, order="#") + many(n, order="#", status="Corrected").partition(b"\n")[2],
        lambda n: many(n, order="1", status="Corrected"),
        lambda n: many(n, account="Z000#"),
        lambda n: many(n, symbol="S#"),
        lambda n: many(n, side="Frob#"),
        lambda n: many(n, n="x#"),
        lambda n: many(n).replace(b"2026-11-17", b"2026-11-17 09:30 q"),
        lambda n: HEAD.encode() + b'"' + b"2026-11-17\n" * n + b'",x',
        lambda n: HEAD.encode() + b"total " * n,
        lambda n: HEAD.encode() + b"a " * n,
    ],
    ids=range(12),
)
def test_the_time_of_reading_grows_as_the_file(make: Callable[[int], bytes]) -> None:
    def work(size: int) -> None:
        data = make(size)
        with contextlib.suppress(Faults):
            windows(read(data, asked()).trades)

    assert growth(work, 1500) < 10


def test_a_correction_may_take_the_place_of_several_executions_of_its_order() -> None:
    data = HEAD + "".join(
        ROW.format(side="Sell", n=n, status=status, order="A", account="", symbol="EXSY")
        for n, status in ((1, "Filled"), (2, "Filled"), (3, "Corrected"))
    )
    assert sold(data) == ["4 2026-11-17 3 @22.50"]


def test_names_of_columns_written_together_and_totals_behind_other_cells() -> None:
    data = (
        "TransactionDate,TransactionType,SecurityType,Symbol,Quantity,Amount,Price\n"
        "11/17/26,Sold,EQ,EXSY,-100,2249.89,22.50\n"
        "11/17/26,Dividend,EQ,OTHR,0,5,0\n"
        ",,SubTotal,EXSY,-100,2249.89,\n"
    )
    assert sold(data) == ["2 2026-11-17 100 @22.50"]
    assert str(read_sales(data).passed) == "1 row without a trade, 1 row of totals"


HEADERS = "Trade Date,Side,Symbol,Quantity,Price\n"
EXECUTED = "11/18/2026,Sell,EXSY,100,31.15\n"


def test_tables_of_several_accounts_that_titles_name() -> None:
    text = f"Account: XXXX-1234\n{HEADERS}{EXECUTED}\nAccount: XXXX-5678\n{HEADERS}{EXECUTED}"
    (said,) = refused(text)
    assert said.startswith("7:1 it holds executions in 2 accounts: XXXX-1234, XXXX-5678 | ")
    assert said.endswith('accounts: {"1234": direct, "5678": direct}')
    assert [trade.row for trade in read_sales(text, account="5678").trades] == [7]
    mapped = read_sales(text, accounts={"1234": "direct", "5678": "trust"})
    assert mapped.holders == {"XXXX-1234": "1234", "XXXX-5678": "5678"}
    assert sold(f"Account: XXXX-1234\n{HEADERS}{EXECUTED}\nAccount: ...1234\n{HEADERS}{EXECUTED}") == [
        "3 2026-11-18 100 @31.15",
        "7 2026-11-18 100 @31.15",
    ]


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("Total,,,500,\n", (4, 500, 200)),
        ("Total,,,200,\n", None),
        ("Total,,,(200),\n", None),
        ("Subtotal,,,100,\nTotal,,,200,\n", None),  # of the last run, and of all
        ("Total,,,n/a,\n", None),
        ("11/18/2026,Sell,OTHR,300,1\nTotal,,,500,\n", None),  # it may be of both
    ],
)
def test_a_total_of_the_file_that_its_rows_do_not_add_up_to(below: str, told: tuple[int, ...] | None) -> None:
    found = read_sales(HEADERS + EXECUTED * 2 + below).total
    assert ((found.row, int(found.stated), int(found.found)) if found else None) == told
    assert read_sales(HEADERS + EXECUTED * 2 + below, total={"shares": "200"}).total is None


def test_signs_that_nobody_sees() -> None:
    assert sold(HEADERS + "11/18/2026,Sell\u200e,\u200bEXSY,\u2060100,31.15\u00ad\n") == ["2 2026-11-18 100 @31.15"]


def test_names_of_columns_in_two_rows() -> None:
    book = workbook(
        ["Execution report"],
        ["Date", "Side", "Symbol", "Execution", None],
        [None, None, None, "Quantity", "Price"],
        [date(2026, 11, 18), "Sell", "EXSY", 100, 31.15],
    )
    assert sold(book) == ["4 2026-11-18 100 @31.15"]
    assert sold("Trade,,Security,,\nDate,Side,Symbol,Quantity,Price\n" + EXECUTED) == ["3 2026-11-18 100 @31.15"]
