"""A plan to its filing: what is derived, what is checked, and where each finding points."""

from __future__ import annotations

from pathlib import Path

import pytest

from form4_author.filing import Filing, Row
from form4_author.filing.difference import differences
from tests.plans import composed, composed_file, findings_of, plan_text, told

OPTION = """\
securities:
  common: Common Stock
  option:
    title: Stock Option (right to buy)
    underlying: common
    exercise_price: 4.80
    exercisable: 2024-05-14
    expires: 2034-05-14
opening:
  - {security: common, amount: 0}
  - {security: option, amount: 102,394}
"""


def line(row: Row) -> str:
    """A row in short: table, title, code, letter, amount, price, what is owned after."""
    amount = row.shares.text or row.total_value.text
    after = row.shares_owned_following.text or row.value_owned_following.text
    letter = row.acquired_disposed.text
    return f"{row.table} {row.security_title.text} {row.code} {letter} {amount} @{row.price_per_share.text} ={after}"


def lines(filing: Filing) -> list[str]:
    return [line(row) for row in filing.rows]


def test_an_exercise_writes_both_lines_and_balances_run() -> None:
    filing = composed(
        plan_text(
            securities=OPTION,
            opening="",
            transactions="transactions:\n"
            "  - {date: 2026-11-18, exercise: option, amount: 10,000}\n"
            "  - {date: 2026-11-18, code: S, security: common, amount: 4,000, price: 22.5307}\n"
            "  - {date: 2026-11-17, code: S, security: common, amount: 6,000, price: 22.50}\n",
        )
    ).filing
    assert lines(filing) == [
        "I Common Stock M A 10000 @4.80 =10000",
        "I Common Stock S D 4000 @22.5307 =6000",
        "I Common Stock S D 6000 @22.50 =0",
        "II Stock Option (right to buy) M D 10000 @0 =92394",
    ]
    assert filing.period_of_report.text == "2026-11-17"
    (option,) = filing.table2
    assert (option.conversion_or_exercise_price.text, option.exercise_date.text, option.expiration_date.text) == (
        "4.80",
        "2024-05-14",
        "2034-05-14",
    )
    assert (option.underlying_title.text, option.underlying_shares.text) == ("Common Stock", "10000")


def test_what_is_derived_points_at_what_it_was_derived_from() -> None:
    text = plan_text(
        securities=OPTION,
        opening="",
        transactions="transactions:\n  - {date: 2026-11-18, exercise: option, amount: 10,000}\n",
    )
    stock, option = composed(text).filing.rows
    places = {
        "event": stock.origin,
        "amount": stock.shares.value.origin,
        "price": stock.price_per_share.value.origin,
        "title": stock.security_title.value.origin,
        "balance": option.shares_owned_following.value.origin,
    }
    assert {name: (o.path, o.position and (o.position.line, o.position.column)) for name, o in places.items()} == {
        "event": ("transactions[0]", (17, 5)),
        "amount": ("transactions[0].amount", (17, 50)),
        "price": ("securities.option.exercise_price", (10, 21)),
        "title": ("securities.common.title", (6, 11)),
        "balance": ("transactions[0]", (17, 5)),
    }


def test_a_gift_writes_the_receivers_line_where_it_stays_reported() -> None:
    filing = composed(
        plan_text(
            opening="opening:\n  - {security: common, amount: 12,500}\n"
            "  - {security: common, amount: 7, ownership: {indirect: By Trust}}\n",
            transactions="transactions:\n  - {date: 2026-11-18, gift: common, amount: 500, to: {indirect: By Trust}}\n",
        )
    ).filing
    assert lines(filing) == ["I Common Stock G D 500 @0 =12000", "I Common Stock G A 500 @0 =507"]
    given, received = filing.table1
    assert (given.direct_or_indirect.text, given.nature_of_ownership.text) == ("D", "")
    assert (received.direct_or_indirect.text, received.nature_of_ownership.text) == ("I", "By Trust")


