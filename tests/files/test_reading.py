"""Reading what a user or a plan names: nothing but a file, nothing from elsewhere, and never waiting."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from form4_author.files.inputs import Input, gather
from form4_author.files.reading import identity, inside, noting, read_bytes, root_of
from form4_author.findings import NOWHERE, Rejected


def refusal(read: Callable[[], object]) -> tuple[str, str, str, bool]:
    with pytest.raises(Rejected) as caught:
        read()
    (finding,) = caught.value.findings
    return finding.code, finding.message, finding.hint, caught.value.unreadable


def test_a_pipe_a_device_or_a_socket_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "socket"))
    hint = "Name a file; - is standard input."
    for path, kind in (
        (tmp_path / "pipe.yaml", "a pipe"),
        (Path("/dev/zero"), "a device"),
        (tmp_path / "socket", "a socket"),
    ):
        told = refusal(partial(read_bytes, path, "x"))
        assert told == ("FIL007", f"this is {kind}, not a file", hint, True)
    listening.close()


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for name, why in (("a\0b", "embedded null byte"), ("x" * 300, "File name too long"), ("loop", "Too many levels")):
        code, message, hint, _ = refusal(partial(read_bytes, tmp_path / name, "x"))
        assert (code, hint) == ("FIL003", "Check its permissions.")
        assert message.startswith(f"the file can't be read: {why}")


def test_a_link_put_in_between_the_look_and_the_reading_is_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "a.yaml").write_text("a: 1")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.yaml").write_text("secret: 1")
    (root / "link.yaml").symlink_to("sub/a.yaml")
    path = inside("link.yaml", root, root, NOWHERE, "PLN013")
    assert path == root / "sub" / "a.yaml"
    assert read_bytes(path, "a.yaml", below=root) == b"a: 1"
    (root / "sub" / "a.yaml").unlink()
    (root / "sub" / "a.yaml").symlink_to(tmp_path / "elsewhere" / "a.yaml")
    assert refusal(lambda: read_bytes(path, "a.yaml", below=root))[0] == "FIL003"
    (root / "sub" / "a.yaml").unlink()
    (root / "sub").rmdir()
    (root / "sub").symlink_to(tmp_path / "elsewhere")
    assert refusal(lambda: read_bytes(path, "a.yaml", below=root))[0] == "FIL003"
    assert read_bytes(path, "a.yaml") == b"secret: 1", "what the link would have given"


def test_the_root_of_a_plans_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "homes" / "roe"
    filing, deeper = home / "filings" / "2026", home / "filings" / "2026" / "may"
    deeper.mkdir(parents=True)
    (tmp_path / "work").mkdir()
    monkeypatch.setenv("HOME", str(home))
    slash = Path("/")
    for here, folder, root in (
        (tmp_path, tmp_path / "work" / "plans", tmp_path / "work"),  # home lies below the working folder: too wide
        (tmp_path / "work", tmp_path / "work" / "a" / "b", tmp_path / "work"),
        (home, filing, home / "filings"),
        (home, home / "filings", home / "filings"),
        (home, home, home),
        (home / "filings", deeper, home / "filings"),
        (tmp_path / "work", filing, home / "filings"),
        (slash, slash / "a", slash / "a"),
        (slash, slash / "a" / "b", slash / "a"),
        (tmp_path, slash / "a", slash / "a"),
    ):
        monkeypatch.chdir(here)
        assert root_of(folder) == root, (here, folder)


def test_in_the_file_systems_own_folder_nothing_lies_inside() -> None:
    told = refusal(lambda: inside("etc/passwd", Path("/"), root_of(Path("/")), NOWHERE, "PLN013"))
    hint = "Put the plan and its files into a folder of their own."
    assert told == ("PLN013", "etc/passwd can't be found: this plan is in no folder", hint, False)


def test_a_name_with_a_nul_is_the_plans_own_fault(tmp_path: Path) -> None:
    told = refusal(lambda: inside("a\0b", tmp_path, tmp_path, NOWHERE, "SUB011"))
    assert told == ("SUB011", "a\0b can't be the name of a file", "Name files relative to the plan.", False)


def test_what_is_read_is_noted_under_whatever_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "link").symlink_to("a")
    with noting() as outer:
        with noting() as inner:
            read_bytes(tmp_path / "link", "a")
        assert inner == outer == {identity(tmp_path / "a")}
    with noting() as none:
        pass
    read_bytes(tmp_path / "a", "a")
    assert none == set()
    assert identity(tmp_path / "none") is None


def test_a_folder_is_walked_whole_whatever_stands_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    (folder / "sub" / "_shared").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("b.yaml", "sub/a.yaml", "sub/_shared/x.yaml", ".git/x.yaml", "_x.yaml", "c.YML", "d.txt"):
        (folder / name).write_text("form: 4")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "up").symlink_to("..")
    os.mkfifo(folder / "pipe.yaml")
    found = gather([str(folder)], BytesIO())
    assert [os.path.relpath(file.name, folder) for file in found] == [
        *("b.yaml", "c.YML", "loop.yaml", "pipe.yaml", "sub/a.yaml")
    ]
    codes = []
    for file in found:
        try:
            codes.append(file.content().decode())
        except Rejected as refused:
            codes.append(refused.findings[0].code)
    assert codes == ["form: 4", "form: 4", "FIL003", "FIL007", "form: 4"]


def test_a_folder_that_cannot_be_looked_through_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.yaml").write_text("form: 4")
    listed = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    plan, closed = gather([str(tmp_path)], BytesIO())
    assert plan == Input(str(tmp_path / "a.yaml"), tmp_path / "a.yaml")
    told = refusal(closed.content)
    assert told == (
        "FIL003",
        "the folder can't be looked through: Permission denied",
        "Check its permissions.",
        True,
    )


def test_a_folder_without_plans_or_a_long_name_is_one_files_fault(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    empty, long = gather([str(tmp_path / "empty"), "x" * 5000], BytesIO())
    assert refusal(empty.content)[:2] == ("FIL006", "there are no plans (*.yaml, *.yml) in this folder")
    assert refusal(long.content)[:2] == ("FIL003", "the file can't be read: File name too long")
