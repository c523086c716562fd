"""The lines of a filing -> its securities, each named once, with what all of its lines say alike."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from form4_author.decompose.footnotes import Footnotes
from form4_author.decompose.speaking_names import security_name, told_apart_by
from form4_author.events.keys import brief
from form4_author.events.written import Named
from form4_author.filing import Field, Filing, Row
from form4_author.filing.columns import attributes_of
from form4_author.filing.numbers import plain
from form4_author.filing.titles import security_class

#: What a plan's security says of all its lines, by the plan's key: the cell of the line.
_SAID = {key: attributes_of(key)[0] for key in ("exercise_price", "exercisable", "expires")}
_NOTED = {key: attributes_of(key)[0] for key in ("title", "underlying")}

Identity = tuple[object, ...]


class Securities(Struct):
    """The securities of a filing, by what identifies them on its lines."""

    notes: Footnotes
    found: dict[Identity, Named] = {}
    _known: dict[int, tuple[Row, Identity]] = {}

    def of(self, row: Row) -> Named:
        """The security of a line."""
        return self.found[self.identity(row)]

    def identity(self, row: Row) -> Identity:
        """What two lines share that are of one security; each event asks it of each line."""
        known = self._known.get(id(row))
        if known is None:
            known = self._known[id(row)] = row, self._identity(row)  # the line too, or another might get its id
        return known[1]

    def _identity(self, row: Row) -> Identity:
        if not row.derivative:
            return (row.security_title.text,)
        terms = [(getattr(row, name).text, *self.notes.marks(getattr(row, name))) for name in _SAID.values()]
        return (row.security_title.text, row.underlying_title.text, *terms)

    def plan(self) -> dict[str, Any]:
        """The plan's `securities`."""
        return {security.name: security.plan for security in self.found.values()}


def name_securities(filing: Filing, notes: Footnotes) -> Securities:
    """Name the securities that a filing's lines are about, in the order in which it mentions them."""
    securities = Securities(notes)
    lines: dict[Identity, list[Row]] = {}
    for row in filing.rows:
        lines.setdefault(securities.identity(row), []).append(row)
    firsts = [rows[0] for rows in lines.values()]
    names = told_apart_by(
        [security_name(row.security_title.text, derivative=row.derivative) for row in firsts],
        [_details(row) for row in firsts],
    )
    by_title = {row.security_title.text: name for row, name in zip(firsts, names, strict=True) if not row.derivative}
    for (identity, rows), name in zip(lines.items(), names, strict=True):
        securities.found[identity] = (
            _derivative(name, rows, notes, by_title) if rows[0].derivative else _stock(name, rows, notes)
        )
    return securities


def _details(row: Row) -> tuple[str, ...]:
    """What sets securities of one title apart: exercise price, year of expiration, year in which it is exercisable."""
    return row.conversion_or_exercise_price.text, row.expiration_date.text[:4], row.exercise_date.text[:4]


def _stock(name: str, rows: Sequence[Row], notes: Footnotes) -> Named:
    noted = _noted(rows, notes, ("title",))
    title = rows[0].security_title.text
    return Named(name, {"title": title, "notes": noted} if noted else title, frozenset(noted))


def _derivative(name: str, rows: Sequence[Row], notes: Footnotes, by_title: dict[str, str]) -> Named:
    first = rows[0]
    under = first.underlying_title.text
    name_below = by_title.get(under) or _of_class(under, by_title)
    plan: dict[str, Any] = {"title": first.security_title.text, "underlying": name_below or {"title": under}}
    if name_below and under not in by_title:
        plan["underlying_title"] = under
    for key, cell_name in _SAID.items():
        cell: Field = getattr(first, cell_name)
        marks = notes.marks(cell)
        what = "amount" if key == "exercise_price" else "date"
        if cell.text or marks:
            noted = {what: cell.text, "note": brief(marks)} if cell.text else {"note": brief(marks)}
            plan[key] = noted if marks else cell.text
    ratio = _ratio(rows)
    if ratio != 1:
        plan["underlying_per_unit"] = plain(ratio)
    shared = _noted(rows, notes, ("title", "underlying"))
    if shared:
        plan["notes"] = shared
    always = frozenset({*shared, *_SAID})
    return Named(name, plan, always, ratio, name_below, first.conversion_or_exercise_price.text)


def _of_class(title: str, by_title: dict[str, str]) -> str:
    """The security of Table I whose title says the same in other words; empty where there is none."""
    if not title.strip():
        return ""
    return next((name for known, name in by_title.items() if security_class(known) == security_class(title)), "")


def _noted(rows: Sequence[Row], notes: Footnotes, columns: Sequence[str]) -> dict[str, Any]:
    """The footnotes on a column that stand on every line."""
    found = {}
    for column in columns:
        marks = [notes.marks(getattr(row, _NOTED[column])) for row in rows]
        if marks[0] and all(each == marks[0] for each in marks):
            found[column] = brief(marks[0])
    return found


def _ratio(rows: Sequence[Row]) -> Decimal:
    """Underlying securities for each, where it is the same number, not above four decimals, on all lines."""
    ratios = set()
    for row in rows:
        amount = (row.shares or row.shares_owned_following).number
        under = row.underlying_shares.number
        if amount and under:
            ratios.add(under / amount)
    if len(ratios) == 1:
        ratio = ratios.pop()
        if ratio == round(ratio, 4) and ratio <= 1_000_000:
            return ratio
    return Decimal(1)
