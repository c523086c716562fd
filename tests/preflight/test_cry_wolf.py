"""What looks wrong and is right: no rule speaks of it; and what looks right beside it and is wrong."""

from __future__ import annotations

import pytest

from form4_author.edgar import ownership_xml, xml_source
from form4_author.findings import Finding
from form4_author.preflight import run
from tests.plans import composed, plan_text
from tests.rule_cases import FOLDER

OPTION = ", underlying: common, exercise_price: 27.50, exercisable: 2026-06-01, expires: 2026-12-18}\n"


def found(**parts: str) -> list[tuple[str, int]]:
    """Code and line of all that composition and the rules say of a plan, CCCs aside."""
    composition = composed(plan_text(**parts))
    return _told([*composition.findings, *run(composition.filing, ignore=["OWN005"])])


def _told(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(f.code, f.origin.position.line) for f in findings if f.origin.position]


def trades(*lines: str) -> str:
    return "transactions:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def xml_rows(*rows: str, notes: str = "") -> list[tuple[str, str]]:
    """What BAL rules say of rows of Table I, each `code letter amount following ownership nature marks`."""
    text = (FOLDER / "FTN001" / "good.xml").read_text("ascii")
    start, end = text.index("<nonDerivativeTable>"), text.index("</nonDerivativeTable>")
    table = "<nonDerivativeTable>" + "".join(_row(row) for row in rows)
    text = text[:start] + table + text[end:]
    start, end = text.index("<footnotes>"), text.index("</footnotes>")
    text = text[:start] + "<footnotes>" + notes + text[end:]
    filing = ownership_xml.read(xml_source.parse(text.encode(), "form4.xml"))
    return [(finding.code, finding.message) for finding in run(filing, select=["BAL"])]


def _row(row: str) -> str:
    code, letter, amount, following, ownership, nature, mark, title = row.split("|")
    noted = f'<footnoteId id="{mark}"/>' if mark else ""
    kind = f"<natureOfOwnership><value>{nature}</value></natureOfOwnership>" if nature else ""
    return f"""<nonDerivativeTransaction>
<securityTitle><value>{title}</value></securityTitle><transactionDate><value>2026-11-18</value></transactionDate>
<transactionCoding><transactionFormType>4</transactionFormType><transactionCode>{code}</transactionCode>
<equitySwapInvolved>0</equitySwapInvolved>{noted}</transactionCoding><transactionAmounts>
<transactionShares><value>{amount}</value></transactionShares>
<transactionPricePerShare><value>12.10</value></transactionPricePerShare>
<transactionAcquiredDisposedCode><value>{letter}</value></transactionAcquiredDisposedCode></transactionAmounts>
<postTransactionAmounts><sharesOwnedFollowingTransaction><value>{following}</value></sharesOwnedFollowingTransaction>
</postTransactionAmounts><ownershipNature><directOrIndirectOwnership><value>{ownership}</value>
</directOrIndirectOwnership>{kind}</ownershipNature></nonDerivativeTransaction>
"""


# --- small acquisitions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [("2026-01-12", "2026-10-13", []), ("2026-05-18", "2026-11-18", []), ("2026-05-19", "2026-11-18", ["TXN010"])],
)
def test_small_acquisitions_add_up_within_six_months(first: str, second: str, codes: list[str]) -> None:
    lines = trades(
        f"date: {first}, code: L, security: common, amount: 300, price: 20",
        f"date: {second}, code: L, security: common, amount: 250, price: 24",
    )
    assert [code for code, _ in found(transactions=lines) if code == "TXN010"] == codes


def test_small_acquisitions_of_two_classes_are_counted_apart() -> None:
    lines = trades(
        "date: 2026-11-18, code: L, security: common, amount: 300, price: 20",
        "date: 2026-11-18, code: L, security: other, amount: 250, price: 24",
    )
    two = "securities:\n  common: Common Stock\n  other: Class B Common Stock\n"
    held = "opening:\n  - {security: common, amount: 100}\n  - {security: other, amount: 7}\n"
    assert found(transactions=lines, securities=two, opening=held) == []


# --- looking back -------------------------------------------------------------------------------------------------

BACK = "Executed within six months before the reporting person became subject to Section 16 (Rule 16a-2(a))."


def test_a_trade_told_of_in_a_footnote_to_be_from_before_is_not_late() -> None:
    lines = trades(
        "date: 2026-07-14, code: P, security: common, amount: 400, price: 29, notes: {date: before}",
        "date: 2026-11-18, code: S, security: common, amount: 200, price: 31.15",
    )
    assert found(transactions=lines, footnotes=f"footnotes:\n  before: {BACK}\n") == []
    assert found(transactions=lines, footnotes="footnotes:\n  before: Bought privately.\n") == [("TXN014", 10)]


def test_remarks_that_name_a_day_excuse_the_trades_of_that_day_alone() -> None:
    lines = trades(
        "date: 2026-07-14, code: P, security: common, amount: 400, price: 29",
        "date: 2026-08-11, code: P, security: common, amount: 400, price: 29.50",
        "date: 2026-11-18, code: S, security: common, amount: 200, price: 31.15",
    )
    remarks = "remarks: The purchase of {} is reported under Rule 16a-2(a).\n"
    assert found(transactions=lines, remarks=remarks.format("July 14, 2026")) == [("TXN014", 11)]
    assert found(transactions=lines, remarks=remarks.format("July 14, 2026 and that of August 11, 2026")) == []
    assert found(transactions=lines, remarks=remarks.format("the summer")) == []


