"""The command line: parses, calls the pipeline, prints, exits. What each verb promises stands in docs/cli.md.

Exit codes: 0 accepted, 1 refused (or warnings under --strict), 2 usage or unreadable input.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from form4_author.cli import plans as cli_plans
from form4_author.cli import rules as cli_rules
from form4_author.cli.common import (
    AgainstOption,
    CccOption,
    FilesArgument,
    Format,
    FormatOption,
    IgnoreOption,
    ProofOption,
    SchemaVersion,
    SelectOption,
    StrictOption,
    TemplateOption,
    VersionOption,
    chosen_format,
    families,
    finish,
    inputs_of,
    one_input,
)
from form4_author.filing import DocumentKind
from form4_author.findings import Rejected
from form4_author.report.file_report import FileReport
from form4_author.version import __version__

app = typer.Typer(
    name="form4-author",
    help="Author SEC Form 4 from a YAML plan: the EDGAR-ready XML, the printed form, and what is wrong with either.",
    epilog="Begin with: form4-author new my-filing",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
schemas_app = typer.Typer(help="The SEC's schemas that documents are validated against.", no_args_is_help=True)
app.add_typer(schemas_app, name="schemas", rich_help_panel=None)


def _print_version(value: bool) -> None:  # noqa: FBT001 - typer calls it so
    if value:
        typer.echo(f"form4-author {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Author SEC Form 4 from a YAML plan: the EDGAR-ready XML, the printed form, and what is wrong with either."""


@app.command(short_help="Build plans: the XML, the page as PDF, and a report.")
def build(
    plans: FilesArgument,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="The folder to write into.", file_okay=False),
    ] = Path("build"),
    *,
    html: Annotated[bool, typer.Option("--html", help="Also write NAME.html, the page as one file.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Write NAME.pdf, the page.")] = True,
    submission: Annotated[
        bool, typer.Option("--submission", help="Also write NAME.submission.xml, the envelope for EDGAR.")
    ] = False,
    document: Annotated[
        DocumentKind,
        typer.Option(
            "--document",
            help="filer: what one submits. record: the document of record as EDGAR disseminates it.",
        ),
    ] = DocumentKind.FILER,
    schema_version: VersionOption = None,
    strict: StrictOption = False,
    proof: ProofOption = False,
    template: TemplateOption = None,
    against: AgainstOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Where errors stand, write a draft of the page; never the XML.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many plans to build at once.")] = 1,
    ccc_file: CccOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Build plans: NAME.xml, NAME.pdf and NAME.report.json, once every check has passed.

    NAME is the plan's file name, or its folder's where the file is called plan.yaml. Nothing is written for a plan
    that is refused. Written files are listed on standard output, findings on standard error.

    The CCC of each owner comes from the environment variable FORM4_CCC_<CIK> or from --ccc-file, never from the
    plan. It stands in the XML alone, which then only you can read. Without one the document is built all the same.

    With --against the page is also written as a redline, NAME.redline.pdf: what is new is underlined, what the other
    filing says instead is struck through. That one is not for signature.
    """
    from form4_author import batch
    from form4_author.pipeline import BuildOptions

    inputs = inputs_of(plans)
    if against is not None and len(inputs) > 1:
        raise typer.BadParameter("it goes with one plan", param_hint="--against")
    if against is not None and not (pdf or html):
        raise typer.BadParameter("there is no page to mark: leave out --no-pdf, or say --html", param_hint="--against")
    if "-" in plans and str(against) == "-":
        raise typer.BadParameter("standard input is one file, not two", param_hint="--against")
    options = BuildOptions(
        folder=output,
        html=html,
        pdf=pdf,
        submission=submission,
        proof=proof,
        template=template,
        against=one_input(against),
        force=force,
        strict=strict,
        kind=document,
        version=schema_version.value if schema_version else None,
    )
    done = batch.build_all(inputs, options, ccc_file=ccc_file, jobs=jobs)
    finish(done, chosen_format(format), to_stderr=True, list_outputs=True)


@app.command()
def check(
    files: FilesArgument,
    *,
    document: Annotated[
        DocumentKind, typer.Option("--document", help="For plans: check as filer document or as document of record.")
    ] = DocumentKind.FILER,
    schema_version: VersionOption = None,
    strict: StrictOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    ccc_file: CccOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Check plans and documents; nothing is written.

    Takes plans, ownership XML (any tool's, or downloaded from EDGAR), edgarSubmission XML, and the full-submission
    .txt that EDGAR publishes. Each finding stands with its file, line and column, a caret, and what to write instead.
    """
    from form4_author import batch
    from form4_author.pipeline import CheckOptions

    options = CheckOptions(
        kind=document,
        strict=strict,
        version=schema_version.value if schema_version else None,
        select=families(select),
        ignore=families(ignore),
    )
    done = batch.check_all(inputs_of(files), options, ccc_file=ccc_file)
    finish(done, chosen_format(format), to_stderr=False)


