"""The house's own order: what holds for every file of the project, whoever adds it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "form4_author"
MADE_BY_TOOLS = {".git", ".venv", "build", "dist", "mutants", "node_modules", "__pycache__"}
WRITTEN_BY_HAND = {".py", ".md", ".yaml", ".yml", ".toml", ".j2", ".css", ".xsd", ".sh", ".txt", ""}
MOST_LINES = 450
FORBIDDEN_CALLS = {
    *("float", "Markup", "eval", "exec", "print"),
    *("now", "utcnow", "today", "fromtimestamp"),  # the clock
}
#: The tests that are named for what they are about, not for a module of their room.
TOPICS = {
    "cli": {"faults", "git", "hostile_input", "hostile_names", "man_pages", "secrecy", "several"},
    "compose": {"forms_3_and_5", "no_key_dropped", "notes", "whole"},
    "decompose": {"whole"},
    "edgar": {"inverse", "origins", "second_documents"},
    "events": {"made_up", "practice", "recognition"},
    "page": {"browser", "nothing_lost", "pdf", "sec_rendering"},
    "plan": {"docs", "hints"},
    "preflight": {"cry_wolf", "rules", "sayings", "sleeping", "suspense", "ways_out"},
    "schema_store": {"unsafe_archives"},
    "xsd": {"schema_agreement"},
}
SHELL_BLOCK = re.compile(r"^```(?:sh|console|shell|bash)\n(.*?)^```", re.DOTALL | re.MULTILINE)


@cache
def project_files() -> tuple[Path, ...]:
    """Every file of the project, without what tools leave behind."""
    found = []
    for folder, below, names in os.walk(ROOT):
        below[:] = sorted(
            name for name in below if name not in MADE_BY_TOOLS and not name.endswith(("_cache", ".egg-info"))
        )
        found += [Path(folder, name) for name in sorted(names)]
    return tuple(found)


def written_files() -> tuple[Path, ...]:
    """The text that people write: sources, templates, documents and scripts, without the tests' bad input."""
    files = tuple(
        path
        for path in project_files()
        if path.suffix in WRITTEN_BY_HAND
        and not path.name.startswith("LICENSE")
        and path.relative_to(ROOT).parts[:2] not in {("tests", "cases"), ("tests", "golden"), ("tests", "rules")}
    )
    assert len(files) > 50
    return files


def product_sources() -> list[Path]:
    sources = [path for path in project_files() if path.suffix == ".py" and "form4_author" in path.parts]
    assert len(sources) > 15
    return sources


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_text_is_utf_8_without_tabs_or_trailing_blanks_and_ends_with_a_line_end() -> None:
    untidy = []
    for path in written_files():
        lines = path.read_bytes().decode("utf-8").split("\n")
        untidy += [f"{name_of(path)}:{n}" for n, line in enumerate(lines, 1) if "\t" in line or line != line.rstrip()]
        if lines[-1]:
            untidy.append(f"{name_of(path)}: no line end at the end")
    assert not untidy


def test_nothing_is_left_for_later() -> None:
    words = "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX"))
    assert not [name_of(path) for path in written_files() if re.search(rf"\b(?:{words})\b", path.read_text("utf-8"))]


