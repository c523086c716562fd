"""What is shipped: the archives hold what they should, and the wheel works on its own, away from the checkout."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_examples import masked
from tests.test_locks import BROWSER, LOCKS

MISSING = [name for name in ("build", "hatchling", "pip") if find_spec(name) is None]
EXAMPLE = ROOT / "examples" / "exercise-and-sell"
needs_build_tools = pytest.mark.skipif(
    bool(MISSING), reason=f"this environment lacks {', '.join(MISSING)}: scripts/setup installs the test group"
)


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command, which must succeed; what it said is in the failure if it doesn't."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_", "COV_"))} | environment
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd, env=variables)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done


@dataclass(frozen=True)
class Archives:
    sdist: Path
    wheel: Path

    def wheel_names(self) -> set[str]:
        with zipfile.ZipFile(self.wheel) as archive:
            return set(archive.namelist())

    def sdist_names(self) -> set[str]:
        with tarfile.open(self.sdist) as archive:
            return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Archives:
    """The sdist, and the wheel built from it; nothing is fetched for that."""
    output = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", output, ROOT, cwd=output)
    (sdist,), (wheel,) = output.glob("*.tar.gz"), output.glob("*.whl")
    return Archives(sdist, wheel)


@pytest.fixture(scope="module")
def installed(archives: Archives, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an empty environment with the wheel; what it depends on is lent by this environment."""
    home = tmp_path_factory.mktemp("empty environment")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    python = home / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", archives.wheel, cwd=home)
    (packages,) = home.glob("lib/python*/site-packages")
    # A .pth adds folders only: the .pth files in them, such as that of an editable install, are not followed.
    (packages / "lent.pth").write_text("".join(f"{folder}\n" for folder in site.getsitepackages()), "utf-8")
    return python.parent


def files_below(folder: Path) -> set[str]:
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert found
    return found


@needs_build_tools
def test_the_wheel_holds_the_package_with_its_schemas_templates_and_fonts_and_nothing_else(archives: Archives) -> None:
    expected = (
        {f"form4_author/{name}" for name in files_below(ROOT / "form4_author")}
        | {f"form4_author/schemas/{name}" for name in files_below(ROOT / "schemas")}
        | {f"form4_author/templates/{name}" for name in files_below(ROOT / "templates")}
        | {f"form4_author/examples/{name}" for name in files_below(ROOT / "examples") if "/build/" not in name}
    )
    assert {"form4_author/py.typed", "form4_author/fonts/LICENSE-Liberation.txt"} <= expected
    assert {name.rpartition(".")[2] for name in expected} >= {"py", "xsd", "j2", "css", "ttf"}
    names = archives.wheel_names()
    assert {name for name in names if ".dist-info/" not in name and ".data/" not in name} == expected
    shared = {name.partition(".data/data/")[2] for name in names if ".data/" in name}
    assert shared == {f"share/man/man1/{name}" for name in files_below(ROOT / "man")}
    licences = {name.partition(".dist-info/licenses/")[2] for name in names if ".dist-info/licenses/" in name}
    bundled = "form4_author/workbench/static/LICENSES.txt"
    assert licences == {"LICENSE", "form4_author/fonts/LICENSE-Liberation.txt", bundled}


@needs_build_tools
def test_the_sdist_holds_all_that_building_testing_and_reading_need(archives: Archives) -> None:
    names = archives.sdist_names()
    for folder in ("form4_author", "schemas", "templates", "examples", "tests", "docs", "benchmarks", "scripts"):
        assert {f"{folder}/{name}" for name in files_below(ROOT / folder) if "/build/" not in name} <= names
    assert {f"browser/{name}" for name in BROWSER} <= names
    assert not [name for name in names if "node_modules" in name]
    assert {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "pyproject.toml"} <= names
    assert {"form4-author.cdx.json", "action.yml", "Containerfile", ".pre-commit-hooks.yaml", *LOCKS} <= names


@needs_build_tools
def test_the_wheel_carries_its_bill_of_materials(archives: Archives) -> None:
    with zipfile.ZipFile(archives.wheel) as archive:
        (name,) = (name for name in archive.namelist() if ".dist-info/sboms/" in name)
        carried = archive.read(name)
    assert name.endswith(".dist-info/sboms/form4-author.cdx.json")
    assert carried == (ROOT / "form4-author.cdx.json").read_bytes()
    (own,) = {json.loads(carried)["metadata"]["component"]["version"]}
    assert f"-{own}-" in archives.wheel.name


@needs_build_tools
def test_the_wheel_is_the_same_whoever_builds_it_and_when(archives: Archives, tmp_path: Path) -> None:
    """Built from the checkout, not from the sdist; in another time zone, with another mask for new files."""
    command = f"umask 077; exec {sys.executable} -m build --wheel --no-isolation --outdir {tmp_path} {ROOT}"
    run("sh", "-c", command, cwd=tmp_path, TZ="Asia/Tokyo", PYTHONHASHSEED="7")
    (again,) = tmp_path.glob("*.whl")
    assert again.name == archives.wheel.name
    assert again.read_bytes() == archives.wheel.read_bytes()


@needs_build_tools
def test_the_metadata_names_licence_readme_and_python(archives: Archives) -> None:
    with zipfile.ZipFile(archives.wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(archive.read(name))
    assert metadata["Name"] == "form4-author"
    assert metadata["License-Expression"] == "MIT AND OFL-1.1 AND ISC AND BSD-3-Clause"
    assert metadata["Requires-Python"] == ">=3.11"
    assert "form4-author build" in metadata.get_payload(decode=False)


@needs_build_tools
def test_the_installed_wheel_builds_an_example_from_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import form4_author; print(form4_author.__file__)", cwd=tmp_path).stdout
    assert Path(where.strip()).is_relative_to(installed.parent)

    folder = tmp_path / EXAMPLE.name
    folder.mkdir()
    shutil.copy(EXAMPLE / "plan.yaml", folder)
    run(installed / "form4-author", "build", "plan.yaml", "-o", "out", cwd=folder, HOME=str(folder))
    written = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    assert set(written) == {"exercise-and-sell.xml", "exercise-and-sell.pdf", "exercise-and-sell.report.json"}
    expected = {path.name: path.read_bytes() for path in (EXAMPLE / "expected").iterdir()}
    assert written["exercise-and-sell.xml"] == expected["exercise-and-sell.xml"]
    assert masked(written["exercise-and-sell.report.json"].decode()) == expected["exercise-and-sell.report.json"]
    assert written["exercise-and-sell.pdf"].startswith(b"%PDF-")
