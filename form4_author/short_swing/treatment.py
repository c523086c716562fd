"""What Section 16(b) makes of each transaction: a purchase, a sale, exempt, or a question that needs judgement.

By code, with the rule that says so and the condition that an exemption has. What a form can't tell is a question, never
silently the one or the other: `answers` gives its bounds. The rules are those of 17 CFR 240.16a-1 to 16b-8.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from form4_author.filing import Field
from form4_author.filing.footnote_claims import in_foreign_money
from form4_author.filing.options import is_put
from form4_author.short_swing.trades import Insider, Trade
from form4_author.short_swing.windows import Window, last_day


class Side(StrEnum):
    """Which of the two a transaction is, or would be."""

    PURCHASE = "purchase"
    SALE = "sale"

    @property
    def other(self) -> Side:
        """The opposite one."""
        return Side.SALE if self is Side.PURCHASE else Side.PURCHASE


class Reading(StrEnum):
    """How a transaction is taken."""

    MATCHABLE = "matchable"
    EXEMPT = "exempt"
    QUESTION = "judgement"


class Treatment(Struct, frozen=True):
    """How a transaction is taken, and why.

    Attributes:
        reading: matchable, exempt or a question.
        rule: what says so.
        why: what it is, and the condition that an exemption has.
        side: purchase or sale, where it is one or may be; None where it may be either.
    """

    reading: Reading
    rule: str
    why: str
    side: Side | None = None


_APPROVED = "the board or a committee of two or more non-employee directors"
_BY_GRANT = (
    "Rule 16b-3(d)",
    f"a grant or award by the issuer, exempt if {_APPROVED} or the shareholders approved it, or if held for six months",
)
_TO_ISSUER = (
    "Rule 16b-3(e)",
    f"a disposition to the issuer, exempt if {_APPROVED}, or the shareholders, approved its terms in advance",
)
_BY_EXERCISE = (
    "Rule 16b-6(b)",
    "an exercise or conversion at a fixed price, exempt unless it was out of the money",
)
_BY_EXERCISE_OF_AWARD = (
    "Rules 16b-3(d) and 16b-6(b)",
    "an exercise or conversion of what the issuer awarded, exempt if the award was, or if it was not out of the money",
)
_EXEMPT: Mapping[str, tuple[str, str]] = MappingProxyType({
    "A": _BY_GRANT,
    "D": _TO_ISSUER,
    "F": _TO_ISSUER,
    "M": _BY_EXERCISE_OF_AWARD,
    "C": _BY_EXERCISE,
    "X": _BY_EXERCISE,
    "G": ("Rule 16b-5", "a gift, exempt if it was bona fide"),
    "W": ("Rule 16b-5", "by will or the laws of descent and distribution, exempt"),
    "Z": ("Rule 16b-8", "a deposit into a voting trust or a withdrawal, exempt unless the trust was traded with"),
})  # fmt: skip
#: Of these, Rule 16b-3 exempts officers and directors alone.
_OF_THE_ISSUER = frozenset("ADF")
_MERGER = re.compile(r"\b16b-7\b")


def treatments(insider: Insider, window: Window = Window.COLONIAL) -> list[Treatment]:
    """How each transaction of an insider is taken, in their order."""
    found = [treatment(trade, insider) for trade in insider.trades]
    elected: dict[Side | None, list[date]] = {side: [] for side in Side}
    for trade in insider.trades:
        if trade.code == "I" and trade.day is not None:
            elected.setdefault(by_letter(trade), []).append(trade.day)
    for at, trade in enumerate(insider.trades):
        side = by_letter(trade)
        if trade.code == "I" and side is not None and trade.settled is None and found[at].reading is Reading.EXEMPT:
            found[at] = _discretionary(trade, side, elected[side.other], window)
    return found


def treatment(trade: Trade, insider: Insider) -> Treatment:
    """How a transaction is taken by itself."""
    side = by_letter(trade)
    if trade.interest == 0:
        return Treatment(Reading.EXEMPT, "Rule 16a-1(a)(2)", "no pecuniary interest in it, as the plan says", side)
    settled = trade.settled
    if settled is not None:
        if settled.exempt is not None:
            return Treatment(Reading.EXEMPT, "as the plan says", settled.exempt, side)
        return Treatment(Reading.MATCHABLE, "as the plan says", settled.matchable or "", side)
    return _before_ten_percent(trade, insider, side) or _by_code(trade, insider, side)


def by_letter(trade: Trade) -> Side | None:
    """Acquired is a purchase and disposed of a sale, where a transaction is one at all; None where no letter tells."""
    return {"A": Side.PURCHASE, "D": Side.SALE}.get(trade.letter)


def of_underlying(trade: Trade) -> Side | None:
    """What a transaction in a derivative is in what underlies it.

    Whoever acquires a call or writes a put purchases; whoever acquires a put or writes a call sells (Rules 16a-1(b) and
    (h), 16b-6(a)).
    """
    side = by_letter(trade)
    return side.other if side is not None and is_put(trade.row) else side


def _by_code(trade: Trade, insider: Insider, side: Side | None) -> Treatment:
    if trade.code in _JUDGED:
        return _JUDGED[trade.code](trade, side)
    if trade.code not in _EXEMPT:
        what = f"code {trade.code}" if trade.code else "no code"
        why = f"{what} doesn't tell whether it is a purchase, a sale or exempt"
        return Treatment(Reading.QUESTION, "Section 16(b); Form 4, Instruction 8", why, side)
    rule, why = _EXEMPT[trade.code]
    if trade.code in _OF_THE_ISSUER and not _runs_the_issuer(trade, insider):
        why = "with the issuer, by a person whom the form shows neither as an officer nor as a director"
        return Treatment(Reading.QUESTION, rule, why, side)
    return Treatment(Reading.EXEMPT, rule, why, side)


def _traded(trade: Trade, side: Side | None) -> Treatment:
    if side is not {"S": Side.SALE}.get(trade.code, Side.PURCHASE):
        why = f"code {trade.code} and the letter {trade.letter or 'that is missing'} don't go together"
        return Treatment(Reading.QUESTION, "Form 4, Instruction 8", why)
    if trade.row.derivative:
        if trade.row.equity_swap.truth:
            why = "an equity swap: what it is worth against the securities underneath, its terms tell"
            return Treatment(Reading.QUESTION, "Rules 16a-1(c) and 16b-6", why, side)
        why = f"a {side}, held against the same derivative at what was paid and received for it"
        return Treatment(Reading.MATCHABLE, "Rule 16b-6(c)(1)", why, side)
    if trade.code == "L":
        why = "a small acquisition: Rule 16a-6 puts off its report and exempts it from nothing else"
        return Treatment(Reading.MATCHABLE, "Section 16(b); Rule 16a-10", why, side)
    return Treatment(Reading.MATCHABLE, "Section 16(b)", f"a {side}", side)


def _out_of_the_money(trade: Trade, side: Side | None) -> Treatment:
    if trade.row.derivative:
        return Treatment(Reading.EXEMPT, "Rule 16b-6(b)", "the derivative's end by its exercise", side)
    why = "an exercise out of the money, not exempt unless the tax law's order of exercise calls for it"
    return Treatment(Reading.MATCHABLE, "Rule 16b-6(b)", why, side)


def _tendered(trade: Trade, side: Side | None) -> Treatment:
    if any(_MERGER.search(note) for note in trade.notes):
        why = "in a merger, reclassification or consolidation, exempt if 85 percent were under one owner before"
        return Treatment(Reading.EXEMPT, "Rule 16b-7", why, side)
    why = "tendered in a change of control: a sale, unless Rule 16b-7 exempts it"
    return Treatment(Reading.QUESTION, "Section 16(b); Rule 16b-7", why, side)


def _elected(_trade: Trade, side: Side | None) -> Treatment:
    why = "a discretionary transaction in a plan, exempt if elected six months or more after one the other way"
    return Treatment(Reading.EXEMPT, "Rule 16b-3(f)", why, side)


def _expired(_trade: Trade, _side: Side | None) -> Treatment:
    why = "a short position that expired: the premium is owed if it was written less than six months before"
    return Treatment(Reading.QUESTION, "Rule 16b-6(d)", why, Side.PURCHASE)


def _ended(trade: Trade, side: Side | None) -> Treatment:
    if not trade.price:
        return Treatment(Reading.EXEMPT, "Rule 16b-6(d)", "a long position that ended, no value received", side)
    why = "a long position that ended for value: a sale, unless the issuer paid it under Rule 16b-3(e)"
    return Treatment(Reading.QUESTION, "Rules 16b-6(d) and 16b-3(e)", why, side)


_JUDGED: Mapping[str, Callable[[Trade, Side | None], Treatment]] = MappingProxyType({
    "P": _traded,
    "S": _traded,
    "L": _traded,
    "O": _out_of_the_money,
    "U": _tendered,
    "I": _elected,
    "E": _expired,
    "H": _ended,
})  # fmt: skip


def _before_ten_percent(trade: Trade, insider: Insider, side: Side | None) -> Treatment | None:
    """A trade of a mere ten percent holder before, or on, the day that made him one; None for all other."""
    since, day = insider.ten_percent_since, trade.day
    if since is None or day is None or day > since or _runs_the_issuer(trade, insider):
        return None
    rule = "Section 16(b), last sentence; Foremost-McKesson v. Provident, 423 U.S. 232 (1976)"
    if day < since:
        return Treatment(Reading.EXEMPT, rule, "not above ten percent both at the purchase and at the sale", side)
    if side is Side.PURCHASE:
        return Treatment(Reading.EXEMPT, rule, "the purchase that passes ten percent doesn't count", side)
    return Treatment(Reading.QUESTION, rule, "on the day that passes ten percent: before it or after it", side)


def _runs_the_issuer(trade: Trade, insider: Insider) -> bool:
    """True for a transaction of an officer or director, as its form shows it."""
    owner = insider.owner_on(trade.statement.filing)
    return owner is not None and (owner.is_director.truth or owner.is_officer.truth)


def only_ten_percent(trade: Trade, insider: Insider) -> bool:
    """True for a transaction of one who is neither officer nor director but owns more than ten percent."""
    owner = insider.owner_on(trade.statement.filing)
    return owner is not None and owner.is_ten_percent_owner.truth and not _runs_the_issuer(trade, insider)


def _discretionary(trade: Trade, side: Side, others: Sequence[date], window: Window) -> Treatment:
    """A discretionary transaction is exempt unless one the other way came less than six months before it.

    Args:
        trade: the transaction.
        side: what it would be.
        others: the days of those the other way, in order: the last one before it tells.
        window: how the last day is counted.
    """
    before = bisect_right(others, trade.day) if trade.day is not None else 0
    if trade.day is not None and before and trade.day <= last_day(others[before - 1], window):
        why = f"a discretionary transaction less than six months after one the other way ({others[before - 1]})"
        return Treatment(Reading.MATCHABLE, "Rule 16b-3(f)", why, side)
    return _elected(trade, side)


# --- what a line doesn't tell -------------------------------------------------------------------------------------


def lacking(trade: Trade) -> str:
    """What a line lacks for it to be matched, in a few words; empty where it has all."""
    row = trade.row
    if trade.day is None:
        return _missing("date", row.transaction_date)
    if trade.shares is None:
        by_value = row.total_value.text.strip() and not row.shares.text.strip()
        return "the amount is told by its value alone" if by_value else _missing("amount", row.shares)
    if in_foreign(trade):
        return "the price is in another currency, and nothing tells of its being converted"
    return "" if trade.price is not None else _missing("price", row.price_per_share)


def _missing(what: str, cell: Field) -> str:
    if cell.text.strip():
        return f"the {what} can't be read"
    return f"the {what} stands in a footnote alone" if cell.footnotes else f"the {what} is missing"


def in_foreign(trade: Trade) -> bool:
    """True where a footnote on the price says that it is in another currency than US dollars."""
    return any(in_foreign_money(note) for note in trade.price_notes)
