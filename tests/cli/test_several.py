"""Plans of several forms, as their users run them: a document for each, what is found told once, one by its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import form4_author
from form4_author.cli.app import app
from form4_author.findings import Rejected
from tests.cli.command import Run, names, write
from tests.plans import plan_text

ISSUER, MOE = (
    "issuer: {cik: 1999999001, name: EXAMPLE, symbol: EXSY}",
    "{cik: 1999999104, name: Moe Max, director: yes}",
)
PLAN = f"""\
{ISSUER}
rule_10b5_1: no
securities: {{common: Common Stock}}
for_each:
  - {{name: roe, owner: roe, opening: {{common: 500}}, security: {{common: 100}}}}
  - {{name: moe, owner: {MOE}, opening: {{common: 50}}, security: {{common: 40}}}}
transactions:
  - {{date: 2026-11-18, code: S, security: each, price: 31.15}}
signatures: [{{name: "/s/ Mary Major, attorney-in-fact", date: 2026-11-20}}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "_profiles").mkdir()
    (tmp_path / "_profiles" / "roe.yaml").write_text("cik: 1999999101\nname: Roe Jane\nofficer: CFO\n")
    (tmp_path / "q4.yaml").write_text(PLAN)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words, prog_name="form4-author", env={"FORM4_CCC_1999999101": "aaaa1a$a"})


def test_each_form_is_built_and_told_of(folder: Path) -> None:
    done = run("build", "q4.yaml", "--no-pdf", "-o", "out")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        *(f"out/q4-{name}.{ending}" for name in ("roe", "moe") for ending in ("xml", "report.json")),
        "out/q4.summary.html",
    ]
    assert done.stderr.splitlines()[-4:] == [
        "q4.yaml: 2 forms",
        "  roe  Roe Jane  1 line  due 2026-11-20  accepted (without a power of attorney)",
        "  moe  Moe Max   1 line  due 2026-11-20  accepted (without a CCC, a power of attorney)",
        "q4.yaml: accepted (1 warning, 1 note)",
    ]
    assert [
        form4_author.read_filing(folder / f"out/q4-{name}.xml").table1[0].shares.text for name in ("roe", "moe")
    ] == [
        "100",
        "40",
    ]
    report = json.loads((folder / "out/q4-moe.report.json").read_text())
    assert (report["plan"]["file"], report["plan"]["form"]) == ("q4.yaml", "moe")


def test_one_that_is_refused_keeps_the_others_from_nothing(folder: Path) -> None:
    (folder / "q4.yaml").write_text(PLAN.replace("{common: 40}", "{common: 60}").replace("owner: roe", "owner: ro"))
    done = run("build", "q4.yaml", "--no-pdf", "-o", "out")
    assert (done.exit_code, names(folder)) == (1, ["_profiles/roe.yaml", "q4.yaml"])
    assert [line for line in done.stderr.splitlines() if " error " in line or line.startswith("  roe")] == [
        'q4.yaml:5:24: error PLN013 there is no profile "ro" in _profiles',
        "q4.yaml:6:107: error BAL003 more of common is disposed of than is held: 50 - 60 = -10",
        "  roe           no form                  refused (without a profile)",
    ]
    (folder / "q4.yaml").write_text(PLAN.replace("{common: 40}", "{common: 60}"))
    done = run("build", "q4.yaml", "--no-pdf", "-o", "out")
    assert (done.exit_code, done.stdout) == (1, "out/q4-roe.xml\nout/q4-roe.report.json\nout/q4.summary.html\n")


def test_what_all_share_is_told_once(folder: Path) -> None:
    (folder / "q4.yaml").write_text(PLAN.replace("rule_10b5_1: no\n", ""))
    done = run("check", "q4.yaml")
    assert done.exit_code == 1
    assert done.stdout.count("PLN017") == 1
    assert done.stdout.splitlines()[-1] == "q4.yaml: refused (1 error)"
    found = json.loads(run("check", "q4.yaml", "--format", "json").stdout)
    assert [form["accepted"] for form in found["files"][0]["forms"]] == [False, False]
    assert len(found["files"][0]["findings"]) == 1


