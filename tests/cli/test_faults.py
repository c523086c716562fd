"""Surroundings that lack something or change: what can be built is built the same, and what can't is told as it is."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import form4_author
from form4_author.findings import Rejected
from form4_author.pipeline.verbs import build_file
from tests.cli.command import Run, names, write
from tests.conftest import ROOT
from tests.plans import plan_text
from tests.rights import bound_by_rights, rights_bind

#: Has WeasyPrint find no Pango, in a Python of its own.
WITHOUT_PANGO = """\
import cffi
sound = cffi.FFI.dlopen
def dlopen(self, name=None, flags=0):
    if "pango" in str(name):
        raise OSError(f"cannot load library {name!r}: {name}: cannot open shared object file")
    return sound(self, name, flags)
cffi.FFI.dlopen = dlopen
"""


def sale(amount: str, price: str) -> str:
    return f"transactions:\n  - {{date: 2026-11-18, code: S, security: common, amount: {amount}, price: {price}}}\n"


def built(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def alone(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command with nothing in its environment but what is given."""
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "form4_author", *words]
    return subprocess.run(command, cwd=folder, env=known | environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a build writes where nothing is amiss."""
    folder = tmp_path_factory.mktemp("sound")
    write(folder, "roe.yaml")
    alone(folder, "build", "roe.yaml", "--html", "-o", "out", HOME=str(folder), LANG="C.UTF-8")
    return built(folder / "out")


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "tr_TR.UTF-8"},
        {"LC_ALL": "ar_SA.UTF-8", "LANGUAGE": "ar"},
        {"LC_ALL": "POSIX"},
        {},
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/proc/none", "XDG_DATA_HOME": "/proc/none"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "nonsense"},
        {"FONTCONFIG_FILE": "/nonexistent", "FONTCONFIG_PATH": "/nonexistent", "XDG_DATA_DIRS": "/nonexistent"},
        {"PYTHONHASHSEED": "7", "PYTHONDONTWRITEBYTECODE": "1"},
    ],
    ids=["turkish", "arabic", "posix", "bare", "no-home-no-cache", "tz", "no-tz", "no-fonts", "hashes"],
)
def test_the_same_bytes_whatever_is_about(tmp_path: Path, sound: dict[str, bytes], environment: dict[str, str]) -> None:
    write(tmp_path, "roe.yaml")
    done = alone(tmp_path, "build", "roe.yaml", "--html", "-o", "out", **environment)
    assert done.returncode == 0, done.stderr
    assert built(tmp_path / "out") == sound
    assert "Traceback" not in done.stderr


#: Has each look at the clock be a day later than the last, in another time zone.
LEAPING = """\
import itertools, os, time
sound, days = time.time, itertools.count()
def leap():
    os.environ["TZ"] = ("Pacific/Kiritimati", "America/New_York", "Pacific/Niue")[next(days) % 3]
    time.tzset()
    return sound() + 86400 * next(days)
local, utc = time.localtime, time.gmtime
time.time = leap
time.localtime = lambda seconds=None: local(leap() if seconds is None else seconds)
time.gmtime = lambda seconds=None: utc(leap() if seconds is None else seconds)
"""


def test_days_that_pass_and_time_zones_that_change_within_a_run_change_nothing(
    tmp_path: Path, sound: dict[str, bytes]
) -> None:
    for name in ("roe.yaml", "two.yaml"):
        write(tmp_path, name)
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "sitecustomize.py").write_text(LEAPING)
    leaping = f"{tmp_path / 'lib'}:{ROOT}"
    done = alone(tmp_path, "build", "roe.yaml", "two.yaml", "--html", "-o", "out", PYTHONPATH=leaping)
    assert done.returncode == 0, done.stderr
    written = built(tmp_path / "out")
    assert {name: data for name, data in written.items() if name.startswith("roe.")} == sound
    assert [written[f"two.{ending}"] == sound[f"roe.{ending}"] for ending in ("xml", "pdf", "html")] == [True] * 3
    for words in (("due", "roe.yaml"), ("status", "roe.yaml"), ("check", "roe.yaml"), ("roll", "out/roe.xml")):
        leapt, steady = (alone(tmp_path, *words, PYTHONPATH=path) for path in (leaping, str(ROOT)))
        assert (leapt.returncode, leapt.stdout) == (steady.returncode, steady.stdout)


def test_windows_line_ends_make_the_same_filing(tmp_path: Path, sound: dict[str, bytes]) -> None:
    (tmp_path / "plan.yaml").write_bytes(b"\xef\xbb\xbf" + plan_text().replace("\n", "\r\n").encode())
    done = alone(tmp_path, "build", "plan.yaml", "--no-pdf", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert built(tmp_path / "out")[f"{tmp_path.name}.xml"] == sound["roe.xml"]


@pytest.mark.parametrize(
    ("words", "code", "written"),
    [
        (("build", "plan.yaml", "-o", "out"), 0, ["out/P.report.json", "out/P.xml"]),
        (("build", "plan.yaml", "-o", "out", "--html"), 0, ["out/P.html", "out/P.report.json", "out/P.xml"]),
        (("build", "plan.yaml", "-o", "out", "--format", "json"), 0, ["out/P.report.json", "out/P.xml"]),
        (("preview", "plan.yaml", "-o", "page.pdf"), 1, []),
        (("preview", "plan.yaml", "-o", "page.html"), 0, ["page.html"]),
    ],
)
def test_without_pango_all_else_is_written_and_one_finding_says_what_to_install(
    tmp_path: Path, words: tuple[str, ...], code: int, written: list[str]
) -> None:
    write(tmp_path)
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "sitecustomize.py").write_text(WITHOUT_PANGO)
    done = alone(tmp_path, *words, PYTHONPATH=f"{tmp_path / 'lib'}:{ROOT}")
    told = done.stderr + done.stdout
    assert done.returncode == code, told
    expected = [name.replace("P", tmp_path.name) for name in written]
    assert [name for name in names(tmp_path) if not name.startswith(("lib/", "plan"))] == expected
    assert told.count("PDF001") == (words[-1] != "page.html") + 0
    assert "WeasyPrint" not in told
    if "--format" not in words and code == 0 and words[0] == "build":
        assert "libpango-1.0-0 libpangoft2-1.0-0" in done.stderr


def test_a_folder_of_all_that_is_no_file_is_gone_through(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "plans"
    write(folder, "good.yaml")
    os.mkfifo(folder / "pipe.yaml")
    (folder / "device.yaml").symlink_to("/dev/zero")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "round").symlink_to(".")
    (folder / "gone.yaml").symlink_to("nowhere.yaml")
    (folder / "folder.yaml").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s.yaml"))
    done = run("build", "plans", "--no-pdf", "--jobs", "2")
    said = [line.split(": ", 1) for line in done.stderr.splitlines() if " error " in line]
    assert [(place.partition(":")[0], text[6:]) for place, text in said] == [
        ("plans/device.yaml", "FIL007 this is a device, not a file"),
        ("plans/gone.yaml", "FIL001 there is no such file"),
        ("plans/loop.yaml", "FIL003 the file can't be read: Too many levels of symbolic links"),
        ("plans/pipe.yaml", "FIL007 this is a pipe, not a file"),
        ("plans/s.yaml", "FIL007 this is a socket, not a file"),
    ]
    assert (done.returncode, names(tmp_path / "build")) == (2, ["good.report.json", "good.xml", "summary.html"])


def test_a_full_disk_is_each_plans_own_finding_and_leaves_nothing_half_written(tmp_path: Path, run: Run) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path, f"plans/{name}.yaml")
    limit = 20_000  # no file may be larger, as on a disk that is full

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    kept = {"PYTHONDONTWRITEBYTECODE": "1"}  # Python would leave its own files cut off
    done = run("build", "plans", "--no-pdf", "--html", "--jobs", "2", before=full, env=kept)
    assert done.returncode == 1
    errors = [line for line in done.stderr.splitlines() if " error " in line]
    assert len(errors) == 3
    assert all(" can't be written: File too large; nothing was written" in line for line in errors)
    assert not (tmp_path / "build").exists() or names(tmp_path / "build") == []
    done = run("build", "plans", "--no-pdf", before=full, env=kept)
    assert done.returncode == 0, done.stderr


#: Kills the run when it puts its second file into place.
KILLED = """\
import os, pathlib, signal
sound, calls = pathlib.Path.replace, []
def replace(self, target):
    calls.append(self)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return sound(self, target)
pathlib.Path.replace = replace
"""


def test_files_of_two_builds_are_told_of_until_they_are_built_again(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "roe.yaml")
    assert run("build", "roe.yaml", "--no-pdf", "--html").returncode == 0
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "sitecustomize.py").write_text(KILLED)
    write(tmp_path, "roe.yaml", transactions=sale("1,000", "32.15"))
    killed = {"PYTHONPATH": f"{tmp_path / 'lib'}:{ROOT}"}
    assert run("build", "roe.yaml", "--no-pdf", "--html", env=killed).returncode == -signal.SIGKILL
    assert ["32.15" in (tmp_path / "build" / f"roe.{ending}").read_text() for ending in ("xml", "html")] == [
        True,
        False,
    ]
    told = (
        "build/UNFINISHED-form4-author.log:1:1: warning OUT007 a run was broken off while it put files into place, "
        "which may be of two builds or missing: roe.xml, roe.html, roe.report.json\n"
        "  Build them again, with the same options; or delete them and UNFINISHED-form4-author.log.\n"
    )
    write(tmp_path, "other.yaml")
    status = run("status", "roe.yaml", "other.yaml").stdout.splitlines()
    assert status[0].endswith("without a CCC, a whole build (see build/UNFINISHED-form4-author.log)")
    assert status[1].endswith("without a CCC")
    for words in (("build", "other.yaml", "--no-pdf"), ("build", "other.yaml", "--no-pdf", "--changed")):
        done = run(*words)
        assert (done.returncode, done.stderr.startswith(told)) == (0, True)
    assert run("check", "build/roe.html").stdout.count("OUT007") == 0  # no form of its own
    assert run("check", "build/roe.xml").stdout.startswith(told)
    assert "OUT007" not in run("check", "build/other.xml").stdout
    assert "OUT007" not in run("build", "roe.yaml", "--no-pdf", "--html").stderr
    assert names(tmp_path / "build") == [
        ".form4-author.built",
        *("other.report.json", "other.xml", "roe.html", "roe.report.json", "roe.xml"),
    ]
    assert "a whole build" not in run("status", ".").stdout


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/sys").exists(), reason="nothing is read-only to root")
def test_a_folder_that_takes_nothing(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "a.yaml")
    write(tmp_path, "b.yaml")
    done = run("build", "a.yaml", "b.yaml", "--no-pdf", "-o", "/proc/sys/out")
    assert done.returncode == 1
    assert done.stderr.count(" error OUT002 ") == 2
    assert done.stderr.count("nothing was written") == 2


def test_an_input_that_vanishes_is_its_own_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [write(tmp_path, f"{name}.yaml") for name in "abc"]
    sound = build_file

    def vanishing(file: object, *arguments: object, **options: object) -> object:
        paths[1].unlink(missing_ok=True)
        return sound(file, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("form4_author.batch.running.build_file", vanishing)
    reports = form4_author.build_many(paths, tmp_path / "out", pdf=False)
    assert [[f.code for f in report.findings if f.is_error] for report in reports] == [[], ["FIL001"], []]
    assert names(tmp_path / "out") == ["a.report.json", "a.xml", "c.report.json", "c.xml", "summary.html"]


def test_an_input_that_grows_while_it_is_read_ends_at_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"# " + b"x" * 2**24 + b"\n")
    growing, stop = path.open("ab"), threading.Event()

    def grow() -> None:
        while not stop.is_set():
            growing.write(b"# more\n" * 10_000)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        report = form4_author.check(path)
    finally:
        stop.set()
        writer.join()
        growing.close()
    assert [finding.code for finding in report.findings] == ["FIL004"]


def in_threads(plans: list[Path], output: Path, *, pdf: bool = True) -> list[form4_author.Report]:
    """Build each plan in a thread of its own, all at once."""
    reports: dict[int, form4_author.Report] = {}
    together = threading.Barrier(len(plans))

    def one(number: int) -> None:
        together.wait()
        reports[number] = form4_author.build(plans[number], output, pdf=pdf)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(plans))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [reports[number] for number in range(len(plans))]


def test_ten_threads_build_ten_plans(tmp_path: Path, sound: dict[str, bytes]) -> None:
    reports = in_threads([write(tmp_path, f"p{n}.yaml") for n in range(10)], tmp_path / "out")
    assert [report.accepted for report in reports] == [True] * 10
    assert names(tmp_path / "out") == sorted(
        f"p{n}.{ending}" for n in range(10) for ending in ("pdf", "report.json", "xml")
    )
    for path in (tmp_path / "out").glob("*.pdf"):
        assert path.read_bytes() == sound["roe.pdf"]
    assert "FONTCONFIG_FILE" not in os.environ


def test_of_ten_plans_of_one_name_in_ten_threads_one_is_built_and_nine_are_told(tmp_path: Path) -> None:
    plans = [
        write(
            tmp_path / str(n),
            "x.yaml",
            transactions=sale(f"1{n}", "3"),
        )
        for n in range(10)
    ]
    reports = in_threads(plans, tmp_path / "out", pdf=False)
    (built,) = [n for n, report in enumerate(reports) if report.accepted]
    assert [[f.code for f in report.findings if f.is_error] for report in reports].count(["OUT001"]) == 9
    assert all(report.outputs == () for n, report in enumerate(reports) if n != built)
    filing = form4_author.read_filing(tmp_path / "out" / "x.xml")
    assert filing.table1[0].shares.text == f"1{built}"
    again = form4_author.build(plans[built], tmp_path / "out", pdf=False)
    assert again.accepted


def test_two_runs_into_one_folder_at_once_leave_each_set_of_one_run(tmp_path: Path) -> None:
    for n, price in enumerate(("30.15", "31.15")):
        for number in range(30):
            write(
                tmp_path / str(n),
                f"p{number}.yaml",
                transactions=sale("10", price),
            )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "form4_author", "build", "--no-pdf", "--html", "-o", "out"]
    runs = [
        subprocess.Popen(
            [*command, str(n)], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for n in range(2)
    ]
    for run in runs:
        run.communicate()
        assert run.returncode == 0
    for number in range(30):
        texts = [(tmp_path / "out" / f"p{number}.{ending}").read_text() for ending in ("xml", "html")]
        assert len({"30.15" in text for text in texts}) == 1
        assert len({"31.15" in text for text in texts}) == 1
    assert not [name for name in names(tmp_path / "out") if name.startswith(".")]


def test_a_thousand_files_in_a_folder(tmp_path: Path, run: Run) -> None:
    for number in range(1000):
        (tmp_path / f"p{number}.yaml").write_text("x: 1\n")
    done = run("check", ".", "--format", "json")
    assert done.returncode == 1
    assert done.stdout.count('"accepted": false') == 1001


def test_a_ccc_file_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cccs")
    with pytest.raises(Rejected) as caught:
        form4_author.build(write(tmp_path), tmp_path / "out", ccc_file=tmp_path / "cccs")
    assert [finding.code for finding in caught.value.findings] == ["CCC004"]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does it")
@pytest.mark.parametrize("megabytes", [28, 36, 58])
def test_a_start_without_memory_says_so_and_no_more(tmp_path: Path, run: Run, megabytes: int) -> None:
    write(tmp_path, "a.yaml")
    limit = megabytes * 2**20
    done = run("build", "a.yaml", "--no-pdf", before=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    if done.returncode == 0:
        assert names(tmp_path / "build") == ["a.report.json", "a.xml"]
    else:
        assert "there is too little memory" in done.stderr
        assert len(done.stderr.splitlines()) <= 3
        assert names(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize(
    "words",
    [
        ("build", "p.yaml", "--no-pdf"),
        ("build", "p.yaml", "--no-pdf", "--changed"),
        ("build", "p.yaml", "--no-pdf", "--seal"),
        ("preview", "p.yaml", "-o", "closed/x.html"),
        ("import", "build/p.xml", "-o", "closed/x.yaml"),
        ("amend", "build/p.xml", "-o", "closed/x.yaml"),
        ("roll", "build/p.xml", "-o", "closed/x.yaml"),
        ("new", "closed/x"),
        ("due", "p.yaml", "--ics", "closed/x.ics"),
        ("envelope", "build/p.submission.xml", "--extract", "closed/x"),
        ("short-swing", "p.yaml", "--memo", "closed/x.html"),
    ],
    ids=lambda words: " ".join(words[:1] + words[3:4]),
)
def test_a_folder_that_may_not_be_written_into_is_told_by_every_verb(
    tmp_path: Path, run: Run, words: tuple[str, ...]
) -> None:
    write(tmp_path, "p.yaml")
    assert run("build", "p.yaml", "--no-pdf", "--submission").returncode == 0
    (tmp_path / "closed").mkdir(mode=0o555)
    with rights_bind():  # or skipped
        pass
    done = run(*words, *(("-o", "closed") if words[0] == "build" else ()), before=bound_by_rights)
    assert done.returncode == 1
    assert done.stderr.count(" error OUT002 ") == 1
    assert " can't be written: Permission denied; nothing was written\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "closed").iterdir()) == []


def test_what_may_not_be_read_is_told_and_the_rest_is_checked(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "plans/a.yaml")
    write(tmp_path, "plans/b.yaml").chmod(0)
    write(tmp_path, "plans/closed/c.yaml")
    (tmp_path / "plans" / "closed").chmod(0)
    with rights_bind():  # or skipped
        pass
    for verb in ("check", "build", "status"):
        done = run(verb, "plans", *(("--no-pdf",) if verb == "build" else ()), before=bound_by_rights)
        assert done.returncode == 2
        if verb != "status":
            told = done.stdout + done.stderr
            assert "plans/b.yaml:1:1: error FIL003 the file can't be read: Permission denied" in told
            assert "plans/closed:1:1: error FIL003 the folder can't be looked through: Permission denied" in told
    (tmp_path / "plans" / "closed").chmod(0o700)
    assert names(tmp_path / "build") == ["a.report.json", "a.xml", "summary.html"]
