"""The envelope: written as the specification shows it, read back with what is enclosed."""

from __future__ import annotations

import base64

import pytest
from lxml import etree
from msgspec.structs import replace

from form4_author.edgar.submission import (
    Exhibit,
    Submission,
    check_names,
    name_problem,
    read_submission,
    submission_origins,
    write_submission,
)
from form4_author.edgar.xml_source import XmlDocument, parse
from form4_author.filing import ABSENT, Value
from form4_author.findings import NOWHERE, Origin, Position, Rejected
from tests.conftest import shared_dir

PRIMARY = b'<?xml version="1.0"?>\n<ownershipDocument>\n</ownershipDocument>\n'
SUBMISSION = Submission(
    submission_type=Value("4"),
    test_or_live=Value("TEST"),
    contact_name=Value('Jane "Q" Roe & Co'),
    contact_email=Value("jane@example.com"),
    notification_addresses=(Value("one@example.com"), Value("two@example.com")),
    primary=Exhibit(name=Value("form4.xml")),
    exhibits=(
        Exhibit(name=Value("poa.txt"), type=Value("EX-24"), description=Value("Power of attorney"), content=b"\0\xff"),
    ),
)
WRITTEN = """\
<?xml version="1.0"?>
<edgarSubmission>
    <submissionType>4</submissionType>
    <testOrLive>TEST</testOrLive>
    <pointOfContact>
        <contactName>Jane &quot;Q&quot; Roe &amp; Co</contactName>
        <contactEmailAddress>jane@example.com</contactEmailAddress>
    </pointOfContact>
    <notificationAddresses>
        <notificationEmailAddress>one@example.com</notificationEmailAddress>
        <notificationEmailAddress>two@example.com</notificationEmailAddress>
    </notificationAddresses>
    <edgarDocument>
        <documentName>form4.xml</documentName>
        <documentType>4</documentType>
        <documentMimeBlock>
            PD94bWwgdmVyc2lvbj0iMS4wIj8+Cjxvd25lcnNoaXBEb2N1bWVudD4KPC9v
            d25lcnNoaXBEb2N1bWVudD4K
        </documentMimeBlock>
    </edgarDocument>
    <edgarDocument>
        <documentName>poa.txt</documentName>
        <documentType>EX-24</documentType>
        <documentDescription>Power of attorney</documentDescription>
        <documentMimeBlock>
            AP8=
        </documentMimeBlock>
    </edgarDocument>
</edgarSubmission>
"""


def envelope(text: str | bytes) -> XmlDocument:
    return parse(text if isinstance(text, bytes) else text.encode(), "submission.xml")


def unplaced(submission: Submission) -> Submission:
    def plain(value: Value) -> Value:
        return Value(value.text) if value else ABSENT

    def exhibit(part: Exhibit) -> Exhibit:
        name, kind, description = plain(part.name), plain(part.type), plain(part.description)
        return replace(part, name=name, type=kind, description=description, origin=NOWHERE)

    return Submission(
        submission_type=plain(submission.submission_type),
        test_or_live=plain(submission.test_or_live),
        contact_name=plain(submission.contact_name),
        contact_phone=plain(submission.contact_phone),
        contact_email=plain(submission.contact_email),
        notification_addresses=tuple(map(plain, submission.notification_addresses)),
        primary=exhibit(submission.primary),
        exhibits=tuple(map(exhibit, submission.exhibits)),
    )


def test_to_the_letter() -> None:
    assert write_submission(SUBMISSION, PRIMARY) == WRITTEN.encode("ascii")


def test_the_smallest_envelope() -> None:
    smallest = Submission(
        submission_type=Value("4/A"), test_or_live=Value("LIVE"), primary=Exhibit(name=Value("form4.xml"))
    )
    assert write_submission(smallest, b"x").decode() == (
        '<?xml version="1.0"?>\n<edgarSubmission>\n    <submissionType>4/A</submissionType>\n'
        "    <testOrLive>LIVE</testOrLive>\n    <edgarDocument>\n        <documentName>form4.xml</documentName>\n"
        "        <documentType>4/A</documentType>\n        <documentMimeBlock>\n            eA==\n"
        "        </documentMimeBlock>\n    </edgarDocument>\n</edgarSubmission>\n"
    )


