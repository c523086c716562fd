"""The tags of the PDF, against the rules of PDF/UA-1 that a machine can check."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf.generic import ContentStream, NameObject, NullObject, NumberObject

from form4_author.filing import Filing, Value
from form4_author.page import drawing, tags
from form4_author.page.fonts import FACES
from form4_author.page.proof import Proof, ProofTable
from tests.page_filings import exercise_and_sell, largest
from tests.page_pdf import Element, headings_again, squeezed
from tests.page_tags import Tagged, faults, fonts, table_grid


def a_proof(lines: int) -> Proof:
    return Proof(
        (
            ProofTable(
                "proof-findings", "Findings", ("Code", "Text"), tuple((f"X{n}", "word " * 30) for n in range(lines))
            ),
        )
    )


def a_long_one() -> Filing:
    filing = exercise_and_sell()
    return replace(filing, table1=filing.table1 * 40, table2=filing.table2 * 60)


def held() -> Filing:
    """A Form 3 of all that the largest form holds."""
    return replace(largest(), document_type=Value("3"), version="X0607")


PRINTED: dict[str, Callable[[], bytes]] = {
    "one page": lambda: drawing.pdf(exercise_and_sell(), document_hash="0f" * 32),
    "draft": lambda: drawing.pdf(exercise_and_sell(), draft=True),
    "proof": lambda: drawing.pdf(exercise_and_sell(), proof=a_proof(90)),
    "redline": lambda: drawing.pdf(exercise_and_sell(), against=replace(exercise_and_sell(), table2=())),
    "no lines": lambda: drawing.pdf(replace(exercise_and_sell(), table1=(), table2=(), footnotes=())),
    "Form 3": lambda: drawing.pdf(held()),
    "Form 3, nothing owned": lambda: drawing.pdf(replace(held(), table1=(), table2=(), no_securities_owned=Value("1"))),
    "Form 3, redline": lambda: drawing.pdf(held(), against=replace(held(), table2=())),
    "Form 5": lambda: drawing.pdf(replace(largest(), document_type=Value("5")), proof=a_proof(3)),
    "largest": lambda: drawing.pdf(largest(), document_hash="0f" * 32),
    "long": lambda: drawing.pdf(a_long_one()),
    "long draft": lambda: drawing.pdf(a_long_one(), draft=True),
}


@cache
def one_page() -> bytes:
    return PRINTED["one page"]()


@cache
def printed(name: str) -> Tagged:
    return Tagged(PRINTED[name]())


@pytest.mark.parametrize("name", PRINTED)
def test_the_tags_keep_the_rules(name: str) -> None:
    assert faults(printed(name)) == set()


def shape(element: Element) -> Any:
    """An element with all its text and what is below it, wherever it is printed."""
    return (
        element.kind,
        element.attributes,
        [shape(kid) if isinstance(kid, Element) else kid.text for kid in element.kids],
    )


@pytest.mark.parametrize(("draft", "fair"), [("draft", "one page"), ("long draft", "long")])
def test_the_watermark_is_no_part_of_the_text(draft: str, fair: str) -> None:
    assert shape(printed(draft).tree) == shape(printed(fair).tree)
    for page in printed(draft).reader.pages:
        artifacts = [
            operands[1]
            for operands, operator in ContentStream(page["/Contents"], printed(draft).reader).operations
            if operator == b"BDC" and operands[0] == "/Artifact"
        ]
        assert artifacts.count({"/Type": "/Pagination", "/Subtype": "/Watermark"}) == 1


@pytest.mark.parametrize("name", ["largest", "long", "long draft"])
def test_a_table_over_several_pages_is_one_table(name: str) -> None:
    tree = printed(name).tree
    found = list(tree.find("Table"))
    assert len(found) == 2
    for table in found:
        assert [kid.kind for kid in table.kids if isinstance(kid, Element)] == ["THead", "TBody"]
        assert len({run.page for run in table.runs()}) > 2
        assert len({run.page for run in next(table.find("THead")).runs()}) == 1


def test_a_list_over_several_pages_is_one_list_and_a_footnote_one_item() -> None:
    (notes,) = printed("largest").tree.find("L")
    assert [item.text for item in notes.find("LI")] == [
        squeezed(f"{number}.{note.text.text}") for number, note in enumerate(largest().footnotes, 1)
    ]
    assert max(len({run.page for run in item.runs()}) for item in notes.find("LI")) == 2


def test_a_paragraph_over_several_pages_is_one_paragraph() -> None:
    remarks = "\n".join(f"Line {number}." for number in range(150))
    tree = Tagged(drawing.pdf(replace(exercise_and_sell(), remarks=Value(remarks)))).tree
    (paragraph,) = (paragraph for paragraph in tree.find("P") if paragraph.text.startswith("Line0."))
    assert paragraph.text == squeezed(remarks)
    assert len({run.page for run in paragraph.runs()}) > 2


def test_a_table_far_down_in_the_page_is_one_table_too() -> None:
    found = printed("proof")
    (sheet,) = (table for table in found.tree.find("Table") if table.text.startswith("CodeText"))
    assert [row.kids[0].text for row in next(sheet.find("TBody")).find("TR")] == [f"X{n}" for n in range(90)]
    assert [headings_again(found, page) for page in range(1, len(found.sizes))] == [
        "",
        *["CodeText"] * (len(found.sizes) - 2),
    ]
    assert len(found.sizes) > 3


def test_a_table_without_lines_has_rows_alone() -> None:
    tables = list(printed("no lines").tree.find("Table"))
    assert [[row.kind for row in table.kids if isinstance(row, Element)] for table in tables] == [["TR"] * 3] * 2


# The pages of a firm's own templates


def printed_from(body: str) -> Tagged:
    page = f"<html lang=en><title>A title</title><style>* {{ font-family: Form Sans }}</style><body>{body}"
    faces = "".join(drawing._FACE.format(face=face, url=f"form4-font:{face.file}") for face in FACES)
    return Tagged(drawing._print(page, faces))


def test_a_link_in_a_heading_that_repeats_leads_on_once() -> None:
    rows = "".join(f"<tr><td>{n}" for n in range(200))
    found = printed_from(f"<h1 id=top>1</h1><table><thead><tr><th><a href=#top>up</a></thead><tbody>{rows}</table>")
    assert len(found.sizes) > 2
    assert faults(found) == set()
    assert sum(len(page.get("/Annots", [])) for page in found.reader.pages) == 1


def test_what_is_fixed_far_down_in_the_page_is_no_part_of_the_text_either() -> None:
    fixed = '<p style="position: fixed">Letterhead</p>'
    found = printed_from(f"<h1>1</h1><div><p>before{fixed}<p>after</div>" + "<p>text" * 100)
    assert len(found.sizes) > 1
    assert faults(found) == set()
    assert "Letterhead" not in found.tree.text


def test_text_right_in_the_body_and_a_heading_beside_rows_of_two_tables() -> None:
    rows = "".join(f"<tr><td>{n}" for n in range(60))
    table = f"<table><thead><tr><th>Head</thead><tbody>{rows}</table>"
    found = printed_from(f"loose text<h1>1</h1>{table}{table}")
    assert faults(found) == set()
    assert [len(list(part.find("TR"))) for part in found.tree.find("Table")] == [61, 61]


# The look at the tags


def test_the_look_finds_what_weasyprint_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "finish", lambda _document, _pdf: None)
    found = faults(Tagged(PRINTED["draft"]()))
    assert {"empty P", "empty Span", "Span beside the tree", "TH without Scope"} <= found


def first_of(found: Tagged, kind: str) -> Any:
    return next(element for element, _ in found.elements if element["/S"] == f"/{kind}")


def link_of(found: Tagged) -> Any:
    leaf: Any = found.reader.pages[0]
    return leaf["/Annots"][0].get_object()


def set_in(what: Any, key: str, value: Any) -> None:
    what[NameObject(key)] = value


def redraw(found: Tagged, old: bytes, new: bytes) -> None:
    """Change each such piece of the first page's drawing."""
    stream: Any = found.reader.pages[0]["/Contents"]
    drawing = stream.get_data()
    assert old in drawing
    stream.set_data(drawing.replace(old, new))


