"""What moves balances without a line, told in one footnote on the next amount that is reported.

Code: PLN012 nothing that it could be done with.
"""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.targets import targets
from form4_author.filing.footnote_wording import long_day
from form4_author.filing.numbers import grouped
from form4_author.plan.entries.named import Securities
from form4_author.plan.entries.no_line import NoLine
from form4_author.plan.yaml_text import Key


def move(named: Securities, entry: NoLine, event: str, key: Key, writer: Writer, *, raises: bool, done: str) -> None:
    """Move each balance that an entry names.

    Args:
        named: the securities.
        entry: what its author wrote.
        event: the key that names the event.
        key: the entry.
        writer: keeps the balances.
        raises: they rise; else they fall.
        done: what was done, for the footnote: `acquired under the employee stock purchase plan (Rule 16b-3(c))`.
    """
    for target in targets(named, entry, event, key, writer):
        security = writer.security(target.name, target.name_key)
        if security is None or not target.amount.present:
            continue
        why = f"on {long_day(entry.date.date)}, {grouped(target.number)} {done}"
        change = target.number if raises else -target.number
        writer.move(target.name, target.ownership, target.ownership_key, change=change, why=why, day=entry.date)
