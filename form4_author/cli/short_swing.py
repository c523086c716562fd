"""The verbs about short-swing profit and an insider's book: short-swing, book."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from form4_author.cli.common import ProfilesOption, day_of, finish, say, usage_told
from form4_author.files.reading import noting
from form4_author.printable import printable

if TYPE_CHECKING:
    from form4_author.short_swing.collect import Collected

FilingsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Plans, ownership XML, edgarSubmission XML, full-submission .txt, folders of these, or - for standard "
        "input.",
    ),
]
FormatOption = Annotated[str, typer.Option("--format", metavar="text|json", help="text or json.")]
AsOfOption = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Leave out transactions after this day, 2026-11-18, and tell the windows open on it. Default: the last "
        "transaction's or signature's.",
    ),
]


def short_swing(
    files: FilingsArgument,
    *,
    as_of: AsOfOption = "",
    window: Annotated[
        str,
        typer.Option(
            "--window",
            metavar="colonial|calendar",
            help="The last day of less than six months: the second day before the six-month anniversary (Colonial "
            "Realty v. MacWilliams), or the day before it.",
        ),
    ] = "colonial",
    propose: Annotated[
        str,
        typer.Option(
            "--propose",
            metavar="PLAN|LINE",
            help="Weigh a trade before it is made: a plan, or a line as among a plan's transactions, "
            "{date: 2026-11-18, code: S, security: common, amount: 100, price: 31.15}.",
        ),
    ] = "",
    memo: Annotated[
        Path | None,
        typer.Option(
            "--memo",
            metavar="FILE",
            help="Also write the pre-clearance memo of the one insider, NAME.pdf or NAME.html.",
            dir_okay=False,
        ),
    ] = None,
    profiles: ProfilesOption = None,
    format: FormatOption = "text",  # noqa: A002 - the option's name
) -> None:
    """Tell what each insider owes under Section 16(b), with the proof.

    The profit is the highest that any matching of purchases and sales within less than six months gives, each share
    once; a table of shadow prices proves it. Exempt transactions stand with their rule, and what needs judgement with
    its bounds. An amendment's lines take the place of the original's, and a transaction on several forms counts once.

    With --propose the profit is told with the trade and without, the first day on which it would add nothing, and how
    that depends on the day, the number of shares and the price. The proposed plan may lie in the folder: it is left out
    of what is reported. With --memo one sheet is written as well: what is proposed, the trades on a time line, open
    windows, holdings, trading plans and what is due.

    Exit code: 0 answered, whatever is owed; 1 where a plan has errors; 2 where a file can't be read.
    """
    from form4_author.short_swing.answers import answer
    from form4_author.short_swing.as_data import answers_data, proposals_data
    from form4_author.short_swing.as_text import as_text, proposals_as_text
    from form4_author.short_swing.memo_file import memo_ending, write_memo
    from form4_author.short_swing.proposals import proposals
    from form4_author.short_swing.proposed import read_proposed
    from form4_author.short_swing.trades import insiders
    from form4_author.short_swing.windows import Window

    if window not in {*Window}:
        raise typer.BadParameter("colonial or calendar", param_hint="--window")
    day = day_of(as_of)
    with noting() as noted, usage_told():
        if memo is not None:
            memo_ending(memo)
        read = _read(files, format, propose, profiles)
        asked = read_proposed(propose, read.statements, profiles) if propose else []
        weighed = proposals(read.statements, asked, Window(window), until=day) if propose else []
        people = [] if propose else insiders(read.statements, until=day)
        answers = [one.without for one in weighed] or [answer(insider, Window(window), day) for insider in people]
        if memo is not None:
            write_memo(memo, answers, weighed, asked, read=noted)
            say(printable(str(memo)), err=True)
    if propose:
        _tell(proposals_as_text(weighed) if format == "text" else proposals_data(weighed), read)
    else:
        _tell(as_text(answers) if format == "text" else answers_data(answers), read)


def book(
    files: FilingsArgument,
    *,
    as_of: AsOfOption = "",
    profiles: ProfilesOption = None,
    format: FormatOption = "text",  # noqa: A002 - the option's name
) -> None:
    """List each insider's holdings over time, by security and holder, from all forms.

    Where a form doesn't begin with what the last one closed with, the break is told; what no form reports may be owed
    on Form 5. Windows that are open under Section 16(b) stand below.

    Exit code: 0 told; 1 where a plan has errors; 2 where a file can't be read.
    """
    from form4_author.pipeline.examine import users_days
    from form4_author.short_swing.book import book as book_of
    from form4_author.short_swing.book_told import books_as_text, books_data
    from form4_author.short_swing.trades import insiders

    day = day_of(as_of)
    read = _read(files, format, profiles=profiles)
    days = users_days()
    books = [book_of(insider, as_of=day, days=days) for insider in insiders(read.statements, until=day)]
    _tell(books_as_text(books) if format == "text" else books_data(books), read)


def _read(files: Sequence[str], shown_as: str, proposed: str = "", profiles: Path | None = None) -> Collected:
    from form4_author.files.inputs import FILINGS
    from form4_author.firm.nearest import gathered
    from form4_author.short_swing.collect import collected
    from form4_author.short_swing.proposed import without_proposed

    if shown_as not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    return collected(
        without_proposed(gathered(files, sys.stdin.buffer, below=FILINGS, profiles=profiles), proposed), files
    )


def _tell(told: str | dict[str, Any], read: Collected) -> None:
    """Print what was found, on standard output, and what there is to say of files that state nothing or not all."""
    from form4_author.report.file_report import dumps

    say(told if isinstance(told, str) else dumps(told), nl=False, exact=not isinstance(told, str))
    if read.reports:
        finish(read.reports)
