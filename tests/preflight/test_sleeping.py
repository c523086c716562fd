"""Facts that don't go together: what is found beyond each rule's own case, and what beside it is right."""

from __future__ import annotations

import pytest

from form4_author.preflight import run
from tests.plans import composed, findings_of, plan_text
from tests.preflight.test_cry_wolf import found, trades


def codes(**parts: str) -> list[str]:
    return [code for code, _ in found(**parts)]


# --- trading plans ------------------------------------------------------------------------------------------------

DIRECTOR = "owners:\n  - {cik: 1999999102, name: Poe Richard, director: yes}\n"
HOLDER = "owners:\n  - {cik: 1999999103, name: Example Partners, ten_percent_owner: yes}\n"


def planned(adopted: str, owners: str = DIRECTOR, where: str = "footnote") -> list[str]:
    said = f"Made under a Rule 10b5-1 trading plan adopted on {adopted}."
    note = ", notes: {code: plan}" if where == "footnote" else ""
    return codes(
        rule_10b5_1="rule_10b5_1: yes\n",
        owners=owners,
        transactions=trades("date: 2026-11-18, code: S, security: common, amount: 90, price: 16.60" + note),
        **(
            {"footnotes": f"footnotes:\n  plan: {said}\n"} if where == "footnote" else {"remarks": f"remarks: {said}\n"}
        ),
    )


@pytest.mark.parametrize(
    ("adopted", "owners", "expected"),
    [
        ("November 19, 2026", DIRECTOR, ["TXN020"]),
        ("November 18, 2026", HOLDER, ["TXN020"]),
        ("August 21, 2026", DIRECTOR, ["TXN020"]),
        ("August 20, 2026", DIRECTOR, []),
        ("October 20, 2026", HOLDER, ["TXN020"]),
        ("October 19, 2026", HOLDER, []),
        ("August 2026", DIRECTOR, []),
    ],
)
@pytest.mark.parametrize("where", ["footnote", "remarks"])
def test_a_plan_cools_off(adopted: str, owners: str, expected: list[str], where: str) -> None:
    assert [code for code in planned(adopted, owners, where) if code == "TXN020"] == expected


def test_a_plan_from_before_the_amended_rule_needs_no_time_but_comes_first() -> None:
    def told(adopted: str) -> list[str]:
        note = f"footnotes:\n  plan: Made under a Rule 10b5-1 trading plan adopted on {adopted}.\n"
        line = trades("date: 2023-02-24, code: S, security: common, amount: 90, price: 16.60, notes: {code: plan}")
        filing = composed(plan_text(transactions=line, footnotes=note)).filing
        return [finding.code for finding in run(filing, select=["TXN020"])]

    assert told("February 20, 2023") == []
    assert told("February 24, 2023") == []
    assert told("February 25, 2023") == ["TXN020"]


def test_several_lines_of_one_plan_are_told_once() -> None:
    said = "footnotes:\n  plan: Made under a Rule 10b5-1 trading plan adopted on October 5, 2026.\n"
    line = "date: 2026-11-18, code: S, security: common, amount: 90, price: {}, notes: {{code: plan}}"
    filing = composed(
        plan_text(
            rule_10b5_1="rule_10b5_1: yes\n",
            transactions=trades(line.format(30), line.format(30.5), line.format(31)),
            footnotes=said,
        )
    ).filing
    (finding,) = run(filing, select=["TXN020"])
    assert finding.message == (
        "Table I, line 1: the trade of 2026-11-18 is said to be made under a plan adopted on 2026-10-05, 44 days "
        "before it, and 90 are wanted; so do 2 other lines"
    )


# --- deemed execution dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "deemed", "expected"),
    [
        ("A", "2026-11-18", ["TXN021"]),
        ("A", "2026-11-17", []),
        ("F", "2026-11-18", ["TXN021"]),
        ("I", "2026-11-18", []),
        ("S", "2026-11-18", ["TXN021"]),
    ],
)
def test_deemed_execution_dates(code: str, deemed: str, expected: list[str]) -> None:
    letter = ", acquired_or_disposed: A" if code == "I" else ""
    line = f"date: 2026-11-17, deemed_execution_date: {deemed}, code: {code}, security: common, amount: 9, price: 20"
    told = codes(
        transactions=trades(line + letter), signatures="signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-18}\n"
    )
    assert told == expected


# --- titles, natures, signatures, symbols -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("officer", "remarks", "expected"),
    [
        ("See Remarks", "", ["OWN015"]),
        ("EVP (see remarks below)", "", ["OWN015"]),
        ("See Remarks", "remarks: Exhibit 24 is attached.\n", ["OWN015"]),
        ("See Remarks", "remarks: Chief Legal Officer and Corporate Secretary\n", []),
        ("Director", "", ["OWN016"]),
        ("Independent Director", "", ["OWN016"]),
        ("Member of the Board", "", ["OWN016"]),
        ("Managing Director", "", []),
        ("Executive Director", "", []),
        ("Director, Treasurer", "", []),
    ],
)
def test_titles(officer: str, remarks: str, expected: list[str]) -> None:
    owners = f'owners:\n  - {{cik: 1999999101, name: Roe Jane, officer: "{officer}"}}\n'
    assert codes(owners=owners, remarks=remarks) == expected


