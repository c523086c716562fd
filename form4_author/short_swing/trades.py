"""A transaction as a form reports it, with what else is known of it; and the lines that stand for one and the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from form4_author.filing import Field, Filing, ReportingOwner, Row, form_of
from form4_author.filing.alignment import align, likeness, says_the_same
from form4_author.filing.marks import noted_cells
from form4_author.filing.options import change_of
from form4_author.filing.titles import security_class
from form4_author.pipeline.parties import bare
from form4_author.plan.entries.shared import Section16b
from form4_author.plan.entries.split import Split
from form4_author.plan.scalars import MAX_AMOUNT
from form4_author.short_swing.figures import exact
from form4_author.short_swing.statements import Statement

#: A day outside of these is a slip of the pen: the Exchange Act is of 1934.
FIRST_DAY, LAST_DAY = date(1934, 6, 6), date(2134, 12, 31)


class Trade(Struct, frozen=True):
    """One transaction of one reporting person, as a line of a form reports it.

    Attributes:
        statement: the file that it stands in.
        place: `Table I, line 2`.
        row: the line.
        notes: the texts of all footnotes on it.
        split: how many shares of today one share of then is.
    """

    statement: Statement
    place: str
    row: Row
    notes: tuple[str, ...] = ()
    split: Fraction = Fraction(1)

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.statement.file

    @property
    def line(self) -> int | None:
        """The line of the file, from 1."""
        place = self.row.origin.position
        return place.line if place else None

    @property
    def day(self) -> date | None:
        """The transaction date; None where there is none that can be meant."""
        day = self.row.transaction_date.date
        return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None

    @property
    def code(self) -> str:
        """The transaction code; empty where there is none."""
        return self.row.code.text.strip()

    @property
    def letter(self) -> str:
        """A or D, as on the line."""
        return self.row.acquired_disposed.text.strip()

    @property
    def title(self) -> str:
        """The security's title."""
        return " ".join(self.row.security_title.text.split())

    @property
    def security(self) -> str:
        """What tells the security from others: its class, and of a derivative its price and term as well."""
        kind = security_class(self.title)
        if not self.row.derivative:
            return kind
        price, term = self.row.conversion_or_exercise_price, self.row.expiration_date
        number = price.number
        cost = " ".join(price.text.split()) if number is None else exact(Fraction(number) / self.split)
        return f"{kind} | {cost} | {term.date or term.text.strip()}"

    @property
    def underlying(self) -> str:
        """The class of what underlies a derivative."""
        return security_class(self.row.underlying_title.text)

    @property
    def shares(self) -> Fraction | None:
        """How many securities, with the person's part of them and splits since; None where the line doesn't tell."""
        return self._counted(self.row.shares)

    @property
    def underlying_shares(self) -> Fraction | None:
        """How many underlying securities, likewise."""
        return self._counted(self.row.underlying_shares)

    @property
    def price(self) -> Fraction | None:
        """The price of one, in dollars; None where the line doesn't tell."""
        number = _number(self.row.price_per_share)
        return None if number is None else number / self.split

    @property
    def price_notes(self) -> list[str]:
        """The texts of the footnotes on the price, as the form has them."""
        marks = set(self.row.price_per_share.footnote_ids)
        return [note.text.text for note in self.statement.filing.footnotes if note.id.text in marks]

    @property
    def settled(self) -> Section16b | None:
        """What its plan says of Section 16(b)."""
        return self.statement.settled(self.row)

    @property
    def interest(self) -> Fraction | None:
        """The person's pecuniary interest in it, where its plan tells."""
        return self.statement.interest(self.row)

    def _counted(self, cell: Field) -> Fraction | None:
        number, interest = _number(cell), self.interest
        return None if number is None else number * self.split * (1 if interest is None else interest)


def _number(cell: Field) -> Fraction | None:
    """A number that a line may have; None for none, and for one above what EDGAR takes."""
    number = cell.number
    return None if number is None or number > MAX_AMOUNT else Fraction(number)


