"""XML bytes to text: the encoding as declared, and what is no text refused at its place."""

from __future__ import annotations

import pytest

from form4_author.edgar.decoding import readable
from form4_author.edgar.unwrap import unwrap
from form4_author.edgar.xml_source import parse
from form4_author.findings import Rejected
from tests.edgar.parsed import refusal, told

SAVE_AS_ASCII = "EDGAR takes ASCII: save the file as plain text (ASCII or UTF-8, no byte order mark)."
CCC = "a#ofc0rn"
STARS = "*" * 8


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        ('<?xml version="1.0"?><a/>'.encode("utf-16"), "1:1", "the file is UTF-16 text"),
        ("<a/>".encode("utf-16-le"), "1:1", "the file is UTF-16 text"),
        ("<a/>".encode("utf-16-be"), "1:1", "the file is UTF-16 text"),
        ("<a/>".encode("utf-32"), "1:1", "the file is UTF-32 text"),
        ('<?xml version="1.0"?><a/>'.encode("cp037"), "1:1", "the file is EBCDIC text"),
        (b'<?xml version="1.0" encoding="cp037"?><a/>', "1:31", "the file is declared as cp037"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a>+AGE-</a>', "1:31", "the file is declared as UTF-7"),
        (b'<?xml version="1.0"\n encoding="utf-16"?><a/>', "2:12", "the file is declared as utf-16"),
        (
            b'\xef\xbb\xbf<?xml version="1.0" encoding="iso-8859-1"?><a/>',
            "1:31",
            "the file is declared as iso-8859-1, but begins with UTF-8's byte order mark",
        ),
        (b"<a>\n<b>caf\xe9</b></a>", "2:7", "byte 0xE9 is not UTF-8 text"),
        (b"<a>\r\n\xc3\xa9\xe2\x80</a>", "2:2", "byte 0xE2 is not UTF-8 text"),
        (b'<?xml version="1.0" encoding="us-ascii"?>\n<a>\xc3\xa9</a>', "2:4", "byte 0xC3 is not us-ascii text"),
        (b"<a>\nx\0y</a>", "2:2", "the file holds a NUL byte here, so it is no text"),
    ],
)
def test_not_text_of_a_known_encoding(data: bytes, place: str, message: str) -> None:
    finding = refusal(data)
    assert told(finding) == (f"doc.xml:{place}", "XML004", message)
    assert finding.hint == SAVE_AS_ASCII


@pytest.mark.parametrize(
    ("declared", "data"),
    [("ISO-8859-1", b"caf\xe9"), ("Windows-1252", b"caf\xe9"), ("UTF-8", b"caf\xc3\xa9"), ("utf-8", b"caf\xc3\xa9")],
)
def test_the_declared_encoding_is_followed(declared: str, data: bytes) -> None:
    document = parse(b'<?xml version="1.0" encoding="' + declared.encode() + b'"?><a>' + data + b"</a>", "doc.xml")
    assert document.root.text == "caf\u00e9"


@pytest.mark.parametrize("encoding", ["ascii", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_readable_masks_in_every_encoding(encoding: str) -> None:
    text = f"<a>\r\n<rptOwnerCcc>{CCC}</rptOwnerCcc>\r</a>"
    assert readable(text.encode(encoding)) == f"<a>\n<rptOwnerCcc>{STARS}</rptOwnerCcc>\n</a>"


def test_what_is_no_text_is_not_shown() -> None:
    assert readable(f" <rptOwnerCcc>{CCC}</rptOwnerCcc>".encode("utf-16-le")) == ""
    assert CCC not in readable(f"<?xml?><rptOwnerCcc>{CCC}</rptOwnerCcc>".encode("cp037"))


@pytest.mark.parametrize(
    ("before", "after", "code", "at"),
    [
        ("<XML>\n", "\u00e9\u00e9 <?xml n ?>", "XML004", "<?xml n"),
        ("<XML>\n", '\u00e9\u00e9 <?xml version="1.0" encoding="caf"?>', "XML004", "caf"),
        ("</remarks>", "\u00e9\u00e9 & co</remarks>", "XML001", "& co"),
        ("<own", '<?xml version="1.0" encoding="iso-8859-1"?><own', "XML001", "</remarks>"),
    ],
)
def test_beside_an_exhibit_of_another_encoding_what_is_told_stands_in_the_text_that_is_shown(
    before: str, after: str, code: str, at: str
) -> None:
    form = "<ownershipDocument>\n<remarks>\u00e9\u00e9 <b></remarks>\n</ownershipDocument>\n"
    text = f"<DOCUMENT>\n<TYPE>4\n<TEXT>\n<XML>\n{form}</XML>\n</TEXT>\n</DOCUMENT>\n"
    data = text.replace(before, after, 1).encode() + b"\xff"
    texts: dict[str, str] = {}
    with pytest.raises(Rejected) as caught:
        unwrap(data, "filing.txt", texts=texts)
    (finding,) = caught.value.findings
    place = finding.origin.position
    assert place is not None
    assert (finding.code, texts["filing.txt"].split("\n")[place.line - 1][place.column - 1 :][: len(at)]) == (code, at)
