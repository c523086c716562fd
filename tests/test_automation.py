"""What machines run: the action, run as a runner does, and the container's file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.plans import plan_text

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "automation.md").read_text("utf-8")
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
CONTAINER = (ROOT / "Containerfile").read_text("utf-8")
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


def run(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The last step as a runner runs it, in a folder: its `env` from the inputs, its script by bash."""
    given = {name: str(one["default"]) for name, one in ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    step = STEPS[-1]
    env = {name: given[re.sub(r"\W*\$\{\{ inputs\.|\W*$", "", value)] for name, value in step["env"].items()}
    env |= {"PATH": os.environ["PATH"], "HOME": str(folder), "GITHUB_ACTIONS": "true"}
    env |= {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(folder / "outputs"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    if not (ROOT / ".venv" / "bin" / "form4-author").exists():
        pytest.skip("the action's own environment is not set up: scripts/setup makes it")
    (tmp_path / "filings").mkdir()
    (tmp_path / "filings" / "roe.yaml").write_text(plan_text())
    return tmp_path


@needs_bash
def test_the_action_checks_and_builds_and_tells_findings_at_their_lines(plans: Path) -> None:
    done = run(plans, arguments="--ignore OWN005 --strict")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    built = run(plans, command="build", paths="filings", arguments="--no-pdf -o out")
    assert built.returncode == 0, built.stderr
    assert (plans / "out" / "roe.xml").exists()
    (plans / "filings" / "doe.yaml").write_text(plan_text(rule_10b5_1=""))
    wrong = run(plans, paths="filings/roe.yaml filings/doe.yaml", sarif_file="found.sarif")
    assert wrong.returncode == 1
    assert "::error file=filings/doe.yaml,line=1," in wrong.stdout
    assert (plans / "outputs").read_text() == "sarif-file=found.sarif\n"
    found = json.loads((plans / "found.sarif").read_text())["runs"][0]["results"]
    assert [(one["ruleId"], one["level"]) for one in found][-1] == ("PLN017", "error")


@needs_bash
def test_what_a_workflow_gives_is_no_part_of_a_script(plans: Path) -> None:
    """Inputs reach the shell by its environment, and stay words there."""
    for step in STEPS:
        assert "${{" not in step["run"]
    for hostile in ("$(touch pwned)", "`touch pwned`", "; touch pwned", "--output=pwned", "* $HOME"):
        assert run(plans, paths=hostile).returncode == 2
        assert run(plans, arguments=f"--select {hostile}").returncode == 2
        assert run(plans, command=hostile).returncode == 2
    assert not (plans / "pwned").exists()


def test_the_action_calls_no_other_and_the_page_names_its_inputs() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert not [step for step in STEPS if "uses" in step or step["shell"] != "bash"]
    assert all(one["description"].endswith(".") for one in ACTION["inputs"].values())
    told = re.findall(r"^\| `([\w-]+)` \| (?:`([^`]*)`)? *\|", PAGE, re.MULTILINE)
    assert told == [(name, one["default"]) for name, one in ACTION["inputs"].items()]


def test_the_container_runs_as_nobody_and_installs_what_is_pinned() -> None:
    *_, last = re.split(r"^FROM ", CONTAINER, flags=re.MULTILINE)
    user = re.findall(r"^USER (\S+)$", last, re.MULTILINE)
    assert user == ["10001"]
    assert f"--uid {user[0]} " in last
    installs = re.findall(r"pip install ([^\\\n]+)", CONTAINER)
    assert len(installs) == 3
    assert all("--require-hashes" in one or "--no-deps --no-index" in one for one in installs)
    copied = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    needed = {"pyproject.toml", "README.md", "LICENSE", "form4-author.cdx.json", "form4_author", "schemas", "templates"}
    needed |= {"examples", "requirements.txt", "requirements-run.txt"}
    hook = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["hooks"]["custom"]
    assert needed | {hook["path"]} == set(copied)
