"""The ownership document found in whatever people have, positions pointing into their file."""

from __future__ import annotations

import base64
import contextlib
import random

import pytest

from form4_author.edgar import decoding, xml_source
from form4_author.edgar.ownership_xml import read, write
from form4_author.edgar.unwrap import Unwrapped, Wrapping, unwrap
from form4_author.filing import DocumentKind
from form4_author.findings import Position, Rejected
from form4_author.masking import masked
from tests.conftest import shared_dir
from tests.xml_compare import differences

CCC = "a#ofc0rn"
DOCUMENT = """<?xml version="1.0"?>
<ownershipDocument>
    <schemaVersion>X0306</schemaVersion>
    <documentType>4</documentType>
    <remarks>One
- two
- - three</remarks>
</ownershipDocument>"""
HEADER = """<SEC-DOCUMENT>0009999999-13-000042.txt : 20131126
<SEC-HEADER>0009999999-13-000042.hdr.sgml : 20131126
<ACCEPTANCE-DATETIME>20131126183010
ACCESSION NUMBER:\t\t0009999999-13-000042
CONFORMED SUBMISSION TYPE:\t4
PUBLIC DOCUMENT COUNT:\t\t2
CONFORMED PERIOD OF REPORT:\t20131122
FILED AS OF DATE:\t\t20131126
DATE AS OF CHANGE:\t\t20131126

REPORTING-OWNER:\t

\tOWNER DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tRoe Jane
\t\tCENTRAL INDEX KEY:\t\t\t9999999999
</SEC-HEADER>
"""
FORM = f"""<DOCUMENT>
<TYPE>4
<SEQUENCE>1
<FILENAME>edgar.xml
<DESCRIPTION>PRIMARY DOCUMENT
<TEXT>
<XML>
{DOCUMENT}
</XML>
</TEXT>
</DOCUMENT>
"""
EXHIBIT = """<DOCUMENT>
<TYPE>EX-24
<SEQUENCE>2
<FILENAME>poa.txt
<TEXT>
Know all by these presents, that R&D < all
</TEXT>
</DOCUMENT>
"""
PUBLISHED = f"{HEADER}{FORM}{EXHIBIT}</SEC-DOCUMENT>\n"
MAIL = """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR
Originator-Name: webmaster@www.example.com
Originator-Key-Asymmetric:
 MFgwCgYEVQgBAQICAf8DSgAwRwJAW2sNKK9AVtBzYZmr6aGjlWyK3XmZv3dTINen
MIC-Info: RSA-MD5,RSA,
 Cp7qAyzP95tJvCUP8ipPYpigzAcjUT+1kQNxu+OvEfyg8h11sDb0IReng+8t/M0r

"""


def found(data: str | bytes, name: str = "filing.txt", texts: dict[str, str] | None = None) -> Unwrapped:
    return unwrap(data if isinstance(data, bytes) else data.encode(), name, texts=texts)


def refusal(data: str | bytes, name: str = "file") -> tuple[str, str, str, str, bool]:
    with pytest.raises(Rejected) as caught:
        found(data, name)
    (finding,) = caught.value.findings
    place = str(finding.origin.position)
    return finding.code, place, finding.message, finding.hint, caught.value.unreadable


def mailed(text: str) -> str:
    """As privacy-enhanced mail writes it (RFC 1421, section 4.3.2.2)."""
    escaped = "".join(f"- {line}" if line.startswith("-") else line for line in text.splitlines(keepends=True))
    return f"{MAIL}{escaped}-----END PRIVACY-ENHANCED MESSAGE-----\n"


def lines_point_at_their_elements(unwrapped: Unwrapped, text: str, name: str) -> None:
    lines = text.replace("\r\n", "\n").split("\n")
    for element in unwrapped.document.root.iter():
        place = unwrapped.document.origin_of(element).position
        assert place is not None
        assert place.file == name
        assert lines[place.line - 1][place.column - 1 :].startswith(f"<{element.tag}")


