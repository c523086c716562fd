"""A CCC is nowhere to be seen, whatever it stands in and whatever is done with it: every byte is searched.

Each shape is tried twice: with the CCC given to the tool in its environment, and unknown to it. Where a document states
it as plain text of the form (a footnote, a name of a file), only a CCC that the tool knows can be told from text.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
import typer

import form4_author
from form4_author import cli
from form4_author.cli.app import app
from form4_author.masking import holds_known, masked
from tests.conftest import ROOT
from tests.plans import plan_text

CCC = "zq#7wx$k"
VARIABLE = "FORM4_CCC_1999999101"
XML = (ROOT / "examples" / "exercise-and-sell" / "expected" / "exercise-and-sell.xml").read_text()
_OWNER = "</rptOwnerCik>"


def _owner(text: str) -> str:
    """A document in which this stands behind an owner's CIK."""
    assert _OWNER in XML
    return XML.replace(_OWNER, f"{_OWNER}\n{text}", 1)


def _envelope() -> str:
    inside = base64.encodebytes(_owner(f"<rptOwnerCcc>{CCC}</rptOwnerCcc>").encode()).decode()
    return (
        f"<edgarSubmission><submissionType>4</submissionType><filerCcc>{CCC}</filerCcc><edgarDocument>"
        f"<documentName>form4.xml</documentName><documentType>4</documentType>"
        f"<documentMimeBlock>{inside}</documentMimeBlock></edgarDocument></edgarSubmission>"
    )


def _published(header: str) -> str:
    return f"<SEC-DOCUMENT>x\n{header}\n<DOCUMENT>\n<TYPE>4\n<TEXT>\n<XML>\n{XML}</XML>\n</TEXT>\n</DOCUMENT>\n"


#: A file by its name, for each shape in which anyone might leave a CCC.
SHAPES: dict[str, tuple[str, str]] = {
    "a key of a plan": ("plan.yaml", plan_text(owners=f"owners:\n  - {{cik: 1, name: X, ccc: {CCC}}}\n")),
    "a block of a plan": ("plan.yaml", f"form: 4\nowner_ccc: |\n  {CCC}\n  {CCC}\nform: 4\nremarks: [\n"),
    "a list of a plan": ("plan.yaml", f"form: 4\ncccs:\n  - {CCC}\nform: 4\n"),
    "a comment of a plan": ("plan.yaml", plan_text() + f"# the CCC is {CCC}\nfrobnicate: 1 # ccc: {CCC}\n"),
    "an unknown key": ("plan.yaml", plan_text() + f'"{CCC}": 1\n'),
    "a wrong value": ("plan.yaml", plan_text().replace("form: 4", f'form: "{CCC}"')),
    "a damaged plan": ("plan.yaml", f"form: 4\nccc: '{CCC}\n  {CCC}\nx: [\n"),
    "an element": ("doc.xml", _owner(f"<rptOwnerCcc>{CCC}</rptOwnerCcc>")),
    "a child": ("doc.xml", _owner(f"<rptOwnerCcc><value>{CCC}</value></rptOwnerCcc>")),
    "an attribute": ("doc.xml", _owner(f'<rptOwnerCcc value="{CCC}"/>')),
    "a prefix": ("doc.xml", _owner(f"<x:ccc>{CCC}</x:ccc>")),
    "a CDATA section": ("doc.xml", _owner(f"<ccc><![CDATA[{CCC}]]></ccc>")),
    "a comment": ("doc.xml", _owner(f"<!-- <rptOwnerCcc>{CCC}</rptOwnerCcc> -->")),
    "behind an instruction": ("doc.xml", _owner(f"<filerCcc><?p q?>{CCC}</filerCcc>")),
    "an entity": ("doc.xml", _owner(f"<rptOwnerCcc>&nbsp;{CCC}</rptOwnerCcc>")),
    "without an end": ("doc.xml", _owner(f"<rptOwnerCcc><value>{CCC}<value>")),
    "a wrong length": ("doc.xml", _owner(f"<rptOwnerCcc>{CCC}{CCC}</rptOwnerCcc>")),
    "elsewhere": ("doc.xml", XML.replace("<issuerName>", f"<issuerName>{CCC} ")),
    "a value of a plan": ("plan.yaml", plan_text() + f"remarks: my {CCC}\n"),
    "a reason": ("plan.yaml", plan_text() + f"waivers: [{{code: TXN003, reason: {CCC}}}]\n"),
    "a file's name": (f"{CCC}.xml", XML),
    "a missing include": ("plan.yaml", f"include: {CCC}.yaml\n"),
    "a missing CSV": ("plan.yaml", plan_text() + f"transactions: [{{fills: {CCC}.csv}}]\n"),
    "an envelope": ("doc.xml", _envelope()),
    "a header": ("doc.txt", _published(f"<FILER>\n<CIK>1999999101\n<CCC>{CCC}\n</FILER>")),
    "a heading": ("doc.txt", _published(f"\tFILER CCC: {CCC}")),
    "a file of CCCs": ("cccs", f"# CCCs\n0001999999101: {CCC}\n"),
    "a file of CCCs in quotes": ("cccs.txt", f'1999999101 : "{CCC}"  # Jane\n'),
    "a file of CCCs called a plan": ("plan.yaml", f"0001999999101: {CCC}\n0001999999102:{CCC}\n"),
    "a file of CCCs called a document": ("doc.xml", f"1999999101:{CCC}\n"),
}
#: Plain text of a form, or a name: what is no secret by its look.
KNOWN_ALONE = {"elsewhere", "a value of a plan", "a reason", "a file's name", "a missing include", "a missing CSV"}
FORMATS = ("text", "json", "github", "sarif")
VERBS: tuple[tuple[str, ...], ...] = (
    *(("check", "FILE", "--format", name) for name in FORMATS),
    ("check", "."),
    ("build", "FILE", "--html", "--no-pdf", "--submission", "--proof", "--force", "-o", "out"),
    ("preview", "FILE", "-o", "out/page.html", "--proof"),
    ("import", "FILE", "-o", "out/imported.yaml"),
    ("import", "FILE"),
    ("amend", "FILE"),
    ("roll", "FILE"),
    ("diff", "FILE", "other.xml"),
    ("diff", "other.xml", "FILE", "--format", "json"),
    ("preview", "other.xml", "-o", "out/redline.html", "--against", "FILE"),
    ("due", "FILE", "--ics", "out/days.ics"),
)


