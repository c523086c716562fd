"""What a reader sees of a filing's page."""

from __future__ import annotations

from lxml import etree

from form4_author.filing import Filing
from form4_author.page import drawing
from tests.page_sheet import Sheet, our_sheet


def sheet_of(filing: Filing) -> Sheet:
    return our_sheet(drawing.html(filing, fonts=False))


def text_of(filing: Filing) -> str:
    """All that a reader of the page sees of it."""
    (body,) = etree.HTML(drawing.html(filing, fonts=False)).iter("body")
    return " ".join("".join(str(text) for text in body.itertext()).split())


def cells(*texts: str | tuple[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A line: plain texts, and texts with one mark each."""
    return tuple((text, ()) if isinstance(text, str) else (text[0], (text[1],)) for text in texts)
