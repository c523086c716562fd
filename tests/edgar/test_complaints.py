"""What is not well-formed is told at its cause, in plain English."""

from __future__ import annotations

import pytest

from tests.edgar.parsed import refusal, told


@pytest.mark.parametrize(
    ("data", "place", "message", "hint"),
    [
        (b"", "1:1", "there is no XML element in the file", "It is empty or cut off."),
        (b" \n ", "2:2", "there is no XML element in the file", "It is empty or cut off."),
        (b"<a>\n <b>x", "2:6", "the file ends inside <b>, opened on line 2", "It is cut off."),
        (b"<a>\n  <b", "2:3", "what begins here has no end", "The file is cut off, or a > is missing."),
        (b"<a>\n <!-- b", "2:2", "what begins here has no end", "The file is cut off, or a > is missing."),
        (b"<a>\n<b>x</a>\n", "2:5", "</a> does not close <b>, opened on line 2", "Write </b> here."),
        (b"<a>\n AT&T & co</a>", "2:4", "a bare & in the text", "Write &amp; (specification 3.2)."),
        (b"<a>R & D</a>", "1:6", "a bare & in the text", "Write &amp; (specification 3.2)."),
        (b"<a>x < y</a>", "1:6", "a bare < in the text", "Write &lt; (specification 3.2)."),
        (b"<a>x<5</a>", "1:5", "a bare < in the text", "Write &lt; (specification 3.2)."),
        (
            b"<a>\n&nbsp;</a>",
            "2:1",
            "&nbsp; is not known",
            "EDGAR knows &amp; &lt; &gt; and &quot; alone (specification 3.2).",
        ),
        (b"<a>x]]>y</a>", "1:5", "]]> can't stand in the text", "Write ]]&gt;."),
        (b"<a>\x07</a>", "1:4", "the control character U+0007 is not allowed in XML", "Remove it."),
        (b"<a>&#0;</a>", "1:4", "XML has no character of that number", "Remove the reference."),
        (b'<a x="1" x="2"/>', "1:10", "the attribute stands twice in one tag", "Write it once."),
        (
            b"<a b=c/>",
            "1:6",
            "'c' can't stand here",
            "Look for a missing quote, a stray < or a damaged tag before it.",
        ),
        (
            b"<a>]<![CDATA[x",
            "1:5",
            "the CDATA section that begins here has no end",
            "The file is cut off, or ]]> is missing.",
        ),
        (
            b"<a/>\n<b/>",
            "2:1",
            "something follows the end of the root element",
            "Remove it: a document has one root element.",
        ),
        (
            b"Form 4\n<a/>",
            "1:1",
            "this is not the beginning of an XML document",
            "The file must begin with <?xml or the root element (specification 4.1(4)).",
        ),
        (
            b"<a><?xml version='1.0'?></a>",
            "1:4",
            "the XML declaration does not stand at the file's beginning",
            "Nothing, not even a blank, may stand before <?xml (specification 4.1(4)).",
        ),
    ],
)
def test_not_well_formed(data: bytes, place: str, message: str, hint: str) -> None:
    finding = refusal(data)
    assert told(finding) == (f"doc.xml:{place}", "XML001", message)
    assert finding.hint == hint