SPOILED: dict[str, Callable[[Tagged], Any]] = {
    "Code is no standard type": lambda found: set_in(first_of(found, "Span"), "/S", NameObject("/Code")),
    "P in L": lambda found: set_in(first_of(found, "LI"), "/S", NameObject("/P")),
    "TD in THead": lambda found: set_in(first_of(found, "TR"), "/S", NameObject("/TD")),
    "empty P": lambda found: first_of(found, "P")["/K"].clear(),
    "text or a link right in TR": lambda found: first_of(found, "TR")["/K"].append(NumberObject(0)),
    "LI with 0 LBody": lambda found: set_in(first_of(found, "LBody"), "/S", NameObject("/Lbl")),
    "Table of THead": lambda found: first_of(found, "Table")["/K"].pop(),
    "Figure without words": lambda found: set_in(first_of(found, "Span"), "/S", NameObject("/Figure")),
    "TH without Scope": lambda found: first_of(found, "TH")["/A"].pop("/Scope"),
    "rows of several lengths": lambda found: first_of(found, "TH")["/A"].pop("/RowSpan"),
    "H3 after H0": lambda found: set_in(first_of(found, "H1"), "/S", NameObject("/H3")),
    "page 1: TJ is neither tagged nor an artifact": lambda found: redraw(found, b"EMC", b"EMC [] TJ"),
    "page 1: an artifact in what is tagged, or the other way": lambda found: redraw(
        found, b"/Artifact\nBMC", b"/Span BMC /Artifact BMC EMC EMC /Artifact BMC"
    ),
    "P names another parent": lambda found: set_in(first_of(found, "P"), "/P", first_of(found, "H1")),
    "page 1: 0 is of another element": lambda found: found.parents[0].insert(0, NullObject()),
    "(0, 0) stands in the text twice": lambda found: first_of(found, "Link")["/K"].append(NumberObject(0)),
    "page 1: another order of tabs": lambda found: found.reader.pages[0].pop("/Tabs"),
    "page 1: a link that is none, or without words": lambda found: link_of(found).pop("/Contents"),
    "page 1: a link that is no part of the text": lambda found: link_of(found).pop("/StructParent"),
    "page 1: a link that its element does not know": lambda found: first_of(found, "Link")["/K"].pop(0),
    "MarkInfo": lambda found: found.catalog["/MarkInfo"].pop("/Marked"),
    "Lang": lambda found: found.catalog.pop("/Lang"),
    "DisplayDocTitle": lambda found: set_in(found.catalog["/ViewerPreferences"], "/DisplayDocTitle", NullObject()),
    "pdfuaid:part": lambda found: found.catalog["/Metadata"].set_data(
        found.catalog["/Metadata"].get_data().replace(b'part="1"', b'part="2"')
    ),
    "dc:title": lambda found: found.catalog["/Metadata"].set_data(
        found.catalog["/Metadata"].get_data().replace(b"Form 4", b"Form 5")
    ),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_the_look_finds_what_breaks_a_rule(fault: str) -> None:
    found = Tagged(one_page())
    SPOILED[fault](found)
    found.__dict__.pop("elements", None)  # it was read before
    assert fault in faults(found)


def test_the_look_finds_a_font_that_is_not_what_it_says() -> None:
    found = Tagged(one_page())
    font = found.fonts_in_use[0]
    descendant = font["/DescendantFonts"][0].get_object()
    descendant["/W"][1][0] = NumberObject(5000)
    assert {fault.partition(": ")[2].partition(" ")[0] for fault in fonts(found)} == {"glyph"}
    set_in(descendant, "/CIDToGIDMap", NullObject())
    assert f"{font['/BaseFont']}: an encoding that is not looked into here" in set(fonts(found))


def rows_of(*rows: list[tuple[str, int, int]]) -> Element:
    cells = [
        [Element(kind, {"/ColSpan": wide, "/RowSpan": high, "/Scope": "/Column"}) for kind, wide, high in row]
        for row in rows
    ]
    return Element("Table", {}, [Element("TR", {}, [*row]) for row in cells])


def test_the_look_at_tables_counts_spans() -> None:
    head = [("TH", 1, 2), ("TH", 2, 1), ("TH", 1, 2)]
    below = [("TH", 1, 1), ("TH", 1, 1)]
    assert list(table_grid(rows_of(head, below, [("TD", 1, 1)] * 4))) == []
    assert list(table_grid(rows_of(head, below, [("TD", 1, 1)] * 3))) == ["rows of several lengths"]
    assert list(table_grid(rows_of(head, [*below, ("TH", 1, 1)]))) == ["rows of several lengths"]
    assert list(table_grid(rows_of([("TD", 1, 1), ("TD", 1, 2)], [("TD", 2, 1)]))) == ["row 2: a cell on another"]
