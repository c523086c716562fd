"""What people call what an entry says by more than one word, or by none: a cashless exercise, a spin-off, a journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SOLD = frozenset(
    {
        *("same_day_sale", "cashless", "cashless_exercise", "broker_assisted_exercise", "exercise_and_sell"),
        *("exercise_and_sale", "exercise_sell", "sell_to_cover", "sell_to_cover_exercise"),
    }
)
_NET = frozenset(
    {"net_exercise", "net_exercised", "net_share_exercise", "net_settlement", "net_settled", "net_issue_exercise"}
)
_KEPT = frozenset(
    {
        *("withhold", "withheld", "withheld_shares", "withholding", "share_withholding", "shares_withheld"),
        *("tax", "taxes", "tax_withholding", "net_share_withholding"),
    }
)
#: What has several meanings, or no event of its own: the words for it, and what to write of the security `{0}`.
_OTHERS = (
    (
        ("disposition", "dispositions"),
        "Write what it was: sale: {0}, gift: {0}, dispose_to_issuer: {0} or forfeit: {0}",
    ),
    (
        ("distribution", "distribute", "distributed", "distribution_in_kind", "in_kind_distribution"),
        "Write security: {0}, code: J, acquired_or_disposed: D, with a footnote on the code that says what it was",
    ),
    (
        ("spin_off", "spinoff", "spun_off"),
        "Shares of another issuer that all holders receive need no line (Rule 16a-9): delete the entry",
    ),
    (
        ("journal", "journaled", "journal_entry", "dtc_transfer"),
        "Write transfer: {0}, to: HOLDER where only the form of ownership changed, else gift: {0}, to: WHOM",
    ),
    (
        ("deposit", "deposited"),
        "Write what it was: purchase: {0}, grant: {0} or transfer: {0}, to: HOLDER; shares of units come by vest:",
    ),
)
_MEANT = {word: what for words, what in _OTHERS for word in words}
#: Under which keys people name an event beside its security.
NAMING = frozenset(
    {"event", "type", "kind", "what", "action", "transaction", "transaction_type", "event_type", "activity"}
)


def phrase(plain: str, of: Any, entry: Mapping[str, Any], security: Any) -> str:
    """What to write for a phrase; empty for what is none.

    Args:
        plain: the phrase, in small letters and underscores.
        of: what it is of, as written.
        entry: the entry.
        security: what the plan says of the security; None where it isn't one security.
    """
    if not isinstance(of, str):
        return ""
    if plain in _MEANT:
        return _MEANT[plain].format(of)
    derivative = isinstance(security, dict) and "underlying" in security
    if plain in _KEPT:
        ways = f"vest: {of}, withhold: ...; or exercise: {of}, withheld: {{amount: ..., price: ...}}"
        return f"Write it where they came from: {ways}" if derivative else f"Write security: {of}, code: F"
    if plain not in _SOLD | _NET or not derivative:
        return ""
    if "award" in security or "unit" in security or "unit" in str(security.get("title", "")).lower():
        sold = f"; the sale is an entry of its own, as sale: {security['underlying']}"
        return f"Write vest: {of}" + (sold if plain in _SOLD else ", withhold: ..., the number of shares withheld")
    price = entry.get("price")
    told = f"{{price: {price}}} instead of price:" if isinstance(price, str) else "{price: ...}"
    return f"Write exercise: {of}, {'sell' if plain in _SOLD else 'net'}: {told}"
