"""Folders that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from form4_author.files.folders import new_folder, write_into
from form4_author.findings import Rejected


def test_a_folder_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    with new_folder(tmp_path / "in" / "whole") as making:
        write_into(making.path, "a/b.txt", b"b")
        assert [path.name for path in (tmp_path / "in").iterdir()] == [making.path.name]
    assert (tmp_path / "in" / "whole" / "a" / "b.txt").read_bytes() == b"b"
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["whole"]


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyError("x"), KeyboardInterrupt()])
def test_nothing_remains_of_one_that_fails(fault: BaseException, tmp_path: Path) -> None:
    def fails() -> None:
        with new_folder(tmp_path / "whole") as making:
            write_into(making.path, "b.txt", b"b")
            raise fault

    with pytest.raises((Rejected, KeyError, KeyboardInterrupt)) as raised:
        fails()
    assert list(tmp_path.iterdir()) == []
    if isinstance(raised.value, Rejected):
        (finding,) = raised.value.findings
        assert (finding.code, "No space left on device; nothing was written" in finding.message) == ("OUT002", True)


def test_one_that_isnt_wanted_leaves_nothing(tmp_path: Path) -> None:
    with new_folder(tmp_path / "whole") as making:
        making.wanted = False
    assert list(tmp_path.iterdir()) == []


def test_no_other_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "mine").write_text("")
    with pytest.raises(Rejected, match="OUT002"), new_folder(tmp_path / "whole"):
        pass
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["whole", "whole/mine"]


@pytest.mark.skipif(os.name != "posix", reason="locks go away with their process there")
def test_what_a_killed_process_left_is_cleared_and_what_another_makes_stays(tmp_path: Path) -> None:
    left = tmp_path / ".form4-author.999999-0.folder"
    left.mkdir()
    (left / "half").write_text("")
    with new_folder(tmp_path / "one") as one, new_folder(tmp_path / "two") as two:
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([one.path.name, two.path.name])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_file_of_a_folder_is_written_once(tmp_path: Path) -> None:
    write_into(tmp_path, "a", b"1")
    with pytest.raises(FileExistsError):
        write_into(tmp_path, "a", b"2")
