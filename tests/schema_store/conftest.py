"""The archive that the tests of added schemas share."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from form4_author.schema_store import archive
from tests.schema_store.archives import FORMS, inside, schema


@pytest.fixture(autouse=True)
def _laxness_in_its_own_tests_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks both schemas about hundreds of documents, which takes two seconds for each archive."""
    if not request.module.__name__.endswith("test_laxness"):
        monkeypatch.setattr(archive, "laxer", lambda *_asked: [])


@pytest.fixture(scope="module")
def specification() -> Mapping[str, str]:
    """Schemas laid out as the SEC's archive lays out its own, the content being that of the shipped ones."""
    include = '<xs:include schemaLocation=".//ownershipDocumentCommon.xsd.xml"/>'
    common = "ownershipDocumentCommon.xsd"
    old = "X0306"
    documents = {}
    for name in FORMS:
        version = "X0607" if "3" in name else "X0609"
        lines = inside(f"../shared/form{name.removeprefix('ownership')[0]}.xsd", old)
        documents[f"{name}.xsd.xml"] = schema(include + inside(f"{name}.xsd", version) + lines)
    return {
        **documents,
        "ownershipDocumentCommon.xsd.xml": schema(
            inside(common, "X0609") + inside("../shared/cells.xsd", old) + inside("../shared/places.xsd", old)
        ),
        "edgarSubmission.xsd.xml": schema(inside("edgarSubmission.xsd", "X0609")),
        "sample.xml": "<ownershipDocument/>",
    }
