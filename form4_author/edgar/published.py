"""A submission as EDGAR publishes it: one text with a header and each document between <DOCUMENT> and </DOCUMENT>.

Until about 2010 that text was itself wrapped as privacy-enhanced mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from form4_author.edgar.decoding import decode
from form4_author.edgar.text_places import one_line_end

MAIL = "-----begin privacy-enhanced message"
BEGINNINGS = ("<sec-document", "<sec-header", "<ims-document", "<submission>", "<document>", "<type>", MAIL)
"""How such a text begins, in small letters."""
TYPE = re.compile(r"^<TYPE>[ \t]*([^\s<]*)", re.MULTILINE)

_MARK = re.compile(r"^<(/?)DOCUMENT>", re.MULTILINE)
_ACCESSION = re.compile(r"^(?:ACCESSION NUMBER:|<ACCESSION-NUMBER>)\s*(\d{10}-\d\d-\d{6})\s*$", re.MULTILINE)
_FILED = re.compile(r"^(?:FILED AS OF DATE:|<FILING-DATE>)\s*(\d{4})(\d\d)(\d\d)\s*$", re.MULTILINE)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each document begins and ends; the last one of a text that is cut off ends with it."""
    marks = list(_MARK.finditer(text))
    if not marks:
        yield 0, len(text)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    yield from ((mark.start(), end) for mark, end in zip(marks, ends, strict=False) if not mark[1])


def accession_and_date(text: str) -> tuple[str, str]:
    """The accession number and the filing date, `YYYY-MM-DD`; each empty where it is not known."""
    accession, filed = _ACCESSION.search(text), _FILED.search(text)
    return accession[1] if accession else "", "-".join(filed.groups()) if filed else ""


def text_of(data: bytes, file: str) -> tuple[str, str]:
    """The text of a published submission, and the codec it was decoded with; exhibits may be of any encoding."""
    if b"\0" in data:
        return decode(data, file)[0], "utf-8"
    try:
        return one_line_end(data.decode("utf-8-sig")), "utf-8"
    except UnicodeDecodeError:
        return one_line_end(data.decode("latin-1")), "latin-1"
