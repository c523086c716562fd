"""Titles that are longer than the form's box: the box says See Remarks, and the remarks hold the title.

Specification 3.5: an officer's title and the description of another relationship have 30 characters.

Code: PLN024 a title that stands in the remarks (a note).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from form4_author.filing import ReportingOwner, Value
from form4_author.findings import Finding, Severity
from form4_author.sec_codes.limits import LENGTHS

_SEE = "See Remarks"


def with_long_titles(
    owners: Sequence[ReportingOwner], remarks: Value, findings: list[Finding]
) -> tuple[tuple[ReportingOwner, ...], Value]:
    """The owners with titles that their boxes hold, and the remarks with those that they don't.

    Args:
        owners: the reporting persons, their titles as written.
        remarks: the remarks as written.
        findings: a note for each such title is added.
    """
    said: list[str] = [remarks.text] if remarks else []
    origin = remarks.origin
    changed: list[ReportingOwner] = []
    for owner in owners:
        whose = f" of {owner.name.text.strip()}" if len(owners) > 1 else ""
        for element, what, title in (
            ("officerTitle", "Officer's title", owner.officer_title),
            ("otherText", "Relationship to the issuer", owner.other_text),
        ):
            most = LENGTHS[element].longest
            if len(title.text) <= most:
                continue
            short = replace(title, text=_SEE)
            if element == "officerTitle":
                owner = replace(owner, officer_title=short)  # noqa: PLW2901 - the owner as it stands on the form
            else:
                owner = replace(owner, other_text=short)  # noqa: PLW2901 - as above
            said.append(f"{what}{whose}: {title.text}")
            origin = origin if remarks else title.origin
            message = f"{what.lower()}: {len(title.text)} characters are more than the {most} of the box"
            hint = f"The box says {_SEE}, and the remarks give the title."
            source = "EDGAR Ownership XML Technical Specification 3.5"
            findings.append(Finding("PLN024", Severity.NOTE, message, title.origin, hint, source))
        changed.append(owner)
    if len(said) == bool(remarks):
        return tuple(changed), remarks
    return tuple(changed), Value("\n\n".join(said), origin)
