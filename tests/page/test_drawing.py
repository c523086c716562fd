"""The page as HTML: each value in its place, in each edition of the form, and one file that asks for nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from form4_author.filing import ABSENT, Filing, Issuer, ReportingOwner, Row, Table, Value
from form4_author.page import drawing
from form4_author.page.fonts import FACES, cut_down
from form4_author.page.templates import Templates
from tests.page.sheets import cells, sheet_of, text_of
from tests.page_filings import exercise_and_sell, field, largest
from tests.page_sheet import Owner, Sheet, our_sheet


def test_the_whole_form() -> None:
    assert sheet_of(exercise_and_sell()) == Sheet(
        form="4",
        exit_box=False,
        form3_box=None,
        form4_box=None,
        plan_box=None,
        none_owned=False,
        owners=(
            Owner(
                name="Roe Jane",
                address="C/O QUALYS, INC. 1600 BRIDGE PARKWAY REDWOOD CITY CA 94065",
                director=False,
                ten_percent=False,
                officer=True,
                other=False,
                officer_title="VP, OPERATIONS",
                other_text="",
            ),
        ),
        box_5="VP, OPERATIONS",
        issuer="QUALYS, INC. [QLYS]",
        foreign_symbol="",
        period="11/22/2013",
        original_date="",
        several_persons=False,
        table1=(
            cells("Common Stock", "11/22/2013", "", ("M", "(1)"), "", "10,000", "A", "$4.80", "10,000", "D", ""),
            cells("Common Stock", "11/22/2013", "", ("S", "(1)"), "", "10,000", "D", ("$22.5307", "(2)"), "0", "D", ""),
        ),
        table2=(
            cells(
                *("Stock Option (right to buy)", "$4.80", "11/22/2013", "", ("M", "(1)"), "", "", "10,000"),
                *(("", "(3)"), "04/28/2021", "Common Stock", "10,000", "$0", "92,394", "D", ""),
            ),
        ),
        footnotes=(
            ("1", "Under a trading plan adopted on August 28, 2013."),
            ("2", "A weighted average price."),
            ("3", "Exercisable at once."),
        ),
        remarks="First line.\n\nThird line.",
        signatures=(("/s/ John Doe, attorney-in-fact for Jane Roe", "11/25/2013"),),
    )


# What differs between the editions of the form


@pytest.mark.parametrize(
    ("version", "box", "country"),
    [
        ("X0202", None, False),
        ("X0306", None, False),
        ("X0407", True, False),
        ("X0508", True, False),
        ("X0609", True, True),
    ],
)
def test_each_edition_shows_the_form_of_its_time(version: str, box: bool | None, country: bool) -> None:
    filing = exercise_and_sell(version)
    page = drawing.html(filing if box is None else replace(filing, aff10b5_one=Value("true")), fonts=False)
    assert our_sheet(page).plan_box is box
    assert ("Rule 10b5-1(c) Transaction Indication" in page) is (version == "X0407")
    assert ("(Country)" in page, "2a. Foreign Trading Symbol" in page) == (country, country)
    assert ("(Zip/Postal Code)" if country else "(Zip)") in page
    places = ("CALIFORNIA", "UNITED STATES") if country else ("CA",)
    assert our_sheet(page).owners[0].address.split(" REDWOOD CITY ")[1] == " ".join((*places[:1], "94065", *places[1:]))


def test_an_address_abroad() -> None:
    owner = ReportingOwner(
        name=Value("Roe Jane"),
        non_us_address=Value("true"),
        city=Value("HSINCHU"),
        non_us_state_territory=Value("HSINCHU COUNTY"),
        country=Value("F5"),
        zip_code=Value("300096"),
        state_description=Value("TAIWAN"),
    )
    issuer = Issuer(
        name=Value("A Foreign Issuer"), trading_symbol=Value("AFI"), foreign_trading_symbol=Value("2330.TW")
    )
    filing = replace(exercise_and_sell("X0609"), owners=(owner,), issuer=issuer)
    assert sheet_of(filing).owners[0].address == "HSINCHU HSINCHU COUNTY 300096 TAIWAN"
    assert sheet_of(filing).foreign_symbol == "2330.TW"
    assert text_of(filing).count("TAIWAN") == 1
    older = replace(filing, version="X0508", owners=(replace(owner, state=Value("F5"), country=ABSENT, city=ABSENT),))
    assert text_of(replace(older, issuer=Issuer())).count("TAIWAN") == 1


def test_a_joint_filing_shows_every_person_in_full() -> None:
    sheet = sheet_of(largest())
    assert sheet.several_persons
    assert len(sheet.owners) == 10
    for number, owner in enumerate(sheet.owners):
        assert owner.name == largest().owners[number].name.text
        country = "HOLY SEE (VATICAN CITY STATE)" if number % 2 == 0 else "MALAYSIA"
        assert owner.address.endswith(f"{'C' * 30} {'T' * 30} Z9-Z9-Z9-Z {country}")
        assert (owner.director, owner.ten_percent, owner.officer, owner.other) == (True, True, True, True)
        assert (owner.officer_title, owner.other_text) == ("O" * 30, "Member of a group, see remarks")


def test_an_amendment_says_so() -> None:
    filing = replace(exercise_and_sell(), document_type=Value("4/A"), date_of_original_submission=Value("2013-11-26"))
    assert sheet_of(filing).original_date == "11/26/2013"
    assert "FORM 4 Amendment" in text_of(filing)
    assert "Amendment Check" not in text_of(exercise_and_sell())


@pytest.mark.parametrize(
    ("form_type", "timeliness", "shown"),
    [("4", "", ""), ("5", "", "V"), ("5", "E", "V"), ("4", "E", "E"), ("5", "L", "V L"), ("3", "", "3"), ("", "", "")],
)
def test_the_column_v(form_type: str, timeliness: str, shown: str) -> None:
    row = Row(table=Table.I, holding=False, form_type=Value(form_type), timeliness=field(timeliness, 4))
    line = sheet_of(replace(exercise_and_sell(), table1=(row,))).table1[0]
    assert line[4] == (shown, ("(4)",))


def test_an_equity_swap_adds_k() -> None:
    rows = [
        Row(table=Table.I, holding=False, code=Value("J"), equity_swap=Value(v)) for v in ("1", "true", "0", "false")
    ]
    lines = sheet_of(replace(exercise_and_sell(), table1=tuple(rows))).table1
    assert [line[3][0] for line in lines] == ["J/K", "J/K", "J", "J"]


def test_a_holding_leaves_the_columns_of_a_transaction_blank() -> None:
    holding = Row(
        table=Table.II,
        holding=True,
        security_title=field("Warrant", 1),
        conversion_or_exercise_price=field("", 2, 1),
        exercise_date=field("2020-01-02"),
        expiration_date=field("2030-01-02"),
        underlying_title=field("Common Stock"),
        underlying_value=field("5000"),
        value_owned_following=field("12345.5", 3),
        direct_or_indirect=field("I"),
        nature_of_ownership=field("By Trust", 1, 2),
    )
    (line,) = sheet_of(replace(exercise_and_sell(), table2=(holding,))).table2
    blank = ("", ())
    assert line == (
        ("Warrant", ("(1)",)),
        ("", ("(1)", "(2)")),
        *[blank] * 6,
        *cells("01/02/2020", "01/02/2030", "Common Stock", "$5,000", "", ("$12,345.50", "(3)"), "I"),
        ("By Trust", ("(1)", "(2)")),
    )


@pytest.mark.parametrize(("letter", "shown"), [("X", "1,000 (X)"), ("", "1,000")])
def test_an_amount_neither_acquired_nor_disposed_of_stands_in_neither_column(letter: str, shown: str) -> None:
    row = replace(exercise_and_sell().table2[0], shares=field("1000", 2), acquired_disposed=field(letter))
    page = drawing.html(replace(exercise_and_sell(), table2=(row,)), fonts=False)
    (cell,) = [td for td in etree.HTML(page).iter("td") if td.get("class") == "t2-neither"]
    assert cell.get("colspan") == "2"
    assert "".join(map(str, cell.itertext())).replace(" (2)", "") == shown
    assert '<td class="t2-acquired">' not in page


def test_a_footnote_on_a_missing_letter_is_shown_where_the_amount_would_stand() -> None:
    row = replace(exercise_and_sell().table2[0], shares=field(""), acquired_disposed=field("", 2))
    page = drawing.html(replace(exercise_and_sell(), table2=(row,)), fonts=False)
    (cell,) = [td for td in etree.HTML(page).iter("td") if td.get("class") == "t2-neither"]
    assert "".join(map(str, cell.itertext())).split() == ["(2)"]


def test_the_html_is_one_file_that_asks_for_nothing() -> None:
    page = drawing.html(exercise_and_sell(), document_hash="0f" * 32)
    root = etree.HTML(page)
    (policy,) = [meta for meta in root.iter("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy.get("content") == (
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'"
    )
    links = re.findall(r'url\("([^"]*)"\)', page)
    assert [base64.b64decode(link.removeprefix("data:font/ttf;base64,")) for link in links] == [
        cut_down(face, page) for face in FACES
    ]
    assert len(page) < 250_000
    outside = re.sub(r'url\("data:[^"]*"\)', "", page)
    assert not re.findall(r"url\(|@import|https?:|//|src=", outside)
    assert root.get("lang") == "en-US"
    assert ["".join(map(str, title.itertext())) for title in root.iter("title")] == [
        "Form 4: QUALYS, INC. [QLYS] - Roe Jane - 11/22/2013"
    ]
    assert len({e.get("id") for e in root.iter("*")} - {None}) == len([e for e in root.iter("*") if e.get("id")])


def test_the_page_is_drawn_once_and_its_fonts_are_laid_in(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    render = Templates.render

    def counted(self: Templates, page: str, context: Mapping[str, Any]) -> str:
        drawn.append(page)
        return render(self, page, context)

    monkeypatch.setattr(Templates, "render", counted)
    page = drawing.html(exercise_and_sell())
    assert drawn == ["form4.html.j2"]
    assert page.count("data:font/ttf;base64,") == len(FACES)
    assert "\x1a" not in page


def test_no_fonts_on_request() -> None:
    assert "@font-face" not in drawing.html(exercise_and_sell(), fonts=False)


def test_a_filing_without_anything_has_its_form_all_the_same() -> None:
    bare = Filing(version="X0609", kind=exercise_and_sell().kind, medium=exercise_and_sell().medium)
    sheet = sheet_of(bare)
    assert (sheet.owners[0].name, sheet.issuer, sheet.table1, sheet.table2, sheet.signatures) == ("", "[]", (), (), ())


def test_the_marks_of_a_cell_stand_in_the_order_of_their_numbers() -> None:
    row = Row(
        table=Table.II,
        holding=False,
        security_title=field("Warrant", 10, 2, 1),
        shares=field("100", 4),
        acquired_disposed=field("D", 3),
    )
    (line,) = sheet_of(replace(exercise_and_sell(), table2=(row,))).table2
    assert (line[0], line[7]) == (("Warrant", ("(1)", "(2)", "(10)")), ("100", ("(3)", "(4)")))


def test_remarks_have_their_heading_also_where_there_are_none() -> None:
    page = drawing.html(replace(exercise_and_sell(), remarks=ABSENT), fonts=False)
    assert page.count('<h2 class="part">Remarks:</h2>') == 1
    assert 'class="remarks"' not in page
