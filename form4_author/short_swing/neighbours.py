"""What lies beside a plan that is built: a trade the other way, less than six months before or after.

Only a build asks, and only of a plan that trades. Of its folder, or for a `plan.yaml` of the folders beside its own, so
many files are looked at and no more, and those that hold neither the issuer's number nor the owner's are not read any
further. What a file states is kept while it stays as it is.

Code: SSP001 an opposite trade less than six months away.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from msgspec import Struct

from form4_author.files.inputs import FILINGS, Input
from form4_author.files.reading import open_handle
from form4_author.filing import Filing
from form4_author.findings import Finding, Origin, Rejected, Severity
from form4_author.pipeline.examine import Refused, Stated
from form4_author.pipeline.faults import guarded
from form4_author.pipeline.naming import output_name
from form4_author.pipeline.parties import numbers_in, parties_of
from form4_author.short_swing.as_text import money, trade_words, where
from form4_author.short_swing.lots import Piece
from form4_author.short_swing.proposals import Proposal, proposals
from form4_author.short_swing.questions import Sorted
from form4_author.short_swing.statements import Statement, stated
from form4_author.short_swing.windows import Window, last_day

MOST_LISTED, MOST_READ, LARGEST = 200, 40, 1024 * 1024
_TRADES = frozenset("PSLOI")
_WINDOW = Window.COLONIAL

#: What tells a file from all others, and from what it was: its name, number, size and time of change.
_Key = tuple[str, int, int, int]


class Beside:
    """The files beside the plans of a run; what tells a file is looked at once for all of them."""

    def __init__(self) -> None:
        self._keys: dict[str, _Key | None] = {}
        self._listings: dict[str, _Listing] = {}
        self._numbers: dict[str, frozenset[str]] = {}

    def opposite_trades(self, file: Input, found: Stated) -> list[Finding]:
        """A note on a plan that is built, where its folder holds a trade the other way within the window; else nothing.

        Args:
            file: the plan.
            found: one of its forms.
        """
        if file.path is None or parties_of_trades(found.filing) is None:
            return []
        keys, unread = self._related(file, file.path, *parties_of(found.filing))
        beside = [one for key in keys for one in _stated(key)]
        if not beside:
            return []
        here = {row.origin for row in found.filing.rows}
        mine = [
            one
            for one in stated(file)
            if isinstance(one, Statement) and parties_of(one.filing) == parties_of(found.filing)
        ]
        home = os.path.realpath(file.path.parent)
        notes = (_note(one, here, home, unread=unread) for one in proposals(beside, mine[:1], _WINDOW))
        return [*islice(filter(None, notes), 1)]

    def of(self, file: Input, issuer: str, owners: Collection[str]) -> tuple[list[str], bool]:
        """The files that are read for a form of a plan that trades, and whether there are more.

        Args:
            file: the plan.
            issuer: see `parties_of_trades`.
            owners: see `issuer`.
        """
        if file.path is None:
            return [], False
        keys, unread = self._related(file, file.path, issuer, frozenset(owners))
        return [key[0] for key in keys], unread

    def _related(self, file: Input, path: Path, issuer: str, owners: Collection[str]) -> tuple[list[_Key], bool]:
        """The files beside a plan that may state the same insider's trades; whether there are more than are read."""
        related: list[_Key] = []
        listed = list(islice(self._listed(path, file), MOST_LISTED + 1))
        for key in listed[:MOST_LISTED]:
            if (numbers := self._numbers.get(key[0])) is None:
                numbers = self._numbers[key[0]] = _numbers(key)
            if issuer not in numbers or numbers.isdisjoint(owners):
                continue
            if len(related) == MOST_READ:
                return related, True
            related.append(key)
        return related, len(listed) > MOST_LISTED

    def _listed(self, path: Path, file: Input) -> Iterator[_Key]:
        """The files beside a plan, those made of it aside."""
        home = Path(os.path.realpath(path)).parent
        try:
            own = {path.stem, output_name(file)}
        except Rejected:
            own = {path.stem}
        for stem, there in self._listing(str(home)).files:
            if stem not in own and (key := self._key(there)) is not None:
                yield key
        if path.stem == "plan":
            for folder in self._listing(str(home.parent)).folders:
                if folder != str(home):
                    yield from filter(None, (self._key(there) for _, there in self._listing(folder).files))

    def _listing(self, folder: str) -> _Listing:
        """What a folder holds, listed once while it stays as it is: each of a thousand plans in it asks."""
        try:
            told = Path(folder).stat()
            known = self._listings.get(folder)
            if known is None or known.state != (told.st_ino, told.st_mtime_ns):
                known = self._listings[folder] = _list(folder, told)
        except OSError:
            return _Listing((0, 0), (), ())
        return known

    def _key(self, path: str) -> _Key | None:
        if path not in self._keys:
            self._keys[path] = _key(path)
        return self._keys[path]


