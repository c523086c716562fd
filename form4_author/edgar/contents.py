"""What lies in a submission, document by document, whatever their types and whether they are in order.

Unlike `unwrap` it wants no form and judges nothing: an envelope, a submission as EDGAR publishes it, or an ownership
document by itself is taken apart. No CCC leaves this module: see `without_ccc`.

Codes: XML009 an enclosed document that can't be taken out, XML010 a file of another kind.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from pathlib import Path
from xml.etree.ElementTree import Element

from msgspec import field

from form4_author.edgar import ownership_xml
from form4_author.edgar.decoding import readable
from form4_author.edgar.published import BEGINNINGS, MAIL, accession_and_date, spans, text_of
from form4_author.edgar.submission import ROOT as ENVELOPE_ROOT
from form4_author.edgar.text_places import before, undashed
from form4_author.edgar.unwrap import Wrapping, refuse_other_kinds
from form4_author.edgar.xml_source import MAX_BYTES, XmlDocument, parse, too_large
from form4_author.filing import Filing
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.masking import Veiled, masked
from form4_author.sec_codes.form_names import document_types

MOST_DOCUMENTS = 1000
"""How many documents are told of; EDGAR takes 611."""

_HEAD = re.compile(r"^<(TYPE|FILENAME|DESCRIPTION)>(.*)$", re.MULTILINE)
_TEXT = re.compile(r"^<TEXT>\n?(.*?)(?:^</TEXT>|\Z)", re.DOTALL | re.MULTILINE)
_WRAPPED = re.compile(r"\s*<(XML|PDF|XBRL)>\n?(.*?)(?:</\1>\s*|\Z)", re.DOTALL)
_UUENCODED = re.compile(r"\s*begin [0-7]{3,4} .*\n")
_CCC = re.compile(rb"<((?:[\w.-]+:)?rptOwnerCcc)\b[^<>]*>")
_CCC_NAME = b"rptownerccc"
_LINE_END = re.compile(rb"[ \t]*\r?\n")
_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"\x89PNG", "PNG picture"),
    (b"PK\x03\x04", "ZIP archive or Office document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
    (b"{\\rtf", "RTF document"),
)


class Part(Veiled, frozen=True, kw_only=True):
    """One document of a submission.

    Attributes:
        name: its file name, as stated.
        type: its type, `EX-24`.
        description: as stated.
        content: its bytes; None where they can't be taken out.
        origin: where it stands.
    """

    name: str = ""
    type: str = ""
    description: str = ""
    content: bytes | None = None
    origin: Origin

    @property
    def kind(self) -> str:
        """What its content is, as one recognises it by its begin."""
        return "" if self.content is None else kind_of(self.content)


class Contents(Veiled, frozen=True, kw_only=True):
    """What lies in a submission.

    Attributes:
        wrapping: what the documents came in.
        size: bytes of the whole.
        parts: the documents, in order, `MOST_DOCUMENTS` at most.
        number: how many there are.
        submission_type: of an envelope.
        test_or_live: of an envelope: `TEST` or `LIVE`, or whatever is written there.
        contact: of an envelope: name, telephone and e-mail address of the point of contact, each empty where not told.
        notified: of an envelope: the addresses that EDGAR notifies.
        accession: of a published submission.
        filed: of a published submission: the filing date, `YYYY-MM-DD`.
        form: what the first ownership document says; None where there is none that can be read.
        findings: what can't be taken out or read.
        texts: the text of each file that findings may point into, by name, CCCs masked.
    """

    wrapping: Wrapping
    size: int
    parts: tuple[Part, ...]
    number: int
    submission_type: str = ""
    test_or_live: str = ""
    contact: tuple[str, str, str] = ("", "", "")
    notified: tuple[str, ...] = ()
    accession: str = ""
    filed: str = ""
    form: Filing | None = None
    findings: tuple[Finding, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)


def contents(data: bytes, file: str) -> Contents:
    """Take a submission apart.

    Args:
        data: an envelope, a submission as EDGAR publishes it, or an ownership document.
        file: the name that findings give.

    Raises:
        Rejected: it is another kind of file (XML010, `unreadable` set), or no well-formed XML (XML001 to XML004).
    """
    if len(data) > MAX_BYTES:
        raise too_large(file)
    shown = readable(data)
    start = shown.lstrip()[:4000].lower()
    if start.startswith(BEGINNINGS):
        return _published(data, file, dashed=start.startswith(MAIL))
    refuse_other_kinds(data, start, file)
    document = parse(data, file)
    if document.root.tag == ENVELOPE_ROOT:
        return _enveloped(document, len(data))
    part = Part(
        name=Path(file).name,
        type=document.root.findtext("documentType", "").strip(),
        content=data,
        origin=_top(document),
    )
    form, findings = _form(document)
    return Contents(
        wrapping=Wrapping.NONE,
        size=len(data),
        parts=(part,),
        number=1,
        form=form,
        findings=findings,
        texts={file: document.text},
    )


def without_ccc(content: bytes) -> tuple[bytes | None, bool]:
    """A document without the CCCs of its owners, and whether there were any.

    Of a document that this tool wrote, what is left is what it writes where it has no CCC, so that both have one hash.

    Returns:
        None in place of the document where a CCC may stand in it that can't be taken out.
    """
    left, at = [], 0
    while begun := _CCC.search(content, at):
        end = begun.end()
        if not begun[0].endswith(b"/>"):
            closing = content.find(b"</" + begun[1], end)
            end = content.find(b">", closing) + 1
            if closing < 0 or not end:
                return None, True
        before_it = content[at : begun.start()]
        line = before_it.rstrip(b" \t")
        if (not line or line.endswith(b"\n")) and (rest := _LINE_END.match(content, end)):
            before_it, end = line, rest.end()
        left.append(before_it)
        at = end
    whole = b"".join([*left, content[at:]])
    if _CCC_NAME in whole.replace(b"\0", b"").lower():
        return None, True
    return whole, bool(left)


def hash_of(content: bytes) -> tuple[str, bool]:
    """SHA-256, in hex, of a document, its CCCs taken out: from a hash with one in it, it could be guessed.

    Returns:
        The hash, empty where there can be none, and whether there were CCCs.
    """
    left, had_ccc = without_ccc(content)
    return "" if left is None else hashlib.sha256(left).hexdigest(), had_ccc


def kind_of(content: bytes) -> str:
    """What a document is, recognised by its begin."""
    if not content:
        return "empty"
    for signature, kind in _SIGNATURES:
        if content.lstrip()[:8].startswith(signature):
            return kind
    start = content[:2000].lstrip().lower()
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "HTML"
    if start.startswith((b"<?xml", b"<ownershipdocument")):
        return "XML"
    if b"\0" in content:
        return "binary"
    return "plain text" if content.isascii() else "text beyond ASCII"


# --- an envelope --------------------------------------------------------------------------------------------------


def _enveloped(document: XmlDocument, size: int) -> Contents:
    root = document.root
    elements = root.findall("edgarDocument")
    parts, findings = [], []
    for element in elements[:MOST_DOCUMENTS]:
        block = element.find("documentMimeBlock")
        content = None if block is None else _of_base64("".join(block.itertext()))
        name = _said(element, "documentName")
        if content is None:
            place = document.origin_of(element if block is None else block)
            findings.append(_not_taken(name, "is not base64 text", place))
        parts.append(
            Part(
                name=name,
                type=_said(element, "documentType"),
                description=_said(element, "documentDescription"),
                content=content,
                origin=document.origin_of(element),
            )
        )
    texts = {document.file: document.text}
    form, told = _first_form(parts, document.file, texts)
    return Contents(
        wrapping=Wrapping.ENVELOPE,
        size=size,
        parts=tuple(parts),
        number=len(elements),
        submission_type=_said(root, "submissionType"),
        test_or_live=_said(root, "testOrLive"),
        contact=(
            _said(root, "pointOfContact/contactName"),
            _said(root, "pointOfContact/contactPhoneNumber"),
            _said(root, "pointOfContact/contactEmailAddress"),
        ),
        notified=tuple(
            (address.text or "").strip() for address in root.iterfind("notificationAddresses/notificationEmailAddress")
        ),
        form=form,
        findings=(*findings, *told),
        texts=texts,
    )


def _said(element: Element, path: str) -> str:
    return element.findtext(path, "").strip()


def _of_base64(text: str) -> bytes | None:
    """The bytes that a text stands for; None where it is empty or not base64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True) or None
    except ValueError:  # also of characters beyond ASCII
        return None