class Said(Protocol):
    """Runs the command, and gives every byte that it printed or wrote, the XML to submit aside."""

    def __call__(self, *words: str, stdin: bytes = b"") -> bytes: ...


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Said:
    """Runs the command in an empty folder, and gives every byte that it printed or wrote, the XML to submit aside."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str, stdin: bytes = b"") -> bytes:
        monkeypatch.setattr(sys, "argv", ["form4-author", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with contextlib.suppress(SystemExit):
            cli.main()
        printed = capfdbinary.readouterr()
        written = [path.read_bytes() for path in sorted(Path("out").glob("*")) if path.suffix != ".xml"]
        return b"\n".join([printed.out, printed.err, *written])

    return run


@pytest.mark.parametrize(
    ("shape", "known"),
    [(shape, known) for shape in SHAPES for known in (True, False) if known or shape not in KNOWN_ALONE],
)
def test_no_ccc_is_shown(shape: str, *, known: bool, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    name, text = SHAPES[shape]
    Path("out").mkdir()
    Path(name).write_text(text)
    Path("other.xml").write_text(XML)
    for words in VERBS:
        if known:
            monkeypatch.setenv(VARIABLE, CCC)
        shown = said(*(name if word == "FILE" else word for word in words))
        assert shown, words
        assert CCC.encode() not in shown, words
    shown = said("check", "-", stdin=text.encode())
    assert CCC.encode() not in shown, "standard input"


def _commands(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The program and its verbs, with the words that lead there."""
    yield path, command
    for name, verb in getattr(command, "commands", {}).items():
        yield from _commands(verb, *path, name)


