"""What a sealed folder was built from, built again: the same stages on the copies that lie in it, and nothing else.

No CCC is needed: where one was at hand, eight asterisks stand for it while the form is judged, and what is built has
none.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from form4_author import preflight, schema_store
from form4_author.days.business_days import FILE_NAME, days_of
from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.filing import Filing
from form4_author.findings import Finding, Origin, Position, Rejected, Severity
from form4_author.firm.nearest import looked_for_below
from form4_author.handover.manifest import FLAGS, Seal
from form4_author.pipeline.draw import no_printer
from form4_author.pipeline.examine import Found, Judged, examine
from form4_author.pipeline.options import BuildOptions, document_kind
from form4_author.pipeline.verbs import outputs_of
from form4_author.preflight import catalogue
from form4_author.report.file_report import findings_data
from form4_author.version import __version__

BUILT, PLAN, SETTINGS = "built", "plan", "settings"
DAYS = f"{SETTINGS}/{FILE_NAME}"
REPORT = ".report.json"

#: Of the libraries, those of which a byte of what is built may depend.
_PACKAGES = (
    *("jinja2", "markupsafe", "pydantic", "pydantic-core", "pyyaml", "openpyxl", "xmlschema", "elementpath"),
    *("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools", "pillow", "pyphen"),
)
_STANDS_FOR_A_CCC = "*" * 8


def options_data(options: BuildOptions) -> dict[str, Any]:
    """How a form was built, as the manifest keeps it: what has a part in what is built, and no path."""
    return {
        "document": options.document.value,
        "schema_version": options.schema_version,
        **{name: getattr(options, name) for name in FLAGS},
        "select": list(options.select),
        "ignore": list(options.ignore),
    }


class Rebuilt(Struct, frozen=True):
    """What is built of the copies in a sealed folder, without a CCC in it, and with which versions.

    Attributes:
        files: what is built, by its path in the folder.
        versions: of all that decides its bytes.
        lacks: why no PDF can be drawn here, and so no report that names one be made; None where it can.
    """

    files: Mapping[str, bytes]
    versions: Mapping[str, str]
    lacks: Finding | None = None


def built_again(folder: Path, seal: Seal) -> Rebuilt:
    """Build what lies in a sealed folder.

    Raises:
        OptionError: it was built with an option that there isn't.
        Rejected: it can't be built: the plan is refused, or a file is missing.
    """
    options = _options(folder, seal)
    with days_of(folder / DAYS), looked_for_below(folder):
        judged = _judged(_examined(folder, seal, options, _stand_ins(seal)))
        judged = judged.told(_finding(said, Path(judged.file).parent) for said in seal.told_besides)
        bare = _judged(_examined(folder, seal, options, Keyring())) if seal.had_ccc else judged
        lacks = no_printer(judged.file, "verify it on another machine") if options.pdf else None
        outputs = outputs_of(judged, Path(seal.name), replace(options, pdf=options.pdf and not lacks), {})
    documents = {".xml": bare.document, ".submission.xml": bare.envelope}
    made = {}
    for output in outputs:
        ending = output.path.name.removeprefix(seal.name)
        data = documents.get(ending) or output.data
        if not (lacks and ending == REPORT):
            made[f"{BUILT}/{output.path.name}"] = data
    return Rebuilt(made, versions(judged.filing, pdf=options.pdf), lacks)


def _options(folder: Path, seal: Seal) -> BuildOptions:
    said = dict(seal.options)
    against = folder / seal.against if seal.against else None
    return BuildOptions.asked(
        document=document_kind(said["document"]),
        select=tuple(said["select"]),
        ignore=tuple(said["ignore"]),
        form=seal.form or None,
        template=folder / seal.templates if seal.templates else None,
        against=_input(folder, seal, against, "against") if against else None,
        **{name: said[name] for name in ("schema_version", *FLAGS)},
    )


def _examined(folder: Path, seal: Seal, options: BuildOptions, keyring: Keyring) -> Found:
    return examine(_input(folder, seal, folder / seal.plan, PLAN), options, keyring)


def _input(folder: Path, seal: Seal, path: Path, root: str) -> Input:
    profiles = folder / seal.profiles if seal.profiles else None
    return Input(str(path), path, root=folder / root, profiles=profiles)


def _judged(found: Found) -> Judged:
    if isinstance(found, Judged):
        return found
    raise Rejected(found.findings, unreadable=True)


def versions(filing: Filing | None, *, pdf: bool) -> dict[str, str]:
    """The versions of all that decides the bytes of what is built here.

    Args:
        filing: what is built; without one the schema isn't told.
        pdf: whether there is a PDF, which other libraries set.
    """
    found = {
        "form4-author": __version__,
        "rules": catalogue.version(preflight.RULES),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    if filing is not None:
        schema = schema_store.schema_in_use(filing)
        found["schema"] = f"{schema.version}, {schema.origin}, {schema.sha256}"
    if pdf:
        from form4_author.page.printer import pango_version  # noqa: PLC0415 - only a PDF needs it

        with contextlib.suppress(OSError):  # it isn't there, which the build of the page tells
            found["pango"] = pango_version()
    return found


def told_besides(folder: Path, seal: Seal, report: bytes) -> tuple[Mapping[str, Any], ...]:
    """The findings of a report that the copies in the folder don't give: they come from elsewhere, as other filings.

    Raises:
        Rejected: the copies can't be judged.
    """
    with days_of(folder / DAYS), looked_for_below(folder):
        found = _judged(_examined(folder, seal, _options(folder, seal), _stand_ins(seal)))
    own = findings_data(found.findings, relative_to=str(Path(found.file).parent))
    return tuple(finding for finding in json.loads(report)["findings"] if finding not in own)


def same_but_for_versions(report: bytes, again: bytes) -> bool:
    """Whether two reports say the same, the versions that they name aside."""
    try:
        one, other = json.loads(report), json.loads(again)
        return bool(_without_versions(one) == _without_versions(other))
    except (ValueError, AttributeError, RecursionError):
        return False


def _without_versions(report: dict[str, Any]) -> dict[str, Any]:
    return {part: said for part, said in report.items() if part not in {"tool", "rules", "schema"}}


def _stand_ins(seal: Seal) -> Keyring:
    return Keyring(dict.fromkeys(seal.had_ccc, _STANDS_FOR_A_CCC))


def _finding(said: Mapping[str, Any], folder: Path) -> Finding:
    """A finding from what a report says of it."""
    place = None
    if said["file"] is not None:
        place = Position(os.path.normpath(folder / said["file"]), said["line"], said["column"])
    return Finding(
        said["code"],
        Severity(said["severity"]),
        said["message"],
        Origin(place, said["path"]),
        said["hint"],
        said["source"],
        said.get("waived", ""),
    )
