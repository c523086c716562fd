"""Findings as JSON."""

from __future__ import annotations

import json

from form4_author.report.file_report import FileReport
from form4_author.report.json_object import write
from tests.report.reports import REPORT


def test_json_keeps_everything_that_a_finding_is() -> None:
    data = json.loads(write([REPORT, FileReport("q.yaml", accepted=True, outputs=("build/q.xml",))]))
    assert data["accepted"] is False
    assert [(f["file"], f["accepted"], f["outputs"]) for f in data["files"]] == [
        ("p.yaml", False, []),
        ("q.yaml", True, ["build/q.xml"]),
    ]
    assert data["files"][0]["findings"][1] == {
        "code": "DOC001",
        "severity": "warning",
        "message": "the first",
        "file": "p.yaml",
        "line": 1,
        "column": 1,
        "path": "issuer.name",
        "hint": "",
        "source": "Form 4 item 3",
    }
    assert data["files"][0]["findings"][2]["waived"] == "the broker was late"
    assert data["files"][0]["findings"][0]["line"] is None
