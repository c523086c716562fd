"""A run that is killed between two files that belong together leaves word of it, which goes when they are whole."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from form4_author.files.delivery import Output, deliver
from form4_author.files.unfinished import NAME, told_of, unfinished
from form4_author.findings import Rejected

ENDINGS = ("xml", "pdf", "report.json")


def outputs(folder: Path, version: bytes, *, stem: str = "a", endings: tuple[str, ...] = ENDINGS) -> list[Output]:
    return [Output(folder / f"{stem}.{ending}", version) for ending in endings]


def killed_at(step: int, work: Callable[[], object], method: str = "replace") -> int:
    """Do it in a process that kills itself at the so-manieth call of a method of `Path`; how that ended."""
    pid = os.fork()
    if pid == 0:
        sound, calls = getattr(Path, method), []

        def deadly(self: Path, *arguments: object) -> object:
            calls.append(self)
            if len(calls) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return sound(self, *arguments)

        setattr(Path, method, deadly)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def versions(folder: Path) -> list[bytes]:
    return [path.read_bytes() for ending in ENDINGS if (path := folder / f"a.{ending}").exists()]


def shown(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


@pytest.mark.parametrize("step", [1, 2, 3])
@pytest.mark.parametrize("before", [True, False])
def test_wherever_the_placing_is_killed_word_of_it_is_left(tmp_path: Path, step: int, before: bool) -> None:
    if before:
        deliver(outputs(tmp_path, b"old"))
    assert killed_at(step, lambda: deliver(outputs(tmp_path, b"new"))) == -signal.SIGKILL
    assert versions(tmp_path) == [b"new"] * (step - 1) + [b"old"] * (4 - step) * before
    names = ("a.xml", "a.pdf", "a.report.json")
    assert unfinished(tmp_path) == (names if before or step > 1 else ())
    text = (tmp_path / NAME).read_text()
    assert text.startswith("form4-author was putting these files into place")
    assert all(f'\n"{name}"\n' in text for name in names)
    for ending in ENDINGS:
        told = [finding.code for finding in told_of(tmp_path / f"a.{ending}")]
        assert told == (["OUT007"] if before or step > 1 else [])
    assert told_of(tmp_path / "b.xml") == []
    deliver(outputs(tmp_path, b"new"))
    assert (versions(tmp_path), shown(tmp_path)) == ([b"new"] * 3, sorted(f"a.{ending}" for ending in ENDINGS))


def test_killed_after_the_last_file_word_is_left_and_nothing_lost(tmp_path: Path) -> None:
    assert killed_at(1, lambda: deliver(outputs(tmp_path, b"new")), "unlink") == -signal.SIGKILL
    assert (versions(tmp_path), unfinished(tmp_path)) == ([b"new"] * 3, ("a.xml", "a.pdf", "a.report.json"))
    deliver(outputs(tmp_path, b"new"))
    assert NAME not in shown(tmp_path)


def test_word_stays_for_what_another_build_leaves_as_it_is(tmp_path: Path) -> None:
    deliver(outputs(tmp_path, b"old"))
    killed_at(2, lambda: deliver(outputs(tmp_path, b"new")))
    deliver(outputs(tmp_path, b"b", stem="b"))
    deliver([Output(tmp_path / "c.ics", b"c")])
    assert unfinished(tmp_path) == ("a.xml", "a.pdf", "a.report.json")
    deliver(outputs(tmp_path, b"newer", endings=("xml", "report.json")))
    assert unfinished(tmp_path) == ("a.pdf",)
    killed_at(2, lambda: deliver(outputs(tmp_path, b"new", stem="b")))
    assert unfinished(tmp_path) == ("a.pdf", "b.xml", "b.pdf", "b.report.json")
    deliver(outputs(tmp_path, b"new", stem="b"))
    deliver([Output(tmp_path / "a.pdf", b"newer")])
    assert versions(tmp_path) == [b"newer"] * 3
    assert NAME not in shown(tmp_path)


def test_nothing_is_told_of_files_that_are_gone_or_being_put_into_place(tmp_path: Path) -> None:
    killed_at(2, lambda: deliver(outputs(tmp_path, b"new")))
    with (tmp_path / NAME).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert unfinished(tmp_path) == ()
    assert unfinished(tmp_path) == ("a.xml", "a.pdf", "a.report.json")
    (tmp_path / "a.xml").unlink()
    assert unfinished(tmp_path) == ()
    deliver(outputs(tmp_path, b"b", stem="b"))
    assert NAME not in shown(tmp_path)


@pytest.mark.parametrize(("refused", "left"), [("a.xml", []), ("a.pdf", [NAME, "a.xml"])])
def test_a_file_that_cannot_be_put_into_place_leaves_word_of_those_that_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str, left: list[str]
) -> None:
    sound = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == refused:
            raise PermissionError
        return sound(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(Rejected):
        deliver(outputs(tmp_path, b"new"))
    assert shown(tmp_path) == left


@pytest.mark.parametrize("kind", ["text", "link", "folder", "pipe", "large"])
def test_what_else_bears_its_name_is_left_alone(tmp_path: Path, kind: str) -> None:
    path = tmp_path / NAME
    match kind:
        case "text":
            path.write_text("somebody's own\n")
        case "link":
            (tmp_path / "kept").write_text("kept\n")
            path.symlink_to("kept")
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case _:
            path.write_bytes(b"x" * 2**21)
    before = path.lstat()
    deliver(outputs(tmp_path, b"new"))
    assert unfinished(tmp_path) == ()
    assert versions(tmp_path) == [b"new"] * 3
    assert (path.lstat().st_ino, path.lstat().st_size, path.lstat().st_mtime_ns) == (
        before.st_ino,
        before.st_size,
        before.st_mtime_ns,
    )


@pytest.mark.parametrize("line", ['"../a.xml"', '"a', '""', "[]", '"/etc/passwd"', '"."', "\udcff"])
def test_what_it_says_is_understood_or_passed_over(tmp_path: Path, line: str) -> None:
    killed_at(2, lambda: deliver(outputs(tmp_path, b"new")))
    text = (tmp_path / NAME).read_text()
    (tmp_path / NAME).write_bytes(text.replace('"a.pdf"', line).encode("utf-8", "surrogateescape"))
    assert unfinished(tmp_path) == ("a.xml", "a.report.json")


def test_names_of_every_kind_come_back(tmp_path: Path) -> None:
    stems = ["\u00e9\u4f8b", 'a "b"', "a\nb", "\u202ea", "\u2028"]
    for stem in stems:
        killed_at(2, lambda stem=stem: deliver(outputs(tmp_path, b"new", stem=stem)))  # type: ignore[misc]
        assert unfinished(tmp_path)[-3:] == tuple(f"{stem}.{ending}" for ending in ENDINGS)
    for stem in stems:
        deliver(outputs(tmp_path, b"new", stem=stem))
    assert NAME not in shown(tmp_path)
