"""`short-swing` as its users run it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import Run
from tests.documents import edited
from tests.short_swing.histories import filed, history, line, trade
from tests.short_swing.test_answers import BINDING, COLONIAL, SPRING

OPTION = """\
  option: {title: Option, underlying: common, exercise_price: 4.80, exercisable: 2024-05-14, expires: 2033-05-14}
"""

BOUGHT = line("2026-03-02", "P", "100", "5", "A", "100")
SOLD = line("2026-03-03", "S", "100", "9", "D", "0")


def profits(text: str) -> list[str]:
    return [insider["profit"] for insider in json.loads(text)["insiders"]]


def test_a_folder_of_plans_filings_and_published_text(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "roe"
    (folder / "2026").mkdir(parents=True)
    (folder / "spring.yaml").write_text(history(*SPRING))
    owners = (("9999999998", "1999999101"), ("0000999999", "1999999001"))
    (folder / "2026" / "bought.xml").write_text(edited(*owners, text=filed(BOUGHT)))
    published = (
        "<SEC-DOCUMENT>0001.txt : 20260304\nFILED AS OF DATE: 20260304\n<DOCUMENT>\n<TYPE>4\n<TEXT>\n<XML>\n"
        f"{edited(*owners, text=filed(SOLD))}</XML>\n</TEXT>\n</DOCUMENT>\n"
    )
    (folder / "2026" / "sold.txt").write_text(published)
    (folder / "notes.txt").write_text("Remember the trading plan.\n")
    (folder / "page.xml").write_text("<other/>\n")
    done = run("short-swing", "roe", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert profits(done.stdout) == ["2900.00"]
    (insider,) = json.loads(done.stdout)["insiders"]
    assert insider["certificate"]["bound"] == "2900.00"
    assert [(match["purchase"]["file"], match["sale"]["file"]) for match in insider["matches"]] == [
        ("roe/spring.yaml", "roe/spring.yaml"),
        ("roe/spring.yaml", "roe/spring.yaml"),
        ("roe/2026/bought.xml", "roe/2026/sold.txt"),
    ]


def test_the_window_is_chosen(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(history(*COLONIAL))
    assert profits(run("short-swing", "plan.yaml", "--format", "json").stdout) == ["0.00"]
    calendar = run("short-swing", "plan.yaml", "--format", "json", "--window", "calendar")
    assert profits(calendar.stdout) == ["2548350.00"]
    assert "Short-swing profit, Section 16(b): $0.00" in run("short-swing", "plan.yaml").stdout


def test_as_of_leaves_later_trades_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(history(*BINDING))
    done = run("short-swing", "plan.yaml", "--format", "json", "--as-of", "06/30/2024")
    assert profits(done.stdout) == ["1000.00"]
    assert [one["closes"] for one in json.loads(done.stdout)["insiders"][0]["open"]] == [
        *("2024-06-30", "2024-08-30", "2024-12-01"),
    ]


def test_standard_input_and_a_plan_with_errors(run: Run) -> None:
    text = history(*BINDING).replace("rule_10b5_1: no\n", "")
    done = run("short-swing", "-", "--format", "json", stdin=text)
    assert profits(done.stdout) == ["1200.00"]
    assert done.returncode == 1
    assert "<stdin>:1:1: error PLN017 rule_10b5_1 is missing" in done.stderr


def test_what_cant_be_read_is_told_and_the_rest_answered(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(history(*BINDING))
    (tmp_path / "bad.xml").write_text("<ownershipDocument>")
    done = run("short-swing", "plan.yaml", "bad.xml", "none.yaml", "--format", "json")
    assert profits(done.stdout) == ["1200.00"]
    assert done.returncode == 2
    assert "none.yaml:1:1: error FIL001 there is no such file" in done.stderr
    assert "bad.xml:1" in done.stderr


def test_an_empty_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("short-swing", "empty")
    assert (done.returncode, done.stdout) == (2, "no transactions were found\n")
    assert (
        "empty:1:1: error FIL006 there are no plans or filings (*.yaml, *.yml, *.xml, *.txt) in this folder"
        in done.stderr
    )


def test_a_plan_is_proposed_from_the_folder_it_lies_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "told.yaml").write_text(history(*SPRING))
    (tmp_path / "next.yaml").write_text(history(trade("2016-10-03", "S", "400", "48")))
    done = run("short-swing", ".", "--propose", "next.yaml", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert profits(done.stdout) == ["2500.00"]
    assert [one["with"] for one in json.loads(done.stdout)["proposals"]] == ["3600.00"]
    assert "2016-12-31 (no market: Saturday)" in run("short-swing", ".", "--propose", "next.yaml").stdout


def test_a_line_is_proposed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "told.yaml").write_text(history(*SPRING))
    for name in ("common", "Common Stock"):
        line = f"{{date: 2016-10-03, code: S, security: {name}, amount: 400, price: 48}}"
        done = run("short-swing", "told.yaml", "--propose", line, "--format", "json")
        assert [one["adds"] for one in json.loads(done.stdout)["proposals"]] == ["1100.00"], done.stderr


def test_what_cant_be_proposed_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "told.yaml").write_text(history(*SPRING))
    (tmp_path / "other.yaml").write_text(history(*SPRING).replace("1999999101", "1999999102"))
    (tmp_path / "granted.yaml").write_text(
        history(*SPRING, securities=f"securities:\n  common: Common Stock\n{OPTION}")
    )
    line = "{date: 2016-10-03, code: S, security: common, amount: 400, price: 48}"
    for words, told in (
        (("told.yaml", "other.yaml", "--propose", line), "a line is of one insider, and the files tell of 2"),
        (("told.yaml", "--propose", line.replace("common", "units")), "units is no security of Table I in these files"),
        (("granted.yaml", "--propose", line.replace("common", "option")), "option is no security of Table I in these"),
        (("told.yaml", "--propose", line.replace("-10-03", "-10-33")), '"2016-10-33" is no day of the calendar'),
        (("told.yaml", "--propose", "{date: 2016-10-03"), "--propose:1:"),
        (("told.yaml", "--propose", "none.yaml"), "none.yaml:1:1: error FIL001 there is no such file"),
    ):
        done = run("short-swing", *words)
        assert done.returncode in {1, 2}, words
        assert told in done.stderr.replace("\n", " ")
        assert done.stdout == ""


def test_usage(run: Run) -> None:
    for words, told in (
        (("--window", "lunar"), "colonial or calendar"),
        (("--format", "xml"), "text or json"),
        (("--as-of", "yesterday"), "is not a date"),
    ):
        done = run("short-swing", ".", *words)
        assert (done.returncode, done.stdout) == (2, ""), words
        assert told in done.stderr


def test_a_book(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(history(*SPRING))
    done = run("book", ".", "--as-of", "2016-05-31")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  Common Stock, direct: 100,200\n" in done.stdout
    assert "  Owed on Form 5: nothing that these forms show\n" in done.stdout
    (insider,) = json.loads(run("book", "plan.yaml", "--format", "json").stdout)["insiders"]
    assert insider["accounts"][0]["balance"] == "100000"
    assert run("book", "none").returncode == 2


def test_a_memo_is_written_beside_the_answer(run: Run, tmp_path: Path) -> None:
    (tmp_path / "told.yaml").write_text(history(*SPRING))
    line = "{date: 2016-10-03, code: S, security: common, amount: 400, price: 48}"
    done = run("short-swing", "told.yaml", "--propose", line, "--memo", "memo.html", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "memo.html\n")
    assert profits(done.stdout) == ["2500.00"]
    assert "P 100 Common Stock at $35.00, 2016-05-01" in (tmp_path / "memo.html").read_text()
    assert run("short-swing", "told.yaml", "--memo", "memo.pdf").returncode == 0
    assert (tmp_path / "memo.pdf").read_bytes().startswith(b"%PDF")


def test_no_memo_takes_the_place_of_what_was_read(run: Run, tmp_path: Path) -> None:
    text = history(*SPRING)
    (tmp_path / "told.yaml").write_text(text)
    (tmp_path / "memo.html").hardlink_to(tmp_path / "told.yaml")
    done = run("short-swing", "told.yaml", "--memo", "memo.html")
    assert "memo.html:1:1: error OUT005" in done.stderr
    assert (tmp_path / "memo.html").read_text() == text
    wrong = run("short-swing", "told.yaml", "--memo", "memo.doc")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "the name must end in .pdf or .html" in wrong.stderr
