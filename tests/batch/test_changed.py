"""Only what changed is built: whatever a plan is made of counts, and what stands is told again as it was."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import form4_author
from form4_author.edgar.ccc import Keyring, forget_the_environment
from form4_author.masking import forget
from tests.plans import SOUND, plan_text

PROFILE = "cik: 1999999101\nname: Roe Jane\nofficer: Chief Operating Officer\n"
SALE = "transactions:\n  - {{date: {date}, code: {code}, security: common, amount: 1,000, price: {price}}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three plans: one by itself, one with a profile and an executions file, one that follows the first."""
    monkeypatch.chdir(tmp_path)
    plans = tmp_path / "plans"
    (plans / "_profiles").mkdir(parents=True)
    (plans / "_profiles" / "roe.yaml").write_text(PROFILE)
    (plans / "trades.csv").write_text("quantity,price\n600,31.10\n400,31.20\n")
    (plans / "alone.yaml").write_text(plan_text())
    fills = "transactions:\n  - {date: 2026-11-18, code: S, security: common, fills: trades.csv}\n"
    (plans / "filled.yaml").write_text(plan_text(owners="owners: [roe]\n", transactions=fills))
    follows = "follows: alone.yaml\nrule_10b5_1: no\n" + SALE.format(date="2026-11-20", code="S", price="30")
    (plans / "next.yaml").write_text(follows + SOUND["signatures"])
    return tmp_path


def build(**options: object) -> dict[str, str]:
    """Build the plans that changed: how far the run came with each."""
    found = form4_author.build_many(
        [Path("plans", f"{name}.yaml") for name in ("alone", "filled", "next")],
        "out",
        **{"pdf": False, "changed": True} | options,  # type: ignore[arg-type] # which option has which type, a mapping can't say
    )
    return {Path(report.file).stem: report.course.value if report.accepted else "refused" for report in found}


NONE = {"alone": "unchanged", "filled": "unchanged", "next": "unchanged"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_stands_is_not_built_again_and_is_told_as_it_was(folder: Path, jobs: int) -> None:
    assert build(jobs=jobs) == dict.fromkeys(NONE, "done")
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (folder / "out").iterdir()}
    assert build(jobs=jobs) == NONE
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (folder / "out").iterdir()} == before
    plan = Path("plans/alone.yaml")
    (first,) = form4_author.build_many([plan], "other", pdf=False)
    (again,) = form4_author.build_many([plan], "out", pdf=False, changed=True)
    assert again.findings == first.findings
    assert again.texts == first.texts
    assert (again.outputs, again.standing) == ((), ("out/alone.xml", "out/alone.report.json"))


def edited(name: str, old: str, new: str) -> Callable[[], None]:
    def edit() -> None:
        path = Path(name)
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    return edit


def linked() -> None:
    Path("out/next.xml").rename("elsewhere.xml")
    Path("out/next.xml").symlink_to(Path("elsewhere.xml").resolve())


def loosened() -> None:
    Path("out/alone.xml").chmod(0o666)


@pytest.mark.parametrize(
    ("change", "built"),
    [
        (lambda: os.utime("plans/alone.yaml", (1, 1)), set()),
        (edited("plans/alone.yaml", "31.15", "31.16"), {"alone", "next"}),
        (edited("plans/next.yaml", "2026-11-20", "2026-11-19"), {"next"}),
        (edited("plans/_profiles/roe.yaml", "Operating", "Financial"), {"filled"}),
        (edited("plans/trades.csv", "31.20", "31.21"), {"filled"}),
        (lambda: Path("out/alone.xml").unlink(), {"alone"}),
        (lambda: Path("out/filled.report.json").write_text("{}"), {"filled"}),
        (linked, {"next"}),
        (lambda: Path("out/.form4-author.built").unlink(), {"alone", "filled", "next"}),
        (lambda: Path("form4-author.toml").write_text("strict = false\n"), {"alone", "filled", "next"}),
        (loosened, set()),
    ],
)
def test_what_is_made_of_something_that_changed_is_built_again(
    folder: Path, change: Callable[[], object], built: set[str]
) -> None:
    build()
    change()
    assert build() == NONE | dict.fromkeys(built, "done")
    fresh = form4_author.build_many(sorted(Path("plans").glob("*.yaml")), "fresh", pdf=False)
    assert all(report.accepted for report in fresh)
    for path in (folder / "fresh").iterdir():
        assert (folder / "out" / path.name).read_bytes() == path.read_bytes()
    assert build() == NONE


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "options",
    [
        {"html": True},
        {"submission": True},
        {"schema_version": "X0508"},
        {"document": "record"},
        {"proof": True, "html": True},
    ],
)
def test_other_options_build_anew(options: dict[str, object]) -> None:
    build()
    assert build(**options) == dict.fromkeys(NONE, "done")
    assert build(**options) == NONE


