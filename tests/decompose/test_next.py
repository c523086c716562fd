"""The plans that begin with a filed form: its amendment, and the next form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import form4_author
from form4_author import Rejected
from form4_author.decompose.next.amend import amend
from form4_author.decompose.next.roll import roll
from tests.conftest import ROOT, shared_dir
from tests.plans import composed, composed_file, told

CASES = ROOT / "tests" / "cases" / "import"
ANSWERS = {
    "date:                          # date of signing": "date: 2026-12-01",
    "\nremarks:\n": "\nremarks: This amendment corrects a price.\n",
    "\ntransactions:\n\n": "\n\n",
}


def filled(text: str, **more: str) -> str:
    """The draft with what it leaves to its author filled in."""
    for empty, full in (ANSWERS | more).items():
        text = text.replace(empty, full)
    return text


def section(text: str, name: str) -> str:
    """One top-level part of a plan, with the comment above it."""
    blocks = [block for block in text.split("\n\n") if f"\n{name}:" in f"\n{block}"]
    assert len(blocks) == 1, name
    return blocks[0].rstrip("\n")


def test_an_amendment_carries_every_line_and_builds_once_it_is_signed() -> None:
    text = form4_author.amend_filing(CASES / "vesting.xml")
    assert [line.split(" ", 1)[1] for line in told(text)] == [
        "PLN001 remarks is left empty",
        "PLN001 date is missing in signatures 1",
    ]
    filing = composed(filled(text)).filing
    original = form4_author.read_filing(CASES / "vesting.xml")
    assert (filing.document_type.text, filing.date_of_original_submission.text) == ("4/A", "2026-11-20")
    assert [row.shares_owned_following.number for row in filing.rows] == [
        row.shares_owned_following.number for row in original.rows
    ]
    assert filing.aff10b5_one.text == "0"


def test_an_amendment_says_what_it_leaves_to_its_author() -> None:
    text = form4_author.amend_filing(CASES / "long-ago.xml")
    assert text.splitlines()[:6] == [
        "# Form 4 of ROE JANE in EXAMPLE SYSTEMS, INC.",
        "# To amend, begun from long-ago.xml.",
        "",
        "form: 4/A",
        "original_filing_date: 2006-10-20   # the date of signing: check when it was filed",
        "exit_box: no",
    ]
    assert (
        section(text, "rule_10b5_1")
        == "rule_10b5_1:                       # yes or no: made under a Rule 10b5-1(c) plan?"
    )
    assert section(text, "remarks") == (
        "# Say here what this amendment changes, and why (General Instruction 9), as in: This amendment corrects the "
        "price of\n# the sale on November 4, 2026, reported as $32.07.\nremarks:"
    )
    assert section(text, "signatures").endswith("date:                          # date of signing")
    assert [line.split(" ", 1)[1] for line in told(text)] == [
        "PLN001 rule_10b5_1 is left empty",
        "PLN001 remarks is left empty",
        "PLN001 date is missing in signatures 1",
    ]
    signed = filled(text)
    owner = composed(signed.replace("rule_10b5_1:  ", "rule_10b5_1: no ")).filing.owners[0]
    assert (owner.country.text, owner.state.present, owner.non_us_address.text) == ("X0", False, "true")
    assert not owner.state_description.present


def test_only_the_lines_asked_for_are_carried_with_their_footnotes() -> None:
    text = form4_author.amend_filing(CASES / "vesting.xml", lines=[4, 7])
    assert section(text, "opening") == (
        "opening:\n  - {security: common, amount: 19832}\n  - {security: option, amount: 0}"
    )
    assert section(text, "footnotes") == "footnotes:\n  vesting: One third vests on each anniversary of the grant."
    filing = composed(filled(text)).filing
    assert [(str(row.table), row.code.text, row.shares_owned_following.text) for row in filing.rows] == [
        ("I", "S", "19532"),
        ("II", "A", "1000"),
    ]
    assert filing.period_of_report.text == "2026-11-16", "the amendment keeps the period of the original"


def test_a_line_that_the_form_does_not_have_is_told() -> None:
    with pytest.raises(Rejected) as refused:
        form4_author.amend_filing(CASES / "vesting.xml", lines=[3, 8, 0])
    (finding,) = refused.value.findings
    assert (finding.code, finding.message, finding.hint) == (
        "IMP003",
        "the form has no line 8, 0",
        "Lines are counted through both tables: Table I has lines 1 to 4, Table II has 5 to 7.",
    )


def test_numbers_of_footnotes_are_not_kept_and_an_amended_amendment_keeps_the_first_date(tmp_path: Path) -> None:
    text = form4_author.amend_filing(CASES / "footnotes.xml")
    assert "number:" not in text
    again = form4_author.amend_filing(CASES / "amendment.xml")
    assert "original_filing_date: 2026-11-06\n" in again
    published = tmp_path / "0001.txt"
    xml = (CASES / "sale.xml").read_text()
    published.write_text(
        "<SEC-DOCUMENT>0001.txt\n<SEC-HEADER>\nACCESSION NUMBER:\t\t0001999999-26-000001\n"
        f"FILED AS OF DATE:\t\t20261121\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>4\n<TEXT>\n<XML>\n{xml}</XML>\n</TEXT>\n"
        "</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )
    text = form4_author.amend_filing(published)
    assert "# To amend, begun from 0001.txt (EDGAR's 0001999999-26-000001).\n" in text
    assert "original_filing_date: 2026-11-21\n" in text


def test_the_next_form_opens_with_the_closing_balances() -> None:
    assert (
        form4_author.roll_filing(CASES / "vesting.xml")
        == """\
