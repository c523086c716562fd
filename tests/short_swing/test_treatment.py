"""What each transaction is under Section 16(b): each code with its rule."""

from __future__ import annotations

import pytest

from form4_author.short_swing.treatment import Reading, Side, treatments
from tests.documents import cell, coding, footnotes, group, leaf, underlying
from tests.short_swing.histories import filed, history, line, people, trade

TEN_PERCENT = "owners:\n  - {cik: 1999999101, name: Roe Jane, ten_percent_owner: yes%s}\n"


def told(*texts: str) -> list[tuple[str, str, str | None]]:
    """Each transaction's reading, rule and side."""
    (insider,) = people(*texts)
    return [(found.reading.value, found.rule, found.side and found.side.value) for found in treatments(insider)]


@pytest.mark.parametrize(
    ("code", "letter", "reading", "rule", "side"),
    [
        ("P", "A", "matchable", "Section 16(b)", "purchase"),
        ("S", "D", "matchable", "Section 16(b)", "sale"),
        ("L", "A", "matchable", "Section 16(b); Rule 16a-10", "purchase"),
        ("O", "A", "matchable", "Rule 16b-6(b)", "purchase"),
        ("O", "D", "matchable", "Rule 16b-6(b)", "sale"),
        ("A", "A", "exempt", "Rule 16b-3(d)", "purchase"),
        ("D", "D", "exempt", "Rule 16b-3(e)", "sale"),
        ("F", "D", "exempt", "Rule 16b-3(e)", "sale"),
        ("M", "A", "exempt", "Rules 16b-3(d) and 16b-6(b)", "purchase"),
        ("C", "A", "exempt", "Rule 16b-6(b)", "purchase"),
        ("X", "D", "exempt", "Rule 16b-6(b)", "sale"),
        ("G", "D", "exempt", "Rule 16b-5", "sale"),
        ("W", "A", "exempt", "Rule 16b-5", "purchase"),
        ("Z", "D", "exempt", "Rule 16b-8", "sale"),
        ("I", "A", "exempt", "Rule 16b-3(f)", "purchase"),
        ("H", "D", "judgement", "Rules 16b-6(d) and 16b-3(e)", "sale"),
        ("U", "D", "judgement", "Section 16(b); Rule 16b-7", "sale"),
        ("J", "D", "judgement", "Section 16(b); Form 4, Instruction 8", "sale"),
        ("J", "A", "judgement", "Section 16(b); Form 4, Instruction 8", "purchase"),
        ("P", "D", "judgement", "Form 4, Instruction 8", None),
        ("S", "A", "judgement", "Form 4, Instruction 8", None),
        ("L", "D", "judgement", "Form 4, Instruction 8", None),
        ("Q", "D", "judgement", "Section 16(b); Form 4, Instruction 8", "sale"),
    ],
)
def test_a_code_is_what_its_rule_says(code: str, letter: str, reading: str, rule: str, side: str | None) -> None:
    assert told(filed(line("2026-11-18", code, "100", "9", letter, "100"))) == [(reading, rule, side)]


def test_every_code_has_its_treatment_and_every_exemption_its_condition() -> None:
    for code in "ACDFGIMWXZ":
        (insider,) = people(filed(line("2026-11-18", code, "100", "9", "A", "100")))
        (found,) = treatments(insider)
        assert (found.reading, "exempt" in found.why) == (Reading.EXEMPT, True), code


@pytest.mark.parametrize("code", ["A", "D", "F"])
def test_rule_16b_3_is_for_officers_and_directors(code: str) -> None:
    owner = TEN_PERCENT % ""
    letter = "" if code != "A" else ", acquired_or_disposed: A"
    (found,) = told(history(trade("2026-11-18", code, "10", "9", letter), owners=owner))
    assert found[0] == "judgement"


def test_a_tender_is_exempt_where_a_footnote_names_rule_16b_7() -> None:
    tendered = line("2026-11-18", "U", "100", "9", "D", "0", "F1")
    texts = footnotes(F1="Exchanged in the merger; exempt under Rule 16b-7.")
    assert told(filed(tendered, footnotes=texts)) == [("exempt", "Rule 16b-7", "sale")]


def test_a_discretionary_transaction_counts_after_one_the_other_way() -> None:
    lines = [
        line("2026-01-05", "I", "100", "9", "D", "0"),
        line("2026-07-03", "I", "100", "7", "A", "100"),  # the last day of the first one's window
        line("2027-01-02", "I", "100", "8", "D", "0"),  # the day after that of the second one's
    ]
    assert told(filed(*lines)) == [
        ("exempt", "Rule 16b-3(f)", "sale"),
        ("matchable", "Rule 16b-3(f)", "purchase"),
        ("exempt", "Rule 16b-3(f)", "sale"),
    ]


