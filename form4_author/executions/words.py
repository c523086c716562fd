"""The words of brokers: what was done, whether it stands, and of which security."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

_WORD = re.compile(r"[a-z]+")
_SELLS = frozenset({"sell", "sold", "sld", "sl", "s", "sale", "sales"})
_BUYS = frozenset({"buy", "bought", "bot", "b", "purchase", "purchased", "buys"})
_CANCELS = frozenset({"cancel", "canceled", "cancelled", "cxl", "cancellation", "reversal", "reversed", "busted"})
_CORRECTS = frozenset({"correct", "corrected", "correction", "corr"})
#: What a trade may be called on top of buy and sell, and changes nothing of it.
_BESIDE = _CORRECTS | {
    "you",
    "to",
    "open",
    "close",
    "cover",
    "trade",
    "order",
    "market",
    "limit",
    "long",
    "same",
    "day",
}
#: With these, a row tells of something else than a trade.
_NO_TRADES = frozenset({
    *("dividend", "dividends", "div", "interest", "int", "fee", "fees", "commission", "tax", "withholding", "withheld"),
    *("transfer", "journal", "journaled", "moneylink", "wire", "ach", "deposit", "deposits", "withdrawal", "cash"),
    *("split", "spin", "spinoff", "merger", "reorganization", "award", "grant", "vest", "vested", "release"),
    *("lapse", "exercise", "exercised", "assigned", "assignment", "expired", "expiration", "reinvest", "reinvestment"),
    *("reinvested", "drip", "contribution", "distribution", "funds", "check", "sweep", "redemption", "adjustment"),
    *("disbursement", "credit", "debit", "espp", "gift", "name", "summary", "balance", "exchange", "plan"),
})  # fmt: skip
_VOID = frozenset({
    *("cancel", "canceled", "cancelled", "cxl", "rejected", "expired", "open", "pending", "working", "replaced"),
    *("void", "voided", "busted", "reversed", "queued", "new", "not executed", "unfilled", "placed", "received"),
})  # fmt: skip
_STANDING = frozenset({
    *("complete", "completed", "executed", "filled", "fill", "partial", "partial fill", "partially filled", "settled"),
    *("processed", "done", "closed", "cleared", "sold", "bought", "traded", "trade", "final", "ok", "disbursed"),
    *("unsettled", "partially executed", "confirmed", "released"),
})  # fmt: skip
#: What a security's own name may be followed by, where it is one that a company has only one of.
_COMMON = frozenset({
    *("common", "stock", "shares", "share", "ordinary", "com", "cmn", "shs", "inc", "incorporated", "corp"),
    *("co", "company", "corporation", "ltd", "limited", "plc", "llc", "lp", "the"),
    *("sa", "nv", "ag", "us", "equity", "new"),
})  # fmt: skip
_EXCHANGE = re.compile(r"(?:NYSE|NASDAQ|NYSEAMERICAN|AMEX|ARCA|BATS|OTC|XNYS|XNAS)\s*:\s*", re.IGNORECASE)


class Action(Enum):
    """What a row tells of."""

    SELL = "D"
    BUY = "A"
    CANCELLED_SELL = "cancelled D"
    CANCELLED_BUY = "cancelled A"
    SHORT = "short"
    NO_TRADE = "no trade"
    UNKNOWN = "unknown"


def action(text: str, *, prose: bool = False) -> Action:
    """What a text such as `Sell`, `YOU SOLD EXAMPLE INC`, `Cancel Buy` or `Qualified Dividend` tells of.

    Args:
        text: the cell.
        prose: the name of the security and more follow on what was done, as in Fidelity's history.
    """
    words = _WORD.findall(text.lower())
    told = words[:2] if prose else words
    sells, buys = not _SELLS.isdisjoint(told), not _BUYS.isdisjoint(told)
    if sells == buys:
        return Action.UNKNOWN if sells or _NO_TRADES.isdisjoint(words) else Action.NO_TRADE
    rest = [word for word in told if word not in _SELLS | _BUYS]
    if prose:
        rest = [word for word in rest if word in _CANCELS | {"short"}]
    if "short" in rest:
        return Action.SHORT
    cancelled = not _CANCELS.isdisjoint(rest)
    if any(word not in _BESIDE | _CANCELS for word in rest):
        return Action.UNKNOWN
    if cancelled:
        return Action.CANCELLED_SELL if sells else Action.CANCELLED_BUY
    return Action.SELL if sells else Action.BUY


def corrects(text: str) -> bool:
    """Whether a text says that a row takes the place of another one."""
    return not _CORRECTS.isdisjoint(_WORD.findall(text.lower())[:4])


def stands(text: str) -> bool | None:
    """Whether an order of this status was executed; None where the word isn't known."""
    words = [word for word in _WORD.findall(text.lower()) if word not in _CORRECTS]
    if not words:
        return True
    plain = " ".join(words)
    return True if plain in _STANDING else False if plain in _VOID else None


def plain_name(text: str) -> str:
    """A security's name or symbol as it is compared: capitals and digits, an exchange's name dropped."""
    return " ".join(re.findall(r"[A-Z0-9]+", _EXCHANGE.sub("", text.strip().removeprefix("=")).upper()))


def names(text: str, wanted: Iterable[str]) -> bool:
    """Whether a text names one of the securities wanted: `EXSY`, `EXSY Common`, `EXAMPLE SYSTEMS INC`.

    Args:
        text: the cell.
        wanted: names and symbols, each by `plain_name`.
    """
    found = plain_name(text)
    for name in wanted:
        if found == name or found.replace(" ", "") == name.replace(" ", ""):
            return True
        if found.startswith(f"{name} ") and all(word.lower() in _COMMON for word in found[len(name) :].split()):
            return True
    return False
