"""What the lines leave out, and lines out of their order."""

from __future__ import annotations

from tests.plans import plan_text, told

OPENING = """\
opening:
  - {security: common, amount: 12,500}
  - {security: common, amount: 4,000, ownership: {indirect: By Trust}}
  - {security: common, amount: 0, ownership: {indirect: By Spouse}}
  - {security: other, amount: 70, ownership: {indirect: By Trust}}
"""
SECURITIES = "securities:\n  common: Common Stock\n  other: Class B Common Stock\n"
SALE = "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 31.15}\n"


def test_a_holding_of_a_reported_class_that_no_line_shows_is_told() -> None:
    said = '10:5 BAL007 no line shows the common held indirectly, "By Trust", though a transaction in it is reported'
    text = plan_text(securities=SECURITIES, opening=OPENING)
    assert told(text) == [said]
    shown = "holdings:\n  - {security: common, ownership: {indirect: By Trust}}\n"
    assert told(plan_text(securities=SECURITIES, opening=OPENING, holdings=shown)) == []
    amendment = {"form": "form: 4/A\noriginal_filing_date: 2026-11-19\n"}
    assert told(plan_text(securities=SECURITIES, opening=OPENING, **amendment)) == []
    named = OPENING.replace("{indirect: By Trust}", "trust")
    holders = "ownership_lines:\n  trust: {indirect: By Trust}\n"
    assert told(plan_text(securities=SECURITIES, opening=named, ownership_lines=holders)) == [
        "10:5 BAL007 no line shows the common held by trust, though a transaction in it is reported"
    ]
    held = "transactions:\n  - {holding: common}\nperiod_of_report: 2026-11-18\n"
    assert told(plan_text(securities=SECURITIES, opening=OPENING, transactions=held)) == []


def test_a_balance_reckoned_from_a_later_day_is_told_once() -> None:
    def of(*entries: str) -> list[str]:
        sales = [
            SALE.replace("2026-11-18", day).replace("price: 31.15", f"price: 31.15{more}")
            for day, more in (entry.split("|") for entry in entries)
        ]
        opening = "opening:\n  - {security: common, amount: 12,500}\n"
        return told(plan_text(opening=opening, transactions="transactions:\n" + "".join(sales)))

    assert of("2026-11-17|", "2026-11-17|", "2026-11-18|") == []
    assert of("2026-11-19|", "2026-11-18|", "2026-11-17|") == [
        "11:12 BAL008 the amount of common owned after this line of 2026-11-18 is reckoned from a line of 2026-11-19"
    ]
    assert of("2026-11-19|, balance: 12000", "2026-11-18|, restated_balance: 12001") == [
        "10:85 BAL002 the balance 12,000 is not what the lines give: 12,500 - 1 = 12,499"
    ]
