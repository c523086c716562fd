"""The bill of materials from the lock files: `python -m tests.sbom > form4-author.cdx.json`.

CycloneDX 1.6: what the wheel brings along (the fonts, what the workbench's bundle is made of) and the Python packages
that it installs, each with version and licence, and who needs whom. No clock and no chance: the same bytes each time.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

from fontTools.ttLib import TTFont
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from form4_author.version import __version__
from tests.conftest import ROOT

OWN = f"pkg:pypi/form4-author@{__version__}"
#: Of packages that only other systems install, so that their own words can't be asked here.
ELSEWHERE = {"colorama": "BSD-3-Clause", "brotlicffi": "MIT"}
#: What older packages call their licence, in the words of SPDX.
CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "License :: OSI Approved :: Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}


def bill() -> dict[str, Any]:
    """The whole document."""
    packages = _packages()
    bundled = [*_fonts(), *_bundled()]
    edges = {OWN: sorted([one["bom-ref"] for one in bundled] + [packages[n]["bom-ref"] for n in packages if _asked(n)])}
    for name, component in packages.items():
        edges[component["bom-ref"]] = sorted(packages[need]["bom-ref"] for need in _needs(name) & packages.keys())
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": OWN,
                "name": "form4-author",
                "version": __version__,
                "licenses": [{"expression": _project()["license"]}],
                "purl": OWN,
            }
        },
        "components": [*bundled, *packages.values()],
        "dependencies": [{"ref": ref, "dependsOn": needs} for ref, needs in edges.items()],
    }


def _project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def _asked(name: str) -> bool:
    """Whether the project itself asks for a package, always or for the workbench."""
    project = _project()
    texts = [*project["dependencies"], *project["optional-dependencies"]["workbench"]]
    return name in {canonicalize_name(Requirement(text).name) for text in texts}


def locked() -> dict[str, str]:
    """The version of each package of requirements.txt."""
    pins = re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


def _needs(name: str) -> set[str]:
    """What a package asks for, extras aside."""
    found = _installed(name)
    asked = [Requirement(text) for text in (found.requires or [] if found else [])]
    extras = {"typer": {"standard"}, "fonttools": {"woff"}}.get(name, set())
    return {
        canonicalize_name(one.name)
        for one in asked
        if one.marker is None or "extra" not in str(one.marker) or any(e in str(one.marker) for e in extras)
    }


def _packages() -> dict[str, dict[str, Any]]:
    """What is installed with the wheel and its extra, by name: all that its own requirements lead to in the lock."""
    pins, found = locked(), dict[str, dict[str, Any]]()
    waiting = sorted(name for name in pins if _asked(name))
    required = {canonicalize_name(Requirement(text).name) for text in _project()["dependencies"]}
    while waiting:
        name = waiting.pop(0)
        if name in found or name not in pins:
            continue
        purl = f"pkg:pypi/{name}@{pins[name]}"
        found[name] = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": pins[name],
            "scope": "required",
            "licenses": [{"expression": _licence(name)}],
            "purl": purl,
        }
        waiting += sorted(_needs(name))
    always, waiting = set[str](), sorted(required)
    while waiting:
        name = waiting.pop(0)
        if name not in always:
            always.add(name)
            waiting += sorted(_needs(name) & found.keys())
    for name in found.keys() - always:
        found[name]["scope"] = "optional"
    return dict(sorted(found.items()))


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _licence(name: str) -> str:
    found = _installed(name)
    if found is None:
        return ELSEWHERE[name]
    told = found.metadata
    if told["License-Expression"]:
        return str(told["License-Expression"])
    named = [CLASSIFIERS[one] for one in told.get_all("Classifier") or [] if one in CLASSIFIERS]
    if not named and not re.fullmatch(r"[\w.+-]+", str(told["License"])):
        raise LookupError(f"the licence of {name} isn't known: CLASSIFIERS lacks it")
    return " OR ".join(dict.fromkeys(named)) or str(told["License"])


def _fonts() -> list[dict[str, Any]]:
    found = []
    for path in sorted((ROOT / "form4_author" / "fonts").glob("*.ttf")):
        version = next(str(one) for one in TTFont(path)["name"].names if one.nameID == 5).removeprefix("Version ")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found.append(
            {
                "type": "file",
                "bom-ref": f"form4_author/fonts/{path.name}",
                "name": path.name,
                "version": version,
                "hashes": [{"alg": "SHA-256", "content": digest}],
                "licenses": [{"license": {"id": "OFL-1.1"}}],
            }
        )
    return found


def _bundled() -> list[dict[str, Any]]:
    """The packages in workbench.js and chart.js: those whose licences stand beside them."""
    licences = (ROOT / "form4_author" / "workbench" / "static" / "LICENSES.txt").read_text("utf-8")
    lock = json.loads((ROOT / "browser" / "package-lock.json").read_text("utf-8"))["packages"]
    found = []
    for name, version, licence in re.findall(r"^(\S+) (\d[\w.-]*) \(([^)]+)\)$", licences, re.MULTILINE):
        kind, _, digest = lock[f"node_modules/{name}"]["integrity"].partition("-")
        purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
        found.append(
            {
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": version,
                "hashes": [{"alg": kind.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}],
                "licenses": [{"expression": licence}],
                "purl": purl,
            }
        )
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(), indent=2) + "\n")
