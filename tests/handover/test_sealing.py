"""`build --seal`: all that was built and that it was built from, no CCC, and nothing that doesn't build again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import form4_author
from form4_author.days.business_days import FILE_NAME
from form4_author.edgar.contents import without_ccc
from form4_author.files.inputs import Input
from form4_author.handover.manifest import Seal
from form4_author.handover.rebuilding import Rebuilt, built_again
from form4_author.handover.verification import verify
from form4_author.pipeline.options import BuildOptions, OptionError
from tests.documents import CCC
from tests.handover.sealed import PARTS, files, manifest, seal, write_plan
from tests.plans import plan_text

SUMS = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
SIGNED = "signatures: [{name: /s/ %s, date: 2026-11-20}]"


def test_a_sealed_folder_holds_what_was_built_and_all_that_it_was_built_from(tmp_path: Path) -> None:
    folder = seal(tmp_path, html=True)
    found = files(folder)
    assert sorted(found) == [
        "README.txt",
        "SHA256SUMS",
        "built/roe.html",
        "built/roe.report.json",
        "built/roe.submission.xml",
        "built/roe.xml",
        "plan/_profiles/roe.yaml",
        "plan/form/fills.csv",
        "plan/form/poa.txt",
        "plan/form/roe.yaml",
        "seal.json",
    ]
    for name, text in PARTS.items():
        assert found[name.replace("people", "plan")] == text.encode()
    built = files(tmp_path / "out")
    assert found["built/roe.html"] == built["roe.html"]
    assert found["built/roe.report.json"] == built["roe.report.json"]
    assert found["built/roe.xml"] == without_ccc(built["roe.xml"])[0]
    assert CCC.encode() in built["roe.xml"]


def test_no_ccc_is_in_it_in_any_shape(tmp_path: Path) -> None:
    found = files(seal(tmp_path))
    outside = files(tmp_path / "out")
    assert outside["roe.submission.xml"] != found["built/roe.submission.xml"]
    listed = form4_author.submission_contents(tmp_path / "out" / "roe.sealed" / "built" / "roe.submission.xml")
    assert listed["form"]["owners"][0]["has_ccc"] is False
    assert not [name for name, data in found.items() if CCC.encode() in data]


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="the program is not there")
def test_any_machine_can_check_the_sums(tmp_path: Path) -> None:
    folder = seal(tmp_path)
    done = subprocess.run(SUMS, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count(": OK\n")) == (0, len(files(folder)) - 1)


def test_the_manifest_tells_how_it_was_built(tmp_path: Path) -> None:
    told = manifest(seal(tmp_path, strict=False, proof=True, html=True))
    assert (told["format"], told["name"], told["plan"]) == (1, "roe", "plan/form/roe.yaml")
    assert told["had_ccc"] == ["1999999101"]
    assert told["options"] == {
        "document": "filer",
        "schema_version": None,
        "strict": False,
        "submission": True,
        "html": True,
        "pdf": False,
        "proof": True,
        "select": [],
        "ignore": [],
    }
    assert told["versions"].keys() >= {"form4-author", "rules", "python", "schema", "jinja2", "pydantic", "weasyprint"}
    assert "pango" not in told["versions"]


def test_waivers_stand_in_the_manifest(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, rule_10b5_1="rule_10b5_1: no\nwaivers:\n  - {code: OWN005, reason: it comes by mail}\n")
    report = form4_author.build(plan, tmp_path / "out", pdf=False, seal=True)
    assert report.accepted
    assert manifest(tmp_path / "out" / "roe.sealed")["waivers"] == [{"code": "OWN005", "reason": "it comes by mail"}]
    assert manifest(tmp_path / "out" / "roe.sealed")["had_ccc"] == []


def test_the_same_again_leaves_the_folder_and_another_is_refused(tmp_path: Path) -> None:
    folder = seal(tmp_path)
    before = files(folder)
    assert files(seal(tmp_path)) == before
    plan = write_plan(tmp_path, rule_10b5_1="rule_10b5_1: no\nremarks: Another.\n")
    report = form4_author.build(plan, tmp_path / "out", pdf=False, submission=True, seal=True)
    assert [f.code for f in report.findings if f.is_error] == ["OUT004"]
    assert not report.accepted
    assert files(folder) == before
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")] == []


def test_templates_another_filing_and_the_users_days_go_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = tmp_path / "config" / FILE_NAME
    days.parent.mkdir()
    days.write_text("date,edgar,reason\n2026-11-19,closed,snow\n")
    monkeypatch.setattr("form4_author.days.business_days.user_file", lambda: days)
    monkeypatch.setattr("form4_author.handover.sealing.user_file", lambda: days)
    monkeypatch.setattr("form4_author.pipeline.examine.user_file", lambda: days)
    look = tmp_path / "look"
    look.mkdir()
    (look / "own.css").write_text("/* a firm's own */\n")
    (tmp_path / "filed.yaml").write_text(plan_text())
    folder = seal(tmp_path, html=True, template=look, against=tmp_path / "filed.yaml")
    found = files(folder)
    assert found.keys() >= {
        f"settings/{FILE_NAME}",
        "templates/own.css",
        "against/filed.yaml",
        "built/roe.redline.html",
    }
    monkeypatch.undo()
    days.unlink()
    assert [finding.code for finding in verify(folder).findings] == []


def test_each_form_of_a_plan_of_several_has_its_own_folder(tmp_path: Path) -> None:
    plan = tmp_path / "board.yaml"
    owner = "owner: {cik: %s, name: %s, director: yes}"
    insiders = "".join(
        f"  - {{name: {name}, {owner % (cik, whole)}, {SIGNED % whole}}}\n"
        for name, cik, whole in (("roe", 1999999101, "Roe Jane"), ("moe", 1999999102, "Moe Mary"))
    )
    plan.write_text(plan_text(owners=f"for_each:\n{insiders}", signatures=""))
    report = form4_author.build(plan, tmp_path / "out", pdf=False, seal=True)
    assert report.accepted, report.findings
    folders = sorted((tmp_path / "out").glob("*.sealed"))
    assert [folder.name for folder in folders] == ["board-moe.sealed", "board-roe.sealed"]
    assert [manifest(folder)["form"] for folder in folders] == ["moe", "roe"]
    assert [verify(folder).accepted for folder in folders] == [True, True]


def test_what_other_filings_bring_about_is_kept_as_it_was_told(tmp_path: Path) -> None:
    other = write_plan(tmp_path).with_name("earlier.yaml")
    line = "{date: 2026-10-05, code: P, security: common, amount: 50, price: 20}"
    other.write_text(plan_text(transactions=f"transactions:\n  - {line}\n"))
    folder = seal(tmp_path, html=True, proof=True)
    (told,) = manifest(folder)["told_besides"]
    assert (told["code"], told["file"]) == ("SSP001", "roe.yaml")
    other.unlink()
    assert verify(folder).findings == ()


def test_nothing_is_sealed_that_is_refused_or_a_draft(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, rule_10b5_1="")
    report = form4_author.build(plan, tmp_path / "out", pdf=False, html=True, force=True, seal=True)
    assert (report.accepted, sorted(files(tmp_path / "out"))) == (False, ["roe.html"])


def test_nothing_is_sealed_that_does_not_build_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = write_plan(tmp_path)

    def otherwise(folder: Path, seal: Seal) -> Rebuilt:
        made = built_again(folder, seal)
        return Rebuilt({**made.files, "built/roe.html": b"other"}, made.versions)

    monkeypatch.setattr("form4_author.handover.sealing.built_again", otherwise)
    report = form4_author.build(plan, tmp_path / "out", pdf=False, html=True, seal=True)
    (finding,) = (finding for finding in report.findings if finding.is_error)
    assert (finding.code, str(finding.origin.position)) == ("SEA009", f"{plan}:1:1")
    assert finding.message.endswith("not sealed: built again of the copies, built/roe.html came out otherwise")
    assert not (tmp_path / "out" / "roe.sealed").exists()
    assert (tmp_path / "out" / "roe.xml").exists()


def test_a_ccc_in_a_file_is_not_sealed(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (plan.parent / "poa.txt").write_text(f"my word is {CCC}\n")
    (tmp_path / "cccs").write_text(f"1999999101: {CCC}\n")
    (tmp_path / "cccs").chmod(0o600)
    report = form4_author.build(
        plan, tmp_path / "out", pdf=False, submission=True, seal=True, ccc_file=tmp_path / "cccs"
    )
    assert [f.message for f in report.findings if f.code == "SEA009"] == [
        "the filing was built, but not sealed: a CCC stands in plan/form/poa.txt"
    ]


def test_standard_input_is_not_sealed() -> None:
    with pytest.raises(OptionError, match=r"^seal: standard input has no name to be kept under"):
        BuildOptions(seal=True).suit([Input("<stdin>", None, b"")])


def test_a_folder_that_cant_be_written_is_told_and_the_files_stand(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "roe.sealed").write_text("a file")
    report = form4_author.build(plan, tmp_path / "out", pdf=False, seal=True)
    assert [f.code for f in report.findings if f.is_error] == ["OUT004"]
    assert (tmp_path / "out" / "roe.sealed").read_text() == "a file"
    assert (tmp_path / "out" / "roe.xml").exists()


def write_firm(folder: Path) -> None:
    """A firm's file above the plan, with folders of which some have no part in it."""
    (folder / "form4-author.toml").write_text(
        'profiles = "insiders"\nlibrary = "notes.yaml"\ntemplate = "look"\nproof = true\nhtml = true\npdf = false\n'
        'output = "filed"\nignore = ["SIG002"]\n[[waivers]]\ncode = "OWN005"\nreason = "CCCs come on the day."\n'
    )
    (folder / "insiders").mkdir()
    (folder / "insiders" / "doe.yaml").write_text("cik: 1999999109\nname: Doe John\n")
    (folder / "notes.yaml").write_text("plan-sale: The sale was made under a plan.\n")
    (folder / "look").mkdir()
    (folder / "look" / "own.css").write_text("/* a firm's own */\n")


