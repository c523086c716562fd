"""Where the forms of a folder stand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import form4_author
from form4_author.cli.app import app
from tests.plans import plan_text


def status(*words: str) -> Result:
    return CliRunner().invoke(app, ["status", *words], prog_name="form4-author")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firm").mkdir()
    (tmp_path / "firm" / "roe.yaml").write_text(plan_text())
    (tmp_path / "firm" / "unsigned.yaml").write_text(
        plan_text(
            owners="owners:\n  - {cik: 1999999101, name: Roe Jane, director: yes}\n"
            "  - {cik: 1999999102, name: Poe Richard, director: yes}\n"
        )
    )
    (tmp_path / "firm" / "wrong.yaml").write_text("form: 4\nissuer: {cik: x}\n")
    return tmp_path


def test_a_line_for_each_form_and_a_sum_below(folder: Path) -> None:
    assert folder.is_dir()
    done = status("firm")
    assert done.exit_code == 1
    signed, unsigned, wrong, total = done.stdout.splitlines()
    assert re.split(r" {2,}", signed) == [
        *("firm/roe.yaml", "Form 4 EXSY", "Roe Jane", "accepted (1 warning)", "due 2026-11-20"),
        *("signed 2026-11-20", "without a CCC"),
    ]
    assert "Roe Jane and 1 more" in unsigned
    assert unsigned.endswith("without a signature, a CCC")
    assert wrong.startswith("firm/wrong.yaml")
    assert total == "3 forms: 2 accepted, 1 refused; the first is due 2026-11-20"


def test_the_same_as_data_for_programs(folder: Path) -> None:
    data = json.loads(status("firm", "--format", "json").stdout)
    assert data == form4_author.status("firm") == form4_author.status(["firm"])
    first = form4_author.status(folder / "firm" / "roe.yaml")["forms"][0]
    assert first | {"file": ""} == {
        "file": "",
        "form": "",
        "type": "4",
        "symbol": "EXSY",
        "owner": "Roe Jane",
        "state": "accepted",
        "errors": 0,
        "warnings": 1,
        "due": "2026-11-20",
        "signed": ["2026-11-20"],
        "missing": ["a CCC"],
    }


def test_what_cannot_be_read_ends_with_two() -> None:
    done = status("nowhere.yaml")
    assert done.exit_code == 2
    assert "nowhere.yaml  unreadable (1 error)" in done.stdout
    assert status("nowhere.yaml", "--format", "xml").exit_code == 2
