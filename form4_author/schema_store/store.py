"""The schemas in use, and building them."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from form4_author.filing import FORM_4, Filing, FormType, form_of
from form4_author.filing.forms import FORMS, schema_names
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.resources import resource
from form4_author.sec_codes import ALL_VERSIONS, CURRENT_VERSION

if TYPE_CHECKING:
    from xmlschema import XMLSchema
    from xmlschema.validators import XMLSchemaBase

DATA_VARIABLE = "FORM4_AUTHOR_DATA"
MANIFEST = "added.json"
_INCLUDED = re.compile(rb'<xs:include\s+schemaLocation="([^"]+)"')


SUBMISSION = "edgarSubmission"
"""The schema of a submission's envelope, by its file's name without ending."""


def parts() -> tuple[str, ...]:
    """The kinds of document that there are schemas for, by their files' names without ending."""
    return (*(schema for schema, _, _ in schema_names()), SUBMISSION)


class SchemaFile(Struct, frozen=True):
    """One file of a schema: its name below the version's folder, its path, and the SHA-256 of its bytes, in hex."""

    name: str
    path: Path
    sha256: str


class SchemaSet(Struct, frozen=True):
    """The schemas of one version.

    Attributes:
        version: `X0609` and its like.
        origin: `shipped` with the tool, or `added` from the SEC's own archive.
        folder: where the version's files lie.
        files: all files that belong to it, those they include as well, by name.
        archive: the name of the archive they were added from; empty for shipped ones.
        laxer: what they let pass that the shipped ones refuse, in words; empty where they are as strict.
    """

    version: str
    origin: Literal["shipped", "added"]
    folder: Path
    files: tuple[SchemaFile, ...]
    archive: str = ""
    laxer: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """One hash for all the files: the SHA-256, in hex, of a line `<hash>  <name>` for each, by name."""
        lines = "".join(f"{file.sha256}  {file.name}\n" for file in self.files)
        return hashlib.sha256(lines.encode()).hexdigest()

    def has(self, part: str) -> bool:
        """Whether it has a schema for one kind of document, one of `parts()`."""
        return self._file(part) is not None

    def schema(self, part: str) -> XMLSchema:
        """The schema of one kind of document, one of `parts()`, built at its first use in this process.

        A submission's envelope is judged by the shipped schema in force where this set has none of its own.

        Raises:
            LookupError: it is of another form.
        """
        file = self._file(part)
        if file is None and part == SUBMISSION:
            return _shipped(CURRENT_VERSION).schema(part)
        if file is None:
            raise LookupError(f"{self.version} has no {part}")
        return _built(file.path, self.sha256, shipped=self.origin == "shipped")

    def _file(self, part: str) -> SchemaFile | None:
        own = (file for file in self.files if file.path.parent == self.folder)
        return next((file for file in own if file.name.split(".")[0] == part), None)


def data_folder() -> Path:
    """The user's data folder: `FORM4_AUTHOR_DATA` where that is set, else the operating system's place for it."""
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 - slow to load, and not needed where the variable is set

    return user_data_path("form4-author", appauthor=False)


def added_folder(version: str, data: Path | None = None) -> Path:
    """Where the added files of a version lie, or would lie: those of Form 3 with the others of the same archive."""
    return (data or data_folder()) / "schemas" / "edgar" / published_as(version)


def published_as(version: str) -> str:
    """The version whose archive holds the schemas of a version: Form 3's come with those of Forms 4 and 5."""
    return ALL_VERSIONS[version].published_as or version


def schema_set(version: str, data: Path | None = None, *, form: FormType = FORM_4) -> SchemaSet:
    """The schemas that judge documents of a version: the SEC's own where they were added, else the shipped ones.

    Args:
        version: as a document states it; see `sec_codes.schema_for` for versions that have no schema of their own.
        data: the user's data folder, if another than `data_folder()`.
        form: the form of the documents.

    Raises:
        Rejected: an added file has changed, or can't be read (SCH011).
    """
    return _in_use(form.judged_by(version), form.schemas[0], data)


def _in_use(version: str, part: str, data: Path | None) -> SchemaSet:
    """The added set where it has that part: an archive added when a form wasn't supported yet has none of it."""
    folder = added_folder(version, data)
    added = _added(version, folder) if folder.is_dir() else None
    return added if added is not None and added.has(part) else _shipped(version)


def shipped_schema(part: str, version: str) -> XMLSchema:
    """The tool's own schema of one kind of document, one of `parts()`, whatever was added."""
    return _shipped(version).schema(part)


