"""What needs judgement: each question with its rule, and the profit under the one answer and the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from form4_author.short_swing.lots import (
    WITHOUT_BOUND,
    Estimate,
    Maybe,
    Piece,
    at_worst,
    maybes,
    price_range,
    priced,
    profit_of,
    underlying_maybes,
)
from form4_author.short_swing.optimum import Lot
from form4_author.short_swing.trades import Insider, Trade
from form4_author.short_swing.treatment import Reading, Side, Treatment, lacking, only_ten_percent, treatments
from form4_author.short_swing.windows import Window, last_day

_DISCLAIMS = re.compile(r"\bdisclaim", re.IGNORECASE)
_ACROSS = "Gibbons v. Malone, 703 F.3d 595 (2d Cir. 2013)"
_AVERAGES = "Section 16(b); staff letter to Skadden, Arps (June 25, 2008)"
_AVERAGED = "counted at weighted averages; the single trades lie within the ranges that the footnotes tell"
_UNDERNEATH = (
    "also against the securities underneath: at most the difference of their market prices on the two days, which the "
    "forms don't tell"
)
_AGAIN = (
    "counted once; the same stands on another form, with another amount owned afterwards: one transaction, or two that "
    "are alike"
)
_DISCLAIMED = "counted whole; the form disclaims all but the pecuniary interest, and doesn't tell how much that is"
_SINCE = (
    "counted; a ten percent holder must be one both at the purchase and at the sale, and nothing tells since when this "
    "one is"
)


class Question(Struct, frozen=True):
    """What needs judgement, with the profit under the one reading and the other.

    Attributes:
        trades: the transactions that it is about.
        rule: what it turns on.
        why: what isn't known.
        counted: True where the profit counts them as they stand; False where it leaves them out.
        low: the least profit, in dollars, whatever the answer to this question.
        high: the highest; None where the forms give no bound.
    """

    trades: tuple[Trade, ...]
    rule: str
    why: str
    counted: bool
    low: Fraction
    high: Fraction | None


class Sorted(Struct, frozen=True):
    """An insider's transactions, sorted out: what is matched, exempt, lacks something, or is a question."""

    pieces: list[Piece] = []
    again: list[Piece] = []
    exempt: list[tuple[Trade, Treatment]] = []
    open: list[tuple[Trade, Treatment, str]] = []

    @classmethod
    def of(cls, insider: Insider, window: Window) -> Sorted:
        """The transactions of one insider, sorted out."""
        found = cls()
        for trade, taken in zip(insider.trades, treatments(insider, window), strict=True):
            found.put(trade, taken)
        beside = replace(insider, trades=insider.unsure)
        for trade, taken in zip(beside.trades, treatments(beside, window), strict=True):
            if piece := _piece(trade, taken):
                found.again.append(piece)
        return found

    def put(self, trade: Trade, taken: Treatment) -> None:
        """Put one transaction where it belongs."""
        if taken.reading is Reading.EXEMPT:
            self.exempt.append((trade, taken))
            return
        piece = _piece(trade, taken)
        if piece is not None:
            self.pieces.append(piece)
        elif taken.reading is Reading.MATCHABLE and (missing := lacking(trade)):
            self.open.append((trade, taken, f"left out: {missing}"))
        else:
            self.open.append((trade, taken, taken.why))


def _piece(trade: Trade, taken: Treatment) -> Piece | None:
    """What is matched of a transaction; None where it isn't, or lacks something."""
    day, shares, price = trade.day, trade.shares, trade.price
    if taken.reading is not Reading.MATCHABLE or taken.side is None or lacking(trade):
        return None
    if day is None or shares is None or price is None:
        return None
    return Piece(trade, taken.side, trade.security, Lot(day, shares, price))


