"""Plans of Forms 3 and 5: what they derive, and what is wrong with them, each mistake one finding at its place."""

from __future__ import annotations

import pytest

from form4_author.edgar import ownership_xml
from form4_author.filing import DocumentKind, Filing
from form4_author.preflight import run
from tests.plans import composed, findings_of, plan_text

OPTION = """\
securities:
  common: Common Stock
  option: {title: Option, underlying: common, exercise_price: 3, exercisable: 2027-01-04, expires: 2036-05-14}
"""
HELD = "holdings:\n  - {security: common, amount: 4100}\n"
SALE = "transactions:\n  - {{date: 2026-08-03, code: S, security: common, amount: 300, price: 30.10{}}}\n"


def form_3(**parts: str) -> str:
    """A sound Form 3, its parts replaced or added."""
    sound = {"form": "form: 3\nevent_date: 2026-11-09\n", "rule_10b5_1": "", "opening": "", "transactions": ""}
    return plan_text(**{**sound, "holdings": HELD, **parts})


def form_5(**parts: str) -> str:
    """A sound Form 5, likewise."""
    sound = {"form": "form: 5\nfiscal_year_ended: 2026-12-31\n", "transactions": SALE.format(", late: form 4")}
    return plan_text(**{**sound, **parts})


def filed(text: str) -> Filing:
    composition = composed(text)
    assert composition.findings == ()
    return composition.filing


def told(text: str) -> list[tuple[str, str, str, str]]:
    """What is found in a plan: code, place, message, hint."""
    return [(f.code, f"{f.origin.position}".partition(":")[2], f.message, f.hint) for f in findings_of(text)]


def place(text: str, marked: str) -> str:
    """Line and column of what the bar stands before."""
    before, _, behind = marked.partition("|")
    at = text.index(before + behind) + len(before)
    return f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"


# --- what they derive -------------------------------------------------------------------------------------------------


def test_a_form_3_lists_what_is_held() -> None:
    holdings = (
        HELD + "  - {security: option, amount: 2500}\n  - {security: common, amount: 9, ownership: {indirect: X}}\n"
    )
    filing = filed(form_3(securities=OPTION, holdings=holdings))
    assert (filing.version, filing.document_type.text, filing.period_of_report.text) == ("X0607", "3", "2026-11-09")
    assert [(row.holding, row.shares_owned_following.text) for row in filing.table1] == [(True, "4100"), (True, "9")]
    (option,) = filing.table2
    assert (option.underlying_shares.text, option.shares_owned_following.present) == ("2500", False)
    record = ownership_xml.write(filing, kind=DocumentKind.RECORD, cccs={}).decode()
    assert record.count("<postTransactionAmounts>") == 2
    assert "<noSecuritiesOwned>0</noSecuritiesOwned>" in record
    assert "noSecuritiesOwned" not in ownership_xml.write(filing, kind=DocumentKind.FILER, cccs={}).decode()


def test_what_a_form_3_holds_may_be_told_by_opening() -> None:
    opening = "opening:\n  - {security: common, amount: 12,500}\n  - {security: option, amount: 40}\n"
    holdings = "holdings:\n  - {security: common}\n  - {security: option}\n"
    filing = filed(form_3(securities=OPTION, opening=opening, holdings=holdings))
    assert filing.table1[0].shares_owned_following.text == "12500"
    assert filing.table2[0].underlying_shares.text == "40"


def test_a_form_3_of_nothing_says_so() -> None:
    filing = filed(form_3(holdings="no_securities: yes\n"))
    assert (filing.owns_nothing, filing.no_securities_owned.text, filing.rows) == (True, "1", ())
    assert [f for f in run(filing) if f.is_error] == []


