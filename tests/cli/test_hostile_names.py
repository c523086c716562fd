"""What a stranger's file or its name says steers nothing: every byte that any verb prints is looked at."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from form4_author.cli import app as cli
from form4_author.report.formats import FORMATS
from tests.conftest import ROOT
from tests.plans import plan_text

XML = (ROOT / "examples" / "exercise-and-sell" / "expected" / "exercise-and-sell.xml").read_text()
NAME = "::warning::\x1b]0;title\x07##[error]x\n::error::\x9b31m\u202egnp##vso[task].yaml"
#: Breaks of lines, controls of terminals and of the direction of writing, commands of build services, links.
TEXT = (
    "##[error]a\x85::error::b\u2028##vso[x]\u202e c\ufeff[l](http://x.example)<img src=x>\n::add-mask::d\n##teamcity[e]"
)
COMMAND = re.compile(r"##\w*\[")
OURS = re.compile(r"::(error|warning|notice) file=[^:,]*(,line=\d+,col=\d+)?,title=[A-Z]{3}\d{3}::")

Run = Callable[..., tuple[str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")

    def command(*words: str) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["form4-author", *words])
        with suppress(SystemExit):
            cli.main()
        output, errors = capfdbinary.readouterr()
        assert output or errors, words
        return output.decode(), errors.decode()

    return command


def steered(printed: str) -> list[str]:
    """The lines that could steer a terminal, an eye or a build service."""
    return [
        line
        for line in printed.split("\n")
        if not line.isprintable() or COMMAND.search(line) or (line.lstrip().startswith("::") and not OURS.match(line))
    ]


XML_TEXT = TEXT.replace("<", "&lt;")


def files(folder: Path) -> dict[str, str]:
    """Files of hostile names by what they are: a plan, one that is refused, a filing, another, and no file of ours."""
    quoted = json.dumps(TEXT)
    security = XML.replace("Common Stock", f"Common {XML_TEXT}")
    texts = {
        "plan.yaml": plan_text() + f"remarks: {quoted}\n",
        "wrong.yaml": plan_text() + f"{quoted}: 1\nform_: {quoted}\n",
        "syntax.yaml": f"form: 4\nform: [{quoted}, *x\n",
        "filed.xml": security,
        "other.xml": security.replace("X0609", XML_TEXT).replace("John", XML_TEXT),
        "none.txt": TEXT,
    }
    for kind, text in texts.items():
        (folder / (NAME + kind)).write_text(text, "utf-8")
    return {kind: NAME + kind for kind in texts}


@pytest.mark.parametrize("shown_as", FORMATS)
def test_findings_in_every_format(run: Run, tmp_path: Path, shown_as: str) -> None:
    names = files(tmp_path)
    for words in (
        ("check", *names.values(), "none\x1b.yaml"),
        ("check", "--strict", str(tmp_path)),
        ("build", "--no-pdf", "--html", "--force", "--submission", "-o", f"::{NAME}", *names.values()),
    ):
        output, errors = run(*words, "--format", shown_as)
        assert steered(output) == steered(errors) == [], words
        if FORMATS[shown_as].whole:
            ET.fromstring(output) if shown_as == "junit" else json.loads(output)


def test_in_the_colours_of_a_terminal(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = files(tmp_path)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    output, _ = run("check", *names.values(), "--format", "text")
    assert steered(re.sub(r"\x1b\[(31|33|36|32|0)m", "", output)) == []


def test_every_other_verb(run: Run, tmp_path: Path) -> None:
    names = files(tmp_path)
    filed, other, plan = names["filed.xml"], names["other.xml"], names["plan.yaml"]
    (tmp_path / f"folder{NAME}").mkdir()
    for words in (
        ("preview", filed, "-o", f"{NAME}.html"),
        ("preview", plan, "-o", f"{NAME}.html", "--against", other, "--template", f"folder{NAME}"),
        ("preview", plan, "-o", NAME),
        *((verb, file) for verb in ("import", "amend", "roll", "due") for file in names.values()),
        *((verb, filed, "-o", f"::new/{NAME}{verb}.yaml") for verb in ("import", "amend", "roll")),
        ("import", filed, "-o", plan),
        ("import", f"folder{NAME}"),
        ("diff", filed, other),
        ("diff", filed, other, "--format", "json"),
        ("diff", filed, plan),
        ("due", *names.values(), "--ics", f"{NAME}.ics"),
        ("due", plan, "--ics", plan),
        ("new", f"::{NAME}/new"),
        ("new", f"::{NAME}/new"),
        ("schemas", "add", names["none.txt"]),
        ("schemas", "list"),
        ("rules",),
        ("rules", "--format", "json"),
        ("explain", f"::{TEXT}"),
        ("amend", filed, "--lines", TEXT),
        ("roll", filed, "--as-of", TEXT),
        (f"::verb{TEXT}",),
        ("check", f"--{TEXT}"),
        ("check", plan, "--format", TEXT),
        ("schema", TEXT),
    ):
        output, errors = run(*words)
        assert steered(output) == steered(errors) == [], words
    calendar = (tmp_path / f"{NAME}.ics").read_bytes().decode().replace("\r\n", "\n")
    assert steered(calendar) == []
    assert not [line for line in calendar.split("\n") if line.startswith(("##", "<img"))]


def test_a_plan_on_standard_output_is_exact_for_all_its_escapes(run: Run, tmp_path: Path) -> None:
    output, _ = run("import", files(tmp_path)["filed.xml"])
    named = yaml.safe_load(output)["securities"].values()
    titles = [security if isinstance(security, str) else security["title"] for security in named]
    assert any(title.startswith("Common ##[error]a\x85::error::b\u2028##vso[x]\u202e") for title in titles)


def test_a_message_holds_no_link(run: Run, tmp_path: Path) -> None:
    output, _ = run("check", files(tmp_path)["wrong.yaml"], "--format", "sarif")
    (results,) = [entry["results"] for entry in json.loads(output)["runs"]]
    texts = [result["message"]["text"] for result in results]
    assert any("[l] (http" in text for text in texts)
    assert not [text for text in texts if "](" in text]


def test_whatever_is_printed_passes_one_function() -> None:
    printing = re.compile(r"\b(?:echo|secho)\(|std(?:out|err)\.write\(")
    found = [path.name for path in sorted((ROOT / "form4_author").rglob("*.py")) if printing.search(path.read_text())]
    assert found == ["common.py"]
