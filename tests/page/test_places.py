from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace

from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.filing import Field, Value
from form4_author.filing.columns import COLUMNS
from form4_author.page import drawing, places
from form4_author.pipeline.examine import Judged, examine, examine_forms
from form4_author.pipeline.options import CheckOptions
from tests.conftest import ROOT
from tests.plans import plan_text

EXAMPLE = ROOT / "examples" / "exercise-and-sell" / "plan.yaml"
BOXES = ("#box-one-person", "#box-several-persons")
EXAMPLES = sorted((ROOT / "examples").glob("*/plan.yaml"))


def judged(path: Path, data: bytes | None = None) -> Judged:
    found = examine(Input(str(path), path, data), CheckOptions(), Keyring())
    assert isinstance(found, Judged)
    return found


def all_judged(path: Path) -> list[Judged]:
    """Each form of a plan."""
    forms = examine_forms(Input(str(path), path), CheckOptions(), Keyring())
    judged = [found for found in forms if isinstance(found, Judged)]
    assert len(judged) == len(forms)
    return judged


def told(found: Judged) -> dict[str, tuple[int, int, str]]:
    """Line, column and derivation by element."""
    listed = {}
    for place in places.places(found.filing, found.derivations):
        position = place.origin.position
        assert position is not None
        listed[place.element] = (position.line, position.column, place.derived)
    return listed


def test_each_value_of_a_plan_has_its_place_on_the_page() -> None:
    lines = EXAMPLE.read_text().splitlines()
    found = told(judged(EXAMPLE))

    def written(element: str) -> str:
        line, column, _ = found[element]
        return lines[line - 1][column - 1 :]

    shown = {
        ".issuer-name": "QUALYS, INC.",
        "#owner-1 .owner-city": "REDWOOD CITY",
        "#t1-2 .t1-price": "22.5307",
        '#t1-2 .t1-price [href="#note-F2"]': "weighted}",
        "#t2-1 .t2-expiration": "04/28/2021",
        ".signature:nth-child(1) .signature-date": "11/22/2013",
    }
    assert {element: written(element) for element in shown} == shown
    assert found["#t1-1 .t1-owned"][2] == "0 + 10,000 exercised"
    assert found["#t2-1 .t2-owned"][2] == "102,394 - 10,000 exercised"
    assert found[".period-of-report"][2] == "the earliest of 2 transaction dates"
    assert found["#t2-1 .t2-disposed"][2] == "code M, the derivative security"
    assert found["#t1-2 .t1-amount"][2] == ""


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_all_that_a_filer_enters_has_a_place(path: Path) -> None:
    """What is in the filer's hand on the page is found by some element that has a place, or lies within one."""
    for found in all_judged(path):
        assert lost_on(found) == []


def lost_on(found: Judged) -> list[str]:
    """What a filer enters on a form's page and no place is known of."""
    page = etree.HTML(drawing.html(found.filing, fonts=False))
    tree = page.getroottree()
    placed = {tree.getpath(element) for name in told(found) for element in select(page, name)}
    lost = []
    for element in page.iter("*"):
        if not text_of(element).strip() or "entered" not in (element.get("class") or "").split():
            continue
        around = (element, *element.iterancestors(), *element.iterdescendants())
        if not any(tree.getpath(other) in placed for other in around):
            lost.append(f"{element.get('class')}: {element.text}")
    bodies = list(page.iter("tbody"))
    cells = [cell for body in bodies for cell in body.iter("td", "th") if text_of(cell).strip()]
    lost += [f"cell {cell.get('class')}" for cell in cells if tree.getpath(cell) not in placed]
    assert len(cells) > 2
    return lost


def test_every_cell_of_a_line_has_a_name() -> None:
    named = {attribute for attributes in places.CELLS.values() for attribute in attributes}
    assert {column.attribute for column in COLUMNS} <= named
    row = judged(EXAMPLE).filing.table1[0]
    assert all(isinstance(getattr(row, name), Value | Field) for name in named)


def test_what_is_written_in_an_included_file_leads_there() -> None:
    path = ROOT / "examples" / "rsu-vest" / "plan.yaml"
    (name,) = [p for p in places.places(judged(path).filing) if p.element == "#owner-1 .owner-name"]
    assert name.origin.position is not None
    assert Path(name.origin.position.file).name == "officer.yaml"


def test_an_xml_document_has_its_places_too() -> None:
    path = ROOT / "examples" / "exercise-and-sell" / "expected" / "exercise-and-sell.xml"
    lines = path.read_text().splitlines()
    line, _, derived = told(judged(path))["#t1-2 .t1-price"]
    assert lines[line - 1].strip() == "<transactionPricePerShare>"
    assert lines[line].strip() == "<value>22.5307</value>"
    assert derived == ""


def test_of_several_values_the_first_that_has_text_is_meant_and_without_a_place_none() -> None:
    filing = judged(EXAMPLE).filing
    (owner,) = filing.owners
    bare = replace(owner, name=Value("", owner.city.origin))
    changed = replace(filing, owners=(bare,), remarks=Value("Said by a program."))
    found = {place.element: place.origin for place in places.places(changed)}
    assert found["#owner-1 .owner-name"] == owner.cik.origin != owner.city.origin
    assert ".remarks" not in found
    assert all(origin.position is not None for origin in found.values())


def test_the_box_of_one_person_or_of_several() -> None:
    filing = judged(EXAMPLE).filing
    (owner,) = filing.owners
    joint = replace(filing, owners=(owner, owner))
    for one, box in ((filing, "one-person"), (joint, "several-persons")):
        named = [place.element for place in places.places(one) if place.element in BOXES]
        assert named == [f"#box-{box}"]


def test_the_page_of_two_plans_that_differ_in_place_alone_is_the_same() -> None:
    """Places are told beside the page: not a byte of it, as `build` writes it, knows of them."""
    text = plan_text()
    one = judged(Path("plan.yaml"), text.encode())
    other = judged(Path("plan.yaml"), ("# moved\n\n" + text.replace("  - {date", "  -  {date")).encode())
    assert told(one) != told(other)
    assert drawing.html(one.filing) == drawing.html(other.filing)


def select(page: etree._Element, selector: str) -> list[etree._Element]:
    """The elements that one of the places' selectors means: names, classes and links, and the number among siblings."""
    found = [page]
    for part in selector.split():
        name, _, number = part.partition(":nth-child(")
        found = [element for top in found for element in top.iter("*") if is_meant(element, name, number.rstrip(")"))]
    return found


def is_meant(element: etree._Element, name: str, number: str) -> bool:
    above = element.getparent()
    if number and (above is None or above.index(element) != int(number) - 1):
        return False
    if name.startswith("#"):
        return element.get("id") == name[1:]
    if name.startswith("."):
        return name[1:] in (element.get("class") or "").split()
    return f'[href="{element.get("href")}"]' == name


def text_of(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())
