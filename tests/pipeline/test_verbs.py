"""The verbs on one file: what each writes, and of what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from form4_author.days.business_days import FEDERAL
from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.pipeline.examine import Refused
from form4_author.pipeline.naming import output_name
from form4_author.pipeline.options import BuildOptions, OptionError, PreviewOptions
from form4_author.pipeline.verbs import Timetable, build_file, due_file, preview_file
from form4_author.report.file_report import FileReport
from tests.plans import plan_text

LEAN = BuildOptions(pdf=False)
PAGE = replace(LEAN, html=True)
FORCED = replace(PAGE, force=True)


def plan(folder: Path, name: str = "roe.yaml", **parts: str) -> Input:
    path = folder / name
    path.write_text(plan_text(**parts))
    return Input(str(path), path)


def written(report: FileReport) -> list[str]:
    return [Path(name).name for name in report.outputs]


def build(file: Input, folder: Path, options: BuildOptions = LEAN) -> FileReport:
    return build_file(file, replace(options, output=folder / "out"), Keyring())


def codes(report: FileReport) -> list[str]:
    return [finding.code for finding in report.findings]


def test_a_build_writes_documents_pages_and_the_report(tmp_path: Path) -> None:
    report = build(plan(tmp_path), tmp_path, replace(PAGE, submission=True))
    assert written(report) == ["roe.xml", "roe.submission.xml", "roe.html", "roe.report.json"]
    told = json.loads((tmp_path / "out" / "roe.report.json").read_text())
    assert (told["outputs"], told["document"]["kind"]) == (["roe.xml", "roe.submission.xml", "roe.html"], "filer")


def test_of_a_plan_that_is_refused_only_a_draft_is_written_and_only_by_force(tmp_path: Path) -> None:
    unfinished, refused = plan(tmp_path, rule_10b5_1=""), plan(tmp_path, "no.yaml", owners="owners: [\n")
    assert written(build(unfinished, tmp_path, PAGE)) == []
    assert written(build(unfinished, tmp_path, FORCED)) == ["roe.html"]
    assert "DRAFT" in (tmp_path / "out" / "roe.html").read_text()
    assert written(build(refused, tmp_path, FORCED)) == []
    strict = build(plan(tmp_path), tmp_path, replace(FORCED, strict=True))
    assert (strict.accepted, written(strict)) == (False, ["roe.html"])


def test_xml_is_not_built_even_by_force(tmp_path: Path) -> None:
    build(plan(tmp_path), tmp_path)
    document = tmp_path / "out" / "roe.xml"
    report = build(Input(str(document), document), tmp_path, FORCED)
    assert (codes(report)[-1], str(report.findings[-1].origin.position), written(report)) == (
        "OUT003", f"{document}:1:1", [],
    )  # fmt: skip
    document.write_text(document.read_text().replace("<value>1000</value>", "<value>ten</value>"))
    assert "OUT003" not in codes(build(Input(str(document), document), tmp_path))


def test_a_redline_against_what_states_no_filing_writes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("form: [\n")
    options = BuildOptions(output=tmp_path / "out", pdf=False, html=True, against=Input(str(bad), bad))
    report = build_file(plan(tmp_path), options, Keyring())
    assert (codes(report), report.accepted, report.unreadable, report.outputs) == (
        ["OWN005", "YML001"],
        False,
        True,
        (),
    )
    assert report.texts[str(bad)] == "form: [\n"
    assert not (tmp_path / "out").exists()


def test_a_page_is_drawn_of_whatever_states_a_filing(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    report = preview_file(plan(tmp_path, rule_10b5_1=""), PreviewOptions(output=page))
    assert (report.accepted, written(report)) == (False, ["page.html"])
    assert "DRAFT" in page.read_text()
    assert preview_file(plan(tmp_path, owners="owners: [\n"), PreviewOptions(output=page)).outputs == ()


def test_options_that_do_not_suit_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    missing = Input("none.yaml", tmp_path / "none.yaml")
    with pytest.raises(OptionError, match="there is no page to mark"):
        build_file(missing, BuildOptions(against=missing, pdf=False), Keyring())


def test_deadlines_are_told_of_a_plan_that_is_refused_otherwise(tmp_path: Path) -> None:
    (found,) = due_file(plan(tmp_path, rule_10b5_1=""), FEDERAL)
    assert isinstance(found, Timetable)
    assert [(one.line, str(one.day)) for one in found.deadlines] == [("Table I, line 1", "2026-11-20")]
    (refused,) = due_file(Input("none.yaml", tmp_path / "none.yaml"), FEDERAL)
    assert isinstance(refused, Refused)


def test_outputs_are_named_by_the_file_or_its_folder() -> None:
    assert output_name(Input("a/roe.yaml", Path("a/roe.yaml"))) == "roe"
    assert output_name(Input("a/plan.yaml", Path("a/plan.yaml"))) == "a"
    assert output_name(Input("<stdin>", None)) == "form4"