class _Questions:
    """All that needs judgement of one insider's transactions, with its bounds."""

    def __init__(self, sorted_out: Sorted, insider: Insider, window: Window, profit: Fraction) -> None:
        self.open, self.pieces, self.again = sorted_out.open, sorted_out.pieces, sorted_out.again
        self.insider, self.window, self.profit = insider, window, profit
        self.days = sorted({trade.day for trade in insider.trades if trade.day is not None})
        self.estimate = Estimate(self.pieces, window, self.days)
        self.disclaimed = [piece for piece in self.pieces if _disclaimed(piece.trade)]
        self.of_unknown_since = [piece for piece in self.pieces if self.unknown_since(piece.trade)]

    def left_out(self) -> Iterator[Question]:
        """What is no purchase or sale for certain, or lacks what a match needs."""
        for trade, taken, why in self.open:
            gain = self.premium(trade) if trade.code == "E" else self.gain(maybes(trade, taken.side))
            yield self.uncounted((trade,), taken.rule, why, gain)

    def told_again(self) -> Iterator[Question]:
        """What stands on two forms, and may be two."""
        twice = profit_of([*self.pieces, *self.again], self.window) if self.again else self.profit
        if twice > self.profit:
            trades = tuple(piece.trade for piece in self.again)
            yield self.uncounted(trades, "Form 4, General Instruction 4", _AGAIN, twice - self.profit)

    def against_underlying(self) -> Iterator[Question]:
        """Derivatives held against the securities underneath, where a trade in those is within the window."""
        for piece in self.pieces:
            if not piece.trade.row.derivative:
                continue
            gain = self.gain(underlying_maybes(piece.trade, piece.side))
            if gain != 0:
                yield self.uncounted((piece.trade,), "Rule 16b-6(c)(2)", _UNDERNEATH, gain)

    def across_classes(self) -> Iterator[Question]:
        """Purchases in one class against sales in another."""
        names = {piece.security for piece in self.pieces if not piece.trade.row.derivative}
        joint = profit_of(_as_one_class(self.pieces), self.window) if len(names) > 1 else self.profit
        if joint > self.profit:
            trades = tuple(piece.trade for piece in self.pieces if piece.security in names)
            why = f"{len(names)} classes, each matched by itself; across them, if one converts into the other"
            yield self.uncounted(trades, _ACROSS, why, joint - self.profit)

    def averages(self) -> Iterator[Question]:
        """Weighted averages: the single trades behind them may be matched at their own prices."""
        best, worst = (profit_of([_at_range(p, best=best) for p in self.pieces], self.window) for best in (True, False))
        if best != worst:
            trades = tuple(piece.trade for piece in self.pieces if price_range(piece.trade) is not None)
            low, high = min(worst, self.profit), max(best, self.profit)
            yield Question(trades, _AVERAGES, _AVERAGED, counted=True, low=low, high=high)

    def doubts(self) -> Iterator[Question]:
        """What is counted whole although it may be less."""
        for doubted, rule, why in (
            (self.disclaimed, "Rule 16a-1(a)(2)", _DISCLAIMED),
            (self.of_unknown_since, "Section 16(b), last sentence", _SINCE),
        ):
            low = profit_of(_without(self.pieces, doubted), self.window) if doubted else self.profit
            if low < self.profit:
                trades = tuple(piece.trade for piece in doubted)
                yield Question(trades, rule, why, counted=True, low=low, high=self.profit)

    def lowest(self) -> Fraction:
        """The least profit, whatever the answers to all questions."""
        certain = _without(self.pieces, [*self.disclaimed, *self.of_unknown_since])
        return min(self.profit, profit_of([_at_range(piece, best=False) for piece in certain], self.window))

    def highest(self) -> Fraction | None:
        """The highest profit where each question is answered the worst way, all at once; None where without bound."""
        pieces = [_at_range(piece, best=True) for piece in (*self.pieces, *self.again)]
        maybe = [
            *((trade, lot) for trade, taken, _ in self.open if trade.code != "E" for lot in maybes(trade, taken.side)),
            *((p.trade, lot) for p in pieces if p.trade.row.derivative for lot in underlying_maybes(p.trade, p.side)),
        ]
        known = [piece.lot.shares for piece in pieces] + [lot.shares for _, lot in maybe if lot.shares is not None]
        every = sum(known, Fraction())
        more = [piece for trade, lot in maybe for piece in at_worst(lot, trade, self.days, every)]
        most = max(self.profit, profit_of(_as_one_class([*pieces, *more]), self.window))
        premiums = [self.premium(trade) for trade, *_ in self.open if trade.code == "E"]
        return None if most >= WITHOUT_BOUND else most + sum(premiums, Fraction())

    def uncounted(self, trades: tuple[Trade, ...], rule: str, why: str, gain: Fraction | None) -> Question:
        """A question about what the profit leaves out."""
        high = None if gain is None else self.profit + gain
        return Question(trades, rule, why, counted=False, low=self.profit, high=high)

    def gain(self, found: Sequence[Maybe]) -> Fraction | None:
        """What a transaction would add at most, being any of these or part of each."""
        gains = [self.estimate.gain(maybe) for maybe in found]
        known = [gain for gain in gains if gain is not None]
        return sum(known, Fraction()) if len(known) == len(gains) else None

    def premium(self, expired: Trade) -> Fraction:
        """What was received at most for writing what expired, less than six months before, in dollars."""
        day, written = expired.day, [piece for piece in self.pieces if piece.side is Side.SALE]
        prices = [
            (piece.lot.price, piece.lot.shares)
            for piece in written
            if piece.security == expired.security and (day is None or _opens(piece.lot.day, day, self.window))
        ]
        total = sum((price * shares for price, shares in prices), Fraction())
        most = max((price for price, _ in prices), default=Fraction())
        return total if expired.shares is None else min(total, most * expired.shares)

    def unknown_since(self, trade: Trade) -> bool:
        """True for a trade of a mere ten percent holder of whom nothing tells since when."""
        return self.insider.ten_percent_since is None and only_ten_percent(trade, self.insider)


