"""Plans and filings in git, in a repository of its own, as docs/git.md says; and the hooks for pre-commit."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import form4_author
from tests.cli.command import Run, names
from tests.conftest import ROOT
from tests.plans import SOUND, plan_text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
CCC = "zq#7wx$k"
PAGE = (ROOT / "docs" / "git.md").read_text("utf-8")
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Git in an empty repository that knows no settings but those of docs/git.md; gives what it printed."""
    command = tmp_path / "bin" / "form4-author"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m form4_author "$@"\n')
    command.chmod(0o755)
    env = {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_PAGER": "cat",
        **{f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def run(*words: str, cwd: Path = tmp_path / "repository") -> str:
        done = subprocess.run(["git", *words], cwd=cwd, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    (tmp_path / "repository").mkdir()
    run("init", "--quiet")
    settings = re.findall(r"^git config --global (\S+) (.*)$", PAGE, re.MULTILINE)
    assert len(settings) == 5
    for name, value in settings:
        run("config", "--global", name, *shlex.split(value))
    return run


def commit(git: Git, *words: str) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", "x", *words)


def plans_in(repository: Path) -> Path:
    """A plan that takes its issuer from a part beside its folder."""
    plan = repository / "filings" / "roe" / "plan.yaml"
    plan.parent.mkdir(parents=True)
    (repository / "filings" / "_firm.yaml").write_text(SOUND["issuer"])
    plan.write_text("include: ../_firm.yaml\n" + plan_text(issuer=""))
    return plan


def test_a_changed_plan_is_told_in_the_form_s_words(git: Git, tmp_path: Path) -> None:
    plan = plans_in(tmp_path / "repository")
    commit(git)
    plan.write_text(plan.read_text().replace("31.15", "31.51"))
    told = (
        "Table I, line 1\n"
        "  column 4, price: $31.15 -> $31.51\n\n"
        "a/filings/roe/plan.yaml -> b/filings/roe/plan.yaml: 1 difference\n"
    )
    assert git("difftool", "--", "*.yaml") == told
    assert told in PAGE
    assert git("difftool", cwd=plan.parent) == told, "from a folder below"
    commit(git)
    assert git("difftool", "HEAD~1", "HEAD", "--", "*.yaml") == told, "two earlier versions"


def test_a_plan_that_is_new_or_gone_is_told_as_such(git: Git, tmp_path: Path) -> None:
    plan = plans_in(tmp_path / "repository")
    git("add", "filings/_firm.yaml")
    git("commit", "--quiet", "--message", "x")
    commit(git)
    assert git("difftool", "HEAD~1", "HEAD", "--", "*/plan.yaml") == (
        "the form\n"
        "  only in b/filings/roe/plan.yaml: Roe Jane\n\n"
        "a/filings/roe/plan.yaml -> b/filings/roe/plan.yaml: 1 difference\n"
    )
    plan.unlink()
    assert "  only in a/filings/roe/plan.yaml: Roe Jane\n" in git("difftool", "--", "*.yaml")


def test_a_filed_document_is_shown_as_its_plan_and_all_else_as_it_stands(git: Git, tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    (repository / ".gitattributes").write_text("*.xml diff=form4\n")
    plan = plans_in(tmp_path / "elsewhere")
    report = form4_author.build(plan, repository, pdf=False, document="record")
    assert report.accepted, report.findings
    stray, picture = repository / "pom.xml", repository / "picture.xml"
    stray.write_text("<project>\n<version>1</version>\n</project>\n")
    picture.write_bytes(b"\x89PNG\0\0")
    commit(git)
    plan.write_text(plan.read_text().replace("31.15", "31.51"))
    form4_author.build(plan, repository, pdf=False, document="record")
    stray.write_text(f"<project>\n<ccc>{CCC}</ccc>\n</project>\n")
    picture.write_bytes(b"\x89PNG\0\1")
    told = git("diff", "--", "*.xml")
    (hunk,) = re.findall(r"^@@ [^\n]* opening:\n(?:[ +-][^\n]*\n)*? \n(?:[ +-][^\n]+\n)+?(?= \n)", told, re.MULTILINE)
    assert "\n".join(line.rstrip() for line in hunk.splitlines()[1:]) in PAGE
    old, new = re.findall(r"SHA-256 ([0-9a-f]{64})$", told, re.MULTILINE)
    assert old != new
    assert [line for line in told.splitlines() if re.match(r"[+-](?![+-])", line)] == [
        f"-no text; SHA-256 {old}",
        f"+no text; SHA-256 {new}",
        "-<version>1</version>",
        "+<ccc>********</ccc>",
        "-  - {date: 2026-11-18, sale: common, amount: 1000, price: 31.15}",
        "+  - {date: 2026-11-18, sale: common, amount: 1000, price: 31.51}",
    ]
    commit(git)
    assert hunk in git("log", "--patch", "--", "roe.xml")


def test_what_a_plan_cannot_say_follows_as_comments(run: Run, tmp_path: Path) -> None:
    document = (ROOT / "examples" / "exercise-and-sell" / "expected" / "exercise-and-sell.xml").read_text()
    (tmp_path / "filed.xml").write_text(document)
    done = run("import", "--as-is", "filed.xml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("# IMP001 the plan must be mended: rule_10b5_1")
    assert "filed.xml" not in done.stdout, "git names the file otherwise each time"
    assert run("import", "--as-is", "-", stdin=document).stdout == done.stdout
    wrong = run("import", "--as-is", "filed.xml", "-o", "plan.yaml")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "--as-is" in wrong.stderr
    assert run("import", "--as-is", "none.xml").returncode == 2


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_passes_over_parts_and_missing_cccs_and_finds_what_is_wrong(
    hook: dict[str, Any], run: Run, tmp_path: Path
) -> None:
    plan = plans_in(tmp_path)
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    arguments: list[str] = hook["args"]
    program, *words = [*shlex.split(hook["entry"]), *arguments]
    words += ["--no-pdf"] if "build" in words else []
    assert program == "form4-author"
    assert hook["pass_filenames"] is False
    for name in ("filings/_firm.yaml", "filings/roe/plan.yaml", "trades.csv", "grants.xlsx", "a.yml"):
        assert re.search(hook["files"], name), name
    assert not re.search(hook["files"], "memo.docx")
    done = run(*words, "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "OWN005" not in done.stdout + done.stderr
    secret = run(*words, env={"FORM4_CCC_1999999101": CCC})
    assert secret.returncode == 0
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and CCC.encode() in path.read_bytes()]
    assert bool([name for name in names(tmp_path) if name.startswith("build/")]) is ("build" in words)
    (tmp_path / "filings" / "_firm.yaml").write_text(SOUND["issuer"].replace("1999999001", "12345678901"))
    wrong = run(*words)
    assert wrong.returncode == 1
    assert "filings/_firm.yaml:1:15: error" in wrong.stdout + wrong.stderr
    assert plan.exists()


def test_the_page_names_each_hook_with_what_it_runs() -> None:
    told = re.findall(r"^\| `(\S+)` \| `([^`]+)` \|", PAGE, re.MULTILINE)
    assert [(hook["id"], hook["entry"]) for hook in HOOKS] == told
    required = {"id", "name", "entry", "language"}
    assert all(required <= hook.keys() and hook["language"] == "python" for hook in HOOKS)
