"""The CCCs: taken from the environment or a file, compared by number, never shown."""

from __future__ import annotations

import copy
import os
import pickle
import traceback
from pathlib import Path

import pytest

from form4_author.edgar.ccc import Keyring
from form4_author.findings import Finding, Origin, Position, Rejected, Severity

CCC = "a#ofc0rn"
OTHER = "b$xyz12*"
FORM = "A CCC has 8 characters, a numeral and one of @ # $ * among them; this one has {}."
SOURCE = "EDGAR's schema of a CCC: 8 characters, a numeral and one of @ # $ * among them"


def file(folder: Path, text: str | bytes, mode: int = 0o600) -> Path:
    path = folder / "cccs.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def refusal(path: Path) -> tuple[Finding, ...]:
    with pytest.raises(Rejected) as caught:
        Keyring.from_file(path)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.findings)
    assert not any(secret in shown for secret in (CCC, OTHER))
    return caught.value.findings


def test_ciks_are_compared_as_numbers() -> None:
    keyring = Keyring({"0000001234": CCC})
    assert [keyring.for_cik(cik) for cik in ("1234", "0000001234", "01234", " 1234 ", "12340", "", "x", "-1234")] == [
        *[CCC] * 4,
        *[None] * 4,
    ]
    assert keyring.knows("1234")
    assert not keyring.knows("4321")


def test_a_key_that_is_no_cik() -> None:
    with pytest.raises(ValueError, match="a CIK is 1 to 10 digits"):
        Keyring({"Jane": CCC})


def test_it_never_shows_what_it_holds() -> None:
    keyring = Keyring({"1": CCC, "2": OTHER})
    shown = [repr(keyring), str(keyring), f"{keyring}", repr([keyring]), repr(Keyring({"1": CCC}))]
    assert shown == ["<Keyring with 2 CCCs>"] * 3 + ["[<Keyring with 2 CCCs>]", "<Keyring with 1 CCC>"]
    assert not hasattr(keyring, "__dict__")


@pytest.mark.parametrize("written", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_can_not_be_written_down(written: object) -> None:
    assert callable(written)
    with pytest.raises(TypeError, match="a keyring is not written down: read it again where it is needed") as caught:
        written(Keyring({"1": CCC}))
    assert CCC not in "".join(traceback.format_exception(caught.value))


def test_environment() -> None:
    keyring = Keyring.from_environment(
        {"FORM4_CCC_0000001234": CCC, "FORM4_CCC_77": f" {OTHER}\n", "FORM4_CCC_88": "", "FORM4_CCCS": "x", "HOME": "/"}
    )
    assert len(keyring) == 2
    assert (keyring.for_cik("1234"), keyring.for_cik("77"), keyring.for_cik("88")) == (CCC, OTHER, None)
    assert keyring.findings == ()


def test_environment_with_mistakes_tells_all_of_them() -> None:
    with pytest.raises(Rejected) as caught:
        Keyring.from_environment(
            {"FORM4_CCC_JANE": CCC, "FORM4_CCC_1": CCC, "FORM4_CCC_001": OTHER, "FORM4_CCC_2": "short1#"}
        )
    assert [(f.code, f.message, f.origin, f.hint) for f in caught.value.findings] == [
        ("CCC005", "there are two different CCCs for the CIK 1", Origin(path="$FORM4_CCC_1"), ""),
        ("CCC001", "what is given for the CIK 2 is no CCC", Origin(path="$FORM4_CCC_2"), FORM.format(7)),
        (
            "CCC003",
            "$FORM4_CCC_JANE names no CIK",
            Origin(path="$FORM4_CCC_JANE"),
            "Name it FORM4_CCC_0001234567, with digits.",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"1234: {CCC}\n77:{OTHER}",
        f"\ufeff# who: what\r\n\r\n  0000001234 :\t{CCC}  # Jane\r\n0077: '{OTHER}'\r\n",
        f'1234: "{CCC}"\n77: {OTHER} # 2024: moved\n77: {OTHER}\n',
    ],
)
def test_file(tmp_path: Path, text: str) -> None:
    keyring = Keyring.from_file(file(tmp_path, text))
    assert (len(keyring), keyring.for_cik("1234"), keyring.for_cik("77")) == (2, CCC, OTHER)
    assert keyring.findings == ()


def test_an_empty_file_has_none(tmp_path: Path) -> None:
    assert len(Keyring.from_file(file(tmp_path, "# none\n\n"))) == 0


def test_malformed_lines_are_told_by_number_without_their_content(tmp_path: Path) -> None:
    text = f"1234 {CCC}\n1234: {CCC}\nJane: {CCC}\n: {CCC}\n1234: {CCC} {OTHER}\n5: {CCC}x\n1234: {OTHER}\n6:\n"
    path = file(tmp_path, text)
    assert [(f.code, f.message, f.origin.position) for f in refusal(path)] == [
        ("CCC003", "line 1 is not `CIK: CCC`", Position(str(path), 1, 1)),
        ("CCC003", "line 3 is not `CIK: CCC`", Position(str(path), 3, 1)),
        ("CCC003", "line 4 is not `CIK: CCC`", Position(str(path), 4, 1)),
        ("CCC003", "line 5 is not `CIK: CCC`", Position(str(path), 5, 1)),
        ("CCC001", "what is given for the CIK 5 is no CCC", Position(str(path), 6, 1)),
        ("CCC005", "there are two different CCCs for the CIK 1234", Position(str(path), 7, 1)),
        ("CCC003", "line 8 is not `CIK: CCC`", Position(str(path), 8, 1)),
    ]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o666])
