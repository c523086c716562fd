"""The filing as a person reads the form: numbered lines, and the text of the footnotes on each cell.

Everything a rule needs beyond the filing itself is derived here once, so that all the rules together stay quick.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from form4_author.days.business_days import FEDERAL, BusinessDays
from form4_author.filing import Field, Filing, FormType, ReportingOwner, Row, Value, form_of
from form4_author.filing.columns import BY_ATTRIBUTE
from form4_author.filing.marks import noted_cells
from form4_author.masking import masked_words


class Line(Struct, frozen=True, dict=True):
    """One line of a table: `number` counts from 1 in its own table. Its text is `Table I, line 2`.

    Attributes:
        row: the line itself.
        number: its place in its table.
        code: the transaction code; empty for a holding.
        letter: A (acquired) or D (disposed of); empty for a holding.
        early: True for a Form 5 transaction reported early, which the form shows as V.
    """

    row: Row
    number: int
    code: str
    letter: str
    early: bool

    @classmethod
    def of(cls, row: Row, number: int, form: FormType) -> Line:
        """The line of a row on a form."""
        letter, early = row.acquired_disposed.text.strip(), form.is_early(row.form_type.text)
        return cls(row, number, row.code.text.strip(), letter, early)

    def __str__(self) -> str:
        return f"Table {self.row.table.value}, line {self.number}"

    @cached_property
    def day(self) -> date | None:
        """The transaction date; None for a holding, or where it can't be read."""
        return self.row.transaction_date.date

    @cached_property
    def amount(self) -> Decimal | None:
        """The number of securities; None where a total value stands instead, or nothing readable."""
        return self.row.shares.number

    @cached_property
    def price(self) -> Decimal | None:
        """The price of one; None where only a footnote tells it."""
        return self.row.price_per_share.number

    @cached_property
    def title(self) -> str:
        """The security's title, blanks and case evened out, to compare lines by."""
        return " ".join(self.row.security_title.text.split()).casefold()

    @property
    def swap(self) -> bool:
        """True for an equity swap, whose numbers count contracts."""
        return self.row.equity_swap.truth or "swap" in self.title


class Noted(Struct, frozen=True):
    """A cell with footnotes: `name` is its attribute."""

    line: Line
    name: str
    cell: Field

    def __str__(self) -> str:
        return f"{self.line}: {BY_ATTRIBUTE[self.name].caption}"


class Form:
    """A filing, read.

    Attributes:
        filing: the filing itself.
        type: which form it is.
        number: the form's number.
        lines: all lines, Table I first.
        transactions: those that are transactions.
        notes: each footnote's text by its id; of two with one id the first.
        noted: the cells with footnotes, as one meets them on the printed form.
        days: the calendar of business days.
        attachments: the types of the documents filed with it (`EX-24`); None where they aren't known.
        powers_on_file: the powers of attorney of its owners are on file with earlier forms.
    """

    def __init__(
        self,
        filing: Filing,
        days: BusinessDays = FEDERAL,
        attachments: tuple[str, ...] | None = None,
        *,
        powers_on_file: bool = False,
    ) -> None:
        self.filing = filing
        self.type = form_of(filing)
        self.number = self.type.number
        self.days = days
        self.attachments = attachments
        self.powers_on_file = powers_on_file
        self.lines = tuple(
            Line.of(row, number, self.type)
            for table in (filing.table1, filing.table2)
            for number, row in enumerate(table, 1)
        )
        self.transactions = tuple(line for line in self.lines if not line.row.holding)
        self.notes: dict[str, str] = {}
        for note in filing.footnotes:
            self.notes.setdefault(note.id.text, note.text.text)
        self.noted = tuple(
            Noted(line, name, cell) for line in self.lines for name, cell in noted_cells(line.row, self.type.numbering)
        )
        self._notes_of: dict[int, tuple[str, ...]] = {}

    @property
    def last_signed(self) -> date | None:
        """The latest date on which the form was signed; None where none can be read."""
        days = (signature.date.date for signature in self.filing.signatures)
        return max((day for day in days if day is not None), default=None)

    def notes_on(self, *cells: Field) -> list[str]:
        """The texts of the footnotes on these cells, each once, in the order of the marks."""
        ids = dict.fromkeys(mark.text for cell in cells for mark in cell.footnotes)
        return [self.notes[name] for name in ids if name in self.notes]

    def notes_of(self, line: Line) -> tuple[str, ...]:
        """The texts of the footnotes on any cell of a line."""
        if not self._notes_of:
            marks: dict[int, dict[str, None]] = {}
            for noted in self.noted:
                marks.setdefault(id(noted.line), {}).update(dict.fromkeys(noted.cell.footnote_ids))
            self._notes_of = {
                key: tuple(self.notes[name] for name in names if name in self.notes) for key, names in marks.items()
            }
        return self._notes_of.get(id(line), ())

    def explanations(self) -> Iterator[str]:
        """All free text: every footnote, and the remarks."""
        yield from self.notes.values()
        if self.filing.remarks:
            yield self.filing.remarks.text


def has_text(value: Value) -> bool:
    """True where there is more than blanks."""
    return bool(value.text.strip())


def shown(text: str) -> str:
    """A value in quotes, cut where it is long, its line breaks as they'd be typed."""
    plain = masked_words(text[:200]).replace("\n", "\\n").replace("\t", "\\t")
    return f'"{plain}"' if len(plain) <= 60 else f'"{plain[:57]}..."'


def owners(form: Form) -> Iterator[tuple[str, ReportingOwner]]:
    """The reporting owners, each with how a message calls it."""
    only = len(form.filing.owners) == 1
    for number, owner in enumerate(form.filing.owners, 1):
        yield ("the reporting owner" if only else f"reporting owner {number}"), owner
