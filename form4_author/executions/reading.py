"""A broker's file -> its executions: row by row, each understood, passed over for a reason, or refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from form4_author.executions.accounts import chosen_accounts
from form4_author.executions.between import Sections, sections, wrong_total
from form4_author.executions.headers import Header, find_header, written_out
from form4_author.executions.layout import layouts
from form4_author.executions.orders import Execution, standing
from form4_author.executions.trades import BOUGHT, SOLD, Fault, Faults, Passed, Read, Total, Trade, in_yaml
from form4_author.executions.values import Days, Numbers, Order
from form4_author.executions.words import Action, action, corrects, names, plain_name, stands
from form4_author.filing.footnote_wording import dollars
from form4_author.filing.numbers import grouped
from form4_author.plan.fills import Fills
from form4_author.plan.scalars import Day, did_you_mean, quoted
from form4_author.sheets.reading import read_tables
from form4_author.sheets.table import Row, SheetRefused, Table, cell_name

_MOST_NAMED = 12
_MOST_FAULTS = 20
_LETTERS = {"sell": SOLD, "buy": BOUGHT}
_WORDS = {SOLD: "sale", BOUGHT: "purchase"}
_QUOTED = re.compile(r'"[^"]*"|\d[\d-]*')
_TOTAL = re.compile(r"(?:\w+ ){0,3}(?:sub|grand )?totals?\b.{0,40}|summary|end of (?:file|report).*", re.IGNORECASE)


class Asked(Struct, frozen=True, kw_only=True):
    """What a plan wants of a file.

    Attributes:
        fills: what it says of the file.
        letter: A purchases, D sales; empty where nothing tells.
        on: the entry's date, which is one of the file's days where it has days; None without one.
        names: what the security may be called in the file, each by `plain_name`; empty where the plan must say it.
    """

    fills: Fills
    letter: str = ""
    on: Day | None = None
    names: tuple[str, ...] = ()


def read(data: bytes, asked: Asked) -> Read:
    """Read the executions of one security out of a broker's file.

    Args:
        data: the file's content, CSV or a workbook.
        asked: what is wanted of it.

    Raises:
        Faults: it can't be read, holds something else, or rows of it can't be understood.
    """
    tables: Sequence[Table] = ()
    try:
        tables = _sheets(read_tables(data), asked.fills.sheet or "")
        table, header = find_header(tables, layout=_layout(asked.fills.layout or ""), columns=asked.fills.columns)
    except SheetRefused as refused:
        fault = Fault(refused.message, refused.hint, row=refused.row)
        raise Faults([(fault, (refused.row, 1))]) from None
    except Fault as fault:
        text = tables[0].text if tables else ""
        raise Faults([(fault, (fault.row, 1) if fault.row and not fault.column else None)], text) from None
    reader = _Reader(asked, written_out(table, header), header)
    try:
        found = reader.read()
    except Fault as fault:
        raise Faults([(fault, reader.place(fault))], table.text) from None
    hidden = tuple(trade.row for trade in (*found.trades, *found.others) if trade.row in table.hidden)
    return replace(found, hidden=hidden, hidden_sheets=table.hidden_sheets)


def _sheets(tables: Sequence[Table], name: str) -> Sequence[Table]:
    if not name:
        return tables
    found = [table for table in tables if table.title.lower() == name.lower()]
    if not found:
        if name.lower() in {title.lower() for table in tables for title in table.hidden_sheets}:
            hint = "In Excel, right-click a sheet's name and unhide it."
            raise Fault(f"the sheet {quoted(name)} is hidden, and such a sheet is not read", hint, ".sheet")
        hint = did_you_mean(name, [table.title for table in tables]) if tables[0].title else "Leave sheet out."
        raise Fault(f"the file has no sheet {quoted(name)}", hint, ".sheet")
    return found


def _layout(key: str) -> str:
    if key and key not in layouts():
        raise Fault(f"{quoted(key)} is no layout that is known", did_you_mean(key, layouts()), ".layout")
    return key


@dataclass(slots=True)
class _Reader:
    """Goes through the rows of one table."""

    asked: Asked
    table: Table
    header: Header
    passed: Passed = field(default_factory=Passed)
    faults: dict[tuple[str, str], tuple[Fault, int]] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    unwanted: dict[str, None] = field(default_factory=dict)
    totals: list[tuple[int, Decimal]] = field(default_factory=list)
    numbers: Numbers = field(init=False)
    days: Days = field(init=False)
    signed: bool = field(init=False)
    sections: Sections = field(init=False)
    _kinds: dict[str, tuple[Action, bool]] = field(default_factory=dict)
    _wanted: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        quantities = self.column("quantity")
        self.numbers = Numbers.of([*quantities, *self.column("price")], self.table.separator)
        fills, layout = self.asked.fills, self.header.layout
        stated = Order(fills.dates) if fills.dates else layout.dates
        self.days = Days.of([*self.column("date"), *self.column("time")], stated, self.asked.on)
        self.sections = Sections() if "account" in self.header.at else sections(self.table.rows)
        self.signed = "side" not in self.header.at and any(cell.startswith(("-", "(")) for cell in quantities)

    @property
    def rows(self) -> list[Row]:
        """The rows below the names of the columns."""
        return [row for row in self.table.rows if row.number > self.header.row.number]

    def column(self, role: str) -> list[str]:
        """All cells of a column."""
        index = self.header.at.get(role)
        if index is None:
            return []
        return [row.cells[index].strip() for row in self.rows if index < len(row.cells)]

    def place(self, fault: Fault) -> tuple[int, int] | None:
        """Line and column of the cell that a fault is about; None where it is no cell of the file."""
        if not fault.row:
            return None
        return self.table.place(fault.row, self.header.at.get(fault.column, 0))

    def read(self) -> Read:
        """All rows."""
        orders = []
        for row in self.rows:
            if (order := self.row(row)) is not None:
                orders.append(order)
            elif len(self.faults) == _MOST_FAULTS:
                break
        if self.faults:
            raise self.all_faults()
        trades = [order.trade for order in standing(orders, self.cancelled, self.passed)]
        if not trades:
            raise self.nothing()
        chosen, holders = chosen_accounts(trades, self.asked.fills, self.titles())
        read = self.of_side(self.of_days(chosen), holders)
        self.reconcile(read.trades)
        return read if self.asked.fills.total else replace(read, total=self.total(orders))

    def all_faults(self) -> Faults:
        """The faults of all rows, one for each mistake, in order."""
        found = []
        for fault, more in self.faults.values():
            told = Fault(fault.message + _more(more), fault.hint, fault.column, fault.row, write=fault.write)
            found.append((told, self.place(fault)))
        return Faults(sorted(found, key=lambda one: one[0].row), self.table.text)

    def nothing(self) -> Fault:
        """The fault of a file without executions of the security."""
        others = [name for name in self.unwanted if name]
        message = f"it holds no executions{self.of_what()}"
        if not others:
            return Fault(
                message, f"Passed over: rows {self.passed}." if self.passed.rows else "Is this the right file?"
            )
        hint = f"The file has {', '.join(others[:_MOST_NAMED])}. Where one of them is meant:"
        return Fault(message, hint, write=f"security: {in_yaml(others[0])}")

    def titles(self) -> list[str]:
        """What stands above the names of the columns."""
        return [" ".join(row.cells) for row in self.table.rows if row.number < self.header.row.number]

    # --- one row ------------------------------------------------------------------------------------------------

    def row(self, row: Row) -> Execution | None:
        """The execution that a row tells of, if any; its fault is kept."""
        cells = {role: row.cells[at].strip() if at < len(row.cells) else "" for role, at in self.header.at.items()}
        if not cells.get("side") and action(cells.get("kind", "")) is not Action.UNKNOWN:
            cells["side"] = cells["kind"]
        if what := self.no_trade(row, cells):
            self.passed.over(what, row.number)
            return None
        try:
            return self.order(row, cells)
        except Fault as fault:
            kind = fault.column, _QUOTED.sub("", fault.message)
            first, more = self.faults.get(kind, (None, 0))
            placed = Fault(fault.message, fault.hint, fault.column, row.number, write=fault.write)
            self.faults[kind] = (first, more + 1) if first else (placed, 0)
        return None

    def no_trade(self, row: Row, cells: dict[str, str]) -> str:
        """What a row is that tells of no execution; empty where it may be one."""
        first = next(cell for cell in row.cells if cell.strip()).strip()
        if not (cells["quantity"] and cells["price"]):
            alone = sum(1 for cell in row.cells if cell.strip()) == 1
            if alone and (" " in first or len(first) > 20) and not any(sign.isdigit() for sign in first[:1]):
                return "of words alone"
        if not re.match(r"\w*\W?\d", cells.get("date") or cells.get("time", "")):
            beginning = islice((cell.strip() for cell in row.cells if cell.strip()), 3)
            if any(_TOTAL.fullmatch(cell) for cell in beginning):
                self.note_total(row, cells["quantity"])
                return "of totals"
        if row.cells == self.header.row.cells:
            return "with the columns' names"
        return ""

    def note_total(self, row: Row, amount: str) -> None:
        """Keep the amount that a row of totals gives; one that is none tells nothing."""
        with suppress(Fault):
            if amount and (row.number, self.header.at["quantity"] + 1) not in self.table.formulas:
                self.totals.append((row.number, self.numbers.read(amount, "quantity")))

    def total(self, orders: Sequence[Execution]) -> Total | None:
        """The file's own total, where its rows add up to another and all of them are executions."""
        if self.passed.rows.keys() - {"of totals", "of words alone", "with the columns' names"}:
            return None
        return wrong_total(self.totals, [(order.trade.row, order.trade.shares) for order in orders])

    def order(self, row: Row, cells: dict[str, str]) -> Execution | None:
        """The execution of a row, or None where it is none of those asked for.

        Raises:
            Fault: it can't be understood.
        """
        kind, corrected = self.kind(cells.get("side", ""))
        standing = stands(cells.get("status", ""))
        if standing is False:
            self.passed.over("cancelled or not executed", row.number)
            self.cancelled.add(cells.get("order", ""))
            return None
        told = bool(cells["quantity"] and cells["price"])
        if kind is Action.NO_TRADE or (kind is Action.UNKNOWN and not told and self.header.layout.name):
            self.passed.over("without a trade", row.number)
            return None
        if told and kind is not Action.UNKNOWN and cells.get("security") == "":
            raise Fault("this row names no security", "Write its symbol here.", "security")
        if not self.is_wanted(cells.get("security")):
            self.passed.over("of other securities", row.number)
            self.unwanted.setdefault(cells.get("security", ""))
            return None
        self.refuse_formulas(row)
        self.refuse_merged(row, cells)
        if standing is None:
            hint = "Write filled or cancelled in this column."
            raise Fault(f"{quoted(cells['status'])} doesn't tell whether the order was executed", hint, "status")
        self.refuse_kind(kind, cells)
        shares = self.numbers.read(cells["quantity"], "quantity")
        price = self.numbers.read(cells["price"], "price")
        if shares == 0:
            return None
        if price <= 0:
            raise Fault(
                f"{quoted(cells['price'])} is no price of an execution", "Write what was paid for one.", "price"
            )
        letter = self.letter(kind, shares, cells)
        trade = Trade(row.number, self.day(cells), letter, abs(shares), price, *self.whose(row, cells))
        cancels = kind in {Action.CANCELLED_SELL, Action.CANCELLED_BUY}
        return Execution(trade, cells.get("order", ""), corrected or corrects(cells.get("status", "")), cancels)

    def kind(self, text: str) -> tuple[Action, bool]:
        """What a cell says was done, and whether it says that another row is corrected by it."""
        if text not in self._kinds:
            known = action(text, prose=self.header.layout.prose) if text else Action.SELL
            if not text and not self.header.layout.side:
                known = Action.BUY if self.asked.letter == BOUGHT else Action.SELL
            self._kinds[text] = known, not self.header.layout.prose and corrects(text)
        return self._kinds[text]

    def is_wanted(self, text: str | None) -> bool:
        """Whether a row is of the security asked for; a file that names none is of it alone."""
        if text is None:
            return True
        if text not in self._wanted:
            stated = self.asked.fills.security
            self._wanted[text] = plain_name(text) == plain_name(stated) if stated else names(text, self.asked.names)
        return self._wanted[text]

    def refuse_formulas(self, row: Row) -> None:
        """Refuse a row whose value was worked out by Excel: what it shows may not be what was executed."""
        for role, at in self.header.at.items():
            if (row.number, at + 1) in self.table.formulas:
                name = cell_name(row.number, at)
                hint = "In Excel, copy the column and paste it over itself as values; or save the sheet as CSV."
                raise Fault(f"cell {name} holds a formula, not a value", hint, role)

    def refuse_merged(self, row: Row, cells: dict[str, str]) -> None:
        """Refuse an amount or a price that one cell says for several rows: what each of them is, nothing tells."""
        for role in ("quantity", "price"):
            at = self.header.at[role]
            if not cells[role] and (above := self.table.merged_from(row.number, at)):
                name, first = cell_name(row.number, at), cell_name(above, at)
                hint = "In Excel, unmerge the cells, and write in each row its own."
                raise Fault(f"cell {name} is merged with {first}, whose {role} stands there once", hint, role)

    def refuse_kind(self, kind: Action, cells: dict[str, str]) -> None:
        """Refuse what is neither a purchase nor a sale."""
        said = cells.get("side", "")
        if kind is Action.SHORT:
            hint = "Section 16(c) forbids an insider to sell short: ask the broker what this was."
            raise Fault(f"{quoted(said)}: a short sale", hint, "side")
        if kind is Action.UNKNOWN:
            raise Fault(f"{quoted(said)} is neither buy nor sell", "Write buy or sell in this column.", "side")

    def letter(self, kind: Action, shares: Decimal, cells: dict[str, str]) -> str:
        """A or D; empty where neither a word nor a sign tells."""
        if self.header.layout.side:
            return _LETTERS[self.header.layout.side]
        if not cells.get("side"):
            return (SOLD if shares < 0 else BOUGHT) if self.signed else ""
        letter = kind.value[-1]
        if letter == BOUGHT and shares < 0 and kind is Action.BUY:
            hint = "Take the minus sign away, or write sell."
            raise Fault(f"{quoted(cells['quantity'])} were bought: a purchase has no minus sign", hint, "quantity")
        return letter

    def day(self, cells: dict[str, str]) -> Day | None:
        """The day of a row, from its date or from a time that tells the date too."""
        at, time = cells.get("date", ""), cells.get("time", "")
        if not at and re.match(r"\d{4}|\d{1,2}[-/. ]", time):
            return self.days.read(time, "time")
        if not at:
            return None
        return self.days.read(f"{at} {time}" if re.search(r"[A-Za-z+]\)?$|-\d\d:\d\d$", time) else at, "date")

    def whose(self, row: Row, cells: dict[str, str]) -> tuple[str, str]:
        """The account and the security of a row, as the file calls them; refused where the price is no dollars."""
        currency = cells.get("currency", "")
        if currency and currency.upper() not in {"USD", "US$", "$", "US DOLLAR", "US DOLLARS"}:
            raise Fault(f"{quoted(currency)}: executions are read in US dollars", "Write its lines out.", "currency")
        return cells.get("account", "") or self.sections.of(row.number), cells.get("security", "")

    # --- all rows -----------------------------------------------------------------------------------------------

    def of_days(self, trades: Sequence[Trade]) -> Sequence[Trade]:
        """The executions, each with its day where any has one; one of them is of the entry's date.

        Raises:
            Fault: some have no day, or nothing tells any, or none is of the entry's date.
        """
        days = {trade.day.date for trade in trades if trade.day is not None}
        on = self.asked.on
        if not days and on is None:
            hint = "Write date: with the day of the executions beside fills; or name the column of days under columns."
            raise Fault("no column is known to tell the days", hint)
        undated = next((trade for trade in trades if trade.day is None), None)
        if days and undated is not None:
            raise Fault("this row has no date", "The other rows have one: write it here too.", "date", undated.row)
        if days and on is not None and on.date not in days:
            message = f"executed on {min(days)}, but the entry is of {on.date}{_more(len(trades) - 1)}"
            hint = f"Correct the entry's date; or write date: {min(days)}, the first day of the file."
            raise Fault(message, hint, "date", next(trade.row for trade in trades if _on(trade, min(days))))
        return trades

    def of_side(self, trades: Sequence[Trade], holders: dict[str, str]) -> Read:
        """The executions on the side asked for, and those on the other.

        Raises:
            Fault: there is none on that side.
        """
        asked = _LETTERS.get(self.asked.fills.side or "", self.asked.letter)
        kept = tuple(trade for trade in trades if not asked or trade.letter in {"", asked})
        others = tuple(trade for trade in trades if asked and trade.letter not in {"", asked})
        if not kept:
            first, word = others[0], _WORDS[others[0].letter]
            raise Fault(
                f"it holds no {_WORDS[asked]}s{self.of_what()}; this row is a {word}",
                f"A {word} is an entry of its own, with code: {'S' if first.letter == SOLD else 'P'}.",
                "side",
                first.row,
            )
        if not asked and len({trade.letter for trade in kept}) > 1:
            raise Fault("it holds purchases and sales", "The others are an entry of their own.", write="side: sell")
        return Read(self.header.layout.name, kept, others, self.passed, holders)

    def of_what(self) -> str:
        """The security asked for, where the file has others."""
        if "of other securities" not in self.passed.rows:
            return ""
        wanted = self.asked.fills.security or next(iter(self.asked.names), "the security")
        return f" of {wanted}"

    def reconcile(self, trades: Sequence[Trade]) -> None:
        """Hold the executions against the total that the plan states.

        Raises:
            Fault: they add up to something else.
        """
        total = self.asked.fills.total
        if total is None:
            return
        shares = sum((trade.shares for trade in trades), Decimal(0))
        came_to = sum((trade.shares * trade.price for trade in trades), Decimal(0))
        for name, stated, found, told in (
            ("shares", total.shares, shares, grouped),
            ("dollars", total.dollars, came_to, _in_dollars),
        ):
            if stated is None or stated.decimal == found:
                continue
            difference, way = abs(stated.decimal - found), "more" if found > stated.decimal else "less"
            raise Fault(
                f"the executions add up to {told(found)}, {told(difference)} {way} than the total",
                f"Look for rows that are missing or too many; or correct the total: {name}: {found.normalize():f}.",
                f".total.{name}",
            )


def _in_dollars(number: Decimal) -> str:
    return f"${dollars(number)}"


def _more(number: int) -> str:
    return f" (as in {number} more row{'s' if number > 1 else ''})" if number else ""


def _on(trade: Trade, day: date) -> bool:
    return trade.day is not None and trade.day.date == day
