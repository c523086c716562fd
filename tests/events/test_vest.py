"""Awards that vest: the lines and footnotes of each, what is refused and where, and how filings' lines become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from form4_author.decompose.decomposition import decompose
from form4_author.filing import Filing
from form4_author.plan.writing import plan_text as written
from tests.compose.test_composition import lines
from tests.conftest import shared_dir
from tests.imported import round_trip_file
from tests.plans import composed, findings_of, plan_text, told

SECURITIES = """\
securities:
  common: Common Stock
  preferred: Preferred Stock
  rsu-2024: {title: Restricted Stock Units, underlying: common, award: {granted: 2024-11-16, vests: quarterly}}
  rsu-2025: {title: Restricted Stock Units, underlying: common, award: {granted: 2025-11-16, vests: yearly}}
  half: {title: Performance Units, underlying: common, underlying_per_unit: 0.5, award: {granted: 2025-11-16,
    vests: by 2028}}
  other: {title: Preferred Units, underlying: preferred, award: {granted: 2025-11-16, vests: at once}}
  old: {title: Units, underlying: common, exercise_price: 0, exercisable: 2020-01-01, expires: 2026-11-01}
  plain: {title: Units, underlying: common, exercise_price: 0, exercisable: 2020-01-01, expires: 2036-11-01}
  bare: {title: Units, underlying: {title: Other Stock}, award: {granted: 2025-11-16, vests: at once}}
