"""XML in: positions exact, hostile input refused with one finding, quickly."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from form4_author.edgar.xml_source import parse, parse_part
from form4_author.findings import Position, Rejected, Severity
from tests.conftest import shared_dir
from tests.edgar.parsed import refusal, told
from tests.work import calls

DECLARATION = b'<?xml version="1.0"?>\n'


BOMB = b"""<?xml version="1.0"?>
<!-- <!DOCTYPE a> --><!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
]>
<lolz>&lol2;</lolz>"""


@pytest.mark.parametrize(
    ("data", "place", "name"),
    [
        (BOMB, "2:22", "lolz"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<a>&x;</a>', "1:1", "a"),
        (b'\n<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd">\n<a/>', "2:1", "a"),
        (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>\n<a/>', "1:1", "a"),
    ],
)
def test_a_document_type_declaration_is_refused(data: bytes, place: str, name: str) -> None:
    finding = refusal(data)
    assert told(finding) == (
        f"doc.xml:{place}",
        "XML002",
        f"a document type declaration (<!DOCTYPE {name}) is not allowed",
    )


@pytest.mark.parametrize(
    ("size", "document", "place", "message"),
    [
        (10_000, lambda n: b"<a>" * n, "1:97", "elements are nested more than 32 deep"),
        (10_000, lambda n: b"<a>\n" * n + b"</a>" * n, "33:1", "elements are nested more than 32 deep"),
        (300_000, lambda n: b"<a>" + b"<b/>" * n + b"</a>", "1:800000", "more than 200,000 elements"),
        (300, lambda n: b"<a>\n" + b"<?p q?>\n" * n + b"</a>", "202:1", "more than 200 processing instructions"),
        (20 << 20, lambda n: b"<a>" + b"x" * n + b"</a>", "1:1", "the file is larger than 16 MiB"),
    ],
    ids=["deep", "deep and closed", "many", "instructions", "large"],
)
def test_too_much_is_refused_before_more_of_it_is_looked_at(
    size: int, document: Callable[[int], bytes], place: str, message: str
) -> None:
    data, larger = document(size), document(3 * size)
    assert told(refusal(data)) == (f"doc.xml:{place}", "XML003", message)
    assert calls(lambda: refusal(larger)) < 2 * calls(lambda: refusal(data))


def test_xinclude_is_an_element_like_any_other() -> None:
    data = b"""<a xmlns:xi="http://www.w3.org/2001/XInclude">
