"""What all formats of a report share."""

from __future__ import annotations

from form4_author.findings import Origin, Position, error
from form4_author.report.file_report import findings_data


def test_files_may_be_named_from_a_folder() -> None:
    finding = error("X", "m", Origin(Position("a/_profiles/x.yaml", 1, 1)))
    assert findings_data([finding], relative_to="a/b")[0]["file"] == "../_profiles/x.yaml"
