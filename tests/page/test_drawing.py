"""The page as HTML: each value in its place, as the SEC's own stylesheet shows it, and nothing lost or let out."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from form4_author.edgar import ownership_xml, xml_source
from form4_author.filing import ABSENT, Field, Filing, Footnote, Issuer, ReportingOwner, Row, Table, Value, wording
from form4_author.page import drawing, printed
from form4_author.page.fonts import FACES, cut_down
from tests.conftest import shared_dir
from tests.page_cells import SLIPS, Owner, Sheet, compare, differences, our_sheet, sec_sheet
from tests.page_filings import exercise_and_sell, field, largest


def sheet_of(filing: Filing) -> Sheet:
    return our_sheet(drawing.html(filing, fonts=False))


def text_of(filing: Filing) -> str:
    """All that a reader of the page sees of it."""
    (body,) = etree.HTML(drawing.html(filing, fonts=False)).iter("body")
    return " ".join("".join(str(text) for text in body.itertext()).split())


def cells(*texts: str | tuple[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A line: plain texts, and texts with one mark each."""
    return tuple((text, ()) if isinstance(text, str) else (text[0], (text[1],)) for text in texts)


def test_the_whole_form() -> None:
    assert sheet_of(exercise_and_sell()) == Sheet(
        exit_box=False,
        plan_box=None,
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


# The SEC's own rendering

FEATURES = (
    *("aff10b5One:1", "aff10b5One:true", "adCodeFootnote", "codeE", "codeFootnote", "codeJ", "codeW", "dateFootnote"),
    *("dateOffset", "dateOfOriginalSubmission", "deemedExecutionDate", "derivHolding", "derivOnly", "equitySwap"),
    *("footnoteOnlyExerciseDate", "footnoteOnlyExercisePrice", "footnoteOnlyExpirationDate", "footnoteOnlyPrice"),
    *("footnoteOnlyUnderlyingShares", "footnotes20+", "foreignStateCode", "foreignSymbol", "formTypeDiffers:5"),
    *("isOther", "longRemarks", "multiOwner", "multiSignature", "multilineFootnote", "multilineRemarks", "noRows"),
    *("nonDerivHolding", "nonUSFlag:true", "nonUSStateTerritory", "notSubjectToSection16", "nss16Elem:true"),
    *(
        "otherText",
        "owners10+",
        "remarks",
        "signatures!=owners",
        "stateDescription",
        "symbolMultiple",
        "tenPercentOwner",
    ),
    *("timelinessE", "transactionTotalValue", "valueOwnedFollowingTransaction"),
)


#: Filings that meet the rarer slips of the SEC's stylesheets.
SLIPPED = ("X0407/0000899140-23-000516.xml", "X0508/01be5d62a4a2efdb.xml")


def sample() -> dict[str, Path]:
    """For each feature the corpus's index names, two filings that have it; and two of each schema version."""
    corpus = shared_dir("corpus")
    lines = [line.split("\t") for line in (corpus / "index.tsv").read_text().splitlines()[1:]]
    wanted = Counter(dict.fromkeys(FEATURES, 2) | {version: 2 for _, _, version, *_ in lines})
    chosen = {name: corpus / "form4" / name for name in SLIPPED}
    for name, _, version, *_, features, _ in lines:
        for feature in {version, *features.split()} & {name for name, count in wanted.items() if count}:
            wanted[feature] -= 1
            chosen[name] = corpus / name
    assert not [name for name, count in wanted.items() if count == 2], "a feature has no filing"
    return chosen


@pytest.mark.shared
def test_a_sample_shows_what_the_sec_shows_cell_by_cell() -> None:
    filings = sample()
    assert 60 < len(filings) < 120
    verdicts = {name: compare(path) for name, path in filings.items()}
    assert {name: verdict.differences for name, verdict in verdicts.items() if verdict.differences} == {}
    assert {slip for verdict in verdicts.values() for slip in verdict.slips} == set(SLIPS)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("was", "becomes", "where"),
    [
        ("FRIEDRICH-EBERT-ALLEE 140<", "FRIEDRICH-EBERT-ALLEE 14O<", "owners"),
        (">20,000,000<", ">20,000,00<", "table1"),
        (">649,882,564<", "><", "table1"),
        ('<a href="#note-F3">(3)</a>', '<a href="#note-F3">(2)</a>', "table1"),
        (">X<", "><", "owners"),
        ("03/31/2023</p>", "03/30/2023</p>", "period"),
        (">J/K<", ">J<", "table1"),
        ("Unwind Period", "Unwinding Period", "footnotes"),
        ("deputization", "deputisation", "remarks"),
        ("/s/ Frans Roose", "/s/ Franz Roose", "signatures"),
        ("TMUS</span>]", "TMUS</span>)", "issuer"),
    ],
)
def test_the_comparison_sees_a_single_slip(was: str, becomes: str, where: str) -> None:
    path = shared_dir("corpus", "form4", "X0407", "0000950157-23-000347.xml")
    secs = sec_sheet(shared_dir("corpus", "rendered", "X0407", "0000950157-23-000347.html").read_text())
    page = drawing.html(ownership_xml.read(xml_source.parse(path.read_bytes(), path.name)), fonts=False)
    assert differences(our_sheet(page), secs) == []
    assert was in page
    found = differences(our_sheet(page.replace(was, becomes, 1)), secs)
    assert [re.split(r"[\[:]", difference)[0] for difference in found] == [where]


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


