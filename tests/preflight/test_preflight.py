"""The engine: selection, waivers, order; and that no rule stumbles or cries wolf."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields, replace

from form4_author.days.business_days import BusinessDays
from form4_author.edgar import ownership_xml, xml_source
from form4_author.filing import ABSENT, NO_FIELD, DocumentKind, Field, Filing, Medium, ReportingOwner, Row, Value
from form4_author.findings import Finding, Origin, Position, Severity
from form4_author.preflight import RULES, Allowance, chosen, find_rule, run, waive
from form4_author.preflight.engine import Scope
from form4_author.preflight.footnotes import split
from tests.plans import composed, composed_file, plan_text
from tests.rule_cases import judge, paths
from tests.rule_rates import RATES, corpus, measure


def filing(**parts: str) -> Filing:
    return composed(plan_text(**parts)).filing


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


# --- the engine ---------------------------------------------------------------------------------------------------


def test_a_finding_bears_what_its_rule_says_and_points_at_the_author_s_line() -> None:
    found = run(filing(signatures="signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-17}\n"), select=["TXN"])
    assert found == [
        Finding(
            "TXN004",
            Severity.WARNING,
            "Table I, line 1: the transaction of 2026-11-18 lies after the last signature of 2026-11-17",
            Origin(Position("plan.yaml", 10, 12), "transactions[0].date"),
            "Correct the transaction date or the date of signing.",
            "consistency",
        )
    ]


def test_a_finding_on_a_derived_line_points_at_the_event_it_came_from() -> None:
    plan = filing(
        securities="securities:\n  common: Common Stock\n  option: {title: Option, underlying: common,"
        " exercise_price: 4, exercisable: 2024-05-14, expires: 2034-05-14}\n",
        opening="opening:\n  - {security: common, amount: 0}\n  - {security: option, amount: 500}\n",
        transactions="transactions:\n  - date: 2026-11-18\n    exercise: option\n    amount: 100\n",
        signatures="signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-30}\n",
    )
    (finding,) = run(plan, select=["TXN014"])
    assert finding.message == (
        "Table I, line 1: the form is signed on 2026-11-30, but was due on 2026-11-20: 10 days late; so is 1 other line"
    )
    assert finding.origin == Origin(Position("plan.yaml", 12, 11), "transactions[0].date")


def test_rules_are_selected_and_ignored_by_code_and_by_family() -> None:
    plan = filing(
        owners="owners:\n  - {cik: 1999999101, name: Roe Jane}\n",
        signatures="signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-30}\n",
    )
    assert codes(run(plan)) == ["OWN002", "OWN005", "TXN014"]
    assert codes(run(plan, select=["OWN"])) == ["OWN002", "OWN005"]
    assert codes(run(plan, select=["OWN005", "TXN"])) == ["OWN005", "TXN014"]
    assert codes(run(plan, ignore=["OWN"])) == ["TXN014"]
    assert codes(run(plan, select=["OWN"], ignore=["OWN005"])) == ["OWN002"]
    assert chosen("TXN014", ["TXN"])
    assert not chosen("TXN014", ["TXN"], ["TXN014"])


def test_rules_on_submitting_leave_documents_of_record_alone() -> None:
    plan = filing()
    assert codes(run(plan)) == ["OWN005"]
    assert run(replace(plan, kind=DocumentKind.RECORD)) == []


def test_rules_judge_no_version_older_than_themselves() -> None:
    owner = replace(filing().owners[0], non_us_address=Value("true"), has_ccc=True)
    assert codes(run(replace(filing(), owners=(owner,)))) == ["OWN006"]
    assert run(replace(filing(), owners=(owner,), version="X0508")) == []


def test_the_calendar_may_be_the_user_s_own() -> None:
    plan = filing(signatures="signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-23}\n")
    day = plan.signatures[0].date.date
    assert day is not None
    closed = BusinessDays({day.replace(day=20): "EDGAR is closed"}, {})
    assert codes(run(plan, select=["TXN014"])) == ["TXN014"]
    assert run(plan, select=["TXN014"], days=closed) == []


def test_a_power_of_attorney_that_is_attached_needs_no_reminder() -> None:
    plan = filing(signatures='signatures:\n  - {name: "/s/ Richard Poe, attorney-in-fact", date: 2026-11-20}\n')
    assert codes(run(plan, select=["SIG"], attachments=("COVER",))) == ["SIG002"]
    assert run(plan, select=["SIG"], attachments=("EX-24.poa",)) == []
    assert run(plan, select=["SIG"]) == []


def test_find_rule() -> None:
    rule = find_rule("txn014")
    assert rule is not None
    assert rule.code == "TXN014"
    assert find_rule("TXN999") is None


# --- early, late, and days without a market -----------------------------------------------------------------------

LINE = "date: 2026-11-18, security: common, amount: 10, price: {price}, acquired_or_disposed: {letter}, code: {code}"


@pytest.mark.parametrize(
    ("code", "letter", "price", "expected"),
    [
        *((code, "D", 31, ["TXN013"]) for code in ("S", "D", "F", "I", "U", "H", "C", "M", "O", "X")),
        *((code, "A", 31, ["TXN013"]) for code in ("P", "A", "I")),
        ("G", "D", 0, ["TXN013"]),
        *((code, letter, 0, []) for code, letter in ("GA", "JA", "JD", "ED", "WA", "WD", "ZA", "ZD", "HD", "LA")),
    ],
)
def test_each_code_that_can_t_be_early(code: str, letter: str, price: int, expected: list[str]) -> None:
    line = LINE.format(price=price, letter=letter, code=code)
    for mark in ("early: yes", "timeliness: E"):
        plan = filing(transactions=f"transactions:\n  - {{{line}, {mark}}}\n")
        assert codes(run(plan, select=["TXN013"])) == expected
    assert run(filing(transactions=f"transactions:\n  - {{{line}}}\n"), select=["TXN013"]) == []


def test_lateness_is_reckoned_as_due_tells_it() -> None:
    signed = "signatures:\n  - {name: /s/ Jane Roe, date: 2026-12-04}\n"
    late = {
        code
        for code in "PSADFIMCXOUHGJELWZ"
        for line in [LINE.format(price=31, letter="D", code=code)]
        if run(filing(transactions=f"transactions:\n  - {{{line}}}\n", signatures=signed), select=["TXN014"])
    }
    assert late == set("PSADFIMCXOUHG")
    line = LINE.format(price=0, letter="A", code="G")
    assert run(filing(transactions=f"transactions:\n  - {{{line}}}\n", signatures=signed), select=["TXN014"]) == []


SALE = "date: 2026-11-28, code: S, security: {}, amount: 10, price: {}"
AVERAGE = "The price is a weighted average of sales at prices from $31.00 to $31.40."
UNDER_PLAN = "Sold under a Rule 10b5-1 trading plan adopted on May 12, 2026."
OPTION = "{title: Call Option, underlying: common, exercise_price: 4, exercisable: 2024-05-14, expires: 2034-05-14}"


@pytest.mark.parametrize(
    ("entry", "note", "issuer", "found"),
    [
        (SALE.format("common", 31), "", "symbol: EXSY", True),
        (SALE.format("common", 31) + ", notes: {price: n}", AVERAGE, "symbol: EXSY", True),
        (SALE.format("common", 31) + ", notes: {code: n}", UNDER_PLAN, "symbol: EXSY", True),
        (SALE.format("common", 31) + ", notes: {code: n}", "Sold privately.", "symbol: EXSY", False),
        (SALE.format("common", 31), "", "symbol: NONE", False),
        (SALE.format("common", 31), "", "symbol: EXSY, foreign_symbol: 2330.TW", False),
        (SALE.format("common", 0), "", "symbol: EXSY", False),
        (SALE.format("option", 31) + ", balance: 0", "", "symbol: EXSY", False),
        (SALE.format("common", 31).replace("code: S", "code: F"), "", "symbol: EXSY", False),
    ],
)  # fmt: skip
def test_a_trade_on_a_saturday_is_found_where_nothing_explains_it(
    entry: str, note: str, issuer: str, *, found: bool
) -> None:
    plan = filing(
        issuer=f'issuer: {{cik: 1999999001, name: "EXAMPLE SYSTEMS, INC.", {issuer}}}\n',
        securities=f"securities:\n  common: Common Stock\n  option: {OPTION}\n",
        opening="opening:\n  - {security: common, amount: 100}\n  - {security: option, amount: 10}\n",
        transactions=f"transactions:\n  - {{{entry}}}\n",
        footnotes=f"footnotes:\n  n: {note}\n" if note else "",
    )
    message = "Table I, line 1: 2026-11-28 is a day without a market (Saturday)"
    assert [finding.message for finding in run(plan, select=["TXN017"])] == ([message] if found else [])


# --- waivers ------------------------------------------------------------------------------------------------------


def test_a_waiver_marks_all_findings_of_its_code_and_says_nothing_else() -> None:
    plan = filing(signatures="signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-30}\n")
    found = run(plan, waivers=[Allowance("TXN014", "The broker told us late."), Allowance("OWN005", "CCC to come.")])
    assert [(finding.code, finding.waived) for finding in found] == [
        ("OWN005", "CCC to come."),
        ("TXN014", "The broker told us late."),
    ]


def test_waivers_may_cover_the_findings_of_other_stages() -> None:
    note = Finding("TXT001", Severity.NOTE, "a quote was made straight")
    assert waive([note], [Allowance("TXT001", "Known.")], RULES) == [replace(note, waived="Known.")]


def test_an_error_stays_an_error_whatever_is_waived() -> None:
    place = Origin(Position("plan.yaml", 20, 5))
    plan = filing(owners="owners:\n  - {cik: 1999999101, name: Roe Jane}\n")
    found = run(plan, select=["OWN002"], waivers=[Allowance("OWN002", "Told by phone.", place)])
    assert [(finding.code, finding.severity, finding.waived, finding.origin.position) for finding in found] == [
        ("OWN002", Severity.ERROR, "", Position("plan.yaml", 3, 5)),
        ("WVR002", Severity.WARNING, "", Position("plan.yaml", 20, 5)),
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("TXN999", "WVR001"), ("txn014", "WVR001"), ("OWN002", "WVR002"), ("TXN014", "WVR003")],
)
def test_a_waiver_that_waives_nothing_is_told(code: str, expected: str) -> None:
    assert codes(waive([], [Allowance(code, "Because.")], RULES)) == [expected]


# --- no rule stumbles ---------------------------------------------------------------------------------------------

ODD = (
    *("", " ", "\n", "0", "-1", "1e9", "NaN", ".", "999999999999.9999", "1,000", "0.00001", "A", "D", "I", "S/K", "E"),
    *("2026-02-30", "9999-12-31", "0001-01-01", "2024-07-19-05:00", "true", "1", "F1", "F99", "F100", "X0609", "4/A"),
    *(
        "\u00e9\u2019",
        "<b>",
        "x" * 1001,
        " 12 ",
        "I8",
        "ranging from $1 to $2",
        "ranging from $1 to",
        "Rule 10b5-1 plan adopted on",
    ),
    *(
        "Rule 10b5-1 plan adopted on",
        "500 shares at $1.00, 500 shares at $2.00",
        "adopted on 13/45/2023 under 10b5-1",
        "\x00",
        "١٢٣",
    ),
)


def _mutated(node: Any, dice: random.Random) -> Any:
    """The same dataclass with some of its parts made odd, emptied or doubled."""
    if isinstance(node, Value):
        return replace(node, text=dice.choice(ODD), present=dice.random() < 0.9)
    changes: dict[str, Any] = {}
    for item in fields(node):
        part = getattr(node, item.name)
        if dice.random() < 0.7 or item.name == "origin":
            continue
        if isinstance(part, tuple):
            kept = [_mutated(each, dice) if dice.random() < 0.6 else each for each in part if dice.random() < 0.9]
            changes[item.name] = tuple(kept + kept[: dice.randint(0, 2)])
        elif isinstance(part, Value | Field) and dice.random() < 0.15:
            changes[item.name] = ABSENT if isinstance(part, Value) else NO_FIELD
        elif isinstance(part, Struct):
            changes[item.name] = _mutated(part, dice)
        elif isinstance(part, bool):
            changes[item.name] = dice.random() < 0.5
        elif item.name == "version":
            changes[item.name] = dice.choice(("X0609", "X0306", "", "zzz"))
        elif isinstance(part, DocumentKind | Medium):
            changes[item.name] = dice.choice(tuple(type(part)))
    return replace(node, **changes)


def _seed(path: Path) -> Filing | None:
    """The filing of a rule's case; None for a submission."""
    if path.suffix == ".yaml":
        return composed_file(path).filing
    document = xml_source.parse(path.read_bytes(), path.name)
    return None if document.root.tag == "edgarSubmission" else ownership_xml.read(document)


