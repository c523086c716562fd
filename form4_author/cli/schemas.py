"""The verbs about the SEC's schemas: schemas list, schemas add."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from form4_author.cli.common import ArchiveVersionOption, say
from form4_author.printable import printable
from form4_author.sec_codes import CURRENT_VERSION

if TYPE_CHECKING:
    from form4_author.schema_store import SchemaSet

schemas = typer.Typer(help="The SEC's schemas that documents are validated against.", no_args_is_help=True)


@schemas.command("list")
def schemas_list() -> None:
    """List the schemas in use: version, shipped or added, hash and folder."""
    from form4_author.schema_store import schemas_in_use

    for entry in schemas_in_use():
        say(_line(entry))


@schemas.command("add")
def schemas_add(
    archive: Annotated[Path, typer.Argument(help="The SEC's own archive, ownershipxmltechspec-*.zip.")],
    *,
    schema_version: ArchiveVersionOption = CURRENT_VERSION,
) -> None:
    """Add the SEC's own schemas from its specification archive; they then take precedence over the shipped ones."""
    from form4_author.report.file_report import FileReport
    from form4_author.report.text import as_text
    from form4_author.schema_store import add_archive
    from form4_author.schema_store.laxness import laxness

    entry = add_archive(archive, version=schema_version)
    say(_line(entry))
    if (warning := laxness(entry, str(archive))) is not None:
        say(as_text(FileReport(str(archive), accepted=True, findings=(warning,))), nl=False, err=True)


def _line(entry: SchemaSet) -> str:
    return f"{entry.version}  {entry.origin:<8}  sha256:{entry.sha256}  {printable(str(entry.folder))}"