# Numbers, dates, codes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("24000", "24,000"),
        ("999999999999.9999", "999,999,999,999.9999"),
        ("0", "0"),
        ("0.0000", "0"),
        (".25", "0.25"),
        ("82.4", "82.40"),
        ("9.50", "9.5"),
        ("243.0", "243.00"),
        ("17.00", "17"),
        ("300.0500", "300.05"),
        ("0007", "7"),
        ("1.234567", "1.234567"),
        ("1,000", "1,000"),
        ("twelve", "twelve"),
        ("-5", "-5"),
        ("", ""),
    ],
)
def test_numbers_are_shown_as_the_sec_shows_them_and_other_text_as_it_stands(text: str, shown: str) -> None:
    assert wording.amount(Value(text)) == shown
    dollars = shown and ("" if text in {"1,000", "twelve", "-5"} else "$") + shown
    assert wording.money(field(text)) == dollars


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2024-07-19", "07/19/2024"), ("2024-07-19-05:00", "07/19/2024"), ("2024-02-30", "2024-02-30"), ("soon", "soon")],
)
def test_dates(text: str, shown: str) -> None:
    assert wording.day(Value(text)) == shown


@pytest.mark.parametrize(
    ("number", "lines"),
    [
        ("1,234,567.25", ["1,234,567.25"]),
        ("$8,786,700.61", ["$8,786,", "700.61"]),
        ("999,999,999,999.9999", ["999,999,999,", "999.9999"]),
        ("0.1234567890123", ["0.1234567890123"]),
        ("", [""]),
    ],
)
def test_long_numbers_break_behind_commas(number: str, lines: list[str]) -> None:
    assert printed.in_lines(number) == lines
    assert "".join(lines) == number


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
        ("", ("(2)", "(1)")),
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


# Nothing lost, nothing let out


def leaves(node: Any, path: str = "") -> Iterator[str]:
    """The path of every value that a filing can hold, a line, an owner, a footnote and a signature standing for all."""
    for part in fields(node):
        here, value = f"{path}.{part.name}".strip("."), getattr(node, part.name)
        if isinstance(value, Value | Field):
            yield here
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            yield from leaves(value[0], f"{here}.0")
        elif is_dataclass(value):
            yield from leaves(value, here)


def with_value(node: Any, path: str, text: str) -> Any:
    """The filing with that text at a path."""
    name, _, rest = path.partition(".")
    value = getattr(node, name)
    if isinstance(value, tuple):
        index, _, rest = rest.partition(".")
        changed = with_value(value[int(index)], rest, text)
        return replace(node, **{name: (*value[: int(index)], changed, *value[int(index) + 1 :])})
    if rest:
        return replace(node, **{name: with_value(value, rest, text)})
    return replace(node, **{name: Field(Value(text)) if isinstance(value, Field) else Value(text)})


NOT_PRINTED = {
    "schema_version": "the form is printed in its edition",
    "document_type": "printed as FORM 4, and Amendment for 4/A",
    "issuer.cik": "the printed form has no CIK; the HTML keeps it as data-cik",
    "owners.0.cik": "as above",
    "owners.0.good_address": "EDGAR's own note on its address of record",
    "table1.0.coding": "holds no value, only footnotes",
    "table2.0.coding": "as above",
    **{f"table1.0.{name}": "Table II alone has it" for name in ("conversion_or_exercise_price", "exercise_date")},
    **{f"table1.0.{name}": "Table II alone has it" for name in ("expiration_date", "underlying_title")},
    **{f"table1.0.{name}": "Table II alone has it" for name in ("underlying_shares", "underlying_value")},
}
BOXES = {
    *("not_subject_to_section16", "aff10b5_one", "owners.0.non_us_address", "table1.0.equity_swap"),
    *("owners.0.is_director", "owners.0.is_officer", "owners.0.is_ten_percent_owner", "owners.0.is_other"),
    "table2.0.equity_swap",
}


def test_every_value_of_a_filing_is_printed_whatever_its_text() -> None:
    filing = replace(exercise_and_sell("X0609"), issuer=Issuer(), remarks=ABSENT)
    paths = list(leaves(filing))
    assert len(paths) > 70
    assert set(NOT_PRINTED) | BOXES < set(paths)
    lost = {path for path in paths if "Odd, text 1/2" not in text_of(with_value(filing, path, "Odd, text 1/2"))}
    assert lost == set(NOT_PRINTED) | BOXES