def test_rules_are_total_whatever_a_document_holds() -> None:
    seeds = [seed for path in paths("bad") if (seed := _seed(path)) is not None and seed.rows]
    assert len(seeds) > 40
    dice = random.Random(4)
    seen: set[str] = set()
    for number in range(1200):
        seed = _mutated(seeds[number % len(seeds)], dice)
        seed = replace(seed, table2=seed.table2 + tuple(_mutated(row, dice) for row in seed.table1))
        seen.update(codes(run(seed, attachments=())))
    expected = {rule.code for rule in RULES if rule.check is not None and rule.code not in {"LIM001", "TXN010"}}
    assert expected <= seen, f"never reached: {sorted(expected - seen)}"


def test_a_filing_without_anything_is_judged_too() -> None:
    bare = Filing(version="X0609", kind=DocumentKind.FILER, medium=Medium.XML)
    assert codes(run(bare)) == ["DOC002", "DOC011", "DOC011", "DOC012"]
    row = Row(table=filing().table1[0].table, holding=False)
    assert {"DOC011", "DOC016", "TXN015", "BAL004"} <= set(
        codes(run(replace(bare, owners=(ReportingOwner(),), table1=(row,))))
    )


# --- the real filings ---------------------------------------------------------------------------------------------


@pytest.mark.shared
def test_no_rule_reports_an_error_on_a_filing_that_edgar_accepted_and_the_rates_are_as_recorded() -> None:
    rates = measure(corpus())
    errors = {rule.code for rule in RULES if rule.severity is Severity.ERROR}
    wrong = [finding for code in errors for finding in rates.findings.get(code, [])]
    assert rates.filings > 1000
    assert not wrong
    assert rates.recorded() == json.loads(RATES.read_text("utf-8")), "run python -m tests.rule_rates --write"


