"""What a plan can begin with here, and the words that an editor helps with: examples, events, codes, the schema.

All of it comes from the examples' folder, the registry of events, the code lists and the plan's models; nothing is
listed by hand.
"""

from __future__ import annotations

import json
from typing import Any

from form4_author.events.catalogue import schema, summary
from form4_author.events.event import event_of
from form4_author.plan.entries import all_kinds, find_kind
from form4_author.sec_codes.transactions import TRANSACTION_CODES
from form4_author.starter import example_text, examples, starter_text, with_entry


def words() -> dict[str, Any]:
    """What the editor completes and explains, and what a plan can be begun with."""
    return {
        "schema": json.loads(schema()),
        "codes": {code.code: code.meaning for code in TRANSACTION_CODES.values()},
        "examples": [{"name": name, "says": says} for name, says in examples().items()],
        "events": [
            {"name": kind.name, "says": summary(kind).replace("`", ""), "example": event_of(kind).example}
            for kind in all_kinds()
        ],
    }


def text(kind: str, name: str = "") -> str:
    """The text of a plan to begin with.

    Args:
        kind: `starter`, `example` or `event`.
        name: of the example or event.

    Raises:
        ValueError: there is nothing of that name.
    """
    if kind == "starter":
        return starter_text()
    if kind == "example":
        return example_text(name)
    event = find_kind(name) if kind == "event" else None
    if event is None:
        raise ValueError(kind)
    example = event_of(event).example.replace("\n", "\n    ")
    return with_entry(starter_text(), f"  - {example}")
