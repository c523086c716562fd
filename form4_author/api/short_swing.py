"""Short-swing profit: what insiders' trades owe the issuer, with the proof."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from form4_author.api.names import Name, input_of, path_of
from form4_author.findings import Rejected

if TYPE_CHECKING:
    from datetime import date

    from form4_author.short_swing.collect import Collected


def short_swing_profit(
    files: Name | Sequence[Name],
    *,
    window: Literal["colonial", "calendar"] = "colonial",
    as_of: date | None = None,
    propose: Name | None = None,
    profiles: Name | None = None,
) -> dict[str, Any]:
    """What each insider owes each issuer under Section 16(b) of the Exchange Act, and the proof of it.

    Args:
        files: plans, ownership XML, edgarSubmission XML, full-submission text, or folders of them; one or several.
        window: how the last day of less than six months is counted: colonial, to the second day before the six-month
            anniversary (Colonial Realty v. MacWilliams); or calendar, to the day before it.
        as_of: the last day whose transactions count, and whose open windows are told; all by default.
        propose: a trade to be weighed before it is made: a plan, or a line as among a plan's transactions, in braces.
        profiles: a folder of insiders' profiles to look in before all others.

    Returns:
        `{"insiders": [...]}`, and `proposals` where something is proposed, the same data that the command line prints
        as JSON: see docs/short-swing.md. Numbers are exact, as text.

    Raises:
        ValueError: there is no such window, nothing is proposed, or the insider or security of a proposed line can't be
            told.
        Rejected: a file can't be read, states no filing, or is a plan with errors; with all findings.
    """
    from form4_author.pipeline.options import OptionError, not_one_of
    from form4_author.short_swing.answers import answer
    from form4_author.short_swing.as_data import answers_data, proposals_data
    from form4_author.short_swing.proposals import proposals
    from form4_author.short_swing.proposed import read_proposed
    from form4_author.short_swing.trades import insiders
    from form4_author.short_swing.windows import Window

    if window not in {*Window}:
        raise OptionError("window", not_one_of(window, [known.value for known in Window]))
    proposed = "" if propose is None else os.fspath(propose)
    read = _collected(files, proposed, profiles)
    if proposed:
        weighed = proposals(
            read.statements, read_proposed(proposed, read.statements, path_of(profiles)), Window(window), until=as_of
        )
        return proposals_data(weighed)
    people = insiders(read.statements, until=as_of)
    return answers_data([answer(insider, Window(window), as_of) for insider in people])


def insiders_book(
    files: Name | Sequence[Name], *, as_of: date | None = None, profiles: Name | None = None
) -> dict[str, Any]:
    """What each insider held over time, by security and holder, from all forms; and what no form reports.

    Args:
        files: as for `short_swing_profit`.
        as_of: the last day whose transactions count, and whose open windows are told; all by default.
        profiles: as for `short_swing_profit`.

    Returns:
        `{"insiders": [...]}`, the same data that the command line prints as JSON: see docs/short-swing.md. Numbers are
        exact, as text.

    Raises:
        Rejected: as for `short_swing_profit`.
    """
    from form4_author.pipeline.examine import users_days
    from form4_author.short_swing.book import book
    from form4_author.short_swing.book_told import books_data
    from form4_author.short_swing.trades import insiders

    days = users_days()
    people = insiders(_collected(files, profiles=profiles).statements, until=as_of)
    return books_data([book(insider, as_of=as_of, days=days) for insider in people])


def _collected(files: Name | Sequence[Name], proposed: str = "", profiles: Name | None = None) -> Collected:
    from form4_author.files.inputs import FILINGS
    from form4_author.firm.nearest import gathered
    from form4_author.short_swing.collect import collected
    from form4_author.short_swing.proposed import without_proposed

    listed = [files] if isinstance(files, str | os.PathLike) else files
    names = [input_of(name).name for name in listed]
    read = collected(
        without_proposed(gathered(names, io.BytesIO(), below=FILINGS, profiles=path_of(profiles)), proposed), names
    )
    findings = [finding for report in read.reports for finding in report.findings]
    if findings:
        raise Rejected(findings, unreadable=any(report.unreadable for report in read.reports))
    return read