def test_the_receiver_of_a_gift_points_at_to() -> None:
    filing = composed(
        plan_text(
            opening="opening:\n  - {security: common, amount: 12,500}\n"
            "  - {security: common, amount: 7, ownership: {indirect: By Trust}}\n",
            transactions="transactions:\n  - {date: 2026-11-18, gift: common, amount: 500, to: {indirect: By Trust}}\n",
        )
    ).filing
    given, received = filing.table1
    ownership, nature = received.direct_or_indirect, received.nature_of_ownership
    at = [(str(cell.value.origin.position), cell.value.origin.path) for cell in (ownership, nature)]
    assert at == [("plan.yaml:11:55", "transactions[0].to"), ("plan.yaml:11:66", "transactions[0].to.indirect")]
    assert given.direct_or_indirect.value.origin.path == "transactions[0].ownership"


def test_a_note_on_the_price_of_an_exercise_stands_on_the_line_that_has_the_price() -> None:
    notes = "footnotes:\n  paid: Paid in cash.\n  plan: Under a plan.\n  free: Nothing is paid.\n"
    entry = "{date: 2026-11-18, exercise: option, amount: 10,000, price: 4.80, notes: {price: paid, code: plan}%s}"
    for more, theirs in (("", ()), (", table_2: {notes: {price: free}}", ("F3",))):
        text = plan_text(
            securities=OPTION, opening="", transactions=f"transactions:\n  - {entry % more}\n", footnotes=notes
        )
        (stock,), (option,) = composed(text).filing.table1, composed(text).filing.table2
        assert (stock.coding.footnote_ids, stock.price_per_share.footnote_ids) == (("F1",), ("F2",))
        assert (option.coding.footnote_ids, option.price_per_share.footnote_ids) == (("F1",), theirs)


def test_securities_reported_by_value_keep_their_balance_in_dollars() -> None:
    filing = composed(
        plan_text(
            securities=OPTION.partition("opening:")[0],
            opening="opening:\n  - {security: option, value: 100,000}\n",
            transactions="transactions:\n  - {date: 2026-11-18, code: P, security: option, total_value: 50,000.50, "
            "price: 1, underlying_value: 60,000}\n",
        )
    ).filing
    (row,) = filing.table2
    assert (row.total_value.text, row.value_owned_following.text, row.shares_owned_following.present) == (
        "50000.50",
        "150000.5",
        False,
    )
    assert (row.underlying_value.text, row.underlying_shares.present) == ("60000", False)


def test_a_footnote_may_stand_for_the_value_of_what_underlies() -> None:
    text = plan_text(
        securities=OPTION,
        opening="",
        transactions="transactions:\n  - {date: 2026-11-18, code: A, security: option, amount: 5, price: 0, "
        "underlying_value: none, notes: {underlying_amount: value}}\n",
        footnotes="footnotes: {value: Not known yet.}\n",
    )
    (row,) = composed(text).filing.table2
    assert (row.underlying_shares.present, row.underlying_value.text, row.underlying_value.footnote_ids) == (
        False,
        "",
        ("F1",),
    )


def test_the_letter_follows_from_the_code_where_it_does() -> None:
    def letter(code: str) -> str:
        entry = f"{{date: 2026-11-18, code: {code}, security: common, amount: 1, price: 0}}"
        text = plan_text(transactions=f"transactions:\n  - {entry}\n")
        return composed(text).filing.table1[0].acquired_disposed.text

    assert "".join(code + letter(code) for code in "PALSDFUMXCO") == "PAAALASDDDFDUDMAXACAOA"
    text = plan_text(
        transactions="transactions:\n  - {date: 2026-11-18, code: J, security: common, amount: 1, price: 0}\n"
    )
    assert told(text) == ["10:30 PLN012 code J doesn't tell whether the securities were acquired or disposed of"]


