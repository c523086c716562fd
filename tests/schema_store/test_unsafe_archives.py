"""Archives that are hostile or damaged: nothing is unpacked of them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from form4_author.findings import Rejected
from form4_author.schema_store import (
    add_archive,
)
from form4_author.schema_store.archive import MAX_ENTRIES
from tests.schema_store.archives import FORM, packed, told


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
    assert told(refused) == [("SCH002", f'"spec/xsd/{FORM}" is larger than 256 KiB')]


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


def test_zip_names_are_read_as_written() -> None:
    """Python's own reader turns some names into harmless ones; the check must see them as they are."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a\\b", "")
    with zipfile.ZipFile(stream) as archive:
        assert archive.infolist()[0].orig_filename == "a\\b"
