"""What is printed: the text of a PDF by its structure tree, and where on the page each piece stands."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Run:
    """One piece of text as printed: its place in points from the left and the top of the page."""

    page: int
    mcid: int
    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    slanted: bool

    @property
    def top(self) -> float:
        """The top of the capitals."""
        return self.baseline - 0.7 * self.size

    @property
    def bottom(self) -> float:
        """The foot of the letters."""
        return self.baseline + 0.2 * self.size


@dataclass
class Element:
    """A node of the structure tree: its type (`TD`), the text right in it, and the nodes below, in reading order."""

    kind: str
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Element | Run] = field(default_factory=list)

    def runs(self) -> Iterator[Run]:
        """All pieces of text in it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Run):
                yield kid
            else:
                yield from kid.runs()

    def find(self, kind: str) -> Iterator[Element]:
        """The nodes of a type below, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                if kid.kind == kind:
                    yield kid
                yield from kid.find(kind)

    @property
    def text(self) -> str:
        """All text in it, without any white space, since lines break where the page does."""
        return re.sub(r"\s", "", "".join(run.text for run in self.runs()))


class Printed:
    """A PDF, opened for a look at what it prints."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(pdf))
        self.catalog: Any = self.reader.trailer["/Root"]
        self.sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in self.reader.pages]

    @cached_property
    def runs(self) -> list[Run]:
        """Every piece of text, page by page, as drawn."""
        return [run for number in range(len(self.reader.pages)) for run in self._drawn(number)]

    @cached_property
    def tree(self) -> Element:
        """The structure tree from its `Document` on."""
        references = [page.indirect_reference for page in self.reader.pages]
        pages = {reference.idnum: n for n, reference in enumerate(references) if reference}
        drawn = {(run.page, run.mcid): run for run in self.runs}

        def node(element: Any) -> Element:
            built = Element(element["/S"][1:], dict(element.get("/A", {})))
            kids = element["/K"]
            for kid in kids if isinstance(kids, list) else [kids]:
                if isinstance(kid, int):
                    if run := drawn.get((pages[element.raw_get("/Pg").idnum], kid)):
                        built.kids.append(run)
                elif "/S" in (below := kid.get_object()):
                    built.kids.append(node(below))
            return built

        return node(self.catalog["/StructTreeRoot"]["/K"][0].get_object())

    def fonts(self) -> set[str]:
        """The names of the fonts in use; each must be embedded."""
        names = set()
        for page in self.reader.pages:
            resources: Any = page["/Resources"]
            for font in resources["/Font"].values():
                (descendant,) = font["/DescendantFonts"]
                assert descendant["/FontDescriptor"]["/FontFile2"].get_data()
                names.add(str(font["/BaseFont"]))
        return names

    def _drawn(self, number: int) -> Iterator[Run]:
        page: Any = self.reader.pages[number]
        height = float(page.mediabox.height)
        fonts = {name: _Font(font) for name, font in page["/Resources"]["/Font"].items()}
        at: Matrix = (1, 0, 0, 1, 0, 0)
        kept: list[Matrix] = []
        text_at, font, size, mcid = at, None, 0.0, -1
        for operands, operator in ContentStream(page["/Contents"], self.reader).operations:
            if operator == b"q":
                kept.append(at)
            elif operator == b"Q":
                at = kept.pop()
            elif operator == b"cm":
                at = _times(_matrix(operands), at)
            elif operator == b"BDC":
                mcid = int(operands[1].get("/MCID", -1))
            elif operator == b"Tm":
                text_at = _matrix(operands)
            elif operator == b"Tf":
                font, size = fonts[operands[0]], float(operands[1])
            elif operator == b"TJ" and font is not None:
                text, width = font.read(operands[0])
                a, b, _, d, x, y = _times(text_at, at)
                yield Run(number, mcid, text, x, x + a * width * size, height - y, abs(d) * size, slanted=abs(b) > 0.01)


class _Font:
    """The widths and letters of a font's glyphs."""

    def __init__(self, font: Any) -> None:
        stream = font["/ToUnicode"].get_data().decode("ascii")
        self.letters = {
            int(glyph, 16): bytes.fromhex(text).decode("utf-16-be")
            for glyph, text in re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", stream)
        }
        self.widths: dict[int, float] = {}
        (descendant,) = font["/DescendantFonts"]
        widths = list(descendant["/W"])
        while widths:
            first, several, *widths = widths
            self.widths |= {int(first) + n: float(width) / 1000 for n, width in enumerate(several)}

    def read(self, pieces: Any) -> tuple[str, float]:
        """The text of an array of strings and shifts, and its width up to the last letter for a size of one."""
        text, width, at_last_letter = "", 0.0, 0.0
        for piece in pieces:
            if isinstance(piece, int | float):
                width -= float(piece) / 1000
                continue
            data = piece.original_bytes
            for glyph in (int.from_bytes(data[n : n + 2]) for n in range(0, len(data), 2)):
                text += self.letters[glyph]
                width += self.widths[glyph]
                if self.letters[glyph] != " ":
                    at_last_letter = width
        return text, at_last_letter


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return (a, b, c, d, e, f)


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


# What is to be said of a whole PDF

LEFT, RIGHT, TOP, BOTTOM = 36.0, 756.0, 28.8, 612 - 46.8  # the margins of the page, in points


def squeezed(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s", "", text)


def text_in_order(document: Element) -> str:
    """The text in reading order, without white space; a table that goes on over the page says its headings once."""
    return document.text


def headings_again(found: Printed, page: int) -> str:
    """What is printed on a page above its foot and is no part of the text, without white space: no watermark."""
    runs = (run for run in found.runs if run.page == page and run.mcid < 0 and run.top <= BOTTOM and not run.slanted)
    return squeezed("".join(run.text for run in runs))


def misplaced(found: Printed) -> Iterator[str]:
    """Text that runs off the page or into other text; what lies aslant, a watermark, is behind all."""
    for page, (width, height) in enumerate(found.sizes):
        assert (width, height) == (792, 612)
        runs = [run for run in found.runs if run.page == page and run.text.strip() and not run.slanted]
        for number, one in enumerate(runs):
            if one.x0 < LEFT - 0.1 or one.x1 > RIGHT + 0.1 or one.top < TOP - 0.5 or one.bottom > height - 12:
                yield f"page {page + 1}: {one.text!r} runs off the page"
            for other in runs[:number]:
                across = min(one.x1, other.x1) - max(one.x0, other.x0)
                down = min(one.bottom, other.bottom) - max(one.top, other.top)
                if across > 0.3 and down > 0.3:
                    yield f"page {page + 1}: {one.text!r} runs into {other.text!r}"
