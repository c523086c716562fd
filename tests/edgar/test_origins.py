"""From each element of a written document back to what its author wrote."""

from __future__ import annotations

import re

import pytest

from form4_author.edgar.ownership_xml import FILLED_IN_BY_EDGAR, origins, relocate, write
from form4_author.filing import (
    DocumentKind,
    Filing,
    Issuer,
    ReportingOwner,
    Row,
    Signature,
)
from form4_author.findings import Finding, Origin, Position, Severity
from tests.edgar.ownership import FILING, document, full

NODES = (Filing, Issuer, ReportingOwner, Row, Signature)


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_value_of_a_document_is_traced_to_the_place_it_was_written(kind: DocumentKind) -> None:
    filing = full()
    written = document(write(filing, kind=kind, cccs={}))
    places = origins(filing, kind)
    traced = 0
    for element in written.root.iter():
        text = (element.get("id") or element.text or "").strip()
        if element.tag == "footnote":
            text = (element.text or "").strip()
        if not text:
            continue
        place = places[written.path_of(element)].position
        assert place is not None
        assert text.split()[-1] == str(place.line)
        traced += 1
    assert traced > 250
    names = {node.__name__ for node in NODES}
    assert {origin.path for origin in places.values()} >= names


def test_what_edgar_fills_in_has_no_place_in_a_filer_document() -> None:
    assert not [path for path in origins(full(), DocumentKind.FILER) if re.sub(r"\[\d+\]", "", path).endswith("Name>")]
    extra = set(origins(full(), DocumentKind.RECORD)) - set(origins(full(), DocumentKind.FILER))
    plain = {re.sub(r"\[\d+\]", "", path).removeprefix("/ownershipDocument/") for path in extra}
    assert plain == FILLED_IN_BY_EDGAR


def test_findings_are_pointed_at_the_nearest_place_that_the_author_wrote() -> None:
    places = {
        "/a": Origin(Position("plan.yaml", 1, 1), "plan"),
        "/a/b[2]": Origin(Position("plan.yaml", 5, 7), "b[1]"),
        "/a/b[2]/c/value": Origin(Position("plan.yaml", 6, 9), "b[1].c"),
    }
    ours = ["/a/b[2]/c/value", "/a/b[2]/c", "/a/b[2]/d/e", "/a/b[1]", "/a", "", "/other"]
    found = [Finding("XSD001", Severity.ERROR, path, Origin(Position("built.xml", 9, 9), path)) for path in ours]
    moved = relocate(found, places)
    assert [(finding.message, str(finding.origin.position), finding.origin.path) for finding in moved] == [
        ("/a/b[2]/c/value", "plan.yaml:6:9", "b[1].c"),
        ("/a/b[2]/c", "plan.yaml:5:7", "b[1]"),
        ("/a/b[2]/d/e", "plan.yaml:5:7", "b[1]"),
        ("/a/b[1]", "plan.yaml:1:1", "plan"),
        ("/a", "plan.yaml:1:1", "plan"),
        ("", "None", ""),
        ("/other", "None", "/other"),
    ]


def test_a_filing_without_places_has_no_origins() -> None:
    assert origins(FILING, DocumentKind.RECORD) == {}
