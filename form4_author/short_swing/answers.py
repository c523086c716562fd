"""What each insider owes: the profit and its proof, what is exempt, what needs judgement, which windows are open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from form4_author.short_swing.lots import Piece, Proven, by_security, proven
from form4_author.short_swing.questions import Question, Sorted, questions
from form4_author.short_swing.statements import signed
from form4_author.short_swing.trades import Insider, Trade
from form4_author.short_swing.treatment import Side, Treatment
from form4_author.short_swing.windows import Window, last_day


class OpenWindow(Struct, frozen=True):
    """A transaction after which an opposite one would still be matched with it.

    Attributes:
        trade: the transaction.
        side: what it is.
        closes: the last day.
    """

    trade: Trade
    side: Side
    closes: date


class Answer(Struct, frozen=True):
    """What one insider owes one issuer.

    Attributes:
        insider: who, and in which issuer's securities.
        window: how the last day was counted.
        as_of: the day that the open windows are told of.
        profit: in dollars.
        classes: the proof, class by class.
        exempt: what is exempt, with its rule.
        questions: what needs judgement.
        low: the least profit under any answers to the questions.
        high: the highest; None where the forms give no bound.
        open: windows still open.
    """

    insider: Insider
    window: Window
    as_of: date
    profit: Fraction
    classes: tuple[Proven, ...]
    exempt: tuple[tuple[Trade, Treatment], ...]
    questions: tuple[Question, ...]
    low: Fraction
    high: Fraction | None
    open: tuple[OpenWindow, ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        """All purchases and sales that were matched."""
        return [piece for of in self.classes for piece in of.pieces]

    @property
    def bound(self) -> Fraction:
        """What the shadow prices say that no matching can exceed, in dollars."""
        return sum((of.bound for of in self.classes), Fraction())

    @property
    def verified(self) -> bool:
        """True where each class's proof was checked by `verify`."""
        return all(of.verified for of in self.classes)


def answer(insider: Insider, window: Window = Window.COLONIAL, as_of: date | None = None) -> Answer:
    """What one insider owes.

    Args:
        insider: who, with all transactions.
        window: how the last day is counted.
        as_of: the day whose open windows are to be told; that of the last transaction or signature where not given.
    """
    sorted_out = Sorted.of(insider, window)
    classes = tuple(proven(name, pieces, window) for name, pieces in by_security(sorted_out.pieces).items())
    profit = sum((of.profit for of in classes), Fraction())
    asked, low, high = questions(sorted_out, insider, window, profit)
    day = as_of or last_known(insider)
    return Answer(
        insider=insider,
        window=window,
        as_of=day,
        profit=profit,
        classes=classes,
        exempt=tuple(sorted_out.exempt),
        questions=asked,
        low=low,
        high=high,
        open=open_windows(sorted_out.pieces, window, day),
    )


def last_known(insider: Insider) -> date:
    """The day of the last transaction or signature that there is of an insider."""
    days = [trade.day for trade in insider.trades if trade.day is not None]
    return max([*days, *(signed(told.filing) for told in insider.statements)], default=date.min)


def open_windows(pieces: Sequence[Piece], window: Window, day: date) -> tuple[OpenWindow, ...]:
    """The windows that are open on a day, in the order of time.

    Args:
        pieces: what is matched of an insider's transactions.
        window: how the last day is counted.
        day: the day.
    """
    return tuple(_open(pieces, window, day))


def _open(pieces: Sequence[Piece], window: Window, day: date) -> Iterator[OpenWindow]:
    for piece in sorted(pieces, key=lambda piece: piece.lot.day):
        closes = last_day(piece.lot.day, window)
        if piece.lot.day <= day <= closes and piece.lot.shares:
            yield OpenWindow(piece.trade, piece.side, closes)
