"""What a PDF breaks of the rules of PDF/UA-1 that a machine can check (ISO 14289-1, and what it builds on)."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any

from lxml import etree
from pypdf.generic import ContentStream, NullObject

from tests.page_pdf import Element, Printed

tt_lib: Any = importlib.import_module("fontTools.ttLib")  # it comes with WeasyPrint, and without types


class Tagged(Printed):
    """A PDF, opened for a look at its tags as they stand in the file."""

    @cached_property
    def root(self) -> Any:
        """The root of the structure tree."""
        return self.catalog["/StructTreeRoot"]

    @cached_property
    def elements(self) -> list[tuple[Any, Any]]:
        """Every element of the structure tree with what is above it, in reading order."""
        return list(self._below(self.root))

    def _below(self, above: Any) -> Iterator[tuple[Any, Any]]:
        for kid in kids_of(above):
            if not isinstance(kid, int) and "/S" in kid:
                yield kid, above
                yield from self._below(kid)

    @cached_property
    def parents(self) -> dict[int, Any]:
        """The parent tree: an element for each annotation, a list of elements for each page."""
        numbers = self.root["/ParentTree"]["/Nums"]
        return {int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)}

    @cached_property
    def fonts_in_use(self) -> list[Any]:
        """The fonts of the pages."""
        leaves: list[Any] = list(self.reader.pages)
        return [font for page in leaves for font in page["/Resources"]["/Font"].values()]


def kids_of(element: Any) -> list[Any]:
    """What is right below an element of the structure tree: numbers of marked contents, and dictionaries."""
    kids = element.get("/K", [])
    return [kid if isinstance(kid, int) else kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]


def number_of(part: Any) -> int:
    """The number of an object in the file."""
    return int(part.indirect_reference.idnum)


GROUPS = {"THead", "TBody", "TFoot"}
BELOW = {
    "Table": {"TR", "Caption", *GROUPS},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
}
ABOVE = {
    "TR": {"Table", *GROUPS},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
}
STANDARD = {"Document", "Div", "P", "Span", "Link", "NonStruct", "H1", "H2", "Figure", "Lbl", *BELOW, *ABOVE}


def nesting(found: Tagged) -> Iterator[str]:
    """Each element is of a standard type, where it may stand, and holds something unless it is a cell (7.1, 7.2)."""
    for element, above in found.elements:
        kind, over = element["/S"][1:], above.get("/S", "/")[1:]
        kids = [kid["/S"][1:] for kid in kids_of(element) if not isinstance(kid, int) and "/S" in kid]
        if kind not in STANDARD:
            yield f"{kind} is no standard type"
        if over not in ABOVE.get(kind, {over}) or kind not in BELOW.get(over, {kind}):
            yield f"{kind} in {over}"
        if kind in BELOW and len(kids) < len(kids_of(element)):
            yield f"text or a link right in {kind}"
        if not kids_of(element) and kind not in {"TH", "TD"}:
            yield f"empty {kind}"
        if kind == "LI" and kids.count("LBody") != 1:
            yield f"LI with {kids.count('LBody')} LBody"
        if kind == "Table" and (kids.count("THead") > 1 or ("THead" in kids and "TBody" not in kids)):
            yield f"Table of {', '.join(kids)}"
        if kind == "Figure" and not element.get("/Alt"):
            yield "Figure without words"


def table_grid(table: Element) -> Iterator[str]:
    """Spans counted, each row of a table fills the same columns, and each header says what it heads (7.5)."""
    rows = list(table.find("TR"))
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for cell in (kid for kid in row.kids if isinstance(kid, Element)):
            while (at, column) in taken:
                column += 1
            wide, high = (int(cell.attributes.get(name, 1)) for name in ("/ColSpan", "/RowSpan"))
            area = {(at + down, column + right) for down in range(high) for right in range(wide)}
            if area & taken:
                yield f"row {at + 1}: a cell on another"
            taken |= area
            if cell.kind == "TH" and cell.attributes.get("/Scope") not in {"/Row", "/Column", "/Both"}:
                yield "TH without Scope"
    width = 1 + max((column for _, column in taken), default=0)
    if taken != {(row, column) for row in range(len(rows)) for column in range(width)}:
        yield "rows of several lengths"


def tables(found: Tagged) -> Iterator[str]:
    """What `table_grid` says of each table."""
    for table in found.tree.find("Table"):
        yield from table_grid(table)


def headings(found: Tagged) -> Iterator[str]:
    """The first heading is an H1, and none is more than a level below the one before (7.4)."""
    levels = [0, *(int(element["/S"][2:]) for element, _ in found.elements if re.fullmatch(r"/H\d", element["/S"]))]
    yield from (f"H{after} after H{before}" for before, after in pairwise(levels) if after > before + 1)


PAINTS = {*(b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do"), *(b"Tj", b"TJ", b"'", b'"')}


def marked_contents(found: Tagged) -> Iterator[str]:
    """All that is drawn is tagged or an artifact, never both (7.1)."""
    for number, page in enumerate(found.reader.pages, 1):
        open_now: list[str] = []
        for operands, operator in ContentStream(page["/Contents"], found.reader).operations:
            if operator in {b"BDC", b"BMC"}:
                open_now.append(str(operands[0]))
            elif operator == b"EMC":
                open_now.pop()
            if operator in PAINTS and not open_now:
                yield f"page {number}: {operator.decode()} is neither tagged nor an artifact"
            if "/Artifact" in open_now and len(open_now) > 1:
                yield f"page {number}: an artifact in what is tagged, or the other way"


def parents(found: Tagged) -> Iterator[str]:
    """Tree, parent tree, and pages say the same of each marked content, and no element is left beside the tree."""
    said: dict[tuple[int, int], int] = {}
    for element, above in found.elements:
        if number_of(element["/P"]) != number_of(above):
            yield f"{element['/S'][1:]} names another parent"
        for mark in (kid for kid in kids_of(element) if isinstance(kid, int)):
            place = (int(element["/Pg"]["/StructParents"]), int(mark))
            if place in said:
                yield f"{place} stands in the text twice"
            said[place] = number_of(element)
    for number in range(len(found.sizes)):
        for mark, part in enumerate(found.parents[number]):
            element = part.get_object()
            if (None if isinstance(element, NullObject) else number_of(element)) != said.pop((number, mark), None):
                yield f"page {number + 1}: {mark} is of another element"
    yield from (f"{place} is not in the parent tree" for place in said)
    known = {number_of(element) for element, _ in found.elements}
    trailer: Any = found.reader.trailer
    for number in {*range(1, int(trailer["/Size"]))} - known:
        other: Any = found.reader.get_object(number)
        if isinstance(other, dict) and other.get("/Type") == "/StructElem":
            yield f"{other['/S'][1:]} beside the tree"


def links(found: Tagged) -> Iterator[str]:
    """Each annotation is a link in a Link, in words, and is reached in the order of the text (7.18)."""
    for number, page in enumerate(found.reader.pages, 1):
        annotations: Any = page.get("/Annots", [])
        if page.get("/Tabs") != "/S":
            yield f"page {number}: another order of tabs"
        for link in (annotation.get_object() for annotation in annotations):
            element = found.parents.get(link.get("/StructParent"))
            if link["/Subtype"] != "/Link" or not link.get("/Contents"):
                yield f"page {number}: a link that is none, or without words"
            if element is None or element.get("/S") != "/Link":
                yield f"page {number}: a link that is no part of the text"
            elif link not in [kid["/Obj"] for kid in kids_of(element) if not isinstance(kid, int) and "/Obj" in kid]:
                yield f"page {number}: a link that its element does not know"


def what_it_is(found: Tagged) -> Iterator[str]:
    """The document says that it is tagged, its language and title, and that it is PDF/UA-1 (5, 7.1, 7.2)."""
    marks = found.catalog["/MarkInfo"]
    if str(marks.get("/Marked")) != "True" or str(marks.get("/Suspects", "False")) != "False":
        yield "MarkInfo"
    if not found.catalog.get("/Lang"):
        yield "Lang"
    if str(found.catalog["/ViewerPreferences"]["/DisplayDocTitle"]) != "True":
        yield "DisplayDocTitle"
    about: Any = etree.fromstring(found.catalog["/Metadata"].get_data())
    part = about.xpath("//@*[namespace-uri()='http://www.aiim.org/pdfua/ns/id/' and local-name()='part']")
    title = about.xpath("//*[namespace-uri()='http://purl.org/dc/elements/1.1/' and local-name()='title']//text()")
    if part != ["1"]:
        yield "pdfuaid:part"
    if found.reader.metadata is None or "".join(title).strip() != found.reader.metadata.title:
        yield "dc:title"


def fonts(found: Tagged) -> Iterator[str]:
    """Each font is embedded, of the widths that it says, and says which letter a glyph is (7.21)."""
    for font in found.fonts_in_use:
        (descendant,) = font["/DescendantFonts"]
        descriptor = descendant["/FontDescriptor"]
        if font["/Encoding"] != "/Identity-H" or descendant["/CIDToGIDMap"] != "/Identity" or "/CIDSet" in descriptor:
            yield f"{font['/BaseFont']}: an encoding that is not looked into here"
        program = tt_lib.TTFont(io.BytesIO(descriptor["/FontFile2"].get_data()))
        scale, names = 1000 / program["head"].unitsPerEm, program.getGlyphOrder()
        used = set(re.findall(r"<([0-9a-f]{4})> <[0-9a-f]+>", font["/ToUnicode"].get_data().decode("ascii")))
        widths, said = list(descendant["/W"]), dict[int, float]()
        while widths:
            first, several, *widths = widths
            said |= {int(first) + at: float(width) for at, width in enumerate(several)}
        for glyph in (int(code, 16) for code in used):
            if abs(said[glyph] - program["hmtx"][names[glyph]][0] * scale) > 1:
                yield f"{font['/BaseFont']}: glyph {glyph} has another width"


RULES: list[Callable[[Tagged], Iterator[str]]] = [
    *(nesting, tables, headings, marked_contents, parents, links, what_it_is, fonts),
]


def faults(found: Tagged) -> set[str]:
    """All that a PDF breaks of the rules above, each once."""
    return {fault for rule in RULES for fault in rule(found)}
