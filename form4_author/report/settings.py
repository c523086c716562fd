"""What counts for a plan -> text for people, and plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from form4_author.findings import Position
from form4_author.printable import printable


class Configured(Struct, frozen=True):
    """One thing that counts.

    Attributes:
        key: what a firm's file calls it.
        value: as it is shown; empty where nothing is said and there is no default.
        source: the command line, the plan, the firm's file or the default.
        position: where it stands; None where it stands in no file.
    """

    key: str
    value: str
    source: str
    position: Position | None = None


def as_text(file: str, lines: Sequence[Configured], insiders: Sequence[str], not_read: Sequence[str]) -> str:
    """A table for people: key, value, where it comes from.

    Args:
        file: the firm's file; empty where there is none.
        lines: what counts.
        insiders: the names of the profiles at hand.
        not_read: firm's files that say nothing here.
    """
    rows = [(line.key, line.value or "-", _place(line)) for line in lines]
    widths = [max(len(printable(row[at])) for row in rows) for at in range(2)]
    told = [f"firm's file: {file or 'none (form4-author.toml is looked for from the folder of the plan upward)'}"]
    told += [f"not read, since that one is nearer: {name}" for name in not_read]
    told += ["  ".join([*(printable(c).ljust(w) for c, w in zip(row, widths, strict=False)), row[2]]) for row in rows]
    if insiders:
        told.append(f"insiders with a profile: {', '.join(insiders)}")
    return "".join(f"{printable(line)}\n" for line in told)


def as_data(file: str, lines: Sequence[Configured], insiders: Sequence[str], not_read: Sequence[str]) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "file": file or None,
        "settings": [
            {
                "key": line.key,
                "value": line.value,
                "from": line.source,
                "file": line.position.file if line.position else None,
                "line": line.position.line if line.position else None,
                "column": line.position.column if line.position else None,
            }
            for line in lines
        ],
        "insiders": [*insiders],
        "not_read": [*not_read],
    }


def _place(line: Configured) -> str:
    if line.position is None:
        return line.source
    return f"{line.position.file}:{line.position.line}"