# --- a published submission ---------------------------------------------------------------------------------------


def _published(data: bytes, file: str, *, dashed: bool) -> Contents:
    text, codec = text_of(data, file)
    found = list(spans(text))
    parts: list[Part] = []
    findings: list[Finding] = []
    for start, end in found[:MOST_DOCUMENTS]:
        part, finding = _of_published(text, start, end, codec, file, dashed=dashed)
        parts.append(part)
        findings += [finding] if finding else []
    accession, filed = accession_and_date(text)
    texts = {file: masked(text)}
    form, told = _first_form(parts, file, texts)
    return Contents(
        wrapping=Wrapping.PUBLISHED,
        size=len(data),
        parts=tuple(parts),
        number=len(found),
        accession=accession,
        filed=filed,
        form=form,
        findings=(*findings, *told),
        texts=texts,
    )


def _of_published(
    text: str, start: int, end: int, codec: str, file: str, *, dashed: bool
) -> tuple[Part, Finding | None]:
    """One document between its marks, and what can't be taken out of it."""
    body = _TEXT.search(text, start, end)
    head = {"TYPE": "", "FILENAME": "", "DESCRIPTION": ""}
    head |= {line[1]: line[2].strip() for line in _HEAD.finditer(text, start, body.start() if body else end)}
    held = body[1] if body else ""
    wrapped = _WRAPPED.fullmatch(held)
    held = (wrapped[2] if wrapped else held).rstrip("\n") + "\n"
    held = undashed(f"\n{held}")[1:] if dashed else held
    origin = Origin(Position(file, *before(text, start)))
    content: bytes | None = held.lstrip("\n").encode(codec)
    finding = None
    if _UUENCODED.match(held):
        content = _of_uuencoded(held)
        if content is None:
            finding = _not_taken(head["FILENAME"], "is not uuencoded text to its end", origin)
    part = Part(
        name=head["FILENAME"], type=head["TYPE"], description=head["DESCRIPTION"], content=content, origin=origin
    )
    return part, finding


