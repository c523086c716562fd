"""What build and preview are asked wrongly: usage, told under the option's name, before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from form4_author.cli.app import app
from tests.plans import plan_text


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    for name in ("plan.yaml", "other.yaml"):
        (tmp_path / name).write_text(plan_text())
    return "plan.yaml"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("build plan.yaml --changed --seal", "--changed: it doesn't go with --seal: what was sealed is left as it is"),
        ("build plan.yaml other.yaml --against f.xml", "--against: it goes with one plan, or name a folder"),
        ("build . --against f.xml --no-pdf", "--against: it goes with one plan, or name a folder"),
        (
            "build plan.yaml --against f.xml --no-pdf",
            "--against: there is no page to mark: leave out --no-pdf, or say --html",
        ),
        ("build - --against -", "--against: standard input is one file, not two"),
        ("preview - -o page.pdf --against -", "--against: standard input is one file, not two"),
        ("preview plan.yaml -o page.png", "-o: the name must end in .pdf or .html"),
        ("preview - -o page.png --against -", "-o: the name must end in .pdf or .html"),
        ("preview . -o page.pdf", ".: one file is wanted, not a folder"),
        ("check plan.yaml --format xml", "'xml' is not one of 'text', 'json', 'github', 'sarif', 'junit'."),
        (
            "check plan.yaml --schema-version X1",
            "'X1' is not one of 'X0206', 'X0306', 'X0407', 'X0508', 'X0607', 'X0609'.",
        ),
        (
            "schemas add x.zip --schema-version X1",
            "'X1' is not one of 'X0306', 'X0407', 'X0508', 'X0609'.",
        ),
    ],
)
def test_a_mistake_of_usage(plan: str, tmp_path: Path, words: str, said: str) -> None:
    done = CliRunner().invoke(app, words.split(), prog_name="form4-author", input=plan_text())
    verb = " ".join(words.split()[: 2 if words.startswith("schemas") else 1])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Usage: form4-author {verb} [OPTIONS] ")
    assert "\n\nError: Invalid value for " in done.stderr
    assert done.stderr.endswith(f" {said}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.yaml", plan]


def test_a_redline_against_standard_input(plan: str, tmp_path: Path) -> None:
    filed = plan_text().replace("31.15", "31.51")
    words = ["build", plan, "--no-pdf", "--html", "--against", "-", "-o", "out"]
    done = CliRunner().invoke(app, words, prog_name="form4-author", input=filed)
    name = tmp_path.name
    assert (done.exit_code, done.stdout.splitlines()) == (
        0, [f"out/{name}.xml", f"out/{name}.html", f"out/{name}.redline.html", f"out/{name}.report.json"],
    )  # fmt: skip
    assert "31.51" in (tmp_path / "out" / f"{name}.redline.html").read_text()
