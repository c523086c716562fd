"""The verbs that begin with a filing: import, amend, roll, diff."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from form4_author.cli.common import ProfilesOption, day_of, finish, one_file, say
from form4_author.files.inputs import Input

if TYPE_CHECKING:
    from form4_author.conversion import ConvertedPlan
    from form4_author.pipeline.examine import Refused

FiledArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="Ownership XML, edgarSubmission XML or full-submission .txt; - too.")
]
FiledOrPlanArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="The XML or full-submission .txt of the filing, or its plan; - too.")
]
PlanOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="PLAN", help="The plan to write. Default: standard output.", dir_okay=False),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over a plan that stands there already.")]


def import_(
    file: FiledArgument,
    output: PlanOption = None,
    *,
    force: ForceOption = False,
    as_is: Annotated[
        bool,
        typer.Option(
            "--as-is", help="Print what states no form as it stands, for git's textconv (docs/git.md); exit code 0."
        ),
    ] = False,
) -> None:
    """Turn a Form 3, 4 or 5 of any time (schemas X0101 to X0609) into a plan that builds the same document.

    Securities and footnotes get names, balances are left to be derived where they follow, and comments tell what is
    unusual. The plan is built again and compared: what it can't say is a warning.
    """
    from form4_author.conversion import import_file, text_of

    if as_is:
        if output is not None:
            raise typer.BadParameter("it prints, and writes no plan: leave out -o", param_hint="--as-is")
        say(text_of(one_file(file)), nl=False)
        return
    _deliver(import_file(one_file(file)), output, force=force)


def amend(
    file: FiledOrPlanArgument,
    output: PlanOption = None,
    *,
    lines: Annotated[
        str,
        typer.Option(
            "--lines",
            metavar="3,5|none|all",
            help="Carry these lines only, counted through Table I and then Table II; none for a forgotten line alone.",
        ),
    ] = "all",
    profiles: ProfilesOption = None,
    force: ForceOption = False,
) -> None:
    """Begin the amendment (3/A, 4/A or 5/A) of a filed form.

    Form and date of the original are set and the lines carried; what is to be said anew is left empty: the dates of
    the signatures, the explanation in the remarks where there were none, and the Rule 10b5-1 statement where the form
    had no such box.
    """
    from form4_author.conversion import amend_file

    _deliver(amend_file(one_file(file, profiles), _numbers(lines)), output, force=force)


def roll(
    file: FiledOrPlanArgument,
    output: PlanOption = None,
    *,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Leave out derivatives that expired by this day, 2026-11-18. Default: the last signature's.",
        ),
    ] = "",
    profiles: ProfilesOption = None,
    force: ForceOption = False,
) -> None:
    """Begin the next Form 4: the same issuer, owners and signatures, closing balances as opening balances.

    It follows a Form 4 or 5; of a Form 3 it is the first.
    """
    from form4_author.conversion import roll_file

    _deliver(roll_file(one_file(file, profiles), day_of(as_of)), output, force=force)


def diff(
    old: Annotated[str, typer.Argument(metavar="A", help="A plan, XML or full-submission .txt.")],
    new: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    *,
    beside: Annotated[
        Path | None,
        typer.Option(
            "--beside",
            metavar="PLAN",
            help="Read both as though they stood where this file does, for git's difftool (docs/git.md).",
        ),
    ] = None,
    profiles: ProfilesOption = None,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--format", metavar="text|json", help="text or json.")
    ] = "text",
) -> None:
    """Tell what differs between two forms, in the form's words: which line, which column, from what to what.

    Exit code: 0 where they say the same, 1 where they differ, 2 where one can't be read.
    """
    from form4_author.conversion import compare_files
    from form4_author.report.differences import as_json, as_text

    if format not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    if beside is None:
        names, found = (old, new), compare_files(one_file(old, profiles), one_file(new, profiles))
    else:
        names = (f"a/{beside}", f"b/{beside}")
        found = compare_files(_moved(old, names[0], beside, profiles), _moved(new, names[1], beside, profiles))
    say((as_json if format == "json" else as_text)(*names, found), nl=False, exact=format == "json")
    raise SystemExit(1 if found else 0)


def _moved(name: str, shown: str, path: Path, profiles: Path | None) -> Input | None:
    """A file as though it stood elsewhere, so that what it includes is found; None for the empty device of git's."""
    return None if name == os.devnull else Input(shown, path, one_file(name).content(), profiles=profiles)


def _numbers(text: str) -> tuple[int, ...] | None:
    """The lines asked for: None for all."""
    word = text.strip().lower()
    if word in {"all", "none", ""}:
        return None if word == "all" else ()
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        raise typer.BadParameter("line numbers parted by commas, as in 3,5; none; or all", param_hint="--lines")
    return tuple(int(part) for part in parts)


def _deliver(found: ConvertedPlan | Refused, output: Path | None, *, force: bool) -> NoReturn:
    """Write the plan, or print it; what there is to say goes to standard error."""
    from form4_author.conversion import ConvertedPlan, write_plan

    if not isinstance(found, ConvertedPlan):
        finish([found.report(strict=False)])
    if output is not None:
        finish([write_plan(found, output, force=force)], list_outputs=True)
    say(found.text, nl=False, exact=True)
    finish([found.report()])
