"""What people have -> the ownership document in it: an XML file, an envelope, or a submission as EDGAR publishes it.

Of a submission as EDGAR publishes it (see `published`), an XML document stands between <XML> and </XML> inside its
<TEXT>. Positions point into the file that was given.

Codes: XML010 a file of another kind, XML011 a submission without a Form 4, XML012 one with several.
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec.structs import replace

from form4_author.edgar.decoding import decode, readable, unmasked
from form4_author.edgar.published import BEGINNINGS, MAIL, TYPE, accession_and_date, text_of
from form4_author.edgar.published import spans as spans_of
from form4_author.edgar.submission import ROOT as ENVELOPE_ROOT
from form4_author.edgar.submission import Submission, read_submission
from form4_author.edgar.text_places import before, undashed
from form4_author.edgar.xml_source import MAX_BYTES, XmlDocument, parse, parse_part, too_large
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.masking import Veiled, masked
from form4_author.sec_codes.form_names import document_types, supported_form

_XML = re.compile(r"<XML>(.*?)(?:</XML>|</TEXT>|\Z)", re.DOTALL)
_OWNERSHIP = re.compile(r"<(?:[\w.-]+:)?ownershipDocument\b")
_CLOSED = "</ownershipDocument>"
_LISTED = 10


class Wrapping(StrEnum):
    """What an ownership document came in."""

    NONE = "document"
    ENVELOPE = "submission"
    PUBLISHED = "published submission"


class Unwrapped(Veiled, frozen=True, kw_only=True):
    """An ownership document, out of what it came in.

    Attributes:
        document: the document, parsed; positions point into the file given, or for an envelope into
            `FILE!NAME`, the document enclosed.
        data: the document's own bytes.
        wrapping: what it came in.
        envelope: the envelope as XML, for its own schema; None without one.
        submission: what the envelope says; None without one.
        accession: the accession number of a published submission; empty where it is not known.
        filed: the filing date of a published submission, `YYYY-MM-DD`; empty where it is not known.
    """

    document: XmlDocument
    data: bytes
    wrapping: Wrapping = Wrapping.NONE
    envelope: XmlDocument | None = None
    submission: Submission | None = None
    accession: str = ""
    filed: str = ""


def unwrap(data: bytes, file: str, *, texts: dict[str, str] | None = None) -> Unwrapped:
    """Find the ownership document in a file.

    Whether it is a Form 4 is for `edgar_xml.read` to say.

    Args:
        data: an ownership XML, an edgarSubmission XML, or a submission as EDGAR publishes it (.txt).
        file: the name that findings give.
        texts: filled with the text of each file that findings may point into, by name, CCCs masked; also where the
            file is refused.

    Raises:
        Rejected: it is another kind of file (XML010, `unreadable` set), holds no Form 4 (XML011) or several
            (XML012), or what `xml_source.parse` and `read_submission` say.
    """
    texts = {} if texts is None else texts
    if len(data) > MAX_BYTES:
        raise too_large(file)
    texts.pop(file, None)
    try:
        return _unwrapped(data, file, texts)
    except Rejected:
        if file not in texts:
            texts[file] = readable(data)
        raise


def _unwrapped(data: bytes, file: str, texts: dict[str, str]) -> Unwrapped:
    start = unmasked(data).lstrip()[:4000].lower()
    if start.startswith(BEGINNINGS):
        return _published(*text_of(data, file), file, texts, dashed=start.startswith(MAIL))
    refuse_other_kinds(data, start, file)
    document = parse(data, file)
    texts[file] = document.text
    if document.root.tag != ENVELOPE_ROOT:
        return Unwrapped(document=document, data=data)
    submission = read_submission(document)
    _refuse_a_second_one(submission, file)
    name = f"{file}!{submission.primary.name.text.strip() or 'document'}"
    content = submission.primary.content
    texts[name] = readable(content)
    return Unwrapped(
        document=parse(content, name),
        data=content,
        wrapping=Wrapping.ENVELOPE,
        envelope=document,
        submission=submission,
    )


def _refuse_a_second_one(submission: Submission, file: str) -> None:
    """An envelope sends one ownership document; a second one is told by SUB009, but not one that an exhibit hides."""
    for exhibit in submission.exhibits:
        kind = exhibit.type.text.strip()
        shown = exhibit.content.replace(b"\0", b"").decode("latin-1")  # of UTF-16 what is ASCII is left
        if kind not in document_types() and _OWNERSHIP.search(shown):
            place = exhibit.origin.position or Position(file, 1, 1)
            what = f"a second ownership document is enclosed (type {kind or 'not told'})"
            raise _refused("XML012", what, "Give one form a submission.", file, place.line, place.column)


def _published(text: str, codec: str, file: str, texts: dict[str, str], *, dashed: bool) -> Unwrapped:
    """The ownership document of a published submission; `codec` is what its text was decoded with."""
    try:
        start, end = _held(text, file)
        part = _as_declared(text[start:end], codec, file, before(text, start))
        text, end = text[:start] + part + text[end:], start + len(part)
        document = parse_part(text, file, start, end, dashed=dashed)
    except Rejected:
        texts[file] = masked(text)
        raise
    texts[file] = document.text
    accession, filed = accession_and_date(text)
    return Unwrapped(
        document=document,
        data=(undashed(part) if dashed else part).encode(),
        wrapping=Wrapping.PUBLISHED,
        accession=accession,
        filed=filed,
    )


def _held(text: str, file: str) -> tuple[int, int]:
    """Where the one ownership document of a published submission begins and ends."""
    spans = list(spans_of(text))
    types = [kind[1] if (kind := TYPE.search(text, *span)) else "" for span in spans]
    held = [span for span in spans if _OWNERSHIP.search(text, *span)]
    if not held:
        raise _no_form(text, spans, types, file)
    if len(held) > 1:
        lines = ", ".join(str(before(text, start)[0]) for start, _ in held[:_LISTED])
        lines += ", ..." if len(held) > _LISTED else ""
        what = f"the file holds {len(held)} ownership documents (lines {lines})"
        raise _refused("XML012", what, "Give one submission at a time.", file, *before(text, held[1][0]))
    start, end = _bounds(text, *held[0])
    for other in _OWNERSHIP.finditer(text, *held[0]):
        if not start <= other.start() < end:
            what = "a second ownership document stands in one <DOCUMENT>"
            raise _refused("XML012", what, "Give one submission at a time.", file, *before(text, other.start()))
    return start, end


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the XML of a document begins and ends; the blanks around it are the wrapping's."""
    marked = _XML.search(text, start, end)
    if marked:
        start, end = marked.span(1)
    else:
        root = _OWNERSHIP.search(text, start, end)
        declared = text.find("<?xml", start, end)
        start = declared if declared >= 0 or root is None else root.start()
        closed = text.rfind(_CLOSED, start, end)
        end = closed + len(_CLOSED) if closed >= 0 else end
    part = text[start:end]
    return end - len(part.lstrip()), start + len(part.rstrip())


