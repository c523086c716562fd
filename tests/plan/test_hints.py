"""A hint leads on: what it says to write, written as it says, is accepted."""

from __future__ import annotations

import pytest

from tests.plans import SOUND, composed, findings_of, told

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
