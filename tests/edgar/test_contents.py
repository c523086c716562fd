"""What lies in a submission: each document, whatever state it is in, and never a CCC."""

from __future__ import annotations

import base64
import binascii
import hashlib

import pytest

from form4_author.edgar.ccc import Keyring
from form4_author.edgar.contents import MOST_DOCUMENTS, contents, hash_of, kind_of, without_ccc
from form4_author.edgar.ownership_xml import write
from form4_author.edgar.unwrap import Wrapping
from form4_author.filing import DocumentKind
from form4_author.findings import Rejected
from tests.conftest import shared_dir
from tests.documents import CCC
from tests.plans import composed, plan_text

FILING = composed(plan_text()).filing
BARE = write(FILING, kind=DocumentKind.FILER, cccs={})
FORM = write(FILING, kind=DocumentKind.FILER, cccs=Keyring({"1999999101": CCC}))
PICTURE = b"GIF89a" + bytes(range(256))


def enveloped(*documents: tuple[str, str, str]) -> bytes:
    """An envelope of documents: name, type, and what stands in the block."""
    inside = "".join(
        f"<edgarDocument>\n<documentName>{name}</documentName>\n<documentType>{kind}</documentType>\n"
        f"<documentDescription>what {kind} is</documentDescription>\n"
        f"<documentMimeBlock>{block}</documentMimeBlock>\n</edgarDocument>\n"
        for name, kind, block in documents
    )
    contact = "<pointOfContact><contactName>Jane Roe</contactName></pointOfContact>"
    notified = "<notificationAddresses>" + "<notificationEmailAddress>a@example.com</notificationEmailAddress>" * 2
    return (
        f"<edgarSubmission>\n<submissionType>4</submissionType>\n<testOrLive>TEST</testOrLive>\n{contact}"
        f"{notified}</notificationAddresses>\n{inside}</edgarSubmission>\n"
    ).encode()


def block(content: bytes) -> str:
    return base64.encodebytes(content).decode()


