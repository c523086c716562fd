"""What the verbs of the command line share: their common options, printing, and how they end."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from form4_author.files.inputs import Input, gather
from form4_author.report import file_report as reports
from form4_author.report.file_report import FileReport


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


class SchemaVersion(StrEnum):
    """EDGAR's schema versions that a document can be written in."""

    X0306 = "X0306"
    X0407 = "X0407"
    X0508 = "X0508"
    X0609 = "X0609"


FilesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Files, folders (every *.yaml below, those with a leading _ aside), or - for standard input.",
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        metavar="text|json|github|sarif",
        help="How findings are printed. Default: text; under GitHub Actions, github.",
    ),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Warnings refuse a file too.")]
VersionOption = Annotated[
    SchemaVersion | None,
    typer.Option(
        "--schema-version",
        metavar="X0306|X0407|X0508|X0609",
        help="The schema to write or judge by. Default: the file's own, or the current.",
    ),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODE", help="Only these rules: codes (TXN003) or families (TXN); repeatable."),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODE", help="Not these rules: codes or families; repeatable."),
]
ProofOption = Annotated[
    bool,
    typer.Option(
        "--proof",
        help="Append a proof sheet to the page: findings, derived values, deadlines, waivers, versions.",
    ),
]
TemplateOption = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar="DIR",
        help="A folder of page templates and stylesheets to lay over the built-in ones (docs/templates.md).",
    ),
]
AgainstOption = Annotated[
    Path | None,
    typer.Option(
        "--against",
        metavar="FILED",
        help="Mark on the page what differs from another filing: its XML or full-submission .txt, or its plan; - too.",
        dir_okay=False,
    ),
]
CccOption = Annotated[
    Path | None,
    typer.Option(
        "--ccc-file",
        help="A file of `CIK: CCC` lines that only you can read. CCCs also come from FORM4_CCC_<CIK>.",
    ),
]


def inputs_of(names: Sequence[str]) -> list[Input]:
    """The inputs that the words of a command line mean."""
    return gather(names, stdin=sys.stdin.buffer)


def one_input(name: Path | None) -> Input | None:
    """The one file that an option names, or standard input; None where it is not given."""
    return None if name is None else inputs_of([str(name)])[0]


def chosen_format(asked: Format | None) -> Format:
    """The format asked for; workflow commands under GitHub Actions, else text."""
    if asked is not None:
        return asked
    return Format.GITHUB if os.environ.get("GITHUB_ACTIONS") == "true" else Format.TEXT


def families(asked: Sequence[str] | None) -> tuple[str, ...]:
    """Codes and families as asked for, several in one word parted by commas."""
    return tuple(code.strip().upper() for word in asked or () for code in word.split(",") if code.strip())


def finish(done: Sequence[FileReport], shown_as: Format, *, to_stderr: bool, list_outputs: bool = False) -> NoReturn:
    """Print what became of the files, and exit: 2 where one can't be read, 1 where one is refused, else 0."""
    if shown_as is Format.JSON:
        typer.echo(reports.as_json(done), nl=False)
    elif shown_as is Format.SARIF:
        from form4_author.report.sarif import as_sarif

        typer.echo(as_sarif(done), nl=False)
    elif shown_as is Format.GITHUB:
        typer.echo("".join(reports.as_github(report) for report in done), nl=False)
    else:
        stream = sys.stderr if to_stderr else sys.stdout
        colour = stream.isatty() and not os.environ.get("NO_COLOR")
        blocks = [reports.as_text(report, colour=colour) for report in done]
        typer.echo("\n".join(blocks) if len(done) < 20 else "".join(blocks), nl=False, err=to_stderr, color=colour)
    if list_outputs and shown_as not in {Format.JSON, Format.SARIF}:
        for report in done:
            for output in report.outputs:
                typer.echo(output)
    raise SystemExit(2 if any(r.unreadable for r in done) else 1 if not all(r.accepted for r in done) else 0)