class Insider(Struct, frozen=True):
    """One reporting person in one issuer's securities, with all that is reported of it, each transaction once.

    Attributes:
        owner: the person's CIK, without leading zeros.
        owner_name: the name, where a file tells; else empty.
        issuer: the issuer's CIK, likewise.
        issuer_name: its name, or its symbol.
        trades: the transactions, in the order of time; those without a day last.
        statements: the files, as `statements.in_order` has them.
        unsure: transactions that are among these already, but stand on another form with another amount owned
            afterwards.
        superseded: lines of which an amendment tells anew.
        repeated: lines that tell of a transaction again.
    """

    owner: str
    owner_name: str
    issuer: str
    issuer_name: str
    trades: tuple[Trade, ...]
    statements: tuple[Statement, ...]
    unsure: tuple[Trade, ...] = ()
    superseded: int = 0
    repeated: int = 0

    def owner_on(self, filing: Filing) -> ReportingOwner | None:
        """The person as a filing has it."""
        return next((owner for owner in filing.owners if bare(owner.cik.text) == self.owner), None)

    @property
    def ten_percent_since(self) -> date | None:
        """Since when the person owns more than ten percent of a class, where a plan tells; the earliest that one does.

        A plan has the owner at its place in the filing.
        """
        days = [
            owner.ten_percent_owner_since.date
            for told in self.statements
            if told.plan is not None
            for owner in told.plan.owners
            if bare(owner.cik) == self.owner and owner.ten_percent_owner_since is not None
        ]
        return min(days, default=None)


def insiders(
    statements: Sequence[Statement], *, until: date | None = None, always: Sequence[Statement] = ()
) -> list[Insider]:
    """Each person in each issuer, by the names of both, with the transactions that the files report.

    Args:
        statements: the files, as `statements.in_order` has them.
        until: the last day whose transactions count; all where not given.
        always: those of the files whose transactions count whenever they are.
    """
    found: dict[tuple[str, str], list[Statement]] = {}
    for told in statements:
        issuer = bare(told.filing.issuer.cik.text)
        for owner in dict.fromkeys(bare(owner.cik.text) for owner in told.filing.owners):
            if owner and issuer:
                found.setdefault((owner, issuer), []).append(told)
    people = [_insider(*who, files, until, always) for who, files in found.items()]
    return sorted(people, key=lambda one: (one.issuer_name, one.owner_name, one.issuer.zfill(10), one.owner.zfill(10)))


def _insider(
    owner: str, issuer: str, files: list[Statement], until: date | None, always: Sequence[Statement]
) -> Insider:
    superseded = _superseded(files)
    trades, unsure, repeated = _once(files, superseded)
    splits = _splits(files)
    trades, unsure = ([_split(trade, splits) for trade in told] for told in (trades, unsure))
    whenever = {id(told) for told in always}
    kept, doubtful = (
        sorted(
            (trade for trade in told if _counts(trade, until) or id(trade.statement) in whenever),
            key=lambda trade: trade.day or date.max,
        )
        for told in (trades, unsure)
    )
    parties = [(told.filing.issuer, one) for told in files for one in told.filing.owners if bare(one.cik.text) == owner]
    names = [one.name.text.strip() for _, one in parties]
    issuers = [party.name.text.strip() for party, _ in parties] + [p.trading_symbol.text.strip() for p, _ in parties]
    return Insider(
        owner=owner,
        owner_name=next(filter(None, reversed(names)), ""),
        issuer=issuer,
        issuer_name=next(filter(None, issuers), ""),
        trades=tuple(kept),
        statements=tuple(files),
        unsure=tuple(doubtful),
        superseded=len(superseded),
        repeated=repeated,
    )


def _splits(files: Sequence[Statement]) -> set[tuple[str, date, Fraction]]:
    """The splits that plans tell of: the class, the day, and how many shares one has become."""
    return {
        (security_class(told.plan.securities[entry.split].title), entry.date.date, _times(entry))
        for told in files
        if told.plan is not None
        for entry in told.plan.transactions
        if isinstance(entry, Split) and entry.split in told.plan.securities and entry.old.decimal and entry.new.decimal
    }


def _times(entry: Split) -> Fraction:
    return Fraction(entry.new.decimal) / Fraction(entry.old.decimal)


def _split(trade: Trade, splits: set[tuple[str, date, Fraction]]) -> Trade:
    """The transaction in shares of today: those before a split of the class, or of what underlies it, are more."""
    of = {trade.underlying} if trade.row.derivative else {security_class(trade.title)}
    day = trade.day
    for split in [times for name, when, times in splits if name in of and day is not None and day < when]:
        trade = replace(trade, split=trade.split * split)
    return trade


def _counts(trade: Trade, until: date | None) -> bool:
    return until is None or trade.day is None or trade.day <= until


# --- the same transaction twice -----------------------------------------------------------------------------------


