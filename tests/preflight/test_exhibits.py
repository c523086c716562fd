"""What stands in exhibits: each kind of content that EDGAR doesn't take, and what comes close."""

from __future__ import annotations

import pytest

from form4_author.edgar.submission import Exhibit, Submission
from form4_author.filing import Value
from form4_author.preflight import run_submission


def told(*exhibits: tuple[str, str, bytes]) -> list[tuple[str, str]]:
    """Code and message of all findings on exhibits: name, type, content."""
    submission = Submission(
        submission_type=Value("4"),
        primary=Exhibit(name=Value("form4.xml"), type=Value("4"), content=b"<a/>"),
        exhibits=tuple(Exhibit(name=Value(name), type=Value(kind), content=data) for name, kind, data in exhibits),
    )
    return [(finding.code, finding.message) for finding in run_submission(submission)]


def of_page(text: str) -> list[tuple[str, str]]:
    return told(("a.htm", "EX-99", text.encode()))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"PK\x03\x04word", "a ZIP archive or an Office document"),
        ("a.htm", b"\xd0\xcf\x11\xe0\xa1", "an old Office document"),
        ("a.txt", b"{\\rtf1 text}", "an RTF document"),
        ("a.txt", b"\x1f\x8b\x08", "a gzip archive"),
        ("a.htm", b"\xff\xd8\xff\xe0", "a JPEG picture"),
        ("a.txt", "text".encode("utf-16"), "text in UTF-16"),
        ("a.txt", b"text\0", "a binary file"),
    ],
)
def test_a_file_of_another_kind_is_told_once(name: str, content: bytes, kind: str) -> None:
    assert told((name, "EX-99", content)) == [("SUB013", f"{name} is {kind}")]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jpg", b"\x89PNG\r\n", "a PNG picture"),
        ("a.gif", b"\xff\xd8\xff\xe0", "a JPEG picture"),
        ("a.gif", b"plain words", "no GIF picture"),
        ("a.jpg", b"", "no JPEG picture"),
    ],
)
def test_a_picture_of_another_kind_is_told_once(name: str, content: bytes, kind: str) -> None:
    page = ("a.htm", "EX-99", f'<img src="{name}">'.encode())
    assert told(page, (name, "GRAPHIC", content)) == [("SUB013", f"{name} is {kind}")]


def test_a_pdf_by_another_name_is_told_as_one() -> None:
    assert [code for code, _ in told(("a.txt", "EX-99", b"%PDF-1.7"))] == ["SUB004"]


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<p>\n<SCRIPT src=x.js>", "<script> in line 2"),
        ("<iframe></iframe>", "<iframe> in line 1"),
        ("<object data=x>", "<object> in line 1"),
        ("<p ONLOAD = 'x()'>", "a script in an attribute of <p> in line 1"),
        ('<img src="b.gif"onerror="x()">', "a script in an attribute of <img> in line 1"),
        ("<svg/onload=x()>", "a script in an attribute of <svg> in line 1"),
        ('<a href="javascript:x()">', "a link that is a script in <a> in line 1"),
        ('<a href=" &#106;avascript:x()">', "a link that is a script in <a> in line 1"),
        ("<a href=JavaScript:x()>", "a link that is a script in <a> in line 1"),
    ],
)
def test_active_content_is_found_however_it_is_written(page: str, what: str) -> None:
    assert of_page(page)[0] == ("SUB014", f"a.htm holds {what}")


