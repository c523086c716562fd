"""WeasyPrint is loaded without what the page has no use for, and works as it does when it is loaded plainly."""

from __future__ import annotations

import ctypes.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere WeasyPrint's own search is left alone")


def told(script: str) -> list[str]:
    """The lines that a script prints in a fresh Python."""
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


COUNTED = """
import ctypes.util, sys
sought, search = [], ctypes.util.find_library
def counted(name):
    sought.append(name)
    return search(name)
ctypes.util.find_library = counted
from form4_author.page import printer
{before}
printer.weasyprint()
print(len(sought), ctypes.util.find_library is counted)
"""


@needs_linux
def test_no_library_is_sought_with_programs_where_all_are_there() -> None:
    assert told(COUNTED.format(before="")) == ["0 True"]


def test_where_a_library_is_not_under_its_name_the_search_is_weasyprints_own() -> None:
    (line,) = told(COUNTED.format(before="printer._is_there = lambda library: False"))
    number, restored = line.split()
    assert int(number) > 10
    assert restored == "True"


def test_other_names_are_sought_all_the_while() -> None:
    script = """
import ctypes.util
from form4_author.page import printer
with printer._no_vain_search():
    print(ctypes.util.find_library("pango-1.0"), ctypes.util.find_library("c"))
"""
    said = told(script)[0].split()
    assert said == ["None" if sys.platform == "linux" else said[0], str(ctypes.util.find_library("c"))]


def test_a_page_needs_no_subsetter(tmp_path: Path) -> None:
    script = f"""
import sys
import form4_author
report = form4_author.build("examples/rsu-vest/plan.yaml", {str(tmp_path)!r})
print(len(report.outputs), *sorted(set(sys.modules) & {{"weasyprint", "fontTools.subset", "fontTools.varLib"}}))
"""
    assert told(script) == ["3 weasyprint"]


def test_what_stands_in_is_the_thing_itself_once_it_is_used() -> None:
    script = """
import sys
from form4_author.page import printer
weasyprint = printer.weasyprint()
fonts = weasyprint.pdf.fonts
print("fontTools.subset" in sys.modules)
options = fonts.subset.Options(retain_gids=True)
import fontTools.subset
print(type(options) is fontTools.subset.Options, fonts.subset is not fontTools.subset)
try:
    fonts.instantiateVariableFont(wrong=True)
except TypeError as fault:
    print("wrong" in str(fault), "fontTools.varLib.instancer" in sys.modules)
"""
    assert told(script) == ["False", "True True", "True True"]