def test_an_ownership_document_is_taken_as_it_is() -> None:
    texts: dict[str, str] = {}
    unwrapped = found(DOCUMENT, "doc4.xml", texts)
    assert (unwrapped.wrapping, unwrapped.data, unwrapped.envelope, unwrapped.accession, unwrapped.filed) == (
        Wrapping.NONE,
        DOCUMENT.encode(),
        None,
        "",
        "",
    )
    assert texts == {"doc4.xml": DOCUMENT}
    lines_point_at_their_elements(unwrapped, DOCUMENT, "doc4.xml")


def test_what_stands_before_it_is_told_not_taken_away_silently() -> None:
    unwrapped = found(b"\xef\xbb\xbf\n" + DOCUMENT.encode(), "doc4.xml")
    assert [finding.code for finding in unwrapped.document.findings] == ["DOC005"]
    assert refusal(f"x{DOCUMENT}") == (
        "XML001",
        "file:1:1",
        "this is not the beginning of an XML document",
        "The file must begin with <?xml or the root element (specification 4.1(4)).",
        False,
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("text", [PUBLISHED, mailed(PUBLISHED)], ids=["plain", "mail"])
def test_a_published_submission(text: str, end: str) -> None:
    texts: dict[str, str] = {}
    unwrapped = found(text.replace("\n", end), "filing.txt", texts)
    assert unwrapped.wrapping is Wrapping.PUBLISHED
    assert (unwrapped.accession, unwrapped.filed) == ("0009999999-13-000042", "2013-11-26")
    assert unwrapped.data == DOCUMENT.encode()
    assert read(unwrapped.document).remarks.text == "One\n- two\n- - three"
    assert texts == {"filing.txt": text}
    assert unwrapped.document.text == text
    assert unwrapped.document.findings == ()
    lines_point_at_their_elements(unwrapped, text, "filing.txt")


def test_a_dashed_line_keeps_its_columns() -> None:
    odd = PUBLISHED.replace("- - three</remarks>", "- - three</remarks><ownerSignature/>")
    unwrapped = found(mailed(odd))
    (signature,) = unwrapped.document.root.iterfind("ownerSignature")
    place = unwrapped.document.origin_of(signature).position
    assert place is not None
    line = mailed(odd).split("\n")[place.line - 1]
    assert (line, place.column) == ("- - - three</remarks><ownerSignature/>", 22)


@pytest.mark.parametrize(
    "text",
    [
        f"\n{PUBLISHED}",
        f"{HEADER}{EXHIBIT}{FORM}</SEC-DOCUMENT>",
        FORM,
        FORM.replace("<DOCUMENT>\n", "").replace("</DOCUMENT>\n", ""),
        PUBLISHED.replace("<TYPE>4\n", "<TYPE>4/A \n"),
        PUBLISHED.replace("<TYPE>4\n", "<TYPE>\n"),
        PUBLISHED.replace("<XML>\n", "").replace("</XML>\n", ""),
        PUBLISHED.replace(f"<XML>\n{DOCUMENT}", f"<XML>\n\n  {DOCUMENT}\n"),
        HEADER + FORM[: FORM.index("\n</XML>")],
        PUBLISHED.replace("<SEC-DOCUMENT>", "<IMS-DOCUMENT>"),
        f"<SUBMISSION>\n<ACCESSION-NUMBER>0009999999-13-000042\n<FILING-DATE>20131126\n{FORM}</SUBMISSION>",
    ],
    ids=[
        *("blank line first", "exhibit first", "document alone", "no document marks", "amendment", "no type"),
        *("no XML marks", "blanks around", "cut behind the form", "old header", "feed header"),
    ],
)
def test_a_published_submission_in_other_shapes(text: str) -> None:
    unwrapped = found(text)
    assert unwrapped.data == DOCUMENT.encode()
    lines_point_at_their_elements(unwrapped, text, "filing.txt")


def test_the_feeds_header_is_read() -> None:
    text = f"<SUBMISSION>\n<ACCESSION-NUMBER>0009999999-13-000042\n<FILING-DATE>20131126\n{FORM}</SUBMISSION>"
    assert (found(text).accession, found(text).filed) == ("0009999999-13-000042", "2013-11-26")
    assert (found(FORM).accession, found(FORM).filed) == ("", "")


def test_exhibits_may_be_of_any_encoding() -> None:
    data = PUBLISHED.replace("Know all", "Caf\u00e9").encode("latin-1")
    assert found(data).data == DOCUMENT.encode()


def test_a_published_submission_that_is_damaged_is_told_at_its_line() -> None:
    damaged = PUBLISHED.replace("</remarks>", " & co</remarks>")
    line = damaged[: damaged.index(" & co")].count("\n") + 1
    assert refusal(damaged) == (
        "XML001",
        f"file:{line}:11",
        "a bare & in the text",
        "Write &amp; (specification 3.2).",
        False,
    )
    cut = HEADER + FORM[: FORM.index("<documentType>4") + 15]
    assert refusal(cut)[:3] == ("XML001", "file:27:20", "the file ends inside <documentType>, opened on line 27")


def test_a_published_submission_without_a_form() -> None:
    text = f"{HEADER}{EXHIBIT}{EXHIBIT.replace('EX-24', '10-K')}"
    assert refusal(text) == (
        "XML011",
        "file:1:1",
        "there is no Form 3, 4 or 5 in this submission (documents of type: EX-24, 10-K)",
        "Give the submission of a Form 3, 4 or 5.",
        False,
    )
    assert refusal(HEADER)[2] == "there is no Form 3, 4 or 5 in this submission (documents of type: no type)"


def test_a_form_that_is_no_xml() -> None:
    text = f"{HEADER}{EXHIBIT}{FORM.replace(DOCUMENT, 'FORM 4 ... as text')}"
    line = text[: text.index("<TYPE>4")].count("\n") + 1
    assert refusal(text) == (
        "XML011",
        f"file:{line}:1",
        "the Form 4 here is no XML",
        "Before June 2003 forms were filed as text or HTML; those can't be read.",
        False,
    )


def test_several_submissions_in_one_file() -> None:
    second = PUBLISHED[:-1].count("\n") + 1 + HEADER.count("\n") + 1
    first = HEADER.count("\n") + 1
    assert refusal(PUBLISHED + PUBLISHED) == (
        "XML012",
        f"file:{second}:1",
        f"the file holds 2 ownership documents (lines {first}, {second})",
        "Give one submission at a time.",
        False,
    )


ENVELOPE = """<?xml version="1.0"?>
<edgarSubmission>
    <submissionType>4</submissionType>
    <testOrLive>TEST</testOrLive>
    <edgarDocument>
        <documentName>doc4.xml</documentName>
        <documentType>4</documentType>
        <documentMimeBlock>
            {}
        </documentMimeBlock>
    </edgarDocument>
</edgarSubmission>
"""


def enclosed(text: str) -> str:
    return ENVELOPE.format(base64.b64encode(text.encode()).decode())


def test_an_envelope() -> None:
    texts: dict[str, str] = {}
    unwrapped = found(enclosed(DOCUMENT), "submission.xml", texts)
    assert unwrapped.wrapping is Wrapping.ENVELOPE
    assert unwrapped.data == DOCUMENT.encode()
    lines_point_at_their_elements(unwrapped, DOCUMENT, "submission.xml!doc4.xml")
    assert unwrapped.envelope is not None
    assert unwrapped.envelope.root.tag == "edgarSubmission"
    assert unwrapped.submission is not None
    assert unwrapped.submission.primary.name.origin.position == Position("submission.xml", 6, 9)
    coded = base64.b64encode(DOCUMENT.encode()).decode()
    assert texts == {
        "submission.xml": enclosed(DOCUMENT).replace(coded, "*" * len(coded)),
        "submission.xml!doc4.xml": DOCUMENT,
    }


def test_damage_in_an_enclosed_document_is_told_at_its_own_line() -> None:
    texts: dict[str, str] = {}
    with pytest.raises(Rejected) as caught:
        found(enclosed(DOCUMENT.replace("<remarks>", "<remark>")), "submission.xml", texts)
    (finding,) = caught.value.findings
    assert str(finding.origin.position) == "submission.xml!doc4.xml:7:10"
    assert set(texts) == {"submission.xml", "submission.xml!doc4.xml"}


def test_no_ccc_is_in_the_texts_whatever_it_came_in() -> None:
    secret = DOCUMENT.replace("<remarks>", f"<rptOwnerCcc>\n{CCC}</rptOwnerCcc><remarks>")
    coded = base64.b64encode(secret.encode()).decode()
    for data in (
        secret,
        PUBLISHED.replace(DOCUMENT, secret),
        mailed(PUBLISHED.replace(DOCUMENT, secret)),
        enclosed(secret),
    ):
        for damage in ("", "&"):
            texts: dict[str, str] = {}
            try:
                shown = repr(found(data + damage, "file", texts))
            except Rejected as refused:
                shown = repr(refused.findings)
            assert texts
            assert CCC not in shown + "".join(texts.values())
            assert coded not in shown + "".join(texts.values())


WANTED = "Give a plan (.yaml), the form's XML, an edgarSubmission XML or the submission's .txt from EDGAR."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t", "the file is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "this is a PDF, not XML"),
        (b"PK\x03\x04\x14\0", "this is a ZIP archive or an Office document, not XML"),
        (b"\x1f\x8b\x08\0", "this is a gzip archive, not XML"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture, not XML"),
        (b"\xff\xd8\xff\xe0", "this is a picture, not XML"),
        (b"GIF89a", "this is a picture, not XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is an old Office document, not XML"),
        (b"{\\rtf1\\ansi", "this is an RTF document, not XML"),
        (b'{"form": 4}', "this looks like JSON, not XML"),
        (b"[1, 2]", "this looks like JSON, not XML"),
        (b"FORM 4\n\nSTATEMENT OF CHANGES", "this is text of another kind, not XML"),
    ],
)
def test_other_kinds_of_files(data: bytes, message: str) -> None:
    assert refusal(data) == ("XML010", "file:1:1", message, WANTED, True)


