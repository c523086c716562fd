"""The pre-clearance memo as a file, PDF or HTML by its name's ending."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec.structs import replace

from form4_author.files.delivery import Output, deliver, unwritable
from form4_author.files.reading import FileId
from form4_author.findings import Rejected, Severity
from form4_author.page import drawing
from form4_author.pipeline.draw import no_printer
from form4_author.pipeline.examine import users_days
from form4_author.pipeline.options import OptionError
from form4_author.short_swing.answers import Answer
from form4_author.short_swing.book import book
from form4_author.short_swing.memos import memo
from form4_author.short_swing.proposals import Proposal
from form4_author.short_swing.statements import Statement

OPTION = "memo"


def memo_ending(path: Path) -> None:
    """Make sure that a memo can have a name.

    Raises:
        OptionError: it ends in neither .pdf nor .html.
    """
    if path.suffix not in {".pdf", ".html"}:
        raise OptionError(OPTION, "the name must end in .pdf or .html")


def write_memo(
    path: Path,
    answers: Sequence[Answer],
    proposals: Sequence[Proposal],
    files: Sequence[Statement],
    *,
    read: Collection[FileId],
) -> None:
    """Write the memo of the one insider that there is.

    Args:
        path: where to.
        answers: what is owed.
        proposals: what is proposed by the same.
        files: what states the proposal.
        read: the files that it comes from; none of them is written over.

    Raises:
        OptionError: there are several insiders, or none.
        Rejected: it can't be written (OUT002, OUT005), or can't be drawn on this machine (PDF001).
    """
    if len(answers) != 1:
        raise OptionError(OPTION, f"a memo is of one insider, and the files tell of {len(answers)}")
    (stands,) = answers
    proposal, days = next(iter(proposals), None), users_days()
    proposed = [line.trade.day for line in proposal.lines if line.trade.day is not None] if proposal else []
    as_of = min(proposed, default=stands.as_of)
    insider, window = stands.insider, stands.window
    held = book(insider, window, as_of, days)
    sheet = memo(replace(stands, as_of=as_of, open=held.open), held, days, proposal, files)
    if path.suffix != ".html" and (missing := no_printer(str(path), "name a memo that ends in .html")):
        raise Rejected([replace(missing, severity=Severity.ERROR)])
    try:
        drawn = drawing.memo_html(sheet).encode() if path.suffix == ".html" else drawing.memo_pdf(sheet)
    except OSError as problem:
        raise unwritable(path, problem) from None
    deliver([Output(path, drawn)], read=read)
