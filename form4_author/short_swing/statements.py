"""Files -> what they state: the filing, and for a plan what it says beside the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from form4_author.compose.composition import Composition
from form4_author.edgar import ownership_xml
from form4_author.edgar.unwrap import unwrap
from form4_author.files.inputs import Input, is_plan
from form4_author.filing import Filing, Row, Value, form_of
from form4_author.findings import Finding, Rejected
from form4_author.masking import masked
from form4_author.pipeline.examine import Refused, described
from form4_author.plan.entries.shared import Section16b, Timed
from form4_author.plan.model import Plan

#: What every ownership document, and every submission of one, has in it.
MARKS = (b"ownershipDocument", b"edgarSubmission")
_ENTRY = re.compile(r"transactions\[(\d+)\]", re.ASCII)
_HELD = re.compile(r"transactions\[(\d+)\](?:\.(\w+))?\.(ownership|to)", re.ASCII)


class Statement(Struct, frozen=True):
    """A file that states a filing.

    Attributes:
        file: its name.
        filing: what it says.
        plan: the plan it was made from; None for a document.
        filed: the day on which EDGAR received it, where the file tells.
        findings: what stands in the way of a document of it: what it states may lack something.
        texts: the text of every file read, CCCs masked, by name.
    """

    file: str
    filing: Filing
    plan: Plan | None = None
    filed: date | None = None
    findings: tuple[Finding, ...] = ()
    texts: Mapping[str, str] = {}

    def settled(self, row: Row) -> Section16b | None:
        """What the plan's entry of a line says of Section 16(b); None where it says nothing."""
        entry = self._entry(row.origin.path)
        return entry.section_16b if isinstance(entry, Timed) else None

    def interest(self, row: Row) -> Fraction | None:
        """The part of a line in which the reporting person has a pecuniary interest; None where that isn't told."""
        if self.plan is None:
            return None
        lines = self.plan.ownership_lines
        nature = row.nature_of_ownership.value.origin.path
        named = next((name for name in lines if nature == f"ownership_lines.{name}.indirect"), None)
        if named is None and (at := _HELD.match(row.direct_or_indirect.value.origin.path)):
            entry = self._entry(at[0])
            said = getattr(getattr(entry, at[2], entry) if at[2] else entry, at[3], None)
            named = said if isinstance(said, str) else None
        return lines[named].pecuniary_interest if named in lines else None

    def _entry(self, path: str) -> object:
        at = _ENTRY.match(path)
        if self.plan is None or at is None or int(at[1]) >= len(self.plan.transactions):
            return None
        return self.plan.transactions[int(at[1])]


def stated(file: Input) -> list[Statement | Refused]:
    """What a file states: a plan, ownership XML, edgarSubmission XML or full-submission text; it is not judged.

    A plan may make several forms, one for each insider.
    """
    texts: dict[str, str] = {}
    found: list[Statement | Refused] = []
    try:
        data = file.content()
        if is_plan(file, data):
            forms = described(file, data, texts)
            found += (form if isinstance(form, Refused) else _of_plan(file, *form[1:]) for form in forms)
        else:
            unwrapped = unwrap(data, file.name, texts=texts)
            filing = ownership_xml.read(unwrapped.document)
            found.append(Statement(file.name, filing, filed=Value(unwrapped.filed).date))
    except Rejected as refused:
        found = [Refused(file=file.name, findings=refused.findings, unreadable=refused.unreadable)]
    shown = {name: masked(text) for name, text in texts.items()}
    return [replace(one, texts=shown) for one in found]


def _of_plan(file: Input, plan: Plan, composition: Composition) -> Statement:
    errors = tuple(finding for finding in composition.findings if finding.is_error)
    return Statement(file.name, composition.filing, plan, findings=errors)


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Plans first, for they say more of the same trade than its document does; then by form, day signed and name."""
    return sorted(
        statements, key=lambda told: (told.plan is None, form_of(told.filing).number, signed(told.filing), told.file)
    )


def signed(filing: Filing) -> date:
    """The day of the last signature on a filing; the first day there is, without one."""
    return max((day for signature in filing.signatures if (day := signature.date.date)), default=date.min)
