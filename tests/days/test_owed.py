"""What each insider owes, over several forms."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from form4_author.days.agenda import agenda
from form4_author.days.cooling_off import cooling_offs
from form4_author.days.deadlines import due
from form4_author.days.owed import owed
from form4_author.filing import Filing, Value
from form4_author.report.deadlines import owed_as_text
from tests.plans import composed, plan_text

OWNERS = """\
owners:
  - {cik: 1999999101, name: Roe Jane, officer: Chief Operating Officer}
  - {cik: 1999999102, name: Doe John, director: yes}
"""
LINES = """\
transactions:
  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 2}
  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 2}
  - {date: 2026-11-19, code: L, security: common, amount: 1, price: 2}
"""


def filings() -> list[Filing]:
    initial = plan_text(
        form="form: 3\nevent_date: 2026-11-09\n",
        owners="owners:\n  - {cik: 1999999102, name: none, director: yes}\n",
        rule_10b5_1="",
        opening="",
        transactions="no_securities: yes\n",
    )
    several = composed(plan_text(owners=OWNERS, transactions=LINES)).filing
    return [several, composed(initial).filing, replace(several, document_type=Value("4/A"))]


def test_each_insider_has_the_forms_owed_the_nearest_day_first_and_amendments_are_none() -> None:
    text = owed_as_text(owed([(filing, due(filing)) for filing in filings()]))
    assert text == (
        "what each insider owes:\n"
        "  Roe Jane (EXSY):\n"
        "    Form 4 by 2026-11-20 10 p.m. Eastern time (2 lines)\n"
        "    Form 5 by the 45th day after the end of the issuer's fiscal year "
        "(1 line; by 2027-02-16 where that is the calendar's)\n"
        "      L 1 Common Stock of 2026-11-19 (plan.yaml, line 13)\n"
        "  Doe John (EXSY):\n"
        "    Form 3 by 2026-11-19 10 p.m. Eastern time\n"
        "    Form 4 by 2026-11-20 10 p.m. Eastern time (2 lines)\n"
        "    Form 5 by the 45th day after the end of the issuer's fiscal year "
        "(1 line; by 2027-02-16 where that is the calendar's)\n"
        "      L 1 Common Stock of 2026-11-19 (plan.yaml, line 13)\n"
    )


def annual(transactions: str, ended: str = "2026-09-30") -> Filing:
    return composed(
        plan_text(
            form=f"form: 5\nfiscal_year_ended: {ended}\n", rule_10b5_1="rule_10b5_1: no\n", transactions=transactions
        )
    ).filing


def test_a_form_5_tells_the_fiscal_year_and_what_no_longer_waits() -> None:
    small = "  - {date: 2026-03-02, code: L, security: common, amount: 5, price: 2, late: form 5}\n"
    small = small.replace(", late: form 5", "")
    four = composed(plan_text(transactions="transactions:\n" + small + small.replace("03-02", "10-05"))).filing
    five = annual("transactions:\n" + small.replace("amount: 5", "amount: 5.00"))
    (roe,) = owed([(one, due(one)) for one in (four, five)])
    assert [(debt.form.number, str(debt.day), debt.lines, debt.waiting) for debt in roe.debts] == [
        ("5", "2026-11-16", 0, ()),
        ("5", "2027-11-15", 1, ("L 5 Common Stock of 2026-10-05 (plan.yaml, line 11)",)),
    ]


def test_one_calendar_of_deadlines_waiting_lines_and_cooling_off() -> None:
    note = "footnotes: {plan: 'Made under a Rule 10b5-1 trading plan adopted on May 12, 2026.'}\n"
    sale = "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 2, notes: {code: plan}}\n"
    small = "  - {date: 2026-11-19, code: L, security: common, amount: 1, price: 2}\n"
    plan = plan_text(transactions=f"transactions:\n{sale}{small}", rule_10b5_1="rule_10b5_1: yes\n", footnotes=note)
    forms = [composed(plan).filing, annual("holdings: [{security: common}]\n", "2025-12-31")]
    told = agenda([(one, due(one)) for one in forms])
    assert [(one.name, one.adopted, one.ends, one.at_most) for one in told.cooling] == [
        ("Roe Jane", date(2026, 5, 12), date(2026, 8, 10), date(2026, 9, 9))
    ]
    text = told.calendar().replace("\r\n ", "").replace("\r\n", "\n")
    assert [line for line in text.splitlines() if line.startswith(("SUMMARY", "DTSTART;"))] == [
        "DTSTART;TZID=America/New_York:20261120T213000",
        "SUMMARY:Form 4 due: Roe Jane (EXSY)",
        "DTSTART;TZID=America/New_York:20260217T213000",
        "SUMMARY:Form 5 due: Roe Jane (EXSY)",
        "DTSTART;TZID=America/New_York:20270216T213000",
        "SUMMARY:Form 5 due: Roe Jane (EXSY)",
        "DTSTART;VALUE=DATE:20260810",
        "SUMMARY:Cooling-off ends: plan of Roe Jane (EXSY)",
    ]
    assert text.count("BEGIN:VALARM") == 6
    assert "L 1 Common Stock of 2026-11-19" in text


def test_who_is_no_director_or_officer_waits_thirty_days_and_old_plans_none() -> None:
    def periods(owner: str, adopted: str) -> list[tuple[date, date]]:
        note = f"footnotes: {{plan: 'Made under a Rule 10b5-1 trading plan adopted on {adopted}.'}}\n"
        sale = (
            "transactions: [{date: 2026-11-18, code: S, security: common, amount: 1, price: 2, notes: {code: plan}}]\n"
        )
        owners = f"owners: [{{cik: 1999999101, name: Roe Jane, {owner}: yes}}]\n"
        filing = composed(plan_text(transactions=sale, owners=owners, footnotes=note)).filing
        return [(one.ends, one.at_most) for one in cooling_offs([filing, filing])]

    assert periods("ten_percent_owner", "May 12, 2026") == [(date(2026, 6, 11), date(2026, 6, 11))]
    assert periods("director", "February 27, 2023") == [(date(2023, 5, 28), date(2023, 6, 27))]
    assert periods("director", "February 26, 2023") == []
    assert periods("director", "May 2026") == []


def test_who_has_no_name_is_told_by_number_and_a_form_without_days_by_nothing() -> None:
    _, initial, _ = filings()
    bare = replace(initial, period_of_report=Value(""), issuer=replace(initial.issuer, trading_symbol=Value("")))
    assert owed_as_text(owed([(bare, due(bare))])) == (
        "what each insider owes:\n  CIK 1999999102 (CIK 1999999001): nothing\n"
    )
