"""Classified transactions -> lots to be matched, class by class; and the lots that a question might be at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from form4_author.filing.footnote_language import price_ranges
from form4_author.short_swing.optimum import Lot, Market, Optimum, Tranche, mirrored
from form4_author.short_swing.trades import Trade
from form4_author.short_swing.treatment import Side, in_foreign, of_underlying
from form4_author.short_swing.verify import ProvenLot, verify
from form4_author.short_swing.windows import Window

#: More dollars than any form can tell of: its largest number of shares at its largest price is less.
WITHOUT_BOUND = Fraction(10**27)


class Piece(Struct, frozen=True):
    """A transaction as a lot of one class of securities.

    Attributes:
        trade: the transaction.
        side: purchase or sale.
        security: the class that it is matched in.
        lot: day, shares and price.
    """

    trade: Trade
    side: Side
    security: str
    lot: Lot


class Pair(Struct, frozen=True):
    """Shares of a purchase held against a sale, and what they earn, in dollars."""

    purchase: Trade
    sale: Trade
    shares: Fraction
    profit: Fraction


class Proven(Struct, frozen=True):
    """One class of securities, matched at the highest profit.

    Attributes:
        security: the class.
        pieces: its purchases and sales.
        shadows: the shadow price of a share of each piece, in dollars.
        pairs: the matches, in the order of time.
        profit: what they earn.
        bound: all shares times their shadow prices.
        verified: `verify` has found the same profit, and that there can be no higher one.
    """

    security: str
    pieces: tuple[Piece, ...]
    shadows: tuple[Fraction, ...]
    pairs: tuple[Pair, ...]
    profit: Fraction
    bound: Fraction
    verified: bool


def proven(security: str, pieces: Sequence[Piece], window: Window) -> Proven:
    """Match the pieces of one class, and have the answer verified."""
    buys = [piece for piece in pieces if piece.side is Side.PURCHASE]
    sells = [piece for piece in pieces if piece.side is Side.SALE]
    found = Market([piece.lot for piece in buys], [piece.lot for piece in sells], window).optimum()
    shadows = (*found.purchases, *found.sales)
    return Proven(
        security=security,
        pieces=(*buys, *sells),
        shadows=shadows,
        pairs=tuple(_pair(buys[m.purchase], sells[m.sale], m.shares) for m in found.matches),
        profit=found.profit,
        bound=sum((p.lot.shares * s for p, s in zip((*buys, *sells), shadows, strict=True)), Fraction()),
        verified=_verified(buys, sells, found, window),
    )


def by_security(pieces: Iterable[Piece]) -> dict[str, list[Piece]]:
    """The pieces of each class, in the order of the classes' first ones."""
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.security, []).append(piece)
    return found


def profit_of(pieces: Iterable[Piece], window: Window) -> Fraction:
    """The highest profit of all classes, in dollars."""
    return sum((_market(of, window).optimum().profit for of in by_security(pieces).values()), Fraction())


def _market(pieces: Sequence[Piece], window: Window) -> Market:
    return Market(_lots(pieces, Side.PURCHASE), _lots(pieces, Side.SALE), window)


def _lots(pieces: Iterable[Piece], side: Side) -> list[Lot]:
    return [piece.lot for piece in pieces if piece.side is side]


def _pair(purchase: Piece, sale: Piece, shares: Fraction) -> Pair:
    return Pair(purchase.trade, sale.trade, shares, (sale.lot.price - purchase.lot.price) * shares)


def _verified(buys: Sequence[Piece], sells: Sequence[Piece], found: Optimum, window: Window) -> bool:
    matched: dict[tuple[int, int], Fraction] = {}
    for match in found.matches:
        pair = match.purchase, match.sale
        matched[pair] = matched.get(pair, Fraction()) + match.shares
    before = 2 if window is Window.COLONIAL else 1
    return verify(_shown(buys, found.purchases), _shown(sells, found.sales), matched, before) == found.profit


def _shown(pieces: Sequence[Piece], shadows: Sequence[Fraction]) -> list[ProvenLot]:
    lots = [piece.lot for piece in pieces]
    return [(lot.day, lot.shares, lot.price, shadow) for lot, shadow in zip(lots, shadows, strict=True)]


# --- what a question might be at most -----------------------------------------------------------------------------


class Maybe(Struct, frozen=True):
    """A lot that a transaction might be, with what isn't known of it.

    Attributes:
        security: the class that it would be matched in.
        side: purchase or sale.
        day: None where any.
        shares: None where any number.
        low: the lowest price it can have been at, in dollars.
        high: the highest; None where there is no bound.
    """

    security: str
    side: Side
    day: date | None
    shares: Fraction | None
    low: Fraction
    high: Fraction | None

    @property
    def worst(self) -> Fraction | None:
        """The price at which it would earn the most; None where there is no bound."""
        return self.low if self.side is Side.PURCHASE else self.high