def test_a_form_5_marks_what_is_late_and_checks_the_boxes_by_it() -> None:
    lines = """\
transactions:
  - {date: 2025-06-16, code: L, security: common, amount: 1, price: 28.50, late: 5}
  - {date: 2026-06-15, code: L, security: common, amount: 100, price: 28.50}
  - {date: 2026-08-03, code: S, security: common, amount: 300, price: 30.10, late: form 4}
  - {date: 2026-08-04, code: S, security: common, amount: 1, price: 30, late: Form 4, timeliness: L}
"""
    late = "holdings:\n  - {security: common, amount: 9, ownership: {indirect: By Spouse}, late: form 3}\n"
    filing = filed(form_5(transactions=lines, holdings=late, opening="opening: {common: 500}\n"))
    assert [(row.form_type.text, row.timeliness.text) for row in filing.rows] == [
        ("5", "L"), ("5", ""), ("4", ""), ("4", "L"), ("3", ""),
    ]  # fmt: skip
    assert (filing.form3_holdings_reported.text, filing.form4_transactions_reported.text) == ("1", "1")
    in_time = filed(form_5(transactions=SALE.format("")))
    assert (in_time.form3_holdings_reported.text, in_time.form4_transactions_reported.text) == ("0", "0")


def test_what_edgar_marks_may_be_stated() -> None:
    stated = "form_3_holdings_reported: yes\nform_4_transactions_reported: none\n"
    filing = filed(form_5(stated=stated))
    assert filing.form3_holdings_reported.truth
    assert not filing.form4_transactions_reported.present
    assert not filed(form_3(stated="no_securities: none\n")).no_securities_owned.present


# --- what is wrong ----------------------------------------------------------------------------------------------------

