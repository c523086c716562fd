"""The bytes of an XML file -> its text; the encoding found out.

Code: XML004 not text in an encoding that is understood.
"""

from __future__ import annotations

from form4_author.edgar.declaration import CODECS, declared
from form4_author.edgar.text_places import before, one_line_end
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.masking import masked

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


def decode(data: bytes, file: str, *, shown: str = "utf-8") -> tuple[str, bool]:
    """An XML file's text, every line end a line feed, and whether a byte order mark stood before it.

    Args:
        data: the file's bytes.
        file: the name that findings give.
        shown: the codec of the text that findings point into.

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
        raise _not_text("the file holds a NUL byte here, so it is no text", file, *_place(data, zero, shown))
    named = declared(data)
    if not named.understood:
        raise _not_text("the XML declaration can't be understood", file, *_place(data, named.at, shown))
    codec = CODECS.get(named.encoding.lower())
    if codec is None or (marked and codec != "utf-8"):
        what = f"the file is declared as {named.encoding}"
        what += ", but begins with UTF-8's byte order mark" if marked else ""
        raise _not_text(what, file, *_place(data, named.at, shown))
    try:
        return one_line_end(data.decode(codec)), marked
    except UnicodeDecodeError as problem:
        called = "UTF-8" if codec == "utf-8" else named.encoding
        what = f"byte 0x{data[problem.start]:02X} is not {called} text"
        raise _not_text(what, file, *_place(data, problem.start, shown)) from None


def readable(data: bytes) -> str:
    """Any file's text for showing lines of it: decoded as well as may be, line ends line feeds, CCCs masked.

    Empty where the bytes are no text: nothing of it can be shown, and nothing be masked with certainty.
    """
    return masked(unmasked(data))


def unmasked(data: bytes) -> str:
    """The same with the CCCs in it: to be looked at, not to be kept."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature) and name != "EBCDIC":
            big = data.startswith((b"\0", b"\xfe"))
            codec = f"{name.lower()}-{'be' if big else 'le'}"
            return one_line_end(data.decode(codec, "replace").removeprefix("\ufeff"))
    text = data.removeprefix(_UTF8_MARK).decode("utf-8", "replace")
    return "" if "\0" in text else one_line_end(text)


def _place(data: bytes, index: int, codec: str) -> tuple[int, int]:
    """Line and column, from 1, of a byte, the bytes before it read as text of a codec."""
    text = one_line_end(data[:index].decode(codec, "replace"))
    return before(text, len(text))


def _not_text(what: str, file: str, line: int, column: int) -> Rejected:
    hint = "EDGAR takes ASCII: save the file as plain text (ASCII or UTF-8, no byte order mark)."
    return Rejected([error("XML004", what, Origin(Position(file, line, column)), hint=hint)])
