"""What people call an event, or write into an entry for what it says: one mistake, with the way out."""

from __future__ import annotations

import pytest

from form4_author.plan.entries import EVENTS
from tests.plans import EVENT_OPENING, EVENT_SECURITIES, SOUND, findings_of, plan_text, told

SALE = "{date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31.15}"
PLAN = "".join(SOUND.values())


@pytest.mark.parametrize(
    ("entry", "said", "hint"),
    [
        (
            "{date: 2026-11-18, vested: common, amount: 150, price: 3, balance: 3}",
            '10:24 PLN002 unknown key "vested"',
            "common is no derivative; for a grant write grant: common",
        ),
        (
            "{date: 2026-11-18, donated: common, amount: 150, to: {indirect: By Trust}}",
            '10:24 PLN002 unknown key "donated"',
            "Did you mean gift? Write gift: common",
        ),
        (
            "{date: 2026-11-18, tax_withholding: common, amount: 150, price: 3}",
            '10:24 PLN002 unknown key "tax_withholding"',
            "Write security: common, code: F",
        ),
        (
            "{date: 2026-11-18, open-market-sale: common, amount: 150, price: 3, frob: 1}",
            '10:24 PLN002 unknown key "open-market-sale"',
            "Did you mean sale? Write sale: common",
        ),
        (
            "{date: 2026-11-18, buy: common, amount: 150, price: 3, frob: 1}",
            '10:24 PLN002 unknown key "buy"',
            "Did you mean purchase? Write purchase: common",
        ),
    ],
)
def test_an_event_by_another_word_is_one_mistake(entry: str, said: str, hint: str) -> None:
    text = PLAN.replace(SALE, entry)
    assert told(text) == [said]
    assert [finding.hint for finding in findings_of(text)] == [hint]