def test_the_plan_says_what_the_form_cant() -> None:
    texts = [
        trade("2026-11-16", "J", "10", "9", ", acquired_or_disposed: D, section_16b: {exempt: a pledge was returned}"),
        trade("2026-11-17", "J", "10", "9", ", acquired_or_disposed: D, section_16b: {matchable: sold to a friend}"),
        trade("2026-11-18", "S", "10", "9", ", section_16b: {exempt: Rule 16b-7}"),
    ]
    (insider,) = people(history(*texts))
    assert [(found.reading, found.why) for found in treatments(insider)] == [
        (Reading.EXEMPT, "a pledge was returned"),
        (Reading.MATCHABLE, "sold to a friend"),
        (Reading.EXEMPT, "Rule 16b-7"),
    ]


def test_a_ten_percent_holder_must_be_one_at_both_trades() -> None:
    trades = [
        trade("2026-03-02", "P", "10", "5"),
        trade("2026-03-03", "P", "10", "5"),
        trade("2026-03-03", "S", "10", "9"),
        trade("2026-03-04", "S", "10", "9"),
    ]
    rule = "Section 16(b), last sentence; Foremost-McKesson v. Provident, 423 U.S. 232 (1976)"
    assert told(history(*trades, owners=TEN_PERCENT % ", ten_percent_owner_since: 2026-03-03")) == [
        ("exempt", rule, "purchase"),
        ("exempt", rule, "purchase"),
        ("judgement", rule, "sale"),
        ("matchable", "Section 16(b)", "sale"),
    ]
    director = TEN_PERCENT % ", director: yes, ten_percent_owner_since: 2026-03-03"
    assert {reading for reading, *_ in told(history(*trades, owners=director))} == {"matchable"}


def test_no_pecuniary_interest_no_profit() -> None:
    holders = "ownership_lines:\n  ward: {indirect: By Trust, pecuniary_interest: 0}\n"
    opening = "opening:\n  - {security: common, amount: 100, ownership: ward}\n"
    text = history(trade("2026-11-18", "S", "10", "9", ", ownership: ward"), opening=opening, ownership_lines=holders)
    assert told(text) == [("exempt", "Rule 16a-1(a)(2)", "sale")]


def option(code: str, letter: str, price: str, title: str = "Call Option (right to buy)", swap: str = "0") -> str:
    return group(
        "derivativeTransaction",
        cell("securityTitle", title),
        cell("conversionOrExercisePrice", "20"),
        cell("transactionDate", "2026-11-18"),
        coding(code).replace(leaf("equitySwapInvolved", "0"), leaf("equitySwapInvolved", swap)),
        group(
            "transactionAmounts",
            cell("transactionShares", "100"),
            cell("transactionPricePerShare", price),
            cell("transactionAcquiredDisposedCode", letter),
        ),
        cell("exerciseDate", "2026-11-18"),
        cell("expirationDate", "2027-01-15"),
        underlying("Common Stock", "100"),
        group("postTransactionAmounts", cell("sharesOwnedFollowingTransaction", "100")),
        group("ownershipNature", cell("directOrIndirectOwnership", "D")),
    )


@pytest.mark.parametrize(
    ("code", "letter", "price", "swap", "reading", "rule", "side"),
    [
        ("P", "A", "2", "0", "matchable", "Rule 16b-6(c)(1)", "purchase"),
        ("S", "D", "2", "0", "matchable", "Rule 16b-6(c)(1)", "sale"),
        ("P", "A", "2", "1", "judgement", "Rules 16a-1(c) and 16b-6", "purchase"),
        ("O", "D", "0", "0", "exempt", "Rule 16b-6(b)", "sale"),
        ("X", "D", "0", "0", "exempt", "Rule 16b-6(b)", "sale"),
        ("H", "D", "0", "0", "exempt", "Rule 16b-6(d)", "sale"),
        ("H", "D", "3", "0", "judgement", "Rules 16b-6(d) and 16b-3(e)", "sale"),
        ("E", "D", "0", "0", "judgement", "Rule 16b-6(d)", "purchase"),
        ("A", "A", "0", "0", "exempt", "Rule 16b-3(d)", "purchase"),
    ],
)
def test_derivatives(code: str, letter: str, price: str, swap: str, reading: str, rule: str, side: str) -> None:
    table = group("derivativeTable", option(code, letter, price, swap=swap))
    text = filed().replace(group("nonDerivativeTable"), "").replace("  <ownerSignature>", indented(table), 1)
    assert told(text) == [(reading, rule, side)]


def indented(text: str) -> str:
    return "".join(f"  {part}\n" for part in text.splitlines()) + "  <ownerSignature>"


def test_the_other_side() -> None:
    assert (Side.PURCHASE.other, Side.SALE.other) == (Side.SALE, Side.PURCHASE)
