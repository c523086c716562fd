"""Before a trade: what it would add to the profit, on which day less or nothing, by number of shares and by price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from form4_author.short_swing.answers import Answer, answer
from form4_author.short_swing.lots import Estimate, Piece, profit_of
from form4_author.short_swing.optimum import Tranche
from form4_author.short_swing.questions import Sorted
from form4_author.short_swing.statements import Statement, in_order
from form4_author.short_swing.trades import Insider, Trade, insiders
from form4_author.short_swing.treatment import Side, Treatment, treatments
from form4_author.short_swing.windows import Window, last_day

_DAY = timedelta(1)


class Stretch(Struct, frozen=True):
    """Days on which the proposed trade would add the same.

    Attributes:
        start: the first of them.
        adds: in dollars.
    """

    start: date
    adds: Fraction


class PriceStep(Struct, frozen=True):
    """The first day on which the trade adds nothing, by its price.

    Attributes:
        price: at most this for a sale, at least this for a purchase, in dollars; None where at any price.
        start: from when.
    """

    price: Fraction | None
    start: date


class Proposed(Struct, frozen=True):
    """One proposed transaction and what it would add; nothing is known of one that isn't matched.

    Attributes:
        trade: the transaction.
        taken: how it is taken.
        piece: what is matched of it; None of one that isn't.
        adds: what it adds to the profit, the other proposed ones counted, in dollars.
        tranches: its shares on the proposed day by what each of them adds, the most first; the rest add nothing.
        days: from the proposed day on, by what the trade would add, to the first day on which it adds nothing.
        prices: the first day without profit by price.
    """

    trade: Trade
    taken: Treatment
    piece: Piece | None = None
    adds: Fraction = Fraction()
    tranches: tuple[Tranche, ...] = ()
    days: tuple[Stretch, ...] = ()
    prices: tuple[PriceStep, ...] = ()

    @property
    def free_from(self) -> date | None:
        """The first day, from the proposed one on, on which it adds nothing."""
        return self.days[-1].start if self.days else None

    @property
    def cheapest(self) -> Stretch | None:
        """The days before that on which it adds the least; None where it adds nothing at once."""
        return min(self.days[:-1], key=lambda stretch: (stretch.adds, stretch.start), default=None)


class Proposal(Struct, frozen=True):
    """What one insider proposes.

    Attributes:
        insider: who, with what is proposed among the transactions.
        without: the answer as it stands.
        profit: with all that is proposed, in dollars.
        lines: what is proposed.
        known: lines proposed that the files have already.
    """

    insider: Insider
    without: Answer
    profit: Fraction
    lines: tuple[Proposed, ...]
    known: int = 0


def proposals(
    statements: Sequence[Statement], proposed: Sequence[Statement], window: Window, *, until: date | None = None
) -> list[Proposal]:
    """What each insider of a proposed plan would owe, with it and without.

    Args:
        statements: what is reported.
        proposed: what the plan states, which is not among them.
        window: how the last day is counted.
        until: the last day whose reported transactions count; all where not given.
    """
    before = {(one.owner, one.issuer): one for one in insiders(statements, until=until)}
    after = insiders(in_order([*statements, *proposed]), until=until, always=proposed)
    asked = {(one.owner, one.issuer) for one in insiders(proposed)}
    return [
        _proposal(one, before.get((one.owner, one.issuer)), proposed, window)
        for one in after
        if (one.owner, one.issuer) in asked
    ]


def _proposal(insider: Insider, before: Insider | None, proposed: Sequence[Statement], window: Window) -> Proposal:
    nobody = Insider(insider.owner, insider.owner_name, insider.issuer, insider.issuer_name, (), ())
    sorted_out = Sorted.of(insider, window)
    new = {id(told) for told in proposed}
    lines = []
    for trade, taken in zip(insider.trades, treatments(insider, window), strict=True):
        if id(trade.statement) in new:
            piece = next((piece for piece in sorted_out.pieces if piece.trade is trade), None)
            found = Proposed(trade, taken) if piece is None else _weighed(piece, taken, sorted_out.pieces, window)
            lines.append(found)
    told = sum(1 for one in proposed for row in one.filing.rows if not row.holding)
    return Proposal(
        insider=insider,
        without=answer(before or nobody, window),
        profit=profit_of(sorted_out.pieces, window),
        lines=tuple(lines),
        known=told - len(lines),
    )


def _weighed(piece: Piece, taken: Treatment, pieces: Sequence[Piece], window: Window) -> Proposed:
    others = [other for other in pieces if other is not piece and other.security == piece.security]
    days = sorted(_turns(piece.lot.day, others, piece.side, window))
    weigher = _Weigher(piece, Estimate(others, window, days))
    adds = weigher.adds(piece.lot.day)
    return Proposed(
        trade=piece.trade,
        taken=taken,
        piece=piece,
        adds=adds,
        tranches=tuple(weigher.tranches(piece.lot.day)),
        days=tuple(weigher.stretches(days)),
        prices=tuple(weigher.prices(days)),
    )


def _turns(day: date, others: Sequence[Piece], side: Side, window: Window) -> set[date]:
    """The days, from one on, on which what a trade would add may change: to the first with none opposite in reach."""
    opposite = [other.lot.day for other in others if other.side is side.other]
    end = max([day, *(last_day(there, window) + _DAY for there in opposite)])
    turns = {day, end}
    for other in others:
        there = other.lot.day
        turns |= {there, there + _DAY, last_day(there, window) + _DAY, _first_in_reach(there, window)}
    return {turn for turn in turns if day <= turn <= end}


def _first_in_reach(later: date, window: Window) -> date:
    """The first day whose window holds a later one."""
    first = later - timedelta(184)
    while last_day(first, window) < later:
        first += _DAY
    return first


class _Weigher:
    """Asks of one trade what it would add on other days, and at other prices."""

    def __init__(self, piece: Piece, estimate: Estimate) -> None:
        self.piece, self.estimate = piece, estimate

    def tranches(self, day: date) -> list[Tranche]:
        return self.estimate.tranches(self.piece.security, self.piece.side, replace(self.piece.lot, day=day))

    def adds(self, day: date) -> Fraction:
        return sum((part.shares * part.each for part in self.tranches(day)), Fraction())

    def stretches(self, days: Sequence[date]) -> Iterator[Stretch]:
        last = None
        for day in days:
            adds = self.adds(day)
            if adds != last:
                yield Stretch(day, adds)
            if not adds:
                return
            last = adds

    def prices(self, days: Sequence[date]) -> Iterator[PriceStep]:
        """Each day on which a trade at a higher price, or a purchase at a lower one, begins to add nothing."""
        highest: Fraction | None = None
        market = self.estimate.market(self.piece.security, self.piece.side)
        for day in days:
            threshold = market.threshold(day)
            if threshold is None:
                yield PriceStep(None, day)
                return
            if highest is None or threshold > highest:
                highest = threshold
                yield PriceStep(-threshold if self.piece.side is Side.PURCHASE else threshold, day)