#: An entry with another word for its event, what is told, and the entry written as that says.
OTHER_WORDS = (
    ("vested: rsu, amount: 100", "Did you mean vest? Write vest: rsu", "vest: rsu, amount: 100"),
    (
        "vested: common, amount: 100, price: 31, withheld: 30",
        "Did you mean vest? Write vest: common, withhold: instead of withheld:",
        "vest: common, amount: 100, price: 31, withhold: 30",
    ),
    ("vesting: {rsu: 100}", "Did you mean vest? Write vest: {rsu: 100}", "vest: {rsu: 100}"),
    ("convertion: series-a, all: yes", "Did you mean convert? Write convert: series-a", "convert: series-a, all: yes"),
    (
        "conversion: [series-a, series-b], all: yes",
        "Did you mean convert? Write convert: [series-a, series-b]",
        "convert: [series-a, series-b], all: yes",
    ),
    ("conversion: option, amount: 9", "Did you mean exercise? Write exercise: option", "exercise: option, amount: 9"),
    (
        "cashout: option, all: yes, price: 42",
        "Did you mean cash_out? Write cash_out: option, at: instead of price:",
        "cash_out: option, all: yes, at: 42",
    ),
    (
        "merger: rsu, all: yes, price: 42",
        "Did you mean cash_out? Write cash_out: rsu, at: instead of price:",
        "cash_out: rsu, all: yes, at: 42",
    ),
    (
        "merger: common, amount: 9, price: 42",
        "Did you mean tender? Write tender: common",
        "tender: common, amount: 9, price: 42",
    ),
    (
        "withheld_shares: common, amount: 9, price: 3",
        "Write security: common, code: F",
        "security: common, code: F, amount: 9, price: 3",
    ),
    (
        "tax: common, amount: 9, price: 3",
        "Write security: common, code: F",
        "security: common, code: F, amount: 9, price: 3",
    ),
    (
        "dividend: common, amount: 10.5, price: 31",
        "Did you mean dividend_reinvestment? Write dividend_reinvestment: common; it takes no price",
        "dividend_reinvestment: common, amount: 10.5",
    ),
    (
        "dividend: rsu, amount: 10.5",
        "Did you mean dividend_equivalents? Write dividend_equivalents: rsu",
        "dividend_equivalents: rsu, amount: 10.5",
    ),
    (
        "qdro: common, amount: 9",
        "Did you mean domestic_relations? Write domestic_relations: common",
        "domestic_relations: common, amount: 9",
    ),
    (
        "rollover: common, amount: 9",
        (
            "Did you mean transfer? Write transfer: common; it also needs to: (Whose it becomes: a name from "
            "ownership_lines, {indirect: By Trust}, or direct)"
        ),
        "transfer: common, amount: 9, to: {indirect: By Family Trust}",
    ),
    ("donate: common, amount: 9", "Did you mean gift? Write gift: common", "gift: common, amount: 9"),
    ("expiration: option, all: yes", "Did you mean expire? Write expire: option", "expire: option, all: yes"),
    (
        "deferral: unit, dollars: 90, price: 3",
        "Did you mean defer? Write defer: unit",
        "defer: unit, dollars: 90, price: 3",
    ),
    (
        "performance: common",
        (
            "Did you mean certify? Write certify: common; it also needs target: (The target number) and earned: (What "
            "was earned of the target: 140%)"
        ),
        "certify: common, target: 100, earned: 140%",
    ),
    ("stock split: common, new: 2, for: 1", "Did you mean split? Write split: common", "split: common, new: 2, for: 1"),
    (
        "zero-cost collar: {buy: put, write: call}, amount: 9",
        "Did you mean collar? Write collar: {buy: put, write: call}",
        "collar: {buy: put, write: call}, amount: 9",
    ),
    (
        "total_return_swap: swap, amount: 9",
        "Did you mean swap? Write swap: swap, open: instead of amount:",
        "swap: swap, open: 9",
    ),
    ("forfeiture: rsu, amount: 9", "Did you mean forfeit? Write forfeit: rsu", "forfeit: rsu, amount: 9"),
    ("inheritence: common, amount: 9", "Did you mean inherit? Write inherit: common", "inherit: common, amount: 9"),
    ("espp purchase: common, amount: 9", "Did you mean espp? Write espp: common", "espp: common, amount: 9"),
    ("option_grant: option, amount: 9", "Did you mean grant? Write grant: option", "grant: option, amount: 9"),
    (
        "sell-to-cover: rsu, amount: 9",
        "Write vest: rsu; the sale is an entry of its own, as sale: common",
        "vest: rsu, amount: 9",
    ),
    (
        "sell to cover: common, amount: 9, price: 3",
        "Did you mean sale? Write sale: common",
        "sale: common, amount: 9, price: 3",
    ),
    (
        "same-day sale: option, amount: 9, price: 31",
        "Write exercise: option, sell: {price: 31} instead of price:",
        "exercise: option, amount: 9, sell: {price: 31}",
    ),
    (
        "net exercise: option, amount: 9, price: 31",
        "Write exercise: option, net: {price: 31} instead of price:",
        "exercise: option, amount: 9, net: {price: 31}",
    ),
    (
        "net_settlement: rsu, amount: 9, price: 31",
        "Write vest: rsu, withhold: ..., the number of shares withheld",
        "vest: rsu, amount: 9, price: 31, withhold: 3",
    ),
    (
        "tax withholding: rsu, amount: 9, price: 31",
        (
            "Write it where they came from: vest: rsu, withhold: ...; or exercise: rsu, withheld: {amount: ..., "
            "price: ...}"
        ),
        "vest: rsu, amount: 90, withhold: 9, price: 31",
    ),
    (
        "disposition: common, amount: 9, price: 31",
        "Write what it was: sale: common, gift: common, dispose_to_issuer: common or forfeit: common",
        "dispose_to_issuer: common, amount: 9, price: 31",
    ),
    (
        "transfer on death: common, amount: 9, from: her aunt",
        "Did you mean inherit? Write inherit: common",
        "inherit: common, amount: 9, from: her aunt",
    ),
    (
        "distribution: common, amount: 9, price: 0",
        "Write security: common, code: J, acquired_or_disposed: D, with a footnote on the code that says what it was",
        "security: common, code: J, amount: 9, price: 0, acquired_or_disposed: D",
    ),
    (
        "journal: common, amount: 9",
        ("Write transfer: common, to: HOLDER where only the form of ownership changed, else gift: common, to: WHOM"),
        "transfer: common, amount: 9, to: {indirect: By Family Trust}",
    ),
    ("lapse: option, amount: 9", "Did you mean expire? Write expire: option", "expire: option, amount: 9"),
    ("assignment: call, amount: 9", "Did you mean exercise? Write exercise: call", ""),
    ("write: call, amount: 9, price: 3", "Did you mean sale? Write sale: call", "sale: call, amount: 9, price: 3"),
    (
        "event: sale, security: common, amount: 9, price: 3",
        "Write sale: common instead of event: and security:",
        "sale: common, amount: 9, price: 3",
    ),
    (
        "repurchased: common, amount: 9, price: 3",
        "Did you mean dispose_to_issuer? Write dispose_to_issuer: common",
        "dispose_to_issuer: common, amount: 9, price: 3",
    ),
)


