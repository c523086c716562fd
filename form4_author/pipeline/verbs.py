"""The verbs, each on one file: through the stages as far as it goes.

Codes: OUT003 an XML file where a plan is wanted; OUT002 and OUT005 from `files.delivery`, OUT006 from `naming`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from form4_author.days.business_days import BusinessDays
from form4_author.days.deadlines import Deadline, due
from form4_author.edgar.ccc import Keyring
from form4_author.files.delivery import Output
from form4_author.files.inputs import Input
from form4_author.files.reading import FileId
from form4_author.filing import DocumentKind, Filing, Medium
from form4_author.findings import Finding, Origin, Position, Rejected, error, has_errors
from form4_author.firm.nearest import firm_or_none
from form4_author.pipeline.draw import has_ccc, no_printer, other_filing, own_templates, page, searched
from form4_author.pipeline.examine import Found, Judged, Refused, Stated, Unfinished, examine, examine_forms
from form4_author.pipeline.naming import output_name
from form4_author.pipeline.options import BuildOptions, CheckOptions, PreviewOptions
from form4_author.pipeline.record import delivered, report_text
from form4_author.pipeline.standing import with_unfinished
from form4_author.pipeline.together import form_report, together
from form4_author.report.file_report import FileReport

if TYPE_CHECKING:
    from form4_author.page.templates import Templates
    from form4_author.pipeline.last_filing import Earlier


def check_file(file: Input, options: CheckOptions, keyring: Keyring) -> FileReport:
    """Stages 1 to 6 on one file; nothing is written."""
    options = options.under(firm_or_none(file))
    found = with_unfinished(file, examine_forms(file, options, keyring))
    return together(found, [one.report(strict=options.strict) for one in found])


def preview_file(file: Input, options: PreviewOptions) -> FileReport:
    """Stages 1 to 7 on one file: the page alone, a draft where errors stand.

    Raises:
        OptionError: the options don't go with the file.
    """
    options = options.under(firm_or_none(file))
    options.suit([file])
    found = examine(file, options, Keyring())
    if isinstance(found, Refused):
        return found.report(strict=options.strict)
    found, last = searched(found, options)

    def outputs(found: Unfinished | Judged, path: Path, texts: dict[str, str]) -> list[Output]:
        other = other_filing(options, texts, found.form, last)
        against, templates = other.filing if other else None, own_templates(options, texts)
        draft = has_errors(found.findings)
        return [page(found, path, options, draft=draft, templates=templates, against=against, other=other)]

    return delivered([(found, options.output)], outputs, strict=options.strict)[0]


def build_file(
    file: Input,
    options: BuildOptions,
    keyring: Keyring,
    *,
    spared: frozenset[FileId] = frozenset(),
    beside: Callable[[Input, Stated], Sequence[Finding]] = lambda _file, _found: (),
) -> FileReport:
    """All stages on one plan; of one that is refused, a draft of its page at most.

    Args:
        file: the plan.
        options: how to build.
        keyring: the CCCs at hand.
        spared: files of the same run that are not to be written over, beside those that this plan comes from.
        beside: what is to be told of a form besides, with regard to the files around the plan.

    Raises:
        OptionError: the options don't go together, or with the file.
    """
    options = options.under(firm_or_none(file))
    found = _found(file, options, keyring, beside)
    built: list[FileReport] = []
    for group in _groups(found):
        built += _built(file, group, options, spared)
    return _of_a_build(found, together(found, built))


def unbuilt(
    file: Input, options: BuildOptions, keyring: Keyring, *, beside: Callable[[Input, Stated], Sequence[Finding]]
) -> FileReport:
    """What a build of a plan would tell, and nothing written; see `build_file`."""
    options = options.under(firm_or_none(file))
    found = _found(file, options, keyring, beside)
    return _of_a_build(found, together(found, [one.report(strict=options.strict) for one in found]))


def _of_a_build(found: Sequence[Found], report: FileReport) -> FileReport:
    """The report of a plan, with what else the page of several plans tells and needs."""
    single = None if report.forms else form_report(found[0], report)
    return replace(report, single=single, read=frozenset().union(*(one.read for one in found)))


def _found(
    file: Input, options: BuildOptions, keyring: Keyring, beside: Callable[[Input, Stated], Sequence[Finding]]
) -> tuple[Found, ...]:
    """The forms of a plan, with what is to be told of them."""
    options.suit([file])
    found = examine_forms(file, options, keyring)
    if options.against is not None and len(found) > 1 and not options.searches:
        found = (examine(file, options, keyring),)
    return tuple(one if isinstance(one, Refused) else one.told(beside(file, one)) for one in found)


def _groups(found: Sequence[Found]) -> list[list[Found]]:
    """The forms, those together that are parts of one report."""
    groups: list[list[Found]] = []
    for one in found:
        if groups and one.group and groups[-1][0].group == one.group:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _built(file: Input, group: Sequence[Found], options: BuildOptions, spared: frozenset[FileId]) -> list[FileReport]:
    """What becomes of forms that belong together: all of them are written, or none."""
    pairs = [searched(one, options) for one in group if not isinstance(one, Refused)]
    stated, last = [one for one, _ in pairs], {one.form: earlier for one, earlier in pairs}
    if len(stated) < len(group) or any(one.filing.medium is Medium.XML for one in stated):
        return [_no_plan(one).report(strict=options.strict) for one in group]
    try:
        stems = [
            options.output / output_name(file, one.form, pattern=options.name, filing=one.filing) for one in stated
        ]
    except Rejected as refused:
        return [one.stopped(refused).report(strict=options.strict) for one in stated]
    judged = [one for one in stated if isinstance(one, Judged) and one.accepted(strict=options.strict)]
    if options.pdf and (len(judged) == len(stated) or options.force) and (missing := no_printer(file.name)):
        return _built(file, [one.told([missing]) for one in stated], replace(options, pdf=False), spared)
    maker = os.path.realpath(file.path) if file.path else ""
    if len(judged) == len(stated):

        def write(one: Judged, stem: Path, texts: dict[str, str]) -> list[Output]:
            return outputs_of(one, stem, options, texts, last[one.form])

        done = [*zip(judged, stems, strict=True)]
        return delivered(done, write, strict=options.strict, spared=spared, maker=maker)
    if options.force:

        def draft(one: Unfinished | Judged, stem: Path, texts: dict[str, str]) -> list[Output]:
            return _drafts(one, stem, options, texts, last[one.form])

        drafts = [*zip(stated, stems, strict=True)]
        return delivered(drafts, draft, strict=options.strict, spared=spared, maker=maker)
    return [one.report(strict=options.strict) for one in stated]


class Timetable(Struct, frozen=True):
    """By when each transaction of a file must be reported.

    Attributes:
        file: its name.
        filing: what it says.
        deadlines: one for each transaction with a date, in the order of the form.
        form: what the form is called among those of its plan; empty where the plan makes one.
    """

    file: str
    filing: Filing
    deadlines: tuple[Deadline, ...]
    form: str = ""


def due_file(file: Input, days: BusinessDays) -> list[Timetable | Refused]:
    """By when the transactions of one file must be reported, form by form, whatever else is wrong with it.

    Args:
        file: as for `examine_forms`.
        days: the calendar of business days.
    """
    return [
        one if isinstance(one, Refused) else Timetable(one.file, one.filing, tuple(due(one.filing, days)), one.form)
        for one in examine_forms(file, CheckOptions(), Keyring())
    ]


# --- what a build writes ------------------------------------------------------------------------------------------


def _no_plan(found: Found) -> Found:
    if isinstance(found, Refused) or found.filing.medium is not Medium.XML or has_errors(found.findings):
        return found
    message = "only a plan can be built; this is a finished document"
    origin = Origin(Position(found.file, 1, 1))
    return found.told([error("OUT003", message, origin, hint="Use check or preview on it.")])


def outputs_of(
    found: Judged, stem: Path, options: BuildOptions, texts: dict[str, str], last: Earlier | None = None
) -> list[Output]:
    """All that a build writes: the documents, the pages, the report.

    Args:
        found: the form.
        stem: the folder and the name to write under.
        options: what is wanted.
        texts: filled with the text of each file that findings may point into, by name.
        last: the last filing that was found, where the options name a folder to hold it against.

    Raises:
        Rejected: a page can't be drawn, or a file that the options name can't be read.
    """
    secret = options.document is DocumentKind.FILER and has_ccc(found.filing)
    outputs = [Output(_named(stem, ".xml"), found.document, secret)]
    if found.envelope is not None:
        outputs.append(Output(_named(stem, ".submission.xml"), found.envelope, secret))
    templates, other = own_templates(options, texts), other_filing(options, texts, found.form, last)
    outputs += _pages(found, stem, options, draft=False, templates=templates, other=other)
    report = report_text(found, outputs, options, templates=templates, other=other)
    return [*outputs, Output(_named(stem, ".report.json"), report.encode("ascii"))]


def _drafts(
    found: Unfinished | Judged, stem: Path, options: BuildOptions, texts: dict[str, str], last: Earlier | None
) -> list[Output]:
    """All that is written of a plan that is refused: drafts of the pages."""
    templates, other = own_templates(options, texts), other_filing(options, texts, found.form, last)
    return _pages(found, stem, options, draft=True, templates=templates, other=other)


def _pages(
    found: Unfinished | Judged,
    stem: Path,
    options: BuildOptions,
    *,
    draft: bool,
    templates: Templates | None,
    other: Unfinished | Judged | None,
) -> list[Output]:
    """The pages, and the redlines where there is another filing."""
    endings = [ending for ending, wanted in ((".pdf", options.pdf), (".html", options.html)) if wanted]
    pages = [
        page(found, _named(stem, ending), options, draft=draft, templates=templates, other=other) for ending in endings
    ]
    if other is None:
        return pages
    return pages + [
        page(
            found,
            _named(stem, f".redline{ending}"),
            options,
            draft=draft,
            templates=templates,
            against=other.filing,
            other=other,
        )
        for ending in endings
    ]


def _named(stem: Path, ending: str) -> Path:
    return stem.parent / f"{stem.name}{ending}"
