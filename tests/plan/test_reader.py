"""A plan that is right."""

from __future__ import annotations

from tests.plans import plan_text, told


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


def test_a_plan_that_is_right_has_no_findings() -> None:
    assert told(plan_text()) == []