def _one_balance_wrong(sound: Filing) -> Filing | None:
    """The filing with one amount of Table I made wrong; None where too few lines have one."""
    rows = [n for n, row in enumerate(sound.table1) if not row.holding and row.shares_owned_following.number]
    if len(rows) < 2:
        return None
    number = rows[len(rows) // 2]
    row = sound.table1[number]
    cell = row.shares_owned_following
    wrong = replace(cell, value=replace(cell.value, text=str((cell.number or 0) + 10)))
    lines = (*sound.table1[:number], replace(row, shares_owned_following=wrong), *sound.table1[number + 1 :])
    return replace(sound, table1=lines)


@pytest.mark.shared
def test_three_of_four_amounts_made_wrong_in_real_filings_are_found() -> None:
    found = tried = 0
    for sound in corpus():
        wrong = _one_balance_wrong(sound)
        if wrong is not None and not run(sound, select=["BAL001"]):
            tried += 1
            found += bool(run(wrong, select=["BAL001"]))
    assert tried > 300
    assert found / tried > 0.75


def test_the_recorded_rates_are_of_the_rules_that_are() -> None:
    recorded = json.loads(RATES.read_text("utf-8"))
    judged = {rule.code: rule for rule in RULES if rule.check is not None}
    assert set(recorded["rules"]) <= set(judged)
    assert not [code for code, number in recorded["rules"].items() if number and judged[code].severity == "error"]


# --- parts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["One. " * 300, "word " * 300, "x" * 1500, "a. " + "b" * 1400])
def test_a_long_footnote_is_split_without_losing_a_word(text: str) -> None:
    first, rest = split(text)
    assert 0 < len(first) <= 1000
    assert (first + rest).replace(" ", "") == text.replace(" ", "")


def test_every_scope_is_used() -> None:
    used = {rule.scope for rule in RULES}
    assert used == set(Scope)


@pytest.mark.parametrize("path", paths("good"), ids=lambda path: path.parent.name)
def test_good_cases_of_submissions_are_submissions(path: Path) -> None:
    submission = path.suffix == ".xml" and "<edgarSubmission" in path.read_text("utf-8")
    assert submission == path.parent.name.startswith("SUB")
    assert judge(path).findings == []
