"""Random small changes to real documents that leave them in EDGAR's language: what unseen filings may look like."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

AMOUNTS = ["0", "0.0000", ".25", "5.", "22.50", "00012", "1000", "10000.00", "1234567.8901", "999999999999.9999", "3"]
DATES = ["2013-11-22", "2013-11-22Z", "2024-07-19-05:00", "2000-02-29", "2099-12-31", "2013-11-25", "2012-01-01"]
TEXTS = [
    *("x", " x", "x ", " ", "a\nb", "a\n\n  b\tc", "- x", "? y", "a: b", "a #b", "#", "@x", "'q'", '"q"', "NO", "null"),
    *("~", "yes", "None", "[a]", "{a: b}", "a, b", "*", "&amp;", "<b>", "|", ">", "%", "`", "1,000", "2013-11-22"),
    *(
        "\\n",
        "\\",
        "trailing colon:",
        "...",
        "---",
        "Common Stock",
        "x" * 30,
        "=",
        "!!str",
        "include",
        "a  b",
        "{{ x }}",
    ),
]
LONG = [
    "word " * 150 + "end",
    " leading " + "word " * 60,
    "line one \nline two\n\n indented\nend\n",
    "weighted average\ttab",
    "first\nsecond line " + "word " * 40 + "end\nthird",
    "x" * 400,
    "",
]
#: Limits of the texts that are changed (specification 3.5).
TEXT_LIMITS = {
    "issuerTradingSymbol": 10,
    "issuerName": 150,
    "rptOwnerName": 150,
    "rptOwnerStreet1": 40,
    "rptOwnerStreet2": 40,
    "rptOwnerCity": 30,
    "officerTitle": 30,
    "otherText": 30,
    "rptOwnerStateDescription": 50,
    "signatureName": 255,
}
TABLES = ("nonDerivativeTable", "derivativeTable")
AMOUNT_CELLS = (
    *("conversionOrExercisePrice", "transactionShares", "transactionTotalValue", "transactionPricePerShare"),
    *("underlyingSecurityShares", "underlyingSecurityValue"),
    *("sharesOwnedFollowingTransaction", "valueOwnedFollowingTransaction"),
)
DATE_CELLS = ("transactionDate", "deemedExecutionDate", "exerciseDate", "expirationDate")
NOT_IN_HOLDINGS = (
    *("transactionDate", "deemedExecutionDate", "transactionCoding", "transactionTimeliness", "transactionAmounts"),
)
FLAGS = frozenset(
    {
        *("notSubjectToSection16", "aff10b5One", "isDirector", "isOfficer", "isTenPercentOwner", "isOther"),
        *("equitySwapInvolved", "rptOwnerNonUSAddressFlag", "rptOwnerGoodAddress"),
    }
)
OPTIONAL = frozenset(
    {
        *("notSubjectToSection16", "remarks", "rptOwnerStreet1", "rptOwnerStreet2", "rptOwnerCity", "rptOwnerState"),
        *("rptOwnerZipCode", "rptOwnerStateDescription", "isDirector", "isOfficer", "isTenPercentOwner", "isOther"),
        *("officerTitle", "otherText", "deemedExecutionDate", "transactionTimeliness", "reportingOwnerAddress"),
        *("rptOwnerNonUSAddressFlag", "rptOwnerName", "issuerName", "underlyingSecurityShares"),
    }
)


def mutate(root: Element, rng: random.Random) -> None:
    """One random change, in place."""
    rng.choice(CHANGES)(root, rng)


def _pick(found: Iterable[Element], rng: random.Random) -> Element | None:
    listed = list(found)
    return rng.choice(listed) if listed else None


def _write(found: Iterable[Element], texts: Sequence[str], rng: random.Random) -> None:
    """Give one of the elements found another text."""
    element = _pick(found, rng)
    if element is not None:
        element.text = rng.choice(texts)[: TEXT_LIMITS.get(element.tag, 5000)]


def _values(root: Element, names: Sequence[str]) -> Iterator[Element]:
    return (value for name in names for value in root.iterfind(f".//{name}/value"))


def _row(root: Element, rng: random.Random) -> tuple[Element, Element] | None:
    """A line and its table."""
    found = [(table, row) for table in root if table.tag in TABLES for row in table]
    return rng.choice(found) if found else None


def change_amount(root: Element, rng: random.Random) -> None:
    _write(_values(root, AMOUNT_CELLS), AMOUNTS, rng)


def repeat_amount(root: Element, rng: random.Random) -> None:
    """Give one amount the text of another: balances and pairs that happen to fit."""
    values = [value.text or "" for value in _values(root, AMOUNT_CELLS)]
    _write(_values(root, AMOUNT_CELLS), values or ["1"], rng)


def change_date(root: Element, rng: random.Random) -> None:
    plain = [element for element in root.iter() if element.tag in {"periodOfReport", "signatureDate"}]
    _write([*plain, *_values(root, DATE_CELLS)], DATES, rng)


def change_text(root: Element, rng: random.Random) -> None:
    _write((element for element in root.iter() if element.tag in TEXT_LIMITS), TEXTS, rng)


def change_cell_text(root: Element, rng: random.Random) -> None:
    titles = ("securityTitle", "underlyingSecurityTitle", "natureOfOwnership")
    _write((value for value in _values(root, titles) if (value.text or "").strip()), TEXTS, rng)


def change_prose(root: Element, rng: random.Random) -> None:
    _write((element for element in root.iter() if element.tag in {"footnote", "remarks"}), LONG + TEXTS, rng)


def move_row(root: Element, rng: random.Random) -> None:
    if found := _row(root, rng):
        table, row = found
        table.remove(row)
        table.insert(rng.randrange(len(table) + 1), row)


def double_row(root: Element, rng: random.Random) -> None:
    found = _row(root, rng)
    if found and len(found[0]) < 30:
        found[0].insert(rng.randrange(len(found[0]) + 1), copy.deepcopy(found[1]))


def drop_row(root: Element, rng: random.Random) -> None:
    if found := _row(root, rng):
        found[0].remove(found[1])


def make_holding(root: Element, rng: random.Random) -> None:
    found = _row(root, rng)
    if found and found[1].tag.endswith("Transaction"):
        row = found[1]
        row.tag = row.tag.replace("Transaction", "Holding")
        for name in NOT_IN_HOLDINGS:
            for element in row.findall(name):
                row.remove(element)


def change_code(root: Element, rng: random.Random) -> None:
    _write(root.iter("transactionCode"), list("ACDEFGHIJLMOPSUWXZ"), rng)


def make_exercise(root: Element, rng: random.Random) -> None:
    for element in root.iter("transactionCode"):
        element.text = rng.choice(["M", "M", "M", "X", "F"])


def make_gift(root: Element, rng: random.Random) -> None:
    for element in root.iter("transactionCode"):
        element.text = "G"
    change_letter(root, rng)


def change_letter(root: Element, rng: random.Random) -> None:
    _write(_values(root, ["transactionAcquiredDisposedCode"]), ["A", "D"], rng)


def change_ownership(root: Element, rng: random.Random) -> None:
    group = _pick(root.iter("ownershipNature"), rng)
    if group is None:
        return
    letter = rng.choice("DI")
    _write(_values(group, ["directOrIndirectOwnership"]), [letter], rng)
    for element in group.findall("natureOfOwnership"):
        group.remove(element)
    if letter == "I":
        SubElement(SubElement(group, "natureOfOwnership"), "value").text = rng.choice(["By Trust", "By Spouse", "x: y"])


def change_flag(root: Element, rng: random.Random) -> None:
    _write((element for element in root.iter() if element.tag in FLAGS), ["0", "1", "true", "false"], rng)


def drop_optional(root: Element, rng: random.Random) -> None:
    parents = [(parent, child) for parent in root.iter() for child in parent if child.tag in OPTIONAL]
    if parents:
        parent, child = rng.choice(parents)
        parent.remove(child)


def change_form_type(root: Element, rng: random.Random) -> None:
    group = _pick(root.iter("transactionCoding"), rng)
    for element in group.iter("transactionFormType") if group is not None else ():
        element.text = rng.choice("45")


def mark(root: Element, rng: random.Random) -> None:
    """One more footnote mark, on a cell or on the code."""
    ids = [note.get("id", "") for note in root.iterfind("footnotes/footnote")]
    cell = _pick((e for e in root.iter() if e.find("value") is not None or e.tag == "transactionCoding"), rng)
    if ids and cell is not None:
        number = rng.choice(ids)
        if number not in {each.get("id") for each in cell.iterfind("footnoteId")}:
            SubElement(cell, "footnoteId", id=number)


def unmark(root: Element, rng: random.Random) -> None:
    found = [(cell, each) for cell in root.iter() for each in cell.findall("footnoteId")]
    if found:
        cell, each = rng.choice(found)
        cell.remove(each)


def only_mark(root: Element, rng: random.Random) -> None:
    """A cell that has a footnote loses its value."""
    cell = _pick((e for e in root.iter() if e.find("value") is not None and e.find("footnoteId") is not None), rng)
    value = None if cell is None else cell.find("value")
    if cell is not None and value is not None:
        cell.remove(value)


def renumber(root: Element, rng: random.Random) -> None:
    """Other numbers for all footnotes, in whatever order."""
    notes = root.findall("footnotes/footnote")
    numbers = dict(zip([note.get("id", "") for note in notes], rng.sample(range(1, 99), len(notes)), strict=True))
    for element in root.iter():
        if element.get("id") in numbers:
            element.set("id", f"F{numbers[element.get('id', '')]}")


def shuffle_footnotes(root: Element, rng: random.Random) -> None:
    listed = root.find("footnotes")
    if listed is not None:
        notes = list(listed)
        rng.shuffle(notes)
        listed[:] = notes


def same_footnote_text(root: Element, rng: random.Random) -> None:
    texts = [note.text or "" for note in root.iterfind("footnotes/footnote")]
    _write(root.iterfind("footnotes/footnote"), texts or [""], rng)


def value_instead(root: Element, rng: random.Random) -> None:
    """Dollars in place of a number, in Table II or in what is owned."""
    names = {
        "sharesOwnedFollowingTransaction": "valueOwnedFollowingTransaction",
        "underlyingSecurityShares": "underlyingSecurityValue",
    }
    element = _pick((e for e in root.iter() if e.tag in names), rng)
    if element is not None:
        element.tag = names[element.tag]
    for shares in root.iterfind("derivativeTable//transactionShares") if rng.random() < 0.3 else ():
        shares.tag = "transactionTotalValue"


def change_place(root: Element, rng: random.Random) -> None:
    _write(root.iter("rptOwnerState"), ["CA", "GU", "DE", "", " ", "1V"], rng)
    _write(root.iter("rptOwnerCountry"), ["X0", "2M", "XX", "A0", "", "E9"], rng)


def put_empty(root: Element, rng: random.Random) -> None:
    row = _pick(
        (e for e in root.iter() if e.tag.endswith("Transaction") and e.find("transactionCoding") is not None), rng
    )
    if row is not None and row.find("transactionTimeliness") is None:
        at = [child.tag for child in row].index("transactionCoding") + 1
        cell = Element("transactionTimeliness")
        SubElement(cell, "value").text = rng.choice(["", "E"])
        row.insert(at, cell)


CHANGES: tuple[Callable[[Element, random.Random], None], ...] = (
    *(change_amount, repeat_amount, repeat_amount, change_date, change_text, change_cell_text, change_prose),
    *(move_row, move_row, double_row, double_row, drop_row, make_holding, change_code, make_exercise, make_gift),
    *(change_letter, change_ownership, change_ownership, change_flag, drop_optional, change_form_type, mark, mark),
    *(unmark, only_mark, renumber, shuffle_footnotes, same_footnote_text, value_instead, change_place, put_empty),
)
