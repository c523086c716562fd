"""What is wrong with a firm's file: each mistake a finding at its line and column, with a way out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from form4_author import masking
from form4_author.findings import Finding
from form4_author.firm.reading import read_firm
from form4_author.firm.settings import BY_NAME, FILE, SETTINGS, Kind


def findings(folder: Path, text: str) -> list[Finding]:
    (folder / FILE).write_text(text)
    return [*read_firm(folder / FILE, FILE).findings]


def told(folder: Path, text: str) -> list[str]:
    return [
        f"{f.origin.position.line}:{f.origin.position.column} {f.code} {f.message} | {f.hint}"
        for f in findings(folder, text)
        if f.origin.position
    ]


def test_all_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "notes.yaml").write_text("a: b\n")
    text = (
        'profile = "people"\n'
        'library = ["notes.yaml", "note.yaml"]\n'
        'name = "{symbl}"\n'
        'strict = "yes"\n'
        'ignore = ["TXN001", "SIG"]\n'
        "jobs = 0\n"
        'template = "../x"\n'
        'output = ["a"]\n'
        'waivers = [{code = "OWN005", reasn = "x"}, {code = "OWN001", reason = "y"}, {code = "SSP001", reason = "z"}]\n'
        'profiles = "peopel"\n'
    )
    listed = ", ".join(f"{{{name}}}" for name in ("plan", "insider", "owner", "symbol", "form", "date"))
    assert told(tmp_path, text) == [
        '1:1 CFG002 unknown key "profile" | Did you mean profiles?',
        '2:26 CFG004 there is no file "note.yaml" | Did you mean notes.yaml?',
        (
            '3:8 CFG003 "{symbl}" is nothing that a name can hold | '
            f'Write name = "{{symbol}}-{{owner}}-{{date}}"; known are {listed}.'
        ),
        "4:10 CFG003 strict takes true or false | Write strict = true",
        "5:11 CFG003 TXN001 is an error, and errors can't be passed over | Delete it here; mend what it finds.",
        "6:8 CFG003 jobs takes a whole number from 1 to 64 | Write jobs = 4",
        (
            '7:12 CFG004 "../x" lies outside the folder of form4-author.toml | '
            "Name what lies in that folder or below it, told from there."
        ),
        '8:10 CFG003 output takes the name of a folder, which is made where there is none | Write output = "filed"',
        '9:30 CFG002 unknown key "reasn" | Did you mean reason?',
        '9:12 CFG003 a waiver without its reason | Write waivers = [{code = "TXN014", reason = "..."}]',
        "9:52 CFG003 OWN001 is an error, and errors can't be waived | Delete it here; mend what it finds.",
        '10:12 CFG004 there is no folder "peopel" | Did you mean people?',
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("strict = yes\n", "1:10"),
        ("a = 1\na = 2\n", "2:6"),
        ("a = [1,\n", "2:1"),
        ("[[[", "1:3"),
        ("a = " + "[" * 5000 + "]" * 5000, "1:1"),
        ("a = 1\n[a]\nb = 2\n", "2:3"),
    ],
)
def test_what_is_no_toml_is_told_where_it_stops(tmp_path: Path, text: str, place: str) -> None:
    (finding,) = findings(tmp_path, text)
    position = finding.origin.position
    assert finding.code == "CFG001"
    assert position is not None
    assert f"{position.line}:{position.column}" == place


def test_a_ccc_is_refused_wherever_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking, "_known", {"abcd1e$f"}, raising=False)
    found = findings(tmp_path, 'ccc = "x"\n[table]\nmy_ccc = 1\n')
    assert [(f.code, f.origin.position and f.origin.position.line) for f in found] == [("CFG005", 1), ("CFG005", 3)]


def test_links_folders_and_large_files_are_refused(tmp_path: Path) -> None:
    file, other = tmp_path / FILE, tmp_path / "other.toml"
    other.write_text("strict = true\n")
    file.symlink_to(other)
    assert [f.code for f in read_firm(file, FILE).findings] == ["CFG004"]
    file.unlink()
    file.mkdir()
    assert [f.code for f in read_firm(file, FILE).findings] == ["FIL002"]
    file.rmdir()
    os.mkfifo(file)
    assert [f.code for f in read_firm(file, FILE).findings] == ["FIL007"]
    file.unlink()
    assert [f.code for f in findings(tmp_path, "# " + "x" * 70_000)] == ["FIL004"]
    file.write_bytes(b'a = "\xff"')
    assert [f.code for f in read_firm(file, FILE).findings] == ["FIL005"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    firm, outside = tmp_path / "firm", tmp_path / "outside"
    firm.mkdir()
    outside.mkdir()
    (firm / "people").symlink_to(outside)
    (finding,) = findings(firm, 'profiles = "people"\n')
    assert finding.message == '"people" lies outside the folder of form4-author.toml'


def test_every_key_is_written_as_its_example_says(tmp_path: Path) -> None:
    for name in ("people", "templates"):
        (tmp_path / name).mkdir()
    (tmp_path / "footnotes.yaml").write_text("")
    text = "".join(f"{known.example}\n" for known in SETTINGS)
    assert findings(tmp_path, text) == []
    firm = read_firm(tmp_path / FILE, FILE)
    assert firm.settings.keys() == BY_NAME.keys() - {"waivers"}
    assert [(waiver.code, waiver.reason) for waiver in firm.waivers] == [("TXN014", "...")]


def test_every_key_stands_on_its_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "firm.md").read_text()
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in row.replace("`", "").replace(",", " ").split()} == {*BY_NAME}
    assert {known.kind for known in SETTINGS} == {*Kind}


def test_rules_are_passed_over_but_for_errors(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('ignore = ["TXN"]\n')
    over = read_firm(tmp_path / FILE, FILE).passed_over
    assert "TXN014" in over
    assert "TXN001" not in over
    (tmp_path / FILE).write_text('select = ["SIG"]\n')
    over = read_firm(tmp_path / FILE, FILE).passed_over
    assert "TXN014" in over
    assert "SIG001" not in over
