"""The pages that tell of several forms of a run: NAME.summary.html of one plan's, summary.html of several plans'.

Each is made of what became of the forms, once all is built, and stands beside what was built; the same forms give the
same bytes. A run that was ended before its end writes none.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from form4_author.batch.summary_places import ENDING, Page, folded, pages_of_plans, pages_of_runs
from form4_author.files.delivery import Output, deliver
from form4_author.files.inputs import Input
from form4_author.files.reading import FileId
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error, in_order
from form4_author.firm.nearest import firm_or_none
from form4_author.masking import masked_words
from form4_author.page import drawing
from form4_author.page.summary_page import SummaryPage, SummaryPart, SummaryRow, Told, counted, links, listed
from form4_author.pipeline.options import BuildOptions
from form4_author.printable import printable
from form4_author.report.file_report import FileReport, FormReport
from form4_author.report.summary import verdict

#: What is said of a build that nothing was written of, and what of these pages.
_WRITTEN = "nothing was written", "the forms that it tells of stand"


def summed(
    inputs: Sequence[Input], reports: Sequence[FileReport], options: BuildOptions, *, spared: frozenset[FileId]
) -> list[FileReport]:
    """Write the pages of a run, and give what became of its plans, with them among the outputs.

    A page is among the outputs of the last of its plans of which anything was built. Where it can't be written (OUT001,
    OUT002, OUT005), that is an error of the same plan, whose forms stand.

    Args:
        inputs: the plans.
        reports: what became of each, in the same order.
        options: how they were built.
        spared: files of the run that are not to be written over.
    """
    ways = [options.under(firm_or_none(file)) for file in inputs]
    taken = {folded(name): report.file for report in reports for name in (*report.outputs, *report.standing)}
    done = list(reports)
    for page in (*pages_of_plans(inputs, reports, ways), *pages_of_runs(inputs, ways)):
        last = max((n for n in page.members if reports[n].outputs or reports[n].standing), default=None)
        if last is None:
            continue
        built = [reports[number] for number in page.members]
        if maker := taken.get(folded(str(page.path))):
            done[last] = _refused(done[last], [_in_the_way(page.path, maker)])
            continue
        drawn = drawing.summary_html(_page(page, [inputs[number] for number in page.members], built)).encode()
        if all(report.standing for report in built) and _stands(page.path, drawn):
            done[last] = replace(done[last], standing=(*done[last].standing, str(page.path)))
            continue
        try:
            deliver([Output(page.path, drawn)], read=spared.union(*(report.read for report in reports)))
        except Rejected as refused:
            told = [replace(one, message=one.message.replace(*_WRITTEN)) for one in refused.findings]
            done[last] = _refused(done[last], told)
        else:
            done[last] = replace(done[last], outputs=(*done[last].outputs, str(page.path)))
    return done


def _refused(report: FileReport, findings: Sequence[Finding]) -> FileReport:
    return replace(report, accepted=False, findings=(*report.findings, *findings))


def _in_the_way(path: Path, maker: str) -> Finding:
    message = f"{path} was written from {maker}; the page that tells of several forms was not"
    return error("OUT001", message, Origin(Position(str(path), 1, 1)), hint="Rename the plan, or say --no-summary.")


def _stands(path: Path, drawn: bytes) -> bool:
    """Whether a page is there as it would be written."""
    try:
        return not path.is_symlink() and path.is_file() and path.read_bytes() == drawn
    except OSError:
        return False


# --- what stands on a page ----------------------------------------------------------------------------------------


def _page(page: Page, inputs: Sequence[Input], reports: Sequence[FileReport]) -> SummaryPage:
    home, folder = _home(inputs), str(page.path.parent)
    several = len(reports) > 1
    parts = [
        _part(number, report, home, folder, page.as_of, several=several) for number, report in enumerate(reports, 1)
    ]
    rows = [row for part in parts for row in part.rows]
    title = counted(len(parts), "plan") if several else _shown(page.path.name.removesuffix(ENDING))
    forms = [form for report in reports for form in _forms(report)]
    return SummaryPage(
        title=f"{title}: {counted(len(rows), 'form')}",
        sentences=(*_sentences(rows, forms, page.as_of),),
        parts=tuple(parts),
        foot=f"Summary of {counted(len(rows), 'form')}; no part of any of them",
    )


def _sentences(rows: Sequence[SummaryRow], forms: Sequence[FormReport], as_of: date | None) -> list[str]:
    states = list(dict.fromkeys(row.state for row in rows))
    said = listed([f"{sum(row.state == state for row in rows):,} {state}" for state in states])
    first = min((form.due for form in forms if form.due), default="")
    late = sum(bool(row.late) for row in rows)
    lacking = list(dict.fromkeys(what for row in rows for what in row.missing))
    missing = listed([f"{what} ({sum(what in row.missing for row in rows):,})" for what in lacking])
    day = f" as of {as_of}" if as_of else ""
    told = (
        f"{said[:1].upper()}{said[1:]}" + (f"; the first is due {first}" if first else ""),
        f"Late{day}: {late or 'none'}" if late or as_of else "",
        f"Missing: {missing}" if missing else "Nothing is missing" if all(row.good for row in rows) else "",
    )
    return [f"{sentence}." for sentence in told if sentence]


def _home(inputs: Sequence[Input]) -> str:
    """The folder that files are told from: the one that all the plans lie in, or below."""
    folders = [os.path.dirname(os.path.abspath(file.name)) for file in inputs if file.path is not None]  # noqa: PTH100, PTH120 - names as they were given, links unfollowed
    try:
        return os.path.commonpath(folders) if folders else ""
    except ValueError:  # on several drives
        return ""


def _named(file: str, home: str) -> str:
    """A file's name as it is shown."""
    shown = os.path.relpath(file, home).replace(os.sep, "/") if home and os.path.lexists(file) else file
    return printable(masked_words(shown))


