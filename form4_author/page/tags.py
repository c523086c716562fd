"""The tags of the printed form: from what WeasyPrint writes to what PDF/UA-1 asks for (ISO 14289-1, 7.1 to 7.8).

WeasyPrint tags each page by itself. Here the pages become one text: a table, a list, or a paragraph that goes on over
the page is one element, and the headings of a table stand in it once. What is there for the sheet of paper is marked as
no part of the text: the foot, a watermark, and headings that are printed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from form4_author.page import printed

_Element = dict[str, Any]  # of the structure tree: /S is its type, /K its kids, /Pg the page
_Box = Any  # of WeasyPrint's layout

_DIVISIBLE = {"/Art", "/BlockQuote", "/Div", "/L", "/LBody", "/LI", "/P", "/Part", "/Sect", "/Table", "/TBody"}
_REPEATED = {"/THead", "/TFoot"}
_MAY_BE_EMPTY = {"/Document", "/TD", "/TH"}


def finish(document: Any, pdf: Any) -> None:
    """Bring the tags of a PDF to what PDF/UA-1 asks for, before it is written.

    Args:
        document: WeasyPrint's document.
        pdf: the PDF made of it.
    """
    tags = _Tags(pdf)
    tags.take_out_the_feet()
    pages = list(zip(pdf.page_references, document.pages, strict=True))
    for reference, page in pages:
        tags.match(tags.of_page(reference), list(_boxes_of_page(page)))
    tags.drop_empty(tags.text)
    parts = [[part.reference for part in tags.of_page(reference)] for reference, _ in pages]
    tags.text["K"].clear()
    for of_page in parts:
        tags.put(tags.text, of_page)
    for part in tags.objects.values():
        if isinstance(part, dict):
            tags.drop_head_without_body(part)
            tags.mend(part)


class _Tags:
    """The structure tree of a PDF: `text` is its `Document`."""

    def __init__(self, pdf: Any) -> None:
        self.objects: dict[bytes, Any] = {part.reference: part for part in pdf.objects}
        self.root = self.objects[pdf.catalog["StructTreeRoot"]]
        (top,) = self.root["K"]
        self.text: Any = self.objects[top]
        self.text.setdefault("K", type(self.root["K"])())  # of an empty page
        self.nodes: dict[bytes, Any] = {}  # the node of the HTML that an element comes from

    def of_page(self, page: bytes) -> list[Any]:
        """The elements right below the document on a page."""
        elements = (self.objects[kid] for kid in self.text["K"])
        return [part for part in elements if part.get("Pg") == page]

    def kids(self, element: _Element) -> list[Any]:
        """The elements right below one, without text and links that stand in itself."""
        return [self.objects[kid] for kid in element["K"] if not isinstance(kid, int) and "S" in self.objects[kid]]

    def take_out_the_feet(self) -> None:
        """What stands in the margins: WeasyPrint says that it belongs to the document, which does not know of it."""
        known = set(self.text["K"])
        for reference, part in self.objects.items():
            if isinstance(part, dict) and part.get("P") == self.text.reference and reference not in known:
                self.take_out(part, "Footer")

    def match(self, elements: list[Any], boxes: list[_Box]) -> None:
        """Note which nodes elements come from, where they and the boxes are the same in number; take out what is fixed.

        What is fixed stands at the same place of each page.
        """
        if len(elements) != len(boxes):
            return
        for element, box in zip(elements, boxes, strict=True):
            if box.style["position"] == "fixed":
                self.take_out(element, "Watermark")
            else:
                self.nodes[element.reference] = box.element
                self.match(self.kids(element), list(_boxes_below(element, box)))

    def drop_empty(self, element: _Element) -> bool:
        """Leave out what holds neither text nor a link, cells and the document aside; say whether it is gone itself."""
        if "S" not in element:
            return "Obj" not in element
        element["K"][:] = [
            kid for kid in element["K"] if isinstance(kid, int) or not self.drop_empty(self.objects[kid])
        ]
        if element["K"] or element["S"] in _MAY_BE_EMPTY:
            return False
        element.clear()
        return True

    def put(self, element: Any, parts: list[bytes]) -> None:
        """Put the parts that stand on the next page below an element.

        The first may be the rest of the element's last one; headings that the element has got are no part of the text.
        """
        for part in [part for part in parts if self._has(element, part)]:
            self.take_out(self.objects[part], "")
            parts.remove(part)
        if parts and element["K"] and self._goes_on(element["K"][-1], parts[0]):
            rest = self.objects[parts.pop(0)]
            self.put(self.objects[element["K"][-1]], rest["K"])
            rest.clear()
        for part in parts:
            element["K"].append(part)
            self.objects[part]["P"] = element.reference

    def drop_head_without_body(self, element: Any) -> None:
        """The headings of a table without lines are rows like any: a head stands only above a body."""
        groups = self.kids(element) if element.get("S") == "/Table" else []
        if [group["S"] for group in groups] == ["/THead"]:
            (head,) = groups
            element["K"].clear()
            self.put(element, head["K"])
            head.clear()

    def mend(self, part: Any) -> None:
        """Say what a header heads, its line or its column, and where a link leads.

        WeasyPrint lists the headers of each cell instead, wrongly where a header spans rows.
        """
        if part.get("Subtype") == "/Link":
            part["Contents"] = _in_words(part)
        elif part.get("S") == "/TH":
            part.pop("ID")
            group = self.objects[self.objects[part["P"]]["P"]]
            part["A"]["Scope"] = "/Row" if group.get("S") == "/TBody" else "/Column"
        elif part.get("S") == "/TD":
            part["A"].pop("Headers", None)

    def _has(self, element: _Element, part: bytes) -> bool:
        return self.objects[part].get("S") in _REPEATED and any(self._same_node(kid, part) for kid in element["K"])

    def _goes_on(self, one: bytes, other: bytes) -> bool:
        kinds = {self.objects[part].get("S") for part in (one, other)}
        return len(kinds) == 1 and kinds <= _DIVISIBLE and self._same_node(one, other)

    def _same_node(self, one: bytes, other: bytes) -> bool:
        node = self.nodes.get(one)
        return node is not None and node is self.nodes.get(other)

    def take_out(self, element: _Element, what: str) -> None:
        """Make an element, and all below it, an artifact of the page (ISO 32000-1, 14.8.2.2)."""
        for kid in element["K"]:
            if not isinstance(kid, int):
                self._take_out_below(self.objects[kid], what)
                continue
            page = self.objects[element["Pg"]]
            self._elements_of(page["StructParents"])[kid] = "null"
            _mark_as_artifact(self.objects[page["Contents"]].stream, kid, what)
        element.clear()

    def _take_out_below(self, part: Any, what: str) -> None:
        if "S" in part:
            self.take_out(part, what)
        else:  # a link stands in the text or not at all
            self.objects[part["Pg"]]["Annots"].remove(part["Obj"])
            self._numbers[2 * self.objects[part["Obj"]]["StructParent"] + 1] = "null"

    def _elements_of(self, page: int) -> Any:
        return self._numbers[2 * page + 1]

    @property
    def _numbers(self) -> Any:
        return self.objects[self.root["ParentTree"]]["Nums"]


def _boxes_of_page(page: Any) -> Iterator[_Box]:
    """The boxes that WeasyPrint makes elements of, right below the document."""

    def below(box: _Box) -> Iterator[_Box]:
        for child in box.children:
            if child.element_tag in {"html", "body"} and not _is_line(child):
                yield from below(child)
            else:
                yield child

    yield from below(page._page_box.children[0])  # noqa: SLF001 - it has no public name


def _boxes_below(element: _Element, box: _Box) -> Iterator[_Box]:
    """The boxes that WeasyPrint makes elements of, right below the element of a box."""
    if element["S"] == "/LI" and box.style["list_style_type"] == "none":
        yield box  # once more, as the item's body
        return
    table = box.get_wrapped_table() if element["S"] == "/Table" and box.is_table_wrapper else None
    for child in box.children:
        if child is table or _is_line(child):
            yield from child.children
        else:
            yield child


def _is_line(box: _Box) -> bool:
    return type(box).__name__ == "LineBox"  # WeasyPrint is not loaded here


def _mark_as_artifact(stream: list[Any], mark: int, what: str) -> None:
    """Make the marked content of that number an artifact: a `Footer`, a `Watermark`, or nothing by name."""
    subtype = f" /Subtype /{what}" if what else ""
    for at, part in enumerate(stream):
        if part == b"BDC" and stream[at - 1] == {"MCID": mark}:
            stream[at - 2 : at] = ["/Artifact", f"<</Type /Pagination{subtype}>>"]
            return


def _in_words(link: Any) -> Any:
    """Where a link leads: a place of the page, or an address that a firm's own template names."""
    if "Dest" in link:
        return type(link["Dest"])(printed.anchor_in_words(link["Dest"].string))
    return link["A"]["URI"]
