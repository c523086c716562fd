"""The report of a build, as evidence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import form4_author
from tests.plans import plan_text


def told(folder: Path) -> dict[str, Any]:
    """What the report says of the plan."""
    report = form4_author.build(folder / "roe.yaml", folder, pdf=False, force=True)
    assert report.accepted, report.findings
    said: dict[str, Any] = json.loads((folder / "roe.report.json").read_text())["plan"]
    return said


def test_the_plan_s_hash_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "roe.yaml").write_text(plan_text())
    assert told(tmp_path) == {"file": "roe.yaml", "sha256": hashlib.sha256(plan_text().encode()).hexdigest()}


def test_a_change_in_an_included_file_changes_the_plan_s_hash(tmp_path: Path) -> None:
    (tmp_path / "roe.yaml").write_text(plan_text(issuer="issuer: {include: issuer.yaml}\n"))
    said = []
    for symbol in ("EXSY", "EXSZ"):
        (tmp_path / "issuer.yaml").write_text(f"cik: 1999999001\nname: EXAMPLE SYSTEMS\nsymbol: {symbol}\n")
        said.append(told(tmp_path))
    before, after = said
    assert [one["file"] for one in after["files"]] == ["issuer.yaml"]
    assert before["files"] != after["files"]
    assert before["sha256"] != after["sha256"]
