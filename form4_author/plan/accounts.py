"""What a running balance is kept by: one security in one form of ownership."""

from __future__ import annotations

from form4_author.plan.lines import Indirect

Account = tuple[str, str, str]
"""A security's name, `direct` or `indirect`, and the nature of indirect ownership."""


def account(security: str, ownership: str | Indirect) -> Account:
    """The ledger's name for a security in one form of ownership."""
    if isinstance(ownership, Indirect):
        return security, "indirect", ownership.indirect
    return security, ownership, ""
