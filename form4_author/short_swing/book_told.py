"""Insiders' books as text for people, and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from form4_author.filing.numbers import grouped, plain
from form4_author.masking import masked_words
from form4_author.short_swing.as_data import open_data, parties, transaction
from form4_author.short_swing.as_text import heading, open_lines, shown, table, where
from form4_author.short_swing.book import Account, Book, Break, Entry, Owed


def books_as_text(books: Sequence[Book]) -> str:
    """All books, one after the other."""
    if not books:
        return "no holdings or transactions were found\n"
    return "\n".join("".join(f"{line}\n" for line in _book(book)) for book in books)


def books_data(books: Sequence[Book]) -> dict[str, Any]:
    """All books, as the command line and the API give them out."""
    return {
        "insiders": [
            {
                **parties(book.insider),
                "as_of": book.as_of.isoformat(),
                "accounts": [_account_data(account) for account in book.accounts],
                "form_5": [_owed_data(owed) for owed in book.owed],
                "open": open_data(book.open),
            }
            for book in books
        ]
    }


def _book(book: Book) -> Iterator[str]:
    yield heading(book.insider)
    for account in book.accounts:
        balance = "not told" if account.balance is None else grouped(account.balance)
        yield f"  {shown(account.title)}, {shown(account.ownership)}: {balance}"
        gaps = {id(gap.after): gap for gap in account.breaks}
        yield from table(("date", "code", ">change", ">at", ">held", "from"), _lines(account, gaps))
        for gap in account.breaks:
            yield f"    break: {_told(gap)}"
    yield "  Owed on Form 5" if book.owed else "  Owed on Form 5: nothing that these forms show"
    for owed in book.owed:
        account, gap = owed.account, owed.gap
        what = f"{shown(account.title)}, {shown(account.ownership)}"
        yield f"    {what}: {_signed(gap.difference)} by {gap.after.day}, unreported"
        yield f"      if exempt or small, due on Form 5 by {owed.due} (Rule 16a-3(f); the issuer's year is taken to be"
        yield "      the calendar's); else late on Form 4"
    yield from open_lines(book.as_of, book.open)


def _lines(account: Account, gaps: dict[int, Break]) -> Iterator[tuple[str, ...]]:
    for entry in account.entries:
        row = entry.line.row
        price = "" if row.holding else row.price_per_share.text.strip()
        yield (
            str(entry.day),
            "held" if row.holding else entry.line.code or "-",
            "" if entry.change is None else _signed(entry.change),
            price,
            ("" if entry.after is None else grouped(entry.after)) + (" !" if id(entry) in gaps else ""),
            where(entry.line),
        )


def _told(gap: Break) -> str:
    why = "a footnote tells of changes that are not reported" if gap.explained else "nothing tells why"
    return (
        f"{where(gap.before.line)} closes with {grouped(gap.closing)}, {where(gap.after.line)} begins with "
        f"{grouped(gap.opening)} ({_signed(gap.difference)}); {why}"
    )


def _signed(number: Decimal) -> str:
    return grouped(number) if number < 0 else f"+{grouped(number)}"


def _account_data(account: Account) -> dict[str, Any]:
    return {
        "security": masked_words(account.title),
        "ownership": account.holder.letter,
        "nature": masked_words(account.nature),
        "balance": None if account.balance is None else plain(account.balance),
        "entries": [_entry_data(entry) for entry in account.entries],
        "breaks": [_break_data(gap) for gap in account.breaks],
    }


def _entry_data(entry: Entry) -> dict[str, Any]:
    return {
        **transaction(entry.line),
        "date": entry.day.isoformat(),
        "holding": entry.line.row.holding,
        "change": None if entry.change is None else plain(entry.change),
        "balance": None if entry.after is None else plain(entry.after),
    }


def _break_data(gap: Break) -> dict[str, Any]:
    return {
        "before": {"file": gap.before.line.file, "line": gap.before.line.line, "balance": plain(gap.closing)},
        "after": {"file": gap.after.line.file, "line": gap.after.line.line, "balance": plain(gap.opening)},
        "difference": plain(gap.difference),
        "explained": gap.explained,
    }


def _owed_data(owed: Owed) -> dict[str, Any]:
    return {
        "security": masked_words(owed.account.title),
        "ownership": owed.account.holder.letter,
        "nature": masked_words(owed.account.nature),
        **_break_data(owed.gap),
        "due": owed.due.isoformat(),
    }
