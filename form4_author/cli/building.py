"""The verbs that take a file through the stages: build, check, preview."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from form4_author.cli.common import (
    AgainstOption,
    CccOption,
    FilesArgument,
    FormatOption,
    FormOption,
    IgnoreOption,
    ProfilesOption,
    ProofOption,
    SelectOption,
    StrictOption,
    TemplateOption,
    VersionOption,
    chosen_format,
    day_of,
    finish,
    go_through,
    inputs_of,
    one_file,
    other_file,
    say,
    usage_told,
)
from form4_author.filing import DocumentKind
from form4_author.firm.nearest import jobs_for
from form4_author.pipeline.options import BuildOptions, CheckOptions, PreviewOptions, families


def build(
    plans: FilesArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="The folder to write into. Default: build.", file_okay=False
        ),
    ] = None,
    *,
    html: Annotated[
        bool | None, typer.Option("--html/--no-html", help="Also write NAME.html, the page as one file.")
    ] = None,
    pdf: Annotated[bool | None, typer.Option("--pdf/--no-pdf", help="Write NAME.pdf, the page. Default: yes.")] = None,
    submission: Annotated[
        bool | None,
        typer.Option("--submission/--no-submission", help="Also write NAME.submission.xml, the envelope for EDGAR."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="PATTERN",
            help="What NAME is: a text with {plan}, {insider}, {owner}, {symbol}, {form} or {date} in it. "
            "Default: {plan}.",
        ),
    ] = None,
    document: Annotated[
        DocumentKind,
        typer.Option(
            "--document",
            help="filer: what one submits. record: the document of record as EDGAR disseminates it.",
        ),
    ] = DocumentKind.FILER,
    schema_version: VersionOption = None,
    form: FormOption = None,
    strict: StrictOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    proof: ProofOption = None,
    template: TemplateOption = None,
    against: AgainstOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Where errors stand, write a draft of the page; never the XML.")
    ] = False,
    seal: Annotated[
        bool,
        typer.Option("--seal", help="Also write NAME.sealed, a folder with all that it was built from, and hashes."),
    ] = False,
    summary: Annotated[
        bool | None,
        typer.Option(
            "--summary/--no-summary",
            help="Of several forms, also write the page that tells of them. Default: yes.",
        ),
    ] = None,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The day on which that page tells what is late, 2026-11-18. Default: by its signature alone.",
        ),
    ] = "",
    changed: Annotated[
        bool, typer.Option("--changed", help="Build only what changed since the last time that --changed was given.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="How many plans to build at once. Default: 1.")
    ] = None,
    profiles: ProfilesOption = None,
    ccc_file: CccOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Build plans: NAME.xml, NAME.pdf and NAME.report.json, once every check has passed.

    NAME is the plan's file name, or its folder's where the file is called plan.yaml. Nothing is written for a plan
    that is refused. Written files are listed on standard output, findings on standard error.

    A plan that makes several forms writes NAME-FORM.xml and so on, for each of them that is accepted, and
    NAME.summary.html, which has a row for each, with its due date, what is missing, and links to its files. A run over
    several plans writes one of all of them, summary.html.

    The CCC of each owner comes from the environment variable FORM4_CCC_<CIK> or from --ccc-file, never from the
    plan. It stands in the XML alone, which then only you can read. Without one the document is built all the same.

    With --against the page is also written as a redline, NAME.redline.pdf: what is new is underlined, what the other
    filing says instead is struck through. That one is not for signature.

    With --seal a folder NAME.sealed is written too: the plan and every file that it takes in, what was built, the
    report, the versions, and the hashes of all; no CCC. `verify` tells later that nothing has changed.

    With --changed a plan is built only where it, a file that it is made of, an option or the tool has changed, or one
    of its own files isn't there as it was written. The record of that is .form4-author.built in the folder.
    """
    from form4_author import batch

    inputs = inputs_of(plans, profiles)
    with usage_told():
        options = BuildOptions.asked(
            output=output,
            html=html,
            pdf=pdf,
            submission=submission,
            name=name,
            document=document,
            schema_version=schema_version,
            form=form,
            strict=strict,
            select=families(select) if select else None,
            ignore=families(ignore) if ignore else None,
            proof=proof,
            template=template,
            against=other_file(against, inputs, profiles),
            force=force,
            seal=seal,
            summary=summary,
            as_of=day_of(as_of),
        )
        jobs = jobs_for(inputs, jobs)
        go_through(
            partial(batch.build_all, inputs, options, ccc_file=ccc_file, jobs=jobs, changed=changed),
            chosen_format(format),
            files=len(inputs),
            jobs=jobs,
            list_outputs=True,
        )


