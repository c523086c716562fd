"""A purchase: one line, or one for each group of executions in a broker's file."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event
from form4_author.events.traded import recognised_as, write_traded
from form4_author.plan.entries.purchase import Purchase
from form4_author.plan.yaml_text import Key


def write(entry: Purchase, key: Key, writer: Writer) -> None:
    """The line, or those of the executions."""
    write_traded(entry, entry.purchase, "P", key, writer)


EVENT = Event(
    lines="One line of Table I, or of Table II where the security is a derivative: P, A. With `fills`, one for each "
    "day, account and group of executions within one dollar, at their weighted average price.",
    source="Form 4, General Instruction 8; SEC staff no-action letter to Skadden, Arps (June 25, 2008)",
    example="{date: 11/18/2026, purchase: common, amount: 500, price: 31.15}",
    write=write,
    recognise=recognised_as("purchase", "P"),
)
