"""The text of an XML file: its encoding found out, its CCCs masked, its parser's complaints in plain English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.parsers.expat import errors

from form4_author.findings import Origin, Position, Rejected, error

_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,80}?\bencoding\s*=\s*(["'])(.{0,40}?)\1""")
_UTF8_MARK = b"\xef\xbb\xbf"
_SIGNATURES = (  # the longer ones first: UTF-32's marks begin as UTF-16's do
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"<\0", "UTF-16"),
    (b"\0<", "UTF-16"),
    (b"\x4c\x6f\xa7\x94", "EBCDIC"),
)

# From the name of the element to the next tag; a comment or a CDATA section does not end its content.
_CCC = re.compile(
    r"(<\s*(?:[\w.-]+:)?rptOwnerCcc)((?:[^<]++|<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))*+)",
    re.IGNORECASE | re.DOTALL,
)
# An enclosed document is base64: readable for whoever decodes it, CCC included.
_ENCLOSED = re.compile(r"(<\s*(?:[\w.-]+:)?documentMimeBlock)([^<]*+)", re.IGNORECASE)
_SHOWN = re.compile(r"[^\s>]")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a text as XML: a message, a hint, and the index of the character that is to blame."""

    message: str
    hint: str
    index: int


def masked(text: str) -> str:
    """The text with every CCC, and every enclosed document, replaced by asterisks, character for character."""
    lower = text.lower()
    for name, pattern in (("rptownerccc", _CCC), ("documentmimeblock", _ENCLOSED)):
        if name in lower:
            text = pattern.sub(lambda match: match[1] + _SHOWN.sub("*", match[2]), text)
    return text


def readable(data: bytes) -> str:
    """Any file's text for showing lines of it: decoded as well as may be, line ends line feeds, CCCs masked.

    Empty where the bytes are no text: nothing of it can be shown, and nothing be masked with certainty.
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature) and name != "EBCDIC":
            big = data.startswith((b"\0", b"\xfe"))
            codec = f"{name.lower()}-{'be' if big else 'le'}"
            return masked(one_line_end(data.decode(codec, "replace").removeprefix("\ufeff")))
    text = data.removeprefix(_UTF8_MARK).decode("utf-8", "replace")
    return "" if "\0" in text else masked(one_line_end(text))


def one_line_end(text: str) -> str:
    """The text with every line end a single line feed, as an XML parser reads it (XML 1.0, section 2.11)."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def undashed(text: str) -> str:
    """The text that a part of a privacy-enhanced mail stands for.

    Such mail writes a line that begins with a hyphen as `- ` and the line (RFC 1421, section 4.3.2.2).
    """
    return text.replace("\n- ", "\n")


def decode(data: bytes, file: str) -> tuple[str, bool]:
    """An XML file's text, every line end a line feed, and whether a byte order mark stood before it.

    Args:
        data: the file's bytes.
        file: the name that findings give.

    Raises:
        Rejected: XML004, the bytes are no text in an encoding that is understood.
    """
    marked = data.startswith(_UTF8_MARK)
    data = data.removeprefix(_UTF8_MARK)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise _not_text(f"the file is {name} text", file, 1, 1)
    zero = data.find(b"\0")
    if zero >= 0:
        raise _not_text("the file holds a NUL byte here, so it is no text", file, *_place(data, zero))
    declared = _DECLARED.match(data)
    name = declared[2].decode("ascii", "replace") if declared else "utf-8"
    codec = _ENCODINGS.get(name.lower())
    if codec is None or (marked and codec != "utf-8"):
        line, column = _place(data, declared.start(2)) if declared else (1, 1)
        what = f"the file is declared as {name}" + (", but begins with UTF-8's byte order mark" if marked else "")
        raise _not_text(what, file, line, column)
    try:
        return one_line_end(data.decode(codec)), marked
    except UnicodeDecodeError as problem:
        shown = "UTF-8" if codec == "utf-8" else name
        what = f"byte 0x{data[problem.start]:02X} is not {shown} text"
        raise _not_text(what, file, *_place(data, problem.start)) from None


def before(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a character of a text whose line ends are line feeds."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def index_of(text: str, line: int, offset: int) -> int:
    """The index of a character, given its line (from 1) and what stands before it on that line."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + offset