@app.command(short_help="Draw the page of a plan or of any Form 4.")
def preview(
    file: Annotated[
        str, typer.Argument(help="A plan, ownership XML, edgarSubmission XML or full-submission .txt; - too.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The page to write: NAME.pdf or NAME.html.")],
    *,
    proof: ProofOption = False,
    template: TemplateOption = None,
    against: AgainstOption = None,
    schema_version: VersionOption = None,
) -> None:
    """Draw the page alone, as PDF or HTML by the name's ending.

    A page drawn while errors stand is marked DRAFT; the findings are printed on standard error. With --against it is
    a redline: what is new is underlined, what the other filing says instead is struck through.
    """
    from form4_author.pipeline import CheckOptions, preview_file

    if output.suffix not in {".pdf", ".html"}:
        raise typer.BadParameter("the name must end in .pdf or .html", param_hint="-o")
    if file == str(against) == "-":
        raise typer.BadParameter("standard input is one file, not two", param_hint="--against")
    (source,) = inputs_of([file])
    version = schema_version.value if schema_version else None
    options = CheckOptions(version=version, proof=proof, template=template, against=one_input(against))
    done = preview_file(source, output, options)
    finish([done], Format.TEXT, to_stderr=True, list_outputs=True)


@app.command(short_help="Write a commented plan to start from.")
def new(
    folder: Annotated[
        Path, typer.Argument(help="The folder to write plan.yaml into; made where it doesn't exist.")
    ] = Path(),
) -> None:
    """Write a commented plan to start from; a plan that stands there already is left alone."""
    from form4_author.starter import write_starter

    path = write_starter(folder)
    typer.echo(path)
    typer.echo(f"Fill it in, then: form4-author build {path}", err=True)


@app.command(short_help="Print the plan's JSON Schema, for editors.")
def schema() -> None:
    """Print the plan's JSON Schema, for editors (completion and help as one types).

    Name it in a plan's first line: # yaml-language-server: $schema=form4-plan.schema.json
    """
    from form4_author.plan.reader import json_schema

    typer.echo(json_schema(), nl=False)


@schemas_app.command("list")
def schemas_list() -> None:
    """List the schemas in use: version, shipped or added, hash and folder."""
    from form4_author.schema_store import schemas_in_use

    for entry in schemas_in_use():
        typer.echo(f"{entry.version}  {entry.origin:<8}  sha256:{entry.sha256}  {entry.folder}")


@schemas_app.command("add")
def schemas_add(
    archive: Annotated[Path, typer.Argument(help="The SEC's own archive, ownershipxmltechspec-*.zip.")],
    *,
    schema_version: Annotated[
        SchemaVersion,
        typer.Option("--schema-version", metavar="X0306|X0407|X0508|X0609", help="The version it is of."),
    ] = SchemaVersion.X0609,
) -> None:
    """Add the SEC's own schemas from its specification archive; they then take precedence over the shipped ones."""
    from form4_author.schema_store import add_archive

    entry = add_archive(archive, version=schema_version.value)
    typer.echo(f"{entry.version}  {entry.origin:<8}  sha256:{entry.sha256}  {entry.folder}")


app.command("import", short_help="Turn a Form 4 into a plan that builds the same document.")(cli_plans.import_)
app.command(short_help="Begin the amendment (4/A) of a filed Form 4.")(cli_plans.amend)
app.command(short_help="Begin the next Form 4 from the last one.")(cli_plans.roll)
app.command(short_help="Tell what differs between two forms.")(cli_plans.diff)
app.command()(cli_rules.rules)
app.command()(cli_rules.explain)
app.command()(cli_rules.due)


def main() -> None:
    """The program. No exception ends in a traceback: what is refused is told, and so is a fault of the tool's own."""
    gc.set_threshold(200_000)  # what a start allocates is kept: looking through it again and again takes its time,
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # as does looking for plugins in every package installed
    try:
        app()
    except Rejected as refused:
        report = FileReport("form4-author", accepted=False, unreadable=refused.unreadable, findings=refused.findings)
        finish([report], Format.TEXT, to_stderr=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except Exception as fault:  # noqa: BLE001 - the last resort; its text may hold what must not be shown
        frame = fault.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        place = f" in {Path(frame.tb_frame.f_code.co_filename).name}, line {frame.tb_lineno}" if frame else ""
        typer.echo(
            f"form4-author: a fault of the tool itself ({type(fault).__name__}{place}); nothing was written for this "
            "file. Please report it with the plan, names and numbers changed.",
            err=True,
        )
        raise SystemExit(2) from None