def _no_form(text: str, spans: list[tuple[int, int]], types: list[str], file: str) -> Rejected:
    for span, kind in zip(spans, types, strict=True):
        place = TYPE.search(text, *span)
        if kind.upper() in document_types() and place:
            hint = "Before June 2003 forms were filed as text or HTML; those can't be read."
            return _refused("XML011", f"the Form {kind} here is no XML", hint, file, *before(text, place.start()))
    found = [kind or "no type" for kind in dict.fromkeys(types)]
    listed = ", ".join(kind[:20] for kind in found[:_LISTED]) + (", ..." if len(found) > _LISTED else "") or "none"
    what = f"there is no {supported_form()} in this submission (documents of type: {listed})"
    return _refused("XML011", what, f"Give the submission of a {supported_form()}.", file, 1, 1)


_WANTED = "Give a plan (.yaml), the form's XML, an edgarSubmission XML or the submission's .txt from EDGAR."
_PAGE = (
    "On sec.gov, the page of a form is made from its XML: open the filing's index and take the .xml that does not "
    "lie in a folder named xsl..., or the complete submission text file."
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
)
_PLAN = re.compile(r"^(?:form|issuer|owners|transactions|securities|include):", re.MULTILINE)


def refuse_other_kinds(data: bytes, start: str, file: str) -> None:
    """Say what a file looks like that is no XML.

    Args:
        data: its bytes.
        start: its begin as text, in small letters.
        file: the name that findings give.

    Raises:
        Rejected: it is empty, or of a kind that one recognises (XML010); `unreadable` is set.
    """

    def other(what: str, hint: str = _WANTED) -> Rejected:
        return _refused("XML010", what, hint, file, 1, 1, unreadable=True)

    if not data.strip():
        raise other("the file is empty")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise other(f"this is {what}, not XML")
    if _is_html(start):
        raise other("this is an HTML page, not XML", _PAGE)
    if start.startswith("<") or b"\0" in data or not start:
        return
    if start[0] in "{[":
        raise other("this looks like JSON, not XML")
    if _PLAN.search(start):
        raise other("this looks like a plan, not XML", "Give the file a name that ends in .yaml.")
    if not _OWNERSHIP.search(data.decode("latin-1")):
        raise other("this is text of another kind, not XML")


def _is_html(start: str) -> bool:
    """Whether a text in small letters is a page: behind an XML declaration and comments, HTML begins."""
    at, closing = 0, ">" if start.startswith("<?xml") else "-->" if start.startswith("<!--") else ""
    while closing:
        end = start.find(closing, at)
        if end < 0:
            return False
        at = end + len(closing)
        while start[at : at + 1].isspace():
            at += 1
        closing = "-->" if start.startswith("<!--", at) else ""
    return start.startswith(("<!doctype html", "<html"), at)


def _as_declared(part: str, codec: str, file: str, start: tuple[int, int]) -> str:
    """A document's text in the encoding that it declares itself, whatever the text around it is in.

    Args:
        part: the document as it was decoded with the text around it.
        codec: what it was decoded with.
        file: the name that findings give.
        start: line and column of the document's begin.
    """
    try:
        return decode(part.encode(codec), file, shown=codec)[0]
    except Rejected as refused:
        raise Rejected([_further(finding, start) for finding in refused.findings]) from None


def _further(finding: Finding, start: tuple[int, int]) -> Finding:
    """A finding on a part of a file, told at its place in the whole of it."""
    place, (line, column) = finding.origin.position, start
    if place is None:
        return finding
    moved = replace(place, line=place.line + line - 1, column=place.column + (column - 1 if place.line == 1 else 0))
    return replace(finding, origin=replace(finding.origin, position=moved))


def _refused(
    code: str, message: str, hint: str, file: str, line: int, column: int, *, unreadable: bool = False
) -> Rejected:
    origin = Origin(Position(file, line, column))
    return Rejected([error(code, message, origin, hint=hint)], unreadable=unreadable)