# Form 4 of Roe Jane in EXAMPLE SYSTEMS, INC.
# The next form, begun from vesting.xml.

form: 4

issuer: {cik: 1999999001, name: "EXAMPLE SYSTEMS, INC.", symbol: EXSY}

owners:
  - cik: 0001999101
    name: Roe Jane
    address: {street1: 100 MAIN STREET, city: SPRINGFIELD, state: IL, zip: 62701}
    director: no
    officer: Chief Operating Officer
    ten_percent_owner: no
    other: no

rule_10b5_1:                       # yes or no: made under a Rule 10b5-1(c) plan?

securities:
  common: Common Stock
  rsu:
    title: Restricted Stock Units
    underlying: common
    exercise_price: {note: each}
    exercisable: {note: vesting}
    expires: {note: vesting}
  option-4.80:
    title: Stock Option (right to buy)
    underlying: common
    exercise_price: 4.80
    exercisable: 2024-05-14
    expires: 2034-05-14
  option-6.25:
    title: Stock Option (right to buy)
    underlying: common
    exercise_price: 6.25
    exercisable: {date: 2027-11-17, note: vesting}
    expires: 2036-11-17

opening:
  - {security: common, amount: 19532}
  - {security: rsu, amount: 4000}
  - {security: option-4.80, amount: 4700}
  - {security: option-6.25, amount: 1000}

# What happened since: one entry is one line, or an event that writes several lines, as in
#    - {date: 2026-11-18, code: S, security: common, amount: 1000, price: 31.15}
transactions:

footnotes:
  each: Each unit is the right to receive one share of common stock.
  vesting: One third vests on each anniversary of the grant.

signatures:
  - name: /s/ Jane Roe
    date:                          # date of signing
"""
    )


def test_derivatives_that_expired_are_pointed_out_and_left_out() -> None:
    text = form4_author.roll_filing(CASES / "vesting.xml", as_of=date(2034, 5, 14))
    assert "  # expired on 2034-05-14: the 4,700 that were held are left out of opening\n  option-4.80:\n" in text
    assert "{security: option-4.80" not in text
    assert "{security: option-6.25, amount: 1000}" in text
    assert "# expired" not in form4_author.roll_filing(CASES / "vesting.xml", as_of=date(2034, 5, 13))


def test_several_lines_of_one_ownership_are_pointed_out() -> None:
    assert (
        section(form4_author.roll_filing(CASES / "balances.xml"), "opening")
        == """\
opening:
  - {security: common, amount: 11600}
  - {security: common, amount: 900, ownership: {indirect: By Spouse}}
  - {security: common, amount: 60, ownership: {indirect: By Trust}}
  # the form has several such lines: each is taken for a holder of its own, see ownership_lines
  - {security: common, amount: 1000000, ownership: see-footnote}
  - {security: common, amount: 674719.25, ownership: see-footnote-2}"""
    )


def test_footnotes_on_the_nature_of_ownership_are_kept_in_mind() -> None:
    text = form4_author.roll_filing(ROOT / "examples" / "gift-to-trust" / "plan.yaml")
    assert (
        section(text, "signatures")
        == """\
# The last form said of the nature of indirect ownership, in footnotes:
# - The reporting person is the trustee of the trust; members of his family are its beneficiaries.
# What still holds goes under footnotes:, and is referred to by notes: {nature: ...} on the line.
signatures:
  - name: /s/ John Doe
    date:                          # date of signing"""
    )


