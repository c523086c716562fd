"""The plan that `new` writes: every part of it explained, ready to be filled in.

Code: OUT004 a plan stands there already.
"""

from __future__ import annotations

from pathlib import Path

from form4_author.files.delivery import Output, deliver
from form4_author.files.reading import identity
from form4_author.filing import FORM_4, FormType
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.resources import resource


def starter_text(form: FormType = FORM_4) -> str:
    """The starter plan's text."""
    return resource("templates", "plan.yaml" if form is FORM_4 else f"plan-{form.number}.yaml").read_text("utf-8")


def write_starter(folder: Path, form: FormType = FORM_4) -> Path:
    """Write the starter plan of a form into a folder, which is made where it doesn't exist.

    Returns:
        The plan's path.

    Raises:
        Rejected: a plan stands there already (OUT004), or the folder can't be written (OUT002).
    """
    path = folder / "plan.yaml"
    if identity(path) is not None:
        raise Rejected(
            [
                error(
                    "OUT004",
                    "a plan stands here already; it was left alone",
                    Origin(Position(str(path), 1, 1)),
                    hint="Name another folder.",
                )
            ]
        )
    deliver([Output(path, starter_text(form).encode())])
    return path
