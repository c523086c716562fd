"""What an added schema lets pass that the shipped one refuses: told, since documents are then held to less.

Both judge the same small documents: one that has every part of the form, and that one with a single change each, an
element left out, doubled or put in, or a value that is none. What the added schema accepts of them and the shipped one
refuses is what is no longer refused.

Code: SCH012 added schemas are laxer than the shipped ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from form4_author.edgar import xml_source
from form4_author.findings import Finding, Origin, Position, Severity
from form4_author.schema_store.samples import whole

if TYPE_CHECKING:
    from xmlschema import XMLSchema

    from form4_author.schema_store.store import SchemaSet

_SHOWN = 5

#: Values that are none, by what stands there: a date, a number or code, a text.
_NO_DATES = ("2026-02-30", "18.11.2026")
_NO_NUMBERS = ("-1", "1.23456", "1e3", "Q", "99")
_NO_TEXTS = ("x" * 2500, "")


def laxer(added: XMLSchema, shipped: XMLSchema, part: str, version: str) -> list[str]:
    """What the added schema accepts and the shipped one refuses, in words, in the order of a document.

    Args:
        added: the schema that is to take precedence.
        shipped: the tool's own of the same part and version.
        part: which of `store.parts()`.
        version: `X0609` and its like.
    """
    return [
        told
        for told, document in _changed(whole(part, version))
        if added.is_valid(document) and not shipped.is_valid(document)
    ]


def laxness(schemas: SchemaSet, archive: str) -> Finding | None:
    """The warning that schemas just added are laxer than the shipped ones; None where they are as strict.

    Args:
        schemas: the set in use since then.
        archive: the name of the archive, as its user gave it.
    """
    if not schemas.laxer:
        return None
    more = len(schemas.laxer) - _SHOWN
    told = [*schemas.laxer[:_SHOWN], *([f"and {more} more"] if more > 0 else [])]
    return Finding(
        "SCH012",
        Severity.WARNING,
        f"these schemas are laxer than the shipped ones of {schemas.version}: they no longer refuse {'; '.join(told)}",
        Origin(Position(archive, 1, 1)),
        f"Take the archive from the SEC's own site; to go back, remove the folder {schemas.folder}.",
    )


def _changed(text: str) -> Iterator[tuple[str, Element]]:
    """The document with one change each, and the change in words; the same tree, changed back after each."""
    root = xml_source.parse(text.encode(), "sample").root
    for path, parent, at in _places(root):
        element = parent[at]
        del parent[at]
        yield f"{path} left out", root
        parent.insert(at, element)
        parent.insert(at, element)
        yield f"{path} twice", root
        del parent[at]
        junk = SubElement(element, "unknown")
        yield f"an unknown element in {path}", root
        element.remove(junk)
        element.set("unknown", "1")
        yield f"an unknown attribute of {path}", root
        del element.attrib["unknown"]
        yield from _values(root, element, path)


def _values(root: Element, element: Element, path: str) -> Iterator[tuple[str, Element]]:
    written = element.text or ""
    if len(element):
        return
    for value in _none_for(written):
        element.text = value
        shown = f"{len(value):,} characters" if len(value) > 20 else f'"{value}"'
        yield f"{path} of {shown}", root
    element.text = written


def _none_for(written: str) -> tuple[str, ...]:
    if len(written) == 10 and written[4] == written[7] == "-":
        return (*_NO_DATES, *_NO_TEXTS)
    return (*_NO_NUMBERS, *_NO_TEXTS) if len(written) <= 5 else _NO_TEXTS


def _places(element: Element, path: str = "") -> list[tuple[str, Element, int]]:
    """Every element below the root, by its path, its parent, and its place there; of those called alike the first."""
    found: dict[tuple[str, str], tuple[str, Element, int]] = {}
    for at, child in enumerate(element):
        below = f"{path}/{child.tag}" if path else str(child.tag)
        for place in ((below, element, at), *_places(child, below)):
            found.setdefault((str(place[1].tag), str(place[1][place[2]].tag)), place)
    return list(found.values())
