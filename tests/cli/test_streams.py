"""Standard streams that are closed, full or read by nobody, and signals: each told as what it is, once."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.plans import plan_text

FULL = Path("/dev/full")
TOLD = (
    "form4-author: standard output can't be written: {}. What was to be printed is not complete; files that were "
    "written stand.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in range(3):
        (tmp_path / f"p{n}.yaml").write_text(plan_text())
    return tmp_path


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, `$F` being the command."""
    environment = os.environ | {"F": f"{sys.executable} -m form4_author", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    ("redirected", "why"), [("> /dev/full", "No space left on device"), (">&-", "it is closed")], ids=["full", "closed"]
)
@pytest.mark.parametrize("words", ["check p0.yaml", "check p0.yaml --format json", "rules", "schema", "--help"])
def test_standard_output_that_takes_nothing(folder: Path, words: str, redirected: str, why: str) -> None:
    done = shell(f"$F {words} {redirected}", folder)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", TOLD.format(why))


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
def test_what_was_written_stands_where_the_list_of_it_cannot_be_printed(folder: Path) -> None:
    done = shell("$F build p0.yaml --no-pdf > /dev/full", folder)
    assert done.returncode == 2
    assert done.stderr.endswith("p0.yaml: accepted (1 warning)\n" + TOLD.format("No space left on device"))
    assert sorted(path.name for path in (folder / "build").iterdir()) == ["p0.report.json", "p0.xml"]


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("redirected", ["2> /dev/full", "2>&-"])
def test_standard_error_that_takes_nothing_changes_no_verdict(folder: Path, redirected: str) -> None:
    done = shell(f"$F build p0.yaml --no-pdf {redirected}", folder)
    assert (done.returncode, done.stdout) == (0, "build/p0.xml\nbuild/p0.report.json\n")
    assert shell(f"$F build none.yaml {redirected}", folder).returncode == 2
    for path in (folder / "build").iterdir():
        assert b"warning" not in path.read_bytes().splitlines()[0]


def test_standard_input_that_is_closed_or_no_text(folder: Path) -> None:
    done = shell("$F check - <&-", folder)
    assert done.returncode == 2
    assert done.stdout == (
        "<stdin>:1:1: error FIL003 standard input can't be read: it is closed\n"
        "  Name a file, or give its content by a pipe.\n"
        "<stdin>: can't be read (1 error)\n"
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [("check .", 0), ("check p0.yaml none.yaml", 2), ("rules", 141), ("schema", 141), ("--help", 141)],
)
def test_a_reader_that_goes_away_is_told_nothing_and_a_verdict_stands(folder: Path, words: str, code: int) -> None:
    done = shell(f"mkfifo gone; ( : < gone ) & exec 3> gone; wait; $F {words} >&3; echo $?", folder)
    said = [
        line for line in done.stderr.splitlines() if not re.match(r" *files |accepted |can't be read|in all ", line)
    ]
    assert (done.stdout, said) == (f"{code}\n", [])


