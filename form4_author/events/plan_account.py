"""What a plan account holds as of a date."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.filing.footnote_wording import long_day
from form4_author.plan.entries.plan_account import PlanAccount
from form4_author.plan.yaml_text import Key


def write(entry: PlanAccount, key: Key, writer: Writer) -> None:
    """Sets the account's balance; writes no line."""
    if writer.security(entry.plan_account, (*key, "plan_account")) is None:
        return
    why = f"the plan's statement as of {long_day(entry.as_of.date)} gives the amount (Rule 16b-3(c))"
    writer.settle(
        entry.plan_account, entry.ownership, (*key, "ownership"), amount=entry.amount.decimal, why=why, day=entry.as_of
    )


EVENT = Event(
    lines="None: the account's balance is set, and a footnote on its next line or holding gives the statement's date.",
    source="17 CFR 240.16b-3(c)",
    example="{as_of: 10/31/2026, plan_account: common, amount: 1843.512, ownership: {indirect: By 401(k) Plan}}",
    write=write,
    recognise=never,
)