STATEMENT = "rule_10b5_1 is missing: the form must say whether a transaction was made under a Rule 10b5-1(c) plan"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"rule_10b5_1": ""}, [f"1:1 PLN017 {STATEMENT}"]),
        ({"rule_10b5_1": "rule_10b5_1: no\nschema_version: X0306\n"},
         ["4:14 PLN017 the form of schema X0306 has no Rule 10b5-1 box"]),
        ({"opening": ""}, ["8:5 PLN012 the amount of common owned after this line can't be derived"]),
        ({"opening": "opening:\n  - {security: common, amount: 10}\n"},
         ["10:5 BAL003 more of common is disposed of than is held: 10 - 1,000 = -990"]),
        ({"opening": "opening:\n  - {security: comon, amount: 10}\n"},
         ['8:16 PLN010 "comon" is not defined under securities']),
        ({"opening": "opening:\n  - {security: common, amount: 10000}\n  - {security: common, amount: 12500}\n"},
         ["9:5 PLN018 the opening balance of common stands twice for one form of ownership"]),
        ({"transactions": "transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 1,000}\n"},
         ["10:5 PLN001 price is missing: it is neither given nor noted"]),
        ({"transactions": "transactions:\n  - {date: 2026-11-18, code: S, security: common, price: 1}\n"},
         ["10:5 PLN001 amount is missing"]),
        ({"transactions": "transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 1,000, price: 1, "
          "balance: 11,000}\n"},
         ["10:85 BAL002 the balance 11,000 is not what the lines give: 12,500 - 1,000 = 11,500"]),
        ({"transactions": "transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 1, "
          "balance: 12,499, balance_value: 3}\n"},
         ["10:104 PLN011 balance and balance_value say the same thing"]),
        ({"transactions": "transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 1, "
          "notes: {price: rang, code: [rang, x]}}\n", "footnotes": "footnotes: {range: x}\n"},
         ['10:87 PLN010 "rang" is not defined under footnotes',
          '10:100 PLN010 "rang" is not defined under footnotes',
          '10:106 PLN010 "x" is not defined under footnotes']),
        ({"transactions": "transactions:\n  - {date: 2026-11-18, exercise: common, amount: 1}\n"},
         ["10:34 PLN011 common is no derivative, so it can't be exercised into one"]),
        ({"transactions": ""}, ["1:1 PLN012 the period of report can't be derived: there is no transaction"]),
        ({"form": "form: 4/A\n"},
         ["13:7 PLN001 original_filing_date is missing: an amendment says when the original was filed"]),
        ({"form": "original_filing_date: 2026-11-01\n"},
         ["13:23 PLN011 original_filing_date stands only on an amendment"]),
        ({"owners": "owners:\n  - {cik: 1, name: X, director: yes, address: {state: XX, country: Germny}}\n"},
         ["3:55 PLN011 an address has a US state, or a country outside the US",
          '3:55 PLN016 "XX" is no US state that EDGAR knows',
          '3:68 PLN016 "Germny" is no country that EDGAR knows']),
        ({"owners": "owners:\n  - {cik: 1, name: X, officer: CFO, officer_title: CEO}\n"},
         ["3:52 PLN011 officer already gives this text"]),
        ({"securities": "securities:\n  common: Common Stock\n  option: {title: Option, underlying: comon}\n",
          "transactions": "transactions:\n  - {date: 2026-11-18, code: A, security: option, amount: 1, price: 0, "
          "balance: 1}\n"},
         ["7:11 PLN001 exercise_price of option is missing: it is neither given nor noted",
          "7:11 PLN001 exercisable of option is missing: it is neither given nor noted",
          "7:11 PLN001 expires of option is missing: it is neither given nor noted",
          '7:39 PLN010 "comon" is not defined under securities']),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_told_at_its_place(parts: dict[str, str], said: list[str]) -> None:
    text = plan_text(**parts)
    assert told(text) == said
    assert all(finding.hint for finding in findings_of(text))


def test_addresses_of_today_and_of_before() -> None:
    def address(written: str, more: str = "rule_10b5_1: no\n") -> dict[str, str]:
        text = plan_text(
            owners=f"owners:\n  - {{cik: 1, name: X, director: yes, address: {{{written}}}}}\n", rule_10b5_1=more
        )
        owner = composed(text).filing.owners[0]
        names = ("non_us_address", "non_us_state_territory", "state", "country")
        return {name: getattr(owner, name).text for name in names if getattr(owner, name).present}

    old = "schema_version: X0306\n"
    assert address("state: CA") == {"non_us_address": "false", "state": "CA"}
    assert address("state: california") == {"non_us_address": "false", "state": "CA"}
    assert address("country: Germany, territory: Berlin") == {
        "non_us_address": "true",
        "non_us_state_territory": "Berlin",
        "country": "2M",
    }
    assert address("state: CA", old) == {"state": "CA"}
    assert address("country: Germany", old) == {"state": "2M"}
    assert address("state: X0", old) == {"state": "X0"}


