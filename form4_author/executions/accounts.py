"""The accounts of a file, told by their last digits as brokers print them, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from form4_author.executions.trades import Fault, Trade
from form4_author.plan.fills import Fills
from form4_author.plan.scalars import quoted

_FEWEST = 3
_MOST_NAMED = 12
_MASK = ".…xX* -"
_SIGN = re.compile(r"[^0-9A-Za-z]")
_TITLE = re.compile(r"account\b.{0,60}?((?:\.{2,}|…|[xX*]{1,12}-?)?[0-9][0-9-]{2,20})\b", re.IGNORECASE)


def account_in(text: str) -> str:
    """The account that a line of words names; empty where it names none."""
    found = _TITLE.search(text)
    return found[1] if found else ""


def chosen_accounts(
    trades: Sequence[Trade], fills: Fills, titles: Sequence[str]
) -> tuple[Sequence[Trade], dict[str, str]]:
    """The executions in the accounts that a plan wants.

    Args:
        trades: all of them.
        fills: what the plan says: one account, whose each is, or nothing where the file has only one.
        titles: the lines above the table, one of which may name the account of all.

    Returns:
        The executions, and by the account's name in the file the plan's key in `accounts`; empty without these.

    Raises:
        Fault: the file has other accounts, or several and the plan doesn't tell them apart.
    """
    found = list(dict.fromkeys(trade.account for trade in trades))
    if fills.account is not None:
        return _only(trades, fills.account, found, titles), {}
    if fills.accounts:
        return trades, _mapped(trades, fills, found, titles)
    if len(found) > 1:
        named = ", ".join(f'"{_digits(account) or "?"}": direct' for account in found[:_MOST_NAMED])
        raise Fault(
            f"it holds executions in {len(found)} accounts: {_list(found)}",
            "Where only one is meant, write account: with its last digits; of another holder, the holder's name.",
            "account",
            next(trade.row for trade in trades if trade.account != found[0]),
            write=f"accounts: {{{named}}}",
        )
    return trades, {}


def _only(trades: Sequence[Trade], wanted: str, found: Sequence[str], titles: Sequence[str]) -> Sequence[Trade]:
    if found == [""]:
        _of_title(wanted, titles, ".account")
        return trades
    kept = [trade for trade in trades if same_account(wanted, trade.account)]
    if not kept:
        raise Fault(f"no execution is in account {quoted(wanted)}", f"The file has {_list(found)}.", ".account")
    if len({trade.account for trade in kept}) > 1:
        raise Fault(f"several accounts end in {quoted(wanted)}", "Write more of its digits.", ".account")
    return kept


def _mapped(trades: Sequence[Trade], fills: Fills, found: Sequence[str], titles: Sequence[str]) -> dict[str, str]:
    if found == [""]:
        if len(fills.accounts) > 1:
            raise Fault("the file has no column of accounts", "Write account: with the one of the file.", ".accounts")
        (wanted,) = fills.accounts
        _of_title(wanted, titles, f".accounts.{wanted}")
        return {"": wanted}
    holders = {}
    for account in found:
        meant = [key for key in fills.accounts if same_account(key, account)]
        if len(meant) != 1:
            row = next(trade.row for trade in trades if trade.account == account)
            why = "is not under accounts" if not meant else f"may be {' or '.join(meant)}"
            hint = f'Under accounts write whose it is: "{account}": direct.'
            raise Fault(f"account {quoted(account)} {why}", hint, "account", row)
        holders[account] = meant[0]
    return holders


def _of_title(wanted: str, titles: Sequence[str], key: str) -> None:
    """Refuse an account that isn't the one of which the file's title tells."""
    named = [account for title in titles if (account := account_in(title))]
    if not named:
        raise Fault("the file doesn't tell of accounts", f"Leave {key.split('.')[1]} out.", key)
    if not any(same_account(wanted, account) for account in named):
        raise Fault(f"the file is of account {named[0]}", "Is this the right file?", key)


def _list(accounts: Sequence[str]) -> str:
    more = ", ..." if len(accounts) > _MOST_NAMED else ""
    return ", ".join(account or "no name" for account in accounts[:_MOST_NAMED]) + more


def _digits(account: str) -> str:
    return _SIGN.sub("", account.strip(_MASK))[-4:]


def same_account(one: str, other: str) -> bool:
    """Whether two names of an account agree, as far as both are told: `...123` and `1234-5123`."""
    first, second = (_SIGN.sub("", name.strip(_MASK).lower()) for name in (one, other))
    short, long = sorted((first, second), key=len)
    return first == second or (len(short) >= _FEWEST and long.endswith(short))
