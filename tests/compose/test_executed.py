"""A file of executions: its lines, and what of it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.compose.test_composition import lines
from tests.plans import composed, plan_text, told

FILLS = "transactions:\n  - {date: 2026-11-18, code: S, security: common, fills: fills.csv}\n"


def test_executions_become_lines_within_one_dollar(tmp_path: Path) -> None:
    (tmp_path / "fills.csv").write_text('Time,Shares,Price\n1,"1,200",31.15\n2,300,$31.4050\n3,500,32.15\n4,1,33.16\n')
    text = plan_text(transactions=FILLS)
    filing = composed(text, tmp_path).filing
    assert lines(filing) == [
        "I Common Stock S D 2000 @31.4383 =10500",
        "I Common Stock S D 1 @33.16 =10499",
    ]
    assert [row.price_per_share.footnote_ids for row in filing.table1] == [("F1",), ()]
    assert "from $31.15 to $32.15" in filing.footnotes[0].text.text


@pytest.mark.parametrize(
    ("csv", "said"),
    [
        (None, "10:58 PLN014 fills.csv: there is no such file"),
        ("a,b\n1,2\n", "1:1 PLN014 no row names columns that are known, quantity and price among them"),
        ("", "1:1 PLN014 the file is empty"),
        ("quantity,price\nten,3\n5,x\n", '2:1 PLN014 "ten" is not an amount'),
        ("quantity,price\n\n", "10:58 PLN014 fills.csv: it holds no executions"),
        ("quantity,price\n5\n", '2:2 PLN014 "" is not an amount'),
        (
            f'quantity,price\n5,"{"1" * 140_000}"\n',
            "2:1 PLN014 a cell has more than 131,072 characters",
        ),
    ],
)
def test_executions_that_cannot_be_read(tmp_path: Path, csv: str | None, said: str) -> None:
    if csv is not None:
        (tmp_path / "fills.csv").write_text(csv)
    text = plan_text(transactions=FILLS)
    assert told(text, tmp_path)[0] == said


def test_executions_outside_the_folder_are_not_read(tmp_path: Path) -> None:
    text = plan_text(transactions="transactions:\n  - {date: 2026-11-18, code: S, security: common, fills: ../x.csv}\n")
    assert told(text, tmp_path) == [f"10:58 PLN014 ../x.csv lies outside the folder {tmp_path.name}"]


def written(tmp_path: Path, csv: str) -> str:
    """A plan of a sale on 2026-11-18 with these executions."""
    (tmp_path / "fills.csv").write_text(csv)
    return plan_text(transactions=FILLS)


def test_executions_in_rows_that_are_hidden(tmp_path: Path) -> None:
    """They are read, and told: what is seen on no screen is neither left out of the form nor put there silently."""
    book = Workbook()
    for line in (["Side", "Quantity", "Price"], ["Sell", 1, 20], ["Sell", 2, 20], ["Total", 3, None]):
        book.active.append(line)
    for number in (3, 4):
        book.active.row_dimensions[number].hidden = True
    book.create_sheet("Old").sheet_state = "hidden"
    book.save(tmp_path / "fills.xlsx")
    composition = composed(plan_text(transactions=FILLS.replace("csv", "xlsx")), tmp_path)
    assert [row.shares.text for row in composition.filing.rows] == ["3"]
    assert [(one.code, one.message) for one in composition.findings] == [
        ("EXE004", "hidden in Excel, and read all the same: the executions of fills.xlsx in row 3"),
        ("EXE001", "fills.xlsx is read: 2 executions; passed over are 1 row of totals; not read, since hidden: Old"),
    ]


def test_each_day_has_lines_of_its_own(tmp_path: Path) -> None:
    text = written(
        tmp_path,
        "date,side,quantity,price\n11/18/2026,SELL,500,31.60\n11/17/2026,SELL,400,31.02\n11/17/2026,SELL,100,31.20\n"
        "11/17/2026,SELL,10,33\n",
    )
    composition = composed(text, tmp_path)
    assert composition.findings == ()
    filing = composition.filing
    assert lines(filing) == [
        "I Common Stock S D 500 @31.056 =12000",
        "I Common Stock S D 10 @33 =11990",
        "I Common Stock S D 500 @31.6 =11490",
    ]
    assert [row.transaction_date.text for row in filing.rows] == ["2026-11-17", "2026-11-17", "2026-11-18"]
    assert filing.period_of_report.text == "2026-11-17"
    said = {one.what: one.how for one in composition.derivations}
    assert said["Table I, line 1, column 2"] == "executed that day in fills.csv, rows 3-4"
    assert said["Table I, line 1, column 4, amount"] == "sum of 2 executions at $31.02 to $31.20 in fills.csv, rows 3-4"
    assert said["Box 3, date of earliest transaction"] == "the earliest day of the executions"


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Trade Date,Action,Filled Qty,Limit Price,Avg. Price", ["20261118,Sold,5,40,31", "2026-11-18,S,5,40,31"]),
        ("Time,B/S,Shares,Amount,Price ($)", ["09:40:00,sld,5,155.00,31", "9:41,Sale,5,155.00,31"]),
        (
            "Exec Time,Type,Quantity,Price per Share,Venue",
            ["2026-11-18 09:40,Market,10,31,X", "2026-11-18T10:00Z,,0,31,"],
        ),
        ("Timestamp,Side,Quantity,Fill Price,Price", ["11/18/2026 9:40:01 AM,Sell to Close,10,31,30"]),
    ],
)
def test_columns_have_many_names(header: str, rows: list[str], tmp_path: Path) -> None:
    text = written(tmp_path, "\n".join([header, *rows]).replace("Price ($)", "Price"))
    composition = composed(text, tmp_path)
    assert composition.findings == ()
    assert lines(composition.filing) == ["I Common Stock S D 10 @31 =12490"]


@pytest.mark.parametrize(
    ("csv", "said"),
    [
        (
            "side,shares,price\nSELL,900,18.10\nBUY,250,18.35\nbot,1,18\n",
            ["10:58 EXE002 251 were bought in fills.csv, rows 3 to 4, and no entry reports them"],
        ),
        (
            "type,shares,price\nLimit,900,18.10\nPurchase,1,18\n",
            ["10:58 EXE002 1 were bought in fills.csv, row 3, and no entry reports them"],
        ),
        ("side,shares,price\nhold,900,18.10\n", ['2:1 PLN014 "hold" is neither buy nor sell']),
        (
            "date,shares,price\n2026-11-16,900,18.10\n2026-11-17,1,18\n",
            ["2:1 PLN014 executed on 2026-11-16, but the entry is of 2026-11-18 (as in 1 more row)"],
        ),
        ("date,shares,price\n2026-11-18,900,18.10\n,1,18\n", ["3:1 PLN014 this row has no date"]),
        ("date,shares,price\nyesterday,900,18.10\n", ['2:1 PLN014 "yesterday" is not a date']),
        ("side,shares,price\nbuy,900,18.10\n", ["2:1 PLN014 it holds no sales; this row is a purchase"]),
    ],
)
def test_rows_that_belong_elsewhere_are_told(csv: str, said: list[str], tmp_path: Path) -> None:
    assert told(written(tmp_path, csv), tmp_path) == said


def test_a_sale_among_purchases_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "fills.csv").write_text("side,shares,price\nB,900,18.10\nS,1,18\n")
    text = plan_text(transactions=FILLS.replace("code: S", "code: P"))
    assert told(text, tmp_path) == ["10:58 EXE002 1 were sold in fills.csv, row 3, and no entry reports them"]


def test_one_deemed_execution_date_is_not_that_of_several_days(tmp_path: Path) -> None:
    (tmp_path / "fills.csv").write_text("date,shares,price\n2026-11-17,900,18.10\n2026-11-18,1,18\n")
    text = plan_text(transactions=FILLS.replace("code: S", "deemed_execution_date: 2026-11-19, code: S"))
    assert told(text, tmp_path) == ["10:47 PLN011 one deemed execution date can't be that of several days"]