@pytest.mark.parametrize(
    "country",
    [
        "United States",
        "united states of america",
        "The United States",
        "US",
        "USA",
        "U.S.",
        "U.S.A.",
        "U. S.",
        "X1",
        "x1",
    ],
)
def test_the_united_states_as_a_country_is_an_address_in_the_us(country: str) -> None:
    def owners(written: str) -> str:
        return f"owners:\n  - {{cik: 1, name: X, director: yes, address: {{{written}, country: {country}}}}}\n"

    today = composed(plan_text(owners=owners("state: Nevada")))
    owner = today.filing.owners[0]
    assert (owner.non_us_address.text, owner.state.text, owner.country.present) == ("false", "NV", False)
    old = composed(plan_text(owners=owners("state: IL"), rule_10b5_1="schema_version: X0306\n"))
    owner = old.filing.owners[0]
    assert (owner.non_us_address.present, owner.state.text, owner.country.present) == (False, "IL", False)
    assert [*today.findings, *old.findings] == []
    for version in ("rule_10b5_1: no\n", "schema_version: X0306\n"):
        text = plan_text(owners=owners("city: BOSTON"), rule_10b5_1=version)
        assert told(text) == ["3:47 PLN001 state is missing: an address in the United States has one"]


@pytest.mark.parametrize(
    ("written", "mark", "country"),
    [
        ("state: NY, country: X1, non_us: no", "false", "X1"),
        ("state: NY, country: United States, non_us: no", "false", ""),
        ("state: NY, country: X1, non_us: none", "", "X1"),
        ("country: X1, non_us: yes", "true", "X1"),
        ("country: United States, non_us: yes", "true", "X1"),
    ],
)
def test_a_plan_can_still_say_what_a_document_says_of_the_united_states(written: str, mark: str, country: str) -> None:
    owners = f"owners:\n  - {{cik: 1, name: X, director: yes, address: {{{written}}}}}\n"
    owner = composed(plan_text(owners=owners)).filing.owners[0]
    assert (owner.non_us_address.text, owner.country.text) == (mark, country)


def test_what_a_document_leaves_out_can_be_left_out() -> None:
    owners = (
        "owners:\n  - {cik: 1, name: none, director: yes, officer_title: ' ', "
        "address: {street2: ' ', state: ' ', country: X0, non_us: none}}\n"
    )
    filing = composed(plan_text(owners=owners, footnotes='footnotes: {stray: ""}\n')).filing
    owner = filing.owners[0]
    assert (owner.name.present, owner.non_us_address.present) == (False, False)
    assert (owner.officer_title.text, owner.street2.text, owner.state.text, owner.country.text) == (" ", " ", " ", "X0")
    assert [footnote.text.text for footnote in filing.footnotes] == [""]


@pytest.mark.parametrize(
    ("written", "form_type"),
    [("", "4"), (", early: yes", "5"), (", timeliness: E", "5"), (", early: no, timeliness: E", "4")],
)
def test_a_transaction_is_early_where_the_plan_or_its_timeliness_says_so(written: str, form_type: str) -> None:
    row = f"{{date: 2026-11-18, code: S, security: common, amount: 1, price: 1{written}}}"
    (line_,) = composed(plan_text(transactions=f"transactions:\n  - {row}\n")).filing.table1
    assert line_.form_type.text == form_type


@pytest.mark.parametrize("version", ["X0101", "x0202", "X0306"])
def test_the_form_of_an_earlier_time(version: str) -> None:
    filing = composed(plan_text(rule_10b5_1=f"schema_version: {version}\n")).filing
    assert (filing.version, filing.aff10b5_one.present) == (version.upper(), False)


