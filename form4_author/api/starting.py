"""What one begins with: a plan, the plan's schema for editors, the SEC's schemas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.api.names import Name

if TYPE_CHECKING:
    from form4_author.schema_store import SchemaSet


def new(folder: Name = ".", *, form: str = "4", event: str | None = None, example: str | None = None) -> Path:
    """Write a commented plan to start from, plan.yaml, into a folder, which is made where it doesn't exist.

    Args:
        folder: the folder.
        form: the number of the form: 3, 4 or 5.
        event: what the plan's one entry is, as vest or gift; a line as on the form where not given.
        example: an example to begin with in place of both, as option-grant.

    Returns:
        The plan's path.

    Raises:
        Rejected: a plan stands there already (OUT004), or it can't be written (OUT002).
        ValueError: there is no such form or example, or no such event on it.
    """
    from form4_author.pipeline.options import OptionError, not_one_of
    from form4_author.sec_codes import FORM_NAMES
    from form4_author.starter import beginning, write_starter

    known = [name.number for name in FORM_NAMES.values() if name.supported]
    if form not in known:
        raise OptionError("form", not_one_of(form, known))
    return write_starter(Path(folder), beginning(form, event, example))


def plan_schema() -> str:
    """The plan's JSON Schema (draft 2020-12), for editors."""
    from form4_author.events.catalogue import schema as json_schema

    return json_schema()


def schemas() -> list[SchemaSet]:
    """The SEC's schemas in use, oldest version first: version, shipped or added, hash and folder.

    Raises:
        Rejected: one that was added is damaged (SCH011).
    """
    from form4_author.schema_store import schemas_in_use

    return schemas_in_use()


def add_schemas(archive: Name, *, schema_version: str | None = None) -> SchemaSet:
    """Add the SEC's own schemas of a version; they then take precedence over the shipped ones.

    Args:
        archive: the SEC's specification archive, ownershipxmltechspec-*.zip.
        schema_version: the version it is of: X0306, X0407, X0508 or X0609; the one in force by default.

    Raises:
        Rejected: the archive is refused; nothing was written.
    """
    from form4_author.schema_store import add_archive
    from form4_author.sec_codes import CURRENT_VERSION

    return add_archive(Path(archive), version=schema_version or CURRENT_VERSION)