def test_one_form_by_its_name(folder: Path) -> None:
    assert run("preview", "q4.yaml", "-o", "p.html", "--form", "moe").stdout == "p.html\n"
    assert "Moe Max" in (folder / "p.html").read_text()
    assert run("build", "q4.yaml", "--no-pdf", "--form", "moe").stdout == "build/q4-moe.xml\nbuild/q4-moe.report.json\n"
    for words, said in (
        ("preview q4.yaml -o x.html", "this plan makes 2 forms, and one is wanted: roe, moe"),
        ("preview q4.yaml -o x.html --form poe", 'this file makes no form "poe": roe, moe'),
        ("check q4.yaml --form poe", 'this file makes no form "poe": roe, moe'),
        ("build q4.yaml --against build/q4-moe.xml", "this plan makes 2 forms, and one is wanted: roe, moe"),
        ("roll q4.yaml", "this plan makes 2 forms, and one is wanted: roe, moe"),
        ("check build/q4-moe.xml --form poe", 'this file makes no form "poe", but one'),
    ):
        done = run(*words.split())
        assert done.exit_code in {1, 2}
        assert f"PLN021 {said}\n" in done.output
    assert not (folder / "x.html").exists()


def test_a_redline_is_held_against_the_form_of_the_same_name(folder: Path) -> None:
    (folder / "old.yaml").write_text(PLAN.replace("31.15", "31.51"))
    words = "build q4.yaml --no-pdf --html --form moe --against old.yaml"
    done = run(*words.split())
    assert done.exit_code == 0
    assert "31.51" in (folder / "build/q4-moe.redline.html").read_text()


def test_by_when_each_is_due(folder: Path) -> None:
    told = run("due", "q4.yaml", "--ics", "days.ics").stdout
    assert [line for line in told.splitlines() if not line.startswith(" ")] == [
        "q4.yaml, form roe:",
        "q4.yaml, form moe:",
        "what each insider owes:",
    ]
    assert (folder / "days.ics").read_text().count("BEGIN:VEVENT") == 2
    assert len(form4_author.due("q4.yaml")) == 2


def test_two_plans_that_would_write_one_form(folder: Path) -> None:
    (folder / "q4-roe.yaml").write_text(plan_text())
    (folder / "q4-poe.yaml").write_text(plan_text())
    done = run("build", "q4.yaml", "q4-poe.yaml", "--no-pdf", "-o", "out")
    assert done.exit_code == 0
    with pytest.raises(Rejected) as caught:
        form4_author.build_many(["q4.yaml", "q4-roe.yaml"], "more", pdf=False)
    assert [finding.message for finding in caught.value.findings] == ["2 plans would write q4-roe.xml"] * 2
    assert not (folder / "more").exists()


def test_a_program_gets_a_list_of_the_forms(folder: Path) -> None:
    report = form4_author.build("q4.yaml", "out", pdf=False)
    assert report.accepted
    assert [(form.name, form.owner, form.lines, form.due) for form in report.forms] == [
        ("roe", "Roe Jane", 1, "2026-11-20"),
        ("moe", "Moe Max", 1, "2026-11-20"),
    ]
    assert [Path(name).name for name in report.forms[1].outputs] == ["q4-moe.xml", "q4-moe.report.json"]
    assert form4_author.check("q4.yaml", form="moe").forms == (form4_author.check("q4.yaml").forms[1],)
    assert [Path(name).name for name in report.outputs[4:]] == ["q4.summary.html"]
    assert folder.is_dir()


