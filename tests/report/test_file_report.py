"""What all formats of a report share."""

from __future__ import annotations

import json
from typing import Any

import pytest

from form4_author.findings import Origin, Position, error
from form4_author.report.file_report import dumps, findings_data


def test_files_may_be_named_from_a_folder() -> None:
    finding = error("X", "m", Origin(Position("a/_profiles/x.yaml", 1, 1)))
    assert findings_data([finding], relative_to="a/b")[0]["file"] == "../_profiles/x.yaml"


@pytest.mark.parametrize(
    "data",
    [
        *({}, [], None, True, False, 0, -7, 10**20, "", 'a"b\\c\n\u00e9\U0001f600\x7f\x00', ("a", 1)),
        {"a": {}, "b": [], "c": (), "d": None, "e": [None, True, False, [1, [2, {"x": "y"}]]]},
        [{"file": "a.xml", "line": 3}, {"": [[]]}, {"e\u0301": {"n": {"m": [{"k": "v"}]}}}],
    ],
)
def test_reports_are_written_as_json_itself_writes_them(data: Any) -> None:
    assert dumps(data) == json.dumps(data, indent=2) + "\n"
