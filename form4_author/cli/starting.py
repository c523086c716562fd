"""The verbs that help one to begin: new, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from form4_author.cli.common import say, usage_told
from form4_author.cli.completion import events, examples
from form4_author.pipeline.options import not_one_of
from form4_author.printable import printable
from form4_author.sec_codes import FORM_NAMES

_FORMS = tuple(name.number for name in FORM_NAMES.values() if name.supported)


def _form(number: str) -> str:
    if number not in _FORMS:
        raise ValueError(not_one_of(number, _FORMS))
    return number


def new(
    folder: Annotated[
        Path, typer.Argument(help="The folder to write plan.yaml into; made where it doesn't exist.")
    ] = Path(),
    *,
    form: Annotated[
        str,
        typer.Option(
            "--form", parser=_form, autocompletion=lambda: [*_FORMS], metavar="|".join(_FORMS), help="Which form."
        ),
    ] = "4",
    event: Annotated[
        str | None,
        typer.Option(
            "--event", metavar="EVENT", autocompletion=events, help="Begin with one such entry, as vest or gift."
        ),
    ] = None,
    example: Annotated[
        str | None,
        typer.Option(
            "--example", metavar="NAME", autocompletion=examples, help="Begin with an example, as option-grant."
        ),
    ] = None,
) -> None:
    """Write a commented plan to start from; a plan that stands there already is left alone."""
    from form4_author.starter import beginning, write_starter

    with usage_told():
        text = beginning(form, event, example)
    path = write_starter(folder, text)
    say(printable(str(path)))
    say(f"Fill it in, then: form4-author build {printable(str(path))}", err=True)


def schema() -> None:
    """Print the plan's JSON Schema, for editors (completion and help as one types).

    Name it in a plan's first line: # yaml-language-server: $schema=form4-plan.schema.json
    """
    from form4_author.events.catalogue import schema as json_schema

    say(json_schema(), nl=False, exact=True)
