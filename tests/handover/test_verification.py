"""`verify`: what changed in a sealed folder, a finding each; nothing outside is read, and the same builds again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import form4_author
from form4_author.handover import rebuilding, verification
from form4_author.handover.rebuilding import Rebuilt
from form4_author.handover.verification import State, Verified, verify
from tests.handover.sealed import files, manifest, seal, write_manifest, write_plan, write_sums
from tests.rights import rights_bind


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return seal(tmp_path)


def told(found: Verified) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return [(f.code, Path(str(f.origin.position).rsplit(":", 2)[0]).name) for f in found.findings]


def test_what_nobody_touched_is_the_same_and_builds_again(folder: Path, tmp_path: Path) -> None:
    before = files(tmp_path)
    found = verify(folder)
    assert set(found.files.values()) == {State.SAME}
    assert found.files.keys() == files(folder).keys() - {"SHA256SUMS"}
    assert found.built == dict.fromkeys(manifest(folder)["built"], State.SAME)
    assert (found.findings, found.versions, found.accepted) == ((), {}, True)
    assert files(tmp_path) == before


def test_it_needs_nothing_but_the_folder(folder: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere" / "years later"
    moved.parent.mkdir()
    folder.rename(moved)
    for path in (tmp_path / "people").rglob("*"):
        if path.is_file():
            path.unlink()
    assert verify(moved).findings == ()


def test_each_file_is_told_of_once(folder: Path) -> None:
    (folder / "built" / "roe.xml").write_text("changed")
    (folder / "README.txt").unlink()
    (folder / "built" / "note.txt").write_text("added")
    found = verify(folder)
    assert told(found) == [("SEA003", "README.txt"), ("SEA004", "note.txt"), ("SEA002", "roe.xml")]
    assert [found.files[name] for name in ("README.txt", "built/note.txt", "built/roe.xml", "plan/form/roe.yaml")] == [
        State.MISSING,
        State.ADDED,
        State.CHANGED,
        State.SAME,
    ]
    assert not found.accepted


def test_a_changed_document_is_held_against_what_builds(folder: Path) -> None:
    (folder / "built" / "roe.xml").write_text("changed")
    assert verify(folder).built["built/roe.xml"] is State.SAME  # what builds is what was sealed
    write_sums(folder)
    assert told(verify(folder)) == [("SEA005", "seal.json"), ("SEA007", "roe.xml")]


def test_a_careful_forger_is_caught_by_what_builds_and_by_the_seal(folder: Path) -> None:
    noted = verify(folder).seal
    forged = (folder / "built" / "roe.xml").read_bytes().replace(b"31.15", b"31.16")
    (folder / "built" / "roe.xml").write_bytes(forged)
    said = manifest(folder)
    said["files"]["built/roe.xml"] = {"bytes": len(forged), "sha256": hashlib.sha256(forged).hexdigest()}
    write_manifest(folder, said)
    assert told(verify(folder)) == [("SEA007", "roe.xml")]
    assert told(verify(folder, expected=noted)) == [("SEA010", "SHA256SUMS"), ("SEA007", "roe.xml")]
    assert verify(folder, expected=verify(folder).seal.upper()).findings == verify(folder).findings


def test_nothing_is_built_of_a_plan_that_changed(folder: Path) -> None:
    (folder / "plan" / "form" / "fills.csv").write_text("Symbol\n")
    found = verify(folder)
    assert told(found) == [("SEA002", "fills.csv")]
    assert set(found.built.values()) == {State.NOT_BUILT}


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
@pytest.mark.parametrize("kind", ["link", "link to a folder", "pipe", "broken link"])
def test_what_is_no_file_is_not_followed(kind: str, folder: Path, tmp_path: Path) -> None:
    path = folder / "plan" / "form" / "poa.txt"
    same = path.read_bytes()
    path.unlink()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "poa.txt").write_bytes(same)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        targets = {"link": outside / "poa.txt", "link to a folder": outside, "broken link": outside / "none"}
        path.symlink_to(targets[kind])
    found = verify(folder)
    assert told(found) == [("SEA006", "poa.txt")]
    assert found.files["plan/form/poa.txt"] is State.NO_FILE


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_folder_that_became_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "plan" / "form").rename(tmp_path / "form")
    (folder / "plan" / "form").symlink_to(tmp_path / "form")
    assert told(verify(folder)) == [
        ("SEA006", "form"),
        ("SEA003", "fills.csv"),
        ("SEA003", "poa.txt"),
        ("SEA003", "roe.yaml"),
    ]


def test_what_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "README.txt").chmod(0)
    with rights_bind():
        assert told(verify(folder)) == [("FIL003", "README.txt")]


def test_a_file_that_cant_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before: Callable[[Path], str] = verification._hash

    def refuses(path: Path) -> str:
        if path.name == "README.txt":
            raise PermissionError(13, "Permission denied")
        return before(path)

    monkeypatch.setattr(verification, "_hash", refuses)
    found = verify(folder)
    assert [(f.code, f.message) for f in found.findings] == [("FIL003", "README.txt can't be read: Permission denied")]
    assert found.files["README.txt"] is State.UNREADABLE


@pytest.mark.parametrize(
    "name",
    ["../../out/roe.xml", "/etc/passwd", "plan/../../x", "a\\b", "", "plan//x", "./x", "x\n", "x\x1b[31m", "a" * 2000],
)
@pytest.mark.parametrize("key", ["plan", "against", "templates", "built", "files"])
def test_a_name_in_the_manifest_leads_nowhere(key: str, name: str, folder: Path) -> None:
    if name == "" and key in {"against", "templates"}:
        pytest.skip("it stands for none")
    said = manifest(folder)
    said[key] = [name] if key == "built" else {name: {"sha256": "0" * 64, "bytes": 1}} if key == "files" else name
    write_manifest(folder, said)
    found = verify(folder)
    assert told(found)[0][0] in {"SEA005", "SEA001"}
    assert (len(found.findings), found.unreadable, found.built) == (1, True, {})


@pytest.mark.parametrize("line", ["0" * 64 + "  ../x", "0" * 64 + "  /etc/passwd", "x", "0" * 64 + "  seal.json"])
def test_a_line_of_the_sums_leads_nowhere(line: str, folder: Path) -> None:
    with (folder / "SHA256SUMS").open("a") as sums:
        sums.write(line + "\n")
    (finding,) = verify(folder).findings
    count = len((folder / "SHA256SUMS").read_text().splitlines())
    assert (finding.code, str(finding.origin.position)) == ("SEA005", f"{folder / 'SHA256SUMS'}:{count}:1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        "[" * 100_000,
        '{"format": 2}',
        '{"format": "1"}',
        '{"format": 1}',
        '{"format": 1, "format": 1, "tool": 5}',
        "\ufeff\u2028",
    ],
)
def test_what_is_no_manifest_is_one_finding(text: str, folder: Path) -> None:
    write_manifest(folder, text)
    found = verify(folder)
    assert (told(found), found.unreadable) == ([("SEA001", "seal.json")], True)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("options", {}),
        ("options", {"document": "filer", "strict": "yes"}),
        ("had_ccc", ["ab"]),
        ("had_ccc", [5]),
        ("told_besides", [{"code": 5}]),
        ("versions", {"python": 3}),
        ("files", {"a": 5}),
        ("name", "../x"),
        ("built", "x"),
        ("waivers", [5]),
    ],
)
def test_a_manifest_of_another_shape_is_one_finding(key: str, value: Any, folder: Path) -> None:
    write_manifest(folder, {**manifest(folder), key: value})
    found = verify(folder)
    assert (len(found.findings), found.unreadable) == (1, True)
    assert found.findings[0].code in {"SEA001", "SEA005"}


@pytest.mark.parametrize("options", [{"document": "other"}, {"schema_version": "X9999"}])
def test_an_option_that_there_isnt_is_told(options: dict[str, Any], folder: Path) -> None:
    said = manifest(folder)
    said["options"] |= options
    write_manifest(folder, said)
    found = verify(folder)
    assert told(found) == [("SEA007", "roe.yaml")]
    assert "can't be built by this version" in found.findings[0].message


def test_a_sealed_plan_reaches_nothing_outside_of_the_folder(folder: Path) -> None:
    plan = folder / "plan" / "form" / "roe.yaml"
    plan.write_text(plan.read_text().replace("fills.csv", "../../../../people/form/fills.csv"))
    said = manifest(folder)
    said["files"]["plan/form/roe.yaml"]["sha256"] = hashlib.sha256(plan.read_bytes()).hexdigest()
    write_manifest(folder, said)
    (finding,) = verify(folder).findings
    assert (finding.code, "lies outside the folder plan" in finding.message) == ("SEA007", True)


def test_other_versions_are_said_and_compared_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = manifest(folder)
    said["tool"] = said["versions"]["form4-author"] = "0.0.9"
    said["versions"]["jinja2"] = "2.0"
    write_manifest(folder, said)
    found = verify(folder)
    assert told(found) == [("SEA008", "seal.json")]
    assert found.versions == {"form4-author": ("0.0.9", "0.1.0"), "jinja2": ("2.0", found.versions["jinja2"][1])}
    assert (found.accepted, set(found.built.values())) == (True, {State.SAME})
    before = rebuilding.built_again

    def newer(*given: Any) -> Rebuilt:
        made = before(*given)
        report = made.files["built/roe.report.json"].replace(b'"version": "0.1.0"', b'"version": "0.2.0"')
        page = {"built/roe.report.json": report, "built/roe.submission.xml": b"otherwise"}
        return replace(made, files={**made.files, **page})

    monkeypatch.setattr("form4_author.handover.verification.built_again", newer)
    found = verify(folder)
    assert found.built == {
        "built/roe.report.json": State.SAME_BUT_FOR_VERSIONS,
        "built/roe.submission.xml": State.DIFFERENT,
        "built/roe.xml": State.SAME,
    }
    assert [(f.code, f.severity.value) for f in found.findings] == [("SEA008", "note"), ("SEA007", "error")]


@pytest.mark.parametrize("missing", ["seal.json", "SHA256SUMS"])
def test_what_is_no_sealed_folder_is_one_finding(missing: str, folder: Path, tmp_path: Path) -> None:
    (folder / missing).unlink()
    found = verify(folder)
    assert [(f.code, f.message) for f in found.findings] == [
        ("SEA001", f"this is no sealed folder: it has no {missing}")
    ]
    assert found.unreadable
    assert [f.message for f in verify(tmp_path / "none").findings] == ["there is no such folder"]
    assert [f.code for f in verify(tmp_path / "people" / "form" / "poa.txt").findings] == ["SEA001"]


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_manifest_that_is_a_link_is_not_read(folder: Path, tmp_path: Path) -> None:
    (folder / "seal.json").rename(tmp_path / "seal.json")
    (folder / "seal.json").symlink_to(tmp_path / "seal.json")
    assert told(verify(folder)) == [("SEA006", "seal.json")]


def test_a_page_is_built_again_to_the_last_byte(tmp_path: Path) -> None:
    folder = seal(tmp_path, pdf=True, proof=True)
    assert verify(folder).built["built/roe.pdf"] is State.SAME
    assert "pango" in manifest(folder)["versions"]


def test_without_pango_all_but_the_page_is_held_against_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = seal(tmp_path, pdf=True)
    monkeypatch.setattr("form4_author.page.printer.missing", lambda: "cannot load library 'pango'")
    found = verify(folder)
    assert found.built == {
        "built/roe.pdf": State.NOT_BUILT,
        "built/roe.report.json": State.NOT_BUILT,
        "built/roe.submission.xml": State.SAME,
        "built/roe.xml": State.SAME,
    }
    assert [f.severity.value for f in found.findings if f.code != "SEA008"] == ["warning"]
    assert found.accepted


def test_what_was_sealed_without_pango_has_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("form4_author.page.printer.missing", lambda: "cannot load library 'pango'")
    plan = write_plan(tmp_path)
    report = form4_author.build(plan, tmp_path / "out", seal=True)
    assert (tmp_path / "out" / "roe.sealed").is_dir(), report.findings
    monkeypatch.undo()
    assert verify(tmp_path / "out" / "roe.sealed").findings == ()