def test_text_is_made_ascii_and_each_change_told_at_its_character() -> None:
    text = plan_text(remarks="remarks: >-\n  The “Plan” \u2013 adopted\u00a0in May.\n")
    composition = composed(text)
    assert composition.filing.remarks.text == 'The "Plan" - adopted in May.'
    assert told(text) == [
        '14:7 DOC008 left double quotation mark is written as """',
        '14:12 DOC008 right double quotation mark is written as """',
        '14:14 DOC008 en dash is written as "-"',
        "14:23 DOC008 no-break space is written as a blank",
    ]
    assert {finding.severity.value for finding in composition.findings} == {"note"}


def test_a_letter_without_a_plain_equivalent_is_an_error_at_its_place() -> None:
    text = plan_text(owners="owners:\n  - {cik: 1, name: Peña José, director: yes}\n")
    assert told(text) == [
        "3:22 DOC008 latin small letter n with tilde (ñ) is no character that EDGAR takes",
        "3:28 DOC008 latin small letter e with acute (é) is no character that EDGAR takes",
    ]
    assert [finding.hint for finding in findings_of(text)] == ["Write n.", "Write e."]


def test_text_is_data_never_a_template() -> None:
    text = plan_text(remarks="remarks: '{{ 7*7 }} {% raw %} <script>alert(1)</script> &amp; ]]>'\n")
    assert composed(text).filing.remarks.text == "{{ 7*7 }} {% raw %} <script>alert(1)</script> &amp; ]]>"


def test_the_plan_of_the_design_composes(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        plan_text(
            securities="""\
securities:
  common: Common Stock
  option:
    title: Stock Option (right to buy)
    exercise_price: 4.80
    exercisable: {note: early-exercise}
    expires: 2021-04-28
    underlying: common
""",
            opening="opening:\n  - {security: common, amount: 0}\n  - {security: option, amount: 102,394}\n",
            transactions="""\
transactions:
  - {date: 2013-11-22, exercise: option, amount: 10,000, notes: {code: plan}}
  - {date: 2013-11-22, code: S, security: common, amount: 10,000, price: 22.5307, notes: {code: plan, price: weighted}}
""",
            footnotes="""\
footnotes:
  plan: The plan.
  weighted: {weighted_average: {low: 22.50, high: 22.71}}
  early-exercise: The option.
""",
        )
    )
    composition = composed_file(path)
    assert composition.findings == ()
    assert lines(composition.filing) == [
        "I Common Stock M A 10000 @4.80 =10000",
        "I Common Stock S D 10000 @22.5307 =0",
        "II Stock Option (right to buy) M D 10000 @0 =92394",
    ]


def test_what_short_swing_goes_by_is_no_part_of_the_form() -> None:
    beside = plan_text(
        owners="owners:\n  - {cik: 1999999101, name: Roe Jane, director: yes, ten_percent_owner_since: 2026-01-02}\n",
        ownership_lines="ownership_lines:\n  fund: {indirect: By Fund, pecuniary_interest: 25%}\n",
        transactions="transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31.15, "
        "section_16b: {exempt: Rule 16b-7}}\n",
    )
    plain = beside.replace(", ten_percent_owner_since: 2026-01-02", "").replace(", pecuniary_interest: 25%", "")
    plain = plain.replace(", section_16b: {exempt: Rule 16b-7}", "")
    one, other = (composed(text) for text in (beside, plain))
    assert (one.findings, other.findings) == ((), ())
    assert differences(one.filing, other.filing) == []


@pytest.mark.parametrize(
    ("written", "finding"),
    [
        ("{exempt: one, matchable: two}", "10:89 PLN011 a transaction is exempt or matchable, not both"),
        ("{}", "10:89 PLN003 nothing stands here"),
        ("{exampt: one}", '10:90 PLN002 unknown key "exampt"'),
    ],
)
def test_a_reading_under_section_16b_is_one(written: str, finding: str) -> None:
    entry = f"{{date: 2026-11-18, code: S, security: common, amount: 1, price: 31.15, section_16b: {written}}}"
    assert told(plan_text(transactions=f"transactions:\n  - {entry}\n")) == [finding]
