"""The files of executions that a plan names: read, told what they were read as, and each row reported once.

Codes: PLN014 a file of executions that can't be read, or with rows that can't be understood; EXE001 what a file was
read as, EXE002 executions that no entry reports, EXE003 a total of the file's own that they don't add up to,
EXE004 executions in rows that are hidden.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from form4_author.compose.pen import Pen
from form4_author.files.reading import inside, read_bytes
from form4_author.filing.numbers import grouped
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error
from form4_author.plan.fills import Fills
from form4_author.plan.parts import Issuer
from form4_author.plan.scalars import Day
from form4_author.plan.yaml_text import Key

if TYPE_CHECKING:
    from form4_author.executions.trades import Fault, Read, Trade
    from form4_author.executions.windows import Group


class Executed(Struct):
    """Reads the files of executions of one plan.

    Attributes:
        pen: for positions, and for what there is to say.
        issuer: whose securities they are of.
        folder: the plan's folder, where the files are looked up.
        root: the folder that they must stay inside.
        hashes: SHA-256, in hex, of each file that was read, by its name in the plan.
    """

    pen: Pen
    issuer: Issuer
    folder: Path | None
    root: Path | None
    hashes: dict[str, str] = {}
    _reported: dict[tuple[Path, int], Key] = {}
    _left: list[tuple[Path, Fills, Key, Sequence[Trade]]] = []

    def groups(self, fills: Fills, key: Key, *, letter: str, on: Day | None, derivative: bool) -> Sequence[Group]:
        """The executions of a file by line; none, and findings, where they can't be told. See `Writer.executions`."""
        from form4_author.executions.reading import Asked, read
        from form4_author.executions.trades import Fault, Faults
        from form4_author.executions.windows import windows

        names = () if derivative else _names(self.issuer)
        asked = Asked(fills=fills, letter=letter, on=on, names=names)
        try:
            path = inside(fills.file, self.folder, self.root, self.pen.origin(key), "PLN014")
            found = read(self._content(path, fills, key), asked)
            groups = windows(found.trades, found.holders, list(fills.accounts))
        except Rejected as refused:
            self.pen.findings.extend(refused.findings)
            return ()
        except Faults as faults:
            if faults.text:
                self.pen.source.files[self._shown(fills)] = faults.text
            self.pen.findings.extend(self._finding(fault, place, fills, key) for fault, place in faults.faults)
            return ()
        except Fault as fault:
            self.pen.findings.append(self._finding(fault, (fault.row, 1), fills, key))
            return ()
        if not self._twice(path, found, fills, key):
            return ()
        self._tell(found, fills, key)
        if fills.side is None:
            self._left.append((path, fills, key, found.others))
        return groups

    def tell_unreported(self) -> None:
        """Warn of executions of the same security, in a file that was read, that are in no entry."""
        for path, fills, key, trades in self._left:
            left = [trade for trade in trades if (path, trade.row) not in self._reported]
            if not left:
                continue
            from form4_author.executions.trades import SOLD

            done, event, side = ("sold", "sale", "buy") if left[0].letter == SOLD else ("bought", "purchase", "sell")
            shares, rows = sum((trade.shares for trade in left), Decimal(0)), _rows(trade.row for trade in left)
            self.pen.findings.append(
                Finding(
                    "EXE002",
                    Severity.WARNING,
                    f"{grouped(shares)} were {done} in {path.name}, {rows}, and no entry reports them",
                    self.pen.origin(key),
                    hint=f"Report them as an entry {event} with the same fills. Where they aren't the reporting "
                    f"person's to report: {self._to_write(f'side: {side}', fills, key)}",
                )
            )

    def _content(self, path: Path, fills: Fills, key: Key) -> bytes:
        from form4_author.sheets.table import MAX_BYTES

        shown = self._shown(fills)
        try:
            data = read_bytes(path, shown, MAX_BYTES, below=self.root)
        except Rejected as refused:
            problem = refused.findings[0]
            message = f"{shown}: {problem.message}"
            raise Rejected([error("PLN014", message, self.pen.origin(key), hint=problem.hint)]) from None
        self.hashes[fills.file] = hashlib.sha256(data).hexdigest()
        return data

    def _shown(self, fills: Fills) -> str:
        return str(Path(self.pen.source.file).parent / fills.file)

    def _finding(self, fault: Fault, place: tuple[int, int] | None, fills: Fills, key: Key) -> Finding:
        hint = " ".join(filter(None, (fault.hint, self._to_write(fault.write, fills, key))))
        origin = self.pen.origin(key)
        if place is not None:
            return error("PLN014", fault.message, Origin(Position(self._shown(fills), *place), origin.path), hint=hint)
        for part in fault.column.strip(".").split(".") if fault.column.startswith(".") else ():
            key = (*key, part) if (*key, part) in self.pen.source.places else key
        message = fault.message if fault.column.startswith(".") else f"{fills.file}: {fault.message}"
        return error("PLN014", message, self.pen.origin(key), hint=hint)

    def _to_write(self, yaml: str, fills: Fills, key: Key) -> str:
        """The sentence that tells what to write under `fills`, whole where that is only a file's name yet."""
        if not yaml:
            return ""
        if (*key, "file") in self.pen.source.places:
            return f"Under fills write {yaml}."
        from form4_author.executions.trades import in_yaml

        return f"Write fills: {{file: {in_yaml(fills.file)}, {yaml}}}."

    def _twice(self, path: Path, found: Read, fills: Fills, key: Key) -> bool:
        """Whether no other entry has these rows; a finding where one has."""
        for trade in found.trades:
            other = self._reported.setdefault((path, trade.row), key)
            if other != key:
                place = self.pen.origin(other).position
                where = f" (line {place.line})" if place else ""
                hint = "An execution is reported once: leave one of the two out."
                self.pen.refuse("PLN014", f"{fills.file} row {trade.row} is in another entry already{where}", key, hint)
                return False
        return True

    def _tell(self, found: Read, fills: Fills, key: Key) -> None:
        if found.total is not None:
            told = (
                f"{fills.file} gives a total of {grouped(found.total.stated)} in row {found.total.row}, and the "
                f"executions above it add up to {grouped(found.total.found)}"
            )
            hint = "Ask the broker which is right; or write total: under fills with what they add up to."
            self.pen.findings.append(Finding("EXE003", Severity.WARNING, told, self.pen.origin(key), hint=hint))
        if found.hidden:
            from form4_author.sheets.table import numbers_of

            told = (
                f"hidden in Excel, and read all the same: the executions of {fills.file} in {numbers_of(found.hidden)}"
            )
            hint = "Show them in Excel, or clear its filter, and look; delete from the file what isn't to be reported."
            self.pen.findings.append(Finding("EXE004", Severity.WARNING, told, self.pen.origin(key), hint=hint))
        if not found.layout and not found.passed.rows and not found.hidden_sheets:
            return
        kind = f"read as {found.layout}" if found.layout else "read"
        trades = len(found.trades)
        told = f"{fills.file} is {kind}: {trades:,} execution{'s' if trades > 1 else ''}"
        if found.passed.rows:
            told += f"; passed over are {found.passed}"
        if found.hidden_sheets:
            told += f"; not read, since hidden: {', '.join(found.hidden_sheets)}"
        self.pen.findings.append(Finding("EXE001", Severity.NOTE, told, self.pen.origin(key)))


def _names(issuer: Issuer) -> tuple[str, ...]:
    """What a broker may call the issuer's stock."""
    from form4_author.executions.words import plain_name

    names = [plain_name(issuer.symbol), plain_name(issuer.name or ""), plain_name(issuer.foreign_symbol or "")]
    return tuple(name for name in names if name and name != "NONE")


def _rows(numbers: Iterable[int]) -> str:
    rows = sorted(numbers)
    return f"row {rows[0]}" if len(rows) == 1 else f"rows {rows[0]} to {rows[-1]}"
