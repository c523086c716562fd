"""Insiders from a sheet: what a row says, in which cell, and sheets that can't be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from form4_author.findings import Rejected
from form4_author.plan.sheet_items import Told, sheet_items
from form4_author.plan.source import load

COLUMNS = "{name: Last name, owner: Profile, opening.common: Held  before, grant.common: shares}"
CSV = (
    'Grants of 2026\nLast name,Profile,Held before,Shares\n"roe, j",officer,"18,250",4000\n\n,poe,,\n'
    " moe ,moe,9310,2500\n"
)


def read(folder: Path, columns: str = COLUMNS, name: str = "grants.csv", most: int = 500) -> list[Told]:
    plan = folder / "plan.yaml"
    plan.write_text(f"for_each:\n  sheet: {name}\n  columns: {columns}\n")
    return sheet_items(load(plan), folder=folder, root=folder, texts={}, most=most)


def refused(folder: Path, columns: str = COLUMNS, name: str = "grants.csv", most: int = 500) -> list[str]:
    with pytest.raises(Rejected) as caught:
        read(folder, columns, name, most)
    places = [(finding, finding.origin.position) for finding in caught.value.findings]
    return [f"{Path(at.file).name}:{at.line}:{at.column} {f.code} {f.message}" for f, at in places if at]


def test_a_row_is_an_insider_and_an_empty_cell_leaves_its_key_out(tmp_path: Path) -> None:
    (tmp_path / "grants.csv").write_text(CSV)
    rows = read(tmp_path)
    assert [data for data, _ in rows] == [
        {"name": "roe, j", "owner": "officer", "opening": {"common": "18,250"}, "grant": {"common": "4000"}},
        {"owner": "poe"},
        {"name": "moe", "owner": "moe", "opening": {"common": "9310"}, "grant": {"common": "2500"}},
    ]
    places = rows[0][1]
    assert [places[key].value for key in ((), ("name",), ("opening",), ("opening", "common"), ("grant", "common"))] == [
        (3, 1),
        (3, 1),
        (3, 18),
        (3, 18),
        (3, 27),
    ]
    start, end = places["opening", "common"].start, places["opening", "common"].end
    assert CSV[start:end] == '"18,250"'
    assert rows[2][1]["grant", "common"].value == (6, 16)


def test_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Notes", "none"])
    sheet = book.create_sheet("Grants")
    for row in (
        ["Last name", "Profile", "Held before", "Shares"],
        ["roe", "officer", 18250, 4000.5],
        ["poe", "poe", None, "=1+1"],
    ):
        sheet.append(row)
    book.save(tmp_path / "grants.xlsx")
    assert refused(tmp_path, name="grants.xlsx") == [
        "grants.xlsx:3:4 PLN022 D3 holds a formula whose value the file doesn't keep"
    ]
    sheet["D3"] = 7
    book.save(tmp_path / "grants.xlsx")
    rows = read(tmp_path, name="grants.xlsx")
    assert [data for data, _ in rows] == [
        {"name": "roe", "owner": "officer", "opening": {"common": "18250"}, "grant": {"common": "4000.5"}},
        {"name": "poe", "owner": "poe", "grant": {"common": "7"}},
    ]
    assert rows[1][1]["grant", "common"].value == (3, 4)


def test_rows_and_sheets_that_are_hidden(tmp_path: Path) -> None:
    """Nothing tells whether a form is to come of what isn't shown: neither silently in nor silently out."""
    book = Workbook()
    sheet = book.active
    for row in (["Last name", "Profile", "Held before", "Shares"], *(["roe", "officer", 1, 2] for _ in range(4))):
        sheet.append(row)
    for number in (3, 4):
        sheet.row_dimensions[number].hidden = True
    book.save(tmp_path / "grants.xlsx")
    assert refused(tmp_path, name="grants.xlsx") == [
        "grants.xlsx:3:1 PLN022 hidden in Excel: rows 3 to 4; nothing tells whether they are to make forms"
    ]
    sheet.delete_rows(3, 2)
    for number in (3, 4):
        sheet.row_dimensions[number].hidden = False
    sheet.row_dimensions[1].hidden = True  # the names of the columns make no form
    book.save(tmp_path / "grants.xlsx")
    assert len(read(tmp_path, name="grants.xlsx")) == 2
    sheet.sheet_state = "hidden"
    book.create_sheet("Notes").append(["none"])
    book.save(tmp_path / "grants.xlsx")
    assert refused(tmp_path, name="grants.xlsx")[0].startswith("plan.yaml:")