def test_it_reads_back() -> None:
    found = read_submission(envelope(write_submission(SUBMISSION, PRIMARY)))
    primary = replace(SUBMISSION.primary, type=Value("4"), content=PRIMARY)
    assert unplaced(found) == replace(SUBMISSION, primary=primary)


def test_large_and_binary_exhibits_survive() -> None:
    content = bytes(range(256)) * 400
    large = replace(SUBMISSION, exhibits=(replace(SUBMISSION.exhibits[0], content=content),))
    assert read_submission(envelope(write_submission(large, PRIMARY))).exhibits[0].content == content


def test_the_primary_document_may_stand_anywhere() -> None:
    first, second = WRITTEN.index("    <edgarDocument>"), WRITTEN.rindex("    <edgarDocument>")
    end = WRITTEN.index("</edgarSubmission>")
    swapped = WRITTEN[:first] + WRITTEN[second:end] + WRITTEN[first:second] + WRITTEN[end:]
    found = read_submission(envelope(swapped))
    assert (found.primary.name.text, [exhibit.name.text for exhibit in found.exhibits]) == ("form4.xml", ["poa.txt"])


def test_values_know_their_place() -> None:
    found = read_submission(envelope(WRITTEN))
    assert found.test_or_live.origin == Origin(Position("submission.xml", 4, 5), "/edgarSubmission/testOrLive")
    assert found.notification_addresses[1].origin == Origin(
        Position("submission.xml", 11, 9), "/edgarSubmission/notificationAddresses/notificationEmailAddress[2]"
    )
    assert found.exhibits[0].origin == Origin(Position("submission.xml", 21, 5), "/edgarSubmission/edgarDocument[2]")
    assert found.exhibits[0].type.origin.path == "/edgarSubmission/edgarDocument[2]/documentType"