def test_a_module_can_be_read_at_one_sitting() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in product_sources()}
    lengths |= {name_of(path): len(path.read_text("utf-8").splitlines()) for path in (ROOT / "tests").rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_the_tests_stand_where_what_they_test_stands() -> None:
    """`tests/<room>/test_<module>.py`, the room's own name for the room as a whole; all else is a named topic."""
    modules: dict[str, set[str]] = {}
    for path in product_sources():
        room, *below = path.relative_to(ROOT / "form4_author").with_suffix("").parts
        if below:
            modules.setdefault(room, {room}).update({below[-1], *below[:-1]} - {"__init__"})
    tests: dict[str, set[str]] = {}
    for path in (ROOT / "tests").glob("*/**/test_*.py"):
        tests.setdefault(path.relative_to(ROOT / "tests").parts[0], set()).add(path.stem.removeprefix("test_"))
    assert tests.keys() - modules.keys() == set(), "tests of no room"
    assert {room: named for room in tests if (named := tests[room] - modules[room])} == TOPICS


@pytest.mark.parametrize("path", product_sources(), ids=name_of)
def test_no_way_around_types_escaping_and_exact_numbers(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "# type: " + "ignore" not in text
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    names = {ast.unparse(call.func) for call in calls}
    assert not {name for name in names if name.rpartition(".")[2] in FORBIDDEN_CALLS}
    autoescape = [k.value for call in calls for k in call.keywords if k.arg == "autoescape"]
    assert all(isinstance(value, ast.Constant) and value.value is True for value in autoescape)


def test_templates_never_switch_escaping_off() -> None:
    templates = [path for path in project_files() if path.suffix == ".j2"]
    assert len(templates) > 3
    loose = [
        f"{name_of(path)}: {found}"
        for path in templates
        for found in re.findall(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8"))
    ]
    assert not loose
    assert {"".join(path.suffixes[-2:]) for path in templates} <= {".xml.j2", ".html.j2", ".css.j2"}


def links(path: Path) -> Iterator[str]:
    """The targets of a Markdown file's links and pictures, fenced text aside."""
    text = re.sub(r"^(```|~~~).*?^\1", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    yield from re.findall(r"\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)", text)
    yield from re.findall(r"(?:src|href)=\"([^\"]+)\"", text)


def anchors(path: Path) -> set[str]:
    """The anchors of a Markdown file's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.*?) *#*$", path.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", re.sub(r"`", "", heading).lower()).replace(" ", "-") for heading in headings}


def documents() -> list[Path]:
    found = [path for path in project_files() if path.suffix == ".md"]
    assert ROOT / "README.md" in found
    return found


def leads_nowhere(path: Path, target: str) -> bool:
    file, _, anchor = target.partition("#")
    there = (path.parent / file).resolve() if file else path
    inside = there.exists() and ROOT in (there, *there.parents)
    return not inside or bool(anchor and anchor not in anchors(there))


def test_links_between_documents_lead_somewhere() -> None:
    inner = [(path, link) for path in documents() for link in links(path) if not re.match(r"[a-z]+:", link)]
    assert len(inner) > 5
    assert not [f"{name_of(path)}: {link}" for path, link in inner if leads_nowhere(path, link)]


def test_the_files_that_the_documents_name_exist() -> None:
    """A path such as `filing/forms.py` is one of the package's or of the checkout's."""
    named = {
        (name_of(path), file)
        for path in (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "how-it-works.md")
        for file in re.findall(r"`((?:[\w.]+/)+[\w.]*)`", path.read_text("utf-8"))
        if "NAME" not in file and file != "expected/"
    }
    assert len(named) > 20
    assert not [(where, file) for where, file in named if not any((top / file).exists() for top in (PACKAGE, ROOT))]


def test_the_modules_that_how_it_works_names_exist() -> None:
    text = (ROOT / "docs" / "how-it-works.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", text)) - {"own.css"}
    assert len(named) > 10
    paths = {name: PACKAGE / name.replace(".", "/") for name in named}
    assert not [name for name, path in paths.items() if not (path.is_dir() or path.with_suffix(".py").exists())]


def test_the_commands_of_the_documents_exist() -> None:
    named = {
        (name_of(path), command)
        for path in documents()
        for block in SHELL_BLOCK.findall(path.read_text("utf-8"))
        for command in re.findall(r"^(?:\$ )?((?:\./)?scripts/[\w-]+)", block, re.MULTILINE)
    }
    assert {command for file, command in named if file == "README.md"} == {"scripts/example", "scripts/test"}
    assert not [(file, command) for file, command in named if not os.access(ROOT / command, os.X_OK)]


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    steps = [
        line
        for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]
    assert steps == ["exec ./scripts/test"]
