from __future__ import annotations

import hashlib
import io
import json
import random
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from form4_author import schema_store, xsd
from form4_author.edgar import xml_source
from form4_author.filing import FORM_4, DocumentKind, Filing, Medium
from form4_author.findings import Rejected
from form4_author.resources import resource
from form4_author.schema_store import (
    DATA_VARIABLE,
    SUBMISSION,
    SchemaSet,
    add_archive,
    data_folder,
    schema_set,
    schemas_in_use,
)
from form4_author.schema_store.archive import MAX_ENTRIES
from form4_author.schema_store.samples import samples
from form4_author.sec_codes import SCHEMA_VERSIONS
from tests.conftest import shared_dir

PLAIN, AMENDED = FORM_4.schemas

NAMES = ["ownership4ADocument", "ownership4Document", "ownershipDocumentCommon"]


# --- archives to add ----------------------------------------------------------------------------------------------


def inside(name: str, version: str) -> str:
    """What stands between the tags of a shipped schema, without includes."""
    text = resource("schemas", "edgar", version, name).read_text("utf-8")
    body = text.partition("<xs:schema")[2].partition(">")[2].rpartition("</xs:schema>")[0]
    return re.sub(r"<xs:include [^>]*>", "", body)


def schema(body: str) -> str:
    return f'<?xml version="1.0"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{body}</xs:schema>\n'


@pytest.fixture(scope="module")
def specification() -> Mapping[str, str]:
    """Schemas laid out as the SEC's archive lays out its own, the content being that of the shipped ones."""
    include = '<xs:include schemaLocation=".//ownershipDocumentCommon.xsd.xml"/>'
    common = "ownershipDocumentCommon.xsd"
    old = "X0306"
    return {
        "ownership4Document.xsd.xml": schema(include + inside("ownership4Document.xsd", "X0609")),
        "ownership4ADocument.xsd.xml": schema(include + inside("ownership4ADocument.xsd", "X0609")),
        "ownershipDocumentCommon.xsd.xml": schema(
            inside(common, "X0609") + inside("../shared/form4.xsd", old) + inside("../shared/places.xsd", old)
        ),
        "edgarSubmission.xsd.xml": schema(inside("edgarSubmission.xsd", "X0609")),
        "ownership3Document.xsd.xml": "<not-looked-at/>",
        "sample.xml": "<ownershipDocument/>",
    }


def packed(path: Path, files: Mapping[str, str | bytes], folder: str = "spec/xsd/") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{folder}{name}", content)
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(refused: pytest.ExceptionInfo[Rejected]) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in refused.value.findings]


# --- what is in use -----------------------------------------------------------------------------------------------


def test_the_shipped_schemas_are_in_use_where_none_was_added(tmp_path: Path) -> None:
    sets = schemas_in_use(tmp_path)
    assert [entry.version for entry in sets] == ["X0306", "X0407", "X0508", "X0609"]
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
    shared = ["../shared/form4.xsd", "../shared/places.xsd"]
    own = [f"{name}.xsd" for name in NAMES]
    assert names["X0306"] == [*shared, *own]
    assert names["X0407"] == names["X0508"] == ["../X0306/ownershipDocumentCommon.xsd", *shared, *own]
    assert names["X0609"] == [*shared, "edgarSubmission.xsd", *own]


def test_every_version_has_its_folder_and_says_where_it_comes_from() -> None:
    folders = {path.name for path in resource("schemas", "edgar").iterdir() if path.is_dir()}
    assert folders == {*SCHEMA_VERSIONS, "shared"}
    for version in SCHEMA_VERSIONS:
        assert resource("schemas", "edgar", version, "SOURCE.md").read_text("utf-8").startswith(f"# {version}\n")


def test_a_version_without_schemas_is_judged_by_another(tmp_path: Path) -> None:
    assert schema_set("X0202", tmp_path).version == "X0306"
    assert schema_set("", tmp_path).version == "X0609"


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


# --- adding -------------------------------------------------------------------------------------------------------


def add(tmp_path: Path, files: Mapping[str, str | bytes], folder: str = "spec/xsd/") -> SchemaSet:
    return add_archive(packed(tmp_path / "spec.zip", files, folder), tmp_path / "data")


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
        *((version, "shipped") for version in ("X0306", "X0407", "X0508")),
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


# --- refusing -----------------------------------------------------------------------------------------------------


def edit(name: str, old: str, new: str) -> Callable[[dict[str, str]], None]:
    def change(files: dict[str, str]) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return change


FORM, COMMON = "ownership4Document.xsd.xml", "ownershipDocumentCommon.xsd.xml"
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
        "the archive lacks ownership4Document.xsd.xml, ownership4ADocument.xsd.xml, ownershipDocumentCommon.xsd.xml",
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


