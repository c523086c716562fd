"""The fonts of the PDF bear the same names wherever it is made."""

from __future__ import annotations

import importlib
import re
from typing import Any

from form4_author.page import drawing
from form4_author.page.font_names import settle_font_names
from tests.page_filings import exercise_and_sell, largest
from tests.page_pdf import Printed

pydyf: Any = importlib.import_module("pydyf")  # it comes with WeasyPrint, and without types


def test_fonts_are_named_as_they_are_first_used() -> None:
    found = Printed(drawing.pdf(exercise_and_sell()))
    assert found.fonts() == {
        *("/AAAAAA+Form-Sans-Bold", "/AAAAAB+Form-Sans", "/AAAAAC+Form-Sans-Italic", "/AAAAAD+Form-Serif"),
    }


def test_every_page_chooses_the_fonts_by_these_names() -> None:
    found = Printed(drawing.pdf(largest(), draft=True))
    for page in found.reader.pages:
        contents: Any = page["/Contents"]
        used = set(re.findall(rb"/(\w+) [\d.]+ Tf", contents.get_data()))
        assert used <= {b"AAAAAA", b"AAAAAB", b"AAAAAC", b"AAAAAD"}
        assert used


def test_names_do_not_depend_on_what_they_were() -> None:
    def document(*tags: str) -> list[bytes]:
        pdf: Any = pydyf.PDF()
        fonts = pydyf.Dictionary()
        for tag in tags:
            font = pydyf.Dictionary({"Type": "/Font", "BaseFont": f"/{tag}+Form-Sans".encode()})
            pdf.add_object(font)
            fonts[tag] = font.reference
        pdf.add_object(fonts)
        pdf.add_object(pydyf.Dictionary({"Font": fonts.reference}))
        text = pydyf.Stream()
        for tag in tags:
            text.set_font_size(tag, 7)
        pdf.add_object(text)
        settle_font_names(pdf)
        return [part.data for part in pdf.objects[3:]]

    assert document("QWERTY", "ASDFGH") == document("AAAAAB", "AAAAAA")
    assert b"/AAAAAA 7 Tf\n/AAAAAB 7 Tf" in document("QWERTY", "ASDFGH")[-1]


def test_a_page_without_text_has_no_fonts_to_name() -> None:
    pdf: Any = pydyf.PDF()
    settle_font_names(pdf)
    assert len(pdf.objects) == 3
