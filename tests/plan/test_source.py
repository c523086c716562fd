"""Files, includes and what may be shown of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from form4_author.findings import Rejected
from form4_author.plan.source import load, loads, path_text


def refusal(path: Path, root: Path | None = None) -> tuple[str, str, bool]:
    with pytest.raises(Rejected) as caught:
        load(path, root=root)
    (finding,) = caught.value.findings
    assert finding.origin.position is not None
    assert finding.hint or finding.code == "PLN013"
    place = finding.origin.position
    return (
        finding.code,
        f"{Path(place.file).name}:{place.line}:{place.column}: {finding.message}",
        caught.value.unreadable,
    )


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.yaml") == ("FIL001", "none.yaml:1:1: there is no such file", True)
    (tmp_path / "folder.yaml").mkdir()
    assert refusal(tmp_path / "folder.yaml") == ("FIL002", "folder.yaml:1:1: this is a folder, not a file", True)


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"\x7fELF\0\0", "FIL005", "p.yaml:1:1: the file is not text (it holds NUL bytes)"),
        ("form: 4\n".encode("utf-16"), "FIL005", "p.yaml:1:1: the file is UTF-16 text"),
        ("form: 4\nremarks: café “x”".encode("cp1252"), "FIL005", "p.yaml:2:13: byte 0xE9 is not UTF-8 text"),
        (b"x" * (2 * 2**20 + 1), "FIL004", "p.yaml:1:1: the file is larger than 2 MiB"),
    ],
)
def test_content_that_is_no_plan_text(tmp_path: Path, content: bytes, code: str, said: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    assert refusal(path) == (code, said, True)


@pytest.mark.parametrize(
    ("content", "seen"),
    [(b"", "empty"), (b"# only a comment\n", "empty"), (b"- a\n", "a list"), (b"x", "a single text")],
)
def test_content_that_is_no_mapping(tmp_path: Path, content: bytes, seen: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    code, said, unreadable = refusal(path)
    assert (code, unreadable) == ("YML008", False)
    assert said.endswith(f"but this file is {seen}")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(b"\xef\xbb\xbfform: 4\r\nremarks: x\r\n")
    source = load(path)
    assert source.data == {"form": "4", "remarks": "x"}
    assert str(source.origin(("remarks",)).position) == f"{path}:2:10"


def test_an_include_lies_under_the_keys_beside_it(tmp_path: Path) -> None:
    (tmp_path / "issuer.yaml").write_text("cik: 1\nname: A\nsymbol: X\n")
    path = tmp_path / "plan.yaml"
    path.write_text("issuer:\n  include: issuer.yaml\n  symbol: Y\n")
    source = load(path)
    assert source.data == {"issuer": {"symbol": "Y", "cik": "1", "name": "A"}}
    assert str(source.origin(("issuer", "name")).position) == f"{tmp_path / 'issuer.yaml'}:2:7"
    assert str(source.origin(("issuer", "symbol")).position) == f"{path}:3:11"


def test_includes_may_include_and_come_as_lists_the_later_one_winning(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("include: sub/b.yaml\nx: a\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.yaml").write_text("include: c.yaml\ny: b\n")
    (tmp_path / "sub" / "c.yaml").write_text("x: c\ny: c\nz: c\n")
    path = tmp_path / "plan.yaml"
    path.write_text("include: [sub/c.yaml, a.yaml]\n")
    assert load(path).data == {"x": "a", "y": "b", "z": "c"}


def test_includes_that_lead_nowhere_or_outside(tmp_path: Path) -> None:
    inner = tmp_path / "plans"
    inner.mkdir()
    (tmp_path / "out.yaml").write_text("a: 1\n")
    (inner / "link.yaml").symlink_to(tmp_path / "out.yaml")
    (inner / "list.yaml").write_text("- a\n")
    (inner / "text.txt").write_text("a: 1\n")
    path = inner / "plan.yaml"

    def said(include: str) -> str:
        path.write_text(f"issuer: {{include: {include}}}\n")
        code, text, unreadable = refusal(path, root=inner)
        assert (code, unreadable) == ("PLN013", False)
        return text

    assert said("../out.yaml") == "plan.yaml:1:19: ../out.yaml lies outside the folder plans"
    assert said("/etc/passwd") == "plan.yaml:1:19: /etc/passwd lies outside the folder plans"
    assert said("link.yaml") == "plan.yaml:1:19: link.yaml lies outside the folder plans"
    assert said("none.yaml") == "plan.yaml:1:19: none.yaml can't be included: there is no such file"
    assert said("text.txt") == "plan.yaml:1:19: text.txt is not a YAML file"
    assert said("list.yaml") == "plan.yaml:1:19: list.yaml is a list, and keys are wanted here"
    assert said("plan.yaml") == "plan.yaml:1:19: plan.yaml includes itself, or too many files are included"
    path.write_text("issuer: {include: ../out.yaml}\n")
    assert load(path).data == {"issuer": {"a": "1"}}, "by default, one folder up is within reach"


def test_a_mistake_in_an_included_file_is_told_at_its_own_place(tmp_path: Path) -> None:
    (tmp_path / "issuer.yaml").write_text("cik: 1\ncik: 2\n")
    path = tmp_path / "plan.yaml"
    path.write_text("issuer: {include: issuer.yaml}\n")
    code, said, _ = refusal(path)
    assert (code, said) == ("YML002", "issuer.yaml:2:1: the key cik stands twice here, first in line 1")


def test_text_without_a_folder_includes_nothing() -> None:
    with pytest.raises(Rejected, match="this plan is in no folder"):
        loads("issuer: {include: issuer.yaml}")


def test_what_is_read_can_be_shown_also_where_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("a: 1\na: 2\n")
    texts: dict[str, str] = {}
    with pytest.raises(Rejected):
        load(path, texts=texts)
    assert texts == {str(path): "a: 1\na: 2\n"}


def test_the_place_of_one_character_of_a_value() -> None:
    source = loads('remarks: >-\n  plain\n  and “quoted” and “again”\nname: "a\\u2013b"\n')
    text = source.data["remarks"]
    indexes = [text.index("“"), text.index("”"), text.rindex("“")]
    places = [str(origin.position) for origin in source.origins_of_characters(("remarks",), text, indexes)]
    assert places == ["plan.yaml:3:7", "plan.yaml:3:14", "plan.yaml:3:20"]
    (origin,) = source.origins_of_characters(("name",), source.data["name"], [1])
    assert str(origin.position) == "plan.yaml:4:7", "written as an escape, it stands nowhere by itself"


def test_key_paths_are_written_as_people_write_them() -> None:
    assert path_text(("transactions", 0, "notes", "price", 1)) == "transactions[0].notes.price[1]"


def test_an_include_that_is_no_file_or_has_an_impossible_name(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    for name, message in (
        ("pipe.yaml", "pipe.yaml can't be included: this is a pipe, not a file"),
        ("loop.yaml", "loop.yaml can't be included: the file can't be read: Too many levels of symbolic links"),
        ('"a\\0b.yaml"', "a\0b.yaml can't be the name of a file"),
    ):
        path.write_text(f"issuer: {{include: {name}}}\n")
        assert refusal(path) == ("PLN013", f"plan.yaml:1:19: {message}", False)


def test_includes_do_not_add_up_to_more_depth_than_a_plan_has(tmp_path: Path) -> None:
    deep = "".join(f"{' ' * number}a:\n" for number in range(20)) + " " * 20
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_text(f"{deep}include: {number + 1}.yaml\n")
    (tmp_path / "3.yaml").write_text("b: 1\n")
    message = "1.yaml:21:30: with 2.yaml, entries are nested more than 32 deep"
    assert refusal(tmp_path / "0.yaml") == ("PLN013", message, False)


def test_a_list_stands_in_the_place_of_the_item_that_includes_it(tmp_path: Path) -> None:
    (tmp_path / "group.yaml").write_text("# two\n- {cik: 1, name: A}\n- {include: third.yaml}\n- cik: 2\n  name: B\n")
    (tmp_path / "third.yaml").write_text("cik: 3\nname: C\n")
    path = tmp_path / "plan.yaml"
    path.write_text("owners:\n  - {cik: 8}\n  - {include: [group.yaml, more.yaml]}\n  - {cik: 9, name: Z}\n")
    (tmp_path / "more.yaml").write_text("- {cik: 4}\n")
    source = load(path)
    assert source.data["owners"] == [
        {"cik": "8"},
        {"cik": "1", "name": "A"},
        {"cik": "3", "name": "C"},
        {"cik": "2", "name": "B"},
        {"cik": "4"},
        {"cik": "9", "name": "Z"},
    ]
    stands = [source.origin(("owners", index, "cik")).position for index in range(6)]
    assert [(Path(at.file).name, at.line, at.column) for at in stands if at] == [
        ("plan.yaml", 2, 11),
        ("group.yaml", 2, 9),
        ("third.yaml", 1, 6),
        ("group.yaml", 4, 8),
        ("more.yaml", 1, 9),
        ("plan.yaml", 4, 11),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("owners:\n  - {include: group.yaml, director: yes}\n", "2:15: group.yaml is a list, and keys are wanted here"),
        ("owners: {include: group.yaml}\n", "1:19: group.yaml is a list, and keys are wanted here"),
        ("owners:\n  - {include: [one.yaml, group.yaml]}\n", "2:26: group.yaml is a list, and keys are wanted here"),
        ("owners:\n  - {include: round.yaml}\n", "1:13: round.yaml includes itself, or too many files are included"),
    ],
)
def test_a_list_that_can_t_be_included(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "group.yaml").write_text("- {cik: 1}\n")
    (tmp_path / "one.yaml").write_text("cik: 1\n")
    (tmp_path / "round.yaml").write_text("- {include: round.yaml}\n")
    path = tmp_path / "plan.yaml"
    path.write_text(written)
    code, told, _ = refusal(path)
    assert (code, told.partition(":")[2]) == ("PLN013", said)
