"""XML bytes -> element tree and the position (line, column) of every element; hostile input is refused here.

Nothing outside the given bytes is ever read: a document type declaration is refused before any entity can be
declared, so there are no external references, no expansion and no network; an XInclude is an element like any other.

Codes: XML001 not well-formed, XML002 document type declaration, XML003 too large, too deep, too many elements or
processing instructions, XML004 not text in an encoding that is understood. What can be read but EDGAR would not take
stands in `XmlDocument.findings`: DOC004 processing instruction, DOC005 something before the XML declaration or another
version than 1.0, DOC009 all on one line.
"""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET
from xml.parsers import expat

from msgspec import field
from msgspec.structs import replace

from form4_author.edgar.complaints import explain
from form4_author.edgar.decoding import decode
from form4_author.edgar.text_places import before, index_of, undashed
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error
from form4_author.masking import Veiled, masked

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 32
MAX_ELEMENTS = 200_000
MAX_INSTRUCTIONS = 200


class XmlDocument(Veiled, frozen=True):
    """A parsed document.

    Attributes:
        file: the name that findings give.
        root: the tree, as `xml.etree` elements; names as written, prefixes included.
        text: the text that positions point into, every line end a line feed, CCCs masked: for showing lines of it.
        instructions: position and target of each processing instruction, the XML declaration aside.
        declared_version: the version in the XML declaration; empty without one.
        findings: what EDGAR would not take although it can be read (DOC004, DOC005, DOC009).
    """

    file: str
    root: ET.Element
    text: str
    instructions: tuple[tuple[Position, str], ...] = ()
    declared_version: str = ""
    findings: tuple[Finding, ...] = ()
    _positions: dict[int, tuple[int, int]] = field(default_factory=dict)
    _paths: dict[int, str] = field(default_factory=dict)

    def path_of(self, element: ET.Element) -> str:
        """The element's path, numbered where it repeats: `/ownershipDocument/reportingOwner[2]/...`."""
        return self._paths[id(element)]

    def origin_of(self, element: ET.Element) -> Origin:
        """Where the element's begin tag stands."""
        line, column = self._positions[id(element)]
        return Origin(Position(self.file, line, column), self._paths[id(element)])


def parse(data: bytes, file: str) -> XmlDocument:
    """Parse an XML document, safely.

    Blanks or a byte order mark before the XML declaration are read past and told in `findings`.

    Args:
        data: the document; ASCII, UTF-8, ISO-8859-1 or Windows-1252, as its declaration says, else UTF-8.
        file: the name that findings give.

    Raises:
        Rejected: it is not well-formed, too large or deep, or declares a document type (XML001 to XML004).
    """
    if len(data) > MAX_BYTES:
        raise too_large(file)
    text, marked = decode(data, file)
    start = len(text) - len(text.lstrip()) if text.lstrip().startswith("<?xml") else 0
    document = parse_part(text, file, start, len(text))
    if not marked and not start:
        return document
    finding = _before_declaration(Position(file, 1, 1), marked=marked, blank=bool(start))
    return replace(document, findings=(finding, *document.findings))


def tree_of(document: bytes) -> ET.Element | None:
    """The tree of a document that this program has written, without positions; None where `parse` is to say why not."""
    if len(document) > MAX_BYTES:
        return None
    try:
        return ET.fromstring(document)  # noqa: S314 - ASCII of the templates' own, which declares nothing
    except ET.ParseError:
        return None


def parse_part(whole: str, file: str, start: int, end: int, *, dashed: bool = False) -> XmlDocument:
    """Parse an XML document that stands inside a text; positions point into that text.

    Args:
        whole: the text, every line end a line feed.
        file: the name that findings give.
        start: index of the document's first character.
        end: index behind its last character.
        dashed: the text is privacy-enhanced mail; see `undashed`.

    Raises:
        Rejected: as for `parse`.
    """
    first, column = before(whole, start)
    part = whole[start:end]
    shifts: dict[int, int] = {first: column - 1}
    if dashed:
        shifts |= {first + n: 2 for n, line in enumerate(part.split("\n")) if n and line.startswith("- ")}
        part = undashed(part)
    builder = _Builder(file, first, shifts)
    root = builder.parse(part)
    findings = [*builder.findings]
    if len(root) and len({line for line, _ in builder.positions.values()}) == 1:
        findings.append(_one_line(builder.positions[id(root)], file))
    return XmlDocument(
        file=file,
        root=root,
        text=masked(whole),
        instructions=tuple(builder.instructions),
        declared_version=builder.version,
        findings=tuple(findings),
        _positions=builder.positions,
        _paths=_paths(root),
    )


def too_large(file: str) -> Rejected:
    """The refusal of a file above `MAX_BYTES`."""
    return Rejected(
        [
            error(
                "XML003",
                f"the file is larger than {MAX_BYTES // 2**20} MiB",
                Origin(Position(file, 1, 1)),
                hint="A Form 4 of the largest size is well below 1 MiB. Is this the right file?",
            )
        ]
    )


