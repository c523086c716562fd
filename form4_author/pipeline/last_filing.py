"""The last filing of an insider in an issuer, among the plans and filings of a folder: what a form is held against.

It is the latest of an owner of the form in the same issuer, with an earlier period of report; of an amendment, its
original at the latest.

Codes: FIL008 there is none, FIL009 there are several of one day that say different things.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from form4_author.edgar import ownership_xml
from form4_author.edgar.unwrap import unwrap
from form4_author.files.inputs import FILINGS, PLANS, Input
from form4_author.filing import Filing
from form4_author.filing.difference import differences
from form4_author.filing.wording import value_text
from form4_author.findings import Finding, Origin, Position, Rejected, Severity
from form4_author.firm.nearest import gathered
from form4_author.pipeline.examine import Refused, Stated, described
from form4_author.pipeline.parties import numbers_in, parties_of

MOST_READ = 5000


class Earlier(Struct, frozen=True):
    """A filing that a form may be held against.

    Attributes:
        file: the file that states it.
        form: what the form is called among those of its plan; empty where the file states one.
        filing: what it says.
    """

    file: Input
    form: str
    filing: Filing

    @property
    def when(self) -> tuple[date, date]:
        """Its period of report, and the day of its last signature."""
        days = [day for one in self.filing.signatures if (day := one.date.date) is not None]
        return self.filing.period_of_report.date or date.min, max(days, default=date.min)


def last_filing(folder: Input, found: Stated) -> tuple[Earlier | None, tuple[Finding, ...]]:
    """The last filing before a form, and what there is to tell of the search.

    Args:
        folder: the folder to look through.
        found: the form.
    """
    period = found.filing.period_of_report.date
    origin = Origin(Position(found.file, 1, 1))
    mine, unread = [], 0
    if period is not None:
        for one in _stated(folder, found):
            if one is None:
                unread += 1
            elif _precedes(one, found, period):
                mine.append(one)
    told: list[Finding] = []
    if unread:
        what = "file that can't be read is" if unread == 1 else "files that can't be read are"
        told.append(_note("FIL008", f"in {folder.name} {unread} {what} passed over", origin, "check tells why."))
    if not mine:
        who = ", ".join(value_text(owner.name) or value_text(owner.cik) for owner in found.filing.owners[:1])
        symbol = value_text(found.filing.issuer.trading_symbol)
        message = (
            f"there is no earlier filing of {who} in {symbol} below {folder.name}: nothing is held against this one"
        )
        return None, (*told, _note("FIL008", message, origin, "Name the file itself where it is elsewhere."))
    latest = max(one.when for one in mine)
    last = [one for one in mine if one.when == latest]
    first = min(last, key=lambda one: (one.file.path is not None and one.file.path.suffix in PLANS, one.file.name))
    others = [one for one in last if one is not first and differences(first.filing, one.filing)]
    if others:
        names = ", ".join(_named(one) for one in others[:3])
        message = f"{len(others) + 1} filings are of {latest[0]}: held against {_named(first)}, not {names}"
        told.append(_note("FIL009", message, origin, f"Name the one that is meant: --against {others[0].file.name}"))
    return first, tuple(told)


def _named(one: Earlier) -> str:
    return f"{one.file.name}, form {one.form}" if one.form else one.file.name


def _note(code: str, message: str, origin: Origin, hint: str) -> Finding:
    severity = Severity.WARNING if code == "FIL009" else Severity.NOTE
    return Finding(code, severity, message, origin, hint)


def _precedes(one: Earlier, found: Stated, period: date) -> bool:
    """Whether a filing is of the same person and issuer, and of an earlier day; an amendment's original of the same."""
    there, here = parties_of(one.filing), parties_of(found.filing)
    if there[0] != here[0] or not there[1] & here[1] or one.filing.period_of_report.date is None:
        return False
    original = found.filing.is_amendment and not one.filing.is_amendment
    return one.when[0] < period or (original and one.when[0] == period)


def _stated(folder: Input, found: Stated) -> Iterator[Earlier | None]:
    """What the files of a folder state, the form's own aside; None for one that can't be read."""
    issuer, _ = parties_of(found.filing)
    own = os.path.realpath(found.file)
    for file in gathered([folder.name], None, below=FILINGS, profiles=folder.profiles)[:MOST_READ]:
        if file.refusal is not None or file.path is None or os.path.realpath(file.path) == own:
            continue
        try:
            data = file.content()
            plan = file.path.suffix.lower() in PLANS
            if issuer not in numbers_in(file, data):
                continue
            yield from _forms(replace(file, data=data), data, plan=plan)
        except Rejected:
            yield None


def _forms(file: Input, data: bytes, *, plan: bool) -> Iterator[Earlier | None]:
    if not plan:
        if b"ownershipDocument" in data:
            wrapped = unwrap(data, file.name, texts={})
            yield Earlier(file, "", ownership_xml.read(wrapped.document))
        return
    for one in described(file, data, {}):
        if isinstance(one, Refused):
            yield None
        else:
            name, _, composed = one
            yield Earlier(file, name, composed.filing)
