"""Which row names the columns, and which column holds what: by a layout, by the plan, or by plain names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from form4_author.executions.layout import Layout, layouts, plain, recognised
from form4_author.executions.trades import Fault, in_yaml
from form4_author.executions.words import Action, action
from form4_author.plan.fills import Columns
from form4_author.plan.scalars import did_you_mean, quoted
from form4_author.sheets.table import Row, Table

#: Titles and addresses may stand above the names of the columns, but no more than these.
_LOOKED_AT = 60
_MOST_NAMED = 30

#: What a column is called by those who call it plainly, in small letters without signs: the first group of which the
#: file has a name counts, and two of one group leave it open.
_NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "quantity": (
        ("filled quantity", "filled qty", "fill quantity", "fill qty", "executed quantity", "executed qty", "exec qty"),
        ("shares filled", "shares executed", "shares sold", "shares bought", "shares traded", "trade quantity"),
        ("last shares", "last qty", "number of shares", "no of shares"),
        ("quantity", "qty", "shares", "units"),
    ),
    "price": (
        ("fill price", "filled price", "executed price", "execution price", "exec price", "trade price", "last price"),
        ("price per share", "share price", "sale price", "purchase price", "unit price"),
        ("price", "average price", "avg price"),
    ),
    "date": (
        ("trade date", "execution date", "exec date", "executed date", "fill date", "date executed"),
        ("transaction date", "sale date", "date sold", "purchase date"),
        ("date",),
    ),
    "time": (
        ("execution time", "executed at", "exec time", "trade time", "transaction time", "fill time", "time executed"),
        ("timestamp", "date time", "datetime", "trade datetime", "time"),
    ),
    "side": (
        ("side", "buy sell", "b s", "bs", "buy or sell", "direction"),
        ("action", "trade action"),
    ),
    # These may say something else as well, as `Market`.
    "kind": (("transaction type", "trans type", "trade type", "activity", "transaction", "type"),),
    "status": (("order status", "execution status", "trade status", "status"),),
    "security": (("symbol", "ticker", "ticker symbol", "symbol cusip"), ("security", "security name", "instrument")),
    "account": (("account", "account number", "account no", "account id", "acct"),),
    "currency": (("currency", "ccy", "price currency", "trade currency"),),
    "order": (("execution id", "exec id", "trade id", "fill id"), ("order number", "order id", "order no", "order")),
}  # fmt: skip
_NEEDED = ("quantity", "price")
#: What one cell may say of all the rows that it is merged over: an amount would stand there once for all of them.
_OF_ROWS = frozenset({"account", "currency", "date", "kind", "order", "security", "side", "status"})
_WHOLE = re.compile(r"-?\d{1,3}(?:[,.' ]?\d{3})*(?:[.,]0+)?|\(\d+\)", re.ASCII)
_DAY = re.compile(r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?!\d).{0,40}", re.ASCII | re.DOTALL)
#: What names of columns have in them whose numbers are no price of an execution.
_OTHERS = re.compile(
    r"\b(?:accrued|amount|award|balance|basis|commissions?|cost|exercised?|fair|fees?|fmv|gains?|granted|grant|gross|interest"
    r"|loss|net|option|principal|proceeds|rate|strike|tax(?:es)?|total|value|withheld)\b",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"\$? ?\d[\d,.' ]{0,20}[.,]\d{1,10}", re.ASCII)


class Header(Struct, frozen=True):
    """The row that names the columns.

    Attributes:
        row: that row.
        layout: how the rows below it are to be read.
        at: what the reader needs -> the index of its column.
    """

    row: Row
    layout: Layout
    at: dict[str, int]

    @property
    def cells(self) -> list[str]:
        """The names of the columns, as they are compared."""
        return [plain(cell) for cell in self.row.cells]


def written_out(table: Table, header: Header) -> Table:
    """A table in which what one cell says of the rows that it is merged over stands in each of them.

    Args:
        table: the table.
        header: what its columns are.
    """
    if not table.merged:
        return table
    by_number, rows = {row.number: row.cells for row in table.rows}, []
    for row in table.rows:
        cells = [*row.cells]
        for role, at in header.at.items():
            above = table.merged_from(row.number, at)
            if role in _OF_ROWS and above > header.row.number and above in by_number and not cells[at].strip():
                cells[at] = by_number[above][at]
        rows.append(Row(row.number, cells) if row.number > header.row.number else row)
    return replace(table, rows=rows)


def find_header(tables: Sequence[Table], *, layout: str = "", columns: Columns | None = None) -> tuple[Table, Header]:
    """The table of executions among those of a file, and the row that names its columns.

    Args:
        tables: the tables of the file; those without rows don't count.
        layout: the key of the layout that the plan states; empty where it states none.
        columns: the headers that the plan states.

    Raises:
        Fault: there is none, or several, or the file is known and holds something else than executions.
    """
    found, refused = [], None
    for table in tables:
        try:
            found.append((table, _in_table(table, layout, columns)))
        except Fault as fault:
            refused = refused or fault
    if len(found) > 1:
        names = ", ".join(table.title for table, _ in found)
        raise Fault(f"several sheets hold executions: {names}", write=f"sheet: {in_yaml(found[0][0].title)}")
    if not found:
        raise refused or Fault("the file is empty", "Is this the right file?")
    return found[0]


def _in_table(table: Table, key: str, columns: Columns | None) -> Header:
    rows = table.rows[:_LOOKED_AT]
    if not rows:
        raise Fault("the file is empty", "Is this the right file?", row=1)
    if columns is not None:
        stated = _stated(rows, columns)
        known = layouts()[key] if key else recognised(stated.row.cells)
        if known is not None and known.event not in {"", "sale"}:
            return _of_layout([stated.row], known)
        return replace(stated, layout=_overlaid(known)) if known else stated
    if key:
        return _of_layout(rows, layouts()[key])
    for row in rows:
        if (layout := recognised(row.cells)) is not None:
            return _of_layout([row], layout)
    best: Fault | None = None
    for above, row in zip([None, *rows], rows, strict=False):
        at, open_ones = _guess(_filled(row, above))
        if at.keys() >= set(_NEEDED) and not open_ones:
            return Header(row, Layout(columns={}), at)
        if len(at) >= 2 and best is None:
            best = _unknown(row, at, open_ones, table)
    likely = max(rows, key=lambda row: sum(1 for cell in row.cells if _is_name(cell)))
    raise best or _unknown(likely, *_guess(likely.cells), table)


def _filled(row: Row, above: Row | None) -> list[str]:
    """The names in a row; where it leaves a column open, that of the row above, which may be one cell with it."""
    if above is None or above.number != row.number - 1:
        return row.cells
    named = [
        cell if not own.strip() and _guess([cell])[0] else own
        for own, cell in zip(row.cells, above.cells, strict=False)
    ]
    return [*named, *row.cells[len(named) :]]


def _overlaid(layout: Layout) -> Layout:
    """A known layout of which the plan states the columns itself: how its dates are written stays known."""
    return Layout(columns={}, dates=layout.dates)


def _of_layout(rows: Sequence[Row], layout: Layout) -> Header:
    if layout.event:
        raise Fault(
            f"this is {layout.name} ({layout.holds}), no file of executions",
            _elsewhere(layout.event),
            row=rows[0].number,
        )
    for row in rows:
        cells = [plain(cell) for cell in row.cells]
        if layout.headers <= set(cells):
            at = {role: cells.index(name) for role, name in layout.columns.items() if name in cells}
            return Header(row, layout, at)
    raise Fault(
        f"no row has the columns of {layout.name}",
        "Leave layout out, so that the file tells by its headers what it is; or state columns.",
        row=rows[0].number,
    )


def _elsewhere(event: str) -> str:
    if event == "sale":
        return "Ask the broker for the history or the confirmations of the sales; or write each as an entry sale."
    if event == "opening":
        return "What is held before the first line stands under opening, in the plan itself."
    return f"What it tells is an event of its own: write it as an entry {event}."


def _stated(rows: Sequence[Row], columns: Columns) -> Header:
    named: dict[str, str] = columns.model_dump(exclude_none=True)
    best = max(rows, key=lambda row: len({plain(name) for name in named.values()} & set(map(plain, row.cells))))
    cells = [plain(cell) for cell in best.cells]
    for role, name in named.items():
        if plain(name) not in cells:
            headers = [cell.strip() for cell in best.cells if cell.strip()]
            hint = did_you_mean(name, headers[:_MOST_NAMED]) or f"The file has {', '.join(headers[:_MOST_NAMED])}."
            raise Fault(f"no column is called {quoted(name)}", hint, f".columns.{role}", best.number)
        if cells.count(plain(name)) > 1:
            hint = "Give one of them another name in the file."
            raise Fault(f"two columns are called {quoted(name)}", hint, f".columns.{role}", best.number)
    return Header(best, Layout(columns={}), {role: cells.index(plain(name)) for role, name in named.items()})


# --- plain names --------------------------------------------------------------------------------------------------


def _guess(cells: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """What the columns hold, by their names; and what is left open, since several could hold it."""
    parted = [re.sub(r"([a-z])([A-Z])", r"\1 \2", cell) for cell in cells]
    names = [" ".join(re.findall(r"[a-z0-9]+", cell.lower())) for cell in parted]
    names = [name.removesuffix(" usd") for name in names]
    at, left_open = {}, []
    for role, groups in _NAMES.items():
        for group in groups:
            found = [index for index, name in enumerate(names) if name in group]
            if found:
                at[role] = found[0]
                if len(found) > 1:
                    left_open.append(role)
                break
    return at, tuple(left_open)


def _unknown(row: Row, at: dict[str, int], left_open: Sequence[str], table: Table) -> Fault:
    """The refusal of a file whose columns can't be told, with the nearest guess at them to be looked over."""
    headers = [cell.strip() for cell in row.cells if cell.strip()]
    lacking = [role for role in _NEEDED if role not in at]
    if left_open:
        message = f"more than one column may be the {left_open[0]}"
    elif lacking and at:
        message = f"no column is known as {' and '.join(lacking)}"
    else:
        message = "no row names columns that are known, quantity and price among them"
    at = _said_by_content(row, at, table)
    for role in lacking:
        index = _by_content(_WHOLE if role == "quantity" else _BROKEN, row, at, table)
        if index is None:
            hint = f"{_known(headers)}Write columns: with the headers of quantity and price under fills."
            return Fault(message, hint, row=row.number)
        at = {**at, role: index}
    parts = ", ".join(f"{role}: {in_yaml(row.cells[index].strip())}" for role, index in at.items())
    return Fault(message, _known(headers).strip(), row=row.number, write=f"columns: {{{parts}}}")


