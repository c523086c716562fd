"""The filing as a person reads the form: numbered lines, and the text of the footnotes on each cell.

Everything a rule needs beyond the filing itself is derived here once, so that sixty rules stay quick.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from form4_author.business_days import FEDERAL, BusinessDays
from form4_author.filing import NO_FIELD, READING_ORDER, Field, Filing, Row, Value

#: What the form calls each cell of a line, as a message names it.
CELL_NAMES: dict[str, str] = {
    "security_title": "title of security",
    "conversion_or_exercise_price": "conversion or exercise price",
    "transaction_date": "transaction date",
    "deemed_execution_date": "deemed execution date",
    "coding": "transaction code",
    "timeliness": "timeliness",
    "shares": "amount",
    "total_value": "total value",
    "price_per_share": "price",
    "acquired_disposed": "(A) or (D)",
    "exercise_date": "date exercisable",
    "expiration_date": "expiration date",
    "underlying_title": "title of underlying securities",
    "underlying_shares": "number of underlying shares",
    "underlying_value": "value of underlying securities",
    "shares_owned_following": "amount owned following the transaction",
    "value_owned_following": "value owned following the transaction",
    "direct_or_indirect": "ownership form",
    "nature_of_ownership": "nature of indirect ownership",
}
_CELLS = tuple(item.name for item in fields(Row) if item.default is NO_FIELD)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: `number` counts from 1 in its own table. Its text is `Table I, line 2`."""

    row: Row
    number: int

    def __str__(self) -> str:
        return f"Table {self.row.table.value}, line {self.number}"

    @property
    def code(self) -> str:
        """The transaction code; empty for a holding."""
        return self.row.code.text.strip()

    @property
    def letter(self) -> str:
        """A (acquired) or D (disposed of); empty for a holding."""
        return self.row.acquired_disposed.text.strip()

    @property
    def early(self) -> bool:
        """True for a Form 5 transaction reported early, which the form shows as V."""
        return self.row.form_type.text.strip() == "5"

    @property
    def amount(self) -> Decimal | None:
        """The number of securities; None where a total value stands instead, or nothing readable."""
        return self.row.shares.number

    @property
    def price(self) -> Decimal | None:
        """The price of one; None where only a footnote tells it."""
        return self.row.price_per_share.number

    @property
    def swap(self) -> bool:
        """True for an equity swap, whose numbers count contracts."""
        return self.row.equity_swap.truth or "swap" in self.title

    @property
    def title(self) -> str:
        """The security's title, blanks and case evened out, to compare lines by."""
        return " ".join(self.row.security_title.text.split()).casefold()

    def cells(self) -> Iterator[tuple[str, Field]]:
        """The cells that the document has, by attribute name."""
        for name in _CELLS:
            cell: Field = getattr(self.row, name)
            if cell.present:
                yield name, cell


class Form:
    """A filing, read.

    Attributes:
        filing: the filing itself.
        lines: all lines, Table I first.
        transactions: those that are transactions.
        notes: each footnote's text by its id; of two with one id the first.
        days: the calendar of business days.
        attachments: the types of the documents filed with it (`EX-24`); None where they aren't known.
    """

    def __init__(
        self, filing: Filing, days: BusinessDays = FEDERAL, attachments: tuple[str, ...] | None = None
    ) -> None:
        self.filing = filing
        self.days = days
        self.attachments = attachments
        self.lines = tuple(
            Line(row, number) for table in (filing.table1, filing.table2) for number, row in enumerate(table, 1)
        )
        self.transactions = tuple(line for line in self.lines if not line.row.holding)
        self.notes: dict[str, str] = {}
        for note in filing.footnotes:
            self.notes.setdefault(note.id.text, note.text.text)
        self._line_notes: dict[int, tuple[str, ...]] = {}

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
        key = id(line.row)
        if key not in self._line_notes:
            self._line_notes[key] = tuple(self.notes_on(*(cell for _, cell in line.cells() if cell.footnotes)))
        return self._line_notes[key]

    def explanations(self) -> Iterator[str]:
        """All free text: every footnote, and the remarks."""
        yield from self.notes.values()
        if self.filing.remarks:
            yield self.filing.remarks.text

    def marks_in_reading_order(self) -> Iterator[str]:
        """The ids of all footnote marks, as one meets them on the printed form."""
        for line in self.lines:
            for name in READING_ORDER:
                cell: Field = getattr(line.row, name)
                yield from cell.footnote_ids


def has_text(value: Value) -> bool:
    """True where there is more than blanks."""
    return bool(value.text.strip())


def shown(text: str) -> str:
    """A value in quotes, cut where it is long, its line breaks as they'd be typed."""
    plain = text.replace("\n", "\\n").replace("\t", "\\t")
    return f'"{plain}"' if len(plain) <= 60 else f'"{plain[:57]}..."'