SALE_ON_3 = (
    "transactions:\n  - {holding: common, amount: 1}\n  - {date: 2026-11-10, sale: common, amount: 1, price: 1}\n"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            form_3(transactions=SALE_ON_3),
            (
                "PLN011 - |{date: 2026-11-10",
                "Form 3 reports no transactions, only what is held on the date of the event",
                "Write what is held under holdings:, and report the transaction on a Form 4 (form: 4).",
            ),
        ),
        (
            form_3(form="form: 3\n"),
            (
                "PLN001 form: |3",
                "event_date is missing: Form 3 states the date of the event that requires the statement",
                "Write event_date: with that date (box 2).",
            ),
        ),
        (
            form_3(form="form: 3\nperiod_of_report: 2026-11-09\n"),
            (
                "PLN011 period_of_report: |2",
                "Form 3 has no period_of_report",
                "Write event_date: with the date of the event that requires the statement (box 2).",
            ),
        ),
        (
            form_5(form="form: 5\n"),
            (
                "PLN001 form: |5",
                "fiscal_year_ended is missing: Form 5 states the date on which the issuer's fiscal year ended",
                "Write fiscal_year_ended: with that date (box 3).",
            ),
        ),
        (
            plan_text(form="form: 4\nevent_date: 2026-11-09\n"),
            (
                "PLN011 event_date: |2",
                "Form 4 has no event_date",
                "Write period_of_report: with the date of the earliest transaction (box 3).",
            ),
        ),
        (
            plan_text(transactions=SALE.format(", late: form 4")),
            (
                "PLN011 late: |form 4",
                "nothing on Form 4 is marked as late",
                "Leave late out: Form 4 reports what is late as it does all else.",
            ),
        ),
        (
            form_5(transactions=SALE.format(", late: form 3")),
            (
                "PLN011 late: |form 3",
                "a transaction on Form 5 can't have been due on Form 3",
                "Write late: form 4 or form 5.",
            ),
        ),
        (
            form_5(holdings="holdings:\n  - {security: common, late: form 4}\n"),
            (
                "PLN011 common, late: |form 4",
                "a holding on Form 5 can't have been due on Form 4",
                "Write late: form 3.",
            ),
        ),
        (
            form_3(holdings="holdings:\n  - {security: common, amount: 1, late: form 3}\n"),
            (
                "PLN011 late: |form 3",
                "nothing on Form 3 is marked as late",
                "Leave late out: Form 3 reports what is late as it does all else.",
            ),
        ),
        (
            form_5(transactions=SALE.format(", late: yes")),
            (
                "PLN007 late: |yes",
                '"yes" is no form that a line can be late from',
                "Write form 3, form 4 or form 5: the one that it had been due on.",
            ),
        ),
        (
            form_5(transactions=SALE.format(", early: yes")),
            ("PLN011 early: |yes", "Form 5 has no column V", "Leave early out."),
        ),
        (
            form_5(transactions=SALE.format(", timeliness: E")),
            ("PLN011 timeliness: |E", "nothing on Form 5 is early", "Leave timeliness out."),
        ),
        (
            plan_text(transactions=SALE.format(", timeliness: L")),
            ("PLN011 timeliness: |L", "nothing on Form 4 is marked as late", "Leave timeliness out."),
        ),
        (
            form_5(stated="no_securities: yes\n"),
            (
                "PLN011 no_securities: |yes",
                "Form 5 doesn't say that no securities are owned",
                "Leave no_securities out.",
            ),
        ),
        (
            plan_text(stated="form_3_holdings_reported: no\n"),
            ("PLN011 reported: |no", "Form 4 has no box for it", "Leave form_3_holdings_reported out."),
        ),
        (
            form_3(version="schema_version: X0609\n"),
            (
                "PLN011 schema_version: |X0609",
                "Form 3 has had no schema X0609",
                "Write X0607, its schema of that time, or leave schema_version out to file today.",
            ),
        ),
        (form_3(exit_box="exit_box: no\n"), ("PLN011 exit_box: |no", "Form 3 has no exit box", "Leave exit_box out.")),
        (
            form_3(securities=OPTION, holdings="holdings:\n  - {security: option}\n"),
            (
                "PLN001 - |{security: option}",
                "amount is missing: the number of option held",
                "Write amount: on the line, or give it under opening:.",
            ),
        ),
        (
            form_3(securities=OPTION, holdings="holdings:\n  - {security: option, value: 5}\n"),
            (
                "PLN011 value: |5",
                "Form 3 states no amount owned in Table II",
                "Write amount: with the number held, or underlying_value: for a value.",
            ),
        ),
        (
            form_3(form="form: 3/A\nevent_date: 2026-11-09\n"),
            (
                "PLN001 form: |3/A",
                "original_filing_date is missing: an amendment says when the original was filed",
                "Write original_filing_date: with the date on which the original Form 3 was filed (box 5).",
            ),
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_one_finding_at_its_place_with_the_way_out(text: str, said: tuple[str, str, str]) -> None:
    code, _, marked = said[0].partition(" ")
    assert told(text) == [(code, place(text, marked), *said[1:])]


NEITHER = "the form reports no holding, and doesn't say that no securities are owned"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (form_3(stated="no_securities: yes\n"), "the form says that no securities are owned, and reports 1 holding"),
        (form_3(holdings=""), "the form reports no holding, and doesn't say that no securities are owned"),
        (
            form_3(holdings="no_securities: no\n"),
            "the form reports no holding, and doesn't say that no securities are owned",
        ),
    ],
)
def test_both_or_neither_of_lines_and_no_securities_is_refused(text: str, message: str) -> None:
    assert [(f.code, f.message) for f in run(filed(text)) if f.is_error] == [("DOC019", message)]


def test_the_shares_under_a_convertible_are_whole_where_it_rounds() -> None:
    """Also on a form that asks for no number of the derivative itself."""
    securities = (
        "securities:\n  common: Common Stock\n  series-a: {title: Series A Preferred Stock, underlying: common, "
        "converts: {ratio: 1.25, round: %s, expires: never}}\n"
    )
    held = "holdings:\n  - {security: series-a, amount: 1001}\n"
    for how, shares in (("down", "1251"), ("up", "1252"), ("nearest", "1251")):
        (row,) = filed(form_3(securities=securities % how, holdings=held)).table2
        assert row.underlying_shares.text == shares