def explain(code: int, text: str, line: int, offset: int, opened: Sequence[tuple[str, int]]) -> Complaint:
    """What the parser means, where its cause stands, and what to do.

    Args:
        code: expat's error number.
        text: what it read.
        line: the line of the complaint, from 1.
        offset: the column of the complaint, from 0.
        opened: the name and line of each element that was open, the outermost first.
    """
    index = index_of(text, line, offset)
    reason = errors.messages.get(code, "not well-formed")
    content = text.lstrip()
    if content and not content.startswith("<"):
        reason, index = errors.XML_ERROR_SYNTAX, len(text) - len(content)
    if reason == errors.XML_ERROR_NO_ELEMENTS and opened:
        name, since = opened[-1]
        return Complaint(f"the file ends inside <{name}>, opened on line {since}", "It is cut off.", index)
    if reason == errors.XML_ERROR_TAG_MISMATCH:
        name, since = opened[-1]
        start = text.rindex("</", 0, index + 1)
        closing = re.compile(r"</[^\s>]*").match(text, start)
        shown = f"{closing[0]}>" if closing else "this end tag"
        return Complaint(f"{shown} does not close <{name}>, opened on line {since}", f"Write </{name}> here.", start)
    if reason == errors.XML_ERROR_UNDEFINED_ENTITY:
        entity = re.compile(r"&[^;\s<]*;?").match(masked(text), index)
        return Complaint(f"{entity[0] if entity else 'an entity'} is not known", _ENTITIES, index)
    if reason == errors.XML_ERROR_UNCLOSED_CDATA_SECTION:
        index = text.rindex("<![CDATA[")
    if reason == errors.XML_ERROR_INVALID_TOKEN:
        return _invalid(text, index)
    message, hint = _REASONS.get(reason, (f"not well-formed XML: {reason}", ""))
    return Complaint(message, hint, index)


_ENTITIES = "EDGAR knows &amp; &lt; &gt; and &quot; alone (specification 3.2)."
_REASONS = {
    errors.XML_ERROR_SYNTAX: (
        "this is not the beginning of an XML document",
        "The file must begin with <?xml or the root element (specification 4.1(4)).",
    ),
    errors.XML_ERROR_NO_ELEMENTS: ("there is no XML element in the file", "It is empty or cut off."),
    errors.XML_ERROR_MISPLACED_XML_PI: (
        "the XML declaration does not stand at the file's beginning",
        "Nothing, not even a blank, may stand before <?xml (specification 4.1(4)).",
    ),
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: (
        "something follows the end of the root element",
        "Remove it: a document has one root element.",
    ),
    errors.XML_ERROR_UNCLOSED_TOKEN: ("what begins here has no end", "The file is cut off, or a > is missing."),
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION: (
        "the CDATA section that begins here has no end",
        "The file is cut off, or ]]> is missing.",
    ),
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: ("the attribute stands twice in one tag", "Write it once."),
    errors.XML_ERROR_BAD_CHAR_REF: ("XML has no character of that number", "Remove the reference."),
}


def _invalid(text: str, index: int) -> Complaint:
    """The parser stops behind the cause where that is a bare & or <, so the cause is looked for before it."""
    start = max(0, index - 60)
    cause = re.search(r"(&)#?\w*$|</?$", text[start:index])
    if cause is not None:
        sign, written = ("&", "&amp;") if cause[1] else ("<", "&lt;")
        return Complaint(f"a bare {sign} in the text", f"Write {written} (specification 3.2).", start + cause.start())
    character = text[index : index + 1]
    if character < " " and character:
        return Complaint(f"the control character U+{ord(character):04X} is not allowed in XML", "Remove it.", index)
    if text[: index + 1].endswith("]]>"):
        return Complaint("]]> can't stand in the text", "Write ]]&gt;.", index - 2)
    return Complaint(
        f"{character!r} can't stand here", "Look for a missing quote, a stray < or a damaged tag before it.", index
    )


def _place(data: bytes, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a byte, the bytes before it read as UTF-8."""
    text = one_line_end(data[:index].decode("utf-8", "replace"))
    return before(text, len(text))


def _not_text(what: str, file: str, line: int, column: int) -> Rejected:
    hint = "EDGAR takes ASCII: save the file as plain text (ASCII or UTF-8, no byte order mark)."
    return Rejected([error("XML004", what, Origin(Position(file, line, column)), hint=hint)])
