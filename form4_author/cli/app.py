"""The program: its verbs, and its last resort. What each verb promises stands in docs/cli.md.

Exit codes: 0 accepted, 1 refused (or warnings under --strict), 2 usage or unreadable input; those of a run that was
ended, and of standard output, stand in `streams`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.models import CommandInfo

from form4_author.cli import building, firm, handover, plans, rules, short_swing, starting
from form4_author.cli.common import finish, refuse, say
from form4_author.cli.schemas import schemas
from form4_author.cli.streams import code_of, printing, settle
from form4_author.cli.workbench import workbench
from form4_author.edgar.ccc import take_from_environment
from form4_author.findings import Rejected
from form4_author.masking import masked_words
from form4_author.printable import printable
from form4_author.report.file_report import FileReport
from form4_author.version import __version__


class Verbs(TyperGroup):
    """The verbs; what is told of a mistake of usage holds words of the command line: steadied, and without a CCC."""

    def make_context(self, *args: Any, **parts: Any) -> Any:
        """Read the words; see typer's own group."""
        with _steadied(), _ended_quietly():
            return super().make_context(*args, **parts)

    def invoke(self, ctx: Any) -> Any:
        """Do what they ask for; see typer's own group."""
        with _steadied(), _ended_quietly():
            return super().invoke(ctx)


@contextmanager
def _ended_quietly() -> Iterator[None]:
    """Tell nothing of a reader that has gone, or of a run that was ended, but by the exit code."""
    try:
        yield
    except KeyboardInterrupt as ended:
        raise SystemExit(code_of(ended)) from None
    except BrokenPipeError as problem:
        refuse(problem)


@contextmanager
def _steadied() -> Iterator[None]:
    try:
        yield
    except Exception as wrong:
        said = vars(wrong)
        if isinstance(said.get("message"), str):  # what typer raises has no one public name for it
            said |= {part: masked_words(printable(text)) for part, text in said.items() if isinstance(text, str)}
        raise


app = typer.Typer(
    name="form4-author",
    cls=Verbs,
    help="Author SEC Forms 3, 4 and 5 from a YAML plan: the EDGAR-ready XML, the page, and what is wrong with either.",
    epilog="Begin with: form4-author new my-filing",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

# A verb more is its function in the module of its group and its line here, in the order that --help lists them.
app.command(short_help="Build plans: the XML, the page as PDF, and a report.")(building.build)
app.command()(building.check)
app.command(short_help="Tell where the forms of a folder stand.")(building.status)
app.command(short_help="Draw the page of a plan or of any Form 3, 4 or 5.")(building.preview)
app.command(short_help="Show what is inside a submission, without its CCC.")(handover.envelope)
app.command(short_help="Tell whether a sealed folder is what was sealed, and builds again.")(handover.verify)
app.command(short_help="Write a commented plan to start from.")(starting.new)
app.command(short_help="Print the plan's JSON Schema, for editors.")(starting.schema)
app.command("import", short_help="Turn a form into a plan that builds the same document.")(plans.import_)
app.command(short_help="Begin the amendment of a filed form.")(plans.amend)
app.command(short_help="Begin the next Form 4 from the last one.")(plans.roll)
app.command(short_help="Tell what differs between two forms.")(plans.diff)
app.command()(rules.rules)
app.command()(rules.explain)
app.command()(rules.due)
app.command("short-swing", short_help="Tell what insiders owe under Section 16(b), with the proof.")(
    short_swing.short_swing
)
app.command(short_help="List insiders' holdings over time, and what no form reports.")(short_swing.book)
app.command(short_help="Tell what counts for a plan, and where it comes from.")(firm.config)
app.command(short_help="Open a local page: plan and form side by side, live.")(workbench)
app.add_typer(schemas, name="schemas", rich_help_panel=None)


def _print_version(value: bool) -> None:  # noqa: FBT001 - typer calls it so
    if value:
        say(f"form4-author {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Author SEC Forms 3, 4 and 5 from a YAML plan: the EDGAR-ready XML, the page, and what is wrong with either."""


def _with(words: list[str]) -> typer.Typer:
    """The program, with the verb alone that is typed, where it is one: to make all of them takes a while."""
    typed = [verb for verb in app.registered_commands if words == [verb.name or _named(verb)]]
    if not typed:
        return app
    one = copy(app)
    one.registered_commands, one.registered_groups = typed, []
    return one


def _named(verb: CommandInfo) -> str:
    return getattr(verb.callback, "__name__", "")


def main() -> None:
    """The program. No exception ends in a traceback: what is refused is told, and so is a fault of the tool's own."""
    settle()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # to look for them in every package installed takes its time
    take_from_environment()
    try:
        _with(sys.argv[1:2])()
    except Rejected as refused:
        report = FileReport("form4-author", accepted=False, unreadable=refused.unreadable, findings=refused.findings)
        finish([report])
    except KeyboardInterrupt as ended:
        raise SystemExit(code_of(ended)) from None
    except Exception as fault:  # noqa: BLE001 - the last resort; its text may hold what must not be shown
        from form4_author.pipeline.faults import fault_of

        if isinstance(fault, OSError) and printing(fault):
            refuse(fault)
        found = fault_of(fault, "form4-author", then="")
        say(f"form4-author: {found.message}. {found.hint}", err=True)
        raise SystemExit(2) from None
