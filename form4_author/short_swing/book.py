"""An insider's book: what each account held after each form, where forms don't follow on each other, what is owed.

An account is a security in one form of ownership. Each form tells what an account held after each of its lines; where
the next form begins with another number, something happened that no form reports: a break. What is exempt, or small,
may be reported on Form 5 (Rule 16a-3(f)); all else is late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from form4_author.days.business_days import FEDERAL, BusinessDays
from form4_author.days.deadlines import form_due
from form4_author.filing import FORM_5, form_of
from form4_author.filing.footnote_language import explains_amount
from form4_author.filing.options import change_of
from form4_author.short_swing.answers import OpenWindow, last_known, open_windows
from form4_author.short_swing.questions import Sorted
from form4_author.short_swing.statements import Statement, signed
from form4_author.short_swing.trades import Insider, Trade, lines_of
from form4_author.short_swing.windows import Window

_FIRST = date.min


class Holder(Struct, frozen=True):
    """What tells an account from others: the security, and how it is held.

    Attributes:
        security: what tells the security from others, as `Trade.security`.
        letter: D or I.
        nature: of indirect ownership, as the form tells it.
        notes: the footnotes on that, which tell several holders of one nature apart.
    """

    security: str
    letter: str
    nature: str
    notes: str = ""


class Entry(Struct, frozen=True):
    """One line of a form, as it moved an account.

    Attributes:
        line: the line; a holding, too.
        day: the transaction date, or that of the form's last signature.
        change: what it added, in securities, negative where it lowered it; None of a holding, or where it isn't told.
        after: what was held afterwards; None where that isn't told.
    """

    line: Trade
    day: date
    change: Decimal | None
    after: Decimal | None


class Break(Struct, frozen=True):
    """Two forms that don't follow on each other.

    Attributes:
        before: the last line of the one.
        after: the first line of the next.
        closing: what the one closes with.
        opening: what the next begins with.
        explained: a footnote of the next tells of changes that are reported nowhere.
    """

    before: Entry
    after: Entry
    closing: Decimal
    opening: Decimal
    explained: bool

    @property
    def difference(self) -> Decimal:
        """What came in between, negative where something went."""
        return self.opening - self.closing


class Account(Struct, frozen=True):
    """What one account held over time.

    Attributes:
        holder: what tells it from others.
        title: the security's title, as the last form has it.
        entries: its lines, in the order of the forms.
        breaks: where they don't follow on each other.
    """

    holder: Holder
    title: str
    entries: tuple[Entry, ...]
    breaks: tuple[Break, ...]

    @property
    def balance(self) -> Decimal | None:
        """What it held last; None where no form tells."""
        return next((entry.after for entry in reversed(self.entries) if entry.after is not None), None)

    @property
    def nature(self) -> str:
        """The nature of indirect ownership, as the last form has it."""
        return " ".join(self.entries[-1].line.row.nature_of_ownership.text.split()) if self.holder.nature else ""

    @property
    def ownership(self) -> str:
        """How it is held, in words."""
        return "direct" if self.holder.letter == "D" else ": ".join(filter(None, ("indirect", self.nature)))


class Owed(Struct, frozen=True):
    """What may be owed on Form 5, or is late on Form 4.

    Attributes:
        account: the account that it is about.
        gap: the break.
        due: by when Form 5 is due, 45 days after a fiscal year that is the calendar's.
    """

    account: Account
    gap: Break
    due: date


class Book(Struct, frozen=True):
    """One insider's book in one issuer's securities.

    Attributes:
        insider: who.
        as_of: the day it is told for.
        accounts: the accounts, in the order of their first lines.
        owed: what the forms don't report.
        open: windows still open under Section 16(b).
    """

    insider: Insider
    as_of: date
    accounts: tuple[Account, ...]
    owed: tuple[Owed, ...]
    open: tuple[OpenWindow, ...]


def book(
    insider: Insider, window: Window = Window.COLONIAL, as_of: date | None = None, days: BusinessDays = FEDERAL
) -> Book:
    """The book of one insider.

    Args:
        insider: who, with all transactions.
        window: how the last day of a short swing is counted.
        as_of: the day it is told for; that of the last transaction or signature where not given.
        days: the calendar of business days.
    """
    day = as_of or last_known(insider)
    accounts = tuple(_account(holder, entries) for holder, entries in _by_account(insider).items())
    owed = tuple(
        Owed(account, gap, form_due(FORM_5, date(gap.after.day.year, 12, 31), days))
        for account in accounts
        for gap in account.breaks
        if not gap.explained
    )
    return Book(insider, day, accounts, owed, open_windows(Sorted.of(insider, window).pieces, window, day))


def _by_account(insider: Insider) -> dict[Holder, list[list[Entry]]]:
    """The lines of each account, form by form in the order of time."""
    counted = {id(trade.row) for trade in insider.trades}
    found: dict[Holder, list[list[Entry]]] = {}
    for told in sorted(insider.statements, key=_when):
        lines = lines_of(told)
        kept = [line for line in lines if line.row.holding or id(line.row) in counted]
        if len(kept) < len(lines) and all(line.row.holding for line in kept):
            continue  # all that it reports is told by another form
        here: dict[Holder, list[Entry]] = {}
        for line in kept:
            here.setdefault(_holder(line), []).append(_entry(line))
        for holder, entries in here.items():
            found.setdefault(holder, []).append(_in_order(entries))
    return found


def _when(told: Statement) -> tuple[date, date, str]:
    filing = told.filing
    days = [day for row in filing.rows if (day := row.transaction_date.date) is not None]
    return max(days, default=filing.period_of_report.date or _FIRST), signed(filing), told.file


def _entry(line: Trade) -> Entry:
    row, filing = line.row, line.statement.filing
    amount = None if row.holding else row.shares.number
    change = None if amount is None else change_of(row, amount)
    day = line.day or filing.period_of_report.date or signed(filing)
    return Entry(line, day, change, row.shares_owned_following.number)


def _holder(line: Trade) -> Holder:
    row, texts = line.row, line.statement.filing.footnotes
    letter = row.direct_or_indirect.text.strip()
    if letter != "I":
        return Holder(line.security, letter, "")
    marks = {*row.nature_of_ownership.footnote_ids, *row.direct_or_indirect.footnote_ids}
    notes = " ".join(note.text.text for note in texts if note.id.text in marks)
    return Holder(line.security, letter, _even(row.nature_of_ownership.text), _even(notes))


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


def _in_order(entries: list[Entry]) -> list[Entry]:
    """The lines in the order in which their balances follow; a form may tell the newest first."""
    if len(entries) > 1 and not _follow(entries) and _follow(entries[::-1]):
        return entries[::-1]
    return entries


def _follow(entries: Sequence[Entry]) -> bool:
    return all(one.after is not None and _opening(other) == one.after for one, other in pairwise(entries))


def _opening(entry: Entry) -> Decimal | None:
    """What the account held before a line."""
    if entry.after is None or (entry.change is None and not entry.line.row.holding):
        return None
    return entry.after - (entry.change or 0)


def _account(holder: Holder, forms: Sequence[Sequence[Entry]]) -> Account:
    breaks = [gap for one, other in pairwise(forms) for gap in _breaks(one, other, forms)]
    entries = tuple(entry for form in forms for entry in form)
    return Account(holder, entries[-1].line.title, entries, tuple(breaks))


def _breaks(one: Sequence[Entry], other: Sequence[Entry], forms: Sequence[Sequence[Entry]]) -> Iterator[Break]:
    before, after = one[-1], other[0]
    opening = _opening(after)
    if before.after is None or opening is None or before.after == opening:
        return
    late = [
        entry
        for form in forms
        for entry in form
        if form_of(entry.line.statement.filing) is FORM_5 and before.day <= entry.day <= after.day
    ]
    if late and before.after + sum((entry.change or 0 for entry in late), Decimal()) == opening:
        return
    notes = [note for entry in other for note in entry.line.notes]
    explained = any(explains_amount(note) for note in notes)
    yield Break(before, after, before.after, opening, explained)
