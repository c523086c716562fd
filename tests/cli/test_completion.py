"""What a shell completes, asked in each shell's own way and in a shell where there is one."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import form4_author
from form4_author.cli.app import app
from form4_author.executions.layout import layouts
from form4_author.plan.entries import EVENTS
from form4_author.preflight import RULES
from form4_author.starter import examples
from tests.conftest import ROOT


def completed(words: str) -> list[str]:
    """What bash is given for the last word of a line."""
    parts = words.split(" ")
    env = {"_FORM4_AUTHOR_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(parts) - 1)}
    return CliRunner().invoke(app, prog_name="form4-author", env=env).stdout.splitlines()


def test_events_examples_codes_footnotes_and_layouts_are_completed() -> None:
    assert completed("form4-author new --event ves") == ["vest"]
    assert completed("form4-author new --event ") == [kind.name for kind in EVENTS]
    assert completed("form4-author new --example ") == [*examples()]
    assert completed("form4-author new --example option-g") == ["option-grant"]
    assert completed("form4-author check --ignore OWN00") == [r.code for r in RULES if r.code.startswith("OWN00")]
    assert completed("form4-author build --select TX")[:2] == ["TXN", "TXN001"]
    assert completed("form4-author build --ignore OWN005,ftn00")[0] == "OWN005,ftn001", "several, in whatever case"
    assert completed("form4-author explain ves") == ["vest", "vested", "vests"]
    assert sorted(completed("form4-author explain schwab-")) == sorted(k for k in layouts() if k.startswith("schwab-"))
    assert "sarif" in completed("form4-author check --format s")
    assert completed("form4-author sch") == ["schema", "schemas"]
    assert completed("form4-author explain zzz") == [""]


def test_all_that_is_completed_is_accepted() -> None:
    for topic in completed("form4-author explain "):
        assert form4_author.explain(topic), topic
    for family in completed("form4-author check --select "):
        assert [rule for rule in RULES if rule.code.startswith(family)], family


@pytest.mark.parametrize("name", examples())
def test_a_plan_begun_with_an_example_is_accepted(name: str, tmp_path: Path) -> None:
    path = form4_author.new(tmp_path, example=name)
    report = form4_author.check(path)
    assert report.accepted, report.findings


def test_an_example_goes_with_no_event_and_its_own_form(tmp_path: Path) -> None:
    for asked, said in (
        ({"example": "nothing"}, "example: 'nothing' is not one of "),
        ({"example": "merger", "event": "vest"}, "example: it has its entries: leave out --event"),
        ({"example": "merger", "form": "3"}, "example: merger is a Form 4: leave out --form"),
    ):
        with pytest.raises(ValueError, match=said):
            form4_author.new(tmp_path, **asked)
    assert form4_author.new(tmp_path, example="new-officer", form="3").exists()


#: Has each shell complete the last word, once it has the script.
SHELLS = {
    "bash": "COMP_WORDS=(form4-author new --event ves)\nCOMP_CWORD=3\n"
    "_form4_author_completion form4-author\n"
    "echo ${COMPREPLY[@]}",
    "zsh": "_arguments() { print -r -- $@; }; words=(form4-author new --event ves); CURRENT=4\n"
    "_form4_author_completion",
    "fish": "complete -C 'form4-author new --event ves'",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_s_own_script_completes(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    command = tmp_path / "form4-author"
    program = "import sys; sys.argv[0] = 'form4-author'; from form4_author.cli import main; main()"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "{program}" "$@"\n')
    command.chmod(0o755)
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    ask = env | {"_FORM4_AUTHOR_COMPLETE": f"source_{shell}"}
    script = subprocess.run([command], env=ask, capture_output=True, text=True, check=True).stdout
    begin = "autoload -U compinit && compinit -u -D\n" if shell == "zsh" else ""
    line = f"{begin}{script}\n{SHELLS[shell]}"
    done = subprocess.run([shell, "-c", line], env=env, capture_output=True, text=True, check=False, timeout=60)
    assert "vest" in done.stdout, done
    assert "grant" not in done.stdout