def maybes(trade: Trade, side: Side | None) -> list[Maybe]:
    """What a transaction might be: of its own class and, a derivative, of the class that underlies it; on either side.

    Args:
        trade: the transaction.
        side: purchase or sale, where that is told.
    """
    low, high = price_bounds(trade)
    sides = [side] if side is not None else [*Side]
    found = [Maybe(trade.security, each, trade.day, trade.shares, low, high) for each in sides]
    if trade.row.derivative:
        found += underlying_maybes(trade, side)
    return found


def underlying_maybes(trade: Trade, side: Side | None) -> list[Maybe]:
    """What a transaction in a derivative might be in what underlies it, whose market price of the day no form tells."""
    told = of_underlying(trade)
    sides = [*Side] if side is None or told is None else [told]
    number = trade.underlying_shares
    return [Maybe(trade.underlying, each, trade.day, number, Fraction(), None) for each in sides if trade.underlying]


def price_bounds(trade: Trade) -> tuple[Fraction, Fraction | None]:
    """The lowest and the highest price of a transaction in dollars, as the line or a footnote on the price tells it."""
    if in_foreign(trade):
        return Fraction(), None
    if trade.price is not None:
        return trade.price, trade.price
    ranged = price_range(trade)
    return ranged if ranged is not None else (Fraction(), None)


def price_range(trade: Trade) -> tuple[Fraction, Fraction] | None:
    """The range of prices that a footnote on the price tells; None where none does."""
    ranges = [found for text in trade.price_notes for found in price_ranges(text)]
    if not ranges:
        return None
    low, high = min(found.low for found in ranges), max(found.high for found in ranges)
    return _dollars(low, trade), _dollars(high, trade)


def _dollars(price: Decimal, trade: Trade) -> Fraction:
    return Fraction(price) / trade.split


class Estimate:
    """What further lots would add to the profit of some pieces, at most."""

    def __init__(self, pieces: Sequence[Piece], window: Window, days: Iterable[date]) -> None:
        self.window, self.days = window, frozenset(days)
        self.pieces = by_security(pieces)
        self.markets: dict[tuple[str, Side], Market] = {}

    def gain(self, maybe: Maybe) -> Fraction | None:
        """What a lot would add at most, in dollars; None where there is no bound."""
        opposite = _lots(self.pieces.get(maybe.security, ()), maybe.side.other)
        if not opposite:
            return Fraction()
        days = [maybe.day] if maybe.day is not None else sorted({lot.day for lot in opposite})
        shares = maybe.shares if maybe.shares is not None else sum((lot.shares for lot in opposite), Fraction())
        price = maybe.worst
        most = max(self._gain(maybe, Lot(day, shares, WITHOUT_BOUND if price is None else price)) for day in days)
        return None if most and price is None else most

    def _gain(self, maybe: Maybe, lot: Lot) -> Fraction:
        return sum((part.shares * part.each for part in self.tranches(maybe.security, maybe.side, lot)), Fraction())

    def tranches(self, security: str, side: Side, lot: Lot) -> list[Tranche]:
        """What a further lot of a class would add: its shares by what each of them adds, the most first."""
        (asked,) = mirrored([lot]) if side is Side.PURCHASE else [lot]
        return self.market(security, side).further_sale(asked)

    def market(self, security: str, side: Side) -> Market:
        """The market of a class in which a further lot of this side is a further sale."""
        key = security, side
        if key not in self.markets:
            pieces = self.pieces.get(security, ())
            buys, sells = _lots(pieces, Side.PURCHASE), _lots(pieces, Side.SALE)
            if side is Side.PURCHASE:
                buys, sells = mirrored(sells), mirrored(buys)
            self.markets[key] = Market(buys, sells, self.window, self.days)
        return self.markets[key]


def at_worst(maybe: Maybe, trade: Trade, days: Iterable[date], shares: Fraction) -> list[Piece]:
    """The pieces that a transaction might be at its worst; whose profit reaches `WITHOUT_BOUND` where that has none.

    Args:
        maybe: what it might be.
        trade: the transaction.
        days: on which it might be, where that isn't known.
        shares: how many it might be of, likewise.
    """
    price = WITHOUT_BOUND * 1000 if maybe.worst is None else maybe.worst
    number = shares if maybe.shares is None else maybe.shares
    on = days if maybe.day is None else [maybe.day]
    return [Piece(trade, maybe.side, maybe.security, Lot(day, number, price)) for day in on]


def priced(piece: Piece, price: Fraction) -> Piece:
    """The same piece at another price."""
    return replace(piece, lot=replace(piece.lot, price=price))
