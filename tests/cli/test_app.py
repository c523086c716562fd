"""The command line as its users meet it: words, files, exit codes; wrong input first."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.models import CommandInfo

from form4_author.cli import app as cli
from tests import cli_page
from tests.cli.command import Run, names, write
from tests.conftest import ROOT
from tests.plans import plan_text

EXAMPLE = ROOT / "examples" / "exercise-and-sell" / "plan.yaml"


# --- what is asked wrongly ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (None, 2, "bad.yaml:1:1: error FIL001 there is no such file"),
        (b"", 1, "bad.yaml:1:1: error YML008 a plan is a mapping of keys"),
        (b"- a\n- b\n", 1, "but this file is a list"),
        (b"form:\n\t4\n", 1, "bad.yaml:2:1: error YML001 a tab stands where blanks must be"),
        (b"\x89PNG\r\n\x1a\n\0\0", 2, "bad.yaml:1:1: error FIL005 the file is not text"),
        ("form: 4\n".encode("utf-16"), 2, "bad.yaml:1:1: error FIL005 the file is UTF-16 text"),
        (b"a: " + b"x" * 10 * 2**20, 2, "bad.yaml:1:1: error FIL004 the file is larger than 2 MiB"),
        (b"a: &a [x,x]\nb: [*a,*a]\n", 1, 'bad.yaml:1:1: error PLN002 unknown key "a"'),
        (b"[" * 5000, 1, "bad.yaml:1:33: error YML003 entries are nested more than 32 deep"),
    ],
    ids=["missing", "empty", "list", "tab", "binary", "utf-16", "10 MB", "anchors", "deep"],
)
@pytest.mark.parametrize("verb", ["check", "build"])
def test_a_file_that_is_no_plan(
    run: Run, tmp_path: Path, verb: str, content: bytes | None, code: int, said: str
) -> None:
    if content is not None:
        (tmp_path / "bad.yaml").write_bytes(content)
    done = run(verb, "bad.yaml")
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert names(tmp_path) == ([] if content is None else ["bad.yaml"])


def test_a_mistake_is_shown_with_its_line_a_caret_and_a_way_out(run: Run, tmp_path: Path) -> None:
    write(
        tmp_path,
        transactions="transactions:\n  - {date: 11/31/2026, code: S, security: common, amount: 1000, price: 31.15}\n",
    )
    done = run("check", "plan.yaml")
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout == (
        'plan.yaml:10:12: error PLN005 "11/31/2026" is no day of the calendar\n'
        "  10 |   - {date: 11/31/2026, code: S, security: common, amount: 1000, price: 31.15}\n"
        "     |            ^\n"
        "  Month, day, year: 11/22/2013 is November 22.\n"
        "plan.yaml: refused (1 error)\n"
    )


def test_usage_that_is_not_understood(run: Run, tmp_path: Path) -> None:
    for words in ("frobnicate", "build", "check --format xml x", "explain foo", "build x --jobs 0"):
        done = run(*words.split())
        assert done.returncode == 2, words
        assert "Usage: " in done.stderr
        assert "Traceback" not in done.stderr
    write(tmp_path)
    done = run("preview", "plan.yaml", "-o", "page.png")
    assert (done.returncode, done.stdout) == (2, "")
    assert "the name must end in .pdf or .html" in done.stderr


def test_a_folder_without_plans(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("build", "empty")
    assert done.returncode == 2
    assert "empty:1:1: error FIL006 there are no plans (*.yaml, *.yml) in this folder" in done.stderr


def test_two_plans_of_one_name_build_nothing(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a/roe.yaml")
    write(tmp_path, "b/Roe.yaml")
    done = run("build", "a", "b")
    assert done.returncode == 2
    assert done.stderr.count("OUT001 2 plans would write ") == 2
    assert not (tmp_path / "build").exists()


def test_a_finished_document_is_not_built(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("build", "plan.yaml", "--no-pdf", "-o", "out").returncode == 0
    (document,) = (tmp_path / "out").glob("*.xml")
    done = run("build", str(document.relative_to(tmp_path)))
    assert done.returncode == 1
    assert "OUT003 only a plan can be built; this is a finished document" in done.stderr


# --- what is right --------------------------------------------------------------------------------------------------


def test_a_build_lists_what_it_wrote(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "roe/plan.yaml")
    done = run("build", "roe/plan.yaml", "--html", "--submission")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "build/roe.xml", "build/roe.submission.xml", "build/roe.pdf", "build/roe.html", "build/roe.report.json",
    ]  # fmt: skip
    assert names(tmp_path / "build") == [
        "roe.html", "roe.pdf", "roe.report.json", "roe.submission.xml", "roe.xml",
    ]  # fmt: skip
    assert "OWN005" in done.stderr
    assert done.stderr.endswith("roe/plan.yaml: accepted (1 warning)\n")


def test_the_same_plan_gives_the_same_bytes_anywhere(run: Run, tmp_path: Path) -> None:
    for number, env in enumerate(
        ({"TZ": "UTC", "PYTHONHASHSEED": "1"}, {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2", "LC_ALL": "C", "LANG": "C"})
    ):
        assert run("build", str(EXAMPLE), "--html", "-o", f"out{number}", env=env).returncode == 0
    for name in names(tmp_path / "out0"):
        assert (tmp_path / "out0" / name).read_bytes() == (tmp_path / "out1" / name).read_bytes(), name


def test_several_at_once_are_reported_in_order(run: Run, tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        write(tmp_path, f"plans/{name}.yaml")
    write(tmp_path, "plans/bad.yaml", rule_10b5_1="")
    (tmp_path / "plans" / "_part.yaml").write_text("x: 1\n")
    (tmp_path / "plans" / "_parts").mkdir()
    (tmp_path / "plans" / "_parts" / "issuer.yaml").write_text("x: 1\n")
    one, two = run("build", "plans", "--no-pdf", "-o", "one"), run("build", "plans", "--no-pdf", "-o", "two", "-j", "2")
    assert one.returncode == two.returncode == 1
    assert one.stderr == two.stderr
    assert names(tmp_path / "one") == names(tmp_path / "two") == [
        "a.report.json", "a.xml", "b.report.json", "b.xml", "c.report.json", "c.xml",
        "summary.html",
    ]  # fmt: skip


def test_json_is_what_the_contract_says(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "good.yaml")
    write(tmp_path, "bad.yaml", rule_10b5_1="")
    done = run("build", "good.yaml", "bad.yaml", "--no-pdf", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    data = json.loads(done.stdout)
    assert set(data) == {"files", "accepted"}
    assert data["accepted"] is False
    good, bad = data["files"]
    assert (good["file"], good["accepted"], good["outputs"]) == (
        "good.yaml", True, ["build/good.xml", "build/good.report.json", "build/summary.html"],
    )  # fmt: skip
    (finding,) = bad["findings"]
    assert (bad["accepted"], bad["outputs"]) == (False, [])
    assert {name: finding[name] for name in ("code", "severity", "file", "line", "column", "path", "source")} == {
        "code": "PLN017", "severity": "error", "file": "bad.yaml", "line": 1, "column": 1, "path": "rule_10b5_1",
        "source": "",
    }  # fmt: skip
    assert finding["message"].startswith("rule_10b5_1 is missing")
    assert finding["hint"].startswith("Write rule_10b5_1: yes or no.")


def test_workflow_commands_are_the_default_under_github_actions(run: Run, tmp_path: Path) -> None:
    write(tmp_path, rule_10b5_1="")
    done = run("check", "plan.yaml", env={"GITHUB_ACTIONS": "true"})
    assert done.stdout.startswith("::error file=plan.yaml,line=1,col=1,title=PLN017::rule_10b5_1 is missing: ")
    assert "%0AWrite rule_10b5_1: yes or no." in done.stdout
    assert done.stdout == run("check", "plan.yaml", "--format", "github").stdout


def test_strict_refuses_warnings(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("check", "plan.yaml").returncode == 0
    done = run("build", "plan.yaml", "--strict")
    assert done.returncode == 1
    assert not (tmp_path / "build").exists()


def test_standard_input(run: Run, tmp_path: Path) -> None:
    done = run("check", "-", stdin=plan_text(rule_10b5_1=""))
    assert done.returncode == 1
    assert done.stdout.startswith("<stdin>:1:1: error PLN017 ")
    done = run("build", "-", "--no-pdf", "-o", "out", stdin=plan_text())
    assert done.returncode == 0, done.stderr
    assert names(tmp_path / "out") == ["form4.report.json", "form4.xml"]


def test_a_plan_is_read_once_and_within_bounds_wherever_it_comes_from(run: Run, tmp_path: Path) -> None:
    done = run("build", "-", "--no-pdf", "-o", "out", stdin=plan_text())
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out" / "form4.report.json").read_text())
    assert report["plan"]["sha256"] == hashlib.sha256(plan_text().encode()).hexdigest()
    os.mkfifo(tmp_path / "pipe.yaml")
    for name, kind in (("pipe.yaml", "a pipe"), ("/dev/stdin", "a pipe"), ("/dev/zero", "a device")):
        refused = run("check", name, stdin=plan_text())
        assert refused.returncode == 2
        assert f"{name}:1:1: error FIL007 this is {kind}, not a file\n  Name a file; - is standard" in refused.stdout
    large = run("check", "-", stdin="a: " + "x" * (2 * 2**20))
    assert large.returncode == 2
    assert "<stdin>:1:1: error FIL004 the file is larger than 2 MiB" in large.stdout


def test_a_document_is_checked_and_drawn_like_a_plan(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("build", "plan.yaml", "--document", "record", "-o", "out").returncode == 0
    (document,) = (tmp_path / "out").glob("*.xml")
    document.write_text(document.read_text().replace("<value>1000</value>", "<value>ten</value>"))
    name = str(document.relative_to(tmp_path))
    done = run("check", name)
    assert done.returncode == 1
    assert 'DOC013 Table I, line 1: amount "ten" is no number to EDGAR' in done.stdout
    line = document.read_text().split("ten</value>")[0].count("\n") + 1
    assert f"{name}:{line}:" in done.stdout
    drawn = run("preview", name, "-o", "page.pdf")
    assert drawn.returncode == 1, "the page is drawn, and what stands is told"
    assert drawn.stdout == "page.pdf\n"
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
    assert run("preview", "plan.yaml", "-o", "page.html").returncode == 0
    assert "Roe Jane" in (tmp_path / "page.html").read_text()


def test_force_writes_a_draft_of_the_page_and_never_the_xml(run: Run, tmp_path: Path) -> None:
    write(tmp_path, rule_10b5_1="")
    done = run("build", "plan.yaml", "--force", "--html", "-o", "out")
    assert done.returncode == 1
    (html,) = (tmp_path / "out").glob("*.html")
    assert "DRAFT" in html.read_text()
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".html", ".pdf"]


@pytest.mark.parametrize(("form", "asked"), [("3", "event_date"), ("5", "fiscal_year_ended")])
def test_new_begins_a_plan_of_another_form(run: Run, tmp_path: Path, form: str, asked: str) -> None:
    assert run("new", "filing", "--form", form).returncode == 0
    assert f"\nform: {form} " in (tmp_path / "filing" / "plan.yaml").read_text()
    told = [
        line.split(" error ")[1] for line in run("check", "filing/plan.yaml").stdout.splitlines() if " error " in line
    ]
    assert told[0] == f"PLN001 {asked} is left empty"
    assert {line.partition(" ")[0] for line in told} == {"PLN001"}
    assert "'7' is not one of '3', '4', '5'" in run("new", "other", "--form", "7").stderr


def test_due_of_several_files_tells_what_each_insider_owes(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    alone = run("due", "plan.yaml").stdout
    assert "owes" not in alone
    (tmp_path / "other.yaml").write_text((tmp_path / "plan.yaml").read_text())
    told = run("due", ".").stdout
    assert told.endswith(
        "what each insider owes:\n  Roe Jane (EXSY):\n    Form 4 by 2026-11-20 10 p.m. Eastern time (2 lines)\n"
    )


def test_new_writes_a_plan_that_tells_what_is_still_to_fill_in(run: Run) -> None:
    done = run("new", "filing")
    assert (done.returncode, done.stdout) == (0, "filing/plan.yaml\n")
    again = run("new", "filing")
    assert again.returncode == 1
    assert "OUT004 a plan stands here already; it was left alone" in again.stderr
    told = run("check", "filing/plan.yaml").stdout
    assert [line.split(" error ")[1] for line in told.splitlines() if " error " in line] == [
        "PLN001 cik is missing in issuer",
        "PLN001 name is missing in issuer",
        "PLN001 symbol is missing in issuer",
        "PLN001 cik is missing in owners 1",
        "PLN001 name is missing in owners 1",
        "PLN001 street1 is left empty in address",
        "PLN001 city is left empty in address",
        "PLN001 state is left empty in address",
        "PLN001 zip is left empty in address",
        "PLN001 rule_10b5_1 is left empty",
        "PLN001 amount is left empty in opening 1",
        "PLN001 date is missing in transactions 1",
        "PLN001 code is missing in transactions 1",
        "PLN001 amount is left empty in transactions 1",
        "PLN001 price is left empty in transactions 1",
        "PLN001 name is missing in signatures 1",
        "PLN001 date is missing in signatures 1",
    ]


def test_help_and_version(run: Run) -> None:
    assert run("--version").stdout.startswith("form4-author ")
    assert run().returncode == 2
    assert "Begin with: form4-author new my-filing" in run("--help").stdout
    assert (ROOT / "docs" / "cli.md").read_text() == cli_page.page(), "run: python -m tests.cli_page > docs/cli.md"


def verbs_of_the_app() -> list[tuple[str, ...]]:
    """Every verb that the program has, with its group."""

    def named(command: CommandInfo) -> str:
        return command.name or str(getattr(command.callback, "__name__", ""))

    groups = [
        (group.name or "", named(command))
        for group in cli.app.registered_groups
        if group.typer_instance
        for command in group.typer_instance.registered_commands
    ]
    return sorted([*[(named(command),) for command in cli.app.registered_commands], *groups])


def test_every_verb_is_in_the_documents() -> None:
    assert sorted(verb for verb in cli_page.VERBS if verb) == verbs_of_the_app()
    table = (ROOT / "README.md").read_text().split("| command | does |")[1].split("\n\n")[0]
    named = []
    for row in table.splitlines()[2:]:
        first, *further = re.findall(r"`([^`]+)`", row.split(" | ")[0])
        words = [
            word for word in first.removeprefix("form4-author ").split() if re.fullmatch(r"[a-z]+|short-swing", word)
        ]
        named += [tuple(words), *[(*words[:-1], other.split()[0]) for other in further]]
    assert sorted(named) == verbs_of_the_app()


def test_a_fault_of_the_tool_ends_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "zq#7wx$k"

    def fault() -> None:
        raise KeyError(secret)

    monkeypatch.setattr(cli, "_with", lambda _words: fault)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "a fault of the tool itself (KeyError in test_app.py, line " in said
    assert secret not in said


ENDS = """
import atexit, sys
from form4_author import cli

