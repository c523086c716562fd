"""Too little memory is told as what it is: of one file, of a process of a batch, and of a start that has none."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import sys
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from form4_author.batch.running import _built, _each, _lean
from form4_author.batch.watching import Watch
from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.memory import lacks_memory
from form4_author.pipeline.faults import fault_of, guarded
from form4_author.pipeline.options import BuildOptions
from form4_author.report.file_report import FileReport
from tests.cli.command import names, write

TOLD = "there is too little memory; nothing was written for this file"


@pytest.mark.parametrize(
    ("fault", "lacks"),
    [
        (MemoryError(), True),
        (OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)), True),
        (ImportError("_imaging.so: failed to map segment from shared object"), True),
        (OSError("cannot load library 'libpango-1.0.so.0': libpango-1.0.so.0: failed to map segment"), True),
        (ImportError("no module named x"), False),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), False),
        (ValueError("failed to map segment"), False),
    ],
)
def test_what_says_that_memory_is_lacking(fault: Exception, lacks: bool) -> None:
    assert lacks_memory(fault) == lacks
    finding = fault_of(fault, "a.yaml")
    assert finding.code == ("RUN003" if lacks else "FLT001")
    if lacks:
        assert (finding.message, finding.hint) == (
            TOLD,
            "Close other programs, build fewer plans at once or without the page (--no-pdf), or raise the limit.",
        )


@contextlib.contextmanager
def no_more() -> Iterator[None]:
    """Have the system give this process no more memory, and let none be free in it of any size to speak of."""
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.RLIM_INFINITY))
    taken: list[bytearray] = []
    try:
        with contextlib.suppress(MemoryError):
            while True:
                taken.append(bytearray(2**18))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def lacking(file: Input) -> FileReport:
    """Build a plan; the second one without memory."""
    options = BuildOptions(pdf=False, output=(file.path or Path()).parent / "out")
    with no_more() if file.name == "b.yaml" else contextlib.nullcontext():
        return _lean(
            guarded(file.name, lambda: _built(file, options, Keyring(), frozenset(), lambda _file, _found: ()))
        )


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does it")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_plan_that_memory_is_lacking_for_is_its_own_finding(tmp_path: Path, jobs: int) -> None:
    files = [Input(f"{name}.yaml", write(tmp_path, f"{name}.yaml")) for name in "abc"]
    reports = _each(files, lacking, jobs, Watch())
    assert [[f.code for f in one.findings if f.is_error] for one in reports] == [[], ["RUN003"], []]
    assert reports[1].findings[0].message == TOLD
    assert names(tmp_path / "out") == ["a.report.json", "a.xml", "c.report.json", "c.xml"]


@pytest.mark.parametrize("allowed", [0, 1])
def test_where_no_process_can_be_begun_the_run_goes_on_with_those_that_can(
    monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    begun: list[object] = []
    sound = BaseProcess.start

    def start(self: BaseProcess) -> None:
        if len(begun) == allowed:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        begun.append(self)
        sound(self)

    monkeypatch.setattr(BaseProcess, "start", start)
    files = [Input(f"{n}.yaml", None) for n in range(4)]
    reports = _each(files, plain, 3, Watch())
    told = "no process could be begun for this file: Resource temporarily unavailable; nothing was written"
    expected = [[]] * 4 if allowed else [[("RUN004", told)]] * 4
    assert [[(f.code, f.message) for f in one.findings] for one in reports] == expected


def plain(file: Input) -> FileReport:
    return FileReport(file.name, accepted=True)