@pytest.mark.usefixtures("folder")
def test_a_plan_that_is_refused_is_tried_each_time() -> None:
    build()
    edited("plans/alone.yaml", "amount: 1,000", "amount: 99,000")()
    assert build() == NONE | {"alone": "refused", "next": "refused"}
    assert build() == NONE | {"alone": "refused", "next": "refused"}
    edited("plans/alone.yaml", "amount: 99,000", "amount: 1,000")()
    assert build() == NONE


def test_a_template_that_changed(folder: Path) -> None:
    (folder / "own").mkdir()
    (folder / "own" / "own.css").write_text("h1 { color: #123456 }\n")
    build(html=True, template="own")
    assert build(html=True, template="own") == NONE
    (folder / "own" / "own.css").write_text("h1 { color: #654321 }\n")
    assert build(html=True, template="own") == dict.fromkeys(NONE, "done")


@pytest.mark.usefixtures("folder")
def test_another_version_of_the_tool_builds_all(monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    monkeypatch.setattr("form4_author.batch.changed.__version__", "999")
    assert build() == dict.fromkeys(NONE, "done")


def test_a_profile_that_comes_before_the_one_that_was_read(folder: Path) -> None:
    (folder / "people").mkdir()
    build(profiles="people")
    assert build(profiles="people") == NONE
    (folder / "people" / "roe.yaml").write_text(PROFILE.replace("Operating", "Financial"))
    assert build(profiles="people") == NONE | {"filled": "done"}


def with_ccc(monkeypatch: pytest.MonkeyPatch, ccc: str) -> None:
    forget()
    forget_the_environment()
    if ccc:
        monkeypatch.setenv("FORM4_CCC_1999999101", ccc)


@pytest.mark.parametrize("submission", [False, True])
def test_another_ccc_builds_anew_and_none_can_be_guessed_from_the_record(
    folder: Path, monkeypatch: pytest.MonkeyPatch, submission: bool
) -> None:
    for number, ccc in enumerate(("abcd1#23", "", "abcd1#24", "abcd1#24")):
        with_ccc(monkeypatch, ccc)
        assert build(submission=submission) == (NONE if number == 3 else dict.fromkeys(NONE, "done"))
    record = (folder / "out" / ".form4-author.built").read_text()
    assert "abcd1#2" not in record
    for path in (folder / "out").glob("*.xml"):
        assert b"abcd1#24" in path.read_bytes() or "submission" in path.name
        assert hashlib.sha256(path.read_bytes()).hexdigest() not in record
    (folder / "out" / "alone.xml").chmod(0o644)  # others can read the CCC
    assert build(submission=submission) == NONE | {"alone": "done"}
    assert Keyring.of_this_process().knows("1999999101")


def test_a_trade_the_other_way_beside_a_plan_is_told_though_the_plan_stands(folder: Path) -> None:
    build()
    note = [f.code for f in form4_author.build_many(["plans/alone.yaml"], "out", pdf=False, changed=True)[0].findings]
    assert "SSP001" not in note
    (folder / "plans" / "bought.yaml").write_text(
        plan_text(transactions=SALE.format(date="2026-10-01", code="P", price="3"))
    )
    assert build() == dict.fromkeys(NONE, "done")
    (report,) = form4_author.build_many(["plans/alone.yaml"], "out", pdf=False, changed=True)
    assert report.course.value == "unchanged"
    assert "SSP001" in [finding.code for finding in report.findings]
    edited("plans/bought.yaml", "SYSTEMS, INC.", "SYSTEMS, INC")()  # the note stays the same
    assert build() == NONE


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line[: len(line) // 2],
        lambda _: b"[" * 100_000,
        lambda _: b"\xff\0",
        lambda line: json.dumps(json.loads(line) | {"outputs": [["../x.xml", "0", False]]}).encode(),
        lambda line: json.dumps(json.loads(line) | {"findings": [{"code": 1}]}).encode(),
        lambda line: json.dumps(json.loads(line) | {"files": []}).encode(),
        lambda line: json.dumps(json.loads(line) | {"more": 1}).encode(),
        lambda _: b"null",
    ],
)
def test_a_record_that_is_spoiled_says_nothing(folder: Path, spoil: Callable[[bytes], bytes]) -> None:
    build()
    record = folder / "out" / ".form4-author.built"
    lines = record.read_bytes().splitlines()
    record.write_bytes(b"\n".join(spoil(line) for line in lines if line))
    assert build() == dict.fromkeys(NONE, "done")
    assert build() == NONE


def test_a_record_that_is_no_file_is_left_alone(folder: Path) -> None:
    (folder / "out").mkdir()
    os.mkfifo(folder / "out" / ".form4-author.built")
    assert build() == dict.fromkeys(NONE, "done")
    assert build() == dict.fromkeys(NONE, "done")


def test_the_record_does_not_grow_without_end(folder: Path) -> None:
    for number in range(60):
        edited("plans/next.yaml", "amount: 1", "amount: 2") if number % 2 else None
        edited("plans/next.yaml", "amount: 2", "amount: 1") if number and not number % 2 else None
        build()
        (folder / "out" / "next.xml").unlink()
    assert len((folder / "out" / ".form4-author.built").read_bytes().splitlines()) < 240
