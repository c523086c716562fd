"""Differences between two forms -> text for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from form4_author.filing.difference import Difference
from form4_author.printable import printable
from form4_author.report.file_report import dumps


def as_text(old: str, new: str, found: Sequence[Difference]) -> str:
    """The differences by place, then how many there are.

    Args:
        old: the name of the first file.
        new: the name of the second.
        found: what differs, as one reads the form.
    """
    blocks = []
    old, new = printable(old), printable(new)
    for place, group in groupby(found, key=lambda difference: difference.place):
        lines = [printable(place)]
        for one in group:
            if one.old and one.new:
                lines += _changed(one)
            else:
                column = f"{one.column}, " if one.column else ""
                lines.append(f"  {column}only in {new if one.new else old}: {printable(one.new or one.old)}")
        blocks.append("\n".join(lines) + "\n")
    count = f"{len(found)} difference{'' if len(found) == 1 else 's'}" if found else "no difference"
    return "\n".join([*blocks, f"{old} -> {new}: {count}\n"])


def _changed(one: Difference) -> list[str]:
    column = f"{one.column}: " if one.column else ""
    old, new = printable(one.old), printable(one.new)
    if len(old) + len(new) < 80:
        return [f"  {column}{old} -> {new}"]
    return [*([f"  {one.column}:"] if column else []), f"    - {old}", f"    + {new}"]


def as_json(old: str, new: str, found: Sequence[Difference]) -> str:
    """One JSON object: the files, whether they are equal, and what differs."""
    return dumps(
        {
            "from": old,
            "to": new,
            "equal": not found,
            "differences": [
                {"place": one.place, "column": one.column, "from": one.old, "to": one.new} for one in found
            ],
        }
    )