def uuencoded(content: bytes, name: str = "logo.gif") -> str:
    lines = [binascii.b2a_uu(content[at : at + 45]).decode() for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def published(*documents: tuple[str, str, str]) -> bytes:
    """A submission as EDGAR publishes it: type, file name, and what stands in the text."""
    parts = "".join(
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>{name}\n<DESCRIPTION>ITS NAME\n<TEXT>\n{text}</TEXT>\n"
        "</DOCUMENT>\n"
        for kind, name, text in documents
    )
    head = "ACCESSION NUMBER:\t\t0001999999-26-000123\nFILED AS OF DATE:\t\t20261120\n"
    return f"<SEC-DOCUMENT>x.txt : 20261120\n<SEC-HEADER>\n{head}</SEC-HEADER>\n{parts}</SEC-DOCUMENT>\n".encode()


def test_an_envelope_is_taken_apart() -> None:
    found = contents(enveloped(("form4.xml", "4", block(FORM)), ("poa.txt", "EX-24", block(b"I appoint"))), "s.xml")
    assert (found.wrapping, found.submission_type, found.test_or_live) == (Wrapping.ENVELOPE, "4", "TEST")
    assert (found.contact, found.notified) == (("Jane Roe", "", ""), ("a@example.com", "a@example.com"))
    assert [(part.name, part.type, part.description, part.kind) for part in found.parts] == [
        ("form4.xml", "4", "what 4 is", "XML"),
        ("poa.txt", "EX-24", "what EX-24 is", "plain text"),
    ]
    assert [part.content for part in found.parts] == [FORM, b"I appoint"]
    assert found.form is not None
    assert (found.form.owners[0].has_ccc, found.findings) == (True, ())
    assert CCC not in repr(found)
    assert not any(CCC in text for text in found.texts.values())


def test_damaged_documents_are_told_each_and_the_others_taken_out() -> None:
    found = contents(enveloped(("a.txt", "EX-99", "?!"), ("b.txt", "EX-99", ""), ("c.txt", "EX-99", "YQ==")), "s.xml")
    assert [(str(f.origin.position), f.code, f.message) for f in found.findings] == [
        ("s.xml:9:1", "XML009", "the enclosed document a.txt is not base64 text"),
        ("s.xml:15:1", "XML009", "the enclosed document b.txt is not base64 text"),
    ]
    assert [part.content for part in found.parts] == [None, None, b"a"]


def test_what_edgar_published_is_taken_apart() -> None:
    found = contents(
        published(
            ("4", "form4.xml", f"<XML>\n{BARE.decode()}</XML>\n"),
            ("EX-24", "poa.htm", "<html><body>I appoint</body></html>\n"),
            ("GRAPHIC", "logo.gif", uuencoded(PICTURE)),
            ("EX-99", "cut.pdf", "<PDF>\n" + uuencoded(b"%PDF-1.7").replace("end", "") + "</PDF>\n"),
        ),
        "x.txt",
    )
    assert (found.wrapping, found.accession, found.filed) == (
        Wrapping.PUBLISHED,
        "0001999999-26-000123",
        "2026-11-20",
    )
    assert [(part.name, part.type, part.kind, part.content) for part in found.parts] == [
        ("form4.xml", "4", "XML", BARE),
        ("poa.htm", "EX-24", "HTML", b"<html><body>I appoint</body></html>\n"),
        ("logo.gif", "GRAPHIC", "GIF picture", PICTURE),
        ("cut.pdf", "EX-99", "", None),
    ]
    (finding,) = found.findings
    assert finding.message == "the enclosed document cut.pdf is not uuencoded text to its end"
    assert found.form is not None
    assert found.form.period_of_report.text == "2026-11-18"


def test_lines_of_mail_lose_their_dashes() -> None:
    mail = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n" + published(("EX-99", "a.txt", "one\n- -two\n"))
    (part,) = contents(mail, "x.txt").parts
    assert part.content == b"one\n-two\n"


def test_an_ownership_document_alone_is_one_document() -> None:
    found = contents(FORM, "folder/form4.xml")
    assert [(part.name, part.type) for part in found.parts] == [("form4.xml", "4")]
    assert found.wrapping is Wrapping.NONE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "XML010"),
        (b"%PDF-1.7", "XML010"),
        (b"form: 4\nissuer: {}\n", "XML010"),
        (b"<edgarSubmission><submissionType>4", "XML001"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><edgarSubmission/>", "XML002"),
        (b"<edgarSubmission>" + b"<a>" * 40 + b"</a>" * 40 + b"</edgarSubmission>", "XML003"),
        (b" " * (16 * 2**20 + 1), "XML003"),
    ],
)
def test_what_is_no_submission_is_refused_once(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        contents(data, "x")
    assert [finding.code for finding in refused.value.findings] == [code]


def test_more_documents_than_anyone_encloses_are_counted() -> None:
    found = contents(published(*[("EX-99", f"{n}.txt", "a\n") for n in range(MOST_DOCUMENTS + 5)]), "x.txt")
    assert (len(found.parts), found.number) == (MOST_DOCUMENTS, MOST_DOCUMENTS + 5)


def test_a_form_that_cant_be_read_leaves_the_rest_to_be_seen() -> None:
    found = contents(enveloped(("form4.xml", "4", block(b"<?xml version='1.0'?>\n<ownershipDocument>"))), "s.xml")
    (finding,) = found.findings
    assert (finding.code, str(finding.origin.position)) == ("XML001", "s.xml!form4.xml:2:20")
    assert (found.form, len(found.parts)) == (None, 1)


def test_without_its_ccc_a_document_is_what_is_written_without_one() -> None:
    assert without_ccc(FORM) == (BARE, True)
    assert without_ccc(BARE) == (BARE, False)
    assert hash_of(FORM) == (hashlib.sha256(BARE).hexdigest(), True)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"<a><rptOwnerCcc>{CCC}</rptOwnerCcc><b/></a>", "<a><b/></a>"),
        (f"<a>\r\n  <rptOwnerCcc>{CCC}</rptOwnerCcc>  \r\n<b/></a>", "<a>\r\n<b/></a>"),
        (f"<x:rptOwnerCcc\n  a='b'>\n{CCC}<!-- c --></x:rptOwnerCcc >d", "d"),
        ("a<rptOwnerCcc/>b", "ab"),
        (f"<!-- <rptOwnerCcc>{CCC}</rptOwnerCcc> -->", "<!--  -->"),
        (f"<rptOwnerCcc>{CCC}", None),
        (f"<rptOwnerCcc>{CCC}</rptOwnerCcc", None),
        (f"<RPTOWNERCCC>{CCC}</RPTOWNERCCC>", None),
        (f"&#x3c;rptOwnerCcc>{CCC}", None),
    ],
)
def test_a_ccc_is_taken_out_however_it_is_written_or_nothing_is_told(text: str, left: str | None) -> None:
    expected = None if left is None else left.encode()
    assert without_ccc(text.encode()) == (expected, True)
    assert hash_of(text.encode())[0] == ("" if expected is None else hashlib.sha256(expected).hexdigest())


def test_utf_16_hides_no_ccc() -> None:
    assert without_ccc(f"<rptOwnerCcc>{CCC}</rptOwnerCcc>".encode("utf-16")) == (None, True)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "PDF"),
        (b"\xff\xd8\xff\xe0", "JPEG picture"),
        (b"GIF89a", "GIF picture"),
        (b"PK\x03\x04", "ZIP archive or Office document"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", "HTML"),
        (b"\n<HTML>", "HTML"),
        (b"<ownershipDocument>", "XML"),
        (b"a\0", "binary"),
        (b"plain", "plain text"),
        ("na\u00efve".encode(), "text beyond ASCII"),
    ],
)
def test_a_document_is_known_by_its_begin(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.shared
def test_real_envelopes_are_taken_apart() -> None:
    for path in sorted(shared_dir("sec", "X0609").glob("filing*.xml")):
        found = contents(path.read_bytes(), path.name)
        assert found.wrapping is Wrapping.ENVELOPE
        assert all(part.content for part in found.parts)
