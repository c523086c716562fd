"""The verbs about rules and deadlines: rules, explain, due."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from form4_author.cli.common import FilesArgument, ProfilesOption, exit_code, finish, inputs_of, say
from form4_author.cli.completion import topics
from form4_author.pipeline.options import OptionError
from form4_author.printable import printable

if TYPE_CHECKING:
    from form4_author.pipeline.examine import Refused
    from form4_author.pipeline.verbs import Timetable


def rules(
    *,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--format", metavar="text|json", help="text or json.")
    ] = "text",
) -> None:
    """List the rules: code, severity, what each finds."""
    from form4_author.preflight import RULES
    from form4_author.preflight.catalogue import entry

    if format not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    if format == "json":
        say(json.dumps([entry(rule) for rule in RULES], indent=2), exact=True)
        return
    for rule in RULES:
        say(f"{rule.code}  {rule.severity.value:<8} {rule.summary}")
    counts = Counter(rule.severity.value for rule in RULES)
    told = ", ".join(f"{number} {severity}s" for severity, number in counts.items())
    say(f"{len(RULES)} rules: {told}. form4-author explain CODE tells more of one.", err=True)


def explain(
    topic: Annotated[
        str,
        typer.Argument(
            metavar="CODE|EVENT|NOTE|LAYOUT",
            autocompletion=topics,
            help="A finding's code, such as TXN003, an event, such as exercise, a kind of footnote, such as vests, "
            "or a layout of a broker's file, such as schwab-history.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Explain a finding's code, an event (its lines, source and keys), a kind of footnote or a broker's layout.

    `explain events` lists the events, `explain notes` the kinds of footnotes, `explain layouts` the layouts, and
    `explain` alone all of these.
    """
    from form4_author.api.rules import explain as explained

    try:
        say(explained(topic), nl=False)
    except OptionError as unknown:
        raise typer.BadParameter(unknown.message, param_hint="CODE|EVENT|NOTE|LAYOUT") from None
    if not topic:
        say("form4-author explain NAME tells more of one; form4-author rules lists the rules.", err=True)


def due(
    files: FilesArgument,
    *,
    ics: Annotated[
        Path | None,
        typer.Option("--ics", metavar="FILE", help="Also write calendar entries (iCalendar).", dir_okay=False),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--format", metavar="text|json", help="text or json.")
    ] = "text",
    profiles: ProfilesOption = None,
) -> None:
    """Tell by when each transaction must be reported: two business days, until 10 p.m. Eastern time.

    A Form 3 is due ten days after the event, a Form 5 45 days after the issuer's fiscal year. Of several files, it also
    tells what each insider owes on which form, and what waits for Form 5; and when the cooling-off period of a trading
    plan ends, of which a footnote tells the day of adoption. Takes plans and documents.

    Business days leave out weekends, federal holidays and EDGAR's own closures. Days that you know better go into
    edgar-days.csv in the user's configuration folder (~/.config/form4-author on Linux), as lines such as
    2026-12-24,closed,reason.
    """
    from form4_author.days.agenda import agenda
    from form4_author.files.delivery import Output, deliver
    from form4_author.files.reading import noting
    from form4_author.pipeline.examine import Refused, users_days
    from form4_author.report.deadlines import as_text, cooling_as_text, due_data, form_data, owed_as_text
    from form4_author.report.file_report import dumps

    if format not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    told, refused = [], []
    with noting() as read:
        for one in _timetables(files, profiles):
            if isinstance(one, Refused):
                refused.append(one.report(strict=False))
                continue
            told.append(one)
            if format == "text":
                say(as_text(one.file, one.deadlines, one.form), nl=False)
    days = agenda([(one.filing, one.deadlines) for one in told], users_days())
    if format == "json":
        forms = [form_data(one.file, one.filing, one.deadlines, one.form) for one in told]
        say(dumps(due_data(forms, days, refused)), nl=False, exact=True)
    else:
        if len(told) > 1:
            say(owed_as_text(days.insiders), nl=False)
        say(cooling_as_text(days.cooling), nl=False)
    if ics is not None and told:
        deliver([Output(ics, days.calendar().encode("utf-8"))], read=read)
        say(printable(str(ics)), err=True)
    if refused and format == "json":
        raise SystemExit(exit_code(refused))
    if refused:
        finish(refused)


def _timetables(files: Sequence[str], profiles: Path | None) -> Iterator[Timetable | Refused]:
    """What becomes of each form of the files, in order, as soon as it is known."""
    from form4_author.firm.nearest import agreed
    from form4_author.pipeline.examine import Refused, users_days
    from form4_author.pipeline.faults import guarded
    from form4_author.pipeline.verbs import due_file

    days = users_days()
    inputs = inputs_of(files, profiles)
    agreed(inputs)
    for file in inputs:
        found = guarded(file.name, partial(due_file, file, days))
        yield from [found] if isinstance(found, Refused) else found
