"""The verb about a firm's own file: config."""

from __future__ import annotations

from typing import Annotated

import typer

from form4_author.cli.common import ProfilesOption, one_file, say


def config(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan, or a folder of plans.")] = ".",
    *,
    profiles: ProfilesOption = None,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--format", metavar="text|json", help="text or json.")
    ] = "text",
) -> None:
    """Tell what counts for a plan, and where each value comes from: file and line.

    What the command line says counts before the plan, the plan before the firm's file, that before the defaults. The
    firm's file is form4-author.toml, the nearest one from the plan's folder upward; docs/firm.md lists its keys.
    """
    from pathlib import Path

    from form4_author.files.inputs import Input
    from form4_author.files.reading import is_folder
    from form4_author.pipeline.configured import configuration
    from form4_author.report.file_report import dumps
    from form4_author.report.settings import as_data, as_text

    if format not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    folder = is_folder(Path(plan))
    file = Input(plan, Path(plan), profiles=profiles) if folder else one_file(plan, profiles)
    found = configuration(file)
    told = (found.firm.file, found.settings, found.insiders, found.not_read)
    say(as_text(*told) if format == "text" else dumps(as_data(*told)), nl=False, exact=format == "json")