def test_a_plan_is_told_how_to_be_named() -> None:
    assert refusal("# my plan\nform: 4\nissuer: {cik: 1}\n") == (
        "XML010",
        "file:1:1",
        "this looks like a plan, not XML",
        "Give the file a name that ends in .yaml.",
        True,
    )


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01'>\n<html><title>SEC FORM 4</title></html>",
        "\n<HTML><HEAD></HEAD></HTML>",
        '<?xml version="1.0"?>\n<!-- saved -->\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
)
def test_a_page_of_sec_gov_is_told_where_its_xml_is(page: str) -> None:
    code, place, message, hint, unreadable = refusal(page)
    assert (code, place, message, unreadable) == ("XML010", "file:1:1", "this is an HTML page, not XML", True)
    assert hint == (
        "On sec.gov, the page of a form is made from its XML: open the filing's index and take the .xml that does "
        "not lie in a folder named xsl..., or the complete submission text file."
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"x" * (17 << 20), ("XML003", "file:1:1", "the file is larger than 16 MiB")),
        (DOCUMENT.encode("utf-16"), ("XML004", "file:1:1", "the file is UTF-16 text")),
        (PUBLISHED.encode("utf-16"), ("XML004", "file:1:1", "the file is UTF-16 text")),
        (b"\0\1\2\3", ("XML004", "file:1:1", "the file holds a NUL byte here, so it is no text")),
        (b"<a>" * 10_000, ("XML003", "file:1:97", "elements are nested more than 32 deep")),
    ],
    ids=["large", "utf-16", "utf-16 submission", "binary", "deep"],
)
def test_hostile_files(data: bytes, expected: tuple[str, str, str]) -> None:
    assert refusal(data)[:3] == expected


