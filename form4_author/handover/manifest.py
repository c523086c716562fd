"""What a sealed folder says of itself: `seal.json` and `SHA256SUMS`, written and read.

Both may have been changed by whoever had the folder: what they say is held to a shape before anything is done with it,
and no name in them leads out of the folder.

Codes: SEA001 no sealed folder, SEA005 lists that can't be followed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error
from form4_author.report.file_report import dumps

FORMAT = 1
MANIFEST = "seal.json"
SUMS = "SHA256SUMS"
README = "README.txt"
MOST_FILES = 10_000
FLAGS = ("strict", "submission", "html", "pdf", "proof")
"""The options of a build that are on or off."""

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_LONGEST_NAME = 1000
_CIK = re.compile(r"[0-9]{1,10}")


class Seal(Struct, frozen=True, kw_only=True):
    """What `seal.json` says.

    Attributes:
        format: the version of this format.
        tool: the version of the tool.
        name: what the files that were built are called, without their endings.
        form: of a plan that makes several forms, which one; empty else.
        plan: the plan, by its path in the folder.
        against: the filing that a redline was made against; empty without one.
        templates: the folder of the page templates; empty without one.
        profiles: the folder of insiders' profiles that was asked for; empty without one.
        options: how it was built, by the names of the build's options.
        had_ccc: the CIKs for which there was a CCC at hand; the CCCs themselves are nowhere in the folder.
        versions: of Python, the libraries, the rules and the schema: all that decides the bytes.
        document_sha256: of the XML, which is the one that was sent but for the CCCs.
        waivers: the warnings that the plan let stand: code and reason.
        told_besides: findings of the report that come from elsewhere than the plan and its files.
        built: what was built, by its path in the folder.
        files: SHA-256, in hex, and bytes of every file but `seal.json` and `SHA256SUMS`, by its path in the folder.
    """

    format: int = FORMAT
    tool: str
    name: str
    form: str = ""
    plan: str
    against: str = ""
    templates: str = ""
    profiles: str = ""
    options: Mapping[str, Any] = {}
    had_ccc: tuple[str, ...] = ()
    versions: Mapping[str, str] = {}
    document_sha256: str
    waivers: tuple[Mapping[str, str], ...] = ()
    told_besides: tuple[Mapping[str, Any], ...] = ()
    built: tuple[str, ...] = ()
    files: Mapping[str, Mapping[str, Any]] = {}

    def text(self) -> str:
        """The manifest as JSON."""
        return dumps(asdict(self))


def read_seal(text: str, file: str) -> Seal:
    """What a manifest says.

    Args:
        text: its text.
        file: its name, as findings give it.

    Raises:
        Rejected: it is no manifest, or one of a later format (SEA001), or names a file outside its folder (SEA005).
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _no_seal(file, "is not JSON") from None
    if not isinstance(data, dict):
        raise _no_seal(file, "is no JSON object")
    if data.get("format") != FORMAT:
        later = isinstance(data.get("format"), int) and data["format"] > FORMAT
        raise _no_seal(file, "is of a later format than this version reads" if later else "names no format")
    given = {name: data[name] for name in Seal.__struct_fields__ if name in data}
    for name, kind in _SHAPES.items():
        if name not in given or not kind(given[name]):
            raise _no_seal(file, f"says nothing that can be understood under {name}")
    for name in _NAMES:
        given[name] = tuple(given[name])
    seal = Seal(**given)
    stray = next((name for name in _paths(seal) if not is_inside(name)), None)
    if stray is not None:
        raise Rejected([_leads_out(file, stray)], unreadable=True)
    return seal


def read_sums(text: str, file: str) -> tuple[dict[str, str], list[Finding]]:
    """The hash of each file, by its path in the folder, and what can't be followed.

    Args:
        text: lines as `sha256sum` writes them.
        file: the name that findings give.
    """
    sums: dict[str, str] = {}
    findings = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line:
            continue
        found = _LINE.fullmatch(line)
        if found is None or number > MOST_FILES:
            message = "this line is no hash and name" if found is None else f"more than {MOST_FILES:,} lines"
            findings.append(_at(file, number, message))
            break
        if not is_inside(found[2]):
            findings.append(_leads_out(file, found[2], number))
        elif found[2] in sums:
            findings.append(_at(file, number, f"{found[2]} stands twice"))
        else:
            sums[found[2]] = found[1]
    return sums, findings


def sums_text(sums: Mapping[str, str]) -> str:
    """The hashes as `sha256sum --check` reads them, by name."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))


def is_inside(name: str) -> bool:
    """Whether a name is that of a file in the folder or below it, plainly written."""
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable() or "\\" in name:
        return False
    parts = name.split("/")
    return not PurePosixPath(name).is_absolute() and all(part not in {"", ".", ".."} for part in parts)


def _paths(seal: Seal) -> Iterable[str]:
    yield from (name for name in (seal.plan, seal.against, seal.templates, seal.profiles, seal.name) if name)
    yield from seal.built
    yield from seal.files


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _findings(value: Any) -> bool:
    return _objects(value) and all(
        all(isinstance(one.get(name), str) for name in ("code", "message", "path", "hint", "source"))
        and one.get("severity") in {*Severity}
        and isinstance(one.get("file", 0), str | None)
        and all(isinstance(one.get(name), int | None) for name in ("line", "column"))
        and isinstance(one.get("waived", ""), str)
        for one in value
    )


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _is_said(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _of_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _of_files(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(one, dict) and isinstance(one.get("sha256"), str) for one in value.values()
    )


def _options(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and _is_said(value.get("document"))
        and all(isinstance(value.get(name), bool) for name in FLAGS)
        and all(_texts(value.get(name)) for name in ("select", "ignore"))
        and isinstance(value.get("schema_version", 0), str | None)
    )


def _ciks(value: Any) -> bool:
    return _texts(value) and all(_CIK.fullmatch(one) for one in value)


_SHAPES = {
    **dict.fromkeys(("tool", "name", "plan", "document_sha256"), _is_said),
    **dict.fromkeys(("form", "against", "templates", "profiles"), _text),
    "had_ccc": _ciks,
    "built": _texts,
    "waivers": _objects,
    "told_besides": _findings,
    "options": _options,
    "versions": _of_texts,
    "files": _of_files,
}
_NAMES = ("had_ccc", "built", "waivers", "told_besides")


def _no_seal(file: str, what: str) -> Rejected:
    hint = "Name a folder that `build --seal` wrote, as it wrote it."
    return Rejected([error("SEA001", f"{MANIFEST} {what}", Origin(Position(file, 1, 1)), hint=hint)], unreadable=True)


def _leads_out(file: str, name: str, line: int = 1) -> Finding:
    return _at(file, line, f"{name[:100]!r} is no name of a file inside this folder")


def _at(file: str, line: int, message: str) -> Finding:
    hint = "The list was changed after the folder was sealed: use a copy that was kept elsewhere."
    return error("SEA005", message, Origin(Position(file, line, 1)), hint=hint)
