"""Taking the SEC's specification archive (`ownershipxmltechspec-*.zip`) into the user's data folder.

An archive is a stranger's file: its size, its paths and the schemas inside are checked before anything is kept, and
what is kept appears whole or not at all.

Codes: SCH001 no ZIP archive, SCH002 too large, SCH003 an entry's name or kind is not safe, SCH004 a file is missing or
there twice, SCH005 a file is no XML schema, SCH006 a schema refers to what is not its own, SCH007 a schema can't be
built, SCH008 the schemas are those of another version, SCH009 a schema doesn't judge as it should, SCH010 a file can't
be written.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from form4_author.edgar import xml_source
from form4_author.files.reading import read_bytes
from form4_author.filing.forms import Feature, schema_names
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.schema_store.laxness import laxer
from form4_author.schema_store.samples import samples
from form4_author.schema_store.store import (
    MANIFEST,
    SUBMISSION,
    SchemaSet,
    added_folder,
    build,
    parts,
    schema_set,
    shipped_schema,
)
from form4_author.sec_codes import CURRENT_VERSION, SCHEMA_VERSIONS
from form4_author.sec_codes.form_names import supported_form

if TYPE_CHECKING:
    from xmlschema import XMLSchema

MAX_ARCHIVE = 64 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_SCHEMA = 256 * 1024
MAX_ELEMENTS = 1500
"""Elements of one schema file; the SEC's largest has some 620. Building takes time by the square of their number."""

MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 200

COMMON = "ownershipDocumentCommon"
_NEEDED = (*(part for part in parts() if part != SUBMISSION), COMMON)
_WANTED = (*_NEEDED, SUBMISSION)
_NAME = re.compile(rf"({'|'.join(_WANTED)})\.xsd(\.xml)?")
#: Elements by which a schema tells of which version it is, the latest first, each with what it came with.
_TELLING = (("issuerForeignTradingSymbol", Feature.ABROAD), ("aff10b5One", Feature.PLAN_BOX))
_XSD = "http://www.w3.org/2001/XMLSchema"


def add_archive(path: Path, data: Path | None = None, *, version: str = CURRENT_VERSION) -> SchemaSet:
    """Check the SEC's specification archive, and keep its schemas as those in use for a version.

    Only the schema files of supported forms are kept, their bytes unchanged, under their usual names.

    Args:
        path: the ZIP archive; the files may lie in folders, and end in `.xsd` or `.xsd.xml`.
        data: the user's data folder, if another than `data_folder()`.
        version: the version of Forms 4 and 5 that the archive is of; Form 3's of the same time comes with it. The files
            don't say it, but it has to fit what is in them.

    Raises:
        Rejected: the archive can't be read (FIL001 to FIL004) or is refused (SCH001 to SCH009), or the data folder
            can't be written (SCH010). Nothing is written then, and what was in use stays in use.
    """
    archive = read_bytes(path, str(path), MAX_ARCHIVE)
    origin = Origin(Position(str(path), 1, 1))
    if version not in SCHEMA_VERSIONS:
        known = ", ".join(SCHEMA_VERSIONS)
        raise Rejected(
            [_refusal("SCH008", f"{version} is no schema version of {supported_form()}'s", origin, f"Known: {known}.")]
        )
    files = _unpack(archive, origin)
    kept = _named_as_included(files, origin)
    folder = added_folder(version, data)
    note: dict[str, object] = {
        "archive": path.name,
        "archive_sha256": hashlib.sha256(archive).hexdigest(),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(kept.items())},
    }
    try:
        home = folder.parent.parent.parent
        own = [folder.parent, folder.parent.parent, *([] if home.exists() else [home])]
        folder.parent.mkdir(parents=True, exist_ok=True)
        for made in own:
            made.chmod(0o700)
        with tempfile.TemporaryDirectory(prefix=f".{version}.", dir=folder.parent) as temporary:
            new = Path(temporary) / version
            new.mkdir()
            for name, content in kept.items():
                (new / name).write_bytes(content)
            note["laxer"] = _try_out(new, kept, version, origin)
            (new / MANIFEST).write_text(json.dumps(note, indent=2) + "\n", "utf-8")
            _keep_private(new)
            _put_in_place(new, folder, Path(temporary) / "old")
    except OSError as problem:
        reason = problem.strerror or str(problem)
        hint = "Make room or rights there, or name another data folder in FORM4_AUTHOR_DATA."
        raise Rejected([_refusal("SCH010", f"{folder} can't be written: {reason}", origin, hint)]) from None
    return schema_set(version, data)


