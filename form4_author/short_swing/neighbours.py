"""What lies beside a plan that is built: a trade the other way, less than six months before or after.

Only a build asks, and only of a plan that trades. Of its folder, or for a `plan.yaml` of the folders beside its own, so
many files are looked at and no more, and those that hold neither the issuer's number nor the owner's are not read any
further. What a file states is kept while it stays as it is.

Code: SSP001 an opposite trade less than six months away.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from form4_author.files.inputs import FILINGS, Input
from form4_author.files.reading import open_handle
from form4_author.filing import Filing
from form4_author.findings import Finding, Origin, Rejected, Severity
from form4_author.pipeline.examine import Refused, Stated
from form4_author.pipeline.faults import guarded
from form4_author.pipeline.naming import output_name
from form4_author.short_swing.as_text import money, trade_words, where
from form4_author.short_swing.lots import Piece
from form4_author.short_swing.proposals import Proposal, proposals
from form4_author.short_swing.questions import Sorted
from form4_author.short_swing.statements import Statement, stated
from form4_author.short_swing.trades import bare
from form4_author.short_swing.windows import Window, last_day

MOST_LISTED, MOST_READ, LARGEST = 200, 40, 1024 * 1024
_TRADES = frozenset("PSLOI")
_NUMBER = re.compile(rb"\d{1,10}")
_ELSEWHERE = re.compile(rb"^[ \t{]*(?:include|for_each|follows|amends)\b|\binclude:", re.MULTILINE)
_WINDOW = Window.COLONIAL

#: What tells a file from all others, and from what it was: its name, number, size and time of change.
_Key = tuple[str, int, int, int]


def opposite_trades(file: Input, found: Stated) -> list[Finding]:
    """A note on a plan that is built, where its folder holds a trade the other way within the window; else nothing.

    Args:
        file: the plan.
        found: one of its forms.
    """
    if file.path is None or parties_of_trades(found.filing) is None:
        return []
    beside, unread = _beside(file.path, file, found.filing)
    if not beside:
        return []
    here = {row.origin for row in found.filing.rows}
    mine = [
        one for one in stated(file) if isinstance(one, Statement) and _parties(one.filing) == _parties(found.filing)
    ]
    home = os.path.realpath(file.path.parent)
    notes = (_note(one, here, home, unread=unread) for one in proposals(beside, mine[:1], _WINDOW))
    return [*islice(filter(None, notes), 1)]


def parties_of_trades(filing: Filing) -> tuple[str, frozenset[str]] | None:
    """The issuer and the owners of a form that trades, by their CIKs; None of one that doesn't."""
    codes = {row.code.text.strip() for row in filing.rows}
    return _parties(filing) if codes & _TRADES else None


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


def _parties(filing: Filing) -> tuple[str, frozenset[str]]:
    return bare(filing.issuer.cik.text), frozenset(bare(owner.cik.text) for owner in filing.owners)


def _beside(path: Path, file: Input, filing: Filing) -> tuple[list[Statement], bool]:
    """What the files beside a plan state, and whether some were not read for their number."""
    keys, unread = _related(path, file, *_parties(filing), _key)
    return [one for key in keys for one in _stated(key)], unread


class Beside:
    """Which files are read for the notes on trades; what tells a file is looked at once for all plans of a run."""

    def __init__(self) -> None:
        self._keys: dict[str, list[_Key]] = {}

    def of(self, file: Input, issuer: str, owners: Collection[str]) -> tuple[list[str], bool]:
        """The files that are read for a form of a plan that trades, and whether there are more.

        Args:
            file: the plan.
            issuer: see `parties_of_trades`.
            owners: see `issuer`.
        """
        if file.path is None:
            return [], False
        keys, unread = _related(file.path, file, issuer, frozenset(owners), self._key)
        return [key[0] for key in keys], unread

    def _key(self, path: Path) -> list[_Key]:
        if (known := self._keys.get(str(path))) is None:
            known = self._keys[str(path)] = [*_key(path)]
        return known


def _related(
    path: Path, file: Input, issuer: str, owners: Collection[str], key_of: Callable[[Path], Iterable[_Key]]
) -> tuple[list[_Key], bool]:
    """The files beside a plan that may state the same insider's trades, and whether there are more than are read."""
    related: list[_Key] = []
    listed = list(islice(_listed(path, file, key_of), MOST_LISTED + 1))
    for key in listed[:MOST_LISTED]:
        numbers = _numbers(key)
        if numbers is not None and not (issuer in numbers and not numbers.isdisjoint(owners)):
            continue
        if len(related) == MOST_READ:
            return related, True
        related.append(key)
    return related, len(listed) > MOST_LISTED


def _listed(path: Path, file: Input, key_of: Callable[[Path], Iterable[_Key]]) -> Iterator[_Key]:
    """The files beside a plan, those made of it aside."""
    home = Path(os.path.realpath(path)).parent
    try:
        own = {path.stem, output_name(file)}
    except Rejected:
        own = {path.stem}
    for name, there in _entries(home):
        if name.partition(".")[0] not in own:
            yield from key_of(there)
    if path.stem == "plan":
        for _, folder in _entries(home.parent):
            if folder != home and folder.is_dir() and not folder.is_symlink():
                for _, there in _entries(folder):
                    yield from key_of(there)


def _entries(folder: Path) -> Sequence[tuple[str, Path]]:
    try:
        told = folder.stat()
        return _listing(folder, told.st_ino, told.st_mtime_ns)
    except OSError:
        return []


@lru_cache(maxsize=16)
def _listing(folder: Path, _number: int, _changed: int) -> Sequence[tuple[str, Path]]:
    """What a folder holds, listed once while it stays as it is: each of a thousand plans in it asks."""
    there = sorted(folder.iterdir(), key=lambda path: path.name)
    return [(path.name, path) for path in there if not path.name.startswith(("_", "."))]


def _key(path: Path) -> Iterator[_Key]:
    """What tells a file; none for what is no plan or filing by its name, no regular file, or too large."""
    if path.suffix.lower() not in FILINGS:
        return
    try:
        told = path.lstat()
    except OSError:
        return
    if stat.S_ISREG(told.st_mode) and told.st_size <= LARGEST:
        yield str(path), told.st_ino, told.st_size, told.st_mtime_ns


@lru_cache(maxsize=2048)
def _numbers(key: _Key) -> frozenset[str] | None:
    """The numbers in a file that may be CIKs, without leading zeros; None where other files say more of it."""
    try:
        with open_handle(Path(key[0])) as stream:
            data = stream.read(LARGEST)
    except (OSError, ValueError):
        return frozenset()
    if _ELSEWHERE.search(data):
        return None
    return frozenset(number.decode().lstrip("0") for number in _NUMBER.findall(data))


@lru_cache(maxsize=256)
def _stated(key: _Key) -> tuple[Statement, ...]:
    """What a file states; nothing of one that is refused, or that the tool fails on: it is not the one to be built."""
    path = Path(key[0])
    found = guarded(key[0], partial(stated, Input(key[0], path)))
    return tuple(one for one in ([] if isinstance(found, Refused) else found) if isinstance(one, Statement))
