"""What each insider owes, over several forms."""

from __future__ import annotations

from dataclasses import replace

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
        "    Form 5 by the 45th day after the end of the issuer's fiscal year (1 line)\n"
        "  Doe John (EXSY):\n"
        "    Form 3 by 2026-11-19 10 p.m. Eastern time\n"
        "    Form 4 by 2026-11-20 10 p.m. Eastern time (2 lines)\n"
        "    Form 5 by the 45th day after the end of the issuer's fiscal year (1 line)\n"
    )


def test_who_has_no_name_is_told_by_number_and_a_form_without_days_by_nothing() -> None:
    _, initial, _ = filings()
    bare = replace(initial, period_of_report=Value(""), issuer=replace(initial.issuer, trading_symbol=Value("")))
    assert owed_as_text(owed([(bare, due(bare))])) == (
        "what each insider owes:\n  CIK 1999999102 (CIK 1999999001): nothing\n"
    )
