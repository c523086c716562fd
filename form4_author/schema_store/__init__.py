"""Which schemas are in use: those that ship with the tool, or the SEC's own, which then take precedence.

The SEC's files come from its specification archive, which the user adds (`add_archive`). They are kept, unchanged, in
the user's data folder under `schemas/edgar/<version>`, with a note of their hashes; a file that has changed since is a
finding, never used. The data folder is the operating system's own for the user, or `FORM4_AUTHOR_DATA` where that is
set, as in continuous integration. Nothing is ever fetched.

Codes: SCH001 to SCH009 about an archive, see `archive`; SCH010 a file can't be written; SCH011 an added schema is
damaged.
"""

from pathlib import Path

from form4_author.schema_store.store import (
    DATA_VARIABLE,
    SUBMISSION,
    SchemaFile,
    SchemaSet,
    data_folder,
    envelope_in_use,
    schema_in_use,
    schema_set,
    schemas_in_use,
)
from form4_author.sec_codes import CURRENT_VERSION

__all__ = [
    "DATA_VARIABLE",
    "SUBMISSION",
    "SchemaFile",
    "SchemaSet",
    "add_archive",
    "data_folder",
    "envelope_in_use",
    "schema_in_use",
    "schema_set",
    "schemas_in_use",
]


def add_archive(path: Path, data: Path | None = None, *, version: str = CURRENT_VERSION) -> SchemaSet:
    """Check the SEC's specification archive, and keep its schemas as those in use; see `archive.add_archive`.

    Args:
        path: the ZIP archive.
        data: the user's data folder, if another than `data_folder()`.
        version: the schema version that the archive is of.

    Raises:
        Rejected: the archive is refused; nothing was written.
    """
    from form4_author.schema_store import archive  # noqa: PLC0415 - one verb needs it, and all start faster without

    return archive.add_archive(path, data, version=version)