@pytest.mark.parametrize(
    "page",
    [
        "<!-- <script>x()</script> --><p>The script &lt;script&gt; is no tag.</p>",
        '<p title="on one = two">on = off</p>',
        "<p>2 <3 and onclick = a word</p>",
        "<scripture>",
        "<!-- <script>",
        '<a name="top">Top</a><a href="#top">Top</a><a href="">x</a>',
        '<a href="form4.xml">the form</a><a href="a.htm#b">here</a><a href="a%2Ehtm">here</a>',
        '<a href="https://www.sec.gov/Archives/edgar/data/1/a.htm">earlier</a><a href="http://sec.gov/">SEC</a>',
        "Write to https://www.example.com or a@example.com.",
    ],
)
def test_what_only_looks_like_it_is_not_told(page: str) -> None:
    assert of_page(page) == []


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ('<a href="https://www.example.com/a">', "https://www.example.com/a"),
        ("<p>\n<IMG SRC = 'logo.gif'>", "logo.gif"),
        ("<body background=paper.jpg>", "paper.jpg"),
        ('<a href="A.HTM">', "A.HTM"),
        ('<a href="mailto:a@example.com">', "mailto:a@example.com"),
        ('<a href="https://www.sec.gov.example.com/">', "https://www.sec.gov.example.com/"),
        (f'<img src="data:image/png;base64,{"A" * 100}">', f"data:image/png;base64,{'A' * 35}..."),
    ],
)
def test_a_reference_out_of_the_submission_is_told(page: str, target: str) -> None:
    line = page.count("\n") + 1
    assert of_page(page) == [("SUB015", f"a.htm refers to {target} in line {line}, which is not in the submission")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 80, ""),
        ("x" * 80 + "  \r\n" + "x" * 80, ""),
        ("\n" + "x" * 81, "line 2 of a.txt has 81 characters; EDGAR takes 80"),
        ("<TABLE>\n" + "x" * 132 + "\n</TABLE>", ""),
        ("<table>\n" + "x" * 133, "line 2 of a.txt has 133 characters; EDGAR takes 132 in a table"),
        ("<TABLE>\n</TABLE>\n" + "x" * 81, "line 3 of a.txt has 81 characters; EDGAR takes 80"),
    ],
)
def test_a_line_of_text_has_80_characters_or_132_in_a_table(text: str, said: str) -> None:
    assert told(("a.txt", "EX-99", text.encode())) == ([("SUB016", said)] if said else [])


def test_pages_may_have_lines_of_any_length() -> None:
    assert of_page("<p>" + "word " * 500 + "</p>") == []


GIF = b"GIF89a"
SHOWS = b'<img src="logo.gif">'


def test_a_picture_is_a_graphic_and_nothing_else_is() -> None:
    page = ("a.htm", "EX-24", SHOWS)
    assert told(page, ("logo.gif", "GRAPHIC.logo", GIF)) == []
    assert told(page, ("logo.gif", "EX-99", GIF)) == [("SUB017", "logo.gif is a picture, but of type EX-99")]
    assert told(("a.txt", "GRAPHIC", b"text")) == [("SUB017", "a.txt is no picture, but of type GRAPHIC")]
    assert [code for code, _ in told(("logo.gif", "EX-24", GIF))] == ["SUB005"]


def test_a_picture_that_a_private_letter_alone_shows_is_told() -> None:
    cover, letter = ("a.htm", "COVER", SHOWS), ("b.htm", "CORRESP.1", SHOWS)
    picture = ("logo.gif", "GRAPHIC", GIF)
    said = "logo.gif is shown by a.htm alone, which stays private; the picture is published"
    assert told(cover, letter, picture) == [("SUB018", said)]
    assert told(cover, ("c.htm", "EX-99", SHOWS), picture) == []


def test_control_characters_are_told_and_page_breaks_are_none() -> None:
    assert told(("a.txt", "EX-99", b"one\n\ttwo\r\n\x0cthree")) == []
    assert told(("a.htm", "EX-99", b"one\n\x1b[1m")) == [("SUB019", "a.htm holds a control character (0x1B) in line 2")]


def test_hostile_pages_take_time_with_their_size_alone() -> None:
    pages = (b"<a " * 200_000, b"<!--" * 200_000, b"<p on" * 200_000, b'<a href="' * 100_000, b"<a" + b" " * 10**6)
    for page in (*pages, b"<a" + b" a=" * 300_000 + b">", b"<a" + b" a='" * 300_000 + b">"):
        assert isinstance(told(("a.htm", "EX-99", page)), list)