@pytest.mark.shared
def test_every_kind_of_real_filing_can_be_amended_and_rolled() -> None:
    paths = sorted(shared_dir("corpus", "form4").rglob("*.xml"))[::40]
    assert len(paths) >= 30
    answers = {"rule_10b5_1:                       #": "rule_10b5_1: no                    #"}
    for path in paths:
        amended = filled(form4_author.amend_filing(path), **answers)
        composition = composed(amended)
        assert composition.findings == (), path
        original = form4_author.read_filing(path)
        assert [row.shares_owned_following.number for row in composition.filing.rows] == [
            row.shares_owned_following.number for row in original.rows
        ], path
        rolled = filled(form4_author.roll_filing(path), **answers)
        assert [line.split()[1] for line in told(rolled)] == ["PLN012"], path


@pytest.mark.shared
def test_real_and_made_forms_3_and_5_can_be_amended_and_rolled() -> None:
    paths = sorted(shared_dir("corpus").glob("form[35]/*.xml"))[::4]
    assert len(paths) >= 20
    answers = {"rule_10b5_1:                       #": "rule_10b5_1: no                    #"}
    for path in paths:
        original = form4_author.read_filing(path)
        if original.is_amendment:
            continue
        amended = composed(filled(form4_author.amend_filing(path), **answers))
        assert amended.findings == (), path
        assert amended.filing.document_type.text == f"{original.document_type.text}/A"
        assert [row.underlying_shares.number for row in amended.filing.rows] == [
            row.underlying_shares.number for row in original.rows
        ], path
        rolled = filled(form4_author.roll_filing(path), **answers)
        assert [line.split()[1] for line in told(rolled)] == ["PLN012"], path


def test_the_first_form_4_begins_with_all_that_a_form_3_lists() -> None:
    plan = roll(composed_file(ROOT / "examples" / "new-officer" / "plan.yaml").filing).data
    assert plan["form"] == "4"
    assert plan["rule_10b5_1"] is None
    assert "no_securities" not in plan
    assert [(entry["security"], entry["amount"], entry.get("ownership")) for entry in plan["opening"]] == [
        ("common", "4100", None),
        ("common", "350", {"indirect": "By Spouse"}),
        ("option", "25000", None),
        ("rsu", "6000", None),
    ]


def test_an_amendment_of_a_form_3_that_adds_a_line_begins_with_room_for_holdings() -> None:
    filing = composed_file(ROOT / "examples" / "new-officer" / "plan.yaml").filing
    plan = amend(filing, lines=[]).data
    assert (plan["form"], plan["holdings"], "transactions" in plan, "no_securities" in plan) == (
        "3/A",
        None,
        False,
        False,
    )
    late = composed_file(ROOT / "examples" / "year-end" / "plan.yaml").filing
    kept = amend(late, lines=[1]).data
    assert (kept["form"], kept["fiscal_year_ended"]) == ("5/A", "2026-12-31")
    assert not {"form_3_holdings_reported", "form_4_transactions_reported"} & kept.keys()


def test_the_united_states_that_stood_as_the_state_leave_the_state_to_the_author(tmp_path: Path) -> None:
    xml = (CASES / "long-ago.xml").read_text("ascii")
    assert xml.count("<rptOwnerState>") == 1
    before, _, rest = xml.partition("<rptOwnerState>")
    path = tmp_path / "old.xml"
    path.write_text(f"{before}<rptOwnerState>X1{rest[rest.index('<') :]}", "ascii")
    text = form4_author.amend_filing(path)
    assert "country:" not in text
    assert "state:" not in text
    owner = composed(filled(text, **{"rule_10b5_1:  ": "rule_10b5_1: no  "})).filing.owners[0]
    assert (owner.non_us_address.text, owner.state.present, owner.country.present) == ("false", False, False)


def test_an_amendment_carries_none_some_or_all_lines_and_says_which() -> None:
    case = CASES / "vesting.xml"
    whole, none, some = (form4_author.amend_filing(case, lines=lines) for lines in (None, (), (1, 2)))
    count = len(form4_author.read_filing(case).rows)
    assert f"# All {count} lines of the form are carried." in whole
    assert f"# None of the {count} lines of the form is carried: an amendment may add a forgotten line alone." in none
    assert f"# Lines 1, 2 of {count} are carried." in some
    for text in (whole, none, some):
        assert "# General Instruction 9: an amendment gives each line that it corrects or adds, complete" in text
    assert section(none, "transactions").strip() in {"transactions:", ""} or "code" not in section(none, "transactions")
    assert section(none, "securities") == section(whole, "securities")
