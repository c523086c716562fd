"""The shape of a plan: every mistake of it in one run, each at its place with a way out."""

from __future__ import annotations

import pytest

from form4_author.plan.entries import EVENTS
from tests.plans import findings_of, plan_text, told

MISTAKEN = """\
form: 4
issuer: {cik: 1107843, name: "QUALYS, INC.", symbl: QLYS}
owners:
  - cik: 99999999999
    name: Albert Peter
    officer: Vice President of Something Long
securities:
  common: Common Stock
  option:
    titel: Stock Option (right to buy)
    exercise_price: 4.80
    exercisable: {note: early-exercise}
    expires: 2021-04-31
    underlying: common
opening:
  - {security: common, amount: 0}
transactions:
  - {date: 2013-11-22, exercise: option, amount: -10,000}
  - {date: 2013-11-22, code: Q, security: common, amount: 10,000, price: 22.5307, shares: 4}
  - {exercise: option, code: Q}
footnotes:
  weighted: {weighted_average: {low: 22.50}}
  numbered: {text: x, number: F1}
signatures:
  - {name: /s/ X, date: 2013-11-22}
  -
remarks: [a]
holdings: {a: 1}
rule_10b5_1: maybe
frobnicate: 1
"""


def test_every_mistake_of_shape_is_told_in_one_run() -> None:
    hints = [finding.hint for finding in findings_of(MISTAKEN)]
    assert [" | ".join(said) for said in zip(told(MISTAKEN), hints, strict=True)] == [
        '2:46 PLN002 unknown key "symbl" | Did you mean symbol?',
        '4:10 PLN015 "99999999999" is not a CIK | A CIK is EDGAR\'s number of a filer: one to ten digits.',
        '10:5 PLN002 unknown key "titel" | Did you mean title?',
        '13:14 PLN005 "2021-04-31" is no day of the calendar | Year, month, day: 2013-11-22 is November 22.',
        '18:50 PLN004 "-10,000" is negative | Amounts are positive; acquired_or_disposed (A or D) tells the direction.',
        f'19:30 PLN007 "Q" is not a transaction code | Write one of {", ".join("ACDEFGHIJLMOPSUWXZ")}.',
        '19:83 PLN002 unknown key "shares" | Did you mean amount?',
        f'20:30 PLN007 "Q" is not a transaction code | Write one of {", ".join("ACDEFGHIJLMOPSUWXZ")}.',
        "22:14 PLN001 high is missing in weighted_average | Highest price, in dollars.",
        '23:31 PLN007 "F1" is not a footnote number | Write 1 to 99, or leave it out.',
        "26:4 PLN003 a mapping of keys must stand here: `key: value` | ",
        "27:10 PLN003 the remarks must stand here, not a list | ",
        (
            "28:11 PLN003 a list must stand here: lines that begin with - | "
            "Lines without a transaction, after the transactions of their table."
        ),
        '29:14 PLN006 "maybe" is neither yes nor no | Write yes or no.',
        (
            '30:1 PLN002 unknown key "frobnicate" | Known here: adds, amends, event_date, event_notes, exhibits, '
            "exit_box, fiscal_year_ended, follows, footnotes, for_each, form, form_3_holdings_reported, "
            "form_4_transactions_reported, holdings, include, issuer, library, no_securities, opening, "
            "original_filing_date, owners, ownership_lines, period_of_report, remarks, rule_10b5_1, schema_version, "
            "securities, signatures, signed, submission, transactions, waivers, why."
        ),
    ]


def test_missing_parts_are_told_where_they_belong() -> None:
    assert told("form: 4\n") == [
        "1:1 PLN001 issuer is missing",
        "1:1 PLN001 owners is missing",
        "1:1 PLN001 signatures is missing",
    ]
    assert told(plan_text(signatures="signatures: []\n", owners="owners:\n")) == [
        "2:1 PLN001 owners is missing",
        "10:13 PLN003 at least one entry must stand here",
    ]


def test_a_year_that_can_t_be_meant_is_refused_at_each_date_of_a_plan() -> None:
    text = plan_text(
        rule_10b5_1="rule_10b5_1: no\nform: 4/A\noriginal_filing_date: 11/20/0022\nperiod_of_report: 0022-11-18\n",
        securities="securities:\n  common: Common Stock\n  option: {title: Option, underlying: common, "
        "exercise_price: 4,\n    exercisable: 1029-11-16,\n    expires: {date: 2636-11-16}}\n",
        transactions="transactions:\n  - {date: 2926-11-18, deemed_execution_date: 0001-01-01, code: S, "
        "security: common, amount: 1, price: 31}\n",
        signatures="signatures:\n  - {name: /s/ Jane Roe, date: 1026-11-20}\n",
    )
    said = '"{}" can\'t be meant: the year {} {}'
    past, ahead = "lies before the Exchange Act of 1934", "is too far ahead"
    assert told(text) == [
        "6:23 PLN005 " + said.format("11/20/0022", "0022", past),
        "7:19 PLN005 " + said.format("0022-11-18", "0022", past),
        "11:18 PLN005 " + said.format("1029-11-16", "1029", past),
        "12:21 PLN005 " + said.format("2636-11-16", "2636", ahead),
        "16:12 PLN005 " + said.format("2926-11-18", "2926", ahead),
        "16:47 PLN005 " + said.format("0001-01-01", "0001", past),
        "18:32 PLN005 " + said.format("1026-11-20", "1026", past),
    ]


@pytest.mark.parametrize("event", [kind.name for kind in EVENTS])
def test_an_event_left_empty_is_told_as_that_event(event: str) -> None:
    """What the event needs besides is missing too; of a line as on the form, nothing is."""
    text = plan_text(transactions=f"transactions:\n  - {{date: 2026-11-18, {event}: }}\n")
    found = findings_of(text)
    assert f"PLN001 {event} is left empty in transactions 1" in [one.partition(" ")[2] for one in told(text)]
    assert {finding.origin.path for finding in found}.isdisjoint({"transactions[0].security", "transactions[0].code"})
    assert all(len(finding.hint) > len("Write its value.") for finding in found if finding.code == "PLN001")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("vest: , withhold: 20, price: 3", ["10:24 PLN001 vest is left empty in transactions 1"]),
        ("cash_out: , at: 3, all: yes", ["10:24 PLN001 cash_out is left empty in transactions 1"]),
        ("exercise: , code: X, amount: 1", ["10:24 PLN001 exercise is left empty in transactions 1"]),
        ("vest: , sale: common, amount: 1, price: 3", ["10:24 PLN001 vest is left empty in transactions 1"]),
        (
            "vest: , code: S, security: common, amount: 1, price: 3",
            ["10:24 PLN001 vest is left empty in transactions 1"],
        ),
    ],
)
def test_an_event_left_empty_is_one_mistake(entry: str, said: list[str]) -> None:
    assert told(plan_text(transactions=f"transactions:\n  - {{date: 2026-11-18, {entry}}}\n")) == said
