"""A document into a plan and back, as the tests and the whole-corpus command do it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from form4_author.compose.composition import compose
from form4_author.decompose.decomposition import decompose
from form4_author.edgar import ownership_xml
from form4_author.edgar.xml_source import XmlDocument, parse
from form4_author.findings import Rejected
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads
from form4_author.plan.writing import plan_text
from tests.xml_compare import differences


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """What became of a document.

    Attributes:
        plan: its plan.
        wrong: what differs or is found wrong; nothing where it came back whole.
        as_on_form: how many entries of the plan are lines as on the form, of no event.
    """

    plan: str
    wrong: tuple[str, ...]
    as_on_form: int = 0


def round_trip(document: XmlDocument) -> RoundTrip:
    """XML -> filing -> plan -> YAML -> plan -> filing -> XML, compared element by element."""
    filing = ownership_xml.read(document)
    made = decompose(filing)
    text = plan_text(made.data, made.comments)
    as_on_form = sum("code" in entry and "security" in entry for entry in made.data.get("transactions", ()))
    try:
        source = loads(text)
        composed = compose(read_plan(source), source, kind=filing.kind)
        written = ownership_xml.write(composed.filing, kind=filing.kind, cccs={})
    except Rejected as refused:
        return RoundTrip(
            text, tuple(f"{one.code} {one.origin.path}: {one.message}" for one in refused.findings), as_on_form
        )
    told = [
        f"{one.code} {one.origin.path}: {one.message}"
        for one in composed.findings
        if one.code != "BAL008"  # the document's own lines may be out of the order of their dates
    ]
    differs = differences(without_ccc(document.root), parse(written, "written.xml").root)
    return RoundTrip(text, (*told, *differs), as_on_form)


def round_trip_file(path: Path) -> RoundTrip:
    """The same for a file."""
    return round_trip(parse(path.read_bytes(), str(path)))


def without_ccc(root: Element) -> Element:
    """The document without its CCCs, which no plan has; changed in place."""
    for parent in root.iter("reportingOwnerId"):
        for element in parent.findall("rptOwnerCcc"):
            parent.remove(element)
    return root
