"""Files appear whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from form4_author.files.delivery import Output, deliver
from form4_author.findings import Rejected


def refused(outputs: list[Output]) -> str:
    with pytest.raises(Rejected) as caught:
        deliver(outputs)
    (finding,) = caught.value.findings
    assert finding.code == "OUT002"
    assert finding.hint == "Name another folder with -o, or make room or rights in this one."
    return finding.message


def test_files_are_written_with_their_folders_and_replace_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "x.xml"
    deliver([Output(path, b"old"), Output(tmp_path / "y.pdf", b"y")])
    deliver([Output(path, b"new")])
    assert path.read_bytes() == b"new"
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["x.xml", "y.pdf"]


def test_what_is_secret_is_its_owners_alone_also_where_the_old_file_was_not(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(b"old")
    path.chmod(0o644)
    deliver([Output(path, b"new", secret=True)])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_one_file_that_cannot_be_written_keeps_all_from_appearing(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_bytes(b"a file, not a folder")
    (tmp_path / "x.xml").write_bytes(b"old")
    message = refused([Output(tmp_path / "x.xml", b"new"), Output(tmp_path / "blocked" / "y.pdf", b"y")])
    assert message.startswith(f"{tmp_path}/blocked/y.pdf can't be written: ")
    assert message.endswith("; nothing was written")
    assert (tmp_path / "x.xml").read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["blocked", "x.xml"]


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "x.xml").mkdir()
    assert "a folder of that name is in the way" in refused([Output(tmp_path / "x.xml", b"new")])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.xml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    assert "Permission denied" in refused([Output(folder / "x.xml", b"x")])
