"""What of a document is none of what its place takes: carried as text, or told; nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from form4_author.conversion import ConvertedPlan, amend_file, import_file, roll_file
from form4_author.files.inputs import Input
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases" / "import"
VALUES = {
    "400 digits": "9" * 400,
    "5001 digits": "8" * 5001,
    "words": "see footnote two",
    "empty": "",
    "blanks": "   ",
    "below zero": "-17",
    "exponent": "1.7E3",
}
WAYS = {"import": import_file, "amend": amend_file, "roll": roll_file}
#: What a plan says in its own words, or a comment tells: the schema.
OF_TODAY = {"schemaVersion"}
#: What the next form doesn't take over: its own day, the answer on the plans, and all that happened.
OF_THE_LAST = {
    *("schemaVersion", "periodOfReport", "aff10b5One", "signatureDate", "transactionCoding", "footnote"),
    *("transactionDate", "transactionAcquiredDisposedCode"),
}
OWNED = "Table I, line 3, column 5, amount owned following the transaction"


def leaves(root: ET.Element, path: tuple[str, ...] = ()) -> Iterator[tuple[ET.Element, tuple[str, ...]]]:
    for child in root:
        yield from leaves(child, (*path, child.tag))
    if not len(root) and root.text and root.text.strip():
        yield root, path


def made(way: str, root: ET.Element) -> ConvertedPlan | None:
    """The plan made of the document; None where it is refused."""
    plan = WAYS[way](Input("a.xml", None, ET.tostring(root)))
    return plan if isinstance(plan, ConvertedPlan) else None


def is_carried(value: str, text: str) -> bool:
    """Whether a text stands in a plan, in one line or several, thousands parted or not."""
    return "".join(value.split()) in "".join(text.replace(",", "").split())


@pytest.mark.parametrize(
    ("case", "kind"),
    [*(("sale", kind) for kind in VALUES), ("vesting", "400 digits"), ("vesting", "words"), ("vesting", "empty")],
)
def test_no_value_of_a_document_is_lost_without_a_word(case: str, kind: str) -> None:
    root = ET.parse(CASES / f"{case}.xml").getroot()
    value = VALUES[kind]
    lost = []
    for leaf, path in leaves(root):
        old, leaf.text = leaf.text, value
        for way in WAYS:
            left = OF_THE_LAST if way == "roll" else OF_TODAY
            if value.strip() and not left & {*path}:
                plan = made(way, root)
                if plan is not None and not plan.findings and not is_carried(value, plan.text):
                    lost.append((way, "/".join(path)))
            else:
                made(way, root)  # what is empty says nothing; it breaks nothing either
        leaf.text = old
    assert lost == []


def changed(case: str, old: str, new: str) -> bytes:
    text = (CASES / f"{case}.xml").read_text()
    assert text.count(old) == 1, text.count(old)
    return text.replace(old, new).encode()


def findings(way: str, data: bytes) -> list[tuple[str, str]]:
    plan = WAYS[way](Input("a.xml", None, data))
    assert isinstance(plan, ConvertedPlan)
    return [(one.code, one.message) for one in plan.findings]


@pytest.mark.parametrize("way", ["import", "amend"])
def test_an_amount_owned_that_is_no_number_is_carried_and_refused_in_its_place(way: str) -> None:
    data = changed("sale", "<value>11500</value>", f"<value>{'9' * 400}</value>")
    plan = WAYS[way](Input("a.xml", None, data))
    assert isinstance(plan, ConvertedPlan)
    assert f"    restated_balance: >-\n      {'9' * 400}\n" in plan.text
    (finding,) = plan.findings
    assert (finding.code, finding.origin.path) == ("IMP001", "transactions[0].restated_balance")
    assert finding.message.startswith("the plan must be mended: transactions[0].restated_balance: ")
    assert plan.text.count("restated_balance") == 2, "the line after it can't follow from it"


def test_a_closing_balance_that_is_no_number_is_told_and_left_to_the_author() -> None:
    data = changed("sale", "<value>40000</value>", "<value>4 x 10^4</value>")
    plan = roll_file(Input("a.xml", None, data))
    assert isinstance(plan, ConvertedPlan)
    (finding,) = plan.findings
    assert (finding.code, finding.message, finding.hint) == (
        "IMP001",
        f'{OWNED}, is "4 x 10^4", which is no amount: common has no opening balance',
        "Under opening: write how much of common is held.",
    )
    position = finding.origin.position
    assert position is not None
    assert data.decode().splitlines()[position.line - 1].strip() == "<value>4 x 10^4</value>"


def test_a_missing_closing_balance_is_told() -> None:
    data = changed("sale", "<value>40000</value>", "<value></value>")
    assert findings("roll", data) == [("IMP001", f"{OWNED}, is missing: common has no opening balance")]


def test_a_box_that_is_neither_checked_nor_not_is_told() -> None:
    data = changed("sale", "<isDirector>0</isDirector>", "<isDirector>maybe</isDirector>")
    expected = [("IMP001", 'Reporting person 1, Director: the document says "maybe", its plan "not checked"')]
    assert {way: findings(way, data) for way in WAYS} == dict.fromkeys(WAYS, expected)


def test_an_ownership_that_is_neither_direct_nor_indirect_is_told_once() -> None:
    data = (
        (CASES / "sale.xml")
        .read_text()
        .replace("<value>D</value>\n                </directOr", "<value>B</value></directOr", 1)
    )
    expected = [("IMP001", 'Table I, line 1, column 6, ownership form: the document says "B", its plan "D"')]
    assert {way: findings(way, data.encode()) for way in WAYS} == dict.fromkeys(WAYS, expected)
