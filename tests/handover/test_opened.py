"""A submission opened: its documents become files under names that harm nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from form4_author.files.inputs import Input
from form4_author.handover.opened import Opened, open_submission
from tests.edgar.test_contents import BARE, FORM, block, enveloped, published


def opened(data: bytes, folder: Path, name: str = "s.xml") -> Opened:
    return open_submission(Input(name, None, data), into=folder)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_document_is_a_file_and_the_form_has_no_ccc(tmp_path: Path) -> None:
    found = opened(
        enveloped(("form4.xml", "4", block(FORM)), ("poa.txt", "EX-24", block(b"I appoint"))), tmp_path / "o"
    )
    assert files(tmp_path) == {"o/form4.xml": BARE, "o/poa.txt": b"I appoint"}
    assert found.report().outputs == (str(tmp_path / "o" / "form4.xml"), str(tmp_path / "o" / "poa.txt"))
    assert found.report().accepted


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("../../climbs.txt", "document-1.txt"),
        ("/etc/passwd", "document-1.txt"),
        ("c:\\poa.txt", "document-1.txt"),
        ("sub/poa.txt", "document-1.txt"),
        (".hidden", "document-1.txt"),
        ("con.txt", "document-1.txt"),
        ("poa.txt.", "document-1.txt"),
        ("a" * 65, "document-1.txt"),
        ("", "document-1.txt"),
        ("poa txt", "document-1.txt"),
        ("\u202etxt.exe", "document-1.txt"),
        ("POA-2.final.txt", "POA-2.final.txt"),
    ],
)
def test_a_name_that_could_lead_elsewhere_is_not_used(name: str, written: str, tmp_path: Path) -> None:
    opened(enveloped((name, "EX-24", block(b"I appoint"))), tmp_path / "in" / "o")
    assert files(tmp_path) == {f"in/o/{written}": b"I appoint"}


def test_documents_of_one_name_do_not_take_each_others_place(tmp_path: Path) -> None:
    page = b"<html></html>"
    opened(enveloped(("a.htm", "EX-99", block(b"one")), ("A.HTM", "EX-99", block(page))), tmp_path)
    assert files(tmp_path) == {"document-1.txt": b"one", "document-2.htm": page}


def test_nothing_is_written_over_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("mine")
    data = enveloped(("a.txt", "EX-99", block(b"one")), ("b.txt", "EX-99", block(b"two")))
    found = opened(data, tmp_path)
    assert files(tmp_path) == {"b.txt": b"mine"}
    assert [(f.code, str(f.origin.position)) for f in found.findings] == [("OUT004", f"{tmp_path / 'b.txt'}:1:1")]
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").symlink_to(tmp_path / "elsewhere")
    assert [f.code for f in opened(data, tmp_path).findings] == ["OUT004"]
    assert not (tmp_path / "elsewhere").exists()


def test_a_damaged_document_is_told_and_the_others_are_written(tmp_path: Path) -> None:
    found = opened(
        published(("EX-99", "a.txt", "one\n"), ("GRAPHIC", "b.gif", "begin 644 b.gif\n???\n")), tmp_path, "x.txt"
    )
    assert files(tmp_path) == {"a.txt": b"one\n"}
    assert [f.code for f in found.findings] == ["XML009"]


def test_a_ccc_that_cant_be_taken_out_is_not_written(tmp_path: Path) -> None:
    hidden = b"<ownershipDocument><documentType>4</documentType><RptOwnerCcc>ab#4c@d9</RptOwnerCcc></ownershipDocument>"
    found = opened(enveloped(("form4.xml", "4", block(hidden))), tmp_path)
    assert files(tmp_path) == {}
    assert [(f.code, f.message) for f in found.findings] == [
        ("XML009", "document 1 can't be taken out: a CCC may stand in it where none is looked for")
    ]


def test_a_folder_that_cant_be_written_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = opened(enveloped(("a.txt", "EX-99", block(b"one"))), tmp_path / "file")
    assert [f.code for f in found.findings] == ["OUT002"]
    assert found.written == {}


def test_what_cant_be_read_is_told_as_such(tmp_path: Path) -> None:
    found = open_submission(Input("none.xml", tmp_path / "none.xml"))
    assert (found.contents, found.report().unreadable) == (None, True)
    assert [f.code for f in found.findings] == ["FIL001"]
