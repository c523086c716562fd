"""What differs between two forms, in the form's words."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

import form4_author
from form4_author import Difference, Rejected
from form4_author.filing.difference import differences
from form4_author.report.differences import as_json, as_text
from tests.conftest import ROOT
from tests.documents import cell, edited
from tests.plans import composed, composed_file, plan_text

CASES = ROOT / "tests" / "cases" / "import"
COMPOSED = ROOT / "tests" / "cases" / "compose"
ROWS = """\
transactions:
  - {date: 2026-11-18, code: S, security: common, amount: 1000, price: 31.15, notes: {price: range, code: plan}}
  - {date: 2026-11-19, code: S, security: common, amount: 500, price: 31}
  - {date: 2026-11-20, code: S, security: common, amount: 250, price: 30}
footnotes:
  plan: Made under a Rule 10b5-1 trading plan adopted on May 12, 2026.
  range: The price is a weighted average of trades from $31.02 to $31.27.
"""


def told(tmp_path: Path, old: str, new: str) -> list[tuple[str, str, str, str]]:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(old)
    two.write_text(new)
    return [(d.place, d.column, d.old, d.new) for d in form4_author.compare(one, two)]


def with_rows(rows: str = ROWS, **parts: str) -> str:
    return plan_text(transactions=rows, **parts)


def test_a_form_does_not_differ_from_itself_however_it_is_written(tmp_path: Path) -> None:
    assert told(tmp_path, with_rows(), with_rows().replace("price: 31}", "price: 31.00}")) == []
    for case in sorted(CASES.glob("*.xml")):
        if case.stem != "defects":
            assert form4_author.compare(case, case.with_suffix(".yaml")) == [], case.name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("price: 31.15", "price: 31.51"), [("Table I, line 1", "column 4, price", "$31.15", "$31.51")]),
        (
            ("amount: 500", "amount: 400"),
            [
                ("Table I, line 2", "column 4, amount", "500", "400"),
                ("Table I, line 2", "column 5, amount owned following the transaction", "11,000", "11,100"),
                ("Table I, line 3", "column 5, amount owned following the transaction", "10,750", "10,850"),
            ],
        ),
        (
            ("code: S, security: common, amount: 250", "code: F, security: common, amount: 250, early: yes"),
            [
                ("Table I, line 3", "column 3, transaction code", "S", "F"),
                ("Table I, line 3", "column 3, V", "", "V"),
            ],
        ),
        (
            ("from $31.02", "from $31.03"),
            [
                (
                    "Explanation of Responses",
                    "footnote 2",
                    "The price is a weighted average of trades from $31.02 to $31.27.",
                    "The price is a weighted average of trades from $31.03 to $31.27.",
                )
            ],
        ),
        (
            (", code: plan}", "}"),
            [
                (
                    "Table I, line 1",
                    "column 3, transaction code, footnote",
                    "Made under a Rule 10b5-1 trading plan adopted on May 12, 2026.",
                    "",
                )
            ],
        ),
        (
            ("rule_10b5_1: no", "rule_10b5_1: yes\nexit_box: yes\nremarks: New."),
            [
                ("Top of the form", "no longer subject to Section 16", "not checked", "checked"),
                ("Top of the form", "Rule 10b5-1(c) plan", "not checked", "checked"),
                ("Remarks", "", "", "New."),
            ],
        ),
        (
            ("officer: Chief Operating Officer", "director: yes"),
            [
                ("Reporting person 1", "officer's title", "Chief Operating Officer", ""),
                ("Reporting person 1", "Director", "not checked", "checked"),
                ("Reporting person 1", "Officer", "checked", "not checked"),
            ],
        ),
        (
            ("name: /s/ Jane Roe, date: 2026-11-20", "name: /s/ Jane Roe, date: 2026-11-21"),
            [("Signature 1", "date", "11/20/2026", "11/21/2026")],
        ),
        (
            ("name: /s/ Jane Roe, date: 2026-11-20", "name: John Q. Public, date: 2026-11-20"),
            [
                ("Signatures", "", "/s/ Jane Roe, 11/20/2026", ""),
                ("Signatures", "", "", "John Q. Public, 11/20/2026"),
            ],
        ),
    ],
    ids=lambda value: "".join(filter(str.isalnum, value[1]))[:24] if isinstance(value, tuple) else "",
)
def test_a_change_is_told_by_line_and_column(
    tmp_path: Path, change: tuple[str, str], said: list[tuple[str, str, str, str]]
) -> None:
    before = with_rows()
    assert change[0] in before
    assert told(tmp_path, before, before.replace(*change)) == said


@pytest.mark.parametrize(("old", "new"), [("entries", "amendment"), ("amendment", "old"), ("old", "entries")])
def test_all_that_differs_between_two_forms_is_told(old: str, new: str, golden: Callable[[Path, bytes], None]) -> None:
    one, two = (composed_file(COMPOSED / f"{name}.yaml").filing for name in (old, new))
    told = [f"{each.place} | {each.column} | {each.old} | {each.new}\n" for each in differences(one, two)]
    golden(COMPOSED / f"{old}-to-{new}.golden", "".join(told).encode())


#: What is written otherwise in the plan of all entries, and so differs line by line.
REWRITTEN = (
    ("vests: It vests.", "vests: It vests in June."),
    ("class: One class.", "class: Another kind of security altogether."),
    ("notes: {code: plan, price: vests}", "notes: {code: [plan, price], price: plan}"),
    ("name: /s/ J. Doe as trustee", "name: /s/ J. R. Doe as trustee"),
    ("cik: 1999999101", "cik: 1999999109"),
    ("plan: Under a plan.", "plan: Under a plan of May."),
    ("ownership: indirect, notes", "ownership: {indirect: By Nobody}, notes"),
    ("equity_swap: yes, timeliness: E", "early: yes"),
    ("code: J, security: common, amount: 5", "code: J, security: common, amount: 6"),
    ("balance: 37,005", "restated_balance: 37,005"),
)


def test_all_that_differs_between_the_same_lines_is_told(tmp_path: Path, golden: Callable[[Path, bytes], None]) -> None:
    before = (COMPOSED / "entries.yaml").read_text()
    after = before
    for old, new in REWRITTEN:
        after = after.replace(old, new)
    (tmp_path / "entries.csv").write_text((COMPOSED / "entries.csv").read_text())
    one, two = (composed(text, tmp_path).filing for text in (before, after))
    told = [f"{each.place} | {each.column} | {each.old} | {each.new}\n" for each in differences(one, two)]
    golden(COMPOSED / "entries-rewritten.golden", "".join(told).encode())


def test_the_only_owner_of_another_number_is_told_as_one_whose_number_differs(tmp_path: Path) -> None:
    assert told(tmp_path, with_rows(), with_rows().replace("cik: 1999999101", "cik: 1999999109")) == [
        ("Reporting person 1", "CIK", "1999999101", "1999999109")
    ]


def test_columns_of_table_ii_are_told_by_their_own_numbers(tmp_path: Path) -> None:
    one = tmp_path / "one.xml"
    cells = cell("conversionOrExercisePrice", "4.80") + cell("transactionDate", "2026-11-18")
    deemed = cell("deemedExecutionDate", "2026-11-17")
    one.write_text(edited((textwrap.indent(cells, "      "), textwrap.indent(cells + deemed, "      "))))
    two = one.with_name("two.xml")
    second = one.read_text().partition("<derivativeTable>")[2]
    changes = (
        ("2026-11-17", "2026-11-16"),
        ("<value>Common Stock</value>", "<value>Class B Stock</value>"),
        ("<value>0</value>\n        </sharesOwned", "<value>10</value>\n        </sharesOwned"),
    )
    two.write_text(one.read_text().replace(second, edited(*changes, text=second)))
    assert [(d.place, d.column, d.old, d.new) for d in form4_author.compare(one, two)] == [
        ("Table II, line 1", "column 3A, deemed execution date", "11/17/2026", "11/16/2026"),
        ("Table II, line 1", "column 7, title of underlying securities", "Common Stock", "Class B Stock"),
        ("Table II, line 1", "column 9, amount owned following the transaction", "0", "10"),
    ]


def test_an_inserted_line_is_one_difference_and_the_others_keep_their_partners(tmp_path: Path) -> None:
    inserted = ROWS.replace(
        "  - {date: 2026-11-19",
        "  - {date: 2026-11-18, code: G, security: common, amount: 7, price: 0, acquired_or_disposed: D, "
        "restated_balance: 11500}\n  - {date: 2026-11-19",
    )
    assert told(tmp_path, with_rows(), with_rows(inserted)) == [
        ("Table I, line 2", "", "", "G 7 Common Stock (D) at $0 on 11/18/2026, 11,500 owned after, direct")
    ]
    assert told(tmp_path, with_rows(inserted), with_rows()) == [
        ("Table I, line 2", "", "G 7 Common Stock (D) at $0 on 11/18/2026, 11,500 owned after, direct", "")
    ]


def test_a_change_behind_an_inserted_line_names_both_numbers(tmp_path: Path) -> None:
    new = ROWS.replace("price: 30}", "price: 30.50}").replace(
        "  - {date: 2026-11-19", "  - {holding: common, restated_balance: 11500}\n  - {date: 2026-11-19"
    )
    assert told(tmp_path, with_rows(), with_rows(new)) == [
        ("Table I, line 2", "", "", "11,500 Common Stock held, direct"),
        ("Table I, line 3 (now 4)", "column 4, price", "$30", "$30.5"),
    ]


def test_owners_are_known_by_their_cik(tmp_path: Path) -> None:
    one = "  - {cik: 0000000005, name: A, director: yes}\n"
    two = "  - {cik: 6, name: B, director: yes}\n"
    old = with_rows(owners=f"owners:\n{one}{two}")
    new = with_rows(owners=f"owners:\n{two}".replace("B", "B New"))
    assert told(tmp_path, old, new) == [
        ("Box 1", "", "A (CIK 0000000005)", ""),
        ("Reporting person 1", "name", "B", "B New"),
    ]


def test_footnotes_that_nothing_refers_to_are_compared_too(tmp_path: Path) -> None:
    stray = tmp_path / "stray.xml"
    text = (CASES / "balances.xml").read_text()
    stray.write_text(text.replace("</footnotes>", '<footnote id="F9">Stray.</footnote></footnotes>'))
    found = form4_author.compare(CASES / "balances.xml", stray)
    assert [(d.place, d.old, d.new) for d in found] == [("Explanation of Responses", "", "Stray.")]


def test_reports() -> None:
    found = [
        Difference("Table I, line 1", "column 4, price", "$1", "$2"),
        Difference("Table I, line 1", "column 4, price, footnote", "", "Text."),
        Difference("Remarks", "", "a" * 60, "b" * 60),
    ]
    assert as_text("a.xml", "b.yaml", found) == (
        "Table I, line 1\n  column 4, price: $1 -> $2\n  column 4, price, footnote, only in b.yaml: Text.\n\n"
        f"Remarks\n    - {'a' * 60}\n    + {'b' * 60}\n\n"
        "a.xml -> b.yaml: 3 differences\n"
    )
    assert as_text("a.xml", "b.yaml", []) == "a.xml -> b.yaml: no difference\n"
    assert json.loads(as_json("a.xml", "b.yaml", found[:1])) == {
        "from": "a.xml",
        "to": "b.yaml",
        "equal": False,
        "differences": [{"place": "Table I, line 1", "column": "column 4, price", "from": "$1", "to": "$2"}],
    }


def test_what_states_no_filing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("form: 4\n")
    with pytest.raises(Rejected, match="PLN001") as refused:
        form4_author.compare(tmp_path / "bad.yaml", CASES / "sale.xml")
    assert refused.value.unreadable


def test_a_reworded_footnote_is_told_once_whether_or_not_a_line_refers_to_it(tmp_path: Path) -> None:
    unused = "footnotes:\n  n: The reporting person holds these shares through a trust of the family%s.\n"
    for used in ("", ", notes: {code: n}"):
        old = plan_text().replace("31.15}", f"31.15{used}}}") + unused % ""
        new = old.replace("of the family", "of the whole family")
        assert told(tmp_path, old, new) == [
            (
                "Explanation of Responses",
                "footnote 1",
                "The reporting person holds these shares through a trust of the family.",
                "The reporting person holds these shares through a trust of the whole family.",
            )
        ]
    gone = told(tmp_path, plan_text() + unused % "", plan_text())
    assert gone == [
        ("Explanation of Responses", "", "The reporting person holds these shares through a trust of the family.", "")
    ]
