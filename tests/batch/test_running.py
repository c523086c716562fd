"""Many files in one run: each on its own, and none in another's way."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from xmlschema import XMLSchema

from form4_author import batch
from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input, gather
from form4_author.findings import Rejected
from form4_author.pipeline.examine import examine_forms
from form4_author.pipeline.options import BuildOptions, CheckOptions
from form4_author.report.file_report import FileReport
from tests.plans import plan_text

LEAN = BuildOptions(pdf=False)


def plan(path: Path, text: str | None = None) -> Input:
    path.parent.mkdir(exist_ok=True)
    path.write_text(plan_text() if text is None else text)
    return Input(str(path), path)


def told(reports: list[FileReport]) -> list[tuple[str, bool, bool, list[str]]]:
    return [
        (Path(report.file).name, report.accepted, report.unreadable, [f.code for f in report.findings if f.is_error])
        for report in reports
    ]


def test_a_schema_is_not_asked_the_same_of_each_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    ask = XMLSchema.is_valid

    def noted(schema: XMLSchema, root: Any) -> bool:
        asked.append(root)
        return ask(schema, root)

    monkeypatch.setattr(XMLSchema, "is_valid", noted)
    texts = [plan_text().replace("ROE JANE", f"ROE JANE {number}") for number in range(6)]
    files = [plan(tmp_path / f"p{number}.yaml", text) for number, text in enumerate(texts)]
    reports = batch.build_all(files, replace(LEAN, output=tmp_path / "out"))
    assert all(report.accepted for report in reports)
    assert len(asked) <= 1


def clashes(files: list[Input], options: BuildOptions) -> list[tuple[str, str]]:
    with pytest.raises(Rejected) as caught:
        batch.build_all(files, options)
    assert caught.value.unreadable
    return [
        (Path(f.origin.position.file).name, f.message) for f in caught.value.findings if f.origin.position is not None
    ]


@pytest.mark.parametrize(
    ("names", "options", "shared"),
    [
        (("a.yaml", "a.submission.yaml"), replace(LEAN, submission=True), "a.submission.xml"),
        (("A.yaml", "a.Submission.yaml"), replace(LEAN, submission=True), "A.submission.xml"),
        (("x.yaml", "x.yml"), LEAN, "x.xml"),
        (("one/x.yaml", "two/X.yaml"), LEAN, "x.xml"),
        (("one/x.yaml", "x/plan.yaml"), LEAN, "x.xml"),
        (("\u00e9.yaml", "e\u0301.yaml"), LEAN, "\u00e9.xml"),
    ],
)
def test_two_plans_never_write_one_file(tmp_path: Path, names: list[str], options: BuildOptions, shared: str) -> None:
    files = [plan(tmp_path / name) for name in names]
    found = clashes(files, replace(options, output=tmp_path / "out"))
    assert [name for name, _ in found] == [Path(name).name for name in names]
    assert found[0][1] == f"2 plans would write {shared}"
    assert not (tmp_path / "out").exists()


def test_names_that_share_no_output_are_built_together(tmp_path: Path) -> None:
    files = [plan(tmp_path / name) for name in ("a.yaml", "a.submission.yaml")]
    reports = batch.build_all(files, replace(LEAN, output=tmp_path / "out"))
    assert [report.accepted for report in reports] == [True, True]


@pytest.mark.parametrize(
    "name", ["..yaml", "...yaml", " .yaml", "a\nb.yaml", "a\x1b[31m.yaml", "a\\b.yaml", "\u202ea.yaml"]
)
def test_nothing_is_named_after_a_name_that_is_none(tmp_path: Path, name: str) -> None:
    files = [plan(tmp_path / "plans" / name), plan(tmp_path / "good.yaml")]
    reports = batch.build_all(files, replace(LEAN, output=tmp_path / "out"))
    assert told(reports) == [(name, False, True, ["OUT006"]), ("good.yaml", True, False, [])]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["good.yaml", "out", "plans"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "good.report.json",
        "good.xml",
        "summary.html",
    ]


def test_no_input_of_any_kind_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("an exhibit")
    (tmp_path / "q.html").write_text("another plan's")
    parts = "exhibits:\n  - {file: NAME.html, type: EX-99}\n"
    page = replace(LEAN, html=True, submission=True, force=True, output=tmp_path)
    files = [plan(tmp_path / f"{name}.yaml", plan_text() + parts.replace("NAME", name)) for name in "pq"]
    reports = batch.build_all(files, page)
    assert told(reports) == [
        ("p.yaml", False, False, ["SUB001", "OUT005"]),
        ("q.yaml", False, False, ["SUB001", "OUT005"]),
    ]
    assert (tmp_path / "p.html").read_text() == "an exhibit"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.html", "p.yaml", "q.html", "q.yaml"]


def test_the_other_filing_and_the_file_of_cccs_are_not_written_over(tmp_path: Path) -> None:
    (good,) = batch.build_all([plan(tmp_path / "r.yaml")], replace(LEAN, output=tmp_path))
    filed = (tmp_path / "r.xml").read_bytes()
    against = replace(LEAN, html=True, output=tmp_path, against=Input(str(tmp_path / "r.xml"), tmp_path / "r.xml"))
    assert told(batch.build_all([plan(tmp_path / "r.yaml")], against)) == [("r.yaml", False, False, ["OUT005"])]
    assert (tmp_path / "r.xml").read_bytes() == filed
    (tmp_path / "s.xml").write_text("# no CCC\n")
    (tmp_path / "s.xml").chmod(0o600)
    reports = batch.build_all([plan(tmp_path / "s.yaml")], replace(LEAN, output=tmp_path), ccc_file=tmp_path / "s.xml")
    assert told(reports) == [("s.yaml", False, False, ["OUT005"])]
    assert good.accepted


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_fault_is_one_files(tmp_path: Path, jobs: int) -> None:
    folder = tmp_path / "plans"
    bad = {
        "aliases.yaml": "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 400)),
        "nul.yaml": plan_text() + 'exhibits:\n  - {file: "a\\0b.txt", type: EX-99}\n',
        "fills.yaml": plan_text(
            transactions="transactions:\n  - {date: 2026-11-18, code: S, security: common, fills: wide.csv}\n"
        ),
    }
    for name, text in bad.items():
        plan(folder / name, text)
    (folder / "wide.csv").write_text("quantity,price\n1," + "1" * 200_000)
    (folder / "loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(folder / "pipe.yaml")
    plan(folder / "zz.yaml")
    files = [*gather([str(folder)], BytesIO()), Input("x" * 300, Path("x" * 300))]
    reports = batch.build_all(files, replace(LEAN, submission=True, output=tmp_path / "out"), jobs=jobs)
    assert told(reports) == [
        ("aliases.yaml", False, False, ["YML003"]),
        ("fills.yaml", False, False, ["PLN014"]),
        ("loop.yaml", False, True, ["FIL003"]),
        ("nul.yaml", False, False, ["SUB012"]),
        ("pipe.yaml", False, True, ["FIL007"]),
        ("zz.yaml", True, False, []),
        ("x" * 300, False, True, ["FIL003"]),
    ]


def test_a_fault_of_the_tool_itself_is_one_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = examine_forms

    def faulty(file: Input, options: CheckOptions, keyring: Keyring) -> object:
        if file.name.endswith("bad.yaml"):
            raise KeyError("a secret")
        return sound(file, options, keyring)

    monkeypatch.setattr("form4_author.pipeline.verbs.examine_forms", faulty)
    files = [plan(tmp_path / name) for name in ("bad.yaml", "good.yaml")]
    for reports in (
        batch.check_all(files, CheckOptions()),
        batch.build_all(files, replace(LEAN, output=tmp_path / "out")),
    ):
        assert told(reports) == [("bad.yaml", False, True, ["FLT001"]), ("good.yaml", True, False, [])]
        (finding,) = reports[0].findings
        assert finding.message.startswith("a fault of the tool itself (KeyError in test_running.py, line ")
        assert "secret" not in finding.message


class Broken(batch.Watch):
    """Ends the run at the second plan, when a process that was killed has left half a file behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def done(self, report: FileReport) -> None:  # noqa: ARG002 - a watch's
        (self.folder / ".form4-author.1-0.tmp").write_bytes(b"half of a file")
        raise KeyboardInterrupt


def test_a_run_that_is_ended_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    files = [plan(tmp_path / f"{name}.yaml") for name in "ab"]
    out = tmp_path / "out"
    with pytest.raises(batch.Stopped) as caught:
        batch.build_all(files, replace(LEAN, output=out), watch=Broken(out))
    assert [one.course.value for one in caught.value.reports] == ["done", "not begun"]
    assert sorted(path.name for path in out.iterdir()) == ["a.report.json", "a.xml"]
