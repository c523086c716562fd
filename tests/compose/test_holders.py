"""Holders: named ones keep balances of their own, and what doesn't tell which one is refused."""

from __future__ import annotations

import pytest

from tests.compose.test_composition import lines
from tests.plans import composed, findings_of, plan_text, told

HOLDERS = """\
ownership_lines:
  elder: {indirect: By Trust, note: elder}
  younger: {indirect: By Trust, note: [younger, disclaimer]}
  self: {direct: yes}
"""
FOOTNOTES = """\
footnotes:
  elder: Held by the elder trust.
  younger: Held by the younger trust.
  disclaimer: The reporting person disclaims beneficial ownership.
"""
OPENING = """\
opening:
  - {security: common, amount: 40,000, ownership: elder}
  - {security: common, amount: 15,000, ownership: younger}
  - {security: common, amount: 100, ownership: self}
"""


def plan(transactions: str, holdings: str = "", *, opening: str = OPENING, holders: str = HOLDERS) -> str:
    return plan_text(
        opening=opening,
        transactions=f"transactions:\n{transactions}",
        holdings=f"holdings:\n{holdings}" if holdings else "",
        ownership_lines=holders,
        footnotes=FOOTNOTES,
    )


def test_each_holder_has_a_balance_and_notes_of_its_own() -> None:
    composition = composed(
        plan(
            "  - {date: 2026-11-17, code: S, security: common, amount: 1000, price: 31, ownership: elder}\n"
            "  - {date: 2026-11-18, gift: common, amount: 50, ownership: direct, to: younger}\n"
            "  - {holding: common, ownership: younger}\n",
            "  - {security: common, ownership: elder, notes: {nature: disclaimer}}\n",
        )
    )
    assert composition.findings == ()
    rows = composition.filing.table1
    assert lines(composition.filing) == [
        "I Common Stock S D 1000 @31 =39000",
        "I Common Stock G D 50 @0 =50",
        "I Common Stock G A 50 @0 =15050",
        "I Common Stock    @ =15050",
        "I Common Stock    @ =39000",
    ]
    assert [
        (row.direct_or_indirect.text, row.nature_of_ownership.text, *row.nature_of_ownership.footnote_ids)
        for row in rows
    ] == [
        ("I", "By Trust", "F1"),
        ("D", ""),
        ("I", "By Trust", "F3", "F4"),
        ("I", "By Trust", "F3", "F4"),
        ("I", "By Trust", "F1", "F4"),
    ]
    assert rows[0].nature_of_ownership.value.origin.path == "ownership_lines.elder.indirect"


def test_halves_of_an_event_may_have_a_holder() -> None:
    text = plan_text(
        securities="securities:\n  common: Common Stock\n"
        "  unit: {title: Units, underlying: common, exercise_price: 0, exercisable: 2026-01-01, expires: 2027-01-01}\n",
        opening="opening:\n  - {security: common, amount: 5, ownership: trust}\n  - {security: unit, amount: 9}\n",
        transactions="transactions:\n  - {date: 2026-11-18, exercise: unit, amount: 4, table_1: {ownership: trust}}\n",
        ownership_lines="ownership_lines:\n  trust: {indirect: By Trust}\n",
    )
    assert lines(composed(text).filing) == ["I Common Stock M A 4 @0 =9", "II Units M D 4 @0 =5"]


SALE = "  - {date: 2026-11-17, code: S, security: common, amount: 1, price: 31, ownership: WHO}\n"
SHOWN = "  - {security: common, ownership: elder}\n  - {security: common, ownership: younger}\n"


def test_a_nature_that_one_holder_has_means_that_holder() -> None:
    composition = composed(
        plan(
            SALE.replace("WHO", "{indirect: By Trust}"),
            holders="ownership_lines:\n  elder: {indirect: By Trust, note: elder}\n",
            opening="opening:\n  - {security: common, amount: 10, ownership: elder}\n",
        )
    )
    (row,) = composition.filing.table1
    assert (row.shares_owned_following.text, row.nature_of_ownership.footnote_ids) == ("9", ("F1",))


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("{indirect: By Trust}", '12:84 PLN011 "By Trust" doesn\'t tell which holder is meant: elder, younger'),
        ("oldest", '12:84 PLN010 "oldest" is not defined under ownership_lines'),
    ],
)
def test_a_line_that_does_not_tell_its_holder_is_refused(who: str, said: str) -> None:
    assert told(plan(SALE.replace("WHO", who), f"{SHOWN}  - {{security: common}}\n")) == [said]


@pytest.mark.parametrize(
    ("holder", "said"),
    [
        ("direct: {note: elder}", "direct is no name of a holder"),
        ("elder: {direct: yes, indirect: By Trust}", "elder holds directly or indirectly"),
        ("elder: {direct: no}", "nothing tells how elder holds"),
    ],
)
def test_what_is_said_of_a_holder_goes_together(holder: str, said: str) -> None:
    text = plan_text(ownership_lines=f"ownership_lines:\n  {holder}\n", footnotes="footnotes: {elder: Held.}\n")
    assert [line.partition(" PLN011 ")[2] for line in told(text)] == [said]


TWICE = """\
opening:
  - {security: common, amount: 610, ownership: {indirect: By Trust}}
  - {security: common, amount: 2750, ownership: {indirect: By Trust}}
"""
OUT = (
    "Name each holder: ownership_lines: {holder-a: {indirect: By Trust, note: NOTE-A}, holder-b: {indirect: By Trust, "
    "note: NOTE-B}}; and say which one on the opening and on each line: ownership: holder-a."
)


def test_two_openings_of_one_nature_are_refused_with_the_way_out() -> None:
    lines_of_two = (
        (SALE + SALE)
        .replace("WHO", "{indirect: By Trust}, notes: {nature: elder}", 1)
        .replace("WHO", "{indirect: By Trust}, notes: {nature: younger}")
    )
    (finding,) = findings_of(plan(lines_of_two, opening=TWICE, holders="ownership_lines: {}\n"))
    assert (finding.code, finding.severity.value, finding.origin.path) == ("PLN018", "error", "opening[1]")
    assert finding.hint == f"Keep one, where there is one holder. {OUT}"


def test_two_lines_that_only_footnotes_tell_apart_are_refused() -> None:
    opening = TWICE.rpartition("  - ")[0]

    def of(*notes: str, more: str = "") -> list[str]:
        each = [SALE.replace("WHO", f"{{indirect: By Trust}}, notes: {{nature: {note}}}") for note in notes]
        each[-1] = each[-1].replace("price: 31", f"price: 31{more}")
        return told(plan("".join(each), opening=opening, holders=""))

    said = (
        '11:5 PLN019 this line of common, "By Trust", goes on from the balance of one with another footnote on the '
        "nature of ownership"
    )
    assert of("elder", "younger") == [said]
    assert of("elder", "younger", "elder") == [said]
    assert of("[elder, disclaimer]", "[younger, disclaimer]") == [said]
    assert of("elder", "[elder, disclaimer]", "disclaimer", "[]", "elder") == []
    assert of("elder", "younger", more=", restated_balance: 2700") == []
    assert of("elder", "younger", more=", balance: 608") == []


def test_a_way_out_quotes_what_yaml_would_take_apart() -> None:
    opening = TWICE.replace("By Trust", '"By Trust, dated 2019"')
    (finding,) = [
        one
        for one in findings_of(plan(SALE.replace("WHO", "direct"), opening=opening, holders=""))
        if one.code == "PLN018"
    ]
    assert 'holder-a: {indirect: "By Trust, dated 2019", note: NOTE-A}' in finding.hint