def _unpack(archive: bytes, origin: Origin) -> dict[str, bytes]:
    """The wanted files of an archive by their names without folder and ending."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = opened.infolist()
            problems = [*_too_large(entries, origin), *_unsafe(entries, origin)]
            if problems:
                raise Rejected(problems)
            return _wanted(opened, entries, origin)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as problem:
        hint = "Take the SEC's archive as it was downloaded; don't repack it."
        raise Rejected([_refusal("SCH001", f"this is no sound ZIP archive ({problem})", origin, hint)]) from None


def _too_large(entries: list[zipfile.ZipInfo], origin: Origin) -> Iterator[Finding]:
    hint = "The SEC's archive has some dozens of small files. Is this the right one?"
    if len(entries) > MAX_ENTRIES:
        yield _refusal("SCH002", f"the archive has {len(entries):,} entries", origin, hint)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        yield _refusal("SCH002", f"the archive would unpack to {unpacked // 2**20:,} MiB", origin, hint)
    for entry in entries:
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1024):
            yield _refusal("SCH002", f"{_shown(entry)} is packed suspiciously small", origin, hint)


def _unsafe(entries: list[zipfile.ZipInfo], origin: Origin) -> Iterator[Finding]:
    hint = "The SEC's archive has no such entry; don't use this one."
    for entry in entries:
        name = entry.orig_filename
        if "\\" in name or "\0" in name or ":" in name or name.startswith("/") or ".." in PurePosixPath(name).parts:
            yield _refusal("SCH003", f"the entry {_shown(entry)} leads out of the archive's folder", origin, hint)
        elif stat.S_ISLNK(entry.external_attr >> 16):
            yield _refusal("SCH003", f"the entry {_shown(entry)} is a link", origin, hint)
        elif entry.flag_bits & 1:
            yield _refusal("SCH003", f"the entry {_shown(entry)} is encrypted", origin, hint)
        elif entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            yield _refusal("SCH003", f"the entry {_shown(entry)} is packed in an unusual way", origin, hint)


def _wanted(opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo], origin: Origin) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    problems = []
    for entry in entries:
        match = _NAME.fullmatch(PurePosixPath(entry.filename).name)
        if match is None or entry.is_dir():
            continue
        with opened.open(entry) as stream:
            content = stream.read(MAX_SCHEMA + 1)
        if len(content) > MAX_SCHEMA:
            found[match[1]] = b""
            hint = "The SEC's own schema files have some 40 KiB."
            problems.append(_refusal("SCH002", f"{_shown(entry)} is larger than 256 KiB", origin, hint))
        elif found.setdefault(match[1], content) != content:
            hint = "Take an archive with one version of the specification."
            problems.append(_refusal("SCH004", f"{match[0]} is in the archive twice, and differs", origin, hint))
    missing = [f"{name}.xsd.xml" for name in _NEEDED if name not in found]
    if missing:
        hint = "Take the whole archive of the EDGAR Ownership XML Technical Specification from the SEC's site."
        problems.append(_refusal("SCH004", f"the archive lacks {', '.join(missing)}", origin, hint))
    if problems:
        raise Rejected(problems)
    return found


def _named_as_included(files: dict[str, bytes], origin: Origin) -> dict[str, bytes]:
    """The files under the names to keep them by; the common part under the one that the others include it by."""
    file = origin.position.file if origin.position else ""
    problems: list[Finding] = []
    included: set[str] = set()
    for name, content in files.items():
        try:
            document = xml_source.parse(content, f"{file}/{name}.xsd.xml")
        except Rejected as refused:
            problems += [
                _refusal("SCH005", f"the schema is no safe XML: {finding.message}", finding.origin, finding.hint)
                for finding in refused.findings
            ]
            continue
        problems += [*_foreign(document), *_too_many(document)]
        included |= {PurePosixPath(location).name for _, location in _locations(document)}
    if problems:
        raise Rejected(problems)
    names = {name: f"{name}.xsd.xml" for name in files}
    names[COMMON] = next(iter(included), names[COMMON])
    return {names[name]: content for name, content in files.items()}


def _too_many(document: xml_source.XmlDocument) -> Iterator[Finding]:
    """A schema that would take long to build."""
    count = sum(1 for _ in document.root.iter())
    if count > MAX_ELEMENTS:
        hint = "The SEC's own have a few hundred. Is this the right archive?"
        what = f"the schema has {count:,} elements; {MAX_ELEMENTS:,} are taken at most"
        yield _refusal("SCH002", what, document.origin_of(document.root), hint)


def _foreign(document: xml_source.XmlDocument) -> Iterator[Finding]:
    """What makes a document no schema of its own: another root, and references to anything but the common part."""
    root = document.root
    prefix, _, local = root.tag.rpartition(":")
    if local != "schema" or root.attrib.get(f"xmlns:{prefix}" if prefix else "xmlns") != _XSD:
        hint = "An XML schema begins with an element named schema, in the namespace of XML Schema."
        yield _refusal(
            "SCH005", f"the root element <{root.tag}> is not that of a schema", document.origin_of(root), hint
        )
    hint = f"The SEC's own files include {COMMON}.xsd.xml, and refer to nothing else."
    for element in root.iter():
        kind = element.tag.rpartition(":")[2]
        if kind in {"import", "redefine", "override"}:
            yield _refusal("SCH006", f"the schema has an xs:{kind}", document.origin_of(element), hint)
        for name in element.attrib:
            expected = kind == "include" and name == "schemaLocation"
            if name.rpartition(":")[2] in {"schemaLocation", "noNamespaceSchemaLocation"} and not expected:
                yield _refusal("SCH006", f"the schema has a {name}", document.origin_of(element), hint)
    locations = _locations(document)
    for element, location in locations:
        if not re.fullmatch(rf"(\./+)?{COMMON}\.xsd(\.xml)?", location):
            what = f'the schema includes "{location[:80]}"'
            yield _refusal("SCH006", what, document.origin_of(element), hint)


def _locations(document: xml_source.XmlDocument) -> list[tuple[Element, str]]:
    return [
        (element, element.attrib.get("schemaLocation", ""))
        for element in document.root.iter()
        if element.tag.rpartition(":")[2] == "include"
    ]


def _try_out(folder: Path, names: dict[str, bytes], version: str, origin: Origin) -> list[str]:
    """Build the schemas, and see that they are of the version and tell right from wrong.

    Returns:
        What they let pass that the shipped ones refuse, in words.
    """
    from xmlschema import XMLSchemaException  # noqa: PLC0415 - slow to load, and only needed here

    problems = []
    built: dict[str, tuple[XMLSchema, Origin]] = {}
    for part in parts():
        path = folder / f"{part}.xsd.xml"
        if path.name not in names:
            continue
        place = Origin(Position(f"{origin.position.file if origin.position else ''}/{path.name}", 1, 1))
        try:
            built[part] = build(path), place
        except (XMLSchemaException, OSError, RecursionError) as problem:
            reason = str(problem).strip().partition("\n")[0][:200]
            problems.append(_refusal("SCH007", f"the schema can't be built: {reason}", place, "Is the file damaged?"))
    problems += _of_another_version(built, version) or [
        found
        for part, (schema, place) in built.items()
        for found in _misjudging(schema, part, _version_of(part, version), place)
    ]
    if problems:
        raise Rejected(problems)
    found = (
        lax
        for part, (schema, _) in built.items()
        for own in [_version_of(part, version)]
        for lax in laxer(schema, shipped_schema(part, own), part, own)
    )
    return list(dict.fromkeys(found))


def _version_of(part: str, version: str) -> str:
    """The version of a part in the archive of a version: Form 3's has a name of its own."""
    return next((form.judged_by(version) for name, form, _ in schema_names() if name == part), version)


