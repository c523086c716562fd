"""An option held that expired."""

from __future__ import annotations

from form4_author.events.drafts import Writer
from form4_author.events.event import Event, never
from form4_author.events.no_line import move
from form4_author.events.targets import whole
from form4_author.plan.entries.expire import Expire
from form4_author.plan.yaml_text import Key


def write(entry: Expire, key: Key, writer: Writer) -> None:
    """Moves the balance; writes no line."""
    for place, name, _ in entry.expire:
        security = writer.security(name, (*key, "expire", *place))
        if security is not None and not security.derivative:
            hint = f"Only a derivative expires; for shares given up write forfeit: {name}"
            writer.refuse("PLN011", f"{name} is no derivative", (*key, "expire", *place), hint)
            return
    entry = whole(entry, entry.expire)
    move(entry.expire, entry, "expire", key, writer, raises=False, done="expired without value (Rule 16a-4(d))")


EVENT = Event(
    lines="None: the balance falls, to nothing unless an amount says otherwise, and a footnote on the next amount "
    "reported says why.",
    source="17 CFR 240.16a-4(d)",
    example="{date: 11/18/2026, expire: option}",
    write=write,
    recognise=never,
)
