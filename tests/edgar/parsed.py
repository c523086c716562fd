"""What the parser says of an XML text that it refuses."""

from __future__ import annotations

import pytest

from form4_author.edgar.xml_source import parse
from form4_author.findings import Finding, Rejected


def refusal(data: bytes) -> Finding:
    with pytest.raises(Rejected) as caught:
        parse(data, "doc.xml")
    (finding,) = caught.value.findings
    assert not caught.value.unreadable
    return finding


def told(finding: Finding) -> tuple[str, str, str]:
    return str(finding.origin.position), finding.code, finding.message