def _of_another_version(built: Mapping[str, tuple[XMLSchema, Origin]], version: str) -> list[Finding]:
    """One finding on an archive of another version, or of several, where its first file that isn't of this one stands.

    The schemas' own elements tell: the SEC's files name their version only in comments, which are out of date.
    """
    fits = {part: _versions_told(schema, part) for part, (schema, _) in built.items() if part != SUBMISSION}
    other = next((part for part, versions in fits.items() if _version_of(part, version) not in versions), None)
    if other is None:
        return []
    whole = [known for known in SCHEMA_VERSIONS if all(_version_of(part, known) in fits[part] for part in fits)]
    hint = "Its files are of several versions: take the SEC's archive as it was downloaded."
    if whole:
        hint = f"Name the version that the archive is of: {' or '.join(whole)}."
    told = whole or [known for known in SCHEMA_VERSIONS if _version_of(other, known) in fits[other]]
    message = f"the schema has the elements of {' or '.join(told)}, not of {version}"
    return [_refusal("SCH008", message, built[other][1], hint)]


def _versions_told(schema: XMLSchema, part: str) -> list[str]:
    """The versions of its form whose elements a schema has."""
    names = {element.name for root in schema.elements.values() for element in root.iter()}
    form = next(form for name, form, _ in schema_names() if name == part)
    telling = [(element, feature) for element, feature in _TELLING if feature in form.features]
    newest = next((at for at, (element, _) in enumerate(telling) if element in names), len(telling))
    return [
        known
        for known in form.versions
        if not any(form.has(feature, known) for _, feature in telling[:newest])
        and all(form.has(feature, known) for _, feature in telling[newest : newest + 1])
    ]


def _misjudging(schema: XMLSchema, part: str, version: str, place: Origin) -> list[Finding]:
    good, bad = samples(part, version)
    hint = "It is not the SEC's, or not of this version."
    if not schema.is_valid(good):
        return [_refusal("SCH009", "the schema refuses a document that is right", place, hint)]
    if schema.is_valid(bad):
        return [_refusal("SCH009", "the schema accepts a document that is wrong", place, hint)]
    return []


def _keep_private(folder: Path) -> None:
    """The store is its user's own, whatever the umask: what judges their filings is nobody else's to change."""
    folder.chmod(0o700)
    for file in folder.iterdir():
        file.chmod(0o600)


def _put_in_place(new: Path, folder: Path, old: Path) -> None:
    """Rename the new folder into its place; where that fails, what was there before is there again."""
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _shown(entry: zipfile.ZipInfo) -> str:
    return f'"{entry.filename[:80]}"'


def _refusal(code: str, message: str, origin: Origin, hint: str) -> Finding:
    return error(code, message, origin, hint=hint)
