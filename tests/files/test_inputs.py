"""What a folder means: every plan below it, by either ending, and no parts of plans."""

from __future__ import annotations

import io
from pathlib import Path

from form4_author.files.inputs import gather


def test_a_folder_means_its_plans_by_either_ending(tmp_path: Path) -> None:
    for name in (
        "b.yaml",
        "a.yml",
        "deep/C.YML",
        "_part.yml",
        "_profiles/x.yaml",
        ".git/y.yml",
        "notes.txt",
        "a.yaml~",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.d").mkdir()
    found = gather([str(tmp_path)], io.BytesIO())
    assert [one.name for one in found] == [str(tmp_path / name) for name in ("a.yml", "b.yaml", "deep/C.YML")]
