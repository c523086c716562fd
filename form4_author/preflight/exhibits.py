"""SUB: what stands in the enclosed exhibits, as EDGAR reads text, HTML and pictures.

The SEC's sources are chapter 5 of the EDGAR Filer Manual, Volume II, and its HTML Specifications for EDGAR (sec.gov).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, Problem, submission_rule
from form4_author.preflight.envelope import Enclosed, Package, kind_of, label_of, place_of

_TEXT, _PAGES, _PICTURES = (".txt",), (".htm",), (".jpg", ".gif")
_PRIVATE = ("COVER", "CORRESP")
_LONGEST, _LONGEST_IN_TABLE = 80, 132
_ACTIVE = frozenset({"applet", "embed", "frame", "frameset", "iframe", "object", "script"})
_TAG = re.compile(rb"<([a-z][a-z0-9]*)\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"(?<![^\s\"'=<>/])([^\s\"'=<>/]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_REFERRING = frozenset({"href", "src", "background"})
_SCRIPT = re.compile(r"\s*(?:javascript|vbscript):", re.IGNORECASE)
_SEC = re.compile(r"https?://(?:www\.)?sec\.gov(?:/|$)", re.IGNORECASE)
_KINDS = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_SAVE = {".txt": "plain text", ".htm": "HTML", ".jpg": "JPEG", ".gif": "GIF"}
_AS_NAMED = {".jpg": "a JPEG picture", ".gif": "a GIF picture"}
_BELOW_BLANK = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def _named(document: Enclosed, endings: tuple[str, ...]) -> bool:
    return document.name.text.strip().lower().endswith(endings)


def _ending(document: Enclosed) -> str:
    name = document.name.text.strip().lower()
    return name[name.rfind(".") :] if "." in name else ""


def _line(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1


@submission_rule(
    "SUB013",
    Severity.WARNING,
    "an exhibit that isn't what its name says",
    source="Specification 4.2.1.2, 5; EDGAR Filer Manual, Volume II, 5.2",
    forms=ALL_FORMS,
)
def another_kind(package: Package) -> Iterator[Problem]:
    """The ending of a file's name tells EDGAR what it is: text, HTML, JPEG or GIF.

    A word processor's file that was renamed `.txt`, or a PNG renamed `.jpg`, is invalid content. A PDF is told by
    SUB004.
    """
    for document in package.envelope.exhibits:
        if kind := _other_kind(document):
            yield Problem(
                f"{label_of(document)} is {kind}",
                place_of(document.name, document),
                f"Save it as {_SAVE[_ending(document)]}, and enclose that.",
            )


def _other_kind(document: Enclosed) -> str:
    """What a document is, in words, where its name says that it is something else; empty where it may be that."""
    ending, content = _ending(document), document.content
    if ending not in _SAVE or content.lstrip().startswith(b"%PDF"):
        return ""
    kind = next((kind for start, kind in _KINDS if content.startswith(start)), "")
    if ending in _AS_NAMED:
        return "" if kind == _AS_NAMED[ending] else kind or f"no {_AS_NAMED[ending].removeprefix('a ')}"
    return kind or ("a binary file" if b"\0" in content else "")


@submission_rule(
    "SUB010",
    Severity.WARNING,
    "a text or HTML exhibit with characters that EDGAR doesn't take",
    source="Specification 5; EDGAR Filer Manual, Volume II, 5.2.1",
    forms=ALL_FORMS,
)
def exhibit_characters(package: Package) -> Iterator[Problem]:
    """Enclosed text and HTML are plain ASCII.

    Typographic quotes and dashes in a power of attorney are the usual case; EDGAR suspends the submission or warns.
    """
    for document in package.envelope.exhibits:
        if not _named(document, (*_TEXT, *_PAGES)) or document.content.isascii() or _other_kind(document):
            continue
        at = next(index for index, byte in enumerate(document.content) if byte > 127)
        line = _line(document.content, at)
        yield Problem(
            f"{label_of(document)} holds characters outside plain ASCII, the first in line {line}",
            place_of(document.name, document),
            "Save it as plain text, with straight quotes and hyphens.",
        )


def _tags(content: bytes) -> Iterator[tuple[str, bytes, int]]:
    """The begin tags of a page, comments aside: name in small letters, what stands in it, place."""
    at = 0
    while tag := _TAG.search(content, at):
        comment = content.find(b"<!--", at, tag.start())
        if comment >= 0:
            closed = content.find(b"-->", comment + 4)
            if closed < 0:
                return
            at = closed + 3
            continue
        yield tag[1].decode("ascii").lower(), tag[2], tag.start()
        at = tag.end()


def _attributes(inside: bytes) -> Iterator[tuple[str, str]]:
    """The attributes with a value, given what stands in a tag: name in small letters, value."""
    for found in _ATTRIBUTE.finditer(inside):
        value = (found[2] or found[3] or found[4] or b"").decode("utf-8", "replace")
        yield found[1].decode("utf-8", "replace").lower(), html.unescape(value).strip()


def _targets(inside: bytes) -> Iterator[str]:
    """What a tag refers to, given what stands in it."""
    yield from (value for name, value in _attributes(inside) if name in _REFERRING)


def _shown(page: Enclosed) -> set[str]:
    """All that a page refers to."""
    return {target for _, inside, _ in _tags(page.content) for target in _targets(inside)}


@submission_rule(
    "SUB014",
    Severity.ERROR,
    "an HTML exhibit with active content",
    source="EDGAR Filer Manual, Volume II, 5.2.2; HTML Specifications for EDGAR",
    forms=ALL_FORMS,
)
def active_content(package: Package) -> Iterator[Problem]:
    """EDGAR takes no submission with a page that does something: a script, an applet, an embedded object or frame.

    So it is with attributes that run a script (`onclick`) and links that are one (`javascript:`).
    """
    for document in package.envelope.exhibits:
        if not _named(document, _PAGES):
            continue
        for name, inside, at in _tags(document.content):
            what = f"<{name}>" if name in _ACTIVE else ""
            if not what and any(key.startswith("on") for key, _ in _attributes(inside)):
                what = f"a script in an attribute of <{name}>"
            if not what and any(_SCRIPT.match(target) for target in _targets(inside)):
                what = f"a link that is a script in <{name}>"
            if what:
                yield Problem(
                    f"{label_of(document)} holds {what} in line {_line(document.content, at)}",
                    place_of(document.name, document),
                    "Take it out: the page only shows text, tables and pictures.",
                )
                break


@submission_rule(
    "SUB015",
    Severity.WARNING,
    "an HTML exhibit that refers to something outside the submission",
    source="EDGAR Filer Manual, Volume II, 5.2.2; HTML Specifications for EDGAR",
    forms=ALL_FORMS,
)
def outside_reference(package: Package) -> Iterator[Problem]:
    """What a page shows or links to must be enclosed, under the very name that it is linked by.

    Earlier filings on sec.gov are the one exception. An address on the web may stand in the text, without a link.
    """
    enclosed = {document.name.text.strip() for document in package.documents}
    for document in package.envelope.exhibits:
        if not _named(document, _PAGES):
            continue
        found = [(target, at) for _, inside, at in _tags(document.content) for target in _targets(inside)]
        for target, at in ((unquote(target.partition("#")[0]), at) for target, at in found):
            if target and target not in enclosed and not _SEC.match(target) and not _SCRIPT.match(target):
                shown = target if len(target) <= 60 else f"{target[:57]}..."
                line = _line(document.content, at)
                yield Problem(
                    f"{label_of(document)} refers to {shown} in line {line}, which is not in the submission",
                    place_of(document.name, document),
                    "Enclose the file under that name, or take the reference out.",
                )
                break


@submission_rule(
    "SUB016",
    Severity.WARNING,
    "a text exhibit with lines that are too long",
    source="EDGAR Filer Manual, Volume II, 5.2.1.2; Specification 5",
    forms=ALL_FORMS,
)
def long_lines(package: Package) -> Iterator[Problem]:
    """A line of a text document has at most 80 characters, and 132 between <TABLE> and </TABLE>.

    Text that a word processor saved without line breaks has a line for each paragraph.
    """
    for document in package.envelope.exhibits:
        if not _named(document, _TEXT) or _other_kind(document):
            continue
        in_table = False
        for number, line in enumerate(document.content.decode("utf-8", "replace").splitlines(), start=1):
            begins, ends = "<table>" in line.lower(), "</table>" in line.lower()
            most = _LONGEST_IN_TABLE if in_table or begins else _LONGEST
            in_table = (in_table or begins) and not ends
            if len(line.rstrip()) > most:
                yield Problem(
                    f"line {number} of {label_of(document)} has {len(line.rstrip())} characters; EDGAR takes {most}"
                    + (" in a table" if most == _LONGEST_IN_TABLE else ""),
                    place_of(document.name, document),
                    "Save it as plain text with line breaks.",
                )
                break


@submission_rule(
    "SUB017",
    Severity.WARNING,
    "a picture of another type than GRAPHIC, or a GRAPHIC that is no picture",
    source="Specification 3.6.3, 4.2.1.2; HTML Specifications for EDGAR",
    forms=ALL_FORMS,
)
def picture_type(package: Package) -> Iterator[Problem]:
    """A JPEG or GIF file is of type GRAPHIC, and nothing else is.

    A picture of a signed power of attorney is no exhibit by itself: it is shown by an HTML document of type EX-24. One
    that no page shows is told by SUB005.
    """
    shown = {name for page in package.envelope.exhibits if _named(page, _PAGES) for name in _shown(page)}
    for document in package.envelope.exhibits:
        kind, ending, name = kind_of(document), _ending(document), document.name.text.strip()
        if ending in _PICTURES and kind not in {"", "GRAPHIC"} and name in shown:
            yield Problem(
                f"{label_of(document)} is a picture, but of type {document.type.text.strip()}",
                place_of(document.type, document),
                f"Write GRAPHIC, and show it in an HTML exhibit of type {kind}.",
            )
        elif kind == "GRAPHIC" and ending and ending not in _PICTURES:
            yield Problem(
                f"{label_of(document)} is no picture, but of type {document.type.text.strip()}",
                place_of(document.type, document),
                "Write the type that it is, such as EX-99, or enclose a .jpg or .gif.",
            )


@submission_rule(
    "SUB018",
    Severity.WARNING,
    "a picture of a private letter, which becomes public",
    source="EDGAR Filer Manual, Volume II, 5.2.2",
    forms=ALL_FORMS,
)
def public_picture(package: Package) -> Iterator[Problem]:
    """Cover letters and correspondence stay private; the pictures that they show are published at once.

    Told where no public exhibit shows the picture too.
    """
    pages = [document for document in package.envelope.exhibits if _named(document, _PAGES)]
    shown = [(page, _shown(page)) for page in pages]
    for document in package.envelope.exhibits:
        name = document.name.text.strip()
        showing = [page for page, targets in shown if name in targets]
        if _ending(document) in _PICTURES and showing and all(kind_of(page) in _PRIVATE for page in showing):
            yield Problem(
                f"{label_of(document)} is shown by {label_of(showing[0])} alone, which stays private; "
                "the picture is published",
                place_of(document.name, document),
                "Leave the picture out, unless it may be seen by everyone.",
            )


@submission_rule(
    "SUB019",
    Severity.WARNING,
    "control characters in a text or HTML exhibit",
    source="EDGAR Filer Manual, Volume II, 5.2.1",
    forms=ALL_FORMS,
)
def control_characters(package: Package) -> Iterator[Problem]:
    """Text and HTML hold printable characters, tabs, line ends and page breaks. What else there is, is invalid."""
    for document in package.envelope.exhibits:
        found = _BELOW_BLANK.search(document.content)
        if found and _named(document, (*_TEXT, *_PAGES)) and not _other_kind(document):
            yield Problem(
                f"{label_of(document)} holds a control character (0x{found[0][0]:02X}) in line "
                f"{_line(document.content, found.start())}",
                place_of(document.name, document),
                "Save it as plain text again, or delete the character.",
            )
