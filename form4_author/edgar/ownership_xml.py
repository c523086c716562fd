"""A filing <-> the ownership document: `read` and `write` are inverses of each other.

Reading is lenient: what is absent or odd gives absent values, and the schema has its own say. Writing is exact: each
value's own text, in the order of specification 3.5; an element that has neither text nor a footnote is left out, but
for the groups that the schema demands.

Codes: XML005 a form that is not supported, XML006 not an ownership document, XML007 a character that can't be written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from form4_author.edgar.ccc import Keyring
from form4_author.edgar.xml_source import XmlDocument
from form4_author.edgar.xml_template import encoded, render
from form4_author.filing import (
    ABSENT,
    DocumentKind,
    Field,
    Filing,
    Footnote,
    Issuer,
    Medium,
    ReportingOwner,
    Row,
    Signature,
    Table,
    Value,
    elements,
    form_for,
    form_of,
)
from form4_author.filing.columns import has_cell
from form4_author.findings import Finding, Origin, Rejected, error
from form4_author.sec_codes.form_names import other_form, supported_form, supported_types

_Node = TypeVar("_Node", Issuer, ReportingOwner, Row, Signature)
_Part = TypeVar("_Part")

ROOT = "ownershipDocument"

#: What EDGAR fills in itself, by its path in the document: no filer document holds it (specification 4.3, 5).
FILLED_IN_BY_EDGAR = frozenset(
    {
        "schemaVersion",
        "noSecuritiesOwned",
        "form3HoldingsReported",
        "form4TransactionsReported",
        "issuer/issuerName",
        "reportingOwner/reportingOwnerId/rptOwnerName",
        "reportingOwner/reportingOwnerAddress/rptOwnerStateDescription",
        "reportingOwner/reportingOwnerAddress/rptOwnerGoodAddress",
    }
)

_TABLES = {"nonDerivativeTable": (Table.I, "nonDerivative"), "derivativeTable": (Table.II, "derivative")}
_CCC = "reportingOwnerId/rptOwnerCcc"


def read(document: XmlDocument, *, version: str | None = None) -> Filing:
    """The filing that a document states.

    Args:
        document: an ownership document, a filer's or one of record; its kind follows from its schemaVersion, which
            EDGAR adds (specification 4.3).
        version: the schema to judge it by where it names none; the form's one in force by default.

    Raises:
        Rejected: it is a form that is not supported (XML005), or no ownership document (XML006).
    """
    root = document.root
    _check_root(document)
    _check_form(document)
    reader = _Reader(document)
    values = reader.values(Filing, root)
    stated: Value = values.get("schema_version", ABSENT)
    form = form_for(values.get("document_type", ABSENT).text)
    issuer = root.find("issuer")
    tables = {table: tuple(reader.rows(name, table, prefix)) for name, (table, prefix) in _TABLES.items()}
    return Filing(
        **values,
        version=stated.text.strip() or (form.judged_by(version) if version else form.in_force),
        kind=DocumentKind.RECORD if stated.present else DocumentKind.FILER,
        medium=Medium.XML,
        issuer=Issuer() if issuer is None else reader.node(Issuer, issuer),
        owners=tuple(reader.owner(element) for element in root.iterfind("reportingOwner")),
        table1=tables[Table.I],
        table2=tables[Table.II],
        footnotes=tuple(reader.footnote(element) for element in root.iterfind("footnotes/footnote")),
        signatures=tuple(reader.node(Signature, element) for element in root.iterfind("ownerSignature")),
        origin=document.origin_of(root),
    )


def write(filing: Filing, *, kind: DocumentKind, cccs: Mapping[str, str] | Keyring) -> bytes:
    """The document that states a filing: ASCII, one value a line, line feeds at the ends of lines.

    Args:
        filing: what to state.
        kind: `FILER` leaves out what EDGAR fills in itself and has the CCCs; `RECORD` has it all but the CCCs.
        cccs: the CCCs at hand, by CIK; an owner without one is written without one.

    Raises:
        Rejected: a value holds a character that EDGAR does not take or XML can't hold (XML007, each with its
            origin).
    """
    keyring = cccs if isinstance(cccs, Keyring) else Keyring(cccs)
    record = kind is DocumentKind.RECORD
    numbering = form_of(filing).numbering
    text = render(
        "ownership_document.xml.j2",
        filing=filing,
        owned=[table for table in Table if has_cell("shares_owned_following", table, numbering)],
        record=record,
        owners=[(owner, None if record else keyring.for_cik(owner.cik.text)) for owner in filing.owners],
    )
    return encoded(text, _written(filing, kind))


def origins(filing: Filing, kind: DocumentKind) -> dict[str, Origin]:
    """Where each element of the document that `write` makes comes from.

    Args:
        filing: what is written.
        kind: which document of it.

    Returns:
        Origins by XML path, as `XmlDocument.path_of` gives it; what has no place in the author's file is not there.
    """
    found = {path: origin for path, _, origin in _written(filing, kind) if origin.position is not None}
    if filing.origin.position is not None:
        found[f"/{ROOT}"] = filing.origin
    return found


def relocate(findings: Iterable[Finding], places: Mapping[str, Origin]) -> list[Finding]:
    """Findings on a written document, pointed at what its author wrote.

    Args:
        findings: what there is to say, each with the XML path in its origin.
        places: what `origins` gave; an element that is not in it stands for its nearest ancestor.
    """
    return [replace(finding, origin=_nearest(finding.origin.path, places)) for finding in findings]


def _nearest(path: str, places: Mapping[str, Origin]) -> Origin:
    above = path
    while above:
        if above in places:
            return places[above]
        above = above.rpartition("/")[0]
    return Origin(path=path)


def _check_root(document: XmlDocument) -> None:
    tag = document.root.tag
    if tag == ROOT and "xmlns" not in document.root.attrib:
        return
    hint = f"A {supported_form()} of EDGAR's is an XML document whose root element is <ownershipDocument>."
    what = f"the root element is <{tag}>, so this is no ownership document"
    if tag == ROOT or tag.endswith(f":{ROOT}"):
        what, hint = "the ownership document stands in a namespace", "Remove prefixes and xmlns: EDGAR's has none."
    elif tag.lower() == ROOT.lower():
        what, hint = f"the root element is <{tag}>, not <{ROOT}>", "Element names are case-sensitive."
    raise Rejected([error("XML006", what, document.origin_of(document.root), hint=hint)])


def _check_form(document: XmlDocument) -> None:
    element = document.root.find("documentType")
    stated = "" if element is None else _text(element)
    if element is not None and (other := other_form(stated)):
        hint = f"{supported_types()} are supported."
        raise Rejected([error("XML005", f"this is a {other}", document.origin_of(element), hint=hint)])


#: Of each record, the attributes that are read from elements: name, path, and whether it is a cell.
_ELEMENTS: dict[type, tuple[tuple[str, str, bool], ...]] = {
    node: tuple(elements(node)) for node in (Filing, Issuer, ReportingOwner, Row, Signature)
}


class _Reader:
    """Makes the nodes of a filing from elements, by the paths that the filing's records name."""

    def __init__(self, document: XmlDocument) -> None:
        self.document = document
        self.origin = document.origin_of

    def node(self, node: type[_Node], element: Element, **more: Any) -> _Node:
        return node(**self.values(node, element), origin=self.origin(element), **more)

    def values(self, node: type, element: Element) -> dict[str, Any]:
        below: dict[str, Element] = {}
        for child in element:
            below.setdefault(child.tag, child)
            for grandchild in child:
                below.setdefault(f"{child.tag}/{grandchild.tag}", grandchild)
        return {
            name: (self.cell if is_cell else self.value)(below[path])
            for name, path, is_cell in _ELEMENTS[node]
            if path in below
        }

    def value(self, element: Element) -> Value:
        return Value(_text(element), self.origin(element))

    def cell(self, element: Element) -> Field:
        value = element.find("value")
        return Field(
            ABSENT if value is None else self.value(value),
            tuple(Value(mark.get("id", ""), self.origin(mark)) for mark in element.iterfind("footnoteId")),
            self.origin(element),
        )

    def owner(self, element: Element) -> ReportingOwner:
        ccc = element.find(_CCC)
        return self.node(ReportingOwner, element, has_ccc=ccc is not None and bool(_text(ccc).strip()))

    def rows(self, name: str, table: Table, prefix: str) -> Iterator[Row]:
        kinds = {f"{prefix}Transaction": False, f"{prefix}Holding": True}
        for element in self.document.root.iterfind(f"{name}/*"):
            if element.tag in kinds:
                yield self.node(Row, element, table=table, holding=kinds[element.tag])

    def footnote(self, element: Element) -> Footnote:
        origin = self.origin(element)
        number = element.get("id")
        return Footnote(
            id=ABSENT if number is None else Value(number, origin), text=Value(_text(element), origin), origin=origin
        )


