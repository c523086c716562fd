"""A rule's way out leads out: followed as it is written, the case is accepted and no rule speaks any more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.rule_cases import FOLDER, judge

#: What is to be written in the bad case of a rule, where its hint says so word for word: the part, and what to write.
FOLLOWED: dict[str, list[tuple[str, str]]] = {
    "BAL004/bad.xml": [
        ("<sharesOwnedFollowingTransaction>", "<sharesOwnedFollowingTransaction><value>11500</value>"),
    ],
    "BAL005/bad.yaml": [("restated_balance: 12,230", "balance: 12,100")],
    "BAL007/bad.yaml": [
        ("opening:", "holdings:\n  - {security: common, ownership: {indirect: By Trust}}\nopening:"),
    ],
    "DER002/bad.yaml": [
        ("underlying_amount: none}", "underlying_amount: none, notes: {underlying_amount: n}}"),
        ("transactions:", "footnotes: {n: The number of shares follows from the price at the time.}\ntransactions:"),
    ],
    "DER002/bad.xml": [
        ("<underlyingSecurityValue> <!-- expect: DER002 error -->", ""),
        ("<value>155750.00</value>", ""),
        ("</underlyingSecurityValue>", ""),
    ],
    "DOC001/bad.yaml": [("period_of_report: 2026-11-20", "period_of_report: 2026-11-18")],
    "DOC002/bad.yaml": [("transactions: []", "exit_box: yes\ntransactions: []")],
    "DOC003/bad.xml": [
        ("<issuerName>EXAMPLE SYSTEMS, INC.</issuerName>", ""),
        ("<rptOwnerName>Roe Jane</rptOwnerName>", ""),
    ],
    "DOC005/bad.xml": [("\n<?xml", "<?xml")],
    "DOC008/bad.xml": [("Roë", "Roe")],
    "DOC011/bad.xml": [("<issuerTradingSymbol> <", "<issuerTradingSymbol>NONE<")],
    "DOC013/bad.xml": [
        ("<isDirector></isDirector>", "<isDirector>0</isDirector>"),
        ("<value>1,000<", "<value>1000<"),
        ("<value>+31.15<", "<value>31.15<"),
        ("11/20/2026", "2026-11-20"),
    ],
    "DOC015/bad.xml": [("2026-11-20-05:00", "2026-11-20")],
    "DOC017/bad.yaml": [('"NYSE:EXSY"', "EXSY")],
    "FTN003/bad.xml": [('<footnoteId id="F1"/>\n', "\n")],
    "FTN006/bad.xml": [('"F01"', '"F1"')],
    "FTN008/bad.yaml": [("number: 99", "number: 1")],
    "FTN009/bad.yaml": [("number: 3", "number: 1")],
    "OWN003/bad.yaml": [("officer: yes", "officer: Treasurer")],
    "OWN004/bad.yaml": [("other: yes", "other: Trustee of voting trust")],
    "OWN006/bad.yaml": [("city: Berlin", "city: Berlin\n      country: Germany")],
    "OWN007/bad.yaml": [("officer_title:", "officer: yes\n    officer_title:")],
    "OWN009/bad.yaml": [("by /s/ Jane Roe", "by /s/ Jane Roe, for each of the reporting persons")],
    "OWN010/bad.yaml": [("ownership: indirect", "ownership: {indirect: By Trust}")],
    "OWN010/bad.xml": [
        ("<natureOfOwnership>", ""),
        ("<value>Direct</value> <!-- expect: OWN010 error -->", ""),
        ("</natureOfOwnership>", ""),
    ],
    "OWN012/bad.xml": [("<rptOwnerCountry>I8<", "<rptOwnerCountry>2M<")],
    "OWN014/bad.yaml": [("country: United States, zip: 89501, non_us: yes", "state: NV, zip: 89501")],
    "OWN015/bad.yaml": [("owners:", "remarks: Executive Vice President and Chief Operating Officer\nowners:")],
    "OWN016/bad.yaml": [("officer: Director", "director: yes")],
    "OWN017/bad.yaml": [("{indirect: Direct}", "direct")],
    "SIG003/bad.yaml": [("/s/", "/s/ Jane Roe")],
    "SUB006/bad.xml": [("filings at example.com", "legal@example.com")],
    "SUB007/bad.xml": [("<notificationEmailAddress>Legal@example.com</notificationEmailAddress>", "")],
    "TXN001/bad.xml": [("S/K", "S"), ("<equitySwapInvolved>0", "<equitySwapInvolved>1")],
    "TXN002/bad.xml": [("<value>L</value>", "<value></value>")],
    "TXN003/bad.yaml": [("acquired_or_disposed: D", "acquired_or_disposed: A")],
    "TXN006/bad.yaml": [
        ("price: 0", "price: 0\n    notes: {code: n}"),
        ("transactions:", "footnotes: {n: Distributed to the partners of the fund.}\ntransactions:"),
    ],
    "TXN007/bad.yaml": [
        (
            "code: P, security: common, amount: 1,000, price: 0",
            "code: P, security: common, amount: 1,000, price: 31.15",
        ),
        ("gift: common, amount: 500, price: 31.15", "gift: common, amount: 500, price: 0"),
    ],
    "TXN012/bad.yaml": [
        (
            "Made under a Rule 10b5-1 trading plan of the reporting person.",
            "made under a Rule 10b5-1 trading plan adopted on May 12, 2026.",
        ),
    ],
    "TXN013/bad.yaml": [(", early: yes", "")],
    "TXN016/bad.yaml": [("rule_10b5_1: no", "rule_10b5_1: yes")],
    "TXN021/bad.yaml": [
        ("    deemed_execution_date: 2026-11-18    # expect: TXN021 warning\n", ""),
        ("- date: 2026-11-17", "- date: 2026-11-18"),
    ],
    "TXN024/bad.yaml": [
        ("price: 1,246 ", "price: 31.15 "),
        ("amount: 31.10\n    price: 650", "amount: 650\n    price: 31.10"),
    ],
    "TXN028/bad.yaml": [("code: S ", "code: X "), ("code: F ", "code: S "), ("code: X ", "code: F ")],
    "WVR003/bad.yaml": [("waivers:\n  - {code: OWN008, reason: It used to be longer.}", "")],
}


@pytest.mark.parametrize("case", FOLLOWED)
def test_the_way_out_is_accepted(case: str, tmp_path: Path) -> None:
    bad = FOLDER / case
    assert judge(bad).findings, case
    text = bad.read_text("utf-8")
    for part, written in FOLLOWED[case]:
        assert part in text, part
        text = text.replace(part, written)
    shutil.copy(FOLDER / "_base.yaml", tmp_path)
    mended = tmp_path / bad.parent.name / bad.name
    mended.parent.mkdir()
    mended.write_text(text, "utf-8")
    assert judge(mended).printed == f"{bad.name}: accepted\n"


@pytest.mark.parametrize(
    "words",
    [
        "/s/ Jane Roe, for Example Fund, L.P. and Example GP, LLC",
        "/s/ Jane Roe, for both reporting persons",
        "Jane Roe, for every reporting person",
        "/s/ Jane Roe for Example Fund, L.P. & Example GP, LLC",
    ],
)
def test_one_who_signs_for_all_may_say_so_in_other_words(words: str, tmp_path: Path) -> None:
    bad = FOLDER / "OWN009" / "bad.yaml"
    shutil.copy(FOLDER / "_base.yaml", tmp_path)
    mended = tmp_path / "OWN009" / "bad.yaml"
    mended.parent.mkdir()
    mended.write_text(bad.read_text("utf-8").replace("Example Fund, L.P., by /s/ Jane Roe", words), "utf-8")
    assert judge(mended).printed == "bad.yaml: accepted\n"