def _known(headers: Sequence[str]) -> str:
    return f"The file has {', '.join(headers[:_MOST_NAMED])}. " if len(headers) > 1 else ""


def _said_by_content(row: Row, at: dict[str, int], table: Table) -> dict[str, int]:
    """The same with the column of days, where no name tells it; and with the side in place of what may be one."""
    kind = at.get("kind")
    found = {role: index for role, index in at.items() if role != "kind"}
    if "side" not in found and kind is not None:
        said = _cells(kind, row, table)
        if said and sum(action(cell) is not Action.UNKNOWN for cell in said) * 2 > len(said):
            found["side"] = kind
    if not found.keys() & {"date", "time"} and (days := _by_content(_DAY, row, found, table)) is not None:
        found["time" if any(":" in cell for cell in _cells(days, row, table)) else "date"] = days
    return found


def _cells(index: int, header: Row, table: Table) -> list[str]:
    """What a column holds in the first rows below its name."""
    below = [row.cells for row in table.rows if row.number > header.number][:_LOOKED_AT]
    return [cells[index].strip() for cells in below if index < len(cells) and cells[index].strip()]


def _by_content(wanted: re.Pattern[str], header: Row, at: dict[str, int], table: Table) -> int | None:
    """The first column without another use that mostly holds what is wanted, and whose name speaks for nothing else."""
    for index, name in enumerate(header.cells):
        cells = _cells(index, header, table)
        free = name.strip() and index not in at.values() and not (wanted is _BROKEN and _OTHERS.search(name))
        if free and cells and sum(map(_matches(wanted), cells)) * 2 > len(cells):
            return index
    return None


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


def _is_name(cell: str) -> bool:
    return re.search(r"[^\W\d_]", cell) is not None
