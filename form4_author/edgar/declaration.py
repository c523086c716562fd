"""The XML declaration of a document -> the encoding that it names, read as every XML parser reads it.

What is no declaration by the letter of XML 1.0 (section 2.8) is none here either: a parser that is stricter or laxer
than EDGAR's would read another text than EDGAR does.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: Codecs by the names that any parser understands, in small letters.
CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
_BEGIN = re.compile(rb"[ \t\r\n]*+<\?xml(?=[ \t\r\n?])")
_DECLARATION = re.compile(
    rb"""[ \t\r\n]++version[ \t\r\n]*+=[ \t\r\n]*+(?:"[a-zA-Z0-9_.:-]++"|'[a-zA-Z0-9_.:-]++')"""
    rb"""(?:[ \t\r\n]++encoding[ \t\r\n]*+=[ \t\r\n]*+"""
    rb"""(?:"([A-Za-z][A-Za-z0-9._-]*+)"|'([A-Za-z][A-Za-z0-9._-]*+)'))?+"""
    rb"""(?:[ \t\r\n]++standalone[ \t\r\n]*+=[ \t\r\n]*+(?:"(?:yes|no)"|'(?:yes|no)'))?+"""
    rb"""[ \t\r\n]*+\?>"""
)


class Declared(NamedTuple):
    """What a document declares.

    Attributes:
        encoding: the name of its encoding as written; `utf-8` where it names none.
        at: the index of the name; of the declaration where it names none or can't be understood.
        understood: False where something stands there that is no XML declaration.
    """

    encoding: str
    at: int
    understood: bool


def declared(data: bytes) -> Declared:
    """The encoding that a document's declaration names, blanks before it aside.

    Args:
        data: the document, from its begin.
    """
    begin = _BEGIN.match(data)
    if begin is None:
        return Declared("utf-8", 0, understood=True)
    found = _DECLARATION.match(data, begin.end())
    if found is None:
        return Declared("utf-8", data.index(b"<"), understood=False)
    group = 1 if found[1] is not None else 2
    if found[group] is None:
        return Declared("utf-8", data.index(b"<"), understood=True)
    return Declared(found[group].decode("ascii"), found.start(group), understood=True)
