"""An archive of the SEC's schemas, added: what is kept of it, and every reason to refuse one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from form4_author import xsd
from form4_author.edgar import xml_source
from form4_author.filing import FORM_4
from form4_author.filing.forms import FORMS
from form4_author.findings import Rejected
from form4_author.schema_store import (
    SUBMISSION,
    add_archive,
    schema_set,
    schemas_in_use,
)
from form4_author.schema_store.samples import samples
from tests.conftest import shared_dir
from tests.schema_store.archives import COMMON, FORM, NAMES, add, packed, schema, told, tree

PLAIN, AMENDED = FORM_4.schemas


def test_an_added_archive_takes_precedence(specification: Mapping[str, str], tmp_path: Path) -> None:
    wider = {name: text.replace('maxLength value="60"', 'maxLength value="70"') for name, text in specification.items()}
    added = add(tmp_path, wider)
    folder = tmp_path / "data" / "schemas" / "edgar" / "X0609"
    assert (added.version, added.origin, added.folder, added.archive) == ("X0609", "added", folder, "spec.zip")
    kept = ["edgarSubmission.xsd.xml", *(f"{name}.xsd.xml" for name in NAMES)]
    assert [file.name for file in added.files] == kept
    assert {name: (folder / name).read_bytes().decode() for name in kept} == {name: wider[name] for name in kept}
    assert sorted(path.name for path in folder.iterdir()) == ["added.json", *kept]
    assert [path.name for path in folder.parent.iterdir()] == ["X0609"]

    in_use = schemas_in_use(tmp_path / "data")
    assert [(entry.version, entry.origin) for entry in in_use] == [
        *((version, "shipped") for version in ("X0206", "X0306", "X0407", "X0508")),
        ("X0607", "added"),
        ("X0609", "added"),
    ]
    good, _ = samples(PLAIN, "X0609")
    document = xml_source.parse(good.replace(">Common Stock<", f">{'x' * 65}<").encode(), "form4.xml")
    assert xsd.validate(document, in_use[-1]) == []
    assert [finding.code for finding in xsd.validate(document, schema_set("X0609", tmp_path))] == ["XSD003"]


@pytest.mark.parametrize("folder", ["", "a b/c/", "./"])
def test_the_files_may_lie_in_any_folder(specification: Mapping[str, str], folder: str, tmp_path: Path) -> None:
    assert add(tmp_path, specification, folder).origin == "added"


def test_the_files_may_be_named_without_xml(specification: Mapping[str, str], tmp_path: Path) -> None:
    plain = {
        name.removesuffix(".xml"): text.replace('Common.xsd.xml"', 'Common.xsd"')
        for name, text in specification.items()
    }
    added = add(tmp_path, plain)
    assert added.schema(PLAIN).is_valid(samples(PLAIN, "X0609")[0])
    assert [file.name for file in added.files][-1] == "ownershipDocumentCommon.xsd"


def test_the_folder_may_have_any_name(specification: Mapping[str, str], tmp_path: Path) -> None:
    odd = tmp_path / "J\N{LATIN SMALL LETTER U WITH DIAERESIS}rgen's data #1 %41 & more"
    added = add_archive(packed(tmp_path / "spec.zip", specification), odd)
    assert added.schema(AMENDED).is_valid(samples(AMENDED, "X0609")[0])


def test_without_an_envelope_the_shipped_one_judges(specification: Mapping[str, str], tmp_path: Path) -> None:
    added = add(tmp_path, {name: text for name, text in specification.items() if "edgarSubmission" not in name})
    assert [file.name for file in added.files] == [f"{name}.xsd.xml" for name in NAMES]
    good, bad = samples(SUBMISSION, "X0609")
    assert added.schema(SUBMISSION).is_valid(good)
    assert not added.schema(SUBMISSION).is_valid(bad)


def test_adding_again_replaces_what_was_added(specification: Mapping[str, str], tmp_path: Path) -> None:
    first = add(tmp_path, specification)
    second = add(
        tmp_path, {name: text.replace("</xs:schema>", "<!-- 2 --></xs:schema>") for name, text in specification.items()}
    )
    assert first.folder == second.folder
    assert first.sha256 != second.sha256
    assert schema_set("X0609", tmp_path / "data") == second
    assert [path.name for path in second.folder.parent.iterdir()] == ["X0609"]


@pytest.mark.shared
def test_the_secs_own_files_are_taken_and_judge_as_the_shipped_ones(tmp_path: Path) -> None:
    official = shared_dir("sec", "X0609")
    files = {path.name: path.read_bytes() for path in official.iterdir()}
    added = add(tmp_path, files)
    assert {file.name for file in added.files} == {"edgarSubmission.xsd.xml", *(f"{name}.xsd.xml" for name in NAMES)}
    for file in added.files:
        assert file.path.read_bytes() == files[file.name]
    for part in (PLAIN, AMENDED, SUBMISSION):
        good, bad = samples(part, "X0609")
        assert xsd.validate(xml_source.parse(good.encode(), "good.xml"), added) == []
        ours = xsd.validate(xml_source.parse(bad.encode(), "bad.xml"), schema_set("X0609", tmp_path))
        theirs = xsd.validate(xml_source.parse(bad.encode(), "bad.xml"), added)
        assert len(ours) == 1
        assert [(f.code, f.message, f.origin) for f in ours] == [(f.code, f.message, f.origin) for f in theirs]


def edit(name: str, old: str, new: str) -> Callable[[dict[str, str]], None]:
    def change(files: dict[str, str]) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return change


INCLUDE = 'schemaLocation=".//ownershipDocumentCommon.xsd.xml"'
HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
HUGE = " " * 1024 * 1024

REFUSED: dict[str, tuple[Callable[[dict[str, str]], object], str, str]] = {
    "no common part": (
        lambda files: files.pop(COMMON),
        "SCH004",
        "the archive lacks ownershipDocumentCommon.xsd.xml",
    ),
    "nothing of use": (
        lambda files: files.clear(),
        "SCH004",
        f"the archive lacks {', '.join(f'{name}.xsd.xml' for form in FORMS for name in form.schemas)}, {COMMON}",
    ),
    "one file twice": (
        lambda files: files.update({f"old/{FORM}": "<other/>"}),
        "SCH004",
        "ownership4Document.xsd.xml is in the archive twice, and differs",
    ),
    "too large a schema": (
        edit(FORM, "</xs:schema>", "</xs:schema>" + HUGE),
        "SCH002",
        '"spec/xsd/ownership4Document.xsd.xml" is packed suspiciously small',
    ),
    "no XML": (
        edit(FORM, "</xs:schema>", ""),
        "SCH005",
        "the schema is no safe XML: the file ends inside <xs:schema>, opened on line 2",
    ),
    "a document type": (
        edit(FORM, '<?xml version="1.0"?>', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "SCH005",
        "the schema is no safe XML: a document type declaration (<!DOCTYPE x) is not allowed",
    ),
    "no schema": (
        lambda files: files.update({FORM: "<html/>"}),
        "SCH005",
        "the root element <html> is not that of a schema",
    ),
    "a schema of another kind": (
        edit(FORM, "http://www.w3.org/2001/XMLSchema", "http://relaxng.org/ns/structure/1.0"),
        "SCH005",
        "the root element <xs:schema> is not that of a schema",
    ),
    "an include from the network": (
        edit(FORM, INCLUDE, 'schemaLocation="http://example.com/ownershipDocumentCommon.xsd.xml"'),
        "SCH006",
        'the schema includes "http://example.com/ownershipDocumentCommon.xsd.xml"',
    ),
    "an include that climbs": (
        edit(FORM, INCLUDE, 'schemaLocation="../ownershipDocumentCommon.xsd.xml"'),
        "SCH006",
        'the schema includes "../ownershipDocumentCommon.xsd.xml"',
    ),
    "an include of a file": (
        edit(COMMON, HEAD, f'{HEAD}<xs:include schemaLocation="file:///etc/passwd"/>'),
        "SCH006",
        'the schema includes "file:///etc/passwd"',
    ),
    "an import": (
        edit(COMMON, HEAD, f'{HEAD}<xs:import namespace="urn:x" schemaLocation="http://example.com/x.xsd"/>'),
        "SCH006",
        "the schema has an xs:import",
    ),
    "a redefinition under another prefix": (
        edit(COMMON, HEAD, f'{HEAD}<y:redefine xmlns:y="http://www.w3.org/2001/XMLSchema" schemaLocation="x.xsd"/>'),
        "SCH006",
        "the schema has an xs:redefine",
    ),
    "a location of its own": (
        edit(
            FORM,
            HEAD,
            f'{HEAD[:-1]} xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x http://x/x.xsd">',
        ),
        "SCH006",
        "the schema has a i:schemaLocation",
    ),
    "an unknown type": (
        edit(FORM, 'type="Issuer"', 'type="Nobody"'),
        "SCH007",
        "the schema can't be built: unknown type 'Nobody'",
    ),
    "another version": (
        edit(COMMON, "issuerForeignTradingSymbol", "issuerForeignSymbol"),
        "SCH008",
        "the schema has the elements of X0407 or X0508, not of X0609",
    ),
    "one that refuses what is right": (
        edit(COMMON, '<xs:enumeration value="S"/>', ""),
        "SCH009",
        "the schema refuses a document that is right",
    ),
    "one that accepts what is wrong": (
        edit(COMMON, '<xs:enumeration value="S"/>', '<xs:enumeration value="S"/><xs:enumeration value="K"/>'),
        "SCH009",
        "the schema accepts a document that is wrong",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_archive_that_is_not_right_is_refused_and_nothing_is_written(
    case: str, specification: Mapping[str, str], tmp_path: Path
) -> None:
    change, code, message = REFUSED[case]
    kept = add(tmp_path, specification)
    before = tree(tmp_path / "data")
    files = dict(specification)
    change(files)
    archive = packed(tmp_path / "evil.zip", files)
    with pytest.raises(Rejected) as refused:
        add_archive(archive, tmp_path / "data")
    assert {found for found, _ in told(refused)} == {code}
    assert any(text.startswith(message) for _, text in told(refused)), told(refused)
    assert all(finding.hint for finding in refused.value.findings)
    assert all(str(finding.origin.position).startswith(str(archive)) for finding in refused.value.findings)
    assert tree(tmp_path / "data") == before
    assert schema_set("X0609", tmp_path / "data") == kept
    assert not refused.value.unreadable


def test_a_missing_archive_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.zip", "FIL001"), (tmp_path, "FIL002")):
        with pytest.raises(Rejected) as refused:
            add_archive(path, tmp_path / "data")
        assert [finding.code for finding in refused.value.findings] == [code]
        assert refused.value.unreadable


def test_an_archive_of_an_unknown_version_is_refused(specification: Mapping[str, str], tmp_path: Path) -> None:
    archive = packed(tmp_path / "spec.zip", specification)
    with pytest.raises(Rejected) as refused:
        add_archive(archive, tmp_path / "data", version="../X0609")
    assert told(refused) == [("SCH008", "../X0609 is no schema version of Form 3, 4 or 5's")]
    with pytest.raises(Rejected) as refused:
        add_archive(archive, tmp_path / "data", version="X0508")
    assert told(refused) == [("SCH008", "the schema has the elements of X0609, not of X0508")]
    assert [finding.hint for finding in refused.value.findings] == ["Name the version that the archive is of: X0609."]
    assert not (tmp_path / "data" / "schemas" / "edgar" / "X0508").exists()


def test_an_archive_of_several_versions_is_told_once_and_no_version_is_named_for_it(
    specification: Mapping[str, str], tmp_path: Path
) -> None:
    older = schema('<xs:element name="ownershipDocument" type="xs:string"/>')
    with pytest.raises(Rejected) as refused:
        add(tmp_path, {**specification, FORM: older})
    assert told(refused) == [("SCH008", "the schema has the elements of X0306, not of X0609")]
    (finding,) = refused.value.findings
    assert str(finding.origin.position).startswith(f"{tmp_path / 'spec.zip'}/{FORM}:")
    assert finding.hint == "Its files are of several versions: take the SEC's archive as it was downloaded."


def test_a_data_folder_that_cant_be_written_is_told(specification: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(Rejected) as refused:
        add(tmp_path, specification)
    ((code, message),) = told(refused)
    assert code == "SCH010"
    assert message.endswith("X0609 can't be written: Not a directory")


def test_what_was_in_use_stays_in_use_where_renaming_fails(
    specification: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add(tmp_path, specification)
    before = tree(tmp_path / "data")
    rename = Path.rename

    def fails_in_place(self: Path, target: Path) -> Path:
        if target == first.folder and self.name != "old":
            raise PermissionError(1, "Operation not permitted")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_in_place)
    with pytest.raises(Rejected) as refused:
        add(tmp_path, specification)
    assert [finding.code for finding in refused.value.findings] == ["SCH010"]
    assert tree(tmp_path / "data") == before
    assert schema_set("X0609", tmp_path / "data") == first
