"""Archives for the tests of added schemas: laid out as the SEC's own, and what is done with them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from form4_author.findings import Rejected
from form4_author.resources import resource
from form4_author.schema_store import (
    SchemaSet,
    add_archive,
)

FORMS = [f"ownership{form}{amended}Document" for form in "345" for amended in ("A", "")]
NAMES = [*FORMS, "ownershipDocumentCommon"]
FORM, COMMON = "ownership4Document.xsd.xml", "ownershipDocumentCommon.xsd.xml"


def inside(name: str, version: str) -> str:
    """What stands between the tags of a shipped schema, without includes."""
    text = resource("schemas", "edgar", version, name).read_text("utf-8")
    body = text.partition("<xs:schema")[2].partition(">")[2].rpartition("</xs:schema>")[0]
    return re.sub(r"<xs:include [^>]*>", "", body)


def schema(body: str) -> str:
    return f'<?xml version="1.0"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{body}</xs:schema>\n'


def packed(path: Path, files: Mapping[str, str | bytes], folder: str = "spec/xsd/") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{folder}{name}", content)
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(refused: pytest.ExceptionInfo[Rejected]) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in refused.value.findings]


def add(tmp_path: Path, files: Mapping[str, str | bytes], folder: str = "spec/xsd/") -> SchemaSet:
    return add_archive(packed(tmp_path / "spec.zip", files, folder), tmp_path / "data")
