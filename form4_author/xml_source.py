"""XML text -> element tree and the position (line, column) of every element; hostile input is refused here.

Nothing outside the given bytes is ever read: a document type declaration is refused before any entity can be
declared, so there are no external references, no expansion and no network.

Codes: XML001 not well-formed, XML002 document type declaration, XML003 too large or too deep, XML004 not text
in a supported encoding.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET
from xml.parsers import expat

from form4_author.findings import Origin, Position, Rejected, error

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 32
MAX_ELEMENTS = 200_000
_CCC = re.compile(r"(<rptOwnerCcc>)([^<]*)", re.IGNORECASE)


def masked(text: str) -> str:
    """The text with every CCC in it replaced by asterisks, character for character."""
    return _CCC.sub(lambda m: m[1] + re.sub(r"\S", "*", m[2]), text)


@dataclass(frozen=True, slots=True)
class XmlDocument:
    """A parsed document.

    Attributes:
        file: the name that findings give.
        root: the tree, as `xml.etree` elements.
        text: the document's own text, CCCs masked: for showing lines of it.
        instructions: position and target of each processing instruction, the XML declaration aside.
        declared_version: the version in the XML declaration; empty without one.
    """

    file: str
    root: ET.Element
    text: str
    instructions: tuple[tuple[Position, str], ...] = ()
    declared_version: str = ""
    _positions: dict[int, tuple[int, int]] = field(default_factory=dict, repr=False)
    _paths: dict[int, str] = field(default_factory=dict, repr=False)

    def path_of(self, element: ET.Element) -> str:
        """The element's path, numbered where it repeats: `/ownershipDocument/reportingOwner[2]/...`."""
        return self._paths[id(element)]

    def origin_of(self, element: ET.Element) -> Origin:
        """Where the element's begin tag stands."""
        line, column = self._positions[id(element)]
        return Origin(Position(self.file, line, column), self._paths[id(element)])


class _Builder:
    """The expat handlers: build the tree, note positions, refuse what is hostile."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.parser = expat.ParserCreate(intern={})
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.XmlDeclHandler = self.declaration
        self.tree = ET.TreeBuilder()
        self.depth = 0
        self.positions: dict[int, tuple[int, int]] = {}
        self.instructions: list[tuple[Position, str]] = []
        self.version = ""

    def here(self) -> Position:
        return Position(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def refuse(self, code: str, message: str, hint: str) -> Rejected:
        return Rejected([error(code, message, Origin(self.here()), hint=hint)])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.refuse(
                "XML003",
                f"elements are nested more than {MAX_DEPTH} deep",
                "No ownership document is nested more than eight deep: this file is damaged or hostile.",
            )
        element = self.tree.start(tag, attributes)
        self.positions[id(element)] = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        if len(self.positions) > MAX_ELEMENTS:
            raise self.refuse(
                "XML003",
                f"more than {MAX_ELEMENTS:,} elements",
                "The largest Form 4 has a few thousand: this file is damaged or hostile.",
            )

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.tree.end(tag)

    def data(self, text: str) -> None:
        self.tree.data(text)

    def instruction(self, target: str, _data: str) -> None:
        self.instructions.append((self.here(), target))

    def declaration(self, version: str, _encoding: str | None, _standalone: int) -> None:
        self.version = version

    def doctype(self, name: str, *_rest: object) -> None:
        raise self.refuse(
            "XML002",
            f"a document type declaration (<!DOCTYPE {name}) is not allowed",
            "EDGAR's documents have none; remove it with all entities it declares.",
        )


def parse(data: bytes, file: str) -> XmlDocument:
    """Parse an XML document, safely.

    Args:
        data: the document; UTF-8, UTF-16 with a byte order mark, ISO-8859-1 or US-ASCII.
        file: the name that findings give.

    Raises:
        Rejected: it is not well-formed, too large or deep, or declares a document type (XML001 to XML004).
    """
    if len(data) > MAX_BYTES:
        raise Rejected(
            [
                error(
                    "XML003",
                    f"the file is larger than {MAX_BYTES // 2**20} MiB",
                    Origin(Position(file, 1, 1)),
                    hint="A Form 4 of the largest size is well below 1 MiB. Is this the right file?",
                )
            ]
        )
    builder = _Builder(file)
    try:
        builder.parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
        root = builder.tree.close()
    except expat.ExpatError as problem:
        place = Position(file, problem.lineno, problem.offset + 1)
        reason = expat.errors.messages.get(problem.code, str(problem))
        code = "XML004" if "encoding" in reason else "XML001"
        raise Rejected(
            [error(code, f"not well-formed XML: {reason}", Origin(place), hint=_HINTS.get(reason, ""))]
        ) from None
    return XmlDocument(
        file=file,
        root=root,
        text=masked(data.decode("utf-8", errors="replace")),
        instructions=tuple(builder.instructions),
        declared_version=builder.version,
        _positions=builder.positions,
        _paths=_paths(root),
    )


_HINTS = {
    "no element found": "The file is empty or cut off before its end.",
    "mismatched tag": "The end tag must repeat the name of the element that is open here.",
    "not well-formed (invalid token)": "Write &amp; for &, &lt; for < and &gt; for > in text; look for a "
    "stray character.",
    "XML or text declaration not at start of entity": "Nothing, not even a blank, may stand before <?xml "
    "(specification 4.1(4)).",
    "junk after document element": "There is one root element; remove what follows its end tag.",
    "undefined entity": "Only &amp; &lt; &gt; and &quot; are known to EDGAR (specification 3.2).",
}


def _paths(root: ET.Element) -> dict[int, str]:
    paths = {id(root): f"/{root.tag}"}
    queue = [root]
    while queue:
        parent = queue.pop()
        counts = Counter(child.tag for child in parent)
        seen: dict[str, int] = {}
        for child in parent:
            seen[child.tag] = seen.get(child.tag, 0) + 1
            number = f"[{seen[child.tag]}]" if counts[child.tag] > 1 else ""
            paths[id(child)] = f"{paths[id(parent)]}/{child.tag}{number}"
            queue.append(child)
    return paths
