"""The verbs about rules and deadlines, and SARIF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from form4_author.cli.app import app
from form4_author.executions.layout import layouts
from form4_author.findings import Rejected
from form4_author.pipeline import examine
from form4_author.plan.entries import all_kinds
from form4_author.plan.note_kinds import NOTE_KINDS
from form4_author.preflight import RULES
from form4_author.version import __version__
from tests.conftest import ROOT
from tests.plans import plan_text


def invoke(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), prog_name="form4-author")


def write(folder: Path, **parts: str) -> str:
    path = folder / "plan.yaml"
    path.write_text(plan_text(**parts))
    return str(path)


def test_rules_lists_the_whole_catalogue_in_order() -> None:
    listed = [line.split()[0] for line in invoke("rules").stdout.splitlines()]
    assert listed == [rule.code for rule in RULES]
    data = json.loads(invoke("rules", "--format", "json").stdout)
    keys = {"code", "severity", "summary", "source", "judges", "since", "forms"}
    assert [set(rule) for rule in data] == [keys] * len(RULES)
    assert {rule["forms"] for rule in data} == {"3", "4", "5", "3, 5", "4, 5", "3, 4, 5"}


def test_explain_prints_a_rules_page_and_its_source() -> None:
    shown = invoke("explain", "own001").stdout
    assert shown.startswith("OWN001: ")
    assert "Source: " in shown
    wrong = invoke("explain", "OWN999")
    assert wrong.exit_code == 2
    assert "there is no code, event, footnote or layout OWN999. Did you mean OWN0" in wrong.output


def test_explain_tells_an_events_lines_source_and_keys() -> None:
    shown = invoke("explain", "Gift").stdout
    assert shown.startswith(
        "gift: A gift: the giver's line and, where the receiver is reported too, the receiver's.\n\n"
    )
    assert "\nSource: 17 CFR 240.16b-5; 240.16a-3(g)(1).\n" in shown
    assert "\n    - {date: 11/17/2026, gift: common, amount: 500, to: {indirect: By Family Trust}}\n" in shown
    assert "\n- `received`: What is particular to the receiver's line. Keys: balance, restated_balance, " in shown
    wrong = invoke("explain", "exersise")
    assert wrong.exit_code == 2
    assert "there is no code, event, footnote or layout exersise. Did you mean exercise?" in wrong.output


def test_explain_tells_a_footnote_s_facts_and_text() -> None:
    assert invoke("explain", "Trustee").stdout == (
        "trustee: a footnote\n\n"
        "Write it where the name of a footnote may stand, as under notes: or as note: of a holder:\n\n"
        "    {trustee: WORDS, beneficiaries: WORDS, disclaim: yes}\n\n"
        "It becomes:\n\n"
        "    The securities are held by {holder}, of which {trustee} is the trustee. Its beneficiaries are "
        "{beneficiaries}. The reporting person disclaims beneficial ownership of these securities except to the extent "
        "of a pecuniary interest in them.\n\n"
        "Leave out what isn't to be said: beneficiaries, disclaim.\n\n"
        "Word it over in a library, as trustee: ...\n"
    )
    assert "It is given by an event or a security. Its text:" in invoke("explain", "withheld_tax").stdout
    both = invoke("explain", "swap").stdout
    assert both.startswith("swap: An equity swap opened or closed")
    assert "\nswap: a footnote\n" in both


def test_explain_lists_the_events_and_the_footnotes() -> None:
    events, notes = invoke("explain", "events").stdout, invoke("explain", "Notes").stdout
    assert [line.split()[0] for line in events.splitlines()] == [kind.name for kind in all_kinds()]
    assert {line.split()[0] for line in notes.splitlines()} == {*NOTE_KINDS, "weighted_average"}
    assert "vests                  The securities vest {vests}.\n" in notes
    alone = invoke("explain")
    assert alone.exit_code == 0
    layouts_told = invoke("explain", "layouts").stdout
    assert alone.stdout == f"{events}\n{notes}\n{layouts_told}"
    assert [line.split()[0] for line in layouts_told.splitlines()] == sorted(layouts())


def test_explain_tells_a_layout_s_columns() -> None:
    assert invoke("explain", "Robinhood-activity").stdout.startswith(
        "robinhood-activity: Robinhood's account activity\n\nKnown by the columns: "
    )
    assert "- price: price ($)\n" in invoke("explain", "fidelity-history").stdout
    held = invoke("explain", "positions").stdout
    assert "It holds what is held on a day, and no executions: a plan has `" in held
    for key in layouts():
        assert invoke("explain", key).exit_code == 0


def test_due_tells_the_last_day_of_each_transaction(tmp_path: Path) -> None:
    plan = write(
        tmp_path,
        transactions="transactions:\n"
        "  - {date: 2026-11-25, code: S, security: common, amount: 1, price: 31.15}\n"
        "  - {date: 2026-11-25, code: L, security: common, amount: 2, price: 31.15, early: yes}\n",
        signatures="signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-30}\n",
    )
    calendar = tmp_path / "due.ics"
    done = invoke("due", plan, "--ics", str(calendar))
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{plan}:",
        (
            "  2026-11-30 10 p.m. Eastern time  Table I, line 1: S 1 Common Stock; the second business day after the "
            "transaction of 2026-11-25, leaving out 2026-11-26 (Thanksgiving Day)"
        ),
        (
            "  with Form 5  Table I, line 2: L 2 Common Stock; may wait for Form 5, 45 days after the fiscal "
            "year's end: a small acquisition (Rule 16a-6)"
        ),
    ]
    entries = calendar.read_bytes()
    assert entries.startswith(b"BEGIN:VCALENDAR\r\n")
    assert entries.count(b"BEGIN:VEVENT") == 1
    assert b"DTEND;TZID=America/New_York:20261130T220000\r\n" in entries


def test_due_of_what_cannot_be_read(tmp_path: Path) -> None:
    calendar = tmp_path / "due.ics"
    done = invoke("due", str(tmp_path / "none.yaml"), "--ics", str(calendar))
    assert done.exit_code == 2
    assert not calendar.exists(), "no calendar of nothing"
    assert "FIL001 there is no such file" in done.output


def test_due_as_data_for_programs_has_each_line_each_insider_and_each_refusal(tmp_path: Path) -> None:
    """The whole object, since docs/deadlines.md promises its shape."""
    plan = write(
        tmp_path,
        transactions="transactions:\n"
        "  - {date: 2026-11-25, code: S, security: common, amount: 1, price: 31.15}\n"
        "  - {date: 2026-11-25, code: L, security: common, amount: 2, price: 31.15, early: yes}\n",
    )
    bad, none = tmp_path / "bad.yaml", tmp_path / "none.yaml"
    bad.write_text("form: [\n")
    calendar = tmp_path / "due.ics"
    done = invoke("due", plan, str(bad), str(none), "--format", "json", "--ics", str(calendar))
    assert done.exit_code == 2
    assert done.stderr == f"{calendar}\n"
    assert b"BEGIN:VEVENT" in calendar.read_bytes()
    data = json.loads(done.stdout)
    sale = {"line": "Table I, line 1", "code": "S", "security": "Common Stock", "amount": "1"}
    small = {"line": "Table I, line 2", "code": "L", "security": "Common Stock", "amount": "2"}
    (form,) = data["forms"]
    assert form == {
        "file": plan,
        "form": "",
        "type": "4",
        "issuer": {"cik": "1999999001", "name": "EXAMPLE SYSTEMS, INC.", "symbol": "EXSY"},
        "owners": [{"cik": "1999999101", "name": "Roe Jane"}],
        "deadlines": [
            sale
            | {"traded": "2026-11-25", "executed": "2026-11-25", "day": "2026-11-30", "firm": True}
            | {
                "why": "the second business day after the transaction of 2026-11-25, leaving out 2026-11-26 "
                "(Thanksgiving Day)",
                "place": {"file": plan, "line": 10, "column": 12},
            },
            small
            | {"traded": "2026-11-25", "executed": "2026-11-25", "day": None, "firm": False}
            | {
                "why": "may wait for Form 5, 45 days after the fiscal year's end: a small acquisition (Rule 16a-6)",
                "place": {"file": plan, "line": 11, "column": 12},
            },
        ],
    }
    assert data["owed"] == [
        {
            "name": "Roe Jane",
            "issuer": "EXSY",
            "forms": [
                {"form": "4", "day": "2026-11-30", "lines": 1},
                {
                    "form": "5",
                    "day": None,
                    "lines": 1,
                    "waiting": [f"L 2 Common Stock of 2026-11-25 ({plan}, line 11)"],
                    "calendar_day": "2027-02-16",
                },
            ],
        }
    ]
    assert [(one["file"], one["unreadable"]) for one in data["refused"]] == [(str(bad), False), (str(none), True)]
    assert [one["findings"][0]["code"] for one in data["refused"]] == ["YML001", "FIL001"]
    assert list(data) == ["forms", "owed", "cooling_off", "refused"]
    assert invoke("due", str(bad), "--format", "json").exit_code == 1
    good = invoke("due", plan, "--format", "json")
    assert (good.exit_code, json.loads(good.stdout)["refused"], good.stderr) == (0, [], "")


def test_due_knows_no_other_format(tmp_path: Path) -> None:
    done = invoke("due", write(tmp_path), "--format", "sarif")
    assert done.exit_code == 2
    assert "text or json" in done.output


def test_families_of_rules_are_selected_and_ignored(tmp_path: Path) -> None:
    plan = write(tmp_path, footnotes="footnotes: {stray: x}\n")

    def codes(*words: str) -> list[str]:
        data = json.loads(invoke("check", plan, "--format", "json", *words).stdout)
        return [finding["code"] for finding in data["files"][0]["findings"]]

    assert codes() == ["OWN005", "FTN001"]
    assert codes("--select", "FTN") == ["FTN001"]
    assert codes("--select", "ftn,OWN005") == ["OWN005", "FTN001"]
    assert codes("--ignore", "FTN001", "--ignore", "OWN") == []


def test_a_build_selects_and_ignores_as_check_does_and_its_report_says_so(tmp_path: Path) -> None:
    (tmp_path / "a" / "roe").mkdir(parents=True)
    plan = write(tmp_path / "a" / "roe", footnotes="footnotes: {stray: x}\n")
    out = ("-o", str(tmp_path / "out"), "--no-pdf", "--html", "--proof")

    def codes(*words: str) -> list[str]:
        data = json.loads(invoke("build", plan, "--format", "json", *out, *words).stdout)
        return [finding["code"] for finding in data["files"][0]["findings"]]

    assert codes() == codes("--strict") == ["OWN005", "FTN001"]
    assert not (tmp_path / "out").exists()
    assert codes("--ignore", "ftn", "--strict") == ["OWN005"]
    assert not (tmp_path / "out").exists(), "refused for the warning that is left"
    assert codes("--ignore", "ftn,OWN005", "--strict") == []
    rules = json.loads((tmp_path / "out" / "roe.report.json").read_text())["rules"]
    assert (rules["ignored"], "selected" in rules) == (["FTN", "OWN005"], False)
    assert ", FTN, OWN005 left out</td>" in (tmp_path / "out" / "roe.html").read_text()
    assert codes("--select", "TXN", "--select", "OWN", "--ignore", "OWN005") == []
    rules = json.loads((tmp_path / "out" / "roe.report.json").read_text())["rules"]
    assert (rules["selected"], rules["ignored"]) == (["TXN", "OWN"], ["OWN005"])
    page = (tmp_path / "out" / "roe.html").read_text()
    assert ", only TXN, OWN judged, OWN005 left out</td>" in page


@pytest.mark.parametrize("verb", ["check", "build"])
@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_slip_in_a_rule_s_name_is_no_rule_left_out(tmp_path: Path, verb: str, option: str) -> None:
    plan = write(tmp_path, footnotes="footnotes: {stray: x}\n")
    done = invoke(verb, plan, option, "TXNN")
    assert done.exit_code == 2
    assert f"Invalid value for {option}: there is no rule or family of rules TXNN. Did you mean TXN?" in done.output
    assert "there is no rule or family of rules ::.\n" in invoke(verb, plan, option, "::").output


def test_what_another_stage_finds_for_a_rule_is_ignored_with_it(tmp_path: Path) -> None:
    late = (
        "transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31.15, balance: 10}\n"
    )
    plan = write(tmp_path, transactions=late)
    assert "BAL002" in invoke("check", plan).output
    assert "BAL002" not in invoke("check", plan, "--ignore", "BAL002").output
    assert "BAL002" not in invoke("check", plan, "--select", "TXN").output
    document = tmp_path / "line.xml"
    document.write_text(
        (ROOT / "examples/exercise-and-sell/expected/exercise-and-sell.xml").read_text().replace("\n", "")
    )
    assert "DOC009" in invoke("check", str(document)).output
    assert "DOC009" not in invoke("check", str(document), "--ignore", "DOC").output


def test_a_waiver_of_a_rule_that_is_left_out_is_not_idle(tmp_path: Path) -> None:
    plan = write(tmp_path, waivers="waivers:\n  - {code: OWN005, reason: The CCC is given when it is sent.}\n")
    assert invoke("check", plan, "--ignore", "OWN005").output == f"{plan}: accepted\n"


def test_sarif_has_each_finding_with_its_place_and_rule(tmp_path: Path) -> None:
    plan = write(
        tmp_path,
        footnotes="footnotes: {stray: x}\n",
        waivers="waivers:\n  - {code: OWN005, reason: The CCC is given when it is sent.}\n",
    )
    log = json.loads(invoke("check", plan, "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert (run["tool"]["driver"]["name"], run["tool"]["driver"]["semanticVersion"]) == ("form4-author", __version__)
    assert run["columnKind"] == "unicodeCodePoints"
    waived, stray = run["results"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["OWN005", "FTN001"]
    assert (waived["ruleIndex"], waived["level"], stray["ruleIndex"], stray["level"]) == (0, "warning", 1, "error")
    assert waived["suppressions"] == [{"kind": "inSource", "justification": "The CCC is given when it is sent."}]
    assert "suppressions" not in stray
    (location,) = stray["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 13, "startColumn": 13}
    assert location["physicalLocation"]["artifactLocation"]["uri"] == plan


def test_waivers_are_shown_and_errors_stay(tmp_path: Path) -> None:
    plan = write(
        tmp_path,
        footnotes="footnotes: {stray: x}\n",
        waivers="waivers:\n  - {code: OWN005, reason: Later.}\n  - {code: FTN001, reason: No.}\n",
    )
    done = invoke("check", plan)
    assert done.exit_code == 1
    assert ": waived OWN005 " in done.stdout
    assert "  waived: Later.\n" in done.stdout
    assert ": error FTN001 " in done.stdout
    assert "WVR002" in done.stdout


def test_the_users_own_days_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = tmp_path / "edgar-days.csv"
    monkeypatch.setattr(examine, "user_file", lambda: days)
    plan = write(
        tmp_path,
        transactions="transactions:\n  - {date: 2026-11-25, code: S, security: common, amount: 1, price: 3}\n",
    )
    days.write_text("2026-11-30,closed,a storm\n")
    assert "  2026-12-01 10 p.m. Eastern time" in invoke("due", plan).stdout
    days.write_text("someday,closed\n")
    broken = invoke("due", plan)
    assert isinstance(broken.exception, Rejected)
    assert [finding.code for finding in broken.exception.findings] == ["DAY001"]
