from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from form4_author.cli import workbench
from form4_author.cli.app import app
from tests.plans import plan_text
from tests.served import serving


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["workbench", *arguments])
    assert done.exit_code == 2
    assert done.stdout == ""
    return " ".join(done.stderr.split())


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    said = refused(str(tmp_path / "nothing.yaml"))
    assert "no such file or folder; name a plan that is there, or the folder to begin one in" in said


def test_a_filing_is_no_plan(tmp_path: Path) -> None:
    (tmp_path / "filed.xml").write_text("<ownershipDocument/>")
    assert "is no plan; name a plan (.yaml) or the folder the filing lies in" in refused(str(tmp_path / "filed.xml"))


def test_without_its_packages_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workbench, "EXTRA", ("starlette", "no_such_package"))
    said = refused(str(tmp_path))
    assert said == (
        "The workbench needs no_such_package: pip install 'form4-author[workbench]', or pip install '.[workbench]' in "
        "a checkout."
    )


def test_no_other_verb_loads_them() -> None:
    script = (
        "import sys; import form4_author.cli.app; print(not {'starlette', 'uvicorn', 'watchfiles'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "True\n"


def test_it_ends_with_all_its_processes(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "sale.yaml").write_text(plan_text())
    with serving(folder, data=tmp_path / "data") as bench:
        bench.enter()
        assert bench.check("sale.yaml", plan_text())["accepted"] is True
        below = children(bench.process.pid)
    assert bench.process.returncode in {0, 130, -2}
    assert "Traceback" not in bench.said.read_text()
    assert below
    assert [pid for pid in below if alive(pid)] == []


def children(pid: int) -> list[int]:
    if not Path(f"/proc/{pid}/task").exists():
        pytest.skip("this system does not list a process's children in /proc")
    listed = (path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    own = [int(child) for text in listed for child in text.split()]
    return own + [below for child in own for below in children(child)]


def alive(pid: int) -> bool:
    """Whether it is still there once it has had its time to end."""
    for _ in range(50):
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True
