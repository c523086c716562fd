"""The verbs about what is handed over to EDGAR and what is kept of it: envelope, verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from form4_author.cli.common import finish, one_file, say

FormatOption = Annotated[str, typer.Option("--format", metavar="text|json", help="text or json.")]


def envelope(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="edgarSubmission XML, full-submission .txt or ownership XML; - too."),
    ],
    *,
    extract: Annotated[
        Path | None,
        typer.Option(
            "--extract",
            metavar="DIR",
            help="Also write each document into this folder; no file that stands there is touched.",
            file_okay=False,
        ),
    ] = None,
    format: FormatOption = "text",  # noqa: A002 - the option's name
) -> None:
    """Show what is inside a submission: TEST or LIVE, its type, the form, each document with type, size and hash.

    No CCC is shown or written, and where one is inside, the hash is that of the document without it: the one that the
    page and the report have. It judges nothing; `check` does.

    Exit code: 0, 1 where a document can't be taken out or written, 2 where the file can't be read.
    """
    from form4_author.handover.opened import open_submission
    from form4_author.report.contents import contents_data, contents_text
    from form4_author.report.file_report import dumps, findings_data

    if format not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    opened = open_submission(one_file(file), into=extract)
    report = opened.report()
    if format == "json":
        data = contents_data(opened.contents, opened.written) if opened.contents else {}
        told = {"file": opened.file, **data, "accepted": report.accepted, "findings": findings_data(opened.findings)}
        say(dumps(told), nl=False, exact=True)
        raise SystemExit(2 if report.unreadable else 0 if report.accepted else 1)
    if opened.contents:
        say(contents_text(opened.file, opened.contents, opened.written), nl=False)
        if not opened.findings:
            raise SystemExit(0)
        sys.stdout.flush()
    finish([report])


def verify(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER...", help="Folders that `build --seal` wrote, NAME.sealed.")
    ],
    *,
    expect: Annotated[
        str,
        typer.Option("--expect", metavar="SEAL", help="The seal that was noted elsewhere; it goes with one folder."),
    ] = "",
    format: FormatOption = "text",  # noqa: A002 - the option's name
) -> None:
    """Tell whether sealed folders are what was sealed, and whether the same builds again; nothing is written.

    Each file is the same, changed, missing or added. What was built is built again from the copies in the folder and
    held against it; where this is another version than the one that sealed it, that is said, and it is compared all
    the same. The seal that is printed stands for the whole folder: note it elsewhere, and --expect it later.

    Exit code: 0 where nothing has changed, 1 where something has, 2 where it is no sealed folder or can't be read.
    """
    from form4_author.handover.verification import verify as verify_folder
    from form4_author.report.file_report import dumps
    from form4_author.report.seals import seal_data, seal_text
    from form4_author.version import __version__

    if format not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    if expect and len(folders) > 1:
        raise typer.BadParameter("it goes with one folder", param_hint="--expect")
    found = [verify_folder(folder, expected=expect) for folder in folders]
    if format == "json":
        told = {"folders": [seal_data(one) for one in found], "accepted": all(one.accepted for one in found)}
        say(dumps(told), nl=False, exact=True)
        raise SystemExit(2 if any(one.unreadable for one in found) else 0 if told["accepted"] else 1)
    for one in found:
        if not one.unreadable:
            say(seal_text(one, today=__version__), nl=False)
    sys.stdout.flush()
    finish([one.report() for one in found if one.findings])