def test_the_firms_file_goes_in_with_what_of_it_had_a_part(tmp_path: Path) -> None:
    write_firm(tmp_path)
    plan = write_plan(tmp_path)
    report = form4_author.build(plan, tmp_path / "out", seal=True)
    assert report.accepted, report.findings
    folder = tmp_path / "out" / "roe.sealed"
    found = files(folder)
    assert {name for name in found if name.startswith("plan/") and "people" not in name} == {
        "plan/form4-author.toml",
        "plan/insiders/empty.txt",
        "plan/look/own.css",
        "plan/notes.yaml",
    }
    assert manifest(folder)["waivers"] == [{"code": "OWN005", "reason": "CCCs come on the day."}]
    assert (manifest(folder)["templates"], manifest(folder)["options"]["proof"]) == ("plan/look", True)
    moved = tmp_path / "another firm" / "roe.sealed"
    moved.parent.mkdir()
    (moved.parent / "form4-author.toml").write_text("strict = true\n")
    folder.rename(moved)
    assert verify(moved).findings == ()


def test_no_firms_file_from_around_the_folder_counts(tmp_path: Path) -> None:
    folder = seal(tmp_path)
    write_firm(tmp_path / "out")
    assert verify(folder).findings == ()


def test_what_was_asked_for_counts_before_the_firms_file_again(tmp_path: Path) -> None:
    write_firm(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own.css").write_text("/* mine */\n")
    people = tmp_path / "asked"
    people.mkdir()
    (people / "roe.yaml").write_text("cik: 1999999101\nname: Roe Jane\ndirector: yes\n")
    plan = write_plan(tmp_path, owners="owners: roe\n")
    report = form4_author.build(
        plan, tmp_path / "out", html=True, proof=False, template=tmp_path / "mine", profiles=people, seal=True
    )
    assert report.accepted, report.findings
    told = manifest(tmp_path / "out" / "roe.sealed")
    assert (told["templates"], told["profiles"]) == ("templates", "plan/asked")
    assert verify(tmp_path / "out" / "roe.sealed").findings == ()
