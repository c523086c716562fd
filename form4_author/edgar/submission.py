"""The edgarSubmission envelope: what is submitted, with the ownership document and its exhibits enclosed.

Codes: XML007 a character that can't be written, XML008 not an ownership submission, XML009 an enclosed document that
can't be taken out; SUB001 the name of an enclosed document, SUB020 that of the submission itself.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from msgspec import Struct
from msgspec.structs import replace

from form4_author.edgar.xml_source import XmlDocument
from form4_author.edgar.xml_template import encoded, render
from form4_author.filing import Value, elements, value
from form4_author.findings import NOWHERE, Finding, Origin, Position, Rejected, Severity, error
from form4_author.masking import Veiled
from form4_author.sec_codes.form_names import document_types, supported_type

ROOT = "edgarSubmission"

_LINE = 60
_NAME = re.compile(r"[a-z][a-z0-9_-]*\.[a-z0-9]+")


class Exhibit(Veiled, frozen=True, kw_only=True):
    """An enclosed document (specification 4.2.1).

    Attributes:
        name: its file name.
        type: `4` for the primary document; `EX-24`, `EX-99`, `CORRESP`, `COVER` or `GRAPHIC` for another.
        description: for EDGAR; optional.
        content: the document itself.
        origin: where the author names it.
    """

    name: Value = value("documentName")
    type: Value = value("documentType")
    description: Value = value("documentDescription")
    content: bytes = b""
    origin: Origin = NOWHERE


class Submission(Struct, frozen=True, kw_only=True):
    """What an envelope says (specification 3.4). The order of the documents does not matter to EDGAR.

    Attributes:
        primary: the ownership document; where its type is left out, it is the submission's.
        exhibits: all others.
    """

    submission_type: Value = value("submissionType")
    test_or_live: Value = value("testOrLive")
    contact_name: Value = value("pointOfContact/contactName")
    contact_phone: Value = value("pointOfContact/contactPhoneNumber")
    contact_email: Value = value("pointOfContact/contactEmailAddress")
    notification_addresses: tuple[Value, ...] = ()
    primary: Exhibit
    exhibits: tuple[Exhibit, ...] = ()
    origin: Origin = NOWHERE


def write_submission(submission: Submission, primary: bytes) -> bytes:
    """The envelope as XML: ASCII, each document as base64 in lines of 60 characters.

    Args:
        submission: what it says.
        primary: the ownership document to enclose; it takes the place of `submission.primary.content`.

    Raises:
        Rejected: a value holds a character that EDGAR does not take or XML can't hold (XML007).
    """
    documents = _documents(submission)
    text = render(
        "submission.xml.j2",
        submission=submission,
        documents=[
            (document, _encoded(primary if number == 0 else document.content))
            for number, document in enumerate(documents)
        ],
    )
    return encoded(text, _written(submission))


def read_submission(document: XmlDocument) -> Submission:
    """What an envelope says, its documents taken out.

    Raises:
        Rejected: its root is another element or stands in a namespace (XML008), it encloses no ownership document
            (XML008), or a document in it is not base64 (XML009).
    """
    root = document.root
    if root.tag != ROOT or "xmlns" in root.attrib:
        raise Rejected(
            [
                error(
                    "XML008",
                    "this is not the envelope of an ownership submission",
                    document.origin_of(root),
                    hint="Forms 3, 4 and 5 have an <edgarSubmission> of their own, without a namespace.",
                    source="Specification 3.4",
                )
            ]
        )
    exhibits, problems = [], []
    for element in root.iterfind("edgarDocument"):
        exhibit = Exhibit(**_values(Exhibit, element, document), origin=document.origin_of(element))
        try:
            exhibits.append(replace(exhibit, content=_decoded(element)))
        except ValueError:
            problems.append(_not_base64(exhibit, element, document))
    if problems:
        raise Rejected(problems)
    primary = next((exhibit for exhibit in exhibits if exhibit.type.text.strip() in document_types()), None)
    if primary is None:
        listed = ", ".join(exhibit.type.text.strip()[:20] or "no type" for exhibit in exhibits[:10]) or "none"
        raise Rejected(
            [
                error(
                    "XML008",
                    f"there is no ownership document in the envelope (documents of type: {listed})",
                    document.origin_of(root),
                    hint=f"The type of the primary document is the submission's: {supported_type()}.",
                    source="Specification 4.2.1.1",
                )
            ]
        )
    return Submission(
        **_values(Submission, root, document),
        notification_addresses=tuple(
            Value(element.text or "", document.origin_of(element))
            for element in root.iterfind("notificationAddresses/notificationEmailAddress")
        ),
        primary=primary,
        exhibits=tuple(exhibit for exhibit in exhibits if exhibit is not primary),
        origin=document.origin_of(root),
    )


def submission_origins(submission: Submission) -> dict[str, Origin]:
    """Where each element of the envelope that `write_submission` makes comes from, by its XML path."""
    found = {path: origin for path, _, origin in _written(submission) if origin.position is not None}
    if submission.origin.position is not None:
        found[f"/{ROOT}"] = submission.origin
    return found


def check_names(submission: Submission, file: str = "") -> list[Finding]:
    """What is wrong with the names of the enclosed documents (SUB001; specification 4.2(6)) and the submission's own.

    Args:
        submission: the submission.
        file: the name of its file, which ends in `.xml` (SUB020; specification 4.1(1)); empty where it has none.
    """
    findings = []
    if file and not file.endswith(".xml"):
        what = "the name of a submission's file must end in .xml"
        origin = Origin(Position(file, 1, 1))
        hint = "Rename it before you send it."
        findings.append(Finding("SUB020", Severity.WARNING, what, origin, hint, "Specification 4.1(1)"))
    for number, exhibit in enumerate(_documents(submission)):
        problem = name_problem(exhibit.name.text, primary=number == 0)
        if problem:
            origin = exhibit.name.origin if exhibit.name.origin is not NOWHERE else exhibit.origin
            what = f"the file name {exhibit.name.text!r} {problem}"
            findings.append(error("SUB001", what, origin, hint=_NAME_HINT, source="Specification 4.2(6)"))
    return findings


_NAME_HINT = (
    "At most 32 characters: lower-case letters, digits, one hyphen, one underscore, one period; a letter first."
)


def name_problem(name: str, *, primary: bool) -> str:
    """What EDGAR would not take in a document's file name, as the end of a sentence; empty where it is in order.

    Args:
        name: the file name, extension included.
        primary: whether it is the ownership document, which ends in `.xml`; others end in .txt, .htm, .jpg or .gif.
    """
    extensions = (".xml",) if primary else (".txt", ".htm", ".jpg", ".gif")
    problems = {
        "is empty": not name,
        f"has {len(name)} characters; EDGAR takes 32": len(name) > 32,
        f"does not end in {' or '.join(extensions)}": not name.endswith(extensions),
        **{f"has more than one {sign}": name.count(sign) > 1 for sign in "_-."},
        "does not begin with a lower-case letter": not re.match("[a-z]", name),
        "has other characters than lower-case letters, digits, hyphen, underscore and period": not _NAME.fullmatch(
            name
        ),
    }
    return next((problem for problem, found in problems.items() if found), "")


def _documents(submission: Submission) -> tuple[Exhibit, ...]:
    primary = submission.primary
    if not primary.type:
        primary = replace(primary, type=submission.submission_type)
    return (primary, *submission.exhibits)


def _encoded(content: bytes) -> list[str]:
    text = base64.b64encode(content).decode("ascii")
    return [text[start : start + _LINE] for start in range(0, len(text), _LINE)]


def _decoded(element: Element) -> bytes:
    """The enclosed document; ValueError where it is empty or not base64."""
    content = base64.b64decode("".join(element.findtext("documentMimeBlock", "").split()), validate=True)
    if not content:
        raise binascii.Error("nothing enclosed")
    return content


def _not_base64(exhibit: Exhibit, element: Element, document: XmlDocument) -> Finding:
    block = element.find("documentMimeBlock")
    return error(
        "XML009",
        f"the enclosed document {exhibit.name.text.strip() or '(no name)'} is not base64 text",
        document.origin_of(element if block is None else block),
        hint="documentMimeBlock holds the whole file, encoded as base64.",
        source="Specification 4.2.1",
    )


def _values(node: type, element: Element, document: XmlDocument) -> dict[str, Any]:
    found = {}
    for attribute, path, _ in elements(node):
        child = element.find(path)
        if child is not None:
            found[attribute] = Value("".join(child.itertext()), document.origin_of(child))
    return found


def _written(submission: Submission) -> Iterator[tuple[str, str, Origin]]:
    """Path, text and origin of what an envelope states."""
    yield from _of_node(submission, f"/{ROOT}")
    addresses = submission.notification_addresses
    for number, address in enumerate(addresses, start=1):
        step = "notificationEmailAddress" + (f"[{number}]" if len(addresses) > 1 else "")
        yield f"/{ROOT}/notificationAddresses/{step}", address.text, address.origin
    documents = _documents(submission)
    for number, exhibit in enumerate(documents, start=1):
        yield from _of_node(exhibit, f"/{ROOT}/edgarDocument" + (f"[{number}]" if len(documents) > 1 else ""))


def _of_node(node: Any, path: str) -> Iterator[tuple[str, str, Origin]]:
    yield path, "", node.origin
    for attribute, element, _ in elements(type(node)):
        part = getattr(node, attribute)
        yield f"{path}/{element}", part.text, part.origin
