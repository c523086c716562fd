"""A hint leads on: what it says to write, written as it says, is accepted."""

from __future__ import annotations

import pytest

from form4_author.plan.entries import EVENTS
from tests.plans import EVENT_OPENING, EVENT_SECURITIES, SOUND, composed, findings_of, plan_text, told

SALE = "{date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31.15}"
PLAN = "".join(SOUND.values())
WITH_RSU = (
    PLAN.replace(
        "  common: Common Stock\n",
        "  common: Common Stock\n  rsu: {title: Restricted Stock Units, underlying: common, exercise_price: 0, "
        "exercisable: 2026-11-18, expires: 2030-11-18}\n",
    )
    .replace("amount: 12,500}\n", "amount: 12,500}\n  - {security: rsu, amount: 500}\n")
    .replace(SALE, "{date: 2026-11-18, exercise: rsu, amount: 100, price: 0}")
)
IRA = PLAN.replace("amount: 12,500}", "amount: 12,500, ownership: {indirect: By IRA}}").replace(
    "31.15}", "31.15, ownership: {indirect: By IRA}}"
)
NOTED = PLAN + "footnotes: {traded: Traded in Hong Kong.}\n"
HKD = "{HKD: 31.15, rate: 7.8}"
NOTES = "notes: {price: traded}"
NAME, OFFICER = "name: Roe Jane", "officer: Chief Operating Officer"
BY_IRA = "31.15, ownership: {indirect: By IRA}"


@pytest.mark.parametrize(
    ("plan", "part", "wrong", "mended", "hint"),
    [
        (PLAN, NAME, "name: Roe, Jane", 'name: "Roe, Jane"', 'name: "Roe, Jane"'),
        (PLAN, NAME, "name: \u201cRoe Jane\u201d", 'name: "Roe Jane"', 'name: "Roe Jane"'),
        (
            PLAN,
            f"{NAME}, {OFFICER}}}",
            f"{OFFICER}, name: Roe #2 Jane}}",
            f'{OFFICER}, name: "Roe #2 Jane"}}',
            'name: "Roe #2 Jane"',
        ),
        (PLAN, OFFICER, "officer: SVP, Finance", 'officer: "SVP, Finance"', 'officer: "SVP, Finance"'),
        (PLAN, "price: 31.15", "price: 31,15", "price: 31.15", "price: 31.15"),
        (PLAN, "price: 31.15", "price 31.15", "price: 31.15", "price: 31.15"),
        (PLAN, "price: 31.15", "price:31.15", "price: 31.15", "price: 31.15"),
        (
            NOTED,
            "price: 31.15",
            f"price: {HKD[:-1]}, note: traded}}",
            f"price: {HKD}, {NOTES}",
            "notes: {price: ...} beside the price",
        ),
        *(
            (NOTED, "price: 31.15", f"price: {{{word}: traded}}", f"price: none, {NOTES}", "write none as the price")
            for word in ("note", "notes", "footnote", "footnotes")
        ),
        (PLAN, "amount: 1,000", "amount: 10,00", "amount: 1,000", "amount: 1,000"),
        (PLAN, "rule_10b5_1: no", "rule_10b5_1:no", "rule_10b5_1: no", "rule_10b5_1: no"),
        (PLAN, "symbol", "Symbol", "symbol", "symbol"),
        (PLAN, "amount: 1,000", "shares: 1,000", "amount: 1,000", "amount"),
        (PLAN, "code: S, security: common", "sell: common", "sale: common", "sale: common"),
        (PLAN, "code: S, security: common", "Sold: common", "sale: common", "sale: common"),
        (WITH_RSU, "exercise: rsu", "vested: rsu", "vest: rsu", "vest: rsu"),
        (WITH_RSU, "exercise: rsu", "conversion: rsu", "vest: rsu", "vest: rsu"),
        (WITH_RSU, "exercise: rsu", "excercise: rsu", "exercise: rsu", "exercise: rsu"),
        (WITH_RSU, "exercise: rsu", "vestng: rsu", "vest: rsu", "vest: rsu"),
        (IRA, BY_IRA, "31.15, nature: By IRA", BY_IRA, "ownership: {indirect: By IRA}"),
        (IRA, BY_IRA, "31.15, ownership: By IRA", BY_IRA, "{indirect: By IRA}"),
        (IRA, BY_IRA, "31.15, ownership: {nature: By IRA}", BY_IRA, "{indirect: By IRA}"),
    ],
)
def test_a_hint_followed_is_accepted(plan: str, part: str, wrong: str, mended: str, hint: str) -> None:
    """A part of a sound plan is written wrongly: the hint of the one finding says what to write, and that builds."""
    assert plan.count(part) == 1
    found = [finding for finding in findings_of(plan.replace(part, wrong)) if finding.is_error]
    assert len(found) == 1, [finding.message for finding in found]
    assert hint in found[0].hint
    assert [finding.message for finding in findings_of(plan.replace(part, mended)) if finding.is_error] == []


TO = "{date: 2026-11-18, gift: common, amount: 10, to: %s}"
HELD = "{security: common, amount: 1,000, ownership: {indirect: Donor-advised fund}}"


def test_a_gift_to_someone_who_is_not_reported() -> None:
    plan = PLAN.replace(SALE, TO)
    assert told(plan % "a donor-advised fund") == []
    (note,) = composed(plan % "a donor-advised fund").filing.footnotes
    assert note.text.text == "A gift to a donor-advised fund."
    assert told(plan % "{indirect: Donor-advised fund}") == [
        "10:54 PLN012 the amount of common owned after this line can't be derived"
    ]
    opened = plan.replace("transactions:\n", f"  - {HELD}\ntransactions:\n") % "{indirect: Donor-advised fund}"
    assert told(opened) == []


def test_a_receiver_who_is_nearly_a_holder_is_a_slip() -> None:
    holders = "ownership_lines: {family-trust: {indirect: By Trust}}\n"
    for to, said, way_out in (
        (
            "famly-trust",
            'PLN010 "famly-trust" is not defined under ownership_lines',
            "Did you mean family-trust?",
        ),
        (
            "By Trust",
            'PLN007 "By Trust" is not a form of ownership',
            "Write to: {indirect: By Trust}; or name someone else in words, as to: a charity.",
        ),
    ):
        text = holders + PLAN.replace(SALE, TO) % to
        assert [
            (one.partition(" ")[2], finding.hint) for one, finding in zip(told(text), findings_of(text), strict=True)
        ] == [(said, way_out)]


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
    assert [finding.message for finding in findings_of(eventful(mended)) if finding.is_error] == []


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
    assert [line.partition(" ")[2][:7] for line in told(text)] == ["PLN001 ", "PLN001 ", "PLN002 "]


@pytest.mark.parametrize("said", ["[{a: b}]", "[[common]]", "[common, {a: b}]"])
def test_a_security_that_is_no_name_is_told_at_its_word(said: str) -> None:
    text = plan_text(transactions=f"transactions:\n  - {{date: 2026-11-18, sell: {said}, price: 31.15}}\n")
    assert told(text)[-1] == '10:24 PLN002 unknown key "sell"'