def test_each_box_follows_its_value() -> None:
    base = replace(exercise_and_sell("X0508"), issuer=Issuer())
    for path in BOXES - {"owners.0.non_us_address"}:
        sheets = [sheet_of(with_value(base, path, text)) for text in ("1", "true", "0", "false", "", "yes")]
        assert sheets[0] == sheets[1] != sheets[2] == sheets[3] == sheets[4] == sheets[5], path


def test_footnotes_are_shown_referred_to_or_not_and_marks_without_a_footnote_lead_nowhere() -> None:
    line = replace(exercise_and_sell().table1[0], security_title=field("Common Stock", 7, 9))
    notes = (Footnote(id=Value("F9"), text=Value("Nine.")), Footnote(id=Value("F4"), text=Value("Nobody's.")))
    page = drawing.html(replace(exercise_and_sell(), table1=(line,), table2=(), footnotes=notes), fonts=False)
    assert our_sheet(page).footnotes == (("9", "Nine."), ("4", "Nobody's."))
    assert our_sheet(page).table1[0][0] == ("Common Stock", ("(7)", "(9)"))
    root = etree.HTML(page)
    targets = {element.get("id") for element in root.iter("*")}
    links = [(link.get("href"), "".join(map(str, link.itertext()))) for link in root.iter("a")]
    assert links == [("#note-F9", "(9)"), ("#t1-1", "9.")]
    assert {str(href)[1:] for href, _ in links} <= targets


HOSTILE = (
    """</style></title><script>alert(1)</script>"'{{ 7 * 7 }}{% include "form4.css" %}&amp;url(http://example.com)\\"""
)


def test_text_is_text_wherever_it_stands() -> None:
    filing = exercise_and_sell("X0609")
    calm = etree.HTML(drawing.html(filing, fonts=False))
    for path in leaves(filing):
        page = drawing.html(with_value(filing, path, HOSTILE), fonts=False)
        root = etree.HTML(page)
        assert not list(root.iter("script", "img", "link", "iframe", "object"))
        assert {str(e.tag) for e in root.iter("*")} <= {str(e.tag) for e in calm.iter("*")} | {"br"}
        assert [link for link in root.iter("a") if not str(link.get("href")).startswith("#")] == []
        (style,) = root.iter("style")
        assert "example.com" not in str(style.text)


def test_the_html_is_one_file_that_asks_for_nothing() -> None:
    page = drawing.html(exercise_and_sell(), document_hash="0f" * 32)
    root = etree.HTML(page)
    (policy,) = [meta for meta in root.iter("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy.get("content") == "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
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


def test_no_fonts_on_request() -> None:
    assert "@font-face" not in drawing.html(exercise_and_sell(), fonts=False)


def test_a_filing_without_anything_has_its_form_all_the_same() -> None:
    bare = Filing(version="X0609", kind=exercise_and_sell().kind, medium=exercise_and_sell().medium)
    sheet = sheet_of(bare)
    assert (sheet.owners[0].name, sheet.issuer, sheet.table1, sheet.table2, sheet.signatures) == ("", "[]", (), (), ())


WORDS = """\
Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may continue. See Instruction 1(b).

Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan for the
purchase or sale of equity securities of the issuer that is intended to satisfy the affirmative defense conditions of
Rule 10b5-1(c). See Instruction 10.

UNITED STATES SECURITIES AND EXCHANGE COMMISSION Washington, D.C. 20549 STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP
Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934 or Section 30(h) of the Investment Company Act
of 1940

OMB APPROVAL OMB Number: 3235-0287 Estimated average burden hours per response: 0.5

1. Name and Address of Reporting Person*

2. Issuer Name and Ticker or Trading Symbol

3. Date of Earliest Transaction (Month/Day/Year)

4. If Amendment, Date of Original Filed (Month/Day/Year)

5. Relationship of Reporting Person(s) to Issuer (Check all applicable)

6. Individual or Joint/Group Filing (Check Applicable Line)

Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned

4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)

Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned (e.g., puts, calls, warrants, options,
convertible securities)

7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)

Reminder: Report on a separate line for each class of securities beneficially owned directly or indirectly.

* If the form is filed by more than one reporting person, see Instruction 4(b)(v).

** Intentional misstatements or omissions of facts constitute Federal Criminal Violations. See 18 U.S.C. 1001 and 15
U.S.C. 78ff(a).

Note: File three copies of this Form, one of which must be manually signed. If space is insufficient, see Instruction 6
for procedure.

Persons who respond to the collection of information contained in this form are not required to respond unless the
form displays a currently valid OMB Number.
"""


def test_the_words_of_the_form() -> None:
    text, at = re.sub(r"\s", "", text_of(exercise_and_sell("X0609"))), -1
    for words in WORDS.split("\n\n"):
        found = text.find(re.sub(r"\s", "", words), at + 1)
        assert found > at, words
        at = found
