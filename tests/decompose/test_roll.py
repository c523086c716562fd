"""What the next form takes over of the last one: each security once, each holding, and what is no more held."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

import form4_author
from form4_author.decompose.decomposition import PlanData
from form4_author.decompose.next.roll import roll
from form4_author.filing import Field, Row, Table, Value
from form4_author.filing.titles import security_class
from form4_author.plan.writing import plan_text as written
from tests.conftest import ROOT, shared_dir
from tests.plans import composed, plan_text, told

CASES = ROOT / "tests" / "cases" / "import"


def line_of(title: str, amount: str, letter: str, after: str, day: str = "2026-11-18") -> Row:
    cells = {
        "security_title": title,
        "transaction_date": day,
        "shares": amount,
        "price_per_share": "10",
        "acquired_disposed": letter,
        "shares_owned_following": after,
        "direct_or_indirect": "D",
    }
    made: dict[str, Any] = {name: Field(Value(text)) for name, text in cells.items()}
    return Row(table=Table.I, holding=False, code=Value("P" if letter == "A" else "S"), **made)


def rolled(*lines: Row, **parts: Any) -> PlanData:
    filing = form4_author.read_filing(CASES / "sale.xml")
    return roll(replace(filing, table1=lines, table2=(), footnotes=(), **parts))


def test_lines_that_stand_newest_first_close_with_the_one_that_no_other_goes_on_from() -> None:
    newest = (line_of("Common Stock", "50", "D", "120"), line_of("Common Stock", "30", "D", "170"))
    assert rolled(*newest).data["opening"] == [{"security": "common", "amount": "120"}]
    assert rolled(*reversed(newest)).data["opening"] == [{"security": "common", "amount": "120"}]
    round_about = (line_of("Common Stock", "50", "D", "50"), line_of("Common Stock", "50", "A", "100"))
    assert rolled(*round_about).data["opening"] == [{"security": "common", "amount": "100"}]
    earlier = (line_of("Common Stock", "1", "A", "7"), line_of("Common Stock", "1", "A", "6", "2026-11-17"))
    assert rolled(*earlier).data["opening"] == [{"security": "common", "amount": "7"}]


def test_a_security_is_one_however_its_title_is_typed_and_a_class_is_never_another() -> None:
    titles = ("Common Stock", "COMMON STOCK, $0.01 par value", "common shares", "Class A Common Stock")
    plan = rolled(*(line_of(title, "1", "A", str(number)) for number, title in enumerate(titles, 1)))
    assert plan.data["securities"] == {"common": "Common Stock", "class-a": "Class A Common Stock"}
    assert plan.data["opening"] == [{"security": "common", "amount": "3"}, {"security": "class-a", "amount": "4"}]
    assert plan.comments["securities", "common"] == (
        'on the form also as "COMMON STOCK, $0.01 par value" and "common shares": one class, so one balance'
    )


def test_several_lines_of_one_nature_are_holders_of_their_own() -> None:
    held: dict[str, Any] = {
        "direct_or_indirect": Field(Value("I")),
        "nature_of_ownership": Field(Value("By 401(k)")),
        "security_title": Field(Value("Common Stock")),
    }
    lines = [
        Row(table=Table.I, holding=True, shares_owned_following=Field(Value(amount)), **held) for amount in ("12", "3")
    ]
    plan = rolled(*lines)
    first, second = plan.data["ownership_lines"]
    assert plan.data["ownership_lines"] == {name: {"indirect": "By 401(k)"} for name in (first, second)}
    assert plan.data["opening"] == [
        {"security": "common", "amount": "12", "ownership": first},
        {"security": "common", "amount": "3", "ownership": second},
    ]


def held(amount: str, **cells: str) -> Row:
    texts = {"security_title": "Common Stock", "direct_or_indirect": "I", "shares_owned_following": amount, **cells}
    made: dict[str, Any] = {name: Field(Value(text)) for name, text in texts.items()}
    return Row(table=Table.II if "expiration_date" in cells else Table.I, holding=True, **made)


def test_equal_holdings_that_nothing_tells_apart_are_two() -> None:
    plan = rolled(*(held("5000", nature_of_ownership="By Trust") for _ in range(2)))
    assert [(entry["amount"], entry["ownership"]) for entry in plan.data["opening"]] == [
        ("5000", "trust"),
        ("5000", "trust-2"),
    ]


def test_direct_holdings_of_several_persons_are_holders_whom_the_plan_can_name() -> None:
    preferred = held("7", direct_or_indirect="D", security_title="Preferred Stock")
    plan = rolled(*(held(amount, direct_or_indirect="D") for amount in ("12", "3")), preferred)
    assert plan.data["ownership_lines"] == {"holder": {"direct": "yes"}, "holder-2": {"direct": "yes"}}
    assert plan.data["opening"] == [
        {"security": "common", "amount": "12", "ownership": "holder"},
        {"security": "common", "amount": "3", "ownership": "holder-2"},
        {"security": "preferred", "amount": "7", "ownership": "holder"},
    ]
    plan.data |= {"transactions": [], "rule_10b5_1": "no", "period_of_report": "2026-12-01"}
    plan.data["signatures"][0]["date"] = "2026-12-01"
    assert told(written(plan.data)) == []


def test_holdings_that_only_say_indirect_are_told_apart_and_their_natures_asked_for() -> None:
    plan = rolled(*(held(amount) for amount in ("12", "3")))
    assert plan.data["ownership_lines"] == {"holder": {"indirect": None}, "holder-2": {"indirect": None}}
    assert [entry["ownership"] for entry in plan.data["opening"]] == ["holder", "holder-2"]
    asked = [line.split(" ", 1)[1] for line in told(written(plan.data, plan.comments)) if "indirect" in line]
    assert asked == ["PLN001 indirect is left empty in holder", "PLN001 indirect is left empty in holder-2"]


def test_several_holdings_of_a_holder_with_a_name_keep_its_footnote() -> None:
    filing = composed(
        plan_text(
            ownership_lines="ownership_lines:\n  a: {indirect: By Trust, note: elder}\n"
            "  b: {indirect: By Trust, note: younger}\n",
            opening="",
            transactions="transactions: []\n",
            holdings="holdings:\n"
            + "".join(
                f"  - {{security: common, amount: {amount}, ownership: {name}}}\n"
                for amount, name in ((10, "a"), (20, "b"), (30, "b"))
            ),
            period_of_report="period_of_report: 2026-11-18\n",
            footnotes="footnotes: {elder: Held by the trust of the elder., younger: Held by that of the younger.}\n",
        )
    ).filing
    plan = roll(filing)
    first, second, third = plan.data["ownership_lines"]
    assert [(entry["amount"], entry["ownership"]) for entry in plan.data["opening"]] == [
        ("10", first),
        ("20", second),
        ("30", third),
    ]
    assert plan.data["ownership_lines"][second] == plan.data["ownership_lines"][third]


def test_all_that_was_held_of_what_expired_is_told() -> None:
    cells = {"security_title": "Stock Option", "underlying_title": "Common Stock", "expiration_date": "2026-11-30"}
    filing = form4_author.read_filing(CASES / "sale.xml")
    lines = (
        held("4700", **cells, direct_or_indirect="D"),
        held("1200", **cells, nature_of_ownership="By Trust"),
        held("see note", **cells, nature_of_ownership="By Spouse"),
    )
    plan = roll(replace(filing, table1=(), table2=lines, footnotes=()), as_of=date(2026, 12, 1))
    assert "opening" not in plan.data
    assert plan.comments["securities", "option"] == (
        'expired on 2026-11-30: the 4,700 held directly and the 1,200 held indirectly ("By Trust") and the "see note" '
        'held indirectly ("By Spouse") are left out of opening'
    )
    (finding,) = plan.lost
    assert finding.message.startswith("Table II, line 3, column 9, amount owned following the transaction, is ")


def test_a_line_whose_date_is_none_stands_in_its_order() -> None:
    lines = (
        line_of("Common Stock", "50", "D", "170"),
        line_of("Common Stock", "50", "D", "120", "the day after"),
    )
    plan = rolled(*lines)
    assert plan.data["opening"] == [{"security": "common", "amount": "120"}]
    (finding,) = plan.lost
    expected = 'Table I, line 2, column 2, transaction date, is "the day after", which is no date'
    assert (finding.code, finding.message) == ("IMP001", f"{expected}: the line is taken to stand in its order")


def test_a_ticked_exit_box_is_told() -> None:
    plan = rolled(line_of("Common Stock", "1", "A", "1"), not_subject_to_section16=Value("1"))
    assert plan.comments["form",].startswith("the last form says that the person is no longer subject to Section 16")
    assert ("form",) not in rolled(line_of("Common Stock", "1", "A", "1")).comments


@pytest.mark.shared
def test_no_holding_of_a_real_form_is_lost() -> None:
    """Each security, by class, in each form of ownership by its footnotes has its opening balance."""
    lost = []
    for path in sorted(shared_dir("corpus", "form4").rglob("*.xml"))[::4]:
        filing = form4_author.read_filing(path)
        held = {
            (security_class(row.security_title.text), row.direct_or_indirect.text, row.nature_of_ownership.text)
            for row in filing.table1
            if row.shares_owned_following.number is not None
        }
        plan = roll(filing)
        titles = {
            name: part if isinstance(part, str) else part["title"]
            for name, part in plan.data.get("securities", {}).items()
        }
        opened = {security_class(titles[entry["security"]]) for entry in plan.data.get("opening", ())}
        by_owner = {str(entry.get("ownership", "direct")) for entry in plan.data.get("opening", ())}
        ways = {(letter, nature) for _, letter, nature in held}
        if not {title for title, *_ in held} <= opened or len(ways) > len(by_owner):
            lost.append(path.name)
    assert lost == []
