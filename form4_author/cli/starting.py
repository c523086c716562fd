"""The verbs that help one to begin: new, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from form4_author.cli.common import say
from form4_author.printable import printable


def new(
    folder: Annotated[
        Path, typer.Argument(help="The folder to write plan.yaml into; made where it doesn't exist.")
    ] = Path(),
) -> None:
    """Write a commented plan to start from; a plan that stands there already is left alone."""
    from form4_author.starter import write_starter

    path = write_starter(folder)
    say(printable(str(path)))
    say(f"Fill it in, then: form4-author build {printable(str(path))}", err=True)


def schema() -> None:
    """Print the plan's JSON Schema, for editors (completion and help as one types).

    Name it in a plan's first line: # yaml-language-server: $schema=form4-plan.schema.json
    """
    from form4_author.plan.editor_schema import json_schema

    say(json_schema(), nl=False, exact=True)
