"""The plans that begin with a filed form: its amendment, and the next form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import form4_author
from form4_author import Rejected
from form4_author.decompose.decomposition import PlanData
from form4_author.decompose.next.roll import roll
from form4_author.filing import Field, Row, Table, Value
from form4_author.filing.titles import security_class
from tests.conftest import ROOT, shared_dir
from tests.plans import composed, told

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

issuer:
  cik: 1999999001
  name: EXAMPLE SYSTEMS, INC.
  symbol: EXSY

owners:
  - cik: 0001999101
    name: Roe Jane
    address:
      street1: 100 MAIN STREET
      city: SPRINGFIELD
      state: IL
      zip: 62701
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
        codes = [line.split()[1] for line in told(rolled)]
        assert [code for code in codes if code != "PLN018"] == ["PLN012"], path
        assert ("PLN018" in codes) is ("several such lines: tell them apart" in rolled), path


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


# --- what the next form takes over -----------------------------------------------------------------------------------


def line_of(title: str, amount: str, letter: str, after: str, day: str = "2026-11-18") -> Row:
    cells = {
        "security_title": title,
        "transaction_date": day,
        "shares": amount,
        "price_per_share": "10",
        "acquired_disposed": letter,
        "shares_owned_following": after,
        "direct_or_indirect": "D",
    }
    made: dict[str, Any] = {name: Field(Value(text)) for name, text in cells.items()}
    return Row(table=Table.I, holding=False, code=Value("P" if letter == "A" else "S"), **made)


def rolled(*lines: Row, **parts: Any) -> PlanData:
    filing = form4_author.read_filing(CASES / "sale.xml")
    return roll(replace(filing, table1=lines, table2=(), footnotes=(), **parts))


def test_lines_that_stand_newest_first_close_with_the_one_that_no_other_goes_on_from() -> None:
    newest = (line_of("Common Stock", "50", "D", "120"), line_of("Common Stock", "30", "D", "170"))
    assert rolled(*newest).data["opening"] == [{"security": "common", "amount": "120"}]
    assert rolled(*reversed(newest)).data["opening"] == [{"security": "common", "amount": "120"}]
    round_about = (line_of("Common Stock", "50", "D", "50"), line_of("Common Stock", "50", "A", "100"))
    assert rolled(*round_about).data["opening"] == [{"security": "common", "amount": "100"}]
    earlier = (line_of("Common Stock", "1", "A", "7"), line_of("Common Stock", "1", "A", "6", "2026-11-17"))
    assert rolled(*earlier).data["opening"] == [{"security": "common", "amount": "7"}]


def test_a_security_is_one_however_its_title_is_typed_and_a_class_is_never_another() -> None:
    titles = ("Common Stock", "COMMON STOCK, $0.01 par value", "common shares", "Class A Common Stock")
    plan = rolled(*(line_of(title, "1", "A", str(number)) for number, title in enumerate(titles, 1)))
    assert plan.data["securities"] == {"common": "Common Stock", "class-a": "Class A Common Stock"}
    assert plan.data["opening"] == [{"security": "common", "amount": "3"}, {"security": "class-a", "amount": "4"}]
    assert plan.comments["securities", "common"] == (
        'on the form also as "COMMON STOCK, $0.01 par value" and "common shares": one class, so one balance'
    )


def test_several_lines_of_one_nature_are_holders_of_their_own() -> None:
    held: dict[str, Any] = {
        "direct_or_indirect": Field(Value("I")),
        "nature_of_ownership": Field(Value("By 401(k)")),
        "security_title": Field(Value("Common Stock")),
    }
    lines = [
        Row(table=Table.I, holding=True, shares_owned_following=Field(Value(amount)), **held) for amount in ("12", "3")
    ]
    plan = rolled(*lines)
    first, second = plan.data["ownership_lines"]
    assert plan.data["ownership_lines"] == {name: {"indirect": "By 401(k)"} for name in (first, second)}
    assert plan.data["opening"] == [
        {"security": "common", "amount": "12", "ownership": first},
        {"security": "common", "amount": "3", "ownership": second},
    ]


def test_a_ticked_exit_box_is_told() -> None:
    plan = rolled(line_of("Common Stock", "1", "A", "1"), not_subject_to_section16=Value("1"))
    assert plan.comments["form",].startswith("the last form says that the person is no longer subject to Section 16")
    assert ("form",) not in rolled(line_of("Common Stock", "1", "A", "1")).comments


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


@pytest.mark.shared
def test_no_holding_of_a_real_form_is_lost() -> None:
    """Each security, by class, in each form of ownership by its footnotes has its opening balance."""
    lost = []
    for path in sorted(shared_dir("corpus", "form4").rglob("*.xml"))[::4]:
        filing = form4_author.read_filing(path)
        held = {
            (security_class(row.security_title.text), row.direct_or_indirect.text, row.nature_of_ownership.text)
            for row in filing.table1
            if row.shares_owned_following.number is not None
        }
        plan = roll(filing)
        titles = {
            name: part if isinstance(part, str) else part["title"]
            for name, part in plan.data.get("securities", {}).items()
        }
        opened = {security_class(titles[entry["security"]]) for entry in plan.data.get("opening", ())}
        by_owner = {str(entry.get("ownership", "direct")) for entry in plan.data.get("opening", ())}
        ways = {(letter, nature) for _, letter, nature in held}
        if not {title for title, *_ in held} <= opened or len(ways) > len(by_owner):
            lost.append(path.name)
    assert lost == []
