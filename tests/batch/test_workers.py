"""Processes that die, that are ended, and that outlive nobody: each file gets its due, and what is said of it is so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from form4_author.batch.running import _each
from form4_author.batch.watching import Stopped, Watch
from form4_author.files.delivery import Output, deliver
from form4_author.files.inputs import Input
from form4_author.report.file_report import Course, FileReport
from tests.conftest import ROOT
from tests.plans import plan_text

FILES = [Input(f"{n}.yaml", None) for n in range(6)]


def sound(file: Input) -> FileReport:
    return FileReport(file.name, accepted=True)


def told(reports: list[FileReport]) -> list[tuple[str, bool, str]]:
    return [(one.file, one.accepted, "".join(f"{f.code} {f.message}" for f in one.findings)) for one in reports]


def deadly(file: Input, at: str, number: int) -> FileReport:
    if file.name == at:
        os.kill(os.getpid(), number)
        time.sleep(5)
    return sound(file)


@pytest.mark.parametrize(
    ("number", "how"), [(signal.SIGKILL, "SIGKILL: out of memory, or killed"), (signal.SIGTERM, "SIGTERM")]
)
def test_a_process_that_dies_is_its_own_files_finding(number: int, how: str) -> None:
    reports = _each(FILES, partial(deadly, at="2.yaml", number=number), 2, Watch())
    expected = [(file.name, True, "") for file in FILES]
    message = f"RUN001 the process that worked on this file was ended twice ({how}); nothing was written"
    expected[2] = ("2.yaml", False, message)
    assert told(reports) == expected
    assert reports[2].unreadable


def once(file: Input, folder: Path) -> FileReport:
    """Dies at each file the first time that it is tried."""
    tried = folder / file.name
    if not tried.exists():
        tried.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return sound(file)


def test_what_died_once_is_tried_once_more(tmp_path: Path) -> None:
    assert told(_each(FILES, partial(once, folder=tmp_path), 2, Watch())) == [(file.name, True, "") for file in FILES]


def alone(file: Input, folder: Path) -> FileReport:
    """Dies where another works at the same time."""
    mine = folder / f"{os.getpid()}.working"
    mine.touch()
    time.sleep(0.05)
    if file.name == "0.yaml" and len([*folder.glob("*.working")]) > 1:
        mine.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    mine.unlink()
    return sound(file)


def test_it_is_tried_alone(tmp_path: Path) -> None:
    reports = _each(FILES, partial(alone, folder=tmp_path), 3, Watch())
    assert told(reports) == [(file.name, True, "") for file in FILES]


def written_then_dead(file: Input, folder: Path) -> FileReport:
    deliver([Output(folder / f"{file.name}.xml", b"x"), Output(folder / f"{file.name}.pdf", b"y")])
    if file.name == "1.yaml":
        os.kill(os.getpid(), signal.SIGKILL)
    return sound(file)


def test_what_a_dead_process_has_written_is_told(tmp_path: Path) -> None:
    report = _each(FILES[:3], partial(written_then_dead, folder=tmp_path), 2, Watch())[1]
    written = tuple(f"{tmp_path}/1.yaml.{ending}" for ending in ("xml", "pdf"))
    assert report.outputs == written
    assert report.findings[0].message.endswith(f"; written: {', '.join(written)}")


class Ending(Watch):
    """Ends the run when so many files are done."""

    def __init__(self, after: int) -> None:
        self.left = after

    def done(self, report: FileReport) -> None:  # noqa: ARG002 - a watch's
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGINT)


def slow(file: Input, seconds: float) -> FileReport:
    time.sleep(seconds if file.name > "1.yaml" else 0)
    return sound(file)


@pytest.mark.parametrize(("jobs", "seconds", "third"), [(1, 0, Course.NOT_BEGUN), (2, 30, Course.BROKEN_OFF)])
def test_a_run_that_is_ended_tells_what_became_of_each_file(jobs: int, seconds: float, third: Course) -> None:
    begun = time.monotonic()
    with pytest.raises(Stopped) as caught:
        _each(FILES, partial(slow, seconds=seconds), jobs, Ending(2))
    assert time.monotonic() - begun < 3
    assert [one.course for one in caught.value.reports][:2] == [Course.DONE, Course.DONE]
    assert caught.value.reports[2].course is third
    assert caught.value.reports[5].course is Course.NOT_BEGUN
    assert [one.file for one in caught.value.reports] == [file.name for file in FILES]


def test_what_is_being_worked_on_may_be_finished_when_the_run_is_ended() -> None:
    with pytest.raises(Stopped) as caught:
        _each(FILES, partial(slow, seconds=0.3), 2, Ending(2))
    courses = [one.course for one in caught.value.reports]
    assert Course.BROKEN_OFF not in courses
    assert courses.count(Course.DONE) >= 2
    assert courses[-1] is Course.NOT_BEGUN


def test_with_other_threads_about_processes_begin_anew() -> None:
    """A copy of a process of several threads may stand still for ever."""
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        assert told(_each(FILES[:3], sound, 2, Watch())) == [(file.name, True, "") for file in FILES[:3]]
    finally:
        ended.set()
        other.join()


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def until(true: Callable[[], bool], seconds: float = 20) -> bool:
    ends = time.monotonic() + seconds
    while not true() and time.monotonic() < ends:
        time.sleep(0.01)
    return true()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="tells children by /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_its_parent(tmp_path: Path, how: int) -> None:
    for n in range(400):
        (tmp_path / f"p{n}.yaml").write_text(plan_text())
    command = [sys.executable, "-m", "form4_author", "build", str(tmp_path), "-o", str(tmp_path / "out"), "--jobs", "3"]
    with subprocess.Popen(
        [*command, "--no-pdf"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True
    ) as run:
        assert until(lambda: len([*(tmp_path / "out").glob("*.xml")]) > 9)
        workers = children(run.pid)
        assert len(workers) == 3
        begun = time.monotonic()
        run.send_signal(how)
        _, said = run.communicate(timeout=20)
        assert time.monotonic() - begun < 10  # a second or two, where nothing else runs
        assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), 3)
        assert run.returncode == (-how if how == signal.SIGKILL else 128 + how)
    if how != signal.SIGKILL:
        assert "\nnot begun " in said
        assert "\nin all " in said
        assert "Traceback" not in said
        assert not [*(tmp_path / "out").glob(".*")]
