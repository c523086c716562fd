"""What an XML parser complains of, in plain English: the cause, where it stands, what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.parsers.expat import errors

from msgspec import Struct

from form4_author.edgar.text_places import index_of
from form4_author.masking import masked


class Complaint(Struct, frozen=True):
    """What is wrong with a text as XML: a message, a hint, and the index of the character that is to blame."""

    message: str
    hint: str
    index: int


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
