"""What an added archive no longer refuses is told; the store is its user's own."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from form4_author.cli import main
from form4_author.filing.forms import schema_names
from form4_author.findings import Rejected
from form4_author.schema_store import SUBMISSION, schema_set
from form4_author.schema_store.archive import MAX_ELEMENTS
from form4_author.schema_store.samples import whole
from form4_author.schema_store.store import shipped_schema
from form4_author.sec_codes import CURRENT_VERSION
from tests.schema_store.archives import COMMON, FORM, add, packed, schema, told


def test_the_whole_documents_are_right_by_the_shipped_schemas() -> None:
    wrong = [
        (version, part)
        for part, form, _ in schema_names()
        for version in form.versions
        if not shipped_schema(part, version).is_valid(whole(part, version))
    ]
    assert wrong == []
    assert shipped_schema(SUBMISSION, CURRENT_VERSION).is_valid(whole(SUBMISSION, CURRENT_VERSION))


def test_an_archive_as_strict_as_the_shipped_one_is_taken_without_a_word(
    specification: Mapping[str, str], tmp_path: Path
) -> None:
    assert add(tmp_path, specification).laxer == ()


def test_what_a_laxer_archive_no_longer_refuses_is_told_and_kept(
    specification: Mapping[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = specification[COMMON]
    laxer = text.replace('<xs:maxLength value="255"/>', '<xs:maxLength value="9999"/>').replace(
        '<xs:fractionDigits value="4"/>', ""
    )
    assert laxer != text
    monkeypatch.setenv("FORM4_AUTHOR_DATA", str(tmp_path / "data"))
    path = packed(tmp_path / "spec.zip", {**specification, COMMON: laxer})
    monkeypatch.setattr("sys.argv", ["form4-author", "schemas", "add", str(path)])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert not ended.value.code
    kept = schema_set("X0609", tmp_path / "data")
    assert "ownerSignature/signatureName of 2,500 characters" in kept.laxer
    first, hint, verdict = said.err.splitlines()
    assert first.startswith(
        f"{path}:1:1: warning SCH012 these schemas are laxer than the shipped ones of X0609: "
        f"they no longer refuse {kept.laxer[0]}"
    )
    assert hint == f"  Take the archive from the SEC's own site; to go back, remove the folder {kept.folder}."
    assert verdict == f"{path}: accepted (1 warning)"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_store_is_its_users_own_whatever_the_umask(
    specification: Mapping[str, str], tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        add(tmp_path, specification)
    finally:
        os.umask(before)
    store = tmp_path / "data"
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (store, *store.rglob("*")) if path.is_dir()}
    assert (modes, {stat.S_IMODE(path.stat().st_mode) for path in store.rglob("*") if path.is_file()}) == (
        {0o700},
        {0o600},
    )


def test_a_schema_that_would_take_long_is_refused_before_it_is_built(
    specification: Mapping[str, str], tmp_path: Path
) -> None:
    many = "".join(f'<xs:element name="e{number}" type="xs:string"/>' for number in range(MAX_ELEMENTS))
    with pytest.raises(Rejected) as refused:
        add(tmp_path, {**specification, FORM: schema(many)})
    assert told(refused) == [("SCH002", "the schema has 1,501 elements; 1,500 are taken at most")]


@pytest.mark.parametrize("content", ["", "  ", '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'])
def test_an_empty_schema_is_refused(specification: Mapping[str, str], tmp_path: Path, content: str) -> None:
    with pytest.raises(Rejected) as refused:
        add(tmp_path, {**specification, FORM: content})
    assert {code for code, _ in told(refused)} <= {"SCH005", "SCH007", "SCH008", "SCH009"}
    assert not (tmp_path / "data" / "schemas" / "edgar" / "X0609").exists()


def test_an_empty_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as refused:
        add(tmp_path, {})
    ((code, message),) = told(refused)
    assert (code, message.startswith("the archive lacks ownership3Document.xsd.xml")) == ("SCH004", True)