<xi:include href="file:///etc/passwd" parse="text"/></a>"""
    (element,) = parse(data, "doc.xml").root
    assert element.tag == "xi:include"
    assert element.text is None


def test_positions_count_characters() -> None:
    """Letters of two and four bytes, tabs, and all three line ends."""
    text = "<a>\u00e9\U0001f4c8<b/>\r\n\t<c>\u00e9</c>\r<d x='\U0001f4c8'><e/></d>\n\n  <b/></a>"
    document = parse(text.encode(), "doc.xml")
    shown = {document.path_of(element): document.origin_of(element).position for element in document.root.iter()}
    assert shown == {
        "/a": Position("doc.xml", 1, 1),
        "/a/b[1]": Position("doc.xml", 1, 6),
        "/a/c": Position("doc.xml", 2, 2),
        "/a/d": Position("doc.xml", 3, 1),
        "/a/d/e": Position("doc.xml", 3, 10),
        "/a/b[2]": Position("doc.xml", 5, 3),
    }
    lines = document.text.split("\n")
    for element in document.root.iter():
        place = document.origin_of(element).position
        assert place is not None
        assert lines[place.line - 1][place.column - 1 :].startswith(f"<{element.tag}")


def test_an_origin_knows_its_path() -> None:
    document = parse(b"<a><b/><b><c/></b></a>", "doc.xml")
    assert document.origin_of(document.root[1][0]).path == "/a/b[2]/c"


def test_what_edgar_does_not_take_is_told_with_its_place() -> None:
    data = b'\xef\xbb\xbf \n<?xml version="1.1"?>\n  <?xml-stylesheet href="x.xsl"?>\n<a>\n<?go on?></a>'
    document = parse(data, "doc.xml")
    assert [(*told(finding), finding.severity, finding.source) for finding in document.findings] == [
        (
            "doc.xml:1:1",
            "DOC005",
            "a byte order mark and blanks stand before the XML declaration",
            Severity.ERROR,
            "Specification 4.1(4)",
        ),
        (
            "doc.xml:2:1",
            "DOC005",
            "the XML declaration says version 1.1",
            Severity.ERROR,
            "Specification 4.1(4)",
        ),
        (
            "doc.xml:3:3",
            "DOC004",
            "EDGAR suspends a document with a processing instruction (<?xml-stylesheet ...?>)",
            Severity.ERROR,
            "Specification 5",
        ),
        (
            "doc.xml:5:1",
            "DOC004",
            "EDGAR suspends a document with a processing instruction (<?go ...?>)",
            Severity.ERROR,
            "Specification 5",
        ),
    ]
    assert document.instructions == ((Position("doc.xml", 3, 3), "xml-stylesheet"), (Position("doc.xml", 5, 1), "go"))
    assert document.declared_version == "1.1"
    place = document.origin_of(document.root).position
    assert place == Position("doc.xml", 4, 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xef\xbb\xbf" + DECLARATION + b"<a>\n</a>", "a byte order mark stands before the XML declaration"),
        (b"\n " + DECLARATION + b"<a>\n</a>", "blanks stand before the XML declaration"),
    ],
)
def test_something_before_the_declaration(data: bytes, message: str) -> None:
    assert [told(finding) for finding in parse(data, "d").findings] == [("d:1:1", "DOC005", message)]


def test_blanks_before_a_root_without_declaration_are_in_order() -> None:
    assert parse(b"\n <a>\n<b/></a>", "doc.xml").findings == ()


def test_a_document_on_one_line_is_told() -> None:
    (finding,) = parse(DECLARATION + b"<a><b>1</b><c/></a>", "doc.xml").findings
    assert told(finding) == ("doc.xml:2:1", "DOC009", "the whole document stands on one line")
    assert finding.severity is Severity.WARNING


CCC = "a#ofc0rn"
STARS = "*" * 8


def test_a_complaint_shows_no_ccc() -> None:
    finding = refusal(b"<a><rptOwnerCcc>a&ofc0r;</rptOwnerCcc></a>")
    assert told(finding) == ("doc.xml:1:18", "XML001", "an entity is not known")


def test_the_text_of_a_document_is_masked() -> None:
    document = parse(f"<a>\r\n<rptOwnerCcc>{CCC}</rptOwnerCcc></a>".encode(), "doc.xml")
    assert document.text == f"<a>\n<rptOwnerCcc>{STARS}</rptOwnerCcc></a>"
    assert CCC not in repr(document)


def test_a_part_of_a_text() -> None:
    whole = "From: someone\n<XML><a>\n  <b/>\n</a></XML>"
    document = parse_part(whole, "mail.txt", whole.index("<a>"), whole.index("</XML>"))
    assert document.origin_of(document.root).position == Position("mail.txt", 2, 6)
    assert document.origin_of(document.root[0]).position == Position("mail.txt", 3, 3)
    assert document.text == whole


def test_a_part_that_is_damaged() -> None:
    whole = "one\n  <a>\n & </a>"
    with pytest.raises(Rejected) as caught:
        parse_part(whole, "mail.txt", 6, len(whole))
    assert [told(finding) for finding in caught.value.findings] == [("mail.txt:3:2", "XML001", "a bare & in the text")]


def test_a_part_of_a_privacy_enhanced_mail() -> None:
    whole = "- <a>\n- - one<b/>\n- <c/></a>"
    document = parse_part(whole, "mail.txt", 2, len(whole), dashed=True)
    assert document.root.text == "\n- one"
    places = [document.origin_of(element).position for element in document.root.iter()]
    assert places == [Position("mail.txt", 1, 3), Position("mail.txt", 2, 8), Position("mail.txt", 3, 3)]


@pytest.mark.shared
def test_the_corpus_has_nothing_to_tell() -> None:
    files = sorted(shared_dir("corpus", "form4").glob("*/*.xml"))
    assert len(files) > 1000
    for path in files:
        document = parse(path.read_bytes(), path.name)
        assert document.findings == ()
        assert document.declared_version in {"", "1.0"}


@pytest.mark.parametrize("seed", range(300))
def test_damaged_documents_are_read_or_refused_with_one_finding(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(DECLARATION + b"<a>\n <b x='1'>text &amp; <![CDATA[more]]></b><!-- c --><?p q?>\n</a>\n" * 2)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data))
        data[start : start + chance.randint(0, 3)] = bytes(chance.choices(b"<>&;\"' /!?[]\x00\x80\xc3\xff\r\nax", k=2))
    try:
        parse(bytes(data), "doc.xml")
    except Rejected as refused:
        (finding,) = refused.findings
        place = finding.origin.position
        lines = bytes(data).decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert place is not None
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert finding.message
