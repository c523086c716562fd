"""What the schema has to say about a document, as tests compare it."""

from __future__ import annotations

from pathlib import Path

from form4_author import xsd
from form4_author.edgar import xml_source
from form4_author.findings import Finding, Severity
from form4_author.schema_store import SchemaSet, schema_set

NOWHERE = Path("no such folder")


def schemas(version: str = "X0609") -> SchemaSet:
    """The shipped schemas of a version."""
    return schema_set(version, NOWHERE)


def violations(text: str, version: str = "X0609") -> list[Finding]:
    """What is said of a document."""
    return xsd.validate(xml_source.parse(text.encode(), "form4.xml"), schemas(version))


def told(text: str, version: str = "X0609") -> list[tuple[str, str, str]]:
    """The same, all of it errors: place and code, message, hint."""
    findings = violations(text, version)
    assert all(finding.severity is Severity.ERROR for finding in findings)
    return [(f"{finding.origin.position} {finding.code}", finding.message, finding.hint) for finding in findings]