def check(
    files: FilesArgument,
    *,
    document: Annotated[
        DocumentKind, typer.Option("--document", help="For plans: check as filer document or as document of record.")
    ] = DocumentKind.FILER,
    schema_version: VersionOption = None,
    form: FormOption = None,
    strict: StrictOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="How many files to check at once. Default: 1.")
    ] = None,
    profiles: ProfilesOption = None,
    ccc_file: CccOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Check plans and documents; nothing is written.

    Takes plans, ownership XML (any tool's, or downloaded from EDGAR), edgarSubmission XML, and the full-submission
    .txt that EDGAR publishes. Each finding stands with its file, line and column, a caret, and what to write instead.
    """
    from form4_author import batch

    with usage_told():
        options = CheckOptions.asked(
            document=document,
            schema_version=schema_version,
            form=form,
            strict=strict,
            select=families(select) if select else None,
            ignore=families(ignore) if ignore else None,
        )
        inputs = inputs_of(files, profiles)
        jobs = jobs_for(inputs, jobs)
        work = partial(batch.check_all, inputs, options, ccc_file=ccc_file, jobs=jobs)
        go_through(work, chosen_format(format), files=len(inputs), jobs=jobs, to_stderr=False)


def status(
    files: FilesArgument,
    *,
    profiles: ProfilesOption = None,
    ccc_file: CccOption = None,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--format", metavar="text|json", help="How it is printed.")
    ] = "text",
) -> None:
    """Tell where the forms of a folder stand, a line each: state, due date, signature, and what is still missing.

    Takes plans and documents, and examines them as check does; `check` tells what is found in each. Nothing is written.

    Exit code: 0 where all are accepted, 1 where one is refused, 2 where one can't be read.
    """
    from form4_author import batch
    from form4_author.report.file_report import dumps
    from form4_author.report.status import status_data, status_text

    if format not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    forms = batch.status_all(inputs_of(files, profiles), ccc_file=ccc_file)
    say(status_text(forms) if format == "text" else dumps(status_data(forms)), nl=False, exact=format == "json")
    states = {form.state for form in forms}
    raise SystemExit(2 if "unreadable" in states else 1 if "refused" in states else 0)


def preview(
    file: Annotated[
        str, typer.Argument(help="A plan, ownership XML, edgarSubmission XML or full-submission .txt; - too.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The page to write: NAME.pdf or NAME.html.")],
    *,
    proof: ProofOption = None,
    template: TemplateOption = None,
    against: AgainstOption = None,
    profiles: ProfilesOption = None,
    schema_version: VersionOption = None,
    form: FormOption = None,
) -> None:
    """Draw the page alone, as PDF or HTML by the name's ending.

    A page drawn while errors stand is marked DRAFT; the findings are printed on standard error. With --against it is
    a redline: what is new is underlined, what the other filing says instead is struck through.
    """
    from form4_author.pipeline.verbs import preview_file

    with usage_told():
        options = PreviewOptions.asked(
            output=output, schema_version=schema_version, form=form, proof=proof, template=template
        )
        source = one_file(file, profiles)
        done = preview_file(source, replace(options, against=other_file(against, [source], profiles)))
    finish([done], list_outputs=True)
