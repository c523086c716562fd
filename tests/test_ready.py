"""Compiled templates are taken where they are of the text and the code that are there, and say the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import jinja2
import pytest
from jinja2 import Environment, StrictUndefined

from form4_author import ready, ready_made
from form4_author.edgar import xml_template
from form4_author.page import drawing, templates
from form4_author.ready import Ready
from tests.conftest import ROOT
from tests.page_filings import exercise_and_sell

Made = Callable[[], list[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates, which is found in place of the one that ships."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "hello.j2").write_text("Hello {{ name }}.")
    monkeypatch.setattr(ready, "resource", lambda *_parts: tmp_path / "templates")

    def module(_folder: str, name: str) -> ModuleType | None:
        path = tmp_path / "compiled" / f"made_{name.replace('.', '_')}.py"
        spec = spec_from_file_location("made", path)
        assert spec
        assert spec.loader
        found = module_from_spec(spec)
        try:
            spec.loader.exec_module(found)
        except FileNotFoundError:
            return None
        return found

    monkeypatch.setattr(ready, "_module", module)
    return tmp_path


def environment(made_by: str = __file__) -> Environment:
    return Environment(loader=Ready("made", [made_by]), autoescape=True, undefined=StrictUndefined)


def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the templates that are compiled from now on."""
    names: list[str | None] = []
    compile_one = Environment.compile

    def counted(self: Environment, source: str, name: str | None = None, *args: object, **options: object) -> object:
        names.append(name)
        return compile_one(self, source, name, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", counted)
    return names


def test_a_module_is_taken_where_it_is_of_the_text_that_is_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = ready.write([environment()], folder)
    assert path == folder / "compiled" / "made_hello_j2.py"
    names = compiled(monkeypatch)
    assert environment().get_template("hello.j2").render(name="<Roe>") == "Hello &lt;Roe&gt;."
    assert names == []


@pytest.mark.parametrize("change", ["text", "code", "jinja", "gone", "no sources"])
def test_a_template_is_compiled_where_anything_is_not_what_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    code = folder / "code.py"
    code.write_text("one")
    (path,) = ready.write([environment(str(code))], folder)
    path.write_text(path.read_text().replace("Hello ", "Out of date "))
    greeting = "Hello"
    if change == "text":
        (folder / "templates" / "hello.j2").write_text("Good day {{ name }}.")
        greeting = "Good day"
    elif change == "code":
        code.write_text("two")
    elif change == "jinja":
        monkeypatch.setattr(jinja2, "__version__", "0.0")
    elif change == "gone":
        path.unlink()
    else:
        code.unlink()
    names = compiled(monkeypatch)
    assert environment(str(code)).get_template("hello.j2").render(name="Roe") == f"{greeting} Roe."
    assert names == ["hello.j2"]


def test_a_module_of_no_template_goes_and_one_that_is_right_is_left_alone(folder: Path) -> None:
    (path,) = ready.write([environment()], folder)
    stray, before = path.with_name("made_gone_j2.py"), path.stat().st_mtime_ns
    stray.write_text("")
    assert ready.write([environment()], folder) == [path]
    assert not stray.exists()
    assert path.stat().st_mtime_ns == before


def test_what_a_checkout_made_ready_says_is_what_its_templates_say(monkeypatch: pytest.MonkeyPatch) -> None:
    def pages() -> list[str]:
        for made in (templates.built_in, templates.of_memos, xml_template.environment):
            made.cache_clear()
        return [drawing.html(exercise_and_sell(), fonts=False), drawing.html(exercise_and_sell(), draft=True)]

    modules = ready_made.write()
    shipped = [path for path in (ROOT / "templates").glob("*/*") if path.is_file()]
    assert len(modules) == len(shipped)
    try:
        names = compiled(monkeypatch)
        ready_pages = pages()
        assert names == []
        monkeypatch.setattr(ready, "_module", lambda *_names: None)
        assert pages() == ready_pages
        assert "form4.html.j2" in names
    finally:
        monkeypatch.undo()
        pages()


def test_a_check_and_a_build_compile_no_template(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "import form4_author, jinja2\n"
        "from form4_author import ready_made\n"
        "ready_made.write()\n"
        "named = []\n"
        "compile_one = jinja2.Environment.compile\n"
        "def counted(self, source, name=None, *args, **options):\n"
        "    named.append(name)\n"
        "    return compile_one(self, source, name, *args, **options)\n"
        "jinja2.Environment.compile = counted\n"
        "plan = 'examples/exercise-and-sell/plan.yaml'\n"
        "assert form4_author.check(plan).accepted\n"
        f"report = form4_author.build(plan, {str(tmp_path)!r}, html=True, submission=True, proof=True)\n"
        "assert len(report.outputs) == 5, report\n"
        "print(named)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_no_template_is_read_as_code_from_where_a_user_could_write() -> None:
    for made in (templates.built_in().environment, templates.of_memos().environment, xml_template.environment()):
        assert made.bytecode_cache is None
        assert isinstance(made.loader, Ready)
