"""What is installed and shipped is known: packages pinned by version and hash, the bundle, the bill of materials."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import sbom
from tests.conftest import ROOT

#: Each lock file with the groups of pyproject.toml that it is of; the package's own needs stand in the first two.
LOCKS = {
    "requirements.txt": ("test", "lint"),
    "requirements-run.txt": (),
    "requirements-fuzz.txt": (),
    "requirements-site.txt": ("site",),
    "requirements-release.txt": ("release",),
}
#: What the browser's part is bundled from, in the order of its digest.
BROWSER = (
    "bundle.mjs",
    "package-lock.json",
    *(f"src/{path.name}" for path in sorted((ROOT / "browser" / "src").iterdir())),
)


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pinned(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Each package of a lock file with the hashes of its files."""
    text = re.sub(r"^#.*\n", "", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
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
    for bundle in ("workbench.js", "chart.js", "line.js"):
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


def scripts() -> list[Path]:
    """The shell scripts."""
    found = [path for path in (ROOT / "scripts").iterdir() if path.is_file()]
    return [path for path in found if path.read_text("utf-8").startswith("#!/bin/sh\n")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_version_and_hash(lock: str) -> None:
    packages = pinned(lock)
    assert packages
    loose = [
        str(one)
        for one, hashes in packages
        if not re.fullmatch(r"==[\w.]+", str(one.specifier))
        or not hashes
        or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", text) for text in hashes)
    ]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_pinned_within_its_range(lock: str) -> None:
    pins = {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one, _ in pinned(lock)}
    data = pyproject()
    asked = [text for group in LOCKS[lock] for text in data["dependency-groups"][group]]
    if lock in {"requirements.txt", "requirements-run.txt"}:
        asked += [*data["project"]["dependencies"], *data["project"]["optional-dependencies"]["workbench"]]
    asked += data["build-system"]["requires"] if lock == "requirements.txt" else []
    wanted = [Requirement(text) for text in asked]
    assert [str(one) for one in wanted if not one.specifier.contains(pins.get(canonicalize_name(one.name), "0"))] == []


def test_every_group_and_every_lock_is_known_here() -> None:
    assert set(LOCKS) == {path.name for path in ROOT.glob("requirements*.txt")}
    groups = {group for groups in LOCKS.values() for group in groups}
    assert groups == pyproject()["dependency-groups"].keys() - {"dev"}, "dev is made of the others"


def test_what_is_used_alone_is_what_is_tested() -> None:
    """The same versions and hashes, whatever the marks of other systems."""
    tested = {(one.name, str(one.specifier)): hashes for one, hashes in pinned("requirements.txt")}
    used = {(one.name, str(one.specifier)): hashes for one, hashes in pinned("requirements-run.txt")}
    assert used.items() <= tested.items()


def test_what_is_installed_is_held_against_its_hash() -> None:
    """Each of a script and of the container's file: of a lock file with its hashes, or of what was built here."""
    installs = []
    for path in [*scripts(), ROOT / "Containerfile"]:
        text = path.read_text("utf-8").replace("\\\n", " ")
        installs += [(path.name, line.strip()) for line in re.findall(r"^.*pip\"? install.*$", text, re.MULTILINE)]
    text = (ROOT / "scripts" / "setup").read_text("utf-8")
    assert '"$@" --require-hashes --requirement requirements.txt && "$@" --no-deps --no-build-isolation' in text
    assert len(installs) > 5
    loose = [
        (name, line)
        for name, line in installs
        if "--require-hashes" not in line and "--no-deps" not in line and name != "setup"
    ]
    assert loose == []


def test_the_bill_of_materials_is_that_of_the_locks() -> None:
    """Where this fails, python -m tests.sbom > form4-author.cdx.json makes it anew."""
    if sys.platform == "win32":
        pytest.skip("the licences of other systems' packages aren't installed")
    held = json.loads((ROOT / "form4-author.cdx.json").read_text("utf-8"))
    assert held == sbom.bill()
    components = {one["name"]: one for one in held["components"]}
    assert (held["bomFormat"], held["specVersion"]) == ("CycloneDX", "1.6")
    run = {
        canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one, _ in pinned("requirements-run.txt")
    }
    told = {name: one["version"] for name, one in components.items() if one.get("purl", "").startswith("pkg:pypi/")}
    assert told == run
    fonts = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "form4_author").rglob("*.ttf")
    }
    assert {name: components[name]["hashes"][0]["content"] for name in fonts} == fonts
    assert {components[name]["licenses"][0]["license"]["id"] for name in fonts} == {"OFL-1.1"}
    assert components["@codemirror/view"]["purl"].startswith("pkg:npm/%40codemirror/view@")
    assert components["d3"]["licenses"] == [{"expression": "ISC"}]
    assert components["starlette"]["scope"] == "optional"
    assert components["weasyprint"]["scope"] == "required"
    refs = {one["bom-ref"] for one in held["components"]} | {held["metadata"]["component"]["bom-ref"]}
    assert refs == {edge["ref"] for edge in held["dependencies"]} | {
        one["bom-ref"] for one in held["components"] if not one.get("purl", "").startswith("pkg:pypi/")
    }
    assert {need for edge in held["dependencies"] for need in edge["dependsOn"]} <= refs
    (jinja,) = (edge for edge in held["dependencies"] if edge["ref"].startswith("pkg:pypi/jinja2@"))
    assert [need.partition("@")[0] for need in jinja["dependsOn"]] == ["pkg:pypi/markupsafe"]


def test_every_licence_is_one_of_spdx() -> None:
    held = json.loads((ROOT / "form4-author.cdx.json").read_text("utf-8"))
    told = {word for one in held["components"] for part in one["licenses"] for word in str(part).split()}
    plain = {re.sub(r"[^\w.-]", "", word) for word in told} - {"expression", "license", "id", "OR", "AND"}
    known = {"MIT", "MIT-0", "MIT-CMU", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "OFL-1.1"}
    assert plain == known | {"GPL-2.0-or-later", "LGPL-2.0-or-later", "MPL-1.1"}


def test_the_tests_that_the_page_on_security_names_exist() -> None:
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) > 35
    assert page.count("`tests/") == len(named)
    lacking = [
        f"{file}::{name}"
        for file, name in named
        if not Path(ROOT, file).exists() or f"\ndef {name}(" not in Path(ROOT, file).read_text("utf-8")
    ]
    assert lacking == []
    rows = re.findall(r"^\| (?!feared)([^|-][^|]*) \| ([^|]+) \|$", page, re.MULTILINE)
    assert [feared for feared, tests in rows if "`tests/" not in tests] == []


def test_the_scripts_are_sound_shell() -> None:
    for path in scripts():
        done = subprocess.run(["sh", "-n", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