def entry(name: str, **attributes: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(info, key, value)
    return info


@pytest.mark.parametrize(
    ("info", "message"),
    [
        (entry("../up.txt"), 'the entry "../up.txt" leads out of the archive\'s folder'),
        (entry("a/../../up.txt"), 'the entry "a/../../up.txt" leads out of the archive\'s folder'),
        (entry("/etc/cron.d/x"), 'the entry "/etc/cron.d/x" leads out of the archive\'s folder'),
        (entry("C:/x"), 'the entry "C:/x" leads out of the archive\'s folder'),
        (entry("..\\x"), 'the entry "..\\x" leads out of the archive\'s folder'),
        (entry("link", external_attr=0o120777 << 16), 'the entry "link" is a link'),
        (entry("odd", compress_type=zipfile.ZIP_BZIP2), 'the entry "odd" is packed in an unusual way'),
    ],
)
def test_an_entry_that_is_not_safe_is_refused(
    info: zipfile.ZipInfo, message: str, specification: Mapping[str, str], tmp_path: Path
) -> None:
    archive = packed(tmp_path / "evil.zip", specification)
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(info, "content", info.compress_type)
    with pytest.raises(Rejected) as refused:
        add_archive(archive, tmp_path / "data")
    assert told(refused) == [("SCH003", message)]
    assert not (tmp_path / "data").exists()


def test_an_encrypted_entry_is_refused(specification: Mapping[str, str], tmp_path: Path) -> None:
    archive = packed(tmp_path / "evil.zip", {"ownership4Document.xsd.xml": specification[FORM]}, folder="")
    data = bytearray(archive.read_bytes())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.index(signature) + offset
        struct.pack_into("<H", data, place, struct.unpack_from("<H", data, place)[0] | 1)
    archive.write_bytes(data)
    with pytest.raises(Rejected) as refused:
        add_archive(archive, tmp_path / "data")
    assert told(refused) == [("SCH003", 'the entry "ownership4Document.xsd.xml" is encrypted')]


def test_a_bomb_is_refused_unopened(tmp_path: Path) -> None:
    archive = packed(tmp_path / "evil.zip", {FORM: b"0" * 1024 * 1024}, folder="")
    data = bytearray(archive.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\1\2") + 24, 300 * 1024 * 1024)  # what it says to unpack to
    archive.write_bytes(data)
    with pytest.raises(Rejected) as refused:
        add_archive(archive, tmp_path / "data")
    assert told(refused) == [
        ("SCH002", "the archive would unpack to 300 MiB"),
        ("SCH002", f'"{FORM}" is packed suspiciously small'),
    ]


def test_a_schema_of_unlikely_size_is_refused(specification: Mapping[str, str], tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(700_000).hex()
    archive = packed(tmp_path / "evil.zip", {**specification, FORM: noise})
    with pytest.raises(Rejected) as refused:
        add_archive(archive, tmp_path / "data")
    assert told(refused) == [("SCH002", f'"spec/xsd/{FORM}" is larger than 1 MiB')]


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    archive = packed(tmp_path / "evil.zip", {f"{number}.txt": "" for number in range(MAX_ENTRIES + 1)})
    with pytest.raises(Rejected) as refused:
        add_archive(archive, tmp_path / "data")
    assert told(refused) == [("SCH002", "the archive has 2,001 entries")]


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"%PDF-1.7", b"<xs:schema/>", bytes(1000)])
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "spec.zip"
    path.write_bytes(content)
    with pytest.raises(Rejected) as refused:
        add_archive(path, tmp_path / "data")
    ((code, message),) = told(refused)
    assert code == "SCH001"
    assert message.startswith("this is no sound ZIP archive")


def test_a_damaged_archive_is_refused_wherever_it_is_damaged(specification: Mapping[str, str], tmp_path: Path) -> None:
    """Bytes changed and the end cut off: a refusal or a sound result, never anything else."""
    sound = packed(tmp_path / "spec.zip", specification).read_bytes()
    places = range(0, len(sound), len(sound) // 60)
    damaged = [sound[:place] for place in places] + [
        sound[:place] + bytes([sound[place] ^ 0x55]) + sound[place + 1 :] for place in places
    ]
    codes = [code for data in damaged for code in refusal(data, tmp_path)]
    assert len(codes) > 100
    assert {code[:3] for code in codes} == {"SCH"}


def refusal(data: bytes, folder: Path) -> list[str]:
    (folder / "spec.zip").write_bytes(data)
    try:
        add_archive(folder / "spec.zip", folder / "data")
    except Rejected as refused:
        return [finding.code for finding in refused.findings]
    return []


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
    assert told(refused) == [("SCH008", "../X0609 is no schema version of Form 4's")]
    with pytest.raises(Rejected) as refused:
        add_archive(archive, tmp_path / "data", version="X0508")
    assert set(told(refused)) == {("SCH008", "the schema has the elements of X0609, not of X0508")}
    assert not (tmp_path / "data" / "schemas" / "edgar" / "X0508").exists()


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


# --- damage -------------------------------------------------------------------------------------------------------


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


def test_zip_names_are_read_as_written() -> None:
    """Python's own reader turns some names into harmless ones; the check must see them as they are."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a\\b", "")
    with zipfile.ZipFile(stream) as archive:
        assert archive.infolist()[0].orig_filename == "a\\b"
