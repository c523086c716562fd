"""A file of executions: its lines, and what of it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

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
        ("a,b\n1,2\n", "1:1 PLN014 the first line must name the columns quantity and price"),
        ("", "1:1 PLN014 the first line must name the columns quantity and price"),
        ("quantity,price\nten,3\n5,x\n", '2:1 PLN014 "ten" is not an amount'),
        ("quantity,price\n\n", "10:58 PLN014 fills.csv holds no executions"),
        ("quantity,price\n5\n", '2:1 PLN014 "" is not an amount'),
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