LAST = "  - {date: 2026-11-19, sale: common, amount: 1, price: 31.15}\n"


def eventful(entry: str) -> str:
    """A plan of an entry about the securities of events."""
    return plan_text(
        securities=EVENT_SECURITIES,
        opening=EVENT_OPENING,
        transactions=f"transactions:\n  - {{date: 2026-11-18, {entry}}}\n{LAST}",
        holdings="holdings:\n  - {security: common}\n"
        "  - {security: common, ownership: {indirect: By Family Trust}}\n"
        "  - {security: common, ownership: {indirect: By 401(k) Plan}}\n",
    )


@pytest.mark.parametrize(("entry", "hint", "mended"), OTHER_WORDS, ids=[entry[0] for entry in OTHER_WORDS])
def test_what_people_call_an_event_leads_to_its_word(entry: str, hint: str, mended: str) -> None:
    word = entry.partition(":")[0]
    at = eventful("").splitlines().index("  - {date: 2026-11-18, }") + 1
    assert told(eventful(entry)) == [f'{at}:24 PLN002 unknown key "{word}"']
    assert [finding.hint for finding in findings_of(eventful(entry))] == [hint]
    assert not mended or [finding.message for finding in findings_of(eventful(mended)) if finding.is_error] == []


@pytest.mark.parametrize(
    ("entry", "said", "hint", "mended"),
    [
        (
            "sale: common, amount: 9, price: 3, purchase: common",
            '29:24 PLN002 unknown key "sale"',
            "An entry says one thing that happened: give sale an entry of its own",
            "purchase: common, amount: 9, price: 3",
        ),
        (
            "exercise: option, amount: 9, sale: {price: 3}",
            '29:53 PLN002 unknown key "sale"',
            "Did you mean sell?",
            "exercise: option, amount: 9, sell: {price: 3}",
        ),
        (
            "vest: rsu, amount: 9, sell: {price: 3}",
            '29:46 PLN002 unknown key "sell"',
            "Write the sale as an entry of its own, sale: with the name of the shares.",
            "vest: rsu, amount: 9",
        ),
        (
            "split: common, ratio: 2",
            '29:39 PLN002 unknown key "ratio"',
            (
                "Write new: 2, for: 1. It also needs new: (New shares, as in 2 for 1; 1 for 10 in a reverse split) and "
                "for: (Old shares for which they are given)."
            ),
            "split: common, new: 2, for: 1",
        ),
        (
            "certify: common, amount: 9",
            "29:5 PLN001 target and earned are missing in transactions 1",
            "target: The target number. earned: What was earned of the target: 140%.",
            "certify: common, amount: 9, target: 9, earned: 100%",
        ),
        (
            "sale: common, amount: 9, proceeds: 27",
            '29:49 PLN002 unknown key "proceeds"',
            "Write price: with the price of one; the total is no part of the form.",
            "sale: common, amount: 9, price: 3",
        ),
        ("tender: common, amount: 9, at: 3", '29:51 PLN002 unknown key "at"', "Did you mean price?", ""),
        ("vest: rsu, amount: 9, tax: 3", '29:46 PLN002 unknown key "tax"', "Did you mean withhold?", ""),
        (
            "sale: common, amount: 9, price: 3, holder: x",
            '29:59 PLN002 unknown key "holder"',
            "Did you mean ownership?",
            "",
        ),
        (
            "sale: common, amount: 9, price: 3, code: F",
            '29:59 PLN002 unknown key "code"',
            "sale has its own code; write another as on the form, with security: and code: F",
            "security: common, amount: 9, price: 3, code: F",
        ),
        (
            "espp: common, amount: 9, price: 3",
            '29:49 PLN002 unknown key "price"',
            "Leave it out.",
            "espp: common, amount: 9",
        ),
        (
            "sale: common, amount: 9, price: 3, to: X",
            '29:59 PLN002 unknown key "to"',
            "to is a key of gift and tender and transfer: leave it out here.",
            "sale: common, amount: 9, price: 3",
        ),
        (
            "sale: common, amount: 9, price: 3, note: Sold for tax.",
            '29:59 PLN002 unknown key "note"',
            "Write notes: {code: why}, and the text under footnotes: as why: ...",
            "sale: common, amount: 9, price: 3",
        ),
        (
            "sale: [common, rsu], amount: 9, price: 3",
            "29:30 PLN003 a name must stand here, not a list",
            "Write an entry for each.",
            "sale: common, amount: 9, price: 3",
        ),
        (
            "exercise: option, amount: 9, sell: 9",
            "29:59 PLN003 a mapping of keys must stand here: `key: value`",
            "Write sell: {amount: 9, price: ...}",
            "exercise: option, amount: 9, sell: {amount: 9, price: 3}",
        ),
        (
            "exercise: option, amount: 9, net: 30",
            "29:58 PLN003 a mapping of keys must stand here: `key: value`",
            "Write net: {price: 30}",
            "exercise: option, amount: 9, net: {price: 30}",
        ),
        (
            "purchase: common, amount: 9, price: 22 HKD",
            '29:60 PLN003 "22 HKD" is in another currency',
            "Write {HKD: 22, rate: ...}, the rate in its units for one US dollar.",
            "purchase: common, amount: 9, price: {HKD: 22, rate: 7.8}",
        ),
        (
            "sale: common, price: 3",
            "29:5 PLN001 amount is missing",
            "Write amount: with the number of securities.",
            "sale: common, price: 3, amount: 9",
        ),
        (
            "transfer: common, amount: 9, to: a charity",
            '29:57 PLN007 "a charity" is not a form of ownership',
            (
                "A transfer is a change in form alone: write to: {indirect: a charity} where the reporting person "
                "still reports it; else it is a gift, gift: instead of transfer:."
            ),
            "gift: common, amount: 9, to: a charity",
        ),
    ],
)
def test_a_slip_in_an_entry_is_one_mistake_with_its_way_out(entry: str, said: str, hint: str, mended: str) -> None:
    found = [finding for finding in findings_of(eventful(entry)) if finding.is_error]
    assert [line for line in told(eventful(entry)) if " PLN028 " not in line] == [said]
    assert [finding.hint for finding in found] == [hint]
    assert not mended or [finding.message for finding in findings_of(eventful(mended)) if finding.is_error] == []