def test_insiders_from_a_sheet(folder: Path) -> None:
    items = PLAN.index("for_each"), PLAN.index("transactions")
    columns = "{name: Name, owner: Profile, opening.common: Before, security.common: Sold}"
    text = PLAN[: items[0]] + f"for_each: {{sheet: sold.csv, columns: {columns}}}\n" + PLAN[items[1] :]
    (folder / "q4.yaml").write_text(text)
    (folder / "sold.csv").write_text(
        "Name,Profile,Before,Sold\nroe,roe,500,100\nmoe,roe,50,60\npoe,joe,50,\nzoe,roe,9,x\n"
    )
    done = run("build", "q4.yaml", "--no-pdf")
    assert (done.exit_code, done.stdout) == (1, "build/q4-roe.xml\nbuild/q4-roe.report.json\nbuild/q4.summary.html\n")
    assert [line for line in done.stderr.splitlines() if " error " in line] == [
        "sold.csv:3:12: error BAL003 more of common is disposed of than is held: 50 - 60 = -10",
        'sold.csv:4:1: error PLN020 "poe" has no transaction: nothing is said of it under security',
        'sold.csv:4:5: error PLN013 there is no profile "joe" in _profiles',
        'sold.csv:5:11: error PLN004 "x" is not an amount',
    ]
    assert "  3 | moe,roe,50,60\n    |            ^\n" in done.stderr
    assert [line.rstrip() for line in done.stderr.splitlines()[-6:-1]] == [
        "q4.yaml: 4 forms",
        "  roe  Roe Jane  1 line   due 2026-11-20  accepted (without a power of attorney)",
        "  moe  Roe Jane  1 line   due 2026-11-20  refused (without a power of attorney)",
        "  poe            no form                  refused (without a profile)",
        "  zoe            no form                  refused",
    ]


def test_too_much_for_one_form_is_written_in_parts(folder: Path) -> None:
    line = "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 31.15}\n"
    (folder / "many.yaml").write_text(plan_text(transactions="transactions:\n" + line * 31))
    done = run("build", "many.yaml", "--no-pdf", "-o", "out")
    assert done.exit_code == 0
    assert names(folder / "out") == [
        *(f"many-{part}.{ending}" for part in (1, 2) for ending in ("report.json", "xml")),
        "many.summary.html",
    ]
    assert done.stderr.splitlines()[-4:-1] == [
        "many.yaml: 2 forms",
        "  1  Roe Jane  30 lines  due 2026-11-20  accepted",
        "  2  Roe Jane  1 line    due 2026-11-20  accepted",
    ]
    report = json.loads((folder / "out/many-2.report.json").read_text())
    assert report["plan"]["parts"] == ["1", "2"]
    assert run("check", "out/many-1.xml", "out/many-2.xml").exit_code == 0
    done = run("preview", "many.yaml", "-o", "p.html")
    assert "PLN021 this plan makes 2 forms, and one is wanted: 1, 2\n" in done.output
    assert run("preview", "many.yaml", "-o", "p.html", "--form", "2").exit_code == 0


def test_of_parts_all_are_written_or_none(folder: Path) -> None:
    line = "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 31.15}\n"
    bad = "  - {date: 2026-11-18, code: S, security: common, amount: 0, price: 31.15}\n"
    (folder / "many.yaml").write_text(plan_text(transactions="transactions:\n" + line * 30 + bad))
    done = run("build", "many.yaml", "--no-pdf", "-o", "out", "--strict")
    assert (done.exit_code, done.stdout) == (1, "")
    assert not (folder / "out").exists()


def test_a_part_and_an_insider_of_one_name(folder: Path) -> None:
    line = "{date: 2026-11-18, code: S, security: common, amount: 1, price: 31.15}"
    own = f"{{name: roe, transactions: [{', '.join([line] * 30)}], "
    text = PLAN.replace("name: moe,", "name: roe-1,").replace("{name: roe, ", own)
    (folder / "q4.yaml").write_text(text)
    done = run("check", "q4.yaml")
    assert done.exit_code == 1
    assert 'PLN020 two forms would be called "roe-1"' in done.stdout


def test_what_differs_between_plans_of_several_forms(folder: Path) -> None:
    roe, moe = "{name: roe", "{name: moe"
    (folder / "old.yaml").write_text(PLAN.replace("{common: 40}", "{common: 30}").replace(roe, "{name: poe"))
    done = run("diff", "old.yaml", "q4.yaml")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "form poe",
        "  only in old.yaml: Roe Jane",
        "",
        "form moe: Table I, line 1",
        "  column 4, amount: 30 -> 40",
        "  column 5, amount owned following the transaction: 20 -> 10",
        "",
        "form roe",
        "  only in q4.yaml: Roe Jane",
        "",
        "old.yaml -> q4.yaml: 4 differences",
    ]
    assert run("diff", "q4.yaml", "q4.yaml").stdout == "q4.yaml -> q4.yaml: no difference\n"
    assert run("build", "old.yaml", "--no-pdf").exit_code == 0
    places = {
        line for line in run("diff", "build/old-moe.xml", "q4.yaml").stdout.splitlines() if line.startswith("form")
    }
    assert "form moe: Table I, line 1" in places
    (folder / "other.yaml").write_text(PLAN.replace("for_each", "# for_each").split("# for_each")[0] + OTHER)
    assert run("diff", "other.yaml", "q4.yaml").stdout.splitlines()[:2] == [
        "the owners",
        "  Poe Edgar -> Roe Jane, Moe Max",
    ]
    assert moe in PLAN