def in_terminal(folder: Path, *words: str, key: bytes = b"", when: str = "") -> tuple[int, str]:
    """Run the command in a terminal; `key` is pressed once `when` has been shown. Its exit code, and what was shown."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "PYTHONPATH": str(ROOT)}
        os.execve(sys.executable, [sys.executable, "-m", "form4_author", *words], environment)
    shown, ends = b"", time.monotonic() + 60
    while time.monotonic() < ends:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                read = os.read(terminal, 65536)
            except OSError:  # it is closed
                break
            if not read:
                break
            shown += read
        if key and re.search(when.encode(), shown):
            os.write(terminal, key)
            key = b""
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()


def plain(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "\n")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_batch_soon_with_whole_files_and_tells_of_it(folder: Path, jobs: str) -> None:
    for n in range(500):
        (folder / f"q{n}.yaml").write_text(plan_text())
    code, shown = in_terminal(
        folder, "build", ".", "--no-pdf", "--jobs", jobs, key=b"\x03", when=r"[1-9]\d/503.* q\d+\.yaml"
    )
    text = plain(shown)
    assert code == 130
    counts = dict(re.findall(r"^(accepted|broken off|not begun|in all) +(\d+)", text, re.MULTILINE))
    assert sum(int(count) for word, count in counts.items() if word != "in all") == int(counts["in all"]) == 503
    assert int(counts["not begun"]) > 0
    written = sorted((folder / "build").iterdir())
    assert not [path for path in written if path.name.startswith(".")]
    broken_off = {int(counts.get("broken off", "0")), 0}  # which may have been put into place just before
    assert len(written) in {2 * (int(counts["accepted"]) + more) for more in broken_off}
    assert "Traceback" not in text


def test_progress_is_shown_on_a_terminal_alone_and_cleared_away(folder: Path) -> None:
    code, shown = in_terminal(folder, "build", ".", "--no-pdf")
    assert code == 0
    assert "3/3" in plain(shown)
    assert "p2.yaml" in plain(shown)
    assert "\x1b[?25l" in shown  # the cursor goes,
    assert "\x1b[?25h" in shown  # and comes back
    assert "3/3" not in shell("$F build . --no-pdf", folder).stderr
    assert "\x1b" not in shell("$F build . --no-pdf", folder).stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_any_verb_quietly(number: int, code: int) -> None:
    command = [sys.executable, "-m", "form4_author", "check", "-"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        status = Path(f"/proc/{run.pid}/status")
        ends = time.monotonic() + 20
        while not _caught(status, signal.SIGTERM) and time.monotonic() < ends:
            time.sleep(0.01)
        time.sleep(0.2)
        run.send_signal(number)
        said, told = run.communicate()
    assert (run.returncode, said, told) == (code, "", "")


#: Sends a signal to itself as soon as a module is asked for.
AT_IMPORT = """\
import os, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            {what}
sys.meta_path.insert(0, Finder())
"""
#: The same in a destructor, from which no exception gets out.
IN_DESTRUCTOR = """\
type("Last", (), {{"__del__": lambda self: [os.kill(os.getpid(), {number}), sum(range(1000))]}})()"""


@pytest.mark.parametrize(
    "module", ["form4_author.memory", "form4_author.cli.app", "typer", "form4_author.findings", "yaml", "xmlschema"]
)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_at_the_start_ends_it_quietly(folder: Path, module: str, number: int, code: int) -> None:
    done = ended_at(folder, module, f"os.kill(os.getpid(), {int(number)})")
    assert (done.returncode in {code, -number}, done.stdout, done.stderr) == (True, "", "")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_is_not_lost_where_no_exception_gets_out(folder: Path, number: int, code: int) -> None:
    for n in range(200):
        (folder / f"q{n}.yaml").write_text(plan_text())
    done = ended_at(folder, "form4_author.compose.composition", IN_DESTRUCTOR.format(number=int(number)))
    assert (done.returncode, "Traceback" in done.stderr, "ignored" in done.stderr) == (code, False, False)


def ended_at(folder: Path, module: str, what: str) -> subprocess.CompletedProcess[str]:
    """Run a check in which something happens when a module is asked for."""
    (folder / "lib").mkdir()
    (folder / "lib" / "sitecustomize.py").write_text(AT_IMPORT.format(module=module, what=what))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{folder / 'lib'}:{ROOT}"}
    command = [sys.executable, "-m", "form4_author", "status", "."]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def _caught(status: Path, number: int) -> bool:
    """Whether a process has a handler of its own for a signal."""
    mask = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(mask.split()[1], 16) >> (number - 1) & 1)


def test_what_standard_output_cannot_spell_is_escaped(folder: Path) -> None:
    (folder / "p\N{EN DASH}.yaml").write_text(plan_text())
    done = shell("PYTHONIOENCODING=iso-8859-9 $F check p*.yaml", folder)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "p\\u2013.yaml: accepted (1 warning)")