def test_the_trade_that_brings_the_others_with_it_can_be_late() -> None:
    lines = trades("date: 2026-11-16, code: P, security: common, amount: 400, price: 29, notes: {date: before}")
    assert found(transactions=lines, footnotes=f"footnotes:\n  before: {BACK}\n") == [("TXN014", 10)]


# --- swaps, puts, written options ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "held"), [("P", 0), ("S", 25000)])
def test_a_swap_is_entered_and_closed_without_a_price(code: str, held: int) -> None:
    assert (
        found(
            securities="securities:\n  common: Common Stock\n  swap: {title: Cash-settled equity swap" + OPTION,
            opening=f"opening:\n  - {{security: swap, amount: {held}}}\n",
            transactions=trades(
                f"date: 2026-11-18, code: {code}, security: swap, equity_swap: yes, amount: 25000, price: 0"
            ),
        )
        == []
    )


PUT = "securities:\n  common: Common Stock\n  put: {title: Put Option (right to sell)" + OPTION
HELD = "opening:\n  - {security: common, amount: 5000}\n  - {security: put, amount: 900}\n"


def test_a_put_is_exercised_by_giving_the_shares() -> None:
    lines = (
        "date: 2026-11-18, code: X, security: common, amount: 900, price: 27.50, acquired_or_disposed: D",
        "date: 2026-11-18, code: X, security: put, amount: 900, price: 0, acquired_or_disposed: D",
    )
    assert found(securities=PUT, opening=HELD, transactions=trades(*lines)) == []
    assert found(securities=PUT, opening=HELD, transactions=trades(lines[1])) == [("TXN009", 12)]
    fewer = lines[0].replace("900", "700")
    assert found(securities=PUT, opening=HELD, transactions=trades(fewer, lines[1])) == [("TXN009", 12)]


def test_what_is_owed_of_a_written_option_grows_by_sales_and_shrinks_by_purchases() -> None:
    call = "securities:\n  common: Common Stock\n  call: {title: Call Option (obligation to sell)" + OPTION
    lines = trades(
        "date: 2026-11-18, code: S, security: call, amount: 500, price: 0.80, balance: 800",
        "date: 2026-11-18, code: S, security: call, amount: 100, price: 0.80",
        "date: 2026-11-18, code: P, security: call, amount: 400, price: 0.70, balance: 500",
        "date: 2026-11-18, code: E, security: call, amount: 500, price: 0, acquired_or_disposed: D",
    )
    opening = "opening:\n  - {security: call, amount: 300}\n"
    assert found(securities=call, opening=opening, transactions=lines) == []
    filing = composed(plan_text(securities=call, opening=opening, transactions=lines)).filing
    assert [row.shares_owned_following.text for row in filing.table2] == ["800", "900", "500", "0"]
    bought = trades("date: 2026-11-18, code: P, security: call, amount: 400, price: 0.70")
    assert found(securities=call, opening=opening, transactions=bought) == [("BAL003", 11)]


# --- holders ------------------------------------------------------------------------------------------------------

FUNDS = (
    '<footnote id="F1">Sold by Example Fund I, L.P.</footnote>'
    '<footnote id="F2">Sold by Example Fund II, L.P.</footnote>'
)
NONE = '<footnote id="F1">Sold on the exchange.</footnote><footnote id="F2">Sold on the same day.</footnote>'


def test_holders_that_footnotes_name_have_balances_of_their_own() -> None:
    rows = (
        "S|D|60000|900000|I|See footnotes|F1|Common Stock",
        "S|D|20000|310000|I|See footnotes|F2|Common Stock",
        "S|D|10000|890000|I|See footnotes|F1|Common Stock",
        "S|D|5000|305000|I|See footnotes|F2|Common Stock",
    )
    assert xml_rows(*rows, notes=FUNDS) == []
    assert [code for code, _ in xml_rows(*rows, notes=NONE)] == ["BAL001"]


def test_a_line_over_several_days_follows_from_none() -> None:
    rows = ("S|D|100|900|D||F1|Common Stock", "S|D|100|850|D||F2|Common Stock")
    days = NONE.replace("on the same day", "between November 16, 2026 and November 18, 2026")
    assert xml_rows(*rows, notes=days) == []
    assert [code for code, _ in xml_rows(*rows, notes=NONE)] == ["BAL001"]


def test_one_total_told_of_two_holders_or_classes_is_found() -> None:
    ((code, message),) = xml_rows(
        "S|D|300|9700|D||F1|Common Stock", "S|D|200|9500|I|By Spouse|F2|Common Stock", notes=NONE
    )
    assert code == "BAL006"
    assert message == (
        "Table I, line 2: 9,500 owned afterwards goes on from Table I, line 1, which is of another form of ownership"
    )
    assert xml_rows("P|A|200|5200|D||F1|Class A Stock", "P|A|100|5300|D||F2|Class B Stock", notes=NONE) == [
        ("BAL006", "Table I, line 2: 5,300 owned afterwards goes on from Table I, line 1, which is of another class")
    ]


def test_two_names_of_one_class_and_accounts_that_go_on_by_themselves_are_left_alone() -> None:
    par = "Common Stock, par value $0.01 per share"
    assert xml_rows("P|A|200|5200|D||F1|Common Stock", f"P|A|100|5300|D||F2|{par}", notes=NONE) == []
    rows = (
        "S|D|300|9700|D||F1|Common Stock",
        "S|D|200|9500|I|By Spouse|F2|Common Stock",
        "S|D|100|9600|D||F1|Common Stock",
    )
    assert xml_rows(*rows, notes=NONE) == []
    moved = NONE.replace("Sold on the same day", "Transferred to the spouse")
    assert xml_rows(*rows[:2], notes=moved) == []