def _text(element: Element) -> str:
    return "".join(element.itertext()) if len(element) else element.text or ""


def _written(filing: Filing, kind: DocumentKind) -> Iterator[tuple[str, str, Origin]]:
    """Path, text and origin of what a document states: nodes and cells, with no text, before what is in them."""
    yield from _of_node(filing, "", f"/{ROOT}", kind)
    yield from _of_node(filing.issuer, "issuer/", f"/{ROOT}/issuer", kind)
    for step, owner in _numbered(filing.owners, ["reportingOwner"] * len(filing.owners)):
        yield from _of_node(owner, "reportingOwner/", f"/{ROOT}/{step}", kind)
    for name, rows in (("nonDerivativeTable", filing.table1), ("derivativeTable", filing.table2)):
        for step, row in _numbered(rows, [row.element_name for row in rows]):
            yield from _of_node(row, "", f"/{ROOT}/{name}/{step}", kind)
    for step, footnote in _numbered(filing.footnotes, ["footnote"] * len(filing.footnotes)):
        path = f"/{ROOT}/footnotes/{step}"
        yield path, "", footnote.origin
        yield path, footnote.id.text, footnote.id.origin
        yield path, footnote.text.text, footnote.text.origin
    for step, signature in _numbered(filing.signatures, ["ownerSignature"] * len(filing.signatures)):
        yield from _of_node(signature, "", f"/{ROOT}/{step}", kind)


def _of_node(node: Any, prefix: str, path: str, kind: DocumentKind) -> Iterator[tuple[str, str, Origin]]:
    yield path, "", node.origin
    for name, element, is_cell in _ELEMENTS[type(node)]:
        if kind is DocumentKind.FILER and prefix + element in FILLED_IN_BY_EDGAR:
            continue
        part = getattr(node, name)
        below = f"{path}/{element}"
        if is_cell:
            yield below, "", part.origin
            yield f"{below}/value", part.text, part.value.origin
            for step, mark in _numbered(part.footnotes, ["footnoteId"] * len(part.footnotes)):
                yield f"{below}/{step}", mark.text, mark.origin
        else:
            yield below, part.text, part.origin


def _numbered(nodes: Iterable[_Part], names: list[str]) -> Iterator[tuple[str, _Part]]:
    """The nodes with the path steps of their elements, numbered where a name stands more than once."""
    seen: dict[str, int] = {}
    for name, node in zip(names, nodes, strict=True):
        seen[name] = seen.get(name, 0) + 1
        yield (f"{name}[{seen[name]}]" if names.count(name) > 1 else name), node
