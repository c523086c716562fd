"""What a worker's process does for the workbench: each job is plain data in, plain data out, by the pipeline.

Nothing here keeps anything from one job to the next but what the house itself keeps warm. No CCC is in any answer.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from form4_author.batch import build_all
from form4_author.conversion import amend_file, import_file, roll_file
from form4_author.days.deadlines import due
from form4_author.edgar.ccc import Keyring
from form4_author.executions.reading import Asked, read
from form4_author.executions.trades import BOUGHT, SOLD, Faults
from form4_author.files.inputs import Input
from form4_author.files.reading import read_bytes
from form4_author.filing import Filing
from form4_author.filing.wording import value_text
from form4_author.findings import Finding, Rejected, has_errors
from form4_author.page import drawing
from form4_author.page.places import places
from form4_author.page.printed import in_a_line
from form4_author.pipeline.draw import other_filing
from form4_author.pipeline.examine import Judged, Refused, Unfinished, examine_forms, users_days
from form4_author.pipeline.faults import guarded
from form4_author.pipeline.naming import output_name
from form4_author.pipeline.options import BuildOptions, CheckOptions, PageOptions
from form4_author.pipeline.together import together
from form4_author.plan.fills import Fills
from form4_author.report.file_report import findings_data
from form4_author.workbench import folder
from form4_author.workbench.holdings import holdings, person_of

Answer = dict[str, Any]
_CONVERSIONS: Mapping[str, Callable[[Input], Any]] = {"import": import_file, "amend": amend_file, "roll": roll_file}


def look(
    top: Path, keyring: Keyring, profiles: Path | None, name: str, text: str, against: str = "", form: str = ""
) -> Iterator[tuple[str, Answer]]:
    """Check the text of a plan, saved or not, and draw its page: what was found is told before the page is drawn.

    Args:
        top: the folder of the workbench.
        keyring: the CCCs at hand.
        profiles: a folder of insiders' profiles to look in before all others.
        name: the plan, told from the folder.
        text: its text.
        against: the file that the page is to be held against, as a redline; none where empty.
        form: which of several forms to draw; the first where there is none of that name.

    Yields:
        `judged`, then `drawn`, with nothing in it where the plan states no filing.
    """
    path = top / name
    file = Input(str(path), path, text.encode(), profiles=profiles)
    forms = _forms(file, keyring)
    report = together(forms, [one.report(strict=False) for one in forms])
    told = _told(top, report.findings, accepted=report.accepted)
    told["forms"] = [
        {"name": one.form, "accepted": one.accepted(strict=False)} for one in forms if one.form and len(forms) > 1
    ]
    found = next((one for one in forms if one.form == form), forms[0])
    told["form"] = found.form
    if isinstance(found, Refused):
        yield "judged", told
        yield "drawn", {}
        return
    yield "judged", {**told, "title": in_a_line(found.filing), "due": _due([found.filing])}
    other, refusals = _other(top, profiles, against, found.form)
    spots = [
        (place.element, where.file, where.line, where.column, place.derived)
        for place in places(found.filing, found.derivations)
        if (where := place.origin.position) is not None
    ]
    names = {file: _named(top, file) for _, file, *_ in spots}
    page = {
        "page": drawing.html(found.filing, draft=has_errors(found.findings), against=other, fonts=False),
        "places": [(element, names[file], *rest) for element, file, *rest in spots],
        "against": _told(top, refusals, accepted=not refusals),
    }
    yield "drawn", page


def survey(top: Path, keyring: Keyring, profiles: Path | None, name: str) -> Answer:
    """What one file of the folder is: what it says in a line, whether it is accepted, by when it is due."""
    path = top / name
    file = Input(str(path), path, profiles=profiles)
    forms = _forms(file, keyring)
    report = together(forms, [one.report(strict=False) for one in forms])
    told = _told(top, report.findings, accepted=report.accepted)
    answer = {"name": name, "accepted": report.accepted, "counts": told["counts"], "title": "", "said": ""}
    stated = [one for one in forms if not isinstance(one, Refused)]
    if not stated:
        return answer | {"said": told["findings"][0]["message"] if told["findings"] else ""}
    filing = stated[0].filing
    return {
        **answer,
        "title": in_a_line(filing),
        "form": filing.document_type.text,
        "forms": len(forms),
        "person": ", ".join(dict.fromkeys(person_of(one.filing) for one in stated)),
        "period": value_text(filing.period_of_report),
        "due": _due([one.filing for one in stated]),
        "outputs": [_output_name(file, one.form) for one in forms],
        "holdings": [held for one in stated if isinstance(one, Judged) for held in holdings(one.filing)],
    }


def convert(
    top: Path, _keyring: Keyring, profiles: Path | None, what: str, name: str, data: bytes | None = None
) -> Answer:
    """The plan that begins with a filing: `import` it, `amend` it, or `roll` it forward.

    Args:
        top: the folder of the workbench.
        profiles: as for `look`.
        what: which of the three.
        name: the filing, told from the folder; or only what a file was called that is not in it.
        data: the content of such a file.
    """
    file = Input(name, None, data) if data is not None else Input(str(top / name), top / name, profiles=profiles)
    found = guarded(name, partial(_CONVERSIONS[what], file))
    told = _told(top, found.findings, accepted=not isinstance(found, Refused))
    return told if isinstance(found, Refused) else {**told, "text": found.text}


def fills(_top: Path, _keyring: Keyring, _profiles: Path | None, name: str, data: bytes) -> Answer:
    """What a broker's file tells of the entry that is to name it: its first day, and sale or purchase.

    Args:
        _top: the folder of the workbench.
        _keyring: the CCCs at hand.
        _profiles: as for `look`.
        name: what the file is called.
        data: its content.

    Returns:
        `date` and `code`, empty where the file doesn't tell; `said`, what kind of file it is, or why it can't be read.
    """
    try:
        found = read(data, Asked(fills=Fills(file=name)))
    except Faults as refused:
        fault, _ = refused.faults[0]
        return {"date": "", "code": "", "said": fault.message}
    days = sorted(trade.day.date for trade in found.trades if trade.day is not None)
    letters = {trade.letter for trade in found.trades}
    code = "S" if letters == {SOLD} else "P" if letters == {BOUGHT} else ""
    return {"date": f"{days[0]:%m/%d/%Y}" if days else "", "code": code, "said": found.layout}


def build(top: Path, keyring: Keyring, profiles: Path | None, names: list[str]) -> Answer:
    """Build plans as `build` does, into the folder `build` of the folder; nothing of one that has errors.

    There is no page that tells of several forms: the list of the folder does, and no HTML of a file is ever shown here.
    """
    files = [Input(str(top / name), top / name, profiles=profiles) for name in names]
    options = BuildOptions(output=top / folder.BUILT, summary=False)
    try:
        reports = build_all(files, options, keyring=keyring)
    except Rejected as refused:
        return {"files": [], **_told(top, refused.findings, accepted=False)}
    return {
        "accepted": all(report.accepted for report in reports),
        "files": [
            {
                "name": _named(top, report.file),
                **_told(top, report.findings, accepted=report.accepted),
                "outputs": [_named(top, output) for output in report.outputs],
            }
            for report in reports
        ],
    }


#: Each gives its answer, or the parts of it one after the other, by name.
JOBS: Mapping[str, Callable[..., Answer | Iterator[tuple[str, Answer]]]] = {
    "look": look,
    "fills": fills,
    "survey": survey,
    "convert": convert,
    "build": build,
}


def answers(
    top: Path, keyring: Keyring, profiles: Path | None, name: str, arguments: Iterable[Any]
) -> Iterator[Answer]:
    """What comes of a job, part by part."""
    done = JOBS[name](top, keyring, profiles, *arguments)
    yield from ([done] if isinstance(done, dict) else ({part: answer} for part, answer in done))


def _told(top: Path, findings: tuple[Finding, ...], *, accepted: bool) -> Answer:
    data = findings_data(findings, relative_to=str(top))
    counts = Counter("waived" if finding.get("waived") else finding["severity"] for finding in data)
    return {"accepted": accepted, "findings": data, "counts": counts}


def _named(top: Path, file: str) -> str:
    path = Path(file)
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else os.path.relpath(path, top)


def _forms(file: Input, keyring: Keyring) -> tuple[Refused | Unfinished | Judged, ...]:
    found = guarded(file.name, partial(examine_forms, file, CheckOptions(), keyring))
    return (found,) if isinstance(found, Refused) else found


def _other(top: Path, profiles: Path | None, against: str, form: str) -> tuple[Filing | None, tuple[Finding, ...]]:
    """The filing that a page is held against, or why it can't be."""
    if not against:
        return None, ()
    path = top / against
    try:
        file = Input(str(path), path, read_bytes(path, against, below=top), profiles=profiles)
        other = other_filing(PageOptions(against=file), {}, form)
    except Rejected as refused:
        return None, refused.findings
    return (other.filing if other else None), ()


def _due(filings: Iterable[Filing]) -> list[list[str]]:
    """By when the transactions must be reported: line, last day, why; the first day first."""
    try:
        calendar = users_days()
    except Rejected:
        return []  # the user's own days can't be read, which is told
    deadlines = [deadline for filing in filings for deadline in due(filing, calendar)]
    days = sorted((d for d in deadlines if d.day), key=lambda d: str(d.day))
    return [[d.line, str(d.day), d.why] for d in days]


def _output_name(file: Input, form: str) -> str:
    try:
        return output_name(file, form)
    except Rejected:
        return ""
