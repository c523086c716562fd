"""The XML declaration, read as lxml reads it: what is accepted is the same text, or it is not accepted."""

from __future__ import annotations

from itertools import product

import pytest
from lxml import etree

from form4_author.edgar.declaration import Declared, declared
from form4_author.edgar.xml_source import parse
from form4_author.findings import Rejected

ENCODINGS = (
    *("utf-8", "UTF-8", "utf8", "us-ascii", "ASCII", "iso-8859-1", "ISO-8859-15", "latin1", "windows-1252", "cp1252"),
    *("utf-7", "UTF-16", "utf-16le", "UCS-4", "cp037", "ebcdic-us", "hz-gb-2312", "iso-2022-jp", "shift_jis", "x"),
    *(" utf-7", "utf-7 ", "", "utf_8"),
)
#: Each is another text in another encoding: a one in UTF-7, letters of Latin-1, shifts of Japanese and Chinese.
BODIES = (b"+ADE-", "\u00e9".encode(), b"\xe9", b"\x93", b"\x81", b"~{<:~}", b"\x1b$B0l\x1b(B")
BLANKS = (" ", "\n", "\t", "\r\n", " " * 100, "\x0b", "\x0c", "\u00a0", "")
SHAPES = (
    "<?xml{b}version='1.0'{b}encoding='{e}'?>",
    "<?xml{b}version = '1.0'{b}encoding = \"{e}\"{b}?>",
    "<?xml{b}encoding='{e}'?>",
    "<?xml{b}encoding='{e}'{b}version='1.0'?>",
    "<?xml{b}version='1.0'{b}standalone='yes'{b}encoding='{e}'?>",
    "<?xml{b}version='1.0'{b}encoding='{e}'{b}standalone='yes'?>",
    "<?xml{b}version='1.0'{b}encoding='{e}'{b}encoding='utf-8'?>",
    "<?xml{b}version='1.0'{b}xencoding='{e}'?>",
    "<?xml{b}version='1.0'{b}Encoding='{e}'?>",
    "<?xml{b}version='1.0 encoding=\"{e}\"'?>",
    "<?xml{b}version='1.0'{b}encoding=\"{e}'?>",
    "<?xml{b}version='1.0'{b}encoding={e}?>",
    "<?xml{b}version='1.0'{b}encoding='{e}'>",
    "<?XML{b}version='1.0'{b}encoding='{e}'?>",
    "\n<?xml{b}version='1.0'{b}encoding='{e}'?>",
    "\ufeff<?xml{b}version='1.0'{b}encoding='{e}'?>",
    "<!-- --><?xml{b}version='1.0'{b}encoding='{e}'?>",
    "<?xml-x{b}encoding='{e}'?>",
)


def ours(data: bytes) -> str | None:
    """The text as it is read here; None where the document is refused."""
    try:
        document = parse(data, "x")
    except Rejected:
        return None
    return None if any(finding.is_error for finding in document.findings) else "".join(document.root.itertext())


def theirs(data: bytes) -> str | None:
    """The text as lxml reads it; None where it doesn't."""
    try:
        return "".join(map(str, etree.fromstring(data).itertext()))
    except (etree.XMLSyntaxError, ValueError):
        return None


def test_what_is_accepted_is_what_another_parser_reads() -> None:
    accepted = 0
    for shape, blank, encoding, body in product(SHAPES, BLANKS, ENCODINGS, BODIES):
        data = shape.format(b=blank, e=encoding).encode() + b"\n<a>" + body + b"</a>"
        text = ours(data)
        accepted += text is not None
        assert text is None or text == theirs(data), data
    assert accepted > 300


def test_in_wide_encodings_too() -> None:
    for codec, name in product(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"), ENCODINGS):
        assert ours(f"<?xml version='1.0' encoding='{name}'?><a>1</a>".encode(codec)) is None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<a/>", Declared("utf-8", 0, understood=True)),
        (b" \n<?xml version='1.0'?>", Declared("utf-8", 2, understood=True)),
        (b"<?xml version='1.0'" + b" " * 100 + b"encoding='utf-7'?>", Declared("utf-7", 129, understood=True)),
        (b"<?xml encoding='utf-7'?>", Declared("utf-8", 0, understood=False)),
        (b"<?xml-stylesheet href='encoding'?>", Declared("utf-8", 0, understood=True)),
    ],
)
def test_what_is_declared(data: bytes, told: Declared) -> None:
    assert declared(data) == told
