"""Plans that go on from others: what they take over, where it stands, and what can't be followed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from form4_author.compose.composition import compose
from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.filing import Filing
from form4_author.pipeline.examine import Judged, examine_forms
from form4_author.pipeline.loading import adjusted
from form4_author.pipeline.options import BuildOptions, CheckOptions
from form4_author.pipeline.verbs import build_file
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads
from tests.plans import plan_text

TRUST = "ownership: {indirect: By Family Trust}"
FIRST = plan_text(
    securities="securities: {common: Common Stock, unused: Other Stock}\n",
    opening=f"opening:\n  - {{security: common, amount: 13,500}}\n  - {{security: common, amount: 40,000, {TRUST}}}\n",
    transactions="transactions:\n  - {date: 2026-11-04, code: S, security: common, amount: 1000, price: 30.27}\n",
    holdings=f"holdings:\n  - {{security: common, {TRUST}, notes: {{nature: trustee}}}}\n",
    footnotes="footnotes:\n  trustee: The reporting person is the trustee.\n",
    signatures="signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-06}\n",
)
SALE = "transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 100, price: 31}\n"
SHOWN = "holdings: [{security: common, ownership: trust}]\n"
END = "rule_10b5_1: no\nsignatures: [{name: /s/ Jane Roe, date: 2026-11-20}]\n"
NEXT = f"follows: first.yaml\n{SALE}{SHOWN}{END}"
AMENDMENT = (
    "amends: first.yaml\nadds:\n"
    "  - {date: 2026-11-04, code: S, security: common, amount: 400, price: 32.05, ownership: trust}\n"
    "why: inadvertently omitted from the original Form 4\nsignatures: [{name: /s/ Jane Roe, date: 2026-11-18}]\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("first.yaml").write_text(FIRST)
    return tmp_path


def found(text: str, name: str = "next.yaml") -> tuple[list[Filing], list[str]]:
    Path(name).write_text(text)
    forms = examine_forms(Input(name, Path(name)), CheckOptions(), Keyring())
    said = [
        f"{at.file}:{at.line}:{at.column} {finding.code} {finding.message}"
        for one in forms
        for finding in one.findings
        if (at := finding.origin.position) and finding.code != "OWN005"
    ]
    return [one.filing for one in forms if isinstance(one, Judged)], said


def rows(filing: Filing) -> list[str]:
    return [
        " ".join(
            (
                row.code.text or "holding",
                row.shares.text,
                row.shares_owned_following.text,
                row.nature_of_ownership.text,
            )
        )
        for row in filing.rows
    ]


def test_a_plan_goes_on_from_the_end_of_another(folder: Path) -> None:
    ((filing,), said) = found(NEXT)
    assert said == []
    assert filing.issuer.name.text == "EXAMPLE SYSTEMS, INC."
    assert [owner.name.text for owner in filing.owners] == ["Roe Jane"]
    assert rows(filing) == ["S 100 12400 ", "holding  40000 By Family Trust"]
    assert [note.text.text for note in filing.footnotes] == ["The reporting person is the trustee."]
    place = filing.issuer.name.origin.position
    assert place is not None
    assert (place.file, place.line) == ("first.yaml", 1)
    assert folder.is_dir()


def test_what_moved_on_no_line_is_told_by_the_next_form_that_reports_it(folder: Path) -> None:
    """Through a form that has no line of it; and what has been told is not told again."""
    moved = "transactions:\n  - {date: 2026-11-05, espp: common, amount: 20, ownership: trust}\n"
    Path("second.yaml").write_text(f"follows: first.yaml\n{moved}{SALE.partition(chr(10))[2]}{END}")
    Path("third.yaml").write_text(f"follows: second.yaml\n{SALE.replace('11-18', '11-19')}{SHOWN}{END}")
    told = (
        "The amount owned also reflects what needs no line of its own: on November 5, 2026, 20 acquired under a "
        "tax-qualified employee stock purchase plan (Rule 16b-3(c))."
    )
    ((filing,), _) = found(Path("third.yaml").read_text(), "third.yaml")
    assert rows(filing)[1] == "holding  40020 By Family Trust"
    assert [note.text.text for note in filing.footnotes] == [told, "The reporting person is the trustee."]
    ((filing,), _) = found(f"follows: third.yaml\n{SALE.replace('11-18', '11-20')}{SHOWN}{END}")
    assert [note.text.text for note in filing.footnotes] == ["The reporting person is the trustee."]
    assert folder.is_dir()


def test_the_terms_after_a_split_are_those_of_the_next_form(folder: Path) -> None:
    securities = (
        "securities:\n  common: Common Stock\n  pref: {title: Series A Preferred Stock, underlying: common, "
        "converts: {ratio: 2, expires: never}}\n"
    )
    split = "transactions:\n  - {date: 2026-11-03, split: common, new: 2, for: 1}\n" + SALE.partition("\n")[2]
    opening = "opening: {common: 500, pref: 100}\n"
    Path("first.yaml").write_text(plan_text(securities=securities, opening=opening, transactions=split))
    convert = "transactions:\n  - {date: 2026-11-19, convert: pref, amount: 10}\n"
    ((filing,), said) = found(f"follows: first.yaml\n{convert}{END}")
    assert (rows(filing), said) == (["C 40 940 ", "C 10 90 "], [])
    assert filing.footnotes[0].text.text.startswith("Each share of Series A Preferred Stock converts into 4 shares of ")
    assert filing.footnotes[1].text.text.endswith("on November 3, 2026, a 2-for-1 split (Rule 16a-9).")
    assert folder.is_dir()


def test_an_amendment_may_add_holdings_alone(folder: Path) -> None:
    Path("initial.yaml").write_text(
        plan_text(
            form="form: 3\nevent_date: 2026-11-04\n",
            rule_10b5_1="",
            opening="",
            transactions="",
            holdings="holdings:\n  - {security: common, amount: 70}\n",
        )
    )
    holding = "holdings:\n  - {security: common, amount: 9, ownership: {indirect: By Spouse}}\n"
    why = "why: inadvertently omitted from the original Form 3\n"
    ((filing,), said) = found(f"amends: initial.yaml\n{holding}{why}{END.partition(chr(10))[2]}")
    assert (filing.document_type.text, rows(filing), said) == ("3/A", ["holding  9 By Spouse"], [])
    assert folder.is_dir()


def test_each_insider_s_amendment_adds_what_is_said_of_it(folder: Path) -> None:
    owners = (
        "  - {name: %s, owner: {cik: 1999999%s, name: Roe Jane, director: yes}, opening: {common: %s}, "
        "sale: {common: %s}}\n"
    )
    Path("all.yaml").write_text(
        plan_text(
            owners="",
            opening="",
            for_each=f"for_each:\n{owners % ('roe', 101, 70, 9)}{owners % ('poe', 103, 80, 8)}",
            transactions="transactions:\n  - {date: 2026-11-18, sale: each, price: 31}\n",
        )
    )
    adds = "adds:\n  - {date: 2026-11-18, sale: each, price: 32}\nwhy: inadvertently omitted from the original Form 4\n"
    each = "for_each:\n  - {name: roe, sale: {common: 3}}\n  - {name: poe, sale: {common: 4}}\n"
    filings, said = found(f"amends: all.yaml\n{each}{adds}{END.partition(chr(10))[2]}")
    assert ([rows(filing) for filing in filings], said) == ([["S 3 58 "], ["S 4 68 "]], [])
    assert {filing.document_type.text for filing in filings} == {"4/A"}
    assert folder.is_dir()


def test_what_is_stated_beside_wins(folder: Path) -> None:
    own = "issuer: {symbol: NEWS}\nopening: {common: 500}\nsecurities: {common: Class A Common Stock}\n"
    ((filing,), _) = found(own + NEXT)
    assert filing.issuer.trading_symbol.text == "NEWS"
    assert rows(filing) == ["S 100 400 ", "holding  40000 By Family Trust"]
    assert filing.table1[0].security_title.text == "Class A Common Stock"
    assert folder.is_dir()


def test_a_plan_may_follow_one_that_follows_another_or_a_filed_document(folder: Path) -> None:
    ((_,), _) = found(NEXT, "second.yaml")
    ((filing,), said) = found(NEXT.replace("first.yaml", "second.yaml").replace("2026-11-18", "2026-11-19"))
    assert (rows(filing)[0], said) == ("S 100 12300 ", [])
    assert build_file(
        Input("second.yaml", Path("second.yaml")), BuildOptions(output=folder / "out", pdf=False), Keyring()
    ).accepted
    ((filing,), said) = found(NEXT.replace("first.yaml", "out/second.xml"))
    assert rows(filing) == ["S 100 12300 ", "holding  40000 By Family Trust"]
    assert [note.text.text for note in filing.footnotes] == ["The reporting person is the trustee."]
    assert said == []
    place = filing.issuer.cik.origin.position
    assert place is not None
    assert place.file == "out/second.xml"


def test_an_amendment_repeats_nothing_and_says_why(folder: Path) -> None:
    ((filing,), said) = found(AMENDMENT)
    assert said == []
    assert (filing.document_type.text, filing.date_of_original_submission.text) == ("4/A", "2026-11-06")
    assert (filing.period_of_report.text, filing.aff10b5_one.text) == ("2026-11-04", "0")
    assert rows(filing) == ["S 400 39600 By Family Trust"]
    assert [note.text.text for note in filing.footnotes] == [
        "This line is added by amendment: inadvertently omitted from the original Form 4.",
        "The reporting person is the trustee.",
    ]
    assert folder.is_dir()


def test_an_amendment_of_a_filed_document_and_in_its_author_s_words(folder: Path) -> None:
    options = BuildOptions(output=folder / "out", pdf=False)
    assert build_file(Input("first.yaml", Path("first.yaml")), options, Keyring()).accepted
    words = "The broker told of this sale on November 10, 2026."
    text = AMENDMENT.replace("first.yaml", "out/first.xml").replace(
        "inadvertently omitted from the original Form 4", words
    )
    ((filing,), said) = found(text.replace("2026-11-04", "2026-11-03"))
    assert (rows(filing), said) == (["S 400 39600 By Family Trust"], [])
    assert filing.period_of_report.text == "2026-11-03"
    assert filing.footnotes[0].text.text == f"This line is added by amendment: {words}"
    ((again,), _) = found(AMENDMENT.replace("first.yaml", "next.yaml"), "third.yaml")
    assert (again.document_type.text, again.date_of_original_submission.text) == ("4/A", "2026-11-06")
    assert rows(again) == ["S 400 39200 By Family Trust"]


INITIAL = plan_text(
    form="form: 3\nevent_date: 2026-11-09\n",
    rule_10b5_1="",
    opening="",
    securities="securities:\n  common: Common Stock\n  option: {title: Option, underlying: common, exercise_price: 30, "
    "exercisable: {note: vesting}, expires: 2036-05-14}\n",
    transactions="holdings:\n  - {security: common, amount: 100}\n  - {security: option, amount: 25000}\n",
    footnotes="footnotes:\n  vesting: The option vests in four annual parts.\n",
)


@pytest.mark.usefixtures("folder")
def test_the_first_form_4_goes_on_from_a_form_3_derivatives_and_their_footnotes_too() -> None:
    Path("first.yaml").write_text(INITIAL)
    exercise = "transactions:\n  - {date: 2026-11-18, exercise: option, amount: 1000, price: 30}\n"
    (filing,), said = found(f"follows: first.yaml\n{exercise}{END}")
    assert said == []
    assert [(row.shares_owned_following.text, len(row.exercise_date.footnotes)) for row in filing.rows] == [
        ("1100", 0), ("24000", 1),
    ]  # fmt: skip
    sale = SALE.replace("amount: 100", "amount: 1")
    (filing,), said = found(f"follows: first.yaml\n{sale}{END}")
    assert (filing.footnotes, said) == ((), [])


@pytest.mark.usefixtures("folder")
def test_forms_3_and_5_are_amended_by_reference_as_form_4_is() -> None:
    Path("first.yaml").write_text(INITIAL)
    why = "why: inadvertently omitted from the original Form 3\nsignatures: [{name: /s/ Jane Roe, date: 2026-12-01}]\n"
    adds = "adds: [{holding: common, amount: 77, ownership: {indirect: By IRA}}]\n"
    (filing,), said = found(f"amends: first.yaml\n{adds}{why}")
    assert said == []
    assert (filing.document_type.text, filing.period_of_report.text) == ("3/A", "2026-11-09")
    assert [(row.holding, row.shares_owned_following.text) for row in filing.rows] == [(True, "77")]
    lines = "transactions:\n  - {date: 2026-06-15, code: L, security: common, amount: 5, price: 28}\n"
    Path("first.yaml").write_text(plan_text(form="form: 5\nfiscal_year_ended: 2026-12-31\n", transactions=lines))
    adds = "adds: [{date: 2026-08-03, sale: common, amount: 3, price: 30, late: form 4}]\n"
    (filing,), said = found(f"amends: first.yaml\n{adds}{why}")
    assert said == []
    assert (filing.document_type.text, filing.period_of_report.text) == ("5/A", "2026-12-31")
    assert [(row.form_type.text, row.shares_owned_following.text) for row in filing.rows] == [("4", "12502")]


def test_each_insider_goes_on_from_the_form_of_the_same_name(folder: Path) -> None:
    item = (
        "{{name: {}, owner: {{cik: {}, name: {}, director: yes}}, opening: {{common: {}}}, security: {{common: 10}}}}"
    )
    head = "issuer: {cik: 1999999001, name: EXAMPLE, symbol: EXSY}\nsecurities: {common: Common Stock}\n"
    sold = "transactions:\n  - {date: 2026-11-18, code: S, security: each, price: 31}\n"
    items = [item.format("roe", 1999999101, "Roe Jane", 50), item.format("poe", 1999999103, "Poe Edgar", 90)]
    ((_, _), said) = found(f"{head}for_each:\n  - {items[0]}\n  - {items[1]}\n{sold}{END}", "both.yaml")
    assert said == []
    each = "for_each: [{name: poe, security: {common: 1}}, {name: roe, security: {common: 2}}]\n"
    (filings, said) = found(f"follows: both.yaml\n{each}{sold}{END}")
    assert ([rows(filing) for filing in filings], said) == ([["S 1 79 "], ["S 2 38 "]], [])
    one = f"follows: both.yaml\n{SALE.replace('100', '5')}{END}"
    message = "next.yaml:1:10 PLN025 both.yaml makes 2 forms (roe, poe), and it isn't clear which is meant"
    assert found(one) == ([], [message])
    ((filing,), said) = found(one + "owners: [{cik: 1999999103, name: Poe Edgar, director: yes}]\n")
    assert (rows(filing), said) == (["S 5 75 "], [])
    assert folder.is_dir()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NEXT.replace("first.yaml", "none.yaml"), "1:10 PLN025 none.yaml can't be followed: there is no such file"),
        (NEXT.replace("first.yaml", "next.yaml"), "1:10 PLN025 next.yaml can't be followed: it goes round in a circle"),
        (NEXT.replace("first.yaml", "../../x.yaml"), "1:10 PLN025 ../../x.yaml lies outside the folder "),
        (NEXT.replace("first.yaml", "[a]"), "1:11 PLN025 a can't be followed: there is no such file"),
        (NEXT.replace("first.yaml", "[first.yaml, b.yaml]"), "1:23 PLN025 b.yaml can't be followed: there is no such "),
        (NEXT.replace("first.yaml", "{a: b}"), "1:10 PLN025 one file must stand here"),
        ("amends: first.yaml\n" + NEXT, "2:1 PLN011 a plan follows another or amends one"),
        ("why: x\n" + NEXT.replace("follows: first.yaml\n", ""), "1:1 PLN011 why goes with amends"),
        (AMENDMENT.replace("why: inadvertently omitted from the original Form 4\n", ""), "1:1 PLN001 why is missing: "),
        (AMENDMENT + SALE, "6:1 PLN011 adds already has the transactions"),
        ("amends: first.yaml\nwhy: x\n" + END, "1:1 PLN001 adds is missing: the lines that the amendment adds"),
        (AMENDMENT.replace("amount: 400", "amount: x"), '3:59 PLN004 "x" is not an amount'),
        (AMENDMENT.replace("ownership: trust", "ownership: spouse"), '3:89 PLN007 "spouse" is not a form of ownership'),
    ],
)
def test_what_can_t_be_followed(folder: Path, text: str, said: str) -> None:
    filings, told = found(text)
    assert filings == []
    assert told[0].startswith(f"next.yaml:{said}")
    assert folder.is_dir()


def test_a_plan_may_follow_several_in_the_order_of_their_dates(folder: Path) -> None:
    """As a Form 5 does those of its year: of what two of them say, the later one counts."""
    found(NEXT, "second.yaml")
    other = plan_text(
        issuer='issuer: {cik: 1999999001, name: "EXAMPLE SYSTEMS, INC.", symbol: EXSZ}\n',
        securities="securities: {preferred: Preferred Stock}\n",
        opening="opening: {preferred: 70}\n",
        transactions="transactions:\n  - {date: 2026-11-19, code: S, security: preferred, amount: 7, price: 3}\n",
    )
    Path("other.yaml").write_text(other)
    year = (
        "form: 5\nfiscal_year_ended: 2026-12-31\nfollows: [first.yaml, second.yaml, other.yaml]\n"
        "transactions:\n  - {date: 2026-12-01, gift: common, amount: 10, notes: {code: none}}\n"
        "holdings: [{security: common, ownership: trust}, {security: preferred}]\n"
        "signatures: [{name: /s/ Jane Roe, date: 2027-02-10}]\nrule_10b5_1: no\n"
    )
    ((filing,), said) = found(year)
    assert rows(filing) == ["G 10 12390 ", "holding  40000 By Family Trust", "holding  63 "]
    assert filing.issuer.trading_symbol.text == "EXSZ"
    assert [one for one in said if "other.yaml" in one or "PLN" in one] == []
    assert folder.is_dir()


def test_mistakes_of_the_plan_that_is_followed_are_told_in_it(folder: Path) -> None:
    Path("first.yaml").write_text(FIRST.replace("amount: 1000", "amount: 99000"))
    assert found(NEXT) == (
        [],
        ["first.yaml:10:5 BAL003 more of common is disposed of than is held: 13,500 - 99,000 = -85,500"],
    )
    Path("first.yaml").write_text(FIRST.replace("symbol", "symbl"))
    assert found(NEXT)[1][0].startswith("first.yaml:1:")
    (folder / "a.yaml").write_text(NEXT.replace("first", "b"))
    (folder / "b.yaml").write_text(NEXT.replace("first", "a"))
    assert found(NEXT.replace("first", "a"))[1] == [
        "b.yaml:1:10 PLN025 a.yaml can't be followed: it goes round in a circle"
    ]


def test_a_long_chain_is_followed_and_an_endless_one_is_not(folder: Path) -> None:
    for number in range(2, 40):
        before = f"p{number - 1}.yaml" if number > 2 else "first.yaml"
        Path(f"p{number}.yaml").write_text(NEXT.replace("first.yaml", before))
    ((filing,), _) = found(NEXT.replace("first.yaml", "p20.yaml"))
    assert rows(filing)[0] == f"S 100 {12500 - 2000} "
    assert "it goes on from too many others" in found(NEXT.replace("first.yaml", "p39.yaml"))[1][0]
    assert folder.is_dir()


def test_the_terms_that_securities_have_at_the_end_are_those_that_count() -> None:
    option = "{title: Option, underlying: common, exercise_price: {amount: 10, note: x}, exercisable: {note: x}}"
    plain = option.replace("{amount: 10, note: x}", "10")
    securities = f"securities: {{common: Common Stock, option: {option}, grant: {plain}}}\n"
    source = loads(plan_text(securities=securities))
    changed = read_plan(loads(plan_text(securities=securities.replace("10", "5")))).securities
    composed = compose(read_plan(source), source)
    data = {"securities": source.data["securities"]}
    adjusted(data, replace(composed, adjusted={name: changed[name] for name in ("option", "grant")}))
    prices = [data["securities"][name]["exercise_price"] for name in ("option", "grant")]
    assert prices == [{"amount": "5", "note": "x"}, "5"]
    assert source.data["securities"]["option"]["exercise_price"]["amount"] == "10"