def test_what_is_enclosed_is_never_shown() -> None:
    secret = b"<rptOwnerCcc>a#ofc0rn</rptOwnerCcc>"
    document = envelope(write_submission(SUBMISSION, secret))
    coded = base64.b64encode(secret).decode()
    for shown in (repr(read_submission(document)), repr(document), document.text):
        assert "ofc0rn" not in shown
        assert coded not in shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<edgarSubmission xmlns='http://www.sec.gov/edgar/thirteenffiler'/>", "this is not the envelope of an "),
        ("<submission/>", "this is not the envelope of an "),
        ("<edgarSubmission/>", "there is no ownership document in the envelope (documents of type: none)"),
        (
            WRITTEN.replace("<documentType>4<", "<documentType>EX-99<"),
            "there is no ownership document in the envelope (documents of type: EX-99, EX-24)",
        ),
    ],
)
def test_other_envelopes_are_refused(text: str, message: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_submission(envelope(text))
    (finding,) = caught.value.findings
    assert finding.code == "XML008"
    assert finding.message.startswith(message)


@pytest.mark.parametrize("block", ["AP8", "A*8=", "", " ", "AP8=AP8=", "caf\u00e9"])
def test_what_is_not_base64_is_refused_with_its_place(block: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_submission(envelope(WRITTEN.replace("AP8=", block)))
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == ("XML009", "the enclosed document poa.txt is not base64 text")
    assert finding.origin.position == Position("submission.xml", 25, 9)


def test_a_document_without_a_block_is_refused() -> None:
    text = "<edgarSubmission>\n<edgarDocument><documentType>4</documentType></edgarDocument></edgarSubmission>"
    with pytest.raises(Rejected) as caught:
        read_submission(envelope(text))
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == ("XML009", "the enclosed document (no name) is not base64 text")
    assert finding.origin.position == Position("submission.xml", 2, 1)


def test_a_character_that_cannot_be_written_is_refused_with_its_place() -> None:
    here = Origin(Position("plan.yaml", 4, 9), "submission.contact.name")
    with pytest.raises(Rejected) as caught:
        write_submission(replace(SUBMISSION, contact_name=Value("Jos\u00e9", here)), PRIMARY)
    (finding,) = caught.value.findings
    assert (finding.code, finding.origin) == ("XML007", here)


def test_origins_point_at_what_the_author_wrote() -> None:
    def at(line: int) -> Origin:
        return Origin(Position("plan.yaml", line, 1), f"line {line}")

    placed = replace(
        SUBMISSION,
        origin=at(1),
        test_or_live=Value("TEST", at(2)),
        notification_addresses=(Value("one@example.com", at(3)), Value("two@example.com", at(4))),
        exhibits=(replace(SUBMISSION.exhibits[0], origin=at(5), type=Value("EX-24", at(6))),),
    )
    assert submission_origins(placed) == {
        "/edgarSubmission": at(1),
        "/edgarSubmission/testOrLive": at(2),
        "/edgarSubmission/notificationAddresses/notificationEmailAddress[1]": at(3),
        "/edgarSubmission/notificationAddresses/notificationEmailAddress[2]": at(4),
        "/edgarSubmission/edgarDocument[2]": at(5),
        "/edgarSubmission/edgarDocument[2]/documentType": at(6),
    }
    written = envelope(write_submission(placed, PRIMARY))
    paths = {written.path_of(element) for element in written.root.iter()}
    assert set(submission_origins(placed)) <= paths


@pytest.mark.parametrize(
    ("name", "primary", "problem"),
    [
        ("form4.xml", True, ""),
        ("a-b_c1.xml", True, ""),
        ("a" * 28 + ".xml", True, ""),
        ("poa.txt", False, ""),
        ("poa.htm", False, ""),
        ("", True, "is empty"),
        ("a" * 29 + ".xml", True, "has 33 characters; EDGAR takes 32"),
        ("form4.txt", True, "does not end in .xml"),
        ("form4", True, "does not end in .xml"),
        ("poa.pdf", False, "does not end in .txt or .htm or .jpg or .gif"),
        ("poa.xml", False, "does not end in .txt or .htm or .jpg or .gif"),
        ("form.4.xml", True, "has more than one ."),
        ("a_b_c.xml", True, "has more than one _"),
        ("a-b-c.xml", True, "has more than one -"),
        ("4form.xml", True, "does not begin with a lower-case letter"),
        ("Form4.xml", True, "does not begin with a lower-case letter"),
        (
            "form 4.xml",
            True,
            "has other characters than lower-case letters, digits, hyphen, underscore and period",
        ),
        ("foRm4.xml", True, "has other characters than lower-case letters, digits, hyphen, underscore and period"),
    ],
)
def test_names(name: str, primary: bool, problem: str) -> None:
    assert name_problem(name, primary=primary) == problem


def test_names_are_told_with_their_place() -> None:
    here = Origin(Position("plan.yaml", 9, 5), "exhibits[0].file")
    exhibits = (Exhibit(name=Value("POA.txt", here)), Exhibit(name=Value("poa.txt")))
    (finding,) = check_names(replace(SUBMISSION, exhibits=exhibits))
    assert (finding.code, finding.origin) == ("SUB001", here)
    assert finding.message == "the file name 'POA.txt' does not begin with a lower-case letter"
    assert finding.source == "Specification 4.2(6)"


@pytest.mark.shared
def test_the_official_schema_takes_it() -> None:
    schema = etree.XMLSchema(etree.parse(shared_dir("sec", "X0609", "edgarSubmission.xsd.xml")))
    schema.assertValid(etree.fromstring(write_submission(SUBMISSION, PRIMARY)))


@pytest.mark.shared
@pytest.mark.parametrize("name", ["filing4.xml", "filing4a.xml"])
def test_the_specifications_own_samples_are_read(name: str) -> None:
    found = read_submission(envelope(shared_dir("sec", "X0609", name).read_bytes()))
    assert found.primary.content.startswith(b'<?xml version="1.0"?>')
    assert found.submission_type.text == found.primary.type.text
    assert [exhibit.type.text for exhibit in found.exhibits] == ["COVER"]