def _superseded(files: Sequence[Statement]) -> set[tuple[int, int]]:
    """The lines of which an amendment tells anew: the number of the file, and that of the line in it.

    An amendment may restate all lines, only those it corrects, or none and add a forgotten one (General Instruction
    9): a line of the form that it amends goes where the amendment has one that is the same transaction.
    """
    gone: set[tuple[int, int]] = set()
    amendments = [number for number, told in enumerate(files) if told.filing.is_amendment]
    amendments.sort(key=lambda number: (files[number].filed or date.max, number))
    for position, number in enumerate(amendments):
        later = set(amendments[position:])
        amending = files[number].filing
        for other, told in enumerate(files):
            if other in later or not _amends(amending, told):
                continue
            rows, new = told.filing.rows, amending.rows
            gone |= {(other, at) for at, there in align(rows, new, _the_same) if at >= 0 and there >= 0}
    return gone


def _amends(amendment: Filing, told: Statement) -> bool:
    """Whether an amendment may be one of this filing: of the same form, filed on the day it names or for the period."""
    if form_of(amendment) is not form_of(told.filing):
        return False
    original = amendment.date_of_original_submission.date
    if told.filed is not None and original is not None and not told.filing.is_amendment:
        return told.filed == original
    return amendment.period_of_report.date == told.filing.period_of_report.date


def _the_same(old: Row, new: Row) -> float:
    """How much a line and one of an amendment are alike; nothing where the new one goes on from the old one's end."""
    if old.holding or new.holding or old.table is not new.table:
        return 0.0
    cells = ("shares", "price_per_share", "shares_owned_following")
    if not any(says_the_same(getattr(old, name), getattr(new, name)) for name in cells):
        return 0.0
    if not says_the_same(old.shares, new.shares) and _before(new) == old.shares_owned_following.number is not None:
        return 0.0
    return likeness(old, new)


def _before(row: Row) -> Decimal | None:
    """What was owned before a line, as far as it tells."""
    after, amount = row.shares_owned_following.number, row.shares.number
    return None if after is None or amount is None else after - change_of(row, amount)


def _once(files: Sequence[Statement], superseded: set[tuple[int, int]]) -> tuple[list[Trade], list[Trade], int]:
    """Each transaction once; those of which it isn't sure that they are others; how many lines told of one again.

    Lines of one form are transactions of their own. A line of another form is the same transaction where it says the
    same of date, security, number and price, and of the amount owned afterwards; on Form 5, which tells it late, the
    latter may have become another one. Where only that is another, it isn't sure, unless one form is full and the other
    goes on from it.
    """
    trades: list[Trade] = []
    unsure: list[Trade] = []
    exact: Counter[tuple[object, ...]] = Counter()
    loose: Counter[tuple[object, ...]] = Counter()
    repeated, full = 0, False
    for number, told in enumerate(files):
        annual = form_of(told.filing).number == "5"
        full = full or _is_full(told.filing)
        here_exact: Counter[tuple[object, ...]] = Counter()
        here_loose: Counter[tuple[object, ...]] = Counter()
        for at, trade in enumerate(lines_of(told)):
            if trade.row.holding or (number, at) in superseded:
                continue
            key = _told(trade)
            coded = (*key, trade.code)
            closing = (*coded, trade.row.shares_owned_following.number)
            here_exact[closing] += 1
            here_loose[coded] += 1
            here_loose[key] += 1
            if here_exact[closing] <= exact[closing] or (annual and here_loose[key] <= loose[key]):
                repeated += 1
            elif here_loose[coded] <= loose[coded] and not full:
                unsure.append(trade)
            else:
                trades.append(trade)
        exact |= here_exact
        loose |= here_loose
    return trades, unsure, repeated


def _is_full(filing: Filing) -> bool:
    return max(len(filing.table1), len(filing.table2)) >= form_of(filing).limits.rows


def _told(trade: Trade) -> tuple[object, ...]:
    row = trade.row
    return (row.table, trade.security, row.transaction_date.date, trade.letter, row.shares.number, trade.price)


def lines_of(told: Statement) -> list[Trade]:
    """All lines of a filing, holdings too, in the order of the form."""
    texts = {note.id.text: " ".join(note.text.text.split()) for note in told.filing.footnotes}
    numbering = form_of(told.filing).numbering
    found = []
    for table in (told.filing.table1, told.filing.table2):
        for number, row in enumerate(table, 1):
            marks = dict.fromkeys(mark for _, cell in noted_cells(row, numbering) for mark in cell.footnote_ids)
            notes = tuple(texts[mark] for mark in marks if mark in texts)
            found.append(Trade(told, f"Table {row.table.value}, line {number}", row, notes))
    return found