def test_another_relationship_may_refer_to_remarks_too() -> None:
    owners = "owners:\n  - {cik: 1999999101, name: Roe Jane, other: See Remarks}\n"
    assert codes(owners=owners) == ["OWN015"]
    assert codes(owners=owners, remarks="remarks: Member of a group.\n") == []


@pytest.mark.parametrize(
    ("nature", "expected"),
    [("Direct", ["OWN017"]), ("direct ownership", ["OWN017"]), ("(D)", ["OWN017"]), ("By Direct Trust LLC", [])],
)
def test_natures(nature: str, expected: list[str]) -> None:
    assert (
        codes(
            opening=f'opening:\n  - {{security: common, amount: 900, ownership: {{indirect: "{nature}"}}}}\n',
            transactions=trades(
                "date: 2026-11-18, code: S, security: common, amount: 9, price: 31, "
                f'ownership: {{indirect: "{nature}"}}'
            ),
        )
        == expected
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/s/", ["SIG003"]),
        ("/S/ ", ["SIG003"]),
        ("/s/ by attorney-in-fact", ["SIG003"]),
        ("/s/ , as Attorney in Fact", ["SIG003"]),
        ("/s/ J. Roe", []),
        ("Jane Roe", []),
        ("/s/ Jo Li, attorney-in-fact", []),
    ],
)
def test_signatures(name: str, expected: list[str]) -> None:
    signatures = f'signatures:\n  - {{name: "{name}", date: 2026-11-20}}\n'
    assert [code for code in codes(signatures=signatures) if code != "SIG002"] == expected


def test_a_symbol_that_is_too_long_by_its_exchange_says_so() -> None:
    issuer = 'issuer: {cik: 1999999001, name: "EXAMPLE SYSTEMS, INC.", symbol: "NASDAQ:EXSY"}\n'
    (finding,) = findings_of(plan_text(issuer=issuer))
    assert (finding.code, finding.message, finding.hint) == (
        "PLN008",
        "the trading symbol holds its exchange and has 11 characters; EDGAR takes 10",
        "Write EXSY.",
    )
    longer = issuer.replace("NASDAQ:EXSY", "EXAMPLESYSTEMS")
    (finding,) = findings_of(plan_text(issuer=longer))
    assert finding.hint == "Shorten it by 4."


# --- prices -------------------------------------------------------------------------------------------------------


def priced(*lines: str) -> list[tuple[str, int]]:
    given = [f"date: 2026-11-18, code: S, security: common, {line}" for line in lines]
    return found(transactions=trades(*given))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("amount: 20, price: 8.10", "amount: 20, price: 8.25", "amount: 20, price: 2060"), [("TXN008", 12)]),
        (("amount: 20, price: 8.10", "amount: 20, price: 82.50"), [("TXN008", 11)]),
        (("amount: 20, price: 8.10", "amount: 20, price: 24.50"), []),
        (("amount: 300, price: 31.15", "amount: 40, price: 1246"), [("TXN024", 11)]),
        (("amount: 40, price: 1248", "amount: 300, price: 31.15"), [("TXN024", 10)]),
        (("amount: 3, price: 93.45", "amount: 300, price: 31.15"), [("TXN024", 10)]),
        (("amount: 100, price: 3115", "amount: 300, price: 31.15"), [("TXN024", 10)]),
        (("amount: 800, price: 27.40", "amount: 27.35, price: 650"), [("TXN024", 11)]),
        (("amount: 27, price: 27.40", "amount: 27, price: 27.50"), []),
        (("amount: 1, price: 27.40", "amount: 2, price: 27.50"), []),
        (("amount: 12, price: 1000000.01",), [("TXN025", 10)]),
        (("amount: 12, price: 1000000",), []),
    ],
)
def test_prices_that_are_none(lines: tuple[str, ...], expected: list[tuple[str, int]]) -> None:
    assert priced(*lines) == expected


def test_a_footnote_that_names_the_price_of_one_tells_a_total() -> None:
    line = "date: 2026-11-18, code: F, security: common, amount: 611, price: 12158.90, notes: {price: close}"
    note = "footnotes:\n  close: The closing price of the day was $19.90.\n"
    assert found(transactions=trades(line), footnotes=note) == [("TXN024", 10)]


# --- restated balances --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("balance", "note", "expected"),
    [
        ("11,600", "", ["BAL005"]),
        ("11,500.4", "", []),
        ("11,600", "balance: Corrected for an error in an earlier form.", []),
        ("11,600", "code: Includes 100 shares bought under the employee stock purchase plan.", []),
        ("11,600", "code: Sold on the exchange.", ["BAL005"]),
    ],
)
def test_restated_balances(balance: str, note: str, expected: list[str]) -> None:
    column, _, text = note.partition(": ")
    marked = f", notes: {{{column}: why}}" if note else ""
    line = f"date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31.15, restated_balance: {balance}"
    notes = f"footnotes:\n  why: {text}\n" if note else ""
    assert codes(transactions=trades(line + marked), footnotes=notes) == expected


def test_a_later_line_that_does_not_follow_is_told_once() -> None:
    lines = trades(
        "date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31.15",
        "date: 2026-11-18, code: S, security: common, amount: 500, price: 31.15, restated_balance: 11,200",
    )
    assert codes(transactions=lines) == ["BAL001"]