COMMANDS = dict(_commands(typer.main.get_command(app)))


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "the program")
@pytest.mark.parametrize("known", [True, False])
def test_no_mistyped_word_of_the_command_line_is_repeated(
    path: tuple[str, ...], *, known: bool, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A CCC in place of a verb, an option, a file or an option's value is not shown by what refuses it."""
    if path == ("new",):
        Path(CCC).mkdir()
        Path(CCC, "plan.yaml").touch()
    options = [option for parameter in COMMANDS[path].params for option in parameter.opts if option.startswith("-")]
    tried: list[tuple[str, ...]] = [(CCC,), (f"--{CCC}",), (f"--{CCC}=1",), (f"-{CCC}",), (CCC, CCC, CCC)]
    tried += [words for option in options for words in ((option, CCC), (f"{option}={CCC}", "none.xml"))]
    for words in tried:
        if known:
            monkeypatch.setenv(VARIABLE, CCC)
        shown = said(*path, *words)
        if path == ("new",) and not known:  # what stands on the disk by that name is named
            shown = shown.replace(f"{CCC}/".encode(), b"")
        assert CCC.encode() not in shown, words


def test_a_known_ccc_in_a_plan_is_refused_at_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, CCC)
    path = tmp_path / "plan.yaml"
    path.write_text(plan_text() + f"remarks: my {CCC}\n")
    (finding,) = form4_author.check(path).findings
    lines = path.read_text().count("\n")
    assert (str(finding.origin.position), finding.code) == (f"{path}:{lines}:10", "PLN009")


def test_a_csv_and_a_folder_of_templates_show_none(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out").mkdir()
    Path("doc.xml").write_text(XML)
    Path("fills.csv").write_text(f"quantity,price\n10,{CCC}\n")
    line = "transactions: [{date: 2013-11-22, code: S, security: common, fills: fills.csv}]\n"
    Path("plan.yaml").write_text(plan_text(transactions=line))
    Path("own").mkdir()
    Path("own/form4.css").write_text(f"/* {CCC} */ {{{{ {CCC} }}}}")
    Path("own/head.html.j2").write_text(f"{{# ccc: {CCC} #}}{{{{ nothing.of.it }}}} {CCC}")
    for known in (False, True):
        if known:
            monkeypatch.setenv(VARIABLE, CCC)
        for name in FORMATS:
            assert CCC.encode() not in said("check", "plan.yaml", "--format", name)
        assert CCC.encode() not in said("preview", "doc.xml", "-o", "out/page.html", "--template", "own")
    Path("own/head.html.j2").write_text(f"<p>{CCC}</p>")
    monkeypatch.setenv(VARIABLE, CCC)
    assert CCC.encode() not in said("preview", "doc.xml", "-o", "out/page.html", "--template", "own")


def test_what_is_started_inherits_no_ccc(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out").mkdir()
    Path("doc.xml").write_text(XML)
    for words in (("check", "doc.xml"), ("preview", "doc.xml", "-o", "out/page.html"), ("import", "doc.xml")):
        monkeypatch.setenv(VARIABLE, CCC)
        said(*words)
        inherited = subprocess.run(
            [sys.executable, "-c", "import os; print(os.environ)"], capture_output=True, check=True
        )
        assert CCC.encode() not in inherited.stdout
        assert VARIABLE not in os.environ
        assert holds_known(CCC)


def test_processes_of_a_build_get_the_ccc_by_their_pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = []
    for name in ("one", "two"):
        names.append(tmp_path / f"{name}.yaml")
        names[-1].write_text(plan_text())
    monkeypatch.setenv(VARIABLE, CCC)
    reports = form4_author.build_many(names, tmp_path / "out", pdf=False, jobs=2)
    assert VARIABLE not in os.environ
    assert [report.accepted for report in reports] == [True, True], reports
    for name in ("one", "two"):
        assert f"<rptOwnerCcc>{CCC}</rptOwnerCcc>" in (tmp_path / "out" / f"{name}.xml").read_text()


@pytest.mark.parametrize(
    "text",
    [
        "footnotes:\n  1: Acquired\n  2: Disposed\n",
        "price: $1234567, 1000000*, #1234567",
        "mail anna12@b.example or x.anna12@b",
        "2013-11-22: sold 1,000 at $22.5307",
        "FILED AS OF DATE:\t\t20131122\nCENTRAL INDEX KEY:\t0001107843\n",
    ],
)
def test_plain_text_is_shown(text: str) -> None:
    assert masked(text) == text