def test_a_number_that_another_locale_reads_otherwise(tmp_path: Path) -> None:
    """A thousand shares of a German Excel are not one."""
    heads = "Last name;Profile;Held before;Shares"
    (tmp_path / "grants.csv").write_text(f"{heads}\nroe;roe;1000;1.000\npoe;poe;12.50;10.5\n")
    assert refused(tmp_path) == [
        'grants.csv:2:14 PLN022 "1.000" is a thousand where a comma parts the decimals, as semicolons tell'
    ]
    for written in ("1000", "1.0000"):  # as the hint says
        (tmp_path / "grants.csv").write_text(f"{heads}\nroe;roe;1000;{written}\n")
        assert read(tmp_path)[0][0]["grant"] == {"common": written}
    (tmp_path / "grants.csv").write_text(f"{heads}\nroe;roe;1000;12.500.000\n")
    assert refused(tmp_path)[0].startswith("grants.csv:2:14 PLN022 ")
    (tmp_path / "grants.csv").write_text(f"{heads}\nroe;roe;1000;1000\n".replace(";", ","))
    assert len(read(tmp_path)) == 1


def test_cells_that_are_merged_downwards(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["Last name", "Profile", "Held before", "Shares"], ["roe", "officer", 1, 2], ["poe", "poe", 3, 4]):
        sheet.append(row)
    sheet.merge_cells("D2:D3")
    book.save(tmp_path / "grants.xlsx")
    assert refused(tmp_path, name="grants.xlsx") == [
        "grants.xlsx:3:4 PLN022 D3 is merged with D2, whose value stands there alone"
    ]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("{name: Last name, owner: Profil}", ['plan.yaml:3:37 PLN022 grants.csv has no column "Profil"']),
        ("{}", ["plan.yaml:3:3 PLN003 columns says which column of the sheet says what"]),
        ("[name]", ["plan.yaml:3:3 PLN003 columns says which column of the sheet says what"]),
        ("{name: [a]}", ["plan.yaml:3:19 PLN003 the header of a column must stand here"]),
        ("{opening..common: Shares}", ['plan.yaml:3:13 PLN003 "opening..common" is no key path']),
        (
            "{opening: Shares, opening.common: Shares}",
            ["plan.yaml:3:30 PLN011 opening.common and opening can't both be columns: one lies in the other"],
        ),
        ("{name: Last name}\n  colums: {}", ['plan.yaml:4:3 PLN002 unknown key "colums"']),
    ],
)
def test_columns_that_the_plan_names_wrongly(tmp_path: Path, columns: str, said: list[str]) -> None:
    (tmp_path / "grants.csv").write_text("Last name,Profile,Shares\nroe,roe,1\n")
    assert refused(tmp_path, columns) == said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "plan.yaml:2:10 PLN022 grants.csv: there is no such file"),
        (b"", "plan.yaml:2:10 PLN022 grants.csv holds no table with these columns"),
        (b"A,B\n", "plan.yaml:2:10 PLN022 grants.csv has no row"),
        (b"A,A\n1,2\n", 'plan.yaml:3:19 PLN022 grants.csv has several columns "A"'),
        (b"A\n1\n2\n3\n", "plan.yaml:2:10 PLN022 grants.csv has 3 rows; one plan takes 2"),
        (b"%PDF-1.7", "grants.csv:1:1 PLN022 this is a PDF, not a CSV file or an Excel workbook"),
        (b"PK\x03\x04no", "grants.csv:1:1 PLN022 the workbook is damaged"),
        (b"A," + b"x," * 10_000 + b"\n", "grants.csv:1:1 PLN022 this row has 10,002 cells; 256 are read"),
        (b"x" * (2 * 2**20 + 1), "plan.yaml:2:10 PLN022 grants.csv: the file is larger than 2 MiB"),
    ],
)
def test_a_sheet_that_can_t_be_read(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "grants.csv").write_bytes(content)
    assert refused(tmp_path, "{name: A}", most=2) == [said]


def test_a_sheet_lies_beside_the_plan(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("A\n1\n")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "link.csv").symlink_to(tmp_path / "out.csv")
    for name in ("../out.csv", "link.csv"):
        assert refused(tmp_path / "plans", "{name: A}", name) == [
            f"plan.yaml:2:10 PLN022 {name} lies outside the folder plans"
        ]
    assert refused(tmp_path, "{name: A}", "[a]") == ["plan.yaml:2:10 PLN003 the name of a file must stand here"]