def test_another_document_is_for_its_reader_to_refuse() -> None:
    assert found("<xbrl/>").document.root.tag == "xbrl"


@pytest.mark.parametrize("seed", range(200))
def test_damaged_files_are_taken_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(chance.choice([PUBLISHED, mailed(PUBLISHED), enclosed(DOCUMENT), DOCUMENT]).encode())
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(data))
        data[start : start + chance.choice([0, 1, 2, 400])] = bytes(chance.choices(b"<>&-\n\r \x00\xffA=", k=2))
    said: list[object] = []
    try:
        said.append(unwrap(bytes(data), "file").document.root.tag)
    except Rejected as refused:
        said += refused.findings
    assert said


@pytest.mark.shared
def test_real_filings_come_out_of_a_submission_and_an_envelope_as_they_went_in() -> None:
    files = sorted(shared_dir("corpus", "form4").glob("*/*.xml"))[::10]
    assert len(files) > 100
    for path in files:
        text = path.read_bytes().decode("ascii").replace("\r\n", "\n")
        alone = found(text, path.name)
        for wrapped in (PUBLISHED.replace(DOCUMENT, text), mailed(PUBLISHED.replace(DOCUMENT, text)), enclosed(text)):
            unwrapped = found(wrapped)
            assert list(differences(alone.document.root, unwrapped.document.root)) == []
            written = write(read(unwrapped.document), kind=DocumentKind.RECORD, cccs={})
            assert written == write(read(alone.document), kind=DocumentKind.RECORD, cccs={})


