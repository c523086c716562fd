"""What the verbs of the command line share: their common options, printing, and how they end."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from form4_author.cli.completion import rules
from form4_author.cli.streams import UNPRINTED, ReaderGone, code_of, is_terminal
from form4_author.files.inputs import STANDARD_INPUT, Input
from form4_author.files.reading import is_folder
from form4_author.firm.nearest import gathered
from form4_author.masking import without_known
from form4_author.pipeline.options import OptionError, not_one_of
from form4_author.printable import printable, steady
from form4_author.report.file_report import FileReport, Format
from form4_author.report.formats import FORMATS
from form4_author.sec_codes import ALL_VERSIONS, SCHEMA_VERSIONS

if TYPE_CHECKING:
    from datetime import date


_OFTEN = 20_000
"""How many objects more than before a batch may have until it looks for garbage: what one plan leaves is no more."""


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise ValueError(not_one_of(name, FORMATS))
    return FORMATS[name]


def _version(name: str) -> str:
    if name not in ALL_VERSIONS:
        raise ValueError(not_one_of(name, ALL_VERSIONS))
    return name


def _version_of_archive(name: str) -> str:
    if name not in SCHEMA_VERSIONS:
        raise ValueError(not_one_of(name, SCHEMA_VERSIONS))
    return name


FilesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Files, folders (every *.yaml and *.yml below, those with a leading _ aside), or - for standard input.",
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        parser=_format,
        autocompletion=lambda: [*FORMATS],
        metavar="|".join(FORMATS),
        help="How findings are printed. Default: text; under GitHub Actions, github.",
    ),
]
StrictOption = Annotated[bool | None, typer.Option("--strict/--no-strict", help="Warnings refuse a file too.")]
VersionOption = Annotated[
    str | None,
    typer.Option(
        "--schema-version",
        parser=_version,
        autocompletion=lambda: [*ALL_VERSIONS],
        metavar="|".join(ALL_VERSIONS),
        help="The schema to write or judge by. Default: the file's own, or the current. Form 3 has its own versions: "
        "another form's stands for that of the same time.",
    ),
]
ArchiveVersionOption = Annotated[
    str,
    typer.Option(
        "--schema-version",
        parser=_version_of_archive,
        autocompletion=lambda: [*SCHEMA_VERSIONS],
        metavar="|".join(SCHEMA_VERSIONS),
        help="The version of Forms 4 and 5 that it is of; Form 3's comes with it.",
    ),
]
FormOption = Annotated[
    str | None,
    typer.Option("--form", metavar="NAME", help="Of a plan that makes several forms, this one alone."),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODE",
        autocompletion=rules,
        help="Only these rules: codes (TXN003) or families (TXN); repeatable.",
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore", metavar="CODE", autocompletion=rules, help="Not these rules: codes or families; repeatable."
    ),
]
ProofOption = Annotated[
    bool | None,
    typer.Option(
        "--proof/--no-proof",
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
        help="Mark on the page what differs from another filing: its XML or full-submission .txt, or its plan; - too. "
        "Of a folder, the last filing there of the same person in the same issuer.",
    ),
]
ProfilesOption = Annotated[
    Path | None,
    typer.Option(
        "--profiles",
        metavar="DIR",
        help="A folder of insiders' profiles to look in before all others (docs/firm.md).",
        file_okay=False,
        exists=True,
    ),
]
CccOption = Annotated[
    Path | None,
    typer.Option(
        "--ccc-file",
        help="A file of `CIK: CCC` lines that only you can read. CCCs also come from FORM4_CCC_<CIK>.",
    ),
]


def say(text: object, *, nl: bool = True, err: bool = False, color: bool | None = None, exact: bool = False) -> None:
    """Print a text; all that the command line says passes here, and no CCC that it knows gets through.

    Args:
        text: what to say; steadied, or it could steer whoever reads it.
        nl: end the line.
        err: say it on standard error.
        color: leave the colours in it; None where none are meant.
        exact: it is a document of its own, JSON or YAML or workflow commands, whose writer has escaped it.
    """
    shown = without_known(str(text))
    try:
        typer.echo(shown if exact else steady(shown, colour=bool(color)), nl=nl, err=err, color=color)
    except OSError as problem:
        if not err:  # of standard error there is no other place to say so
            refuse(problem)


def refuse(problem: OSError) -> NoReturn:
    """End a run whose standard output can't be written.

    Raises:
        ReaderGone: nobody reads it any more.
        SystemExit: it is full or closed, which is told on standard error.
    """
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still waiting is not tried again at the end
    if isinstance(problem, BrokenPipeError):
        raise ReaderGone from None
    why = f"standard output can't be written: {problem.strerror or problem}"
    say(f"form4-author: {why}. What was to be printed is not complete; files that were written stand.", err=True)
    raise SystemExit(UNPRINTED) from None


def inputs_of(names: Sequence[str], profiles: Path | None = None) -> list[Input]:
    """The inputs that the words of a command line mean; their profiles are looked up in a folder first."""
    return gathered(names, stdin=None if sys.stdin is None else sys.stdin.buffer, profiles=profiles)


def one_file(name: str, profiles: Path | None = None) -> Input:
    """The one input that a word means."""
    found = inputs_of([name], profiles)
    if len(found) != 1:
        raise typer.BadParameter("one file is wanted, not a folder", param_hint=printable(name))
    return found[0]


def other_file(name: Path | None, read: Sequence[Input], profiles: Path | None = None) -> Input | None:
    """The one file that an option names, or standard input; None where it is not given.

    Args:
        name: the option's value.
        read: what other words meant: standard input, once read, is not read again.
        profiles: the folder in which its profiles are looked up first.
    """
    if name is None:
        return None
    if is_folder(name):
        return Input(str(name), name, profiles=profiles)
    already = [file for file in read if file.path is None] if str(name) == STANDARD_INPUT else []
    return already[0] if already else inputs_of([str(name)], profiles)[0]


def day_of(text: str) -> date | None:
    """The day that `--as-of` names; None where it isn't given."""
    if not text:
        return None
    from pydantic_core import PydanticCustomError

    from form4_author.plan.scalars import day

    try:
        return day(text).date
    except PydanticCustomError as problem:
        context = problem.context or {}
        raise typer.BadParameter(f"{context['message']}. {context['hint']}", param_hint="--as-of") from None