"""
OPENING = (
    "opening: {common: 18250, rsu-2024: 3600, rsu-2025: 5600, half: 400, other: 9, preferred: 0, old: 5, plain: 70}\n"
)


def plan(entry: str) -> str:
    return plan_text(
        securities=SECURITIES, opening=OPENING, transactions=f"transactions:\n  - {{date: 2026-11-16, {entry}}}\n"
    )


def noted(filing: Filing) -> list[list[str]]:
    """The first words of the footnotes on each line, each once."""
    texts = {note.id.text: note.text.text for note in filing.footnotes}
    cells = ("conversion_or_exercise_price", "coding", "price_per_share", "exercise_date", "expiration_date")
    marks = [[mark for name in cells for mark in getattr(row, name).footnote_ids] for row in filing.rows]
    return [[" ".join(texts[mark].split()[:5]) for mark in dict.fromkeys(each)] for each in marks]


EACH, TAX = "Each unit is a contingent", "Shares that the issuer withheld"
GRANTED = "The units were granted on"


@pytest.mark.parametrize("withheld", ["price: 31.44, withhold: 718", "withhold: {amount: 718, price: 31.44}"])
def test_each_award_has_a_line_in_both_tables_and_the_shares_withheld_one_line(withheld: str) -> None:
    made = composed(plan(f"vest: {{rsu-2024: 1200, rsu-2025: 800}}, {withheld}"))
    assert made.findings == ()
    assert lines(made.filing) == [
        "I Common Stock M A 1200 @0 =19450",
        "I Common Stock M A 800 @0 =20250",
        "I Common Stock F D 718 @31.44 =19532",
        "II Restricted Stock Units M D 1200 @0 =2400",
        "II Restricted Stock Units M D 800 @0 =4800",
    ]
    assert noted(made.filing) == [[EACH], [EACH], [TAX], [EACH, GRANTED], [EACH, GRANTED]]
    assert len(made.filing.footnotes) == 4


def test_all_that_is_held_of_several_awards_vests_together_in_one_line() -> None:
    made = composed(plan("vest: [rsu-2024, half], all: yes, together: yes"))
    assert made.findings == ()
    assert lines(made.filing) == [
        "I Common Stock M A 3800 @0 =22050",
        "II Restricted Stock Units M D 3600 @0 =0",
        "II Performance Units M D 400 @0 =0",
    ]
    assert {one.what: one.how for one in made.derivations if one.what.endswith("amount")} == {
        "Table I, line 1, column 4, amount": "3,600 + 200",
        "Table II, line 1, column 5, amount": "all of rsu-2024 that is held",
        "Table II, line 1, column 7, amount": "the amount of derivative securities",
        "Table II, line 2, column 5, amount": "all of half that is held",
        "Table II, line 2, column 7, amount": "400 x 0.5 a unit",
    }


def test_stock_reported_at_grant_has_but_the_line_of_the_shares_withheld() -> None:
    made = composed(plan("vest: common, amount: 8400, withhold: {amount: 3302, price: 33.10}"))
    assert made.findings == ()
    assert lines(made.filing) == ["I Common Stock F D 3302 @33.10 =14948"]
    assert noted(made.filing) == [[TAX]]


def test_where_nothing_is_withheld_there_is_no_line_of_it() -> None:
    made = composed(plan("vest: rsu-2024, amount: 1200, price: 31.44, withhold: 0"))
    assert made.findings == ()
    assert [line.split()[-4:] for line in lines(made.filing)] == [
        ["A", "1200", "@0", "=19450"],
        ["D", "1200", "@0", "=2400"],
    ]


def test_units_whose_terms_the_plan_does_not_say_bring_no_footnotes() -> None:
    made = composed(plan("vest: plain, amount: 70, withhold: {amount: 20, price: 3}"))
    assert made.findings == ()
    assert made.filing.footnotes == ()


def test_a_footnote_of_the_event_is_left_out_where_none_is_wanted() -> None:
    none = "notes: {code: none}"
    made = composed(plan(f"vest: rsu-2024, amount: 10, withhold: {{amount: 3, price: 3, {none}}}, {none}"))
    assert noted(made.filing) == [[], [], [EACH, GRANTED]]
    assert [note.id.text for note in made.filing.footnotes] == ["F1", "F2"], "none is listed that nothing refers to"


NO_LINE = "stock that was reported at grant has no line when it vests, unless shares are withheld"
#: What can't be so: the entry, the words at which it is told, and the finding.
REFUSED: Sequence[tuple[str, str, str]] = (
    (
        "vest: common, amount: 8400, price: 31, withhold: 0",
        "common,",
        f"PLN011 common is no award of units: {NO_LINE}",
    ),
    (
        "vest: common, amount: 8400",
        "common,",
        f"PLN011 common is no award of units: {NO_LINE}",
    ),
    (
        "vest: common, amount: 20000, withhold: 5, price: 1",
        "20000",
        "PLN011 20,000 of common vest, and 18,250 are held",
    ),
    (
        "vest: common, amount: 9, table_1: {balance: 3}, withhold: 5, price: 1",
        "{balance",
        "PLN011 table_1 is about the lines of units, and common, which was reported at grant, has none",
    ),
    ("vest: common, amount: 4, withhold: 99999, price: 1", "99999", "PLN011 99,999 are withheld of 4 that vest"),
    ("vest: preferred, amount: 4, price: 1, withhold: 1", "4,", "PLN011 4 of preferred vest, and 0 are held"),
    ("vest: half, all: yes, ownership: elder", "elder", 'PLN007 "elder" is not a form of ownership'),
    ("vest: rsu-2024, amount: 4, withhold: 5, price: 1", "5, price", "PLN011 5 are withheld of 4 that vest"),
    ("vest: half, amount: 8, withhold: 5, price: 1", "5, price", "PLN011 5 are withheld of 4 that vest"),
    (
        "vest: [rsu-2024, half], amount: 500",
        "500",
        "PLN011 amount: 500 doesn't say how many of each vest",
    ),
    (
        "vest: [rsu-2024, half]",
        "[rsu",
        "PLN001 amount is missing: nothing says how many of rsu-2024 and half vest",
    ),
    ("vest: rsu-2024", "rsu-2024}", "PLN001 amount is missing: nothing says how many of rsu-2024 vest"),
    ("vest: {rsu-2024: {}}", "{}", "PLN001 amount is missing: nothing says how many of rsu-2024 vest"),
    (
        "vest: {rsu-2024: 5000, half: 1}",
        "5000",
        "BAL003 more of rsu-2024 is disposed of than is held: 3,600 - 5,000 = -1,400",
    ),
    (
        "vest: preferred, all: yes, price: 1, withhold: 1",
        "preferred,",
        "PLN011 nothing of preferred is held that could vest",
    ),
    (
        "vest: bare, amount: 1",
        "bare,",
        "PLN011 bare has no line in Table I for what is received, so it can't vest into one",
    ),
    ("vest: rsu-2024, amount: 9, all: yes", "yes", "PLN011 all and amount both say how many vest"),
    ("vest: [half, half], all: yes", "half],", "PLN011 half stands twice"),
    ("vest: {half: 3}, amount: 4", "4}", "PLN011 amount: the award says its own"),
    ("vest: old, amount: 4", "2026-11-16", "PLN011 old expired on 2026-11-01, before this day"),
    (
        "vest: rsu-2024, amount: 9, withhold: 4",
        "4}",
        "PLN001 price is missing: nothing tells the price of the shares withheld",
    ),
    (
        "vest: rsu-2024, amount: 9, price: 4",
        "4}",
        "PLN011 price is that of the shares withheld, and there are none",
    ),
    (
        "vest: rsu-2024, amount: 9, price: 4, withhold: {amount: 3, price: 5}",
        "4, withhold",
        "PLN011 price and that of withhold both tell the price of the shares withheld",
    ),
    ("vest: rsu-2024, amount: 9, withhold: {price: 5}", "{price", "PLN001 amount is missing in withhold"),
    (
        "vest: {rsu-2024: 5, other: 5}, withhold: 2, price: 3",
        "2, price",
        "PLN011 the shares withheld can't be of common and preferred",
    ),
    ("vest: {rsu-2024: 5, other: 5}, together: yes", "yes", "PLN011 one line can't be of common and preferred"),
    ("vest: half, amount: 5, together: yes", "yes", "PLN011 together is about several awards, and there is one"),
    (
        "vest: {rsu-2024: 5, half: 5}, table_2: {price: 1}",
        "{price",
        "PLN011 table_2 is about one line, and several awards have one each",
    ),
    (
        "vest: {rsu-2024: {amount: 5, table_1: {price: 1}}, half: 5}, together: yes",
        "{price",
        "PLN011 rsu-2024 has no line of its own in Table I: together is one line for all",
    ),
    ("vest: {rsx: 5, half: 5}", "rsx", 'PLN010 "rsx" is not defined under securities'),
    ("vest: [half, rsx], all: yes", "rsx", 'PLN010 "rsx" is not defined under securities'),
    ("vest: {half: {amuont: 5}}", "amuont", 'PLN002 unknown key "amuont"'),
    ("vest: half, amount: 5, withheld: 5", "withheld", 'PLN002 unknown key "withheld"'),
    ("vest: []", "[]", "PLN003 at least one entry must stand here"),
    ("vest: {half: many}", "many", 'PLN004 "many" is not an amount'),
)


@pytest.mark.parametrize(("entry", "at", "finding"), REFUSED, ids=[entry for entry, _, _ in REFUSED])
def test_what_can_t_be_is_told_once_and_in_its_place(entry: str, at: str, finding: str) -> None:
    text = plan(entry)
    number, line = next((n, line) for n, line in enumerate(text.splitlines(), 1) if "date: 2026-11-16" in line)
    assert told(text) == [f"{number}:{line.index(at) + 1} {finding}"]
    assert findings_of(text)[0].hint or finding[:6] == "PLN003"


def test_what_is_stated_of_a_line_stands_over_what_follows_and_is_checked() -> None:
    entry = (
        "vest: {rsu-2024: {amount: 5, table_1: {price: 31, balance: 18255}, table_2: {price: none, notes: {price: n},"
        " balance: 3595}}, half: 10}, withhold: {amount: 4, price: 31, balance: 18256}"
    )
    made = composed(plan(entry) + "footnotes: {n: See the award.}\n")
    assert made.findings == ()
    assert lines(made.filing)[0] == "I Common Stock M A 5 @31 =18255"
    assert not made.filing.table2[0].price_per_share.text
    wrong = composed(plan(entry.replace("18256", "18257")) + "footnotes: {n: See the award.}\n")
    assert [one.code for one in wrong.findings] == ["BAL002"]


# --- recognised in a filing -------------------------------------------------------------------------------------------


def made_of(*entries: str) -> list[dict[str, Any]]:
    """The entries of the plan of a filing, which builds the same lines."""
    transactions = "transactions:\n" + "".join(f"  - {{date: 2026-11-16, {entry}}}\n" for entry in entries)
    text = plan_text(
        securities=SECURITIES, opening=OPENING, transactions=transactions, footnotes="footnotes: {n: A note.}\n"
    )
    filing = composed(text).filing
    made = decompose(filing)
    again = composed(written(made.data, made.comments))
    assert again.findings == ()
    assert lines(again.filing) == lines(filing)
    assert noted(again.filing) == noted(filing)
    return [{key: said for key, said in entry.items() if key != "date"} for entry in made.data["transactions"]]


def m(security: str, amount: int, price: str = "price: 0") -> str:
    return f"code: M, security: {security}, amount: {amount}, {price}"


F = "code: F, security: common, amount: 5, price: 31"
KEPT = {"amount": "5", "price": "31"}


def test_lines_of_one_award_become_one_event() -> None:
    assert made_of(m("common", 70), F, m("plain", 70)) == [{"vest": "unit", "amount": "70", "withhold": KEPT}]


def test_several_awards_with_the_shares_withheld_of_all_in_one_line_become_one_event() -> None:
    written_as = made_of(m("common", 9), m("common", 1), F, m("rsu-2024", 9), m("plain", 1))
    assert written_as == [{"vest": {"rsu": "9", "unit": "1"}, "withhold": KEPT}]


def test_a_line_of_the_shares_of_several_awards_becomes_one_event() -> None:
    noted = "notes: {price: n}"
    (entry,) = made_of(m("common", 10, noted), F, m("rsu-2024", 9, noted), m("plain", 1, noted))
    assert entry == {
        "vest": {
            "rsu": {"amount": "9", "table_2": {"price": "none"}},
            "unit": {"amount": "1", "table_2": {"price": "none"}},
        },
        "together": "yes",
        "table_1": {"price": "none"},
        "withhold": KEPT,
        "notes": {"price": "note"},
    }


def test_lines_withheld_award_by_award_stay_apart() -> None:
    entries = made_of(m("common", 9), F, m("common", 6), F, m("rsu-2024", 9), m("plain", 6))
    assert [(entry["vest"], entry["withhold"]) for entry in entries] == [("rsu", KEPT), ("unit", KEPT)]


def test_more_withheld_than_vested_is_a_line_of_its_own() -> None:
    entries = made_of(m("common", 3), m("common", 1), F, m("rsu-2024", 3), m("plain", 1))
    assert [next(iter(entry)) for entry in entries] == ["vest", "code"]


def test_shares_held_otherwise_than_the_units_are_so_in_one_event() -> None:
    trust = ", ownership: {indirect: By Trust}"
    entries = made_of(m("common", 9) + trust + ", balance: 90", F + trust, m("rsu-2024", 9))
    held = {"ownership": {"indirect": "By Trust"}}
    assert entries == [{"vest": "rsu", "amount": "9", "table_1": held, "withhold": {**KEPT, **held}}]
    back = made_of(m("common", 9), m("rsu-2024", 9) + trust + ", balance: 1")
    assert back == [{"vest": "rsu", "amount": "9", **held, "table_1": {"ownership": "direct"}}]


def test_an_award_twice_on_one_day_is_two_events() -> None:
    entries = made_of(m("common", 3), m("common", 4), m("rsu-2024", 3), m("rsu-2024", 4))
    assert [(entry["vest"], entry["amount"]) for entry in entries] == [("rsu", "3"), ("rsu", "4")]


@pytest.mark.parametrize(
    "entries",
    [
        (m("common", 9), m("rsu-2024", 8)),
        (m("common", 9), m("other", 9)),
        (m("common", 10), m("rsu-2024", 8), m("plain", 1)),
        (m("common", 9).replace("M", "C"), m("rsu-2024", 9).replace("M", "J") + ", acquired_or_disposed: D"),
    ],
)
def test_lines_that_no_vesting_writes_are_none(entries: Sequence[str]) -> None:
    assert all("code" in entry for entry in made_of(*entries))


def test_an_award_after_its_term_comes_back_as_lines() -> None:
    """Some forms give the day of vesting as the last one, and the next business day as that of the transaction."""
    assert [entry["code"] for entry in made_of(m("common", 5), m("old", 5))] == ["M", "M"]


@pytest.mark.parametrize("title", ["Stock Option", "Class B Common Units", "OP Units", "Warrants", "Right to Buy"])
def test_what_is_exercised_or_exchanged_does_not_vest(title: str) -> None:
    made = decompose(
        composed(
            plan_text(
                securities=SECURITIES.replace(
                    "title: Units, underlying: common", f"title: {title}, underlying: common"
                ),
                opening=OPENING,
                transactions="transactions:\n"
                f"  - {{date: 2026-11-16, {m('common', 70)}}}\n  - {{date: 2026-11-16, {m('plain', 70)}}}\n",
            )
        ).filing
    )
    assert [[*entry][1] for entry in made.data["transactions"]] == ["exercise"]


@pytest.mark.shared
def test_awards_of_made_up_filings_become_one_event_each() -> None:
    for path in sorted(shared_dir("field").glob("12-*.xml")):
        back = round_trip_file(path)
        assert back.wrong == (), path
        assert back.plan.count("  - {date:") + back.plan.count("  - date:") == 1, path
        assert back.plan.count("withhold: {amount:") == 1, path
