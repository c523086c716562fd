"""What a plan can begin with here, and the words that an editor helps with: examples, events, codes, the schema.

All of it comes from the examples' folder, the registry of events, the code lists and the plan's models; nothing is
listed by hand.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from form4_author.events.catalogue import schema, summary
from form4_author.events.event import event_of
from form4_author.plan.entries import all_kinds, find_kind
from form4_author.resources import resource
from form4_author.sec_codes.transactions import TRANSACTION_CODES
from form4_author.starter import starter_text, with_entry

_MODELINE = re.compile(r"\A# yaml-language-server:.*\n")
_INCLUDE = re.compile(r"^( *)(- |[\w]+: )\{include: ([\w./-]+)\}$", re.MULTILINE)


_LEAST_SAID = 24


def words() -> dict[str, Any]:
    """What the editor completes and explains, and what a plan can be begun with."""
    return {
        "schema": json.loads(schema()),
        "codes": {code.code: code.meaning for code in TRANSACTION_CODES.values()},
        "examples": [{"name": path.parent.name, "says": _first_sentence(path)} for path in _examples()],
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
        found = next((path for path in _examples() if path.parent.name == name), None)
        if found is None:
            raise ValueError(name)
        return _INCLUDE.sub(lambda match: _included(match, found.parent), _text(found))
    event = find_kind(name) if kind == "event" else None
    if event is None:
        raise ValueError(kind)
    example = event_of(event).example.replace("\n", "\n    ")
    return with_entry(starter_text(), f"  - {example}")


def _examples() -> list[Path]:
    """The examples that are whole in one text."""
    found = sorted(resource("examples").glob("*/plan.yaml"))
    return [path for path in found if not re.search(r"\bfills:", path.read_text("utf-8"))]


def _text(path: Path) -> str:
    return _MODELINE.sub("", path.read_text("utf-8"))


def _included(match: re.Match[str], folder: Path) -> str:
    """The keys of an included file in the place of its name."""
    indent, before, name = match[1], match[2], match[3]
    lines = [line for line in (folder / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    inner = f"{indent}  "
    if before == "- ":
        return f"{indent}- " + f"\n{inner}".join(lines)
    return f"{indent}{before.rstrip()}" + "".join(f"\n{inner}{line}" for line in lines)


def _first_sentence(path: Path) -> str:
    """What the comment at an example's head says first."""
    lines = []
    for line in _text(path).splitlines():
        if not line.startswith("# "):
            break
        lines.append(line.removeprefix("# "))
    said = re.split(r"(?<=[a-z0-9])[.;] ", " ".join(lines), maxsplit=1)[0].rstrip(".")
    first = said.partition(": ")[0]
    return (first if len(first) > _LEAST_SAID else said).replace("../", "")
