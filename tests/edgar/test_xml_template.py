"""What a template makes of texts: markup escaped, one kind of line end, plain ASCII or nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from form4_author.edgar.ownership_xml import read
from form4_author.filing import (
    Footnote,
    Issuer,
    Value,
)
from form4_author.findings import Origin, Position, Rejected
from tests.edgar.ownership import FILING, document, filer, record


def test_what_is_written_reads_back_as_typed() -> None:
    filing = read(document(record(FILING)))
    assert filing.footnotes[0].text.text == "One.\n  Two lines; &#39; and &quot; as typed."
    assert filing.owners[0].officer_title.text == "VP <Ops> & Owner's"


def test_no_text_is_a_template_or_markup() -> None:
    odd = "{{ filing }} {% if %} {# x #} <b>&lt;</b> ]]> <!-- --> '\" ${x}"
    filing = replace(FILING, remarks=Value(odd), issuer=Issuer(trading_symbol=Value(odd)))
    again = read(document(record(filing)))
    assert again.remarks.text == odd
    assert again.issuer.trading_symbol.text == odd


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb"])
def test_line_ends_are_line_feeds(text: str) -> None:
    written = record(replace(FILING, remarks=Value(text)))
    assert b"<remarks>a\nb</remarks>" in written


def test_a_character_that_cannot_be_written_is_refused_with_its_place() -> None:
    here = Origin(Position("plan.yaml", 7, 3), "remarks")
    filing = replace(
        FILING,
        remarks=Value("caf\u00e9 \u00e9 \x07", here),
        footnotes=(Footnote(id=Value("F1"), text=Value("\u201cPlan")),),
    )
    with pytest.raises(Rejected) as caught:
        record(filing)
    assert [(f.code, f.message, f.origin) for f in caught.value.findings] == [
        (
            "XML007",
            "latin small letter e with acute can't be written: EDGAR's documents are plain ASCII",
            here,
        ),
        ("XML007", "the character U+0007 can't be written: EDGAR's documents are plain ASCII", here),
        (
            "XML007",
            "left double quotation mark can't be written: EDGAR's documents are plain ASCII",
            Origin(path="/ownershipDocument/footnotes/footnote"),
        ),
    ]


def test_a_ccc_that_cannot_be_written_is_refused_without_being_shown() -> None:
    with pytest.raises(Rejected) as caught:
        filer(FILING, _9999999999="a#ofc0r\u00e9")
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == ("XML007", "a CCC holds a character that can't be written")
