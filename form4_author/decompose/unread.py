"""What of a filing is none of what its place takes, so that a plan says it otherwise or not at all.

An amount, a date or a code that is none is carried as text, for the plan's own checks to refuse. A box and a form of
ownership are read, and a plan has no place for what can't be.

Code: IMP001 something that no plan can say.
"""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.filing import Field, Filing, Row, Table, Value, form_of
from form4_author.filing.columns import BY_ATTRIBUTE, Kind, attributes
from form4_author.findings import Finding, Origin, Severity
from form4_author.plan.scalars import MAX_AMOUNT, quoted

_HINT = "EDGAR takes no form that says this, and so no plan can."
_AMOUNTS = tuple(name for name in attributes(Kind.COUNT, Kind.DOLLARS) if name != "conversion_or_exercise_price")
_BOXES = (
    ("non_us_address", "non-US address"),
    ("is_director", "Director"),
    ("is_officer", "Officer"),
    ("is_ten_percent_owner", "10% Owner"),
    ("is_other", "Other"),
    ("good_address", "good address"),
)


def lost(message: str, origin: Origin, hint: str = _HINT) -> Finding:
    """The finding on something of a filing that its plan doesn't say."""
    return Finding("IMP001", Severity.WARNING, message, origin, hint)


def otherwise(place: str, old: str, new: str) -> str:
    """The message on what a plan says otherwise than the filing.

    Args:
        place: where on the form: `Table I, line 2, column 6, ownership form`.
        old: what the filing says there.
        new: what the plan says.
    """
    return f"{place}: the document says {quoted(old)}, its plan {quoted(new)}"


def of_parties(filing: Filing) -> Iterator[Finding]:
    """What no plan can say of the form's own boxes and of the reporting persons."""
    yield from _box("Top of the form, no longer subject to Section 16", filing.not_subject_to_section16)
    for number, owner in enumerate(filing.owners, start=1):
        for name, words in _BOXES:
            yield from _box(f"Reporting person {number}, {words}", getattr(owner, name))


def of_filing(filing: Filing) -> Iterator[Finding]:
    """What no plan can say of the whole filing."""
    yield from of_parties(filing)
    yield from _box("Top of the form, Rule 10b5-1(c) plan", filing.aff10b5_one)
    for row, place in numbered(filing):
        number = BY_ATTRIBUTE["coding"].number(row.table, form_of(filing).numbering)
        yield from _box(f"{place}, column {number}, K", row.equity_swap)
    yield from of_ownership(filing)


def of_ownership(filing: Filing) -> Iterator[Finding]:
    """What no plan can say of the D or I of the lines: what is neither is read as D."""
    for row, place in numbered(filing):
        letter = row.direct_or_indirect
        if letter.text.strip() not in {"", "D", "I"}:
            where = f"{place}, {column(row, 'direct_or_indirect', filing)}"
            yield lost(otherwise(where, letter.text.strip(), "D"), letter.value.origin)


def of_amounts(filing: Filing) -> Iterator[Finding]:
    """The amounts of the lines that are none; an exercise price, which a plan's securities carry, aside."""
    hint = "The next form takes nothing over from it: see whether its opening balances are right."
    for row, place in numbered(filing):
        for name in _AMOUNTS:
            cell: Field = getattr(row, name)
            if has_text(cell) and (cell.number is None or cell.number > MAX_AMOUNT):
                said = f"{quoted(cell.text.strip())}, which is no amount that EDGAR takes"
                yield lost(f"{place}, {column(row, name, filing)}, is {said}", cell.value.origin, hint)


def numbered(filing: Filing) -> Iterator[tuple[Row, str]]:
    """The lines with their places: `Table I, line 2`."""
    for table, rows in ((Table.I, filing.table1), (Table.II, filing.table2)):
        yield from ((row, f"Table {table.value}, line {number}") for number, row in enumerate(rows, start=1))


def column(row: Row, attribute: str, filing: Filing) -> str:
    """A cell of a line by its column: `column 6, ownership form`."""
    known = BY_ATTRIBUTE[attribute]
    return f"column {known.number(row.table, form_of(filing).numbering)}, {known.caption}"


def has_text(cell: Field | Value) -> bool:
    """Whether anything stands there but blanks."""
    return bool(cell.text.strip())


def _box(place: str, box: Value) -> Iterator[Finding]:
    if box.text.strip() not in {"", "0", "1", "false", "true"}:
        yield lost(otherwise(place, box.text.strip(), "not checked"), box.origin)
