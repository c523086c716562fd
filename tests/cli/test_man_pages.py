"""The pages of the manual: those of the command, and sound to the programs that show them."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests import man_pages


def test_the_manual_says_what_help_says() -> None:
    """Where this fails, python -m tests.man_pages writes the pages anew."""
    held = {path.name: path.read_text("utf-8") for path in man_pages.FOLDER.iterdir()}
    assert held == man_pages.pages()
    assert "form4-author-schemas-add.1" in held


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_mandoc_has_nothing_to_say_but_that_they_bear_no_date() -> None:
    pages = sorted(map(str, man_pages.FOLDER.iterdir()))
    done = subprocess.run(["mandoc", "-Tlint", "-W", "warning", *pages], capture_output=True, text=True, check=False)
    told = [line for line in done.stdout.splitlines() if "missing date" not in line]
    assert (told, done.stderr) == ([], "")


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_man_shows_a_page_with_every_option_as_it_is_typed() -> None:
    page = str(man_pages.FOLDER / "form4-author-build.1")
    env = {
        "PATH": "/usr/bin:/bin",
        "MANWIDTH": "100",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "MAN_KEEP_FORMATTING": "",
    }
    done = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, text=True, check=False, env=env)
    if done.returncode or not done.stdout.strip():
        pytest.skip("this system's man shows no file")
    assert done.stderr == ""
    for option in ("-o, --output DIR", "--schema-version", "--ccc-file", "form4-author build [OPTIONS] FILE..."):
        assert option in done.stdout, option
