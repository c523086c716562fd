"""What each insider owes, on which form and by when, over several forms.

What may wait for Form 5 is owed on it 45 days after the issuer's fiscal year. Where that year ends, a Form 5 of the
same issuer tells; a Form 4 doesn't. What a Form 5 of the person reports no longer waits. An amendment is owed on no day
of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from form4_author.days.business_days import FEDERAL, BusinessDays
from form4_author.days.deadlines import Deadline, form_due
from form4_author.filing import FORM_5, Filing, FormType, form_of
from form4_author.filing.wording import value_text


class Debt(Struct, frozen=True):
    """One form that an insider owes.

    Attributes:
        form: which form.
        day: its last day; None where only the issuer's fiscal year tells it.
        lines: for how many transactions, as lines of a form; 0 where it is owed as a whole.
        waiting: of a Form 5, the transactions that may wait for it, each in words with its place.
        calendar_day: its last day where the issuer's fiscal year is the calendar's; None where `day` is known.
        since: the first day of these transactions; None without one.
    """

    form: FormType
    day: date | None
    lines: int
    waiting: tuple[str, ...] = ()
    calendar_day: date | None = None
    since: date | None = None


class Insider(Struct, frozen=True):
    """One reporting person at one issuer, and the forms owed, the nearest day first.

    Attributes:
        name: as EDGAR has it; the CIK where it isn't known.
        issuer: the issuer's ticker symbol, or its CIK.
        debts: what is owed.
    """

    name: str
    issuer: str
    debts: tuple[Debt, ...]


#: A person and an issuer, by their CIKs.
_Who = tuple[str, str]
#: Form, last day, and the last day where the fiscal year is the calendar's.
_When = tuple[str, date | None, date | None]
#: What tells a transaction from others, on whichever form it stands.
_Sign = tuple[str, str, date | None, str]


class _Book(Struct):
    name: str
    issuer: str
    counted: dict[_When, int] = {}
    waiting: dict[_When, list[Deadline]] = {}


def owed(forms: Iterable[tuple[Filing, Sequence[Deadline]]], days: BusinessDays = FEDERAL) -> list[Insider]:
    """What each insider owes, in the order in which they are met.

    Args:
        forms: filings with what `deadlines.due` says of them.
        days: the calendar of business days.
    """
    listed = [(filing, deadlines) for filing, deadlines in forms if not filing.is_amendment]
    years = {
        value_text(filing.issuer.cik).lstrip("0"): filing.period_of_report.date
        for filing, _ in listed
        if form_of(filing) is FORM_5
    }
    reported = _on_form_5(listed)
    types: dict[str, FormType] = {FORM_5.number: FORM_5}
    found: dict[_Who, _Book] = {}
    for filing, deadlines in listed:
        form = form_of(filing)
        types[form.number] = form
        for owner in filing.owners:
            who = (value_text(owner.cik).lstrip("0"), value_text(filing.issuer.cik).lstrip("0"))
            symbol = value_text(filing.issuer.trading_symbol)
            book = found.setdefault(who, _Book(value_text(owner.name) or f"CIK {who[0]}", symbol or f"CIK {who[1]}"))
            for deadline in deadlines:
                if deadline.day is not None:
                    when: _When = (form.number, deadline.day, None)
                elif _sign(deadline) in reported.get(who, ()):
                    continue
                else:
                    when = (FORM_5.number, *_form_5_days(deadline.traded, years.get(who[1]), days))
                    book.waiting.setdefault(when, []).append(deadline)
                book.counted[when] = book.counted.get(when, 0) + (1 if deadline.code else 0)
    return [Insider(book.name, book.issuer, tuple(_debts(book, types))) for book in found.values()]


def _on_form_5(forms: Iterable[tuple[Filing, Sequence[Deadline]]]) -> Mapping[_Who, set[_Sign]]:
    """What each insider's Forms 5 report."""
    found: dict[_Who, set[_Sign]] = {}
    for filing, _ in forms:
        if form_of(filing) is not FORM_5:
            continue
        signs = {
            (
                row.code.text.strip(),
                _even(row.security_title.text),
                row.transaction_date.date,
                _plain(row.shares.text or row.total_value.text),
            )
            for row in filing.rows
            if not row.holding
        }
        for owner in filing.owners:
            who = (value_text(owner.cik).lstrip("0"), value_text(filing.issuer.cik).lstrip("0"))
            found.setdefault(who, set()).update(signs)
    return found


def _sign(deadline: Deadline) -> _Sign:
    return deadline.code, _even(deadline.security), deadline.traded, _plain(deadline.amount)


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


def _plain(amount: str) -> str:
    text = amount.strip().replace(",", "")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _form_5_days(traded: date, ended: date | None, days: BusinessDays) -> tuple[date | None, date | None]:
    """The last day of the Form 5 for a day, where a fiscal year's end tells; else that of the calendar year."""
    if ended is None:
        return None, form_due(FORM_5, date(traded.year, 12, 31), days)
    years = [year for year in (traded.year, traded.year + 1) if date.min.year <= year <= date.max.year]
    ends = [end for year in years if (end := _in_year(ended, year)) >= traded]
    return form_due(FORM_5, min(ends, default=date(traded.year, 12, 31)), days), None


def _in_year(day: date, year: int) -> date:
    """The same day of another year; the last of February where it has no 29th."""
    last = day.month == 2 and day.day == 29
    return date(year, 3, 1).fromordinal(date(year, 3, 1).toordinal() - 1) if last else day.replace(year=year)


def _debts(book: _Book, types: Mapping[str, FormType]) -> Iterator[Debt]:
    """The forms by their last days, those without one last."""
    for when in sorted(book.counted, key=lambda one: (one[1] or date.max, one[2] or date.min, one[0])):
        number, day, calendar_day = when
        waiting = book.waiting.get(when, [])
        words = tuple(map(_words, waiting))
        since = min((deadline.traded for deadline in waiting), default=None)
        yield Debt(types[number], day, book.counted[when], words, calendar_day, since)


def _words(deadline: Deadline) -> str:
    place = deadline.origin.position
    at = f" ({place.file}, line {place.line})" if place else ""
    what = " ".join(filter(None, (deadline.code, deadline.amount, deadline.security)))
    return f"{what} of {deadline.traded}{at}"