class _Listing(Struct, frozen=True):
    """What a folder holds.

    Attributes:
        state: what tells that it has changed: its number and the time of its last change.
        files: what is a plan or a filing by its name, in order: its name up to the first dot, and its path.
        folders: the folders in it.
    """

    state: tuple[int, int]
    files: Sequence[tuple[str, str]]
    folders: Sequence[str]


def parties_of_trades(filing: Filing) -> tuple[str, frozenset[str]] | None:
    """The issuer and the owners of a form that trades, by their CIKs; None of one that doesn't."""
    codes = {row.code.text.strip() for row in filing.rows}
    return parties_of(filing) if codes & _TRADES else None


def _note(proposal: Proposal, here: set[Origin], home: str, *, unread: bool) -> Finding | None:
    """The note on the first line that has a trade the other way within its window, told from the plan's folder."""
    pieces = Sorted.of(proposal.insider, _WINDOW).pieces
    mine = {id(line.trade) for line in proposal.lines}
    for line in proposal.lines:
        piece = line.piece and next(piece for piece in pieces if piece.trade is line.trade)
        if piece is None or line.trade.row.origin not in here:
            continue
        others = [other for other in pieces if id(other.trade) not in mine and _opposite(piece, other)]
        if others:
            nearest = min(others, key=lambda other: abs((other.lot.day - piece.lot.day).days))
            adds = proposal.profit - proposal.without.profit
            profit = f"Section 16(b) takes {money(adds)} of profit" if adds else "no profit at these prices"
            also = f" and {len(others) - 1} more" if len(others) > 1 else ""
            more = "; there are more files in the folder than are read here" if unread else ""
            place = os.path.relpath(where(nearest.trade), home).replace(os.sep, "/")
            return Finding(
                "SSP001",
                Severity.NOTE,
                f"less than six months from {trade_words(nearest.trade)} of {nearest.lot.day} ({place})"
                f"{also}: {profit}{more}",
                line.trade.row.origin,
                "`form4-author short-swing` on the folder, with --propose and this plan, tells the first day without.",
                "Section 16(b)",
            )
    return None


def _opposite(one: Piece, other: Piece) -> bool:
    first, second = sorted((one.lot.day, other.lot.day))
    return one.side is other.side.other and one.security == other.security and second <= last_day(first, _WINDOW)


def _list(folder: str, told: os.stat_result) -> _Listing:
    with os.scandir(folder) as entries:
        there = sorted((entry for entry in entries if not entry.name.startswith(("_", "."))), key=lambda one: one.name)
        files = [one for one in there if Path(one.name).suffix.lower() in FILINGS]
        return _Listing(
            (told.st_ino, told.st_mtime_ns),
            [(one.name.partition(".")[0], one.path) for one in files],
            [one.path for one in there if one.is_dir(follow_symlinks=False)],
        )


def _key(path: str) -> _Key | None:
    """What tells a file; None of what is no regular file, or too large."""
    try:
        told = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(told.st_mode) or told.st_size > LARGEST:
        return None
    return path, told.st_ino, told.st_size, told.st_mtime_ns


@lru_cache(maxsize=MOST_LISTED + 56)
def _numbers(key: _Key) -> frozenset[str]:
    """The numbers in a file that may be CIKs, without leading zeros; with those of the files that say more of it."""
    try:
        with open_handle(Path(key[0])) as stream:
            data = stream.read(LARGEST)
    except (OSError, ValueError):
        return frozenset()
    found = guarded(key[0], partial(numbers_in, Input(key[0], Path(key[0])), data))
    return frozenset() if isinstance(found, Refused) else found


@lru_cache(maxsize=256)
def _stated(key: _Key) -> tuple[Statement, ...]:
    """What a file states; nothing of one that is refused, or that the tool fails on: it is not the one to be built."""
    path = Path(key[0])
    found = guarded(key[0], partial(stated, Input(key[0], path)))
    return tuple(one for one in ([] if isinstance(found, Refused) else found) if isinstance(one, Statement))