def main():
    atexit.register(print, "tidied up")
    print("said", end=", ")
    sys.exit({code})

atexit.register(print, "given back by Python")
cli.main = main
cli.program()
"""


@pytest.mark.parametrize("code", [None, 0, 1, 143])
def test_a_process_ends_at_once_where_all_is_tidied_up_and_flushed(code: int | None) -> None:
    done = subprocess.run([sys.executable, "-c", ENDS.format(code=code)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (code or 0, "said, tidied up\n", "")


def test_a_process_whose_exit_code_is_no_number_ends_as_python_has_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDS.format(code="'why'")], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (1, "said, tidied up\ngiven back by Python\n")
    assert done.stderr == "why\n"


def test_nothing_in_use_is_looked_through_for_garbage() -> None:
    asked = "gc.get_threshold()[0] > 100_000"
    script = ENDS.replace("import atexit", "import gc, atexit").replace('"tidied up"', asked).format(code=0)
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert done.stdout == "said, True\n"


def test_a_program_that_calls_the_command_line_goes_on() -> None:
    script = "import sys\nfrom form4_author.cli import main\nsys.argv[1:] = ['--version']\ntry:\n    main()\n"
    script += "except SystemExit:\n    print('goes on')\nsys.exit(3)\n"
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[1:]) == (3, ["goes on"])


def test_the_verb_alone_that_is_typed_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def counted(command_info: CommandInfo, **options: Any) -> Any:
        made.append(command_info.callback)
        return make(command_info, **options)

    make = typer.main.get_command_from_info
    monkeypatch.setattr(typer.main, "get_command_from_info", counted)
    verbs = len(cli.app.registered_commands) + sum(
        len(group.typer_instance.registered_commands) for group in cli.app.registered_groups if group.typer_instance
    )
    for words, count in ((["check", "--help"], 1), (["import", "--help"], 1), (["--help"], verbs), (["chek"], verbs)):
        made.clear()
        monkeypatch.setattr("sys.argv", ["form4-author", *words])
        with pytest.raises(SystemExit):
            cli.main()
        assert len(made) == count, words