def schema_in_use(filing: Filing) -> SchemaSet:
    """The schemas that judge a filing, by its form and version. Raises as `schema_set` does."""
    return schema_set(filing.version, form=form_of(filing))


def envelope_in_use() -> SchemaSet:
    """The schemas with the one that judges a submission's envelope: the version in force. Raises as `schema_set`."""
    return schema_set(CURRENT_VERSION)


def schemas_in_use(data: Path | None = None) -> list[SchemaSet]:
    """The schemas in use, a set for each version by name. Raises as `schema_set` does."""
    first = {version: form.schemas[0] for form in reversed(FORMS) for version in form.versions}
    return [_in_use(version, first[version], data) for version in ALL_VERSIONS]


def build(path: Path, *, shipped: bool = False, checked: bool = False) -> XMLSchema:
    """Build a schema from its file and those it includes; the network is never used.

    Args:
        path: the file.
        shipped: True for the tool's own files, which include each other across folders; of others, no file outside
            their own folder is read.
        checked: True where the files are known to be right, which saves most of the time.

    Raises:
        xmlschema.XMLSchemaException: it is no schema, or includes what it may not.
    """
    from xmlschema import XMLSchema  # noqa: PLC0415 - slow to load, and not needed by commands that validate nothing

    return XMLSchema(
        path.absolute().as_uri(),
        base_url=path.absolute().parent.as_uri(),
        allow="local" if shipped else "sandbox",
        defuse="never" if shipped else "always",
        validation="skip" if checked else "strict",
        parent=_built_in_types() if checked else None,
    )


@cache
def _built_in_types() -> XMLSchemaBase | None:
    """XML Schema's own types, without the schema of schemas: only checking a schema needs that, and it takes long."""
    from xmlschema import XMLSchema  # noqa: PLC0415

    language = "http://www.w3.org/2001/XMLSchema"
    empty = f'<schema xmlns="{language}" targetNamespace="{language}"/>'
    of_schemas = XMLSchema.meta_schema
    return None if of_schemas is None else of_schemas.create_meta_schema(empty, base_schemas={})


def describe(folder: Path, names: Iterable[str]) -> tuple[SchemaFile, ...]:
    """Files with their hashes, by name; names are relative to the folder. Raises OSError where one can't be read."""
    paths = {name: Path(os.path.normpath(folder / name)) for name in sorted(names)}
    return tuple(SchemaFile(name, path, hashlib.sha256(path.read_bytes()).hexdigest()) for name, path in paths.items())


@cache
def _built(path: Path, _sha256: str, *, shipped: bool) -> XMLSchema:
    """The schema of a file; the hash of its set is an argument so that changed bytes are another schema."""
    return build(path, shipped=shipped, checked=True)


@cache
def _shipped(version: str) -> SchemaSet:
    folder = resource("schemas", "edgar", version)
    waiting = [path.name for path in folder.glob("*.xsd")]
    names: set[str] = set()
    while waiting:
        name = waiting.pop()
        names.add(name)
        path = folder / name
        for location in _INCLUDED.findall(path.read_bytes()):
            included = os.path.normpath(Path(name).parent / location.decode()).replace(os.sep, "/")
            if included not in names:
                waiting.append(included)
    return SchemaSet(version, "shipped", folder, describe(folder, names))


def _added(version: str, folder: Path) -> SchemaSet:
    manifest = folder / MANIFEST
    try:
        note = json.loads(manifest.read_text("utf-8"))
        stated = {str(name): str(sha256) for name, sha256 in note["files"].items()}
        archive = str(note["archive"])
        laxer = tuple(map(str, note.get("laxer", ())))
        files = describe(folder, map(_plain, stated))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "its note of hashes is damaged"
        raise _damaged(version, manifest, f"can't be used: {reason}") from None
    for file in files:
        if file.sha256 != stated[file.name]:
            raise _damaged(version, file.path, "have changed since then")
    return SchemaSet(version, "added", folder, files, archive, laxer)


def _plain(name: str) -> str:
    if Path(name).name != name:
        raise ValueError(name)
    return name


def _damaged(version: str, path: Path, what: str) -> Rejected:
    return Rejected(
        [
            error(
                "SCH011",
                f"the SEC's schemas of {published_as(version)}, added by the user, {what}",
                Origin(Position(str(path), 1, 1)),
                hint="Add the archive again (form4-author schemas add ARCHIVE.zip), or remove the folder "
                f"{path.parent} to go back to the shipped ones.",
            )
        ]
    )