OTHER = """\
owners: [{cik: 1999999103, name: Poe Edgar, director: yes}]
opening: {common: 50}
transactions: [{date: 2026-11-18, code: S, security: common, amount: 1, price: 31}]
signatures: [{name: /s/ Edgar Poe, date: 2026-11-20}]
"""


TEN = """\
Who,Sold,Profile,At,Held,Signed
who7,10,who7,31.15,100,2026-11-18
who2,ten,who2,31.15,100,2026-11-18
who9,10,who99,31.15,100,2026-11-18
who1,10,who1,31.15,,2026-11-18
who4,500,who4,31.15,100,2026-11-18
who3,10,who3,-3,100,2026-11-18
who0,10,who0,31.15,100,2026-13-18
who5,,who5,31.15,100,2026-11-18
who8,10,who8,31.15,100,
who6,10,who6,31.15,100,2026-11-18
"""


def test_ten_insiders_in_mixed_order_of_which_each_wrong_row_is_told_once_at_its_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people").mkdir()
    (tmp_path / "form4-author.toml").write_text('profiles = "people"\n')
    for at in range(10):
        profile = f"cik: {1990000000 + at}\nname: Roe {'ABCDEFGHIJ'[at]}\ndirector: yes\nsigns: /s/ R. Roe\n"
        (tmp_path / f"people/who{at}.yaml").write_text(profile)
    (tmp_path / "rows.csv").write_text(TEN)
    (tmp_path / "plan.yaml").write_text(
        f"{ISSUER}\nrule_10b5_1: no\nsecurities: {{common: Common Stock}}\n"
        "for_each:\n  sheet: rows.csv\n  columns: {name: Who, owner: Profile, sale.common: Sold, opening.common: Held, "
        "price: At, signed: Signed}\ntransactions: [{date: 2026-11-16, sale: each}]\n"
    )
    report = form4_author.check("plan.yaml", ignore="OWN005")
    assert [
        (f"{f.origin.position.line}:{f.origin.position.column}", f.code, f.hint.split(":")[0])
        for f in sorted(report.findings, key=lambda f: str(f.origin.position))
        if f.origin.position and f.origin.position.file == "rows.csv"
    ] == [
        ("10:24", "PLN001", "The signatures, one to ten; or write signed."),
        ("3:6", "PLN004", "Write digits and one point, as in 10,000 or 22.5307."),
        ("4:9", "PLN013", "Did you mean who9?"),
        ("5:6", "PLN012", "Under opening"),
        ("6:6", "BAL003", "Correct the amount or the opening balance."),
        ("7:14", "PLN004", "Amounts are positive; acquired_or_disposed (A or D) tells the direction."),
        ("8:24", "PLN005", "Year, month, day"),
        ("9:1", "PLN020", "Say what happened, or take it out"),
    ]
    assert len(report.findings) == 8
    assert [(form.name, form.accepted) for form in report.forms if form.accepted] == [("who7", True), ("who6", True)]


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "junit", "github"])
def test_files_checked_in_processes_are_told_as_one_by_one(tmp_path: Path, run: Run, format_: str) -> None:
    for number in range(12):
        write(tmp_path, f"plans/p{number}.yaml", **({"issuer": "issuer: 1\n"} if number % 5 == 0 else {}))
    (tmp_path / "plans" / "none.yaml").symlink_to("nowhere.yaml")
    one, several = (run("check", "plans", "gone.xml", "--format", format_, *jobs) for jobs in ((), ("--jobs", "3")))
    assert one.returncode == several.returncode == 2
    assert (several.stdout, several.stderr) == (one.stdout, one.stderr)
    assert one.stdout.count("p10.yaml") > 0
