"""A purchase: one line, or one for each group of executions in a broker's file."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event
from form4_author.events.small_purchases import is_small, write_small
from form4_author.events.traded import recognised_as, write_traded
from form4_author.plan.entries.purchase import Purchase
from form4_author.plan.yaml_text import Key


def write(entry: Purchase, key: Key, writer: Writer) -> None:
    """The line, or those of the executions."""
    if is_small(entry):
        write_small(entry, key, writer)
        return
    write_traded(entry, entry.purchase, "P", key, writer)


EVENT = Event(
    lines="One line of Table I, or of Table II where the security is a derivative: P, A. With `fills`, one for each "
    "day, account and group of executions within one dollar, at their weighted average price. With `small`, one for "
    "each of `trades`: L, A, while those of six months come to no more than $10,000, then P, A.",
    source="Form 4, General Instruction 8; 17 CFR 240.16a-6 for `small`; SEC "
    "staff no-action letter to Skadden, Arps (June 25, 2008)",
    example="{date: 11/18/2026, purchase: common, amount: 500, price: 31.15}",
    write=write,
    recognise=recognised_as("purchase", "P"),
)