def _forms(report: FileReport) -> tuple[FormReport, ...]:
    return report.forms or ((report.single,) if report.single is not None else ())


def _part(number: int, report: FileReport, home: str, folder: str, as_of: date | None, *, several: bool) -> SummaryPart:
    plan = _named(report.file, home)
    forms = _forms(report)
    rows = [_row(report, form, folder, plan, as_of, several=several) for form in forms] or [_row_of_none(report, plan)]
    told = [_told(finding, home) for finding in in_order(report.findings) if _counts(finding)]
    return SummaryPart(f"plan-{number}", plan, tuple(rows), tuple(told))


def _row(
    report: FileReport, form: FormReport, folder: str, plan: str, as_of: date | None, *, several: bool
) -> SummaryRow:
    at = form.group.index(form.name) + 1 if form.name in form.group else 0
    called = "" if form.name == str(at) else _shown(form.name)
    names = [*filter(None, (_shown(form.owner), plan if several or not (form.owner or called) else "", called))]
    files = form.outputs or form.standing
    word = verdict(replace(report, accepted=form.accepted, unreadable=report.unreadable and not report.forms))
    good = form.accepted
    return SummaryRow(
        who=names[0] if form.owner else names[-1],
        name=", ".join(names[1:] if form.owner else names[:-1]),
        issuer=_shown(f"{form.symbol} {form.issuer}".strip()),
        form=_shown(f"Form {form.type}") if form.type else "",
        part=f"part {at} of {len(form.group)}" if at else "",
        period=_shown(form.period),
        due=form.due,
        late=_late(form, as_of),
        state=("accepted" if good else word) + (" (draft)" if files and not good else ""),
        good=good,
        counts=_counts_of(form.errors, form.warnings),
        missing=form.lacking,
        links=links(files, folder),
        goes_on=0 < at < len(form.group),
    )


def _row_of_none(report: FileReport, plan: str) -> SummaryRow:
    """The row of a plan of which no form came: one that can't be read, or whose process was ended."""
    counts = [
        sum(1 for one in report.findings if one.severity is severity and not one.waived)
        for severity in (Severity.ERROR, Severity.WARNING)
    ]
    return SummaryRow(who=plan, state=verdict(report), good=report.accepted, counts=_counts_of(*counts))


def _late(form: FormReport, as_of: date | None) -> str:
    """By what a form is late; empty where it isn't, or where nothing tells."""
    if form.late:
        return f"signed {_shown(form.signed)}"
    if as_of is not None and form.unsigned and form.firm and form.firm < as_of.isoformat():
        return f"not signed on {as_of}"
    return ""


def _counts(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTE and not finding.waived


def _counts_of(errors: int, warnings: int) -> str:
    return ", ".join(counted(number, what) for number, what in ((errors, "error"), (warnings, "warning")) if number)


def _told(finding: Finding, home: str) -> Told:
    place = finding.origin.position
    at = f"{_named(place.file, home)}:{place.line}:{place.column}" if place else ""
    words = printable(finding.message), printable(finding.hint)
    return Told(finding.severity.value, finding.code, at, *words)


def _shown(text: str) -> str:
    return printable(masked_words(text))