def _of_uuencoded(text: str) -> bytes | None:
    """The bytes that uuencoded text stands for; None where it is damaged or breaks off."""
    lines = text.strip("\n").split("\n")
    found: list[bytes] = []
    for line in lines[1:]:
        if line.strip() == "end":
            return b"".join(found) or None
        try:
            found.append(_of_line(line))
        except (binascii.Error, ValueError):
            return None
    return None


def _of_line(line: str) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # some encoders leave more on a line than its first character tells
        return binascii.a2b_uu(line[: (((ord(line[0]) - 32) & 63) * 4 + 5) // 3])


# --- the form in it -----------------------------------------------------------------------------------------------


def _first_form(parts: list[Part], file: str, texts: dict[str, str]) -> tuple[Filing | None, tuple[Finding, ...]]:
    """What the first document of a form's type says."""
    part = next((one for one in parts if one.type in document_types() and one.content is not None), None)
    if part is None or part.content is None or part.kind != "XML":
        return None, ()
    name = f"{file}!{part.name or 'document'}"
    texts[name] = readable(part.content)
    try:
        return _form(parse(part.content, name))
    except Rejected as refused:
        return None, refused.findings


def _form(document: XmlDocument) -> tuple[Filing | None, tuple[Finding, ...]]:
    try:
        return ownership_xml.read(document), ()
    except Rejected as refused:
        return None, refused.findings


def _top(document: XmlDocument) -> Origin:
    return document.origin_of(document.root)


def _not_taken(name: str, what: str, origin: Origin) -> Finding:
    return error(
        "XML009",
        f"the enclosed document {name or '(no name)'} {what}",
        origin,
        hint="It stands there damaged: take the file as it was sent, or send it again.",
        source="Specification 4.2.1",
    )