class _Builder:
    """The expat handlers: build the tree, note positions, refuse what is hostile.

    `shifts` tells for a line how many characters of it, left of the document's own, the parser does not see.
    """

    def __init__(self, file: str, first: int, shifts: dict[int, int]) -> None:
        self.file = file
        self.first = first
        self.shifts = shifts
        self.parser = expat.ParserCreate(intern={})
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.XmlDeclHandler = self.declaration
        self.tree = ET.TreeBuilder()
        self.parser.CharacterDataHandler = self.tree.data
        self.open: list[tuple[str, int]] = []
        self.positions: dict[int, tuple[int, int]] = {}
        self.instructions: list[tuple[Position, str]] = []
        self.findings: list[Finding] = []
        self.version = ""
        self.text = ""

    def parse(self, text: str) -> ET.Element:
        self.text = text
        try:
            self.parser.Parse(text, True)  # noqa: FBT003 - expat takes it by position
        except expat.ExpatError as problem:
            complaint = explain(problem.code, text, problem.lineno, problem.offset, self.open)
            place = self.position(complaint.index)
            raise Rejected([error("XML001", complaint.message, Origin(place), hint=complaint.hint)]) from None
        return self.tree.close()

    def index(self) -> int:
        return index_of(self.text, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)

    def position(self, index: int) -> Position:
        line, column = before(self.text, index)
        return Position(self.file, *self.place(line, column - 1))

    def place(self, line: int, offset: int) -> tuple[int, int]:
        line += self.first - 1
        return line, offset + 1 + self.shifts.get(line, 0)

    def here(self) -> Position:
        return Position(self.file, *self.place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber))

    def refuse(self, code: str, message: str, hint: str, place: Position | None = None) -> Rejected:
        return Rejected([error(code, message, Origin(place or self.here()), hint=hint)])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        place = self.place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)
        self.open.append((tag, place[0]))
        if len(self.open) > MAX_DEPTH:
            raise self.refuse(
                "XML003",
                f"elements are nested more than {MAX_DEPTH} deep",
                "No ownership document is nested more than eight deep: this file is damaged or hostile.",
            )
        self.positions[id(self.tree.start(tag, attributes))] = place
        if len(self.positions) > MAX_ELEMENTS:
            raise self.refuse(
                "XML003",
                f"more than {MAX_ELEMENTS:,} elements",
                "The largest Form 4 has a few thousand: this file is damaged or hostile.",
            )

    def end(self, tag: str) -> None:
        self.open.pop()
        self.tree.end(tag)

    def instruction(self, target: str, _data: str) -> None:
        place = self.here()
        self.instructions.append((place, target))
        if len(self.instructions) > MAX_INSTRUCTIONS:
            raise self.refuse(
                "XML003",
                f"more than {MAX_INSTRUCTIONS} processing instructions",
                "EDGAR takes none: this file is damaged or hostile.",
            )
        self.findings.append(
            error(
                "DOC004",
                f"EDGAR suspends a document with a processing instruction (<?{target} ...?>)",
                Origin(place),
                hint="Remove it.",
                source="Specification 5",
            )
        )

    def declaration(self, version: str, _encoding: str | None, _standalone: int) -> None:
        self.version = version
        if version != "1.0":
            self.findings.append(
                error(
                    "DOC005",
                    f"the XML declaration says version {version}",
                    Origin(self.here()),
                    hint='Write <?xml version="1.0"?>.',
                    source="Specification 4.1(4)",
                )
            )

    def doctype(self, name: str, *_rest: object) -> None:
        raise self.refuse(
            "XML002",
            f"a document type declaration (<!DOCTYPE {name}) is not allowed",
            "EDGAR's documents have none; remove it with all entities it declares.",
            self.position(self.text.rindex("<!DOCTYPE", 0, self.index() + 9)),
        )


def _before_declaration(place: Position, *, marked: bool, blank: bool) -> Finding:
    what = "a byte order mark stands" if marked else "blanks stand"
    if marked and blank:
        what = "a byte order mark and blanks stand"
    return error(
        "DOC005",
        f"{what} before the XML declaration",
        Origin(place),
        hint="The file must begin with <?xml." + (" Save it as ASCII, or as UTF-8 without a mark." if marked else ""),
        source="Specification 4.1(4)",
    )


def _one_line(place: tuple[int, int], file: str) -> Finding:
    return Finding(
        "DOC009",
        Severity.WARNING,
        "the whole document stands on one line",
        Origin(Position(file, *place)),
        "The SEC strongly discourages that: write one value a line.",
        "Specification 4.1(3)",
    )


def _paths(root: ET.Element) -> dict[int, str]:
    paths = {id(root): f"/{root.tag}"}
    queue = [root]
    while queue:
        parent = queue.pop()
        above = paths[id(parent)]
        tags = [child.tag for child in parent]
        steps = tags if len(set(tags)) == len(tags) else _numbered(tags)
        for child, step in zip(parent, steps, strict=True):
            paths[id(child)] = f"{above}/{step}"
            if len(child):
                queue.append(child)
    return paths


def _numbered(tags: list[str]) -> list[str]:
    """The names of an element's children, numbered where one stands more than once."""
    counts = Counter(tags)
    seen: Counter[str] = Counter()
    steps = []
    for tag in tags:
        seen[tag] += 1
        steps.append(f"{tag}[{seen[tag]}]" if counts[tag] > 1 else tag)
    return steps
