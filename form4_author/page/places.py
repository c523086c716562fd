"""Where on the page each value of a filing stands, by the names that the page promises (see form4.html.j2).

The page itself stays as it is: what follows its reader's finger, or the cursor in the plan, asks here which element
came from which place of the author's text, and how what no one wrote was derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from form4_author.filing import Field, Filing, Row, Table, Value, form_of
from form4_author.filing.columns import in_column
from form4_author.filing.derivation import Derivation
from form4_author.findings import Origin

#: The cells of a line by their class on the page, `t1-` or `t2-` before it; of several values the first that has text.
CELLS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "title": ("security_title",),
    "conversion-price": ("conversion_or_exercise_price",),
    "date": ("transaction_date",),
    "deemed": ("deemed_execution_date",),
    "code": ("code", "form_type", "coding", "equity_swap"),
    "v": ("timeliness", "form_type"),
    "amount": ("shares", "total_value"),
    "acquired": ("shares", "total_value", "acquired_disposed"),
    "disposed": ("shares", "total_value", "acquired_disposed"),
    "neither": ("shares", "total_value", "acquired_disposed"),
    "ad": ("acquired_disposed",),
    "price": ("price_per_share",),
    "exercisable": ("exercise_date",),
    "expiration": ("expiration_date",),
    "underlying-title": ("underlying_title",),
    "underlying-amount": ("underlying_shares", "underlying_value"),
    "owned": ("shares_owned_following", "value_owned_following"),
    "form": ("direct_or_indirect",),
    "nature": ("nature_of_ownership",),
})  # fmt: skip
#: The parts of an owner by their class on the page; of several values the first that has text.
_OWNER: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "owner-name": ("name", "cik"),
    "owner-street1": ("street1",),
    "owner-street2": ("street2",),
    "owner-city": ("city",),
    "owner-state": ("state", "non_us_state_territory"),
    "owner-zip": ("zip_code",),
    "owner-country": ("country", "state", "non_us_address"),
    "owner-state-description": ("state_description",),
    "is-director": ("is_director",),
    "is-ten-percent-owner": ("is_ten_percent_owner",),
    "is-officer": ("is_officer",),
    "is-other": ("is_other",),
    "officer-title": ("officer_title",),
    "other-text": ("other_text",),
})  # fmt: skip


class Place(Struct, frozen=True):
    """One element of the page, and where what it shows comes from.

    Attributes:
        element: a CSS selector of it, by names that the page promises.
        origin: where its author wrote it, or what it follows from.
        derived: how it came about, where no one wrote it: `0 + 10,000 exercised`; else empty.
    """

    element: str
    origin: Origin
    derived: str = ""


def places(filing: Filing, derivations: Iterable[Derivation] = ()) -> list[Place]:
    """The places of all that a filing says, in the order of the page; what has no place in a file is left out.

    A wide element comes before the narrower ones inside it: a line before its cells, a cell before its marks.

    Args:
        filing: what the page was drawn from. An element may be named that this edition of the form does not show.
        derivations: how what its plan doesn't state came about.
    """
    how = {derived.what: derived.how for derived in derivations}
    found = [*_head(filing, how), *_owners(filing), *_rows(filing, how), *_foot(filing)]
    return [place for place in found if place.origin.position is not None]


def _of(element: str, *values: Value | Field) -> Iterator[Place]:
    """The place of the first of some values that has text; else of the first that is there at all."""
    for value in sorted(values, key=lambda value: not value):
        if value.present:
            yield Place(element, value.origin)
            return


def _head(filing: Filing, how: Mapping[str, str]) -> Iterator[Place]:
    issuer = filing.issuer
    yield from _of(".form-name", filing.document_type)
    yield from _of("#box-exit", filing.not_subject_to_section16)
    for number, late in (("3", filing.form3_holdings_reported), ("4", filing.form4_transactions_reported)):
        told_by = (row.form_type for row in filing.rows if row.form_type.text == number)
        yield from _of(f"#box-form{number}", late, *told_by)
    yield from _of("#box-10b5-1", filing.aff10b5_one)
    yield from _of(".issuer-name", issuer.name, issuer.cik)
    yield from _of(".issuer-symbol", issuer.trading_symbol)
    yield from _of(".issuer-foreign-symbol", issuer.foreign_trading_symbol)
    derived = next((text for what, text in how.items() if what.startswith("Box ")), "")
    yield Place(".period-of-report", filing.period_of_report.origin, derived)
    yield from _of(".original-date", filing.date_of_original_submission)


def _owners(filing: Filing) -> Iterator[Place]:
    several = "several-persons" if len(filing.owners) > 1 else "one-person"
    for number, owner in enumerate(filing.owners, 1):
        if number == 1:
            yield Place(f"#box-{several}", owner.origin)
        for name, attributes in _OWNER.items():
            yield from _of(f"#owner-{number} .{name}", *(getattr(owner, attribute) for attribute in attributes))


def _rows(filing: Filing, how: Mapping[str, str]) -> Iterator[Place]:
    numbering = form_of(filing).numbering
    for table, rows in (("t1", filing.table1), ("t2", filing.table2)):
        for number, row in enumerate(rows, 1):
            line = f"#{table}-{number}"
            yield Place(line, row.origin)
            yield from _cells(row, line, table, f"Table {row.table.value}, line {number}, column", how, numbering)


def _cells(row: Row, line: str, table: str, called: str, how: Mapping[str, str], numbering: str) -> Iterator[Place]:
    for name, attributes in CELLS.items():
        if name in (_ONLY_TABLE_1 if row.table is Table.II else _ONLY_TABLE_2):
            continue
        cell = f"{line} .{table}-{name}"
        shown = [attribute for attribute in attributes if getattr(row, attribute).present]
        told = (_derived(row, attribute, called, how, numbering) for attribute in shown)
        derived = "; ".join(filter(None, told))
        values: list[Value | Field] = [getattr(row, attribute) for attribute in attributes]
        yield from (replace(place, derived=derived) for place in _of(cell, *values))
        for attribute in attributes:
            value: Value | Field = getattr(row, attribute)
            if isinstance(value, Field):
                yield from (Place(f'{cell} [href="#note-{mark.text}"]', mark.origin) for mark in value.footnotes)


_ONLY_TABLE_1 = frozenset({"amount", "ad"})
_ONLY_TABLE_2 = frozenset({
    *("conversion-price", "acquired", "disposed", "neither", "exercisable", "expiration"),
    *("underlying-title", "underlying-amount"),
})  # fmt: skip


def _derived(row: Row, attribute: str, called: str, how: Mapping[str, str], numbering: str) -> str:
    column = in_column(attribute, row.table, numbering) if isinstance(getattr(row, attribute), Field) else ""
    return how.get(f"{called} {column}", "")


def _foot(filing: Filing) -> Iterator[Place]:
    for note in filing.footnotes:
        yield from _of(f"#note-{note.id.text}", note.text)
    yield from _of(".remarks", filing.remarks)
    for number, signature in enumerate(filing.signatures, 1):
        for name, value in (("name", signature.name), ("date", signature.date)):
            yield from _of(f".signature:nth-child({number}) .signature-{name}", value)
