"""The page on the Python interface: every public name is on it, and its examples run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import form4_author
from tests import api_page
from tests.conftest import ROOT
from tests.plans import plan_text

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_says_what_the_docstrings_say() -> None:
    """Where this fails, python -m tests.api_page > docs/api.md makes it anew."""
    assert api_page.page() == PAGE


def test_every_public_name_is_on_the_page_with_all_its_arguments() -> None:
    told = dict(re.findall(r"^### (\w+)\n\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL))
    assert sorted([*told, "__version__"]) == sorted(form4_author.__all__)
    for name, text in told.items():
        if text.startswith("```text\n"):
            signature = text.partition("```text\n")[2].partition(") ->")[0]
            beside = re.findall(r"[Aa]ll else is as for `(\w+)`", text)
            said = text + "".join(told[other] for other in beside)
            lacking = [
                one
                for one in re.findall(r"(\w+): ", signature)
                if f"- `{one}`: " not in said and f"`{one}`" not in text
            ]
            assert lacking == [], name


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With the files that the examples name."""
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(plan_text())
    Path("broken.yaml").write_text(plan_text(rule_10b5_1=""))
    shutil.copy(ROOT / "examples" / "exercise-and-sell" / "expected" / "exercise-and-sell.xml", "filed.xml")
    return tmp_path


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_runs(number: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(EXAMPLES[number], f"example {number}", "exec"), {})
    said = capsys.readouterr().out
    assert said or (folder / "next.yaml").exists()
    if number == 2:
        assert said.splitlines()[0] == "plan.yaml accepted"
        assert re.fullmatch(r"broken.yaml \['[A-Z]{3}\d{3}'.*\]", said.splitlines()[1])
