"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
from contextlib import ExitStack
from pathlib import Path

import pytest

from form4_author.files.delivery import Landing, Output, deliver, telling
from form4_author.files.reading import noting, read_bytes
from form4_author.files.unfinished import NAME
from form4_author.findings import Rejected
from tests.rights import rights_bind


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


def test_a_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with rights_bind():
        assert "Permission denied" in refused([Output(folder / "x.xml", b"x")])
    assert list(folder.iterdir()) == []


def test_what_was_read_is_not_written_over_under_whatever_name(tmp_path: Path) -> None:
    plan = tmp_path / "p.yaml"
    plan.write_bytes(b"plan")
    (tmp_path / "link.ics").symlink_to("p.yaml")
    (tmp_path / "hard.ics").hardlink_to(plan)
    with noting() as read:
        read_bytes(plan, "p.yaml")
    for name in ("p.yaml", "link.ics", "hard.ics"):
        with pytest.raises(Rejected) as caught:
            deliver([Output(tmp_path / "other.xml", b"x"), Output(tmp_path / name, b"x")], read=read)
        (finding,) = caught.value.findings
        assert (finding.code, finding.message) == (
            "OUT005",
            f"{tmp_path / name} is a file that was read; it was left alone, and nothing was written",
        )
    assert plan.read_bytes() == b"plan"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hard.ics", "link.ics", "p.yaml"]


def test_a_temporary_file_that_another_is_writing_is_neither_used_nor_deleted(tmp_path: Path) -> None:
    others = [tmp_path / f".form4-author.{os.getpid()}-{number}.tmp" for number in range(2)]
    with ExitStack() as stack:
        for path in others:
            fcntl.flock(stack.enter_context(path.open("wb")), fcntl.LOCK_EX)
        deliver([Output(tmp_path / "x.xml", b"x"), Output(tmp_path / "y.pdf", b"y")])
        assert [path.read_bytes() for path in others] == [b""] * 2
    assert sorted(p.name for p in tmp_path.iterdir() if p not in others) == ["x.xml", "y.pdf"]


def test_what_a_killed_process_left_behind_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / ".form4-author.1-0.tmp"
    left.write_bytes(b"half of a file")
    (tmp_path / ".form4-author.1-x.tmp").write_bytes(b"somebody's own")
    (tmp_path / ".form4-author.1-1.tmp").symlink_to("kept")
    (tmp_path / "kept").write_bytes(b"")
    os.mkfifo(tmp_path / ".form4-author.1-2.tmp")
    deliver([Output(tmp_path / "x.xml", b"x")])
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        *(".form4-author.1-1.tmp", ".form4-author.1-2.tmp", ".form4-author.1-x.tmp", "kept", "x.xml"),
    ]


def test_what_is_about_to_appear_is_told_and_whether_it_did(tmp_path: Path) -> None:
    told: list[Landing] = []
    with telling(told.extend):
        deliver([Output(tmp_path / "x.xml", b"x"), Output(tmp_path / "y.pdf", b"y")])
    assert [(Path(one.path).name, one.landed) for one in told] == [("x.xml", True), ("y.pdf", True)]
    (tmp_path / "x.xml").write_bytes(b"x")  # the same file still
    (tmp_path / "other").write_bytes(b"y")
    (tmp_path / "other").rename(tmp_path / "y.pdf")
    assert [one.landed for one in told] == [True, False]


def test_a_file_that_may_be_written_but_not_renamed_is_told_with_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "y.pdf":
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        return sound(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    message = refused([Output(tmp_path / "x.xml", b"x"), Output(tmp_path / "y.pdf", b"y")])
    assert message == f"{tmp_path}/y.pdf can't be written: Operation not permitted; x.xml was written before"
    assert sorted(p.name for p in tmp_path.iterdir()) == [NAME, "x.xml"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    (tmp_path / "x.xml").write_bytes(b"old")
    sound = os.open
    opened: list[Path] = []

    def full(path: Path, flags: int, *rest: int) -> int:
        if flags & os.O_CREAT and opened:
            raise OSError(number, os.strerror(number))
        if flags & os.O_CREAT:
            opened.append(path)
        return sound(path, flags, *rest)

    monkeypatch.setattr(os, "open", full)
    message = refused([Output(tmp_path / "x.xml", b"new"), Output(tmp_path / "y.pdf", b"y")])
    assert message == f"{tmp_path}/y.pdf can't be written: {os.strerror(number)}; nothing was written"
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("x.xml", b"old")]


def test_a_signal_waits_until_all_that_belongs_together_has_appeared(tmp_path: Path) -> None:
    def interrupt(_landing: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with telling(interrupt), pytest.raises(KeyboardInterrupt):
        deliver([Output(tmp_path / "x.xml", b"x"), Output(tmp_path / "y.pdf", b"y")])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.xml", "y.pdf"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_another_plan_of_the_same_program_does_not_take_a_files_place(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    deliver([Output(path, b"one")], maker="/plans/one/x.yaml")
    with pytest.raises(Rejected) as caught:
        deliver([Output(path, b"two")], maker="/plans/two/x.yaml")
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == (
        "OUT001",
        f"{path} was written from /plans/one/x.yaml by this program; it was left alone, and nothing was written",
    )
    deliver([Output(path, b"one again")], maker="/plans/one/x.yaml")
    assert path.read_bytes() == b"one again"
    path.write_bytes(b"somebody's, and longer")
    deliver([Output(path, b"two")], maker="/plans/two/x.yaml")
    assert path.read_bytes() == b"two"


def test_a_write_protected_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(b"kept")
    path.chmod(0o444)
    assert "a write-protected file of that name stands there" in refused([Output(path, b"new")])
    assert path.read_bytes() == b"kept"


def test_a_pipe_or_a_device_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.ics")
    for path in (tmp_path / "x.ics", Path("/dev/null")):
        assert "a pipe, a device or the like of that name is in the way" in refused([Output(path, b"new")])
    assert stat.S_ISFIFO((tmp_path / "x.ics").stat().st_mode)


def test_a_link_in_the_place_of_an_output_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"old")
    (tmp_path / "x.xml").symlink_to("elsewhere")
    deliver([Output(tmp_path / "x.xml", b"new")])
    assert (tmp_path / "elsewhere").read_bytes() == b"old"
    assert not (tmp_path / "x.xml").is_symlink()


@pytest.mark.parametrize("name", ["a\0b.xml", "x" * 300])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    refused([Output(tmp_path / "y.pdf", b"y"), Output(tmp_path / name, b"x")])
    assert list(tmp_path.iterdir()) == []