def test_an_account_s_statement_has_a_day_of_its_own() -> None:
    entry = "{date: 2026-11-18, 401(k): common, amount: 150}"
    found = findings_of(PLAN.replace(SALE, entry))
    assert [(finding.message, finding.hint) for finding in found] == [
        ('unknown key "401(k)"', "Did you mean plan_account? Write plan_account: common, as_of: instead of date:")
    ]


@pytest.mark.parametrize("event", [kind.name for kind in EVENTS])
def test_every_event_is_known_by_a_slip_in_its_name(event: str) -> None:
    hints = [findings_of(eventful(f"{event}x: {name}, amount: 9"))[0].hint for name in ("common", "rsu")]
    assert any(hint.startswith(f"Did you mean {event}? Write {event}: ") for hint in hints), hints


def test_a_word_that_names_no_event_is_one_mistake() -> None:
    text = PLAN.replace(SALE, "{date: 2026-11-18, frob: common, amount: 150}")
    assert told(text) == ['10:24 PLN002 unknown key "frob"']
    assert [finding.hint for finding in findings_of(text)] == [
        (
            "An entry says what happened by the key of an event, as sale: common or vest: rsu (form4-author explain "
            "events lists them), or has security: and code: as on the form."
        )
    ]


def test_a_word_that_is_of_no_security_leaves_the_findings_as_they_are() -> None:
    text = PLAN.replace(SALE, "{date: 2026-11-18, frob: commno, amount: 150}")
    assert told(text) == ['10:24 PLN002 unknown key "frob"']
    assert "It also needs security: (The security, by name" in findings_of(text)[0].hint


@pytest.mark.parametrize("said", ["[{a: b}]", "[[common]]", "[common, {a: b}]"])
def test_a_security_that_is_no_name_is_told_at_its_word(said: str) -> None:
    text = plan_text(transactions=f"transactions:\n  - {{date: 2026-11-18, sell: {said}, price: 31.15}}\n")
    assert told(text)[-1] == '10:24 PLN002 unknown key "sell"'
