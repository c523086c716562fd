"""Which schemas are in use, shipped or added, and that damaged ones are not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from form4_author import schema_store
from form4_author.filing import FORM_3, FORM_4, DocumentKind, Filing, Medium
from form4_author.findings import Rejected
from form4_author.resources import resource
from form4_author.schema_store import (
    DATA_VARIABLE,
    SUBMISSION,
    data_folder,
    schema_set,
    schemas_in_use,
)
from form4_author.schema_store.samples import samples
from form4_author.sec_codes import ALL_VERSIONS
from tests.schema_store.archives import COMMON, NAMES, add

PLAIN, _AMENDED = FORM_4.schemas


def test_the_shipped_schemas_are_in_use_where_none_was_added(tmp_path: Path) -> None:
    sets = schemas_in_use(tmp_path)
    assert [entry.version for entry in sets] == ["X0206", "X0306", "X0407", "X0508", "X0607", "X0609"]
    for entry in sets:
        assert entry.origin == "shipped"
        assert entry.folder == resource("schemas", "edgar", entry.version)
        assert entry.archive == ""
        for file in entry.files:
            assert file.path == (entry.folder / file.name).resolve()
            assert file.sha256 == hashlib.sha256(file.path.read_bytes()).hexdigest()
        lines = "".join(f"{file.sha256}  {file.name}\n" for file in entry.files)
        assert entry.sha256 == hashlib.sha256(lines.encode()).hexdigest()
    names = {entry.version: [file.name for file in entry.files] for entry in sets}
    of_3, of_4_and_5 = ([f"{name}.xsd" for name in NAMES if kept(name)] for kept in (is_of_form_3, is_of_others))
    shared = ["../shared/cells.xsd", "../shared/form4.xsd", "../shared/form5.xsd", "../shared/places.xsd"]
    shared_3 = ["../shared/cells.xsd", "../shared/form3.xsd", "../shared/places.xsd"]
    old = "../X0306/ownershipDocumentCommon.xsd"
    assert names["X0306"] == [*shared, *of_4_and_5]
    assert names["X0407"] == names["X0508"] == [old, *shared, *of_4_and_5]
    assert names["X0609"] == [*shared, "edgarSubmission.xsd", *of_4_and_5]
    assert names["X0206"] == [old, *shared_3, *of_3]
    assert names["X0607"] == [old.replace("X0306", "X0609"), *shared_3, *of_3]


def is_of_form_3(name: str) -> bool:
    return "3" in name or "Common" in name


def is_of_others(name: str) -> bool:
    return "3" not in name


def test_every_version_has_its_folder_and_says_where_it_comes_from() -> None:
    folders = {path.name for path in resource("schemas", "edgar").iterdir() if path.is_dir()}
    assert folders == {*ALL_VERSIONS, "shared"}
    for version in ALL_VERSIONS:
        assert resource("schemas", "edgar", version, "SOURCE.md").read_text("utf-8").startswith(f"# {version}\n")


def test_a_version_without_schemas_is_judged_by_another(tmp_path: Path) -> None:
    assert schema_set("X0202", tmp_path).version == "X0306"
    assert schema_set("", tmp_path).version == "X0609"
    of_form_3 = {version: schema_set(version, tmp_path, form=FORM_3).version for version in ("X0203", "", "X0609")}
    assert of_form_3 == {"X0203": "X0206", "": "X0607", "X0609": "X0607"}
    assert schema_set("X0607", tmp_path).version == "X0609"


def test_a_filing_and_an_envelope_find_their_schemas(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    filing = Filing(version="X0407", kind=DocumentKind.RECORD, medium=Medium.XML)
    assert schema_store.schema_in_use(filing).version == "X0407"
    assert schema_store.envelope_in_use().version == "X0609"
    assert schema_store.schema_in_use(filing).schema(SUBMISSION).is_valid(samples(SUBMISSION, "X0609")[0])


def test_a_schema_is_built_once() -> None:
    nowhere = Path("no such folder")
    assert schema_set("X0609", nowhere).schema(PLAIN) is schema_set("X0609", nowhere).schema(PLAIN)


def test_the_data_folder_is_the_users_own_or_the_one_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    assert data_folder() == tmp_path / "data"
    monkeypatch.delenv(DATA_VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert data_folder().is_relative_to(tmp_path)
    assert data_folder().name == "form4-author"


def damage_a_file(folder: Path) -> None:
    path = folder / COMMON
    path.write_bytes(path.read_bytes().replace(b'value="30"', b'value="31"'))


def damage_the_note(folder: Path) -> None:
    (folder / "added.json").write_text("{", "utf-8")


def lead_out(folder: Path) -> None:
    note = json.loads((folder / "added.json").read_text("utf-8"))
    note["files"]["../../../../secret"] = note["files"].pop(COMMON)
    (folder / "added.json").write_text(json.dumps(note), "utf-8")


@pytest.mark.parametrize(
    ("damage", "name", "message"),
    [
        (damage_a_file, COMMON, "have changed since then"),
        (lambda folder: (folder / COMMON).unlink(), "added.json", "can't be used: No such file or directory"),
        (lambda folder: (folder / "added.json").unlink(), "added.json", "can't be used: No such file or directory"),
        (damage_the_note, "added.json", "can't be used: its note of hashes is damaged"),
        (lead_out, "added.json", "can't be used: its note of hashes is damaged"),
    ],
    ids=["changed", "lost", "no note", "note changed", "note leads out"],
)
def test_damaged_schemas_are_told_and_not_used(
    damage: Callable[[Path], None], name: str, message: str, specification: Mapping[str, str], tmp_path: Path
) -> None:
    added = add(tmp_path, specification)
    damage(added.folder)
    for use in (lambda: schema_set("X0609", tmp_path / "data"), lambda: schemas_in_use(tmp_path / "data")):
        with pytest.raises(Rejected) as refused:
            use()
        (finding,) = refused.value.findings
        assert (finding.code, finding.message) == (
            "SCH011",
            f"the SEC's schemas of X0609, added by the user, {message}",
        )
        assert str(finding.origin.position) == f"{added.folder / name}:1:1"
        assert finding.hint == (
            "Add the archive again (form4-author schemas add ARCHIVE.zip), or remove the folder "
            f"{added.folder} to go back to the shipped ones."
        )
    assert schema_set("X0508", tmp_path / "data").origin == "shipped"
    assert add(tmp_path, specification).sha256 == added.sha256


def test_a_schema_in_memory_is_not_mixed_up_with_a_new_one_in_its_place(
    specification: Mapping[str, str], tmp_path: Path
) -> None:
    first = add(tmp_path, specification).schema(PLAIN)
    wider = {name: text.replace('maxLength value="60"', 'maxLength value="70"') for name, text in specification.items()}
    good, _ = samples(PLAIN, "X0609")
    long = good.replace(">Common Stock<", f">{'x' * 65}<")
    assert not first.is_valid(long)
    assert add(tmp_path, wider).schema(PLAIN).is_valid(long)
