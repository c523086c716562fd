"""The pre-clearance memo of one insider: what is proposed, what is held, which windows are open, what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from form4_author.days.business_days import BusinessDays
from form4_author.days.deadlines import HOUR, due
from form4_author.filing.footnote_language import plan_statement
from form4_author.filing.forms import called
from form4_author.filing.numbers import grouped
from form4_author.page.memo import Memo
from form4_author.page.proof import ProofTable
from form4_author.page.timeline import Mark, timeline
from form4_author.plan.entries.shared import Timed
from form4_author.short_swing.answers import Answer, OpenWindow
from form4_author.short_swing.as_text import heading, money, shown, trade_words
from form4_author.short_swing.book import Book
from form4_author.short_swing.lots import Piece
from form4_author.short_swing.proposals import Proposal
from form4_author.short_swing.questions import Question
from form4_author.short_swing.statements import Statement, signed
from form4_author.short_swing.treatment import Side
from form4_author.short_swing.windows import last_day

TITLE = "Pre-clearance memo - not part of a form"
_FORMS, _LINES = 5, 14


def memo(
    answer: Answer, book: Book, days: BusinessDays, proposal: Proposal | None = None, files: Sequence[Statement] = ()
) -> Memo:
    """The memo of one insider.

    Args:
        answer: what is owed as it stands, with the windows open on the day of the memo.
        book: what is held.
        days: the calendar of business days.
        proposal: what is proposed; None where nothing is.
        files: what states the proposal.
    """
    pieces = [(piece, False) for piece in answer.pieces]
    if proposal is not None:
        pieces += [(line.piece, True) for line in proposal.lines if line.piece is not None]
    marks = [_mark(piece, answer, proposed=proposed) for piece, proposed in pieces]
    told = files or answer.insider.statements[-1:]
    return Memo(
        title=TITLE,
        who=f"{heading(answer.insider)}, {answer.as_of}",
        summary=tuple(_summary(answer, proposal)),
        picture=timeline(marks, answer.as_of),
        parts=(
            _part("proposed", "Proposed", "Transaction, It adds, First day without, What it is", _proposed(proposal)),
            _part("open", "Windows open", "Side, Transaction, Last day for the other", map(_open, answer.open)),
            _part("holdings", "Holdings", "Security, How held, Held, Last told", _holdings(book)),
            _part("plans", "Rule 10b5-1 trading plans", "Form, Signed, Box, Plan adopted", _plans(answer, files)),
            _part("due", "Reports due", "On the form, Transaction, Last day, Why", _due(told, days)),
            _part("owed", "Not reported", "Security, How held, Change, Form 5 due", _owed(book)),
            _part(
                "questions",
                "Needs judgement",
                "Rule, What isn't known, At least, At most",
                map(_question, answer.questions),
            ),
        ),
        foot=f"{TITLE}. {heading(answer.insider)}. Section 16(b) as the files tell; no legal advice.",
    )


def _part(name: str, title: str, columns: str, lines: Iterable[tuple[str, ...]]) -> ProofTable:
    told = [tuple(shown(text) for text in line) for line in lines]
    headings = tuple(columns.split(", "))
    if len(told) > _LINES:
        rest = f"and {len(told) - _LINES} more"
        told = [*told[:_LINES], (rest, *("" for _ in headings[1:]))]
    return ProofTable(f"memo-{name}", title, headings, tuple(told))


def _summary(answer: Answer, proposal: Proposal | None) -> Iterator[str]:
    if proposal is None:
        yield f"Short-swing profit, Section 16(b): {money(answer.profit)}."
    else:
        adds = proposal.profit - answer.profit
        yield (
            f"Short-swing profit, Section 16(b), without the proposal {money(answer.profit)}, with it "
            f"{money(proposal.profit)}: " + (f"{money(adds)} more." if adds else "nothing more.")
        )
        free = [line.free_from for line in proposal.lines if line.free_from is not None]
        if adds and free:
            yield f"First day on which none of it would add anything, each line by itself: {max(free)}."
    if answer.questions:
        most = "without a bound" if answer.high is None else money(answer.high)
        yield f"Under any answers to what needs judgement: at least {money(answer.low)}, at most {most}, as it stands."


def _mark(piece: Piece, answer: Answer, *, proposed: bool) -> Mark:
    closes = last_day(piece.lot.day, answer.window)
    label = trade_words(piece.trade, title=False)
    return Mark(piece.lot.day, closes, piece.side is Side.SALE, proposed, shown(label)[:34])


def _proposed(proposal: Proposal | None) -> Iterator[tuple[str, ...]]:
    for line in proposal.lines if proposal is not None else ():
        what = f"{trade_words(line.trade)}, {line.trade.day or 'no day'}"
        if line.free_from is None:
            yield what, "", "", f"{line.taken.reading.value}: {line.taken.rule}, {line.taken.why}"
        else:
            yield what, money(line.adds), str(line.free_from), f"{line.taken.side}: {line.taken.rule}"


def _open(window: OpenWindow) -> tuple[str, ...]:
    return window.side.value, f"{trade_words(window.trade)}, {window.trade.day}", str(window.closes)


def _holdings(book: Book) -> Iterator[tuple[str, ...]]:
    for account in book.accounts:
        if account.balance:
            last = account.entries[-1]
            yield account.title, account.ownership, grouped(account.balance), f"{last.day}, {last.line.file}"


def _plans(answer: Answer, files: Sequence[Statement]) -> Iterator[tuple[str, ...]]:
    """The newest forms first: the box, and the day of adoption that a footnote, the remarks or the plan tells."""
    forms = [*files, *sorted(answer.insider.statements, key=lambda told: signed(told.filing), reverse=True)]
    for told in list({id(told): told for told in forms}.values())[:_FORMS]:
        box = told.filing.aff10b5_one
        state = ("checked" if box.truth else "not checked") if box else "not on the form"
        yield (
            f"{called(told.filing)}, {told.file}",
            str(signed(told.filing)),
            state,
            ", ".join(_adopted(told)) or "not told",
        )


def _adopted(told: Statement) -> list[str]:
    found: dict[str, None] = {}
    for text in (*(note.text.text for note in told.filing.footnotes), told.filing.remarks.text):
        statement = plan_statement(text)
        for span in statement.adopted if statement is not None else ():
            found[str(span.first) if span.first == span.last else f"{span.first:%Y-%m}"] = None
    for entry in told.plan.transactions if told.plan is not None else ():
        if isinstance(entry, Timed) and entry.trading_plan is not None:
            found[str(entry.trading_plan.adopted.date)] = None
    return list(found)


def _due(files: Sequence[Statement], days: BusinessDays) -> Iterator[tuple[str, ...]]:
    for told in files:
        for deadline in due(told.filing, days):
            what = " ".join(filter(None, (deadline.code, deadline.amount, deadline.security)))
            last = f"{deadline.day}, {HOUR}" if deadline.day else "with Form 5"
            yield deadline.line, what, last, deadline.why


def _owed(book: Book) -> Iterator[tuple[str, ...]]:
    for owed in book.owed:
        change = owed.gap.difference
        yield owed.account.title, owed.account.ownership, grouped(change), f"{owed.due}, if exempt or small"


def _question(question: Question) -> tuple[str, ...]:
    high = "no bound" if question.high is None else money(question.high)
    return question.rule, question.why, money(question.low), high
