"""import, amend, roll and diff as one types them: output, files, exit codes, and what they refuse."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Protocol

import pytest

from form4_author import Rejected, import_filing
from form4_author.cli import app as cli
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases" / "import"
SALE = CASES / "sale.xml"


class Run(Protocol):
    """Runs the command in an empty folder: exit code, standard output, standard error."""

    def __call__(self, *words: str, stdin: bytes = b"") -> tuple[int, str, str]: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")

    def command(*words: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["form4-author", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            cli.main()
        output, errors = capfd.readouterr()
        return (end.value.code if isinstance(end.value.code, int) else 0), output, errors

    return command


def test_import_prints_the_plan_or_writes_it(run: Run, tmp_path: Path) -> None:
    shown = run("import", str(SALE))
    assert (shown[0], shown[1]) == (0, SALE.with_suffix(".yaml").read_text())
    assert shown[2] == f"{SALE}: accepted\n"
    written = run("import", str(SALE), "-o", "new/plan.yaml")
    assert (written[0], written[1]) == (0, "new/plan.yaml\n")
    assert (tmp_path / "new" / "plan.yaml").read_text() == shown[1]
    piped = run("import", "-", stdin=SALE.read_bytes())
    assert piped[1] == shown[1].replace("sale.xml", "<stdin>")


def test_a_plan_that_stands_there_is_left_alone_unless_forced(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("mine")
    refused = run("import", str(SALE), "-o", "plan.yaml")
    assert (refused[0], refused[1], plan.read_text()) == (1, "", "mine")
    assert refused[2] == (
        "plan.yaml:1:1: error OUT004 a file stands here already; it was left alone\n"
        "  Name another file with -o, or say --force to write over it.\n"
        f"{SALE}: refused (1 error)\n"
    )
    assert run("import", str(SALE), "-o", "plan.yaml", "--force")[0] == 0
    assert plan.read_text() == SALE.with_suffix(".yaml").read_text()


def test_amend_and_roll_print_what_the_api_gives(run: Run) -> None:
    amended = run("amend", str(SALE), "--lines", "1, 3")
    assert amended[0] == 0
    assert amended[1].count("sale: common") == 1
    assert "form: 4/A\n" in amended[1]
    rolled = run("roll", str(SALE), "--as-of", "11/18/2026")
    assert rolled[0] == 0
    assert "  - {security: common, amount: 10999.5}\n" in rolled[1]
    assert run("amend", str(SALE), "--lines", "4")[0] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("amend", str(SALE), "--lines", "1-3"), "line numbers parted by commas, as in 3,5"),
        (("roll", str(SALE), "--as-of", "soon"), '"soon" is not a date'),
        (("diff", str(SALE), str(SALE), "--format", "xml"), "text or json"),
        (("diff", str(SALE)), "Missing argument"),
        (("import", str(ROOT / "examples")), "one file is wanted, not a folder"),
    ],
)
def test_wrong_words_are_told(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done[0] == 2
    assert said in done[2]
    assert "Traceback" not in done[2]


def test_diff_tells_by_its_exit_code(run: Run, tmp_path: Path) -> None:
    same = run("diff", str(SALE), str(SALE.with_suffix(".yaml")))
    assert (same[0], same[1]) == (0, f"{SALE} -> {SALE.with_suffix('.yaml')}: no difference\n")
    (tmp_path / "other.xml").write_text(SALE.read_text().replace("31.15", "31.51"))
    other = run("diff", str(SALE), "other.xml")
    assert (other[0], other[2]) == (1, "")
    assert other[1] == (f"Table I, line 1\n  column 4, price: $31.15 -> $31.51\n\n{SALE} -> other.xml: 1 difference\n")
    data = json.loads(run("diff", str(SALE), "other.xml", "--format", "json")[1])
    assert (data["equal"], len(data["differences"])) == (False, 1)


HOSTILE = {
    "bomb.xml": b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ownershipDocument>&b;',
    "deep.xml": b"<ownershipDocument>" + b"<a>" * 10_000,
    "cut.xml": SALE.read_bytes()[:900],
    "utf16.xml": SALE.read_text().encode("utf-16"),
    "empty.xml": b"",
    "page.xml": b"<html><body>Form 4</body></html>",
    "sale-notice.xml": SALE.read_bytes().replace(b"<documentType>4<", b"<documentType>144<"),
    "annual.xml": SALE.read_bytes().replace(b"<documentType>4<", b"<documentType>10-K/A<"),
    "plan.yaml": b"form: 4\n",
    "list.yaml": b"- a\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_wrong_files_end_in_one_finding_and_nothing_written(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    for words in (
        ("import", name, "-o", "out.yaml"),
        ("amend", name, "-o", "out.yaml"),
        ("roll", name, "-o", "out.yaml"),
        ("diff", name, str(SALE)),
    ):
        done = run(*words)
        assert done[0] == 2 if words[0] == "diff" else done[0] in {1, 2}, (words, done[2])
        assert " error " in done[2], (words, done[2])
        assert "Traceback" not in done[2]
        assert done[1] == ""
        assert [path.name for path in tmp_path.iterdir()] == [name]


def test_another_form_says_what_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notice.xml").write_bytes(HOSTILE["sale-notice.xml"])
    done = run("import", "notice.xml")
    assert "this is a Form 144" in done[2]
    assert "Forms 3, 3/A, 4, 4/A, 5 and 5/A are supported." in done[2]


def test_no_ccc_comes_out(run: Run) -> None:
    ccc = "ab#d1234"
    source = CASES / "as-submitted.xml"
    assert ccc in source.read_text()
    assert ccc not in import_filing(source)
    for words in (
        ("import", str(source)),
        ("amend", str(source)),
        ("roll", str(source)),
        ("diff", str(source), str(SALE)),
    ):
        done = run(*words)
        assert ccc not in done[1] + done[2]


def test_a_program_gets_what_the_command_prints(tmp_path: Path) -> None:
    assert import_filing(SALE) == SALE.with_suffix(".yaml").read_text()
    (tmp_path / "notice.xml").write_bytes(HOSTILE["sale-notice.xml"])
    with pytest.raises(Rejected, match="XML005"):
        import_filing(tmp_path / "notice.xml")
    with pytest.raises(Rejected, match="IMP002") as refused:
        import_filing(SALE.with_suffix(".yaml"))
    assert refused.value.unreadable
