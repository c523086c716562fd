"""The schema versions that the forms have had, and when each was in force; Form 3 has had versions of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct

_SHAPE = re.compile(r"X\d{4}", re.ASCII)


class SchemaVersion(Struct, frozen=True):
    """A version of the ownership schemas.

    Attributes:
        name: what `schemaVersion` says in a document of record.
        since: its first day; None where that is not known.
        until: its last day; None for the one in force.
        change: what set it apart from the one before.
        published_as: the version under which the SEC has published its schemas, together with those of other forms;
            empty for its own.
    """

    name: str
    since: date | None
    until: date | None
    change: str
    published_as: str = ""


SCHEMA_VERSIONS: Mapping[str, SchemaVersion] = MappingProxyType({
    version.name: version
    for version in (
        SchemaVersion("X0306", None, date(2023, 3, 19), "in use by 2008"),
        SchemaVersion("X0407", date(2023, 3, 20), date(2023, 7, 14), "the Rule 10b5-1 statement, aff10b5One"),
        SchemaVersion("X0508", date(2023, 7, 15), date(2026, 3, 17), "nothing in the XML; the printed form only"),
        SchemaVersion("X0609", date(2026, 3, 18), None, "foreign trading symbol and addresses outside the US"),
    )
})  # fmt: skip
"""The versions of Forms 4 and 5, oldest first.

Release notes of EDGAR 23.1 and 26.1.1 (specification 1.2) give the days of X0407 and X0609. X0508 came about the middle
of July 2023: the day here is the one after the latest signature seen on a filing under X0407.
"""

FORM_3_VERSIONS: Mapping[str, SchemaVersion] = MappingProxyType({
    version.name: version
    for version in (
        SchemaVersion("X0206", None, date(2026, 3, 17), "in use by 2008", "X0306"),
        SchemaVersion("X0607", date(2026, 3, 18), None, "foreign trading symbol and addresses outside the US", "X0609"),
    )
})  # fmt: skip
"""The versions of Form 3, oldest first: the Rule 10b5-1 statement has never been asked on it."""

ALL_VERSIONS: Mapping[str, SchemaVersion] = MappingProxyType(
    dict(sorted({**FORM_3_VERSIONS, **SCHEMA_VERSIONS}.items()))
)
"""Every version that schemas ship for, of any form, by name."""

CURRENT_VERSION = "X0609"
"""The version in force for Forms 4 and 5, and for the envelope of all three."""


def schema_for(version: str, versions: Mapping[str, SchemaVersion] = SCHEMA_VERSIONS) -> str:
    """The version whose schema judges a document that says it is of `version`.

    Versions before the form's first (Form 4: X0101 to X0305, Form 3: X0101 to X0205) are judged by that, which takes
    all their documents seen so far; one between two known ones by the earlier, one later than all by the latest. A text
    that is no version is judged by the one in force.

    Args:
        version: as the document states it.
        versions: those of the document's form, oldest first.
    """
    version = version.strip()
    if version in versions:
        return version
    if not _SHAPE.fullmatch(version):
        return in_force(versions)
    return max((name for name in versions if name < version), default=next(iter(versions)))


def in_force(versions: Mapping[str, SchemaVersion]) -> str:
    """The one of a form's versions that documents are filed under today: the one without a last day."""
    return next(version.name for version in versions.values() if version.until is None)
