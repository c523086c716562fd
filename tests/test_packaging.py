"""What is shipped: the archives hold what they should, and the wheel works on its own, away from the checkout."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import site
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT
from tests.test_examples import masked

MISSING = [name for name in ("build", "hatchling", "pip") if find_spec(name) is None]
EXAMPLE = ROOT / "examples" / "exercise-and-sell"
#: What the browser's part is bundled from, in the order of its digest.
BROWSER = (
    "bundle.mjs",
    "package-lock.json",
    *(f"src/{path.name}" for path in sorted((ROOT / "browser" / "src").iterdir())),
)
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
    assert {name for name in names if ".dist-info/" not in name} == expected
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
    assert {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "requirements.txt", "pyproject.toml"} <= names


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


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pinned() -> list[tuple[Requirement, list[str]]]:
    """Each package of requirements.txt with the hashes of its files."""
    text = re.sub(r"^#.*\n", "", (ROOT / "requirements.txt").read_text("utf-8"), flags=re.MULTILINE)
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        what, *hashes = line.split(" --hash=")
        found.append((Requirement(what.strip()), [one.strip() for one in hashes]))
    return found


def test_the_bundle_is_made_of_its_sources_with_the_licences_of_all_in_it() -> None:
    """Where this fails, ./scripts/bundle makes it anew."""
    digest = hashlib.sha256()
    for name in BROWSER:
        digest.update(f"{name}\n".encode() + (ROOT / "browser" / name).read_bytes())
    static = ROOT / "form4_author" / "workbench" / "static"
    for bundle in ("workbench.js", "chart.js"):
        head = (static / bundle).read_text("utf-8").partition("\n")[0]
        assert digest.hexdigest() in head, bundle
    licences = (static / "LICENSES.txt").read_text("utf-8")
    packages = json.loads((ROOT / "browser" / "package-lock.json").read_text())["packages"]
    asked = json.loads((ROOT / "browser" / "package.json").read_text())["dependencies"]
    for name, version in asked.items():
        assert packages[f"node_modules/{name}"]["version"] == version
        assert f"\n{name} {version} (" in licences
    axe = (ROOT / "tests" / "workbench" / "axe" / "axe.min.js").read_text("utf-8")[:200]
    assert f"axe v{packages['node_modules/axe-core']['version']}" in axe


def test_every_package_is_pinned_by_version_and_hash() -> None:
    packages = pinned()
    assert len(packages) > 50
    loose = [
        str(one)
        for one, hashes in packages
        if not re.fullmatch(r"==[\w.]+", str(one.specifier))
        or not hashes
        or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", text) for text in hashes)
    ]
    assert loose == []


def test_every_dependency_is_pinned_within_its_range() -> None:
    pins = {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one, _ in pinned()}
    data = pyproject()
    groups = data["dependency-groups"]
    asked = [
        Requirement(text)
        for text in (
            *data["project"]["dependencies"],
            *data["project"]["optional-dependencies"]["workbench"],
            *groups["test"],
            *groups["lint"],
            *data["build-system"]["requires"],
        )
    ]
    assert len(asked) > 10
    assert [str(one) for one in asked if not one.specifier.contains(pins.get(canonicalize_name(one.name), "0"))] == []