@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_a_file_that_others_can_use_is_refused(tmp_path: Path, mode: int) -> None:
    path = file(tmp_path, f"1: {CCC}\n", mode)
    (finding,) = refusal(path)
    assert (finding.code, finding.message) == ("CCC002", "others than you can use the file with the CCCs")
    assert finding.hint == f"chmod 600 {path}"
    assert finding.origin.position == Position(str(path), 1, 1)


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_the_line_to_type_can_be_typed(tmp_path: Path) -> None:
    folder = tmp_path / "Jane's keys"
    folder.mkdir()
    (finding,) = refusal(file(folder, f"1: {CCC}\n", 0o644))
    assert finding.hint == f"chmod 600 '{tmp_path}/Jane'\\''s keys/cccs.txt'"


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    large = file(tmp_path, b"#" * (1024 * 1024 + 1))
    (too_large,) = refusal(large)
    (binary,) = refusal(file(tmp_path, f"1: {CCC}".encode("utf-16")))
    (latin,) = refusal(file(tmp_path, f"# Jos\u00e9\n1: {CCC}".encode("latin-1")))
    (folder,) = refusal(tmp_path)
    (missing,) = refusal(tmp_path / "none.txt")
    assert [finding.code for finding in (too_large, binary, latin, folder, missing)] == ["CCC004"] * 5
    assert [finding.message for finding in (too_large, binary, latin, folder, missing)] == [
        "the file with the CCCs is larger than 1 MiB",
        "the file with the CCCs is not UTF-8 text",
        "the file with the CCCs is not UTF-8 text",
        "the file with the CCCs is a folder",
        "there is no such file with CCCs",
    ]


def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    (finding,) = refusal(tmp_path / "pipe")
    assert (finding.code, finding.message) == ("CCC004", "the file with the CCCs is a pipe, a device or the like")


def test_an_unreadable_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        Keyring.from_file(tmp_path / "none.txt")
    assert caught.value.unreadable


@pytest.mark.parametrize(
    ("ccc", "length"), [("a#1", 3), ("a#1b2c3d4", 9), ("a#ofc rn1"[:8], 8), ("a#ofc0r\u00e9", 8), ("a#ofc0\tn", 8)]
)
def test_what_is_no_ccc_is_refused_without_being_shown(ccc: str, length: int) -> None:
    with pytest.raises(Rejected) as caught:
        Keyring.from_environment({"FORM4_CCC_1": ccc})
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == ("CCC001", "what is given for the CIK 1 is no CCC")
    assert (finding.hint, finding.source) == (FORM.format(length), SOURCE)
    assert ccc not in repr(finding)


@pytest.mark.parametrize(("ccc", "lacks"), [("a#ofcorn", "no numeral"), ("a1ofc0rn", "none of @ # $ *")])
def test_a_doubtful_ccc_is_kept_with_a_warning(ccc: str, lacks: str) -> None:
    keyring = Keyring.from_environment({"FORM4_CCC_1": ccc})
    assert keyring.for_cik("1") == ccc
    (finding,) = keyring.findings
    assert (finding.code, finding.severity) == ("CCC001", Severity.WARNING)
    assert finding.message == f"the CCC for the CIK 1 has {lacks} in it"
    assert ccc not in repr(finding)


def test_of_two_keyrings_the_second_counts() -> None:
    both = Keyring({"1": CCC, "2": CCC}) | Keyring({"02": OTHER})
    assert (both.for_cik("1"), both.for_cik("2"), len(both)) == (CCC, OTHER, 2)
    doubtful = Keyring.from_environment({"FORM4_CCC_3": "a#ofcorn"})
    assert (doubtful | both).findings == doubtful.findings == (both | doubtful).findings