@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0"?>\n'])
@pytest.mark.parametrize("page", ["<html>", "<!DOCTYPE html>\n<html>"])
def test_a_page_behind_comments_is_told(declaration: str, page: str) -> None:
    with pytest.raises(Rejected) as caught:
        unwrap(f"{declaration}{'<!-- a --> ' * 300}{page}".encode(), "page.xml")
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == ("XML010", "this is an HTML page, not XML")


def test_comments_before_the_root_are_read_past() -> None:
    found = unwrap(f"<?xml version='1.0'?>\n{'<!-- a -->' * 10_000}<a/>".encode(), "doc.xml")
    assert found.document.root.tag == "a"


def test_of_many_documents_the_first_are_listed() -> None:
    text = "<SEC-DOCUMENT>\n" + "<DOCUMENT>\n<ownershipDocument>\n</DOCUMENT>\n" * 12
    with pytest.raises(Rejected) as caught:
        unwrap(text.encode(), "doc.txt")
    (finding,) = caught.value.findings
    lines = "2, 5, 8, 11, 14, 17, 20, 23, 26, 29, ..."
    assert finding.message == f"the file holds 12 ownership documents (lines {lines})"


@pytest.mark.parametrize(("data", "times"), [(DOCUMENT, 1), (DOCUMENT[:200], 1), (enclosed(DOCUMENT), 3)])
def test_a_text_is_masked_once_for_those_who_are_shown_it(
    monkeypatch: pytest.MonkeyPatch, data: str, times: int
) -> None:
    masks = []

    def counted(text: str) -> str:
        masks.append(text)
        return masked(text)

    for module in (decoding, xml_source):
        monkeypatch.setattr(module, "masked", counted)
    texts: dict[str, str] = {}
    with contextlib.suppress(Rejected):
        unwrap(data.encode(), "filing.xml", texts=texts)
    assert len(masks) == times
    assert texts["filing.xml"] == masked(data)