@contextmanager
def usage_told() -> Iterator[None]:
    """What the options refuse is a mistake of usage, told under the option's own name."""
    try:
        yield
    except OptionError as wrong:
        hint = "-o" if wrong.option == "output" else f"--{wrong.option.replace('_', '-')}"
        raise typer.BadParameter(wrong.message, param_hint=hint) from None


def chosen_format(asked: Format | None) -> Format:
    """The format asked for; workflow commands under GitHub Actions, else text."""
    if asked is not None:
        return asked
    return FORMATS["github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"]


def go_through(
    work: Callable[..., list[FileReport]],
    shown_as: Format,
    *,
    files: int,
    jobs: int = 1,
    to_stderr: bool = True,
    list_outputs: bool = False,
) -> NoReturn:
    """Have a batch run, show how it goes on, tell what became of the files, and exit; see `finish`.

    Args:
        work: runs the batch.
        shown_as: the format.
        files: how many there are.
        jobs: how many it works on at once.
        to_stderr: see `finish`.
        list_outputs: see `finish`.
    """
    from form4_author.batch import Stopped
    from form4_author.cli.progress import watch

    if files > 1:
        gc.set_threshold(_OFTEN)
    ended: BaseException | None = None
    try:
        done = work(watch=watch(jobs))
    except Stopped as stopped:
        done, ended = stopped.reports, stopped.__cause__
    finish(done, shown_as, to_stderr=to_stderr, list_outputs=list_outputs, ended=ended)


def finish(
    done: Sequence[FileReport],
    shown_as: Format | None = None,
    *,
    to_stderr: bool = True,
    list_outputs: bool = False,
    ended: BaseException | None = None,
) -> NoReturn:
    """Print what became of the files, and exit: 2 where one can't be read, 1 where one is refused, else 0.

    Where nobody reads standard output any more, the verdict is given all the same.

    Args:
        done: what became of each.
        shown_as: the format; text where none is given.
        to_stderr: what is for people goes to standard error.
        list_outputs: list the files written on standard output, unless a document for programs stands there.
        ended: what ended the run before its end, which the exit code then tells.
    """
    shown_as = shown_as or FORMATS["text"]
    with contextlib.suppress(ReaderGone):
        tell(done, shown_as, to_stderr=to_stderr, list_outputs=list_outputs)
    if ended is not None or (len(done) > 1 and (shown_as.in_colour is not None or is_terminal(sys.stderr))):
        from form4_author.report.summary import summary

        say(summary(done), nl=False, err=True)
    if ended is not None:
        raise SystemExit(code_of(ended))
    raise SystemExit(exit_code(done))


def tell(done: Sequence[FileReport], shown_as: Format, *, to_stderr: bool, list_outputs: bool) -> None:
    """Print what became of the files; see `finish`."""
    err, write, colour = False, shown_as.write, None
    if shown_as.in_colour is not None:
        err = to_stderr
        colour = is_terminal(sys.stderr if err else sys.stdout) and not os.environ.get("NO_COLOR")
        write = shown_as.in_colour if colour else shown_as.write
    say(write(done), nl=False, err=err, color=colour, exact=shown_as.in_colour is None)
    if list_outputs and not shown_as.whole:
        for report in done:
            for output in report.outputs:
                say(printable(output))


def exit_code(done: Sequence[FileReport]) -> int:
    """How a run ends: 2 where a file can't be read, 1 where one is refused, else 0."""
    return 2 if any(report.unreadable for report in done) else 1 if not all(report.accepted for report in done) else 0