def questions(
    sorted_out: Sorted, insider: Insider, window: Window, profit: Fraction
) -> tuple[tuple[Question, ...], Fraction, Fraction | None]:
    """What needs judgement, and the least and the highest profit under any answers; None where there is no bound.

    Args:
        sorted_out: the insider's transactions.
        insider: whose they are.
        window: how the last day is counted.
        profit: of what is counted, in dollars.
    """
    asked = _Questions(sorted_out, insider, window, profit)
    found = (
        *asked.left_out(),
        *asked.told_again(),
        *asked.against_underlying(),
        *asked.across_classes(),
        *asked.averages(),
        *asked.doubts(),
    )
    if not found:
        return (), profit, profit
    return found, asked.lowest(), asked.highest()


def _disclaimed(trade: Trade) -> bool:
    """True for indirect ownership that a footnote disclaims, where no plan tells the person's part of it."""
    indirect = trade.row.direct_or_indirect.text.strip() == "I"
    return indirect and trade.interest is None and any(_DISCLAIMS.search(note) for note in trade.notes)


def _at_range(piece: Piece, *, best: bool) -> Piece:
    """The piece at the price within its range at which it earns the most, or the least."""
    found = price_range(piece.trade)
    if found is None:
        return piece
    return priced(piece, found[0] if best is (piece.side is Side.PURCHASE) else found[1])


def _as_one_class(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with all that is no derivative in one class, and what derivatives are in what underlies them."""
    names = {piece.security for piece in pieces if not piece.trade.row.derivative}
    return [replace(piece, security="") if piece.security in names else piece for piece in pieces]


def _without(pieces: Sequence[Piece], others: Sequence[Piece]) -> list[Piece]:
    gone = {id(piece) for piece in others}
    return [piece for piece in pieces if id(piece) not in gone]


def _opens(first: date, second: date, window: Window) -> bool:
    return first <= second <= last_day(first, window)
